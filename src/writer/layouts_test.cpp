// SPDX-License-Identifier: Apache-2.0
// The layouts of other projects: column names, one golden row each, and what no layout may do.
#include <gtest/gtest.h>

#include <iterator>
#include <map>

#include "base/utf8.h"
#include "writer/testing.h"
#include "writer/writer.h"

namespace entente {
namespace {

using testing::Lines;
using testing::MakeDocument;
using testing::TabCells;
using testing::Who;

class Layouts : public ::testing::Test {
 protected:
  std::unique_ptr<Writer> Make(const std::string& format) {
    WriterOptions options;
    options.scores = &scores_;
    options.codebook = &book_;
    options.version = "entente 0.1.0";
    auto writer = MakeWriter(format, options);
    EXPECT_TRUE(writer.ok());
    return std::move(*writer);
  }
  // First row by the names of the header.
  std::map<std::string, std::string> Row(const std::string& format, const Document& document) {
    const auto writer = Make(format);
    const auto names = TabCells(writer->Begin()), cells = TabCells(writer->Write(document));
    EXPECT_EQ(names.size(), cells.size());
    std::map<std::string, std::string> row;
    for (size_t i = 0; i < names.size() && i < cells.size(); i++) row[names[i]] = cells[i];
    return row;
  }
  testing::FixedScores scores_;
  testing::SmallCodebook book_;
};

Document Detailed() {
  Document document = testing::Paraguay();
  document.source = "La Nación";
  document.url = "https://example.org/1";
  EventPlace& place = document.event_mentions[0].place;
  place.name = "Asunción";
  place.text = "the capital, Asunción";
  place.country = "PRY";
  place.lat = -25.28646;
  place.lon = -57.647;
  place.located = place.city = true;
  Mention maduro;
  maduro.actor_kind = ActorKind::kPerson;
  maduro.office = "head of state";
  maduro.actors = {{"VEN", "GOV", "Nicolás Maduro", "ven-nicolas-maduro"}};
  Mention bloc;
  bloc.actor_kind = ActorKind::kOrganisation;
  bloc.actors = {{"UNASUR", "IGO", "Unasur", "unasur"}};
  document.mentions = {maduro, bloc, maduro};
  document.event_mentions[0].recipient[0].mention = 0;
  return document;
}

TEST_F(Layouts, PolecatHeader) {
  const auto names = TabCells(Make("polecat")->Begin());
  EXPECT_EQ(names.size(), 40u);
  EXPECT_EQ(names.front(), "Event ID");
  EXPECT_EQ(names[4], "Intensity");
  EXPECT_EQ(names[15], "Recipient Name");
  EXPECT_EQ(names.back(), "Version");
}

TEST_F(Layouts, PolecatRow) {
  auto row = Row("polecat", Detailed());
  EXPECT_EQ(row["Event ID"], "e-6f1c000000000001");
  EXPECT_EQ(row["Event Date"], "2019-01-10");
  EXPECT_EQ(row["Event Type"], "SANCTION");
  EXPECT_EQ(row["Event Mode"], "discontinue");
  EXPECT_EQ(row["Intensity"], "-6.0");
  EXPECT_EQ(row["Quad Code"], "MATERIAL CONFLICT");
  EXPECT_EQ(row["Contexts"], "diplomatic");
  EXPECT_EQ(row["Actor Name"], "Paraguay");
  EXPECT_EQ(row["Actor Country"], "PRY");
  EXPECT_EQ(row["Actor COW"], "150");
  EXPECT_EQ(row["Primary Actor Sector"], "GOV");
  EXPECT_EQ(row["Recipient COW"], "101");
  EXPECT_EQ(row["Recipient Title"], "head of state");
  EXPECT_EQ(row["Recipient Name Raw"], "Venezuela");
  EXPECT_EQ(row["Placename"], "Asunción");
  EXPECT_EQ(row["Country"], "PRY");
  EXPECT_EQ(row["Raw Placename"], "the capital, Asunción");
  EXPECT_EQ(row["City"], "Asunción");
  EXPECT_EQ(row["Latitude"], "-25.2865");
  EXPECT_EQ(row["Longitude"], "-57.6470");
  EXPECT_EQ(row["Source"], "La Nación");
  EXPECT_EQ(row["Publication Date"], "2019-01-11");
  EXPECT_EQ(row["Story People"], "Nicolás Maduro");
  EXPECT_EQ(row["Story Organizations"], "Unasur");
  EXPECT_EQ(row["Story Locations"], "Asunción");
  EXPECT_EQ(row["Language"], "en");
  EXPECT_EQ(row["Version"], "entente 0.1.0");
}

TEST_F(Layouts, IcewsRow) {
  EXPECT_EQ(Make("icews")->Begin(),
            "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\t"
            "Target Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\t"
            "Province\tCountry\tLatitude\tLongitude\n");
  auto row = Row("icews", Detailed());
  EXPECT_EQ(row["Event Date"], "2019-01-10");
  EXPECT_EQ(row["Source Name"], "Paraguay");
  EXPECT_EQ(row["Source Sectors"], "Government");
  EXPECT_EQ(row["Source Country"], "Paraguay");
  EXPECT_EQ(row["Event Text"], "Make a visit");
  EXPECT_EQ(row["CAMEO Code"], "042");
  EXPECT_EQ(row["Intensity"], "-4.0");
  EXPECT_EQ(row["Target Country"], "Venezuela");
  EXPECT_EQ(row["Sentence Number"], "1");
  EXPECT_EQ(row["Publisher"], "La Nación");
  EXPECT_EQ(row["Country"], "Paraguay");
  for (const char* number : {"Event ID", "Story ID"}) {
    EXPECT_FALSE(row[number].empty());
    EXPECT_EQ(row[number].find_first_not_of("0123456789"), std::string::npos);
  }
}

TEST_F(Layouts, PetrarchRow) {
  const auto writer = Make("petrarch");
  EXPECT_EQ(writer->Begin(), "");
  EXPECT_EQ(writer->Write(Detailed()),
            "20190110\tPRYGOV\tVENGOV\t042\tdiplomatic,1\tr1_1\thttps://example.org/1\tLa Nación\tParaguay\tVenezuela\t"
            "severed relations\n");
}

TEST_F(Layouts, GdeltRow) {
  const auto writer = Make("gdelt");
  EXPECT_EQ(writer->Begin(), "");
  Document document = Detailed();
  document.paragraphs = {{{0, 42}, ParagraphKind::kBody}};
  document.sentences = {{0, 0, 0}};
  const auto cells = TabCells(writer->Write(document));
  ASSERT_EQ(cells.size(), 61u);
  EXPECT_EQ(cells[1], "20190110");
  EXPECT_EQ(cells[2], "201901");
  EXPECT_EQ(cells[3], "2019");
  EXPECT_EQ(cells[4], "2019.0274");
  EXPECT_EQ(cells[5], "PRYGOV");
  EXPECT_EQ(cells[6], "Paraguay");
  EXPECT_EQ(cells[7], "PRY");
  EXPECT_EQ(cells[12], "GOV");
  EXPECT_EQ(cells[15], "VENGOV");
  EXPECT_EQ(cells[17], "VEN");
  EXPECT_EQ(cells[25], "1");    // IsRootEvent
  EXPECT_EQ(cells[26], "042");  // EventCode
  EXPECT_EQ(cells[27], "042");
  EXPECT_EQ(cells[28], "04");
  EXPECT_EQ(cells[29], "1");    // QuadClass of CAMEO 04
  EXPECT_EQ(cells[30], "-4.0");
  EXPECT_EQ(cells[31], "1");
  EXPECT_EQ(cells[51], "4");         // ActionGeo_Type
  EXPECT_EQ(cells[52], "Asunción");  // ActionGeo_FullName
  EXPECT_EQ(cells[56], "-25.2865");
  EXPECT_EQ(cells[53], "PA");        // ActionGeo_CountryCode
  EXPECT_EQ(cells[59], "20190111000000");
  EXPECT_EQ(cells[60], "https://example.org/1");
}

TEST_F(Layouts, GdeltQuadClasses) {
  const std::map<std::string, std::string> classes = {{"010", "1"}, {"051", "1"}, {"061", "2"}, {"0841", "2"},
                                                      {"090", "3"}, {"139", "3"}, {"140", "4"}, {"204", "4"},
                                                      {"", ""}};
  for (const auto& [cameo, quad] : classes) {
    Document document = testing::Paraguay();
    document.event_mentions[0].cameo = cameo;
    EXPECT_EQ(TabCells(Make("gdelt")->Write(document))[29], quad) << cameo;
  }
}

TEST_F(Layouts, DatesLessThanADayStayEmptyWhereADayIsWanted) {
  Document document = testing::Paraguay();
  document.event_mentions[0].date = {2018, 5, 0};
  EXPECT_EQ(Row("polecat", document)["Event Date"], "");
  EXPECT_EQ(Row("icews", document)["Event Date"], "");
  EXPECT_EQ(TabCells(Make("petrarch")->Write(document))[0], "");
  const auto cells = TabCells(Make("gdelt")->Write(document));
  EXPECT_EQ(cells[1], "");
  EXPECT_EQ(cells[2], "201805");
  EXPECT_EQ(cells[3], "2018");
  EXPECT_EQ(cells[4], "");
}

TEST_F(Layouts, ActsThatDidNotTakePlaceAreLeftOut) {
  for (const char* format : {"polecat", "icews", "petrarch", "gdelt"}) {
    for (const Auxiliary auxiliary : {kNegation, kHypothetical, kFuture}) {
      Document document = testing::Paraguay();
      document.event_mentions[0].auxiliary = auxiliary;
      EXPECT_EQ(Make(format)->Write(document), "") << format;
    }
  }
  for (const char* format : {"ndjson", "csv", "tsv", "table"}) {
    Document document = testing::Paraguay();
    document.event_mentions[0].auxiliary = kNegation;
    EXPECT_NE(Make(format)->Write(document).find("negation"), std::string::npos) << format;
  }
}

TEST_F(Layouts, NothingKnownNothingWritten) {
  Document document = MakeDocument("Somebody did something.");
  document.date = {};
  testing::Add(document, EventMention(), "e-1");
  EXPECT_EQ(TabCells(Make("polecat")->Write(document)).size(), 40u);
  EXPECT_EQ(TabCells(Make("icews")->Write(document)).size(), 20u);
  EXPECT_EQ(TabCells(Make("petrarch")->Write(document)).size(), 11u);
  EXPECT_EQ(TabCells(Make("gdelt")->Write(document)).size(), 61u);
}

TEST_F(Layouts, WorkWithoutScoresAndCodebook) {
  for (const std::string& format : WriterFormats()) {
    const auto writer = MakeWriter(format, {});
    ASSERT_TRUE(writer.ok());
    EXPECT_EQ(Lines((*writer)->Write(Detailed())), 1u) << format;
  }
}

TEST_F(Layouts, HostileTextStaysInItsRow) {
  const std::string hostile = testing::Hostile();
  Document document = MakeDocument(hostile);
  document.id = document.source = document.url = document.language = document.title = hostile;
  EventMention mention = testing::Severing(document, hostile);
  mention.actor = {Who(document, hostile, {{"VEN", "GOV", hostile, ""}})};
  mention.recipient = {Who(document, hostile, {})};
  mention.place.text = mention.place.country = mention.cameo = mention.event = mention.mode = hostile;
  mention.contexts = {hostile};
  Mention person;
  person.actor_kind = ActorKind::kPerson;
  person.actors = {{hostile, hostile, hostile, hostile}};
  person.office = hostile;
  document.mentions = {person};
  mention.actor[0].mention = 0;
  testing::Add(document, std::move(mention), "e-1");
  const std::map<std::string, size_t> columns = {{"polecat", 40}, {"icews", 20}, {"petrarch", 11}, {"gdelt", 61}};
  for (const auto& [format, count] : columns) {
    const std::string out = Make(format)->Write(document);
    EXPECT_EQ(Lines(out), 1u) << format;
    EXPECT_TRUE(IsValidUtf8(out)) << format;
    // Read with and without regard to quotes: the same number of cells.
    EXPECT_EQ(TabCells(out).size(), count) << format;
    EXPECT_EQ(testing::ParseDelimited(out, '\t')[0].size(), count) << format;
    EXPECT_EQ(out.find('\x1b'), std::string::npos);
    EXPECT_EQ(out.find('\0'), std::string::npos);
  }
}

// Random bytes, biased to those that could matter, in every field of text: rows stay rows in every format.
TEST_F(Layouts, RandomTextStaysInItsRow) {
  uint32_t state = 1;
  const auto next = [&](uint32_t n) {
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % n;
  };
  const std::string pieces[] = {"\t", "\n", "\r", "\"", "\"\"", ",", ";", "'", "\\", "\xE2\x80\xA8", "\xC2\x85", "\xFF",
                                "\xE2\x80", "\xF0\x9F", "é", "中", "🎉", "\x1b[0m", " ", "=", "a", std::string(1, '\0')};
  const auto text = [&] {
    std::string out;
    for (uint32_t n = next(12); n > 0; n--) out += pieces[next(std::size(pieces))];
    return out;
  };
  for (int round = 0; round < 300; round++) {
    Document document = MakeDocument("x" + text());
    document.id = text();
    document.source = text();
    document.url = text();
    document.language = text();
    document.title = text();
    document.notes = {{text(), text()}};
    EventMention mention = testing::Severing(document, "x");
    mention.text = text();
    mention.place.text = text();
    mention.pair = text();
    mention.steps = {text()};
    mention.contexts = {text(), text()};
    mention.actor = {Who(document, "x", {{text(), text(), text(), text()}})};
    mention.recipient = {Who(document, "x", {})};
    mention.recipient[0].text = text();
    testing::Add(document, std::move(mention), "e-1");
    for (const std::string& format : WriterFormats()) {
      const auto writer = Make(format);
      const std::string out = writer->Write(document);
      ASSERT_EQ(Lines(out), 1u) << format << " in round " << round;
      ASSERT_TRUE(IsValidUtf8(out)) << format << " in round " << round;
      if (format == "csv" || format == "tsv" || format == "polecat" || format == "icews") {
        const char separator = format == "csv" ? ',' : '\t';
        ASSERT_EQ(testing::ParseDelimited(out, separator)[0].size(),
                  testing::ParseDelimited(writer->Begin(), separator)[0].size())
            << format << " in round " << round;
      }
      if (format == "icews" || format == "petrarch" || format == "gdelt") {
        ASSERT_EQ(testing::ParseDelimited(out, '\t')[0].size(), TabCells(out).size()) << format;
      }
    }
  }
}

}  // namespace
}  // namespace entente
