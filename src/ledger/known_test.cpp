// SPDX-License-Identifier: Apache-2.0
// What was known on a day is what a store of that day holds; what was learnt since, applied to it,
// gives what is known.
#include <gmock/gmock.h>

#include <map>

#include "ledger/generator_testing.h"
#include "ledger/rows.h"

namespace entente {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;
using testing::UnorderedElementsAre;

class KnownOn : public OnEachStore {};
INSTANTIATE_TEST_SUITE_P(Stores, KnownOn, testing::Values(false, true), StoreName);

std::map<std::string, std::string> EventsById(Ledger& ledger, EventFilter filter) {
  std::map<std::string, std::string> out;
  filter.why = true;
  const Status status = ledger.Events(filter, [&](const EventRow& row) {
    out[row.id] = EventText(row, row.why, RowForm::kNdjson);
    return true;
  });
  EXPECT_TRUE(status.ok()) << status.error().Text();
  return out;
}

std::vector<EventChange> Learnt(Ledger& ledger, const std::string& since, EventFilter filter = {}) {
  std::vector<EventChange> out;
  filter.why = true;
  const Status status = ledger.EventChanges(filter, TestDay(since), [&](const EventChange& change) {
    out.push_back(change);
    return true;
  });
  EXPECT_TRUE(status.ok()) << status.error().Text();
  return out;
}

void Apply(const std::vector<EventChange>& changes, std::map<std::string, std::string>& events) {
  for (const EventChange& change : changes) {
    EXPECT_EQ(events.count(change.row.id), change.change == "new" ? 0u : 1u)
        << change.change << " " << change.row.id;
    if (change.change == "withdrawn") {
      events.erase(change.row.id);
    } else {
      events[change.row.id] = EventText(change.row, change.row.why, RowForm::kNdjson);
    }
  }
}

std::vector<std::pair<std::string, std::string>> Kinds(const std::vector<EventChange>& changes) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const EventChange& one : changes)
    out.emplace_back(one.change, one.row.actor + " " + one.row.event + " " + one.row.date);
  return out;
}

TEST_P(KnownOn, EventsKnownOnADayAreThoseOfAStoreOfThatDay) {
  const Generated generated = Generate(600, 300, 7);
  TestStore all;
  Ledger full = all.Open();
  Keep(full, generated.reports);
  for (const char* day : {"2017-12-31", "2018-02-01", "2018-06-15", "2018-10-27"}) {
    std::vector<Report> first;
    for (const Report& report : generated.reports) {
      if (report.known <= TestDay(day)) first.push_back(report);
    }
    TestStore early;
    Ledger then = early.Open();
    Keep(then, first);
    EventFilter filter;
    filter.known_at = TestDay(day);
    const auto of_then = EventsById(then, {});
    EXPECT_EQ(EventsById(full, filter), of_then) << day;
    // In the same order, and cut off where a limit cuts it off.
    std::vector<std::string> lines = EventLines(then, {}), limited = lines;
    EXPECT_EQ(EventLines(full, filter), lines);
    filter.limit = 20;
    limited.resize(std::min<size_t>(limited.size(), 20));
    EXPECT_EQ(EventLines(full, filter), limited);
    // The feed leads from then to now.
    auto now = of_then;
    Apply(Learnt(full, day), now);
    EXPECT_EQ(now, EventsById(full, {})) << day;
    // And from then to a day between.
    EventFilter between;
    between.known_at = TestDay("2018-10-27");
    auto later = of_then;
    Apply(Learnt(full, day, between), later);
    EXPECT_EQ(later, EventsById(full, between)) << day;
  }
  EXPECT_THAT(Learnt(full, "2030-01-01"), IsEmpty());
}

TEST_P(KnownOn, NewConfirmedCorrected) {
  TestStore store;
  Ledger ledger = store.Open();
  Keep(ledger,
       {TestReport("r1", "2019-01-11", "A",
                   {{"SANCTION", "discontinue", "PRY", "VEN", "relations=severed", ""}}),
        TestReport("r2", "2019-01-11", "A", {{"AID", "", "ARG", "BOL", "", "2019-01-11"}})});
  EXPECT_THAT(Kinds(Learnt(ledger, "2019-01-10")),
              UnorderedElementsAre(Pair("new", "PRY GOV SANCTION 2019-01-11"),
                                   Pair("new", "ARG GOV AID 2019-01-11")));
  Keep(ledger,
       {TestReport("r3", "2019-01-12", "B",
                   {{"SANCTION", "discontinue", "PRY", "VEN", "relations=severed", "2019-01-10"}}),
        TestReport("r4", "2019-01-12", "B", {{"AID", "", "ARG", "BOL", "", "2019-01-11"}})});
  const auto changes = Learnt(ledger, "2019-01-11");
  EXPECT_THAT(Kinds(changes), ElementsAre(Pair("corrected", "PRY GOV SANCTION 2019-01-10"),
                                          Pair("confirmed", "ARG GOV AID 2019-01-11")));
  EXPECT_THAT(changes[0].was, ElementsAre(Pair("date", "2019-01-11")));
  EXPECT_THAT(changes[0].row.why, SizeIs(2));
  EXPECT_THAT(changes[1].was, IsEmpty());
  // Who asks only for what fitted before is told that it does not fit any more.
  EventFilter late;
  late.since = TestDay("2019-01-11");
  late.actor = "PRY";
  EXPECT_THAT(Kinds(Learnt(ledger, "2019-01-11", late)),
              ElementsAre(Pair("corrected", "PRY GOV SANCTION 2019-01-10")));
  EventFilter other;
  other.actor = "BOL";
  EXPECT_THAT(Learnt(ledger, "2019-01-11", other), IsEmpty());
}

TEST_P(KnownOn, WhatGoesIntoAnotherEventIsWithdrawn) {
  TestStore store;
  Ledger ledger = store.Open();
  // Two days stand for two acts until many tell of the day between.
  Keep(ledger, {TestReport("r1", "2019-01-09", "A",
                           {{"SANCTION", "expel", "PRY", "VEN", "", "2019-01-09"}}),
                TestReport("r2", "2019-01-11", "B",
                           {{"SANCTION", "expel", "PRY", "VEN", "", "2019-01-11"}})});
  const auto before = EventsById(ledger, {});
  ASSERT_THAT(before, SizeIs(2));
  Keep(ledger, {TestReport("r3", "2019-01-12", "C",
                           {{"SANCTION", "expel", "PRY", "VEN", "", "2019-01-10"}}),
                TestReport("r4", "2019-01-12", "D",
                           {{"SANCTION", "expel", "PRY", "VEN", "", "2019-01-10"}})});
  const auto now = EventsById(ledger, {});
  ASSERT_THAT(now, SizeIs(1));
  const auto changes = Learnt(ledger, "2019-01-11");
  EXPECT_THAT(Kinds(changes), ElementsAre(Pair("corrected", "PRY GOV SANCTION 2019-01-10"),
                                          Pair("withdrawn", "PRY GOV SANCTION 2019-01-11")));
  EXPECT_THAT(changes[0].from, ElementsAre(changes[1].row.id));
  EXPECT_THAT(changes[1].into, ElementsAre(changes[0].row.id));
  EXPECT_THAT(changes[1].row.why, SizeIs(1));
  auto applied = before;
  Apply(changes, applied);
  EXPECT_EQ(applied, now);
  const std::string line = EventChangeText(changes[1], RowForm::kNdjson);
  EXPECT_THAT(line,
              testing::StartsWith("{\"change\":\"withdrawn\",\"into\":[\"" + changes[0].row.id +
                                  "\"],\"id\":\"" + changes[1].row.id + "\","));
  EXPECT_THAT(EventChangeText(changes[0], RowForm::kCsv),
              testing::StartsWith("corrected,date: 2019-01-09,"));
  EXPECT_THAT(EventChangeText(changes[0], RowForm::kTable),
              testing::HasSubstr("    was date: 2019-01-09\n    tellings from e-"));
}

TEST_P(KnownOn, ReportsWithoutADateAreNoNews) {
  TestStore store;
  Ledger ledger = store.Open();
  Keep(ledger, {TestReport("r1", "", "A", {{"AID", "", "ARG", "BOL", "", "2019-01-11"}})});
  EXPECT_THAT(Learnt(ledger, "2018-01-01"), IsEmpty());
  EventFilter filter;
  filter.known_at = TestDay("2020-01-01");
  EXPECT_THAT(EventsById(ledger, filter), IsEmpty());
}

std::vector<std::string> StateLines(Ledger& ledger, const StateFilter& filter,
                                    const std::string& since) {
  const auto rows = ledger.StateChanges(filter, TestDay(since));
  EXPECT_TRUE(rows.ok()) << rows.error().Text();
  std::vector<std::string> out;
  for (const StateRow& row : *rows) {
    std::string line =
        std::string(row.change) + " " + row.name + " " + std::string(row.state) + " " + row.since + ".." + row.until;
    for (const auto& [name, value] : row.was) line += " (" + name + " " + value + ")";
    out.push_back(line);
  }
  return out;
}

TEST_P(KnownOn, StatesAreNewCorrectedConfirmedWithdrawn) {
  TestStore store;
  Ledger ledger = store.Open();
  StateFilter filter;
  filter.kind = "relations";
  filter.actor = "PRY";
  Keep(
      ledger,
      {TestReport("r1", "2021-01-11", "A",
                  {{"SANCTION", "discontinue", "PRY", "MLT", "relations=severed", "2021-01-10"}})});
  EXPECT_THAT(StateLines(ledger, filter, "2021-01-10"),
              ElementsAre("new MLT, PRY severed 2021-01-10.."));
  EXPECT_THAT(StateLines(ledger, filter, "2021-01-11"), IsEmpty());
  Keep(ledger, {TestReport("r2", "2021-01-12", "B",
                           {{"REJECT", "", "PRY", "MLT", "relations=severed", "2021-01-10"}})});
  EXPECT_THAT(StateLines(ledger, filter, "2021-01-11"),
              ElementsAre("confirmed MLT, PRY severed 2021-01-10.."));
  Keep(ledger, {TestReport("r3", "2021-06-02", "B",
                           {{"COOPERATE", "", "PRY", "MLT", "relations=restored", "2021-06-01"}})});
  EXPECT_THAT(StateLines(ledger, filter, "2021-01-12"),
              ElementsAre("corrected MLT, PRY severed 2021-01-10..2021-06-01 (until )",
                          "new MLT, PRY restored 2021-06-01.."));
  filter.as_of = TestDay("2021-06-03");
  EXPECT_THAT(StateLines(ledger, filter, "2021-01-12"),
              ElementsAre("corrected MLT, PRY severed 2021-01-10..2021-06-01 (until )",
                          "new MLT, PRY restored 2021-06-01.."));
  filter.as_of = TestDay("2021-06-01");
  filter.known_at = TestDay("2021-06-01");
  EXPECT_THAT(StateLines(ledger, filter, "2021-01-12"), IsEmpty());
  // Facts are no news: they are known always.
  StateFilter all;
  EXPECT_THAT(StateLines(ledger, all, "2021-06-02"), IsEmpty());
}

}  // namespace
}  // namespace entente
