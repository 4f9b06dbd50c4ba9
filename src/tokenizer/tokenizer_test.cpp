// SPDX-License-Identifier: Apache-2.0
#include "tokenizer/tokenizer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "base/utf8.h"
#include "tokenizer/sentences.h"

namespace entente {
namespace {

std::string Folder(const std::string& tag) { return ENTENTE_SOURCE_DIR "/data/languages/" + tag; }

const Tokenizer& English() {
  static const Tokenizer tokenizer = [] {
    Result<Tokenizer> loaded = Tokenizer::Load(Folder("en"));
    if (!loaded) ADD_FAILURE() << loaded.error().Text();
    return std::move(*loaded);
  }();
  return tokenizer;
}

Document MakeDocument(std::string text) {
  Document doc;
  doc.text = std::move(text);
  for (size_t at = 0; at < doc.text.size();) {
    const size_t end = std::min(doc.text.find("\n\n", at), doc.text.size());
    doc.paragraphs.push_back({{static_cast<uint32_t>(at), static_cast<uint32_t>(end)}});
    at = end + 2;
  }
  doc.BuildOffsetIndex();
  return doc;
}

// Tokens parted by spaces, sentences by " / "; the words of a contraction are joined by "+".
std::string Show(const Document& doc) {
  std::string out;
  for (const Sentence& sentence : doc.sentences) {
    if (!out.empty()) out += " / ";
    int joined = 0;
    for (uint32_t i = sentence.begin; i < sentence.end; i++) {
      if (joined > 0)
        out += '+';
      else if (i > sentence.begin)
        out += ' ';
      if (joined > 0) joined--;
      if (doc.tokens[i].contraction > 0) joined = doc.tokens[i].contraction - 1;
      out += doc.tokens[i].form;
    }
  }
  return out;
}

std::string Show(const std::string& text) {
  Document doc = MakeDocument(text);
  English().Run(doc);
  return Show(doc);
}

TEST(Tokenizer, Words) {
  EXPECT_EQ(Show("The envoy left, angry."), "The envoy left , angry .");
  EXPECT_EQ(Show("(She)\t[said] {so}"), "( She ) [ said ] { so }");
  EXPECT_EQ(Show(""), "");
  EXPECT_EQ(Show("   \n "), "");
}

TEST(Tokenizer, Clitics) {
  EXPECT_EQ(Show("Peru's army didn't fire"), "Peru+'s army did+n't fire");
  EXPECT_EQ(Show("Peru’s army didn’t; they’re"), "Peru+’s army did+n’t ; they+’re");
  EXPECT_EQ(Show("I'd've gone but cannot"), "I+'d+'ve gone but can+not");
  EXPECT_EQ(Show("IT'S A COUNTRY THAT CAN'T"), "IT+'S A COUNTRY THAT CA+N'T");
  EXPECT_EQ(Show("the rebels' camp"), "the rebels+' camp");
  EXPECT_EQ(Show("he called them 'rebels' again"), "he called them ' rebels ' again");
  EXPECT_EQ(Show("O'Brien and N'Djamena"), "O'Brien and N'Djamena");
  EXPECT_EQ(Show("at ten o'clock, ma'am"), "at ten o'clock , ma'am");
}

TEST(Tokenizer, Hyphens) {
  EXPECT_EQ(Show("a well-known, five-year-old deal"), "a well - known , five - year - old deal");
  EXPECT_EQ(Show("anti-government ex-president co-signed"),
            "anti-government ex-president co-signed");
  EXPECT_EQ(Show("pre- and post-war"), "pre- and post-war");
  EXPECT_EQ(Show("a U.S.-led, Iran-backed force"), "a U.S. - led , Iran - backed force");
  EXPECT_EQ(Show("pages 3-4; 2019-01-11; 555-713-8539"), "pages 3 - 4 ; 2019-01-11 ; 555-713-8539");
  EXPECT_EQ(Show("talks—again–failed -- twice"), "talks — again – failed -- twice");
}

TEST(Tokenizer, AbbreviationsAndInitials) {
  EXPECT_EQ(Show("The U.S. said Gen. Ruiz met Sen. Cole."),
            "The U.S. said Gen. Ruiz met Sen. Cole .");
  EXPECT_EQ(Show("They live in the U.S. The gov't agrees."),
            "They live in the U.S. / The gov't agrees .");
  EXPECT_EQ(Show("The Venezuelan Gov’t and the Gov't."), "The Venezuelan Gov’t and the Gov't .");
  EXPECT_EQ(Show("John F. Kennedy and J.R.R. Tolkien"), "John F. Kennedy and J.R.R. Tolkien");
  EXPECT_EQ(Show("No. 10 said no. It did."), "No. 10 said no . / It did .");
  EXPECT_EQ(Show("on Jan. 11 at 5 p.m. local time"), "on Jan. 11 at 5 p.m. local time");
  EXPECT_EQ(Show("at 9 a.m. They met Mr. Chan in Washington, D.C."),
            "at 9 a.m. / They met Mr. Chan in Washington , D.C.");
  EXPECT_EQ(Show("sold by Acme Inc. He left."), "sold by Acme Inc . / He left .");
  EXPECT_EQ(Show("Plan B. It failed."), "Plan B . / It failed .");
}

TEST(Tokenizer, Numbers) {
  EXPECT_EQ(Show("$1,200.50 or 5% of US$40bn"), "$ 1,200.50 or 5 % of US$ 40 bn");
  EXPECT_EQ(Show("at 5pm on 11/01/2019, the 20th, in the 1990s"),
            "at 5 pm on 11/01/2019 , the 20th , in the 1990s");
  EXPECT_EQ(Show("10:30 and/or 9/11; €5 #1"), "10:30 and / or 9/11 ; € 5 # 1");
  EXPECT_EQ(Show("30km at 35°C"), "30 km at 35 ° C");
}

TEST(Tokenizer, NetNames) {
  EXPECT_EQ(Show("See https://example.org/a-b?x=1, or www.example.com."),
            "See https://example.org/a-b?x=1 , or www.example.com .");
  EXPECT_EQ(Show("write to desk.officer@mfa.example.org; @minister #SummitNow"),
            "write to desk.officer@mfa.example.org ; @minister #SummitNow");
  EXPECT_EQ(Show("(http://example.org/x_(y))"), "( http://example.org/x_(y) )");
}

TEST(Tokenizer, Quotes) {
  EXPECT_EQ(Show("“We agree,” he said. \"No.\" ``Yes''"),
            "“ We agree , ” he said . / \" No . \" / `` Yes ''");
  EXPECT_EQ(Show("«Paz», dijo. ‘so’"), "« Paz » , dijo . / ‘ so ’");
  EXPECT_EQ(Show("He asked: \"Why now?\" Nobody knew."),
            "He asked : \" Why now ? \" / Nobody knew .");
  EXPECT_EQ(Show("\"Why now?\" he asked."), "\" Why now ? \" he asked .");
  EXPECT_EQ(Show("(It ended.) The rest stayed."), "( It ended . ) / The rest stayed .");
}

TEST(Tokenizer, Sentences) {
  EXPECT_EQ(Show("Wait... What?! Nothing."), "Wait ... / What ?! / Nothing .");
  EXPECT_EQ(Show("It was… odd. He ended it.Then he left"),
            "It was … odd . / He ended it . / Then he left");
  EXPECT_EQ(Show("He won.[12] She lost."), "He won . [ 12 ] / She lost .");
  EXPECT_EQ(Show("1. Peace talks"), "1 . Peace talks");
}

TEST(Tokenizer, ParagraphsEndSentences) {
  Document doc = MakeDocument("Envoys meet in Lima\n\nThey met. Then they left");
  English().Run(doc);
  ASSERT_EQ(doc.sentences.size(), 3u);
  EXPECT_EQ(doc.sentences[0].paragraph, 0u);
  EXPECT_EQ(doc.sentences[2].paragraph, 1u);
  EXPECT_EQ(doc.sentences[2].end, doc.tokens.size());
}

TEST(Tokenizer, SpansAndSpaces) {
  Document doc = MakeDocument("Peru's “new” plan.");
  English().Run(doc);
  const Document moved = std::move(doc);
  for (const Token& token : moved.tokens) EXPECT_EQ(moved.Text(token.span), token.form);
  EXPECT_TRUE(moved.tokens[0].space_before);
  EXPECT_FALSE(moved.tokens[1].space_before);
  EXPECT_TRUE(moved.tokens[2].space_before);
  EXPECT_FALSE(moved.tokens[3].space_before);
}

TEST(Tokenizer, ContractionsOfAnotherLanguage) {
  const auto folder = std::filesystem::temp_directory_path() / "entente_tokenizer_test";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "tokens.txt")
      << "[contraction]\ndel = de el\nna = em a\n[enclitic]\nse lo\n[hyphen]\nkeep\n";
  std::ofstream(folder / "abbreviations.txt") << "[never]\nSr EE.UU\n";
  Result<Tokenizer> loaded = Tokenizer::Load(folder.string());
  ASSERT_TRUE(loaded) << loaded.error().Text();
  Document doc = MakeDocument("Del Sr. Paz tornou-se primeiro-ministro NA casa");
  loaded->Run(doc);
  EXPECT_EQ(Show(doc), "De+el Sr. Paz tornou+se primeiro-ministro EM+A casa");
  EXPECT_EQ(doc.Text(doc.tokens[1].span), "Del");
  std::filesystem::remove_all(folder);
}

TEST(Tokenizer, BadDataIsNamedByLine) {
  const auto folder = std::filesystem::temp_directory_path() / "entente_tokenizer_bad";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "tokens.txt") << "word\n[contraction]\ndel de el\n[nonsense]\nx\n";
  std::ofstream(folder / "abbreviations.txt") << "[never]\nMr\n";
  const Result<Tokenizer> loaded = Tokenizer::Load(folder.string());
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().code, ErrorCode::kBadData);
  EXPECT_THAT(
      loaded.error().message,
      testing::AllOf(testing::HasSubstr("tokens.txt:1: "), testing::HasSubstr("tokens.txt:3: "),
                     testing::HasSubstr("tokens.txt:5: unknown section [nonsense]")));
  std::filesystem::remove_all(folder);
  EXPECT_EQ(Tokenizer::Load(folder.string()).error().code, ErrorCode::kNotFound);
}

// Every token lies in the text, in order, and all that is not space is in a token.
void CheckCover(const Document& doc) {
  uint32_t at = 0;
  for (size_t i = 0; i < doc.tokens.size(); i++) {
    const Token& token = doc.tokens[i];
    ASSERT_LT(token.span.begin, token.span.end);
    ASSERT_LE(at, token.span.begin);
    for (size_t gap = at; gap < token.span.begin;) {
      ASSERT_TRUE(IsSpace(DecodeUtf8(doc.text, gap)));
    }
    at = token.span.end;
  }
  uint32_t next = 0;
  for (const Sentence& sentence : doc.sentences) {
    ASSERT_EQ(sentence.begin, next);
    ASSERT_GT(sentence.end, sentence.begin);
    ASSERT_LE(sentence.size(), kMaxSentence);
    next = sentence.end;
  }
  ASSERT_EQ(next, doc.tokens.size());
}

TEST(Tokenizer, LongAndOddInputsTakeLinearTime) {
  const auto start = std::chrono::steady_clock::now();
  std::string list;
  while (list.size() < 4'000'000) list += "Peru, Chile and (Bolivia) didn't ";
  std::string inputs[] = {list,
                          std::string(4'000'000, 'a'),
                          std::string(4'000'000, '.'),
                          std::string(4'000'000, '('),
                          std::string(4'000'000, '\''),
                          std::string(4'000'000, '\xFF')};
  std::string mixed;
  for (uint32_t i = 0, seed = 7; i < 2'000'000; i++) {
    seed = seed * 1664525 + 1013904223;
    static constexpr char kSigns[] = "aB1 .-'\"/@:#,()[]$%&*_\xC3\xA9\xE2\x80\x99\xF0\n`";
    mixed += kSigns[(seed >> 16) % (sizeof kSigns - 1)];
  }
  for (std::string& input : inputs) {
    Document doc = MakeDocument(std::move(input));
    English().Run(doc);
    CheckCover(doc);
  }
  Document doc = MakeDocument(MakeValidUtf8(mixed));
  English().Run(doc);
  CheckCover(doc);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(60));
}

}  // namespace
}  // namespace entente
