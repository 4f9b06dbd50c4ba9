// SPDX-License-Identifier: Apache-2.0
#include "writer/writer.h"

#include <gtest/gtest.h>

#include "writer/testing.h"

namespace entente {
namespace {

using testing::Hostile;
using testing::Lines;

TEST(MakeWriter, KnowsItsFormatsAndSuggestsThem) {
  for (const std::string& format : WriterFormats()) EXPECT_TRUE(MakeWriter(format, {}).ok()) << format;
  const auto unknown = MakeWriter("polcat", {});
  ASSERT_FALSE(unknown.ok());
  EXPECT_EQ(unknown.error().code, ErrorCode::kBadRequest);
  EXPECT_NE(unknown.error().message.find("did you mean `polecat`?"), std::string::npos);
  EXPECT_NE(unknown.error().message.find("ndjson, csv, tsv, table, polecat, icews, petrarch, gdelt"), std::string::npos);
}

TEST(EventLine, AsGoldenTestsWriteIt) {
  Document document = testing::Paraguay();
  EventMention& m = document.event_mentions[0];
  EXPECT_EQ(EventLine(m), "2019-01-10 | PRY GOV | SANCTION/discontinue | VEN GOV");
  m.auxiliary = kFuture | kNegation;
  m.place.text = "Asunción";
  m.recipient.clear();
  m.actor.push_back(testing::Who(document, "Paraguay", {}));
  EXPECT_EQ(EventLine(m), "2019-01-10 | PRY GOV + \"Paraguay\" | SANCTION/discontinue [future,negation] | - | Asunción");
}

TEST(EventLine, IsOneLine) {
  Document document = testing::Paraguay();
  document.event_mentions[0].place.text = Hostile();
  document.event_mentions[0].actor = {testing::Who(document, "", {})};
  document.event_mentions[0].actor[0].text = Hostile();
  EXPECT_EQ(Lines(EventLine(document.event_mentions[0])), 0u);
}

TEST(ShowLayer, EveryLayerOfHostileTextKeepsItsLines) {
  Document document = testing::Paraguay();
  const std::string hostile = Hostile();
  document.id = hostile;
  Token token;
  token.form = document.Keep(hostile);
  token.lemma = token.form;
  token.span = {0, 8};
  token.upos = Upos::kPropn;
  document.tokens = {token, token};
  document.sentences = {{0, 2, 0}};
  Mention mention;
  mention.end = 1;
  mention.actors = {{"VEN", "GOV", hostile, ""}};
  document.mentions = {mention};
  document.notes = {{hostile, hostile}};
  document.event_mentions[0].place.text = hostile;
  EXPECT_EQ(Lines(*ShowLayer(document, "tokens")), 1u);
  EXPECT_EQ(Lines(*ShowLayer(document, "conllu")), 5u);  // id, text, two tokens, end of the sentence
  EXPECT_EQ(Lines(*ShowLayer(document, "mentions")), 1u);
  EXPECT_EQ(Lines(*ShowLayer(document, "events")), 1u);
  EXPECT_EQ(Lines(*ShowLayer(document, "notes")), 1u);
  const std::string conllu = *ShowLayer(document, "conllu");
  const std::string row = conllu.substr(conllu.find("\n1\t") + 1);
  EXPECT_EQ(testing::TabCells(row).size(), 10u);
  EXPECT_FALSE(ShowLayer(document, "trees").ok());
}

TEST(ShowLayer, EmptyDocumentsGiveNothing) {
  for (const char* layer : {"tokens", "conllu", "mentions", "events", "notes"}) EXPECT_EQ(*ShowLayer(Document(), layer), "");
}

}  // namespace
}  // namespace entente
