// SPDX-License-Identifier: Apache-2.0
#include "ledger/corrections.h"

#include <gmock/gmock.h>

#include <random>

#include "ledger/testing.h"

namespace entente {
namespace {

using testing::ElementsAre;
using testing::SizeIs;
using testing::UnorderedElementsAre;

class CorrectionsOn : public OnEachStore {};
INSTANTIATE_TEST_SUITE_P(Stores, CorrectionsOn, testing::Values(false, true), StoreName);

TEST_P(CorrectionsOn, SurviveARebuild) {
  TestStore store;
  Ledger ledger = store.Open();
  Keep(ledger, SomeReports());
  EventFilter filter;
  filter.actor = "PRY";
  std::string id;
  ASSERT_TRUE(ledger
                  .Events(filter,
                          [&](const EventRow& row) {
                            id = row.id;
                            return true;
                          })
                  .ok());
  const auto tellings = ledger.Tellings(id);
  ASSERT_TRUE(tellings.ok());
  ASSERT_THAT(*tellings, SizeIs(3));
  ASSERT_TRUE(ledger.Split({(*tellings)[2].mention}).ok());
  EXPECT_THAT(EventLines(ledger, filter), SizeIs(2));
  ASSERT_TRUE(ledger.Rebuild({}).ok());
  EXPECT_THAT(EventLines(ledger, filter), SizeIs(2));
  EXPECT_FALSE(ledger.Split({"e-none"}).ok());

  // Two acts of different parties, told to be one.
  EventFilter usa;
  usa.actor = "USA";
  std::string other;
  ASSERT_TRUE(ledger
                  .Events(usa,
                          [&](const EventRow& row) {
                            other = row.id;
                            return true;
                          })
                  .ok());
  ASSERT_TRUE(ledger.Merge({id, other}).ok());
  const auto joined = ledger.Tellings(id);
  ASSERT_TRUE(joined.ok());
  EXPECT_THAT(*joined, SizeIs(3));
  const std::string before = Everything(ledger);
  ASSERT_TRUE(ledger.Rebuild({}).ok());
  EXPECT_EQ(before, Everything(ledger));
}

// Two acts that identity tells apart (who did it is told in two ways) and that a user says are one.
const TestAct kByState{"COERCE", "restrict", "SYR", "TUR", "", "2019-01-10"},
    kByRebels{"COERCE", "restrict", "SYR REB", "TUR", "", "2019-01-10"};

std::string IdOf(Ledger& ledger, const std::string& actor) {
  EventFilter filter;
  filter.actor = actor;
  std::string id;
  EXPECT_TRUE(ledger
                  .Events(filter,
                          [&](const EventRow& row) {
                            id = row.id;
                            return false;
                          })
                  .ok());
  return id;
}

TEST_P(CorrectionsOn, AMergeHoldsForWhatIsToldLater) {
  TestStore store;
  Ledger ledger = store.Open();
  Keep(ledger, {TestReport("a", "2019-01-10", "A", {kByState}),
                TestReport("b", "2019-01-11", "B", {kByRebels})});
  EXPECT_THAT(EventLines(ledger, {}), SizeIs(2));
  ASSERT_TRUE(ledger.Merge({IdOf(ledger, "SYR GOV"), IdOf(ledger, "SYR REB")}).ok());
  EXPECT_THAT(EventLines(ledger, {}),
              ElementsAre("2019-01-10 SYR GOV COERCE/restrict TUR GOV 2 2"));
  // More tellings of either, the first of them older than all, and an act that has nothing to do
  // with it.
  Keep(ledger, {TestReport("c", "2019-01-12", "C", {kByRebels})});
  Keep(ledger, {TestReport("d", "2019-01-12", "D", {kByState})});
  Keep(ledger, {TestReport("e", "2019-01-09", "E",
                           {{"COERCE", "restrict", "SYR REB", "TUR", "", "2019-01-09"}}),
                TestReport("f", "2019-03-01", "F",
                           {{"COERCE", "restrict", "SYR REB", "TUR", "", "2019-03-01"}})});
  const std::vector<std::string> expected{"2019-01-10 SYR REB COERCE/restrict TUR GOV 5 5",
                                          "2019-03-01 SYR REB COERCE/restrict TUR GOV 1 1"};
  EXPECT_EQ(EventLines(ledger, {}), expected);
  const std::string before = Everything(ledger);
  ASSERT_TRUE(ledger.Rebuild({}).ok());
  EXPECT_EQ(before, Everything(ledger));
}

TEST_P(CorrectionsOn, WhatIsSaidLastOfATellingCounts) {
  TestStore store;
  Ledger ledger = store.Open();
  const Report b = TestReport("b", "2019-01-11", "B", {kByRebels});
  Keep(ledger, {TestReport("a", "2019-01-10", "A", {kByState}), b,
                TestReport("c", "2019-01-11", "C", {kByRebels})});
  ASSERT_TRUE(ledger.Merge({IdOf(ledger, "SYR GOV"), IdOf(ledger, "SYR REB")}).ok());
  EXPECT_THAT(EventLines(ledger, {}), SizeIs(1));
  ASSERT_TRUE(ledger.Split({b.events[0].id}).ok());
  EXPECT_THAT(EventLines(ledger, {}),
              UnorderedElementsAre("2019-01-10 SYR GOV COERCE/restrict TUR GOV 2 2",
                                   "2019-01-10 SYR REB COERCE/restrict TUR GOV 1 1"));
  ASSERT_TRUE(ledger.Merge({IdOf(ledger, "SYR GOV"), b.events[0].id}).ok());
  EXPECT_THAT(EventLines(ledger, {}), SizeIs(1));
  // All that was merged taken apart again.
  ASSERT_TRUE(ledger.Split({TestReport("a", "2019-01-10", "A", {kByState}).events[0].id}).ok());
  EXPECT_THAT(EventLines(ledger, {}),
              UnorderedElementsAre("2019-01-10 SYR GOV COERCE/restrict TUR GOV 1 1",
                                   "2019-01-10 SYR REB COERCE/restrict TUR GOV 2 2"));
  const std::string before = Everything(ledger);
  ASSERT_TRUE(ledger.Rebuild({}).ok());
  EXPECT_EQ(before, Everything(ledger));
}

TEST_P(CorrectionsOn, MergesThatShareAnEventAreOne) {
  TestStore store;
  Ledger ledger = store.Open();
  std::vector<Report> reports;
  for (const char* actor : {"SYR", "SYR REB", "RUS", "USA", "IRN"}) {
    reports.push_back(TestReport(std::string("r") + actor, "2019-01-11", actor,
                                 {{"COERCE", "restrict", actor, "TUR", "", "2019-01-10"}}));
  }
  Keep(ledger, reports);
  const auto id = [&](size_t i) { return reports[i].events[0].id; };
  ASSERT_TRUE(ledger.Merge({id(0), id(1)}).ok());
  ASSERT_TRUE(ledger.Merge({id(2), id(3)}).ok());
  EXPECT_THAT(EventLines(ledger, {}), SizeIs(3));
  ASSERT_TRUE(ledger.Merge({id(1), id(3)}).ok());
  EXPECT_THAT(EventLines(ledger, {}), SizeIs(2));
  ASSERT_TRUE(ledger.Split({id(0), id(1), id(2), id(3)}).ok());
  EXPECT_THAT(EventLines(ledger, {}), SizeIs(2));
  const std::string before = Everything(ledger);
  ASSERT_TRUE(ledger.Rebuild({}).ok());
  EXPECT_EQ(before, Everything(ledger));
}

}  // namespace
}  // namespace entente
