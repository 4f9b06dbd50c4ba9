// SPDX-License-Identifier: Apache-2.0
#include "writer/ndjson_writer.h"

#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include "base/utf8.h"
#include "writer/testing.h"

namespace entente {
namespace {

using testing::Find;
using testing::MakeDocument;
using testing::Who;

rapidjson::Document Parse(const std::string& line) {
  rapidjson::Document json;
  json.Parse<rapidjson::kParseValidateEncodingFlag>(line.data(), line.size());
  EXPECT_FALSE(json.HasParseError()) << line;
  return json;
}

rapidjson::Document Only(const Document& document, const WriterOptions& options = {}) {
  const std::string out = NdjsonWriter(options).Write(document);
  EXPECT_EQ(testing::Lines(out), 1u);
  return Parse(out);
}

TEST(NdjsonWriter, Golden) {
  const testing::FixedScores scores;
  WriterOptions options;
  options.scores = &scores;
  EXPECT_EQ(
      NdjsonWriter(options).Write(testing::Paraguay()),
      R"({"id":"e-6f1c000000000001","report":"r1","sentence":0,"event":"SANCTION","mode":"discontinue",)"
      R"("context":["diplomatic"],"cameo":"042","quad":"material_conflict","score":-6.0,"goldstein":-4.0,)"
      R"("actor":[{"code":"PRY","sector":"GOV","name":"Paraguay","text":"Paraguay","span":[0,8]}],)"
      R"("recipient":[{"code":"VEN","sector":"GOV","name":"Venezuela","text":"Venezuela","span":[32,41]}],)"
      R"("date":"2019-01-10","date_precision":"day","date_how":"relative","text":"severed relations",)"
      R"("span":[9,26],"how":"pattern","pattern":"en/sanction/sever-relations","confidence":0.93})"
      "\n");
}

TEST(NdjsonWriter, OptionalFields) {
  Document document = testing::Paraguay();
  document.notes = {{"ambiguous_date", "x"}, {"language", "y"}, {"ambiguous_date", "z"}};
  EventMention& m = document.event_mentions[0];
  m.place.text = "Asuncion";
  m.place.country = "PRY";
  m.counts = {{"dead", 400, "at_least"}, {"injured", 3, ""}};
  m.auxiliary = kFuture | kHabitual;
  m.said_by = {Who(document, "", {{"VEN", "GOV", "Nicolás Maduro", ""}})};
  m.said_by[0].how = "implicit";
  m.steps = {"future of an act is a promise"};
  m.pair = "p1";
  m.actor[0].count = 6;
  m.actor.push_back(Who(document, "Paraguay", {}));
  document.events[0].mentions.push_back(0);
  const auto json = Only(document);
  EXPECT_STREQ(json["place"]["text"].GetString(), "Asuncion");
  EXPECT_STREQ(json["place"]["country"].GetString(), "PRY");
  EXPECT_FALSE(json["place"].HasMember("lat"));  // no city, no coordinates
  EXPECT_EQ(json["counts"]["dead"]["at_least"].GetInt(), 400);
  EXPECT_EQ(json["counts"]["injured"]["exactly"].GetInt(), 3);
  EXPECT_STREQ(json["auxiliary"][0].GetString(), "future");
  EXPECT_STREQ(json["auxiliary"][1].GetString(), "habitual");
  EXPECT_STREQ(json["said_by"][0]["how"].GetString(), "implicit");
  EXPECT_FALSE(json["said_by"][0].HasMember("span"));
  EXPECT_STREQ(json["steps"][0].GetString(), "future of an act is a promise");
  EXPECT_STREQ(json["pair"].GetString(), "p1");
  EXPECT_EQ(json["actor"][0]["count"].GetInt(), 6);
  EXPECT_STREQ(json["actor"][1]["name"].GetString(), "Paraguay");
  EXPECT_FALSE(json["actor"][1].HasMember("code"));
  EXPECT_EQ(json["mentions"].Size(), 1u);
  ASSERT_EQ(json["notes"].Size(), 2u);
  EXPECT_STREQ(json["notes"][0].GetString(), "ambiguous_date");
  EXPECT_STREQ(json["notes"][1].GetString(), "language");
}

TEST(NdjsonWriter, OffsetsCountCodePoints) {
  Document document = MakeDocument("“Olá!” 🎉 Nicolás Maduro expulsó al embajador.");
  EventMention mention = testing::Severing(document, "expulsó");
  mention.actor = {Who(document, "Nicolás Maduro", {})};
  testing::Add(document, std::move(mention), "e-1");
  const auto json = Only(document);
  EXPECT_EQ(json["actor"][0]["span"][0].GetInt(), 9);
  EXPECT_EQ(json["actor"][0]["span"][1].GetInt(), 23);
  EXPECT_EQ(json["span"][0].GetInt(), 24);
  EXPECT_EQ(json["span"][1].GetInt(), 31);
}

TEST(NdjsonWriter, OffsetsAreThoseOfTheOriginal) {
  // The original was "<p>Perú</p>\n<p>left &amp; slammed the bloc</p>".
  Document document = MakeDocument("Perú\n\nleft & slammed the bloc");
  document.offsets = {{0, 3}, {7, 15}, {13, 25}};
  EventMention mention = testing::Severing(document, "left & slammed");
  mention.actor = {Who(document, "Perú", {})};
  testing::Add(document, std::move(mention), "e-1");
  const auto json = Only(document);
  EXPECT_EQ(json["actor"][0]["span"][0].GetInt(), 3);
  EXPECT_EQ(json["actor"][0]["span"][1].GetInt(), 7);
  EXPECT_EQ(json["span"][0].GetInt(), 15);
  EXPECT_EQ(json["span"][1].GetInt(), 33);
}

TEST(NdjsonWriter, HostileTextStaysInItsLine) {
  const std::string hostile = testing::Hostile();
  Document document = MakeDocument(hostile);
  document.id = hostile;
  document.notes = {{hostile, hostile}};
  EventMention mention = testing::Severing(document, hostile);
  mention.actor = {Who(document, hostile, {{hostile, hostile, hostile, ""}})};
  mention.place.text = hostile;
  mention.steps = {hostile};
  mention.contexts = {hostile};
  mention.counts = {{hostile, 1, hostile}};
  testing::Add(document, std::move(mention), "e-1");
  const std::string out = NdjsonWriter({}).Write(document);
  EXPECT_EQ(testing::Lines(out), 1u);
  EXPECT_TRUE(IsValidUtf8(out));
  EXPECT_EQ(out.find("\xC2\x85"), std::string::npos);
  EXPECT_EQ(out.find("\xE2\x80\xA8"), std::string::npos);
  const auto json = Parse(out);
  // The text is the report's but for the NUL and the bad bytes.
  EXPECT_EQ(std::string(json["text"].GetString(), json["text"].GetStringLength()),
            "=SUM(A1)\t\"a\",\r\n'b';\x1b[31m\xEF\xBF\xBD\xC2\x85\xE2\x80\xA8\xEF\xBF\xBD\xEF\xBF\xBD|end");
}

TEST(NdjsonWriter, NoEventsNoLines) { EXPECT_EQ(NdjsonWriter({}).Write(MakeDocument("")), ""); }

}  // namespace
}  // namespace entente
