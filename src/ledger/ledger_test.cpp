// SPDX-License-Identifier: Apache-2.0
#include "ledger/ledger.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <random>
#include <thread>

#include "ledger/rows.h"
#include "ledger/testing.h"

namespace entente {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const TestAct kSevered{"SANCTION", "discontinue", "PRY", "VEN", "relations=severed", "2019-01-10"};

std::vector<Report> SomeReports() {
  return {
      TestReport("r1", "2019-01-11", "A", {kSevered, {"REQUEST", "meet", "VEN", "", "meeting=proposed", ""}}),
      TestReport("r2", "2019-01-11", "B", {{"SANCTION", "discontinue", "PRY", "VEN", "relations=severed", ""}}),
      TestReport("r3", "2019-01-12", "A", {{"SANCTION", "", "PRY", "VEN", "", "2019-01-11"}, {"COERCE", "restrict", "USA", "VEN", "sanction=imposed", "2019-01-12"}}),
      TestReport("r4", "2019-03-02", "C", {{"THREATEN", "relations", "BRA", "VEN", "", "", 0, "", {}, {"diplomatic"}}}),
      TestReport("r5", "2019-02-02", "C", {{"SUPPORT", "", "ARG", "ven-juan-guaido", "recognition=granted", "2019-01-23"}}),
      TestReport("r6", "2018-08-28", "C", {{"SANCTION", "withdraw", "COL", "UNASUR IGO", "membership=withdrawal announced", "2018-08-27"}}),
      TestReport("r7", "2019-01-11", "B", {{"CONSULT", "", "VEN", "COL", "meeting=held", "2019-01-14", kFuture}}),
      TestReport("r8", "2019-01-12", "D", {{"SANCTION", "discontinue", "BRA", "VEN", "relations=severed", "", kNegation}, {"SANCTION", "discontinue", "CHL", "VEN", "relations=severed", "", kHypothetical}}),
  };
}

std::vector<StateRow> Rows(Ledger& ledger, const StateFilter& filter) {
  auto rows = ledger.Ask(filter);
  EXPECT_TRUE(rows.ok()) << rows.error().Text();
  return std::move(*rows);
}

std::string All(Ledger& ledger, StateFilter filter, bool why = true) {
  auto rows = ledger.Ask(filter);
  EXPECT_TRUE(rows.ok()) << rows.error().Text();
  std::string out;
  for (const StateRow& row : *rows) out += StateText(row, why ? *ledger.Why(row, filter.known_at) : std::vector<Evidence>{}, RowForm::kNdjson, false);
  return out;
}

StateFilter As(const std::string& kind, const std::string& as_of, const std::string& actor = "", const std::string& of = "") {
  StateFilter filter;
  filter.kind = kind;
  filter.as_of = TestDay(as_of);
  filter.actor = actor;
  filter.of = of;
  return filter;
}

std::vector<std::string> EventLines(Ledger& ledger, const EventFilter& filter) {
  std::vector<std::string> out;
  const Status status = ledger.Events(filter, [&](const EventRow& row) {
    out.push_back(row.date + " " + row.actor + " " + row.event + "/" + row.mode + " " + row.recipient + " " + std::to_string(row.reports) + " " + std::to_string(row.sources));
    return true;
  });
  EXPECT_TRUE(status.ok()) << status.error().Text();
  return out;
}

std::string Everything(Ledger& ledger) {
  std::string out;
  for (const char* day : {"2018-12-31", "2019-01-11", "2019-01-31", "2019-03-02"}) {
    for (const char* known : {"2019-01-11", "2019-01-12", ""}) {
      StateFilter filter = As("", day);
      filter.past = true;
      if (*known != '\0') filter.known_at = TestDay(known);
      for (const char* party : {"VEN", "PRY", "USA", "COL", "UNASUR"}) {
        filter.actor = party;
        out += All(ledger, filter);
      }
    }
  }
  const Status status = ledger.Events({}, [&](const EventRow& row) {
    out += EventText(row, *ledger.Tellings(row.id), RowForm::kNdjson);
    return true;
  });
  EXPECT_TRUE(status.ok());
  return out;
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

TEST_P(LedgerOn, SplitAndMergeByHandSurviveARebuild) {
  TestStore store;
  Ledger ledger = store.Open();
  Keep(ledger, SomeReports());
  EventFilter filter;
  filter.actor = "PRY";
  std::string id;
  ASSERT_TRUE(ledger.Events(filter, [&](const EventRow& row) { id = row.id; return true; }).ok());
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
  ASSERT_TRUE(ledger.Events(usa, [&](const EventRow& row) { other = row.id; return true; }).ok());
  ASSERT_TRUE(ledger.Merge({id, other}).ok());
  const auto joined = ledger.Tellings(id);
  ASSERT_TRUE(joined.ok());
  EXPECT_THAT(*joined, SizeIs(3));
  const std::string before = Everything(ledger);
  ASSERT_TRUE(ledger.Rebuild({}).ok());
  EXPECT_EQ(before, Everything(ledger));
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
  StateFilter unasur;
  unasur.of = "UNASUR";
  unasur.actor = "COL";
  const auto line = ledger.Timeline(unasur);
  ASSERT_TRUE(line.ok());
  std::vector<std::string> states;
  for (const StateRow& row : *line) states.push_back(row.state);
  EXPECT_EQ(states.front(), "member");
  EXPECT_THAT(states, Contains("withdrawal announced"));
  EXPECT_THAT(states, Contains("withdrawn"));
}

TEST_P(LedgerOn, FailuresAreKeptWithTheirReason) {
  TestStore store;
  Ledger ledger = store.Open();
  ASSERT_TRUE(ledger.store().Keep(TestData().machine, {}, {{"bad.txt", "is not text"}}).ok());
  ASSERT_TRUE(ledger.store().Keep(TestData().machine, {}, {{"bad.txt", "is still not text"}}).ok());
  auto failures = ledger.store().Failures();
  ASSERT_TRUE(failures.ok());
  ASSERT_THAT(*failures, SizeIs(1));
  EXPECT_EQ((*failures)[0].reason, "is still not text");
  Report report = TestReport("bad", "2019-01-11", "A", {kSevered});
  ASSERT_TRUE(ledger.store().Keep(TestData().machine, {report}, {}).ok());
  EXPECT_THAT(*ledger.store().Failures(), IsEmpty());
}

TEST(Facts, AreReadAndTheirMistakesTold) {
  TestStore store;
  const auto folder = std::filesystem::path(store.path()).parent_path() / "facts";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "test.rec") << R"(%rec: fact
%key: id
%mandatory: id kind state source
%allowed: id kind between by of holder member role on parties called_by participants topic state checked source note

id: unasur-suspended
kind: membership
member: ARG | COL
of: UNASUR
state: 2018-04-20 participation suspended
source: hand, 2026-11

id: unasur-col
kind: membership
member: COL
of: UNASUR
state: 2018-08-10 withdrawal announced
state: 2019-02-28 withdrawn
source: hand, 2026-11

id: cub-usa
kind: relations
between: USA | CUB
state: ..1961-01-03 severed
state: 2015-07 restored
source: hand, 2026-11
)";
  std::vector<Problem> problems;
  const auto facts = Facts::Load(folder.string(), TestData().machine, TestData().actors, problems);
  ASSERT_TRUE(facts.ok());
  for (const Problem& problem : problems) ADD_FAILURE() << problem.Text();
  const auto told = [&](const RoleValues& values, const char* kind) {
    std::vector<std::string> out;
    const FactSubject* subject = facts->Find(MakeSubject(TestData().machine, TestData().machine.FindKind(kind), values, "").id);
    if (subject == nullptr) return out;
    for (const Spell& spell : subject->spells) {
      if (spell.known_to > kNever) out.push_back(TestData().machine.states()[spell.state].name + " " + spell.since.Text() + ".." + DayText(spell.to));
    }
    return out;
  };
  // The exit that data/actors date a day before gives way to the one that is told.
  EXPECT_THAT(told({{"COL"}, {"UNASUR"}}, "membership"),
              testing::UnorderedElementsAre("member 2008-05-23..2018-04-20", "participation suspended 2018-04-20..2019-02-28",
                                            "withdrawal announced 2018-08-10..2019-02-28", "withdrawn 2019-02-28.."));
  EXPECT_THAT(told({{"CUB", "USA"}}, "relations"), testing::UnorderedElementsAre("severed 1961-01-03..2015-07-31", "restored 2015-07.."));

  std::ofstream(folder / "wrong.rec") << R"(%rec: fact
%key: id
%mandatory: id kind state source
%allowed: id kind between by of holder member role on parties called_by participants topic state checked source note

id: a
kind: friendship
state: 2018 close
source: hand, 2026-11

id: b
kind: membership
member: XQZ
of: UNASUR
state: 2018-04-20 suspendet
state: yesterday member
source: hand, 2026-11

id: c
kind: relations
between: USA
state: 2018-04-20 severed
source: hand, 2026-11
)";
  problems.clear();
  ASSERT_TRUE(Facts::Load(folder.string(), TestData().machine, TestData().actors, problems).ok());
  std::string all;
  for (const Problem& problem : problems) all += problem.Text() + "\n";
  for (const char* message : {"wrong.rec:7: unknown kind `friendship`", "wrong.rec:13: no actor of data/actors has the code `XQZ`",
                              "did you mean `suspended`?", "wrong.rec:16: expected `DATE STATE`", "`between` names two parties"}) {
    EXPECT_THAT(all, HasSubstr(message));
  }
}

TEST(Store, SaysWhatIsWrongAndWhatToDo) {
  TestStore store;
  const std::string path = store.path();
  const auto message = [&](Store::Mode mode) {
    const auto opened = Store::Open(path, mode);
    return opened.ok() ? "" : opened.error().Text();
  };
  EXPECT_THAT(message(Store::Mode::kRead), HasSubstr("entente ingest"));
  std::ofstream(path) << "This is a text and no database, long enough to be read as a header of one.\n";
  EXPECT_THAT(message(Store::Mode::kWrite), HasSubstr("is no Entente store"));
  std::filesystem::remove(path);
  {
    auto other = OpenSqlite(path, false);
    ASSERT_TRUE(other.ok());
    ASSERT_TRUE((*other)->Execute("CREATE TABLE shopping(item)").ok());
  }
  EXPECT_THAT(message(Store::Mode::kWrite), HasSubstr("no Entente store"));
  std::filesystem::remove(path);
  { Ledger made = store.Open(); }
  EXPECT_EQ(message(Store::Mode::kRead), "");
  {
    auto database = OpenSqlite(path, false);
    ASSERT_TRUE((*database)->Execute("UPDATE ledger_meta SET value='99' WHERE name='schema'").ok());
  }
  EXPECT_THAT(message(Store::Mode::kRead), HasSubstr("newer Entente (schema 99"));
  {
    auto database = OpenSqlite(path, false);
    ASSERT_TRUE((*database)->Execute("UPDATE ledger_meta SET value='x' WHERE name='schema'").ok());
  }
  EXPECT_THAT(message(Store::Mode::kWrite), HasSubstr("damaged"));
}

TEST_P(LedgerOn, AnOlderSchemaIsBroughtUpToDate) {
  TestStore store;
  std::string expected;
  {
    Ledger ledger = store.Open();
    Keep(ledger, SomeReports());
    expected = Everything(ledger);
    // As version 1 left it: nothing derived.
    ASSERT_TRUE(ledger.store().database().Execute(
        "DROP INDEX moves_force; DROP VIEW state_dates; DROP TABLE mention_events; DROP TABLE events; DROP TABLE event_parties; DROP TABLE states;"
        "UPDATE ledger_meta SET value='1' WHERE name='schema'").ok());
  }
  const auto reading = Store::Open(store.path(), Store::Mode::kRead);
  ASSERT_FALSE(reading.ok());
  EXPECT_THAT(reading.error().Text(), HasSubstr("older Entente (schema 1"));
  EXPECT_THAT(reading.error().Text(), HasSubstr("rebuild"));
  Ledger ledger = store.Open();
  ASSERT_TRUE(ledger.Derive({}).ok());
  EXPECT_EQ(expected, Everything(ledger));
}

TEST_P(LedgerOn, AReadOnlyStoreIsReadAndNotWritten) {
  TestStore store;
  {
    Ledger ledger = store.Open();
    Keep(ledger, SomeReports());
  }
  Ledger reading = store.Open(Store::Mode::kRead);
  EXPECT_FALSE(reading.store().database().Execute("DELETE FROM reports").ok());
  const auto kept = reading.store().Keep(TestData().machine, {TestReport("x", "2019-01-11", "A", {kSevered})}, {});
  ASSERT_FALSE(kept.ok());
  EXPECT_THAT(kept.error().Text(), HasSubstr("read-only"));
  EXPECT_EQ(reading.store().Counts()->reports, 8);
}

TEST(Store, AFullDiskLeavesAnIntactStore) {
  TestStore store;
  Ledger ledger = store.Open();
  Keep(ledger, {TestReport("first", "2019-01-11", "A", {kSevered})});
  // The database may not grow: what a full disk does.
  auto query = ledger.store().database().Prepare("PRAGMA page_count");
  ASSERT_TRUE((*query)->Step().ok());
  const int64_t pages = (*query)->IntAt(0);
  (*query)->Reset();
  ASSERT_TRUE(ledger.store().database().Execute("PRAGMA max_page_count=" + std::to_string(pages + 2)).ok());
  std::vector<Report> many;
  for (int i = 0; i < 200; i++) many.push_back(TestReport("m" + std::to_string(i), "2019-01-12", std::string(300, 'x'), {kSevered, kSevered}));
  const auto kept = ledger.store().Keep(TestData().machine, many, {});
  ASSERT_FALSE(kept.ok());
  EXPECT_THAT(kept.error().Text(), HasSubstr("the disk is full"));
  EXPECT_EQ(kept.error().code, ErrorCode::kUnavailable);
  EXPECT_EQ(ledger.store().Counts()->reports, 1);
  ASSERT_TRUE(ledger.store().database().Execute("PRAGMA max_page_count=1000000").ok());
  const auto again = ledger.store().Keep(TestData().machine, many, {});
  ASSERT_TRUE(again.ok()) << again.error().Text();
  EXPECT_EQ(again->reports, 200);
}

TEST_P(LedgerOn, TwoWritersAtOnceAreSafe) {
  TestStore store;
  { Ledger made = store.Open(); }
  std::vector<Report> reports;
  for (int i = 0; i < 60; i++) {
    reports.push_back(TestReport("w" + std::to_string(i), "2019-01-" + std::to_string(11 + i % 15), "A", {kSevered, {"ACCUSE", "disapprove", "VEN", "COL", "", ""}}));
  }
  // Both have all reports, the one from the front, the other from the back.
  const auto write = [&](bool back) {
    Ledger ledger = store.Open();
    for (size_t i = 0; i < reports.size(); i += 5) {
      const size_t at = back ? reports.size() - 5 - i : i;
      const auto kept = ledger.store().Keep(TestData().machine, {reports.begin() + static_cast<std::ptrdiff_t>(at), reports.begin() + static_cast<std::ptrdiff_t>(at + 5)}, {});
      ASSERT_TRUE(kept.ok()) << kept.error().Text();
      if (i % 20 == 0) {
        ASSERT_TRUE(ledger.Derive({}).ok());
      }
    }
    ASSERT_TRUE(ledger.Derive({}).ok());
  };
  std::thread other([&] { write(true); });
  write(false);
  other.join();
  Ledger ledger = store.Open();
  EXPECT_EQ(ledger.store().Counts()->reports, 60);
  EXPECT_EQ(ledger.store().Counts()->mentions, 120);
  const std::string all = Everything(ledger);
  ASSERT_TRUE(ledger.Rebuild({}).ok());
  EXPECT_EQ(all, Everything(ledger));
}

// Killed with SIGKILL at some moment, then run again: the ledger of an uninterrupted run.
TEST_P(LedgerOn, KilledAtAnyMomentItGoesOn) {
  std::vector<Report> reports;
  for (int i = 0; i < 40; i++) {
    reports.push_back(TestReport("k" + std::to_string(i), "2019-01-" + std::to_string(11 + i % 15), "S" + std::to_string(i % 3),
                                 {kSevered, {"COERCE", "restrict", "USA", "VEN", "sanction=imposed", ""}, {"CONSULT", "", "CHN", "RUS", "meeting=held", ""}}));
  }
  const auto run = [&](const std::string& path) {
    auto ledger = Ledger::Open(TestData(), path, Store::Mode::kWrite);
    if (!ledger) return;
    for (size_t i = 0; i < reports.size(); i += 4) {
      const auto kept = ledger->store().Keep(TestData().machine, {reports.begin() + static_cast<std::ptrdiff_t>(i), reports.begin() + static_cast<std::ptrdiff_t>(i + 4)}, {});
      if (!kept) return;
    }
    if (!ledger->Derive({})) return;
  };
  TestStore whole;
  run(whole.path());
  std::string expected;
  {
    Ledger ledger = whole.Open();
    expected = Everything(ledger);
  }
  std::mt19937 random(5);
  TestBuilder();  // before the children are made
  for (int round = 0; round < (GetParam() ? 5 : 30); round++) {
    TestStore store;
    for (int kill_number = 0; kill_number < 3; kill_number++) {
      const pid_t child = fork();
      ASSERT_GE(child, 0);
      if (child == 0) {
        run(store.path());
        _exit(0);
      }
      ::usleep(static_cast<useconds_t>(random() % 40000));
      ::kill(child, SIGKILL);
      int status = 0;
      ::waitpid(child, &status, 0);
    }
    run(store.path());
    Ledger ledger = store.Open();
    EXPECT_EQ(ledger.store().Counts()->reports, 40);
    ASSERT_EQ(expected, Everything(ledger)) << "round " << round;
  }
}

}  // namespace
}  // namespace entente
