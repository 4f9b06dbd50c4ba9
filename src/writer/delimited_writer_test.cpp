// SPDX-License-Identifier: Apache-2.0
#include "writer/delimited_writer.h"

#include <gtest/gtest.h>

#include <map>

#include "writer/testing.h"

namespace entente {
namespace {

using testing::Hostile;
using testing::MakeDocument;
using testing::ParseDelimited;
using testing::Who;

// The cells of the first row of events by column.
std::map<std::string, std::string> FirstRow(const Document& document, char separator, const WriterOptions& options) {
  const DelimitedWriter writer(separator, options);
  const auto rows = ParseDelimited(writer.Begin() + writer.Write(document), separator);
  std::map<std::string, std::string> row;
  EXPECT_GE(rows.size(), 2u);
  EXPECT_EQ(rows[0].size(), rows[1].size());
  for (size_t i = 0; i < rows[0].size(); i++) row[rows[0][i]] = rows[1][i];
  return row;
}

TEST(DelimitedWriter, Golden) {
  const testing::FixedScores scores;
  WriterOptions options;
  options.scores = &scores;
  const DelimitedWriter writer(',', options);
  EXPECT_EQ(writer.Begin() + writer.Write(testing::Paraguay()),
            "id,report,sentence,pair,date,date_precision,date_how,event,mode,context,cameo,quad,score,goldstein,"
            "actor_code,actor_sector,actor_name,actor_text,actor_how,recipient_code,recipient_sector,recipient_name,"
            "recipient_text,recipient_how,auxiliary,said_by_code,said_by_text,counts,place,place_name,place_country,lat,"
            "lon,place_how,text,span_begin,span_end,mentions,how,pattern,confidence,notes\n"
            "e-6f1c000000000001,r1,0,,2019-01-10,day,relative,SANCTION,discontinue,diplomatic,042,material_conflict,"
            "-6.0,-4.0,PRY,GOV,Paraguay,Paraguay,,VEN,GOV,Venezuela,Venezuela,,,,,,,,,,,,severed relations,9,26,1,pattern,"
            "en/sanction/sever-relations,0.93,\n");
}

TEST(DelimitedWriter, NoEventsNoRows) {
  EXPECT_EQ(DelimitedWriter(',', {}).Write(MakeDocument("Nothing happened.")), "");
}

TEST(DelimitedWriter, RoundTripOfEverything) {
  Document document = MakeDocument("Police, \"the\" Lima Group and Peru threatened, after months, Nicolás Maduro.");
  document.notes = {{"ambiguous_date", "11/01"}, {"encoding", ""}, {"ambiguous_date", ""}};
  EventMention mention = testing::Severing(document, "threatened, after months,");
  mention.actor = {Who(document, "Police", {{"", "COP", "", ""}}),
                   Who(document, "\"the\" Lima Group", {}),
                   Who(document, "Peru", {{"PER", "GOV", "Peru; the state", ""}})};
  mention.recipient = {Who(document, "Nicolás Maduro", {{"VEN", "GOV", "Nicolás Maduro", ""}})};
  mention.recipient[0].how = "implicit";
  mention.said_by = {Who(document, "", {{"USA", "GOV", "United States", ""}})};
  mention.auxiliary = kFuture | kNegation;
  mention.counts = {{"dead", 400, "at_least"}, {"injured", 3, ""}};
  mention.place.text = "Lima, Peru";
  mention.place.country = "PER";
  mention.pair = "p,1";
  mention.date = {2019, 1, 0};
  testing::Add(document, std::move(mention), "e-1");
  for (const char separator : {',', '\t'}) {
    auto row = FirstRow(document, separator, {});
    EXPECT_EQ(row["actor_code"], ";;PER");
    EXPECT_EQ(row["actor_sector"], "COP;;GOV");
    EXPECT_EQ(row["actor_name"], "Police;\"the\" Lima Group;Peru, the state");
    EXPECT_EQ(row["actor_text"], "Police;\"the\" Lima Group;Peru");
    EXPECT_EQ(row["actor_how"], "");
    EXPECT_EQ(row["recipient_how"], "implicit");
    EXPECT_EQ(row["said_by_code"], "USA");
    EXPECT_EQ(row["said_by_text"], "United States");
    EXPECT_EQ(row["auxiliary"], "future;negation");
    EXPECT_EQ(row["counts"], "dead:at_least:400;injured:exactly:3");
    EXPECT_EQ(row["place"], "Lima, Peru");
    EXPECT_EQ(row["place_country"], "PER");
    EXPECT_EQ(row["pair"], "p,1");
    EXPECT_EQ(row["text"], "threatened, after months,");
    EXPECT_EQ(row["date"], "2019-01");
    EXPECT_EQ(row["date_precision"], "month");
    EXPECT_EQ(row["cameo"], "042");
    EXPECT_EQ(row["score"], "");
    EXPECT_EQ(row["notes"], "ambiguous_date;encoding");
  }
}

TEST(DelimitedWriter, HostileTextStaysInItsRow) {
  const std::string hostile = Hostile();
  Document document = MakeDocument(hostile + " struck.");
  document.id = hostile;
  document.source = hostile;
  document.notes = {{hostile, hostile}};
  EventMention mention = testing::Severing(document, hostile);
  mention.actor = {Who(document, hostile, {}), Who(document, hostile, {{"VEN", "GOV", hostile, ""}})};
  mention.place.text = hostile;
  mention.pair = hostile;
  testing::Add(document, std::move(mention), "e-1");
  for (const char separator : {',', '\t'}) {
    const DelimitedWriter writer(separator, {});
    const std::string out = writer.Write(document);
    EXPECT_EQ(testing::Lines(out), 1u);
    auto row = FirstRow(document, separator, {});
    EXPECT_EQ(row["text"], "=SUM(A1) \"a\", 'b'; [31m \xEF\xBF\xBD\xEF\xBF\xBD|end");
    EXPECT_EQ(row["place"], row["text"]);
  }
}

}  // namespace
}  // namespace entente
