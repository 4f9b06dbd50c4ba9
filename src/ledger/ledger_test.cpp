// SPDX-License-Identifier: Apache-2.0
#include "ledger/ledger.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>

#include "ledger/testing.h"

namespace entente {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<StateRow> Rows(Ledger& ledger, const StateFilter& filter) {
  auto rows = ledger.Ask(filter);
  EXPECT_TRUE(rows.ok()) << rows.error().Text();
  return std::move(*rows);
}

class LedgerOn : public OnEachStore {};
INSTANTIATE_TEST_SUITE_P(Stores, LedgerOn, testing::Values(false, true), StoreName);

TEST_P(LedgerOn, OneActToldThreeTimes) {
  TestStore store;
  Ledger ledger = store.Open();
  Keep(ledger, SomeReports());
  EventFilter filter;
  filter.actor = "PRY";
  EXPECT_THAT(EventLines(ledger, filter), ElementsAre("2019-01-10 PRY GOV SANCTION/discontinue VEN GOV 3 2"));
}

TEST_P(LedgerOn, RowsSayWhatHoldsAndWhy) {
  TestStore store;
  Ledger ledger = store.Open();
  Keep(ledger, SomeReports());
  auto rows = ledger.Ask(As("relations", "2019-01-11", "PRY"));
  ASSERT_TRUE(rows.ok());
  const auto row = std::find_if(rows->begin(), rows->end(), [](const StateRow& r) { return r.name == "PRY, VEN"; });
  ASSERT_NE(row, rows->end());
  EXPECT_EQ(row->state, "severed");
  EXPECT_EQ(row->since, "2019-01-10");
  EXPECT_EQ(row->since_precision, "day");
  EXPECT_EQ(row->known_since, "2019-01-11");
  EXPECT_FALSE(row->from_facts);
  EXPECT_FALSE(row->conflict);
  EXPECT_THAT(row->events, SizeIs(1));
  const auto why = ledger.Why(*row, kNever);
  ASSERT_TRUE(why.ok());
  ASSERT_THAT(*why, SizeIs(2));
  EXPECT_EQ((*why)[0].report, "r1");
  EXPECT_THAT((*why)[0].sentence, HasSubstr("PRY did SANCTION"));
  // The day before nothing of it was known or held.
  StateFilter early = As("relations", "2019-01-11", "PRY");
  early.known_at = TestDay("2019-01-10");
  for (const StateRow& r : Rows(ledger, early)) EXPECT_TRUE(r.from_facts);
  for (const StateRow& r : Rows(ledger, As("relations", "2019-01-09", "PRY"))) EXPECT_NE(r.state, "severed") << r.name;
}

TEST_P(LedgerOn, PromisesThreatsDenialsAndPossibilitiesMoveNothing) {
  TestStore store;
  Ledger ledger = store.Open();
  Keep(ledger, SomeReports());
  for (const char* who : {"BRA", "CHL"}) {
    for (const StateRow& row : Rows(ledger, As("relations", "2019-03-02", who))) {
      EXPECT_TRUE(row.from_facts || row.state != "severed") << row.name;
    }
  }
}

TEST_P(LedgerOn, AThreatPresses) {
  TestStore store;
  Ledger ledger = store.Open();
  Keep(ledger, {TestReport("a", "2019-01-05", "A", {{"SUPPORT", "", "BRA", "VEN", "relations=established", "2018-01-05"}}),
                TestReport("b", "2019-03-02", "A", {{"THREATEN", "relations", "BRA", "VEN", "", "", 0, "", {}, {"diplomatic"}}})});
  const auto rows = ledger.Ask(As("relations", "2019-03-02", "BRA"));
  ASSERT_TRUE(rows.ok());
  const auto row = std::find_if(rows->begin(), rows->end(), [](const StateRow& r) { return r.name == "BRA, VEN" && !r.from_facts; });
  ASSERT_NE(row, rows->end());
  ASSERT_THAT(row->pressure, SizeIs(1));
  EXPECT_EQ(row->pressure[0].force, "threat");
  EXPECT_EQ(row->pressure[0].state, "severed");
  EXPECT_EQ(row->pressure[0].date, "2019-03-02");
}

TEST_P(LedgerOn, AThreatIsShownWhereNoStateIsKnown) {
  TestStore store;
  Ledger ledger = store.Open();
  Keep(ledger, {TestReport("b", "2019-03-02", "A", {{"THREATEN", "restrict", "BRA", "URY", "", ""}})});
  const auto rows = ledger.Ask(As("sanction", "2019-03-05", "URY"));
  ASSERT_TRUE(rows.ok());
  ASSERT_THAT(*rows, SizeIs(1));
  EXPECT_THAT(StateText((*rows)[0], {}, RowForm::kNdjson, false), HasSubstr("\"by\":\"BRA\",\"on\":\"URY\",\"state\":null"));
  ASSERT_THAT((*rows)[0].pressure, SizeIs(1));
  EXPECT_EQ((*rows)[0].pressure[0].state, "imposed");
  EXPECT_THAT(*ledger.Why((*rows)[0], kNever), SizeIs(1));
  EXPECT_THAT(Rows(ledger, As("sanction", "2021-03-05", "URY")), IsEmpty());
}

TEST_P(LedgerOn, AFutureMeetingIsExpected) {
  TestStore store;
  Ledger ledger = store.Open();
  Keep(ledger, SomeReports());
  const auto rows = ledger.Ask(As("meeting", "2019-01-11", "COL"));
  ASSERT_TRUE(rows.ok());
  ASSERT_THAT(*rows, SizeIs(1));
  EXPECT_EQ((*rows)[0].state, "expected");
  EXPECT_EQ((*rows)[0].on, "2019-01-14");
  EXPECT_THAT(StateText((*rows)[0], {}, RowForm::kNdjson, false), HasSubstr("\"participants\":[\"COL\",\"VEN\"]"));
  const auto proposed = ledger.Ask(As("meeting", "2019-01-11", "VEN"));
  ASSERT_TRUE(proposed.ok());
  EXPECT_TRUE(std::any_of(proposed->begin(), proposed->end(), [](const StateRow& row) { return row.state == "proposed" && row.roles.find("\"called_by\":[\"VEN\"]") == 0; }));
}

TEST_P(LedgerOn, WhatAnActorSaysOfOthersIsAClaim) {
  TestStore store;
  Ledger ledger = store.Open();
  Keep(ledger, {TestReport("a", "2019-01-05", "A", {{"SANCTION", "discontinue", "BOL", "CHL", "relations=severed", "2019-01-04", 0, "RUS"}})});
  for (const StateRow& row : Rows(ledger, As("relations", "2019-02-01", "BOL"))) {
    if (row.from_facts) continue;
    EXPECT_EQ(row.state, "");
    ASSERT_THAT(row.pressure, SizeIs(1));
    EXPECT_EQ(row.pressure[0].force, "claim");
  }
}

TEST_P(LedgerOn, FactsAndReportsThatAgreeAreOneRow) {
  TestStore store;
  Ledger ledger = store.Open();
  Keep(ledger, {TestReport("a", "2010-01-05", "A", {{"SUPPORT", "", "COL", "UNASUR IGO", "membership=member", ""}})});
  const auto rows = ledger.Ask(As("membership", "2010-02-01", "COL", "UNASUR"));
  ASSERT_TRUE(rows.ok());
  ASSERT_THAT(*rows, SizeIs(1));
  EXPECT_FALSE((*rows)[0].from_facts);
  EXPECT_THAT((*rows)[0].facts, Contains("unasur"));
  EXPECT_EQ((*rows)[0].since, "2008-05-23");
  EXPECT_FALSE((*rows)[0].conflict);
}

TEST_P(LedgerOn, FactsAndReportsThatDisagreeAreBothShown) {
  TestStore store;
  Ledger ledger = store.Open();
  Keep(ledger, {TestReport("a", "2010-01-05", "A", {{"SANCTION", "expel", "UNASUR IGO", "COL", "membership=expelled", "2010-01-04"}})});
  const auto rows = ledger.Ask(As("membership", "2010-02-01", "COL", "UNASUR"));
  ASSERT_TRUE(rows.ok());
  ASSERT_THAT(*rows, SizeIs(2));
  EXPECT_TRUE((*rows)[0].conflict && (*rows)[1].conflict);
  EXPECT_NE((*rows)[0].from_facts, (*rows)[1].from_facts);
}

TEST_P(LedgerOn, OfficesComeFromTheRolesOfPeople) {
  TestStore store;
  Ledger ledger = store.Open();
  Keep(ledger, {TestReport("a", "2019-01-11", "A", {{"SUPPORT", "", "ven-nicolas-maduro", "", "office=sworn in", "2019-01-10"}})});
  const auto rows = ledger.Ask(As("office", "2019-01-11", "", "VEN"));
  ASSERT_TRUE(rows.ok());
  const auto maduro = std::find_if(rows->begin(), rows->end(), [](const StateRow& r) { return r.name == "Nicolás Maduro of VEN role head of state"; });
  ASSERT_NE(maduro, rows->end());
  EXPECT_EQ(maduro->state, "sworn in");
  EXPECT_EQ(maduro->since, "2019-01-10");
  EXPECT_FALSE(maduro->conflict);
  EXPECT_THAT(maduro->facts, Contains("ven-nicolas-maduro"));
  const auto duque = ledger.Ask(As("office", "2019-01-11", "", "COL"));
  EXPECT_TRUE(std::any_of(duque->begin(), duque->end(), [](const StateRow& r) { return r.name == "Iván Duque of COL role head of state" && r.state == "in office" && r.from_facts; }));
}

TEST_P(LedgerOn, TheSameReportTwiceChangesNothing) {
  TestStore store;
  Ledger ledger = store.Open();
  Keep(ledger, SomeReports());
  const std::string before = Everything(ledger);
  const auto kept = ledger.store().Keep(TestData().machine, SomeReports(), {});
  ASSERT_TRUE(kept.ok());
  EXPECT_EQ(kept->reports, 0);
  EXPECT_EQ(kept->known_before, 8);
  ASSERT_TRUE(ledger.Derive({}).ok());
  EXPECT_EQ(before, Everything(ledger));
}

TEST_P(LedgerOn, AnyOrderOfReportsGivesTheSameLedger) {
  static std::string expected;  // the same of both stores
  std::mt19937 random(3);
  std::vector<Report> reports = SomeReports();
  for (int round = 0; round < (GetParam() ? 3 : 6); round++) {
    TestStore store;
    Ledger ledger = store.Open();
    // All at once, one by one, and in pieces.
    const size_t piece = round % 3 == 0 ? reports.size() : round % 3 == 1 ? 1 : 3;
    for (size_t i = 0; i < reports.size(); i += piece) {
      Keep(ledger, {reports.begin() + static_cast<std::ptrdiff_t>(i), reports.begin() + static_cast<std::ptrdiff_t>(std::min(reports.size(), i + piece))});
    }
    const std::string now = Everything(ledger);
    EXPECT_GT(now.size(), 1000u);
    if (expected.empty()) expected = now;
    EXPECT_EQ(expected, now);
    ASSERT_TRUE(ledger.Rebuild({}).ok());
    EXPECT_EQ(expected, Everything(ledger));
    std::shuffle(reports.begin(), reports.end(), random);
  }
}

// One content under two names: the ids, the records and what is kept are those of either order.
TEST_P(LedgerOn, TheNameOfAReportTellsNothing) {
  const auto named = [](const std::string& name, const std::string& path) {
    Document document = TestDocument("wire", "2019-01-11", "A", {kSevered, {"ACCUSE", "disapprove", "VEN", "COL", "", ""}});
    document.id = name;
    document.path = path;
    return TestBuilder().Build(document);
  };
  const std::vector<Report> same{named("b \"quoted\", 2", "x/b.txt"), named("c", "x/c.txt"), named("a", "y/a.txt"), named("a", "x/a.txt")};
  for (const Report& report : same) {
    EXPECT_EQ(report.id, same[0].id);
    for (size_t i = 0; i < report.events.size(); i++) EXPECT_EQ(report.events[i].id, same[0].events[i].id);
  }
  const Report other = TestReport("other", "2019-01-12", "B", {kSevered});
  std::vector<size_t> order{0, 1, 2, 3};
  std::string expected;
  for (int round = 0; round < 24; round++, std::next_permutation(order.begin(), order.end())) {
    if (GetParam() && round % 6 != 0) continue;  // a few are enough there
    TestStore store;
    Ledger ledger = store.Open();
    Keep(ledger, {same[order[0]], other, same[order[1]]});
    Keep(ledger, {same[order[2]]});
    Keep(ledger, {same[order[3]]});
    EXPECT_EQ(ledger.store().Counts()->reports, 2);
    EXPECT_TRUE(*ledger.store().Has(same[3]));
    const auto query = ledger.store().database().Prepare(
        "SELECT r.name, r.path, c.record FROM reports r JOIN records c ON c.mention / 1048576 = r.number ORDER BY r.id, c.mention");
    std::string kept = Everything(ledger);
    ASSERT_TRUE((*query)->EachRow([&] { kept += std::string((*query)->TextAt(0)) + (*query)->TextAt(1).data() + (*query)->TextAt(2).data() + "\n"; }).ok());
    EXPECT_THAT(kept, HasSubstr("ax/a.txt{\"id\":\"" + same[0].events[0].id + "\",\"report\":\"a\",\"sentence\":0"));
    if (expected.empty()) expected = kept;
    EXPECT_EQ(kept, expected);
  }
}

TEST_P(LedgerOn, KnownAtIsWhatAStoreOfThatDayHolds) {
  TestStore all, early;
  Ledger full = all.Open(), then = early.Open();
  Keep(full, SomeReports());
  std::vector<Report> first;
  for (const Report& report : SomeReports()) {
    if (report.known <= TestDay("2019-01-11")) first.push_back(report);
  }
  Keep(then, first);
  for (const char* party : {"VEN", "PRY", "COL"}) {
    StateFilter filter = As("", "2019-01-11", party);
    const std::string of_then = All(then, filter, false);
    filter.known_at = TestDay("2019-01-11");
    const std::string of_full = All(full, filter, false);
    // Facts after that day are known to the store of then, which was asked without --known-at.
    StateFilter same = As("", "2019-01-11", party);
    same.known_at = filter.known_at;
    EXPECT_EQ(All(then, same, false), of_full);
  }
}

TEST_P(LedgerOn, DiffAndTimeline) {
  TestStore store;
  Ledger ledger = store.Open();
  Keep(ledger, SomeReports());
  StateFilter filter;
  filter.kind = "sanction";
  filter.actor = "VEN";
  const auto changes = ledger.Diff(filter, TestDay("2019-01-11"), TestDay("2019-01-12"));
  ASSERT_TRUE(changes.ok());
  EXPECT_TRUE(std::any_of(changes->begin(), changes->end(), [](const StateRow& row) { return row.change == "began" && row.name == "USA on VEN" && row.state == "imposed"; }));
  // A fact that a report comes to tell is neither over nor new.
  for (const StateRow& row : *changes) {
    EXPECT_EQ(std::count_if(changes->begin(), changes->end(), [&](const StateRow& other) { return other.subject == row.subject && other.state == row.state && other.since == row.since; }), 1);
  }
  StateFilter unasur;
  unasur.of = "UNASUR";
  unasur.actor = "COL";
  const auto line = ledger.Timeline(unasur);
  ASSERT_TRUE(line.ok());
  std::vector<std::string> states;
  for (const StateRow& row : *line) states.emplace_back(row.state);
  EXPECT_EQ(states.front(), "member");
  EXPECT_THAT(states, Contains("withdrawal announced"));
  EXPECT_THAT(states, Contains("withdrawn"));
}

}  // namespace
}  // namespace entente
