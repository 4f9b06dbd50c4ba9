// SPDX-License-Identifier: Apache-2.0
#include "ledger/store.h"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <random>
#include <thread>

#include "base/utf8.h"
#include "ledger/testing.h"

namespace entente {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class StoreOn : public OnEachStore {};
INSTANTIATE_TEST_SUITE_P(Stores, StoreOn, testing::Values(false, true), StoreName);

TEST_P(StoreOn, FailuresAreKeptWithTheirReason) {
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

TEST(Store, SaysWhatIsWrongAndWhatToDo) {
  TestStore store;
  const std::string path = store.path();
  const auto message = [&](Store::Mode mode) {
    const auto opened = Store::Open(path, mode);
    return opened.ok() ? "" : opened.error().Text();
  };
  EXPECT_THAT(message(Store::Mode::kRead), HasSubstr("entente ingest"));
  std::ofstream(path)
      << "This is a text and no database, long enough to be read as a header of one.\n";
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

// Names, sources and words that mean harm: kept, answered, and the same on both stores.
TEST_P(StoreOn, HostileTextIsText) {
  static std::string expected;  // the same of both stores
  const std::vector<std::string> hostile{"'; DROP TABLE events; --",
                                         "$1 \\x00 %s {TEXT}",
                                         std::string("zero\0byte", 9),
                                         "bad \xff\xc3 bytes",
                                         "\x01\x1b[31m\r\n\t\x7f",
                                         std::string(300000, 'n'),
                                         "\xf0\x9f\x92\xa3 \xe2\x80\xae",
                                         "\"quoted\", {\"id\":1}",
                                         ""};
  TestStore store;
  Ledger ledger = store.Open();
  std::vector<Report> reports;
  for (size_t i = 0; i < hostile.size(); i++) {
    const std::string& text = hostile[i];
    Report report =
        TestReport("h" + std::to_string(i), "2019-01-1" + std::to_string(i % 10), "A", {kSevered});
    report.name = report.path = report.title = report.source = report.url = report.language = text;
    ReportedEvent& event = report.events[0];
    event.actor = event.recipient = event.text = event.sentence = event.place = text;
    event.actor_parties = text;
    event.moves[0].subject = MakeSubject(
        TestData().machine, TestData().machine.FindKind("relations"), {{text, "VEN"}}, "");
    reports.push_back(std::move(report));
  }
  Keep(ledger, reports);
  EXPECT_EQ(ledger.store().Counts()->reports, static_cast<int64_t>(hostile.size()));
  std::string all = Everything(ledger);
  for (const std::string& text : hostile) {
    EventFilter events;
    events.actor = text;
    StateFilter states;
    states.actor = text;
    ASSERT_TRUE(ledger.Ask(states).ok());
    ASSERT_TRUE(
        ledger
            .Events(events,
                    [&](const EventRow& row) {
                      for (const RowForm form : {RowForm::kCsv, RowForm::kTsv, RowForm::kTable})
                        all += EventText(row, {}, form);
                      return true;
                    })
            .ok());
  }
  EXPECT_TRUE(IsValidUtf8(all));
  if (expected.empty()) expected = all;
  EXPECT_TRUE(expected == all);
  ASSERT_TRUE(ledger.Rebuild({}).ok());
}

// Acts of regions, groups, nobody and of a state on itself.
TEST_P(StoreOn, OddPartiesMakeEventsAndNoOddStates) {
  TestStore store;
  Ledger ledger = store.Open();
  Keep(ledger,
       {TestReport(
           "a", "2019-01-11", "A",
           {{"SANCTION", "discontinue", "VEN", "VEN", "relations=severed", "2019-01-10"},
            {"SANCTION", "discontinue", "", "", "relations=severed", "2019-01-10"},
            {"SANCTION", "discontinue", "LAM REG", "VEN", "relations=severed", "2019-01-10"},
            {"SANCTION", "discontinue", "COL REB", "VEN", "relations=severed", "2019-01-10"},
            {"SANCTION", "withdraw", "VEN OPP", "UNASUR IGO", "membership=withdrawn", "2019-01-10"},
            {"COERCE", "restrict", "VEN", "VEN", "sanction=imposed", "2019-01-10"}})});
  EXPECT_EQ(ledger.store().Counts()->mentions, 6);
  const auto rows = ledger.Ask(As("", "2019-01-12", "VEN"));
  ASSERT_TRUE(rows.ok());
  for (const StateRow& row : *rows) {
    if (row.from_facts) continue;
    EXPECT_NE(row.kind, "membership") << row.name;
    EXPECT_NE(row.kind, "relations") << row.name;
    EXPECT_NE(row.name, "VEN on VEN");
  }
  const std::string before = Everything(ledger);
  ASSERT_TRUE(ledger.Rebuild({}).ok());
  EXPECT_EQ(before, Everything(ledger));
}

TEST_P(StoreOn, ForeignSqlOnlyReads) {
  TestStore store;
  {
    Ledger ledger = store.Open();
    Keep(ledger, SomeReports());
  }
  const auto ask = [&](const std::string& sql, double seconds = 30) -> std::string {
    auto opened = Store::Open(store.path(), Store::Mode::kRead);
    if (!opened) return opened.error().Text();
    const auto query = opened->database().PrepareForeign(sql, seconds);
    if (!query) return query.error().Text();
    int64_t rows = 0;
    const Status status = (*query)->EachRow([&] { rows++; });
    return status ? std::to_string(rows) : status.error().Text();
  };
  EXPECT_EQ(ask("SELECT * FROM reports"), "8");
  EXPECT_EQ(ask("WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 2500) "
                "SELECT x FROM c; -- all"),
            "2500");
  EXPECT_EQ(ask("SELECT 1 WHERE 1 = 2"), "0");
  for (const char* bad :
       {"DELETE FROM events", "SELECT 1; DELETE FROM events", "CREATE TABLE t(x INTEGER)",
        "CREATE TEMP TABLE t(x INTEGER)", "DROP TABLE events", "ATTACH 'other.db' AS other",
        "PRAGMA journal_mode=DELETE", "VACUUM", "BEGIN", "COMMIT", "COPY reports TO PROGRAM 'true'",
        "COPY (SELECT 1) TO STDOUT", "SELECT load_extension('x')",
        "WITH d AS (DELETE FROM events RETURNING 1) SELECT * FROM d", "SELECT 1 INTO t",
        "SET transaction_read_only = off", "SELECT pg_read_file('/etc/hostname')",
        "DO $$ BEGIN END $$", ""}) {
    EXPECT_THAT(ask(bad), testing::AnyOf(HasSubstr("SQL:"), HasSubstr("read-only"))) << bad;
  }
  EXPECT_THAT(
      ask("WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT COUNT(*) FROM c",
          1),
      HasSubstr("longer than 1 s"));
  EXPECT_THAT(
      ask("WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c", 1),
      HasSubstr("longer than 1 s"));
  EXPECT_EQ(ask("SELECT * FROM events").find("SQL"), std::string::npos);
}

TEST_P(StoreOn, AnOlderSchemaIsBroughtUpToDate) {
  TestStore store;
  std::string expected;
  {
    Ledger ledger = store.Open();
    Keep(ledger, SomeReports());
    expected = Everything(ledger);
    // As version 1 left it: nothing derived.
    ASSERT_TRUE(
        ledger.store()
            .database()
            .Execute("DROP INDEX moves_mention; ALTER TABLE moves DROP COLUMN topic; DROP TABLE "
                     "pressures; DROP VIEW state_dates; DROP TABLE mention_events; "
                     "DROP TABLE events; DROP TABLE event_parties; DROP TABLE states;"
                     "UPDATE ledger_meta SET value='1' WHERE name='schema'")
            .ok());
  }
  const auto reading = Store::Open(store.path(), Store::Mode::kRead);
  ASSERT_FALSE(reading.ok());
  EXPECT_THAT(reading.error().Text(), HasSubstr("older Entente (schema 1"));
  EXPECT_THAT(reading.error().Text(), HasSubstr("rebuild"));
  Ledger ledger = store.Open();
  ASSERT_TRUE(ledger.Derive({}).ok());
  EXPECT_EQ(expected, Everything(ledger));
}

TEST_P(StoreOn, ASchemaWithoutTopicsIsBroughtUpToDate) {
  TestStore store;
  std::string expected;
  {
    Ledger ledger = store.Open();
    std::vector<Report> reports = SomeReports();
    TestAct meeting{"REQUEST", "meet", "VEN", "COL", "meeting=proposed", ""};
    meeting.topic = "the border";
    reports.push_back(TestReport("t", "2019-01-11", "A", {meeting}));
    Keep(ledger, reports);
    expected = Everything(ledger);
    EXPECT_THAT(expected, HasSubstr("\"topic\":\"the border\""));
    ASSERT_TRUE(ledger.store()
                    .database()
                    .Execute("DROP TABLE pressures; DROP INDEX moves_mention;"
                             "ALTER TABLE moves DROP COLUMN topic;"
                             "DROP VIEW state_dates; DROP TABLE states;"
                             "CREATE TABLE states(subject BIGINT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL, since TEXT NOT NULL,"
                             "  no_later BIGINT NOT NULL, from_day BIGINT NOT NULL, to_day BIGINT NOT NULL, on_day BIGINT NOT NULL,"
                             "  lapsed BIGINT NOT NULL, conflict BIGINT NOT NULL, against TEXT NOT NULL, known_from BIGINT NOT NULL,"
                             "  known_to BIGINT NOT NULL);"
                             "CREATE INDEX states_subject ON states(subject);"
                             "CREATE INDEX states_kind ON states(kind, known_to, to_day, from_day, known_from);"
                             "CREATE VIEW state_dates AS SELECT s.kind, u.name AS subject, s.state FROM states s JOIN subjects u ON u.subject = s.subject;"
                             "CREATE INDEX moves_force ON moves(last_day, subject) WHERE force <> '';"
                             "UPDATE ledger_meta SET value='3' WHERE name='schema'")
                    .ok());
  }
  Ledger ledger = store.Open();
  ASSERT_TRUE(ledger.Derive({}).ok());
  EXPECT_EQ(expected, Everything(ledger));
}

// What stands beside a spell and what is looked up are one answer.
TEST_P(StoreOn, SpellsWithAndWithoutTheirEventsAnswerAlike) {
  TestStore store;
  Ledger ledger = store.Open();
  std::vector<Report> reports = SomeReports();
  TestAct meeting{"REQUEST", "meet", "PRY", "COL", "meeting=proposed", ""};
  for (int i = 0; i < 80; i++) {
    meeting.topic = i % 3 == 0 ? "" : "matter " + std::to_string(i % 7);
    reports.push_back(TestReport("m" + std::to_string(i), i % 2 == 0 ? "2019-01-11" : "2019-01-12", "S" + std::to_string(i), {meeting}));
  }
  Keep(ledger, reports);
  const std::string expected = Everything(ledger);
  EXPECT_THAT(expected, HasSubstr("\"topic\":\"matter 0\""));
  ASSERT_TRUE(ledger.store().database().Execute("UPDATE states SET told=''").ok());
  EXPECT_EQ(expected, Everything(ledger));
}

// An earlier report gives its event another id: the spell names it.
TEST_P(StoreOn, SpellsFollowTheirEvents) {
  TestStore first, second;
  Ledger one = first.Open(), other = second.Open();
  TestAct plain = kSevered;
  plain.state = "";
  const std::vector<Report> late{TestReport("l", "2019-01-12", "A", {kSevered})}, early{TestReport("e", "2019-01-10", "B", {plain})};
  Keep(one, late);
  Keep(one, early);
  Keep(other, {early[0], late[0]});
  EXPECT_EQ(Everything(one), Everything(other));
}

TEST(Store, TopicsStandInEveryForm) {
  StateRow row;
  row.kind = "meeting";
  row.state = "proposed";
  row.topic = "trade, and the border";
  EXPECT_THAT(StateText(row, {}, RowForm::kNdjson, false), HasSubstr("\"state\":\"proposed\",\"topic\":\"trade, and the border\""));
  EXPECT_THAT(StateText(row, {}, RowForm::kCsv, false), testing::EndsWith(",\"trade, and the border\"\n"));
  EXPECT_THAT(StateText(row, {}, RowForm::kTable, false), HasSubstr("\n    topic: trade, and the border\n"));
}

TEST_P(StoreOn, AReadOnlyStoreIsReadAndNotWritten) {
  TestStore store;
  {
    Ledger ledger = store.Open();
    Keep(ledger, SomeReports());
  }
  Ledger reading = store.Open(Store::Mode::kRead);
  EXPECT_FALSE(reading.store().database().Execute("DELETE FROM reports").ok());
  const auto kept = reading.store().Keep(TestData().machine,
                                         {TestReport("x", "2019-01-11", "A", {kSevered})}, {});
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
  ASSERT_TRUE(
      ledger.store().database().Execute("PRAGMA max_page_count=" + std::to_string(pages + 2)).ok());
  std::vector<Report> many;
  for (int i = 0; i < 200; i++)
    many.push_back(TestReport("m" + std::to_string(i), "2019-01-12", std::string(300, 'x'),
                              {kSevered, kSevered}));
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

TEST_P(StoreOn, TwoWritersAtOnceAreSafe) {
  TestStore store;
  { Ledger made = store.Open(); }
  std::vector<Report> reports;
  for (int i = 0; i < 60; i++) {
    reports.push_back(TestReport("w" + std::to_string(i), "2019-01-" + std::to_string(11 + i % 15),
                                 "A", {kSevered, {"ACCUSE", "disapprove", "VEN", "COL", "", ""}}));
  }
  // Both have all reports, the one from the front, the other from the back.
  const auto write = [&](bool back) {
    Ledger ledger = store.Open();
    for (size_t i = 0; i < reports.size(); i += 5) {
      const size_t at = back ? reports.size() - 5 - i : i;
      const auto kept = ledger.store().Keep(TestData().machine,
                                            {reports.begin() + static_cast<std::ptrdiff_t>(at),
                                             reports.begin() + static_cast<std::ptrdiff_t>(at + 5)},
                                            {});
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
TEST_P(StoreOn, KilledAtAnyMomentItGoesOn) {
  std::vector<Report> reports;
  for (int i = 0; i < 40; i++) {
    reports.push_back(TestReport("k" + std::to_string(i), "2019-01-" + std::to_string(11 + i % 15),
                                 "S" + std::to_string(i % 3),
                                 {kSevered,
                                  {"COERCE", "restrict", "USA", "VEN", "sanction=imposed", ""},
                                  {"CONSULT", "", "CHN", "RUS", "meeting=held", ""}}));
  }
  const auto run = [&](const std::string& path) {
    auto ledger = Ledger::Open(TestData(), path, Store::Mode::kWrite);
    if (!ledger) return;
    for (size_t i = 0; i < reports.size(); i += 4) {
      const auto kept = ledger->store().Keep(TestData().machine,
                                             {reports.begin() + static_cast<std::ptrdiff_t>(i),
                                              reports.begin() + static_cast<std::ptrdiff_t>(i + 4)},
                                             {});
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
