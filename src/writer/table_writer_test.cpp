// SPDX-License-Identifier: Apache-2.0
#include "writer/table_writer.h"

#include <gtest/gtest.h>

#include <sstream>

#include "writer/display.h"
#include "writer/testing.h"

namespace entente {
namespace {

WriterOptions Options(int width) {
  static const testing::FixedScores scores;
  WriterOptions options;
  options.scores = &scores;
  options.width = width;
  return options;
}

TEST(TableWriter, Golden) {
  const TableWriter writer(Options(100));
  EXPECT_EQ(writer.Begin() + writer.Write(testing::Paraguay()) + writer.End(),
            "DATE       ACTOR            EVENT              RECIPIENT        WORDS\n"
            "2019-01-10 PRY GOV          SANCTION/disconti… VEN GOV          “severed relations”\n");
}

TEST(TableWriter, HeadingsAndTotals) {
  WriterOptions options = Options(100);
  options.headings = true;
  const TableWriter writer(options);
  Document document = testing::Paraguay();
  document.title = "Paraguay cuts ties";
  Document negated = testing::Paraguay();
  negated.event_mentions[0].auxiliary = kNegation;
  EXPECT_EQ(testing::TabCells(writer.Write(document))[0], "── Paraguay cuts ties, 2019-01-11");
  writer.Write(negated);
  writer.Write(testing::MakeDocument("Nothing."));
  EXPECT_EQ(writer.End(), "2 events in 3 reports: 1 material conflict, 1 denied, possible or to come\n");
}

TEST(TableWriter, NoTotalsWithoutEventsOrHeadings) {
  WriterOptions options = Options(100);
  options.headings = true;
  EXPECT_EQ(TableWriter(options).End(), "");
  const TableWriter plain(Options(100));
  plain.Write(testing::Paraguay());
  EXPECT_EQ(plain.End(), "");
}

TEST(TableWriter, ColoursByQuadClass) {
  WriterOptions options = Options(100);
  options.colour = true;
  const TableWriter writer(options);
  EXPECT_NE(writer.Write(testing::Paraguay()).find("\x1b[1;31mSANCTION/disconti…\x1b[0m"), std::string::npos);
  Document negated = testing::Paraguay();
  negated.event_mentions[0].auxiliary = kNegation;
  EXPECT_NE(writer.Write(negated).find("\x1b[2mSANCTION"), std::string::npos);
  EXPECT_EQ(TableWriter(Options(100)).Write(testing::Paraguay()).find('\x1b'), std::string::npos);
}

TEST(TableWriter, NoRowIsWiderThanTheTerminal) {
  Document document = testing::MakeDocument("中华人民共和国外交部长 met somebody whose name is very very long indeed 🎉🎉🎉");
  EventMention mention = testing::Severing(document, document.text);
  mention.actor = {testing::Who(document, "中华人民共和国外交部长", {})};
  mention.recipient = {testing::Who(document, "somebody whose name is very very long indeed", {})};
  mention.place.text = "a place with a long name";
  testing::Add(document, std::move(mention), "e-1");
  document.title = document.text;
  for (const int width : {1, 40, 41, 60, 79, 80, 100, 120, 200, 400, 5000}) {
    WriterOptions options = Options(width);
    options.headings = true;
    const TableWriter writer(options);
    std::istringstream lines(writer.Begin() + writer.Write(document));
    std::string line;
    while (std::getline(lines, line)) {
      EXPECT_LE(DisplayWidth(line), static_cast<size_t>(std::max(40, width))) << line;
    }
  }
}

TEST(TableWriter, HostileTextStaysInItsRow) {
  const std::string hostile = testing::Hostile();
  Document document = testing::MakeDocument(hostile);
  document.title = hostile;
  EventMention mention = testing::Severing(document, hostile);
  mention.actor = {testing::Who(document, hostile, {})};
  mention.place.text = hostile;
  testing::Add(document, std::move(mention), "e-1");
  const std::string out = TableWriter(Options(400)).Write(document);
  EXPECT_EQ(testing::Lines(out), 1u);
  EXPECT_EQ(out.find('\x1b'), std::string::npos);
  EXPECT_EQ(out.find('\0'), std::string::npos);
}

}  // namespace
}  // namespace entente
