// SPDX-License-Identifier: Apache-2.0
#include "reader/text_reader.h"

#include <gmock/gmock.h>

#include "reader/testing.h"

namespace entente {
namespace {

using testing::ElementsAre;

// A report in the form of the seed: rules, a bold title, a numeric date, a standfirst, linked
// headlines, a paragraph that an empty line breaks.
constexpr char kSeedLike[] = R"(

---

**Ecuadorean Minister Asks Neighbours for a Border Conference**

---

04/05/2018



Minister Salas asked the neighbouring countries for a joint border conference on security.

The Ecuadorean minister Salas on Thursday asked the countries of the region for a conference on the security of the border.

**RELATED:** [Andean Chief Will Visit Quito's “New” Border Post](#)

Salas said that the neighbours’ patrols had not met since March. "We must
sit down," he said.

The countries have long spoken of common patrols along the northern

border and a single command. Nothing came of it.

**ANALYSIS:** [Why the Patrols (Still) Do Not Meet](http://example.org/a_(b)?c=1)

On Monday, he is to leave for Lima.

---)";

TEST(TextReader, ReadsTheSeedsForm) {
  const Document doc = ReadOne(kSeedLike, "dir/report7.txt");
  EXPECT_EQ(doc.id, "report7");
  EXPECT_EQ(doc.title, "Ecuadorean Minister Asks Neighbours for a Border Conference");
  EXPECT_EQ(doc.date, (Date{2018, 5, 4}));
  EXPECT_EQ(doc.language, "en");
  EXPECT_TRUE(HasNote(doc, "ambiguous_date"));
  EXPECT_THAT(Show(doc),
              ElementsAre("T Ecuadorean Minister Asks Neighbours for a Border Conference",
                          "Q Minister Salas asked the neighbouring countries for a joint border "
                          "conference on security.",
                          "B The Ecuadorean minister Salas on Thursday asked the countries of the "
                          "region for a conference on "
                          "the security of the border.",
                          "R Andean Chief Will Visit Quito's “New” Border Post",
                          "B Salas said that the neighbours’ patrols had not met since March. \"We "
                          "must sit down,\" he said.",
                          "B The countries have long spoken of common patrols along the northern "
                          "border and a single command. "
                          "Nothing came of it.",
                          "R Why the Patrols (Still) Do Not Meet",
                          "B On Monday, he is to leave for Lima."));
  CheckOffsets(doc, kSeedLike);
}

TEST(TextReader, TheDateOrderCanBeSaid) {
  ReaderOptions options;
  options.date_order = "mdy";
  const Document doc = ReadOne(kSeedLike, "r.txt", options);
  EXPECT_EQ(doc.date, (Date{2018, 4, 5}));
  EXPECT_FALSE(HasNote(doc, "ambiguous_date"));
  options.date = {2018, 4, 30};
  EXPECT_EQ(ReadOne(kSeedLike, "r.txt", options).date, (Date{2018, 4, 30}));
}

TEST(TextReader, TheTextItselfMayShowTheDateOrder) {
  const Document doc = ReadOne(
      "Envoys meet\n\n04/05/2018\n\nThe talks began on 03/28/2018 in Lima, he said.\n", "r.txt");
  EXPECT_EQ(doc.date, (Date{2018, 4, 5}));
  EXPECT_FALSE(HasNote(doc, "ambiguous_date"));
  const Document weekday =
      ReadOne("Envoys meet\n\nFriday, 04/05/2018\n\nThe talks began in Lima, he said.\n", "r.txt");
  EXPECT_EQ(weekday.date, (Date{2018, 5, 4}));
  EXPECT_FALSE(HasNote(weekday, "ambiguous_date"));
}

TEST(TextReader, WeekdaysInTheTextSpeakForADate) {
  // 2019-03-04 was a Monday, 2019-04-03 a Wednesday.
  const Document doc =
      ReadOne("Envoys meet\n\n03/04/2019\n\nThe envoys met in Lima on Monday.\n", "r.txt");
  EXPECT_EQ(doc.date, (Date{2019, 3, 4}));
  EXPECT_TRUE(HasNote(doc, "ambiguous_date"));
  EXPECT_EQ(
      ReadOne("Envoys meet\n\n03/04/2019\n\nThe envoys met in Lima on Tuesday.\n", "r.txt").date,
      (Date{2019, 4, 3}));
}

TEST(TextReader, PlainNewsText) {
  const std::string text =
      "Chile and Peru reopen border talks\r\n"
      "By Jane Roe\r\n"
      "\r\n"
      "LIMA, Peru, Jan 9, 2019 (Reuters) - The foreign ministers of Chile and Peru met in Lima\r\n"
      "on Wednesday to discuss the reopening of a border crossing that was closed last year\r\n"
      "after a dispute over customs duties that nobody had foreseen when it began. They agreed\r\n"
      "on little.\r\n"
      "\r\n"
      "ALSO READ: Bolivia waits for the court\r\n"
      "\r\n"
      "\"We go on,\" the Chilean minister said.\r\n"
      "\r\n"
      "(Reporting by Jane Roe; editing by John Doe)\r\n";
  const Document doc = ReadOne(text, "plain.txt");
  EXPECT_EQ(doc.title, "Chile and Peru reopen border talks");
  EXPECT_EQ(doc.source, "Reuters");
  EXPECT_EQ(doc.date, (Date{2019, 1, 9}));
  EXPECT_TRUE(HasNote(doc, "dateline"));
  EXPECT_THAT(
      Show(doc),
      ElementsAre("T Chile and Peru reopen border talks",
                  "B The foreign ministers of Chile and Peru met in Lima on "
                  "Wednesday to discuss the reopening "
                  "of a border crossing that was closed last year after a "
                  "dispute over customs duties that nobody had foreseen when it began. They "
                  "agreed on little.",
                  "R Bolivia waits for the court", "B \"We go on,\" the Chilean minister said."));
  CheckOffsets(doc, text);
}

TEST(TextReader, ParagraphsWithoutEmptyLines) {
  const Document doc = ReadOne(
      "Talks end\n"
      "The two governments ended their talks in the capital on Friday without a word on what had "
      "been agreed, and "
      "said that they would meet again in the spring.\n"
      "The opposition, which had asked to take part in them from the beginning, said that it would "
      "not recognise "
      "whatever came out of them, now or later.\n",
      "r.txt");
  EXPECT_EQ(Show(doc).size(), 3u);
  EXPECT_EQ(doc.title, "Talks end");
}

TEST(TextReader, Markdown) {
  const std::string text =
      "---\ntitle: \"Ministers meet\"\ndate: 2019-03-02\nsource: Example News\n---\n"
      "> We will not go.\n\n"
      "Text with [a link](http://x.example/z_(1)), `code`, **bold**, *it*, __all__, "
      "snake_case_word and 5 * 3 \\* 2.\n\n"
      "- first item of it\n- second item\n\n"
      "[![alt](pic.png)](big.png) ![other](x.png)\n\n"
      "## Subhead here\n\n"
      "Last paragraph with [^1] a note &amp; caf&eacute; <b>tag</b>.\n";
  const Document doc = ReadOne(text, "r.md");
  EXPECT_EQ(doc.title, "Ministers meet");
  EXPECT_EQ(doc.date, (Date{2019, 3, 2}));
  EXPECT_EQ(doc.source, "Example News");
  EXPECT_THAT(Show(doc),
              ElementsAre("T Ministers meet", "Q We will not go.",
                          "B Text with a link, code, bold, it, all, snake_case_word and 5 * 3 * 2.",
                          "B first item of it", "B second item", "B Subhead here",
                          "B Last paragraph with a note & café tag."));
  CheckOffsets(doc, text, "é");
}

TEST(TextReader, FormsOfTheHead) {
  const Document labels = ReadOne(
      "Title: Peru votes\nSource: AFP\nDate: 3 March 2017\n\nPeru voted on Sunday.\n", "r.txt");
  EXPECT_EQ(labels.title, "Peru votes");
  EXPECT_EQ(labels.source, "AFP");
  EXPECT_EQ(labels.date, (Date{2017, 3, 3}));
  EXPECT_EQ(ReadOne("Cuba breaks off talks with the U.S.\n\nCuba broke off its talks on Monday.\n",
                    "r.txt")
                .title,
            "Cuba breaks off talks with the U.S.");
  EXPECT_THAT(Show(ReadOne("Peru votes\n\nPeru voted on Sunday.\n\nRead more: Chile waits for its "
                           "turn\n\nAnalysis: this is text.\n",
                           "r.txt")),
              ElementsAre("T Peru votes", "B Peru voted on Sunday.", "R Chile waits for its turn",
                          "B Analysis: this is text."));
  const Document setext = ReadOne(
      "Peru votes\n==========\n\nPublished: 3 March 2017, 10:30 GMT\n\nPeru voted on Sunday.\n",
      "r.md");
  EXPECT_EQ(setext.title, "Peru votes");
  EXPECT_EQ(setext.date, (Date{2017, 3, 3}));
  // A lone headline is a text, and a lead with a full stop is no title.
  EXPECT_THAT(Show(ReadOne("Peru votes for a new congress\n", "r.txt")),
              ElementsAre("B Peru votes for a new congress"));
  EXPECT_EQ(ReadOne("Peru voted on Sunday.\n\nIt was calm.\n", "r.txt").title, "");
}

TEST(TextReader, PullQuotesRepeatTheText) {
  const Document doc = ReadOne(
      "Talks end\n\nThe envoy said on Friday: \"We have nothing left to say to them,\" and went "
      "home.\n\n"
      "\"We have nothing left to say to them\"\n\nThe others stayed for another day in the "
      "capital.\n",
      "r.txt");
  EXPECT_EQ(Show(doc)[2], "Q \"We have nothing left to say to them\"");
}

TEST(TextReader, OddCharactersKeepTheirPlaces) {
  const std::string text =
      "\xEF\xBB\xBFThe  minister\tof Espa\xC3\x83\xC2\xB1"
      "a said \xC3\xA2\xE2\x82\xAC\xC5\x93no\xC3\xA2\xE2\x82\xAC\xC2\x9D, a cafe\xCC\x81 "
      "w\xC2\xAD"
      "as\xC2\xA0shut \x01 and \xE2\x80\x8Bopen.\n";
  const Document doc = ReadOne(text, "r.txt");
  EXPECT_EQ(doc.text, "The minister of España said “no”, a café was shut and open.");
  EXPECT_TRUE(HasNote(doc, "mojibake"));
  EXPECT_TRUE(HasNote(doc, "control_characters"));
  CheckOffsets(doc, text.substr(3), "ñ“”é");
}

TEST(TextReader, QuotedCapitalsAreNoMojibake) {
  const Document doc =
      ReadOne("Disse “AMANH\xC3\x83” e «PER\xC3\x9A» no país que não é.\n", "r.txt");
  EXPECT_EQ(doc.text, "Disse “AMANHÃ” e «PERÚ» no país que não é.");
  EXPECT_FALSE(HasNote(doc, "mojibake"));
  EXPECT_EQ(doc.language, "pt");
}

TEST(TextReader, Languages) {
  EXPECT_EQ(ReadOne("El presidente dijo que no asistirá a la cumbre de la próxima semana.", "r.txt")
                .language,
            "es");
  EXPECT_EQ(ReadOne("O presidente disse que não vai à cúpula da próxima semana.", "r.txt").language,
            "pt");
  EXPECT_EQ(ReadOne("Paraguay severs ties", "r.txt").language, "en");
  EXPECT_EQ(ReadOne("Marcha de la Dignidad fills Plaza de Mayo", "r.txt").language, "en");
  EXPECT_EQ(ReadOne("PRESIDENTE DE PERÚ DICE QUE NO IRÁ A LA CUMBRE", "r.txt").language, "es");
  EXPECT_EQ(ReadOne("Ministro de Perú renuncia tras la protesta", "r.txt").language, "es");
  ReaderOptions options;
  options.language = "en";
  const Document doc = ReadOne(
      "El presidente dijo que no asistirá a la cumbre de la próxima semana, y que los demás países "
      "de la región "
      "tampoco lo harán, según el ministro.",
      "r.txt", options);
  EXPECT_EQ(doc.language, "en");
  EXPECT_TRUE(HasNote(doc, "language"));
}

TEST(TextReader, DatesOfOtherLanguages) {
  EXPECT_EQ(
      ReadOne("Cumbre en Lima\n\n11 de enero de 2019\n\nLos ministros se reunieron en la ciudad.\n",
              "r.txt")
          .date,
      (Date{2019, 1, 11}));
  EXPECT_EQ(ReadOne("Cúpula em Lima\n\nsexta-feira, 3 de março de 2017\n\nOs ministros não se "
                    "reuniram na cidade.\n",
                    "r.txt")
                .date,
            (Date{2017, 3, 3}));
}

}  // namespace
}  // namespace entente
