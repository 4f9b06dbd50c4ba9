// SPDX-License-Identifier: Apache-2.0
#include "ledger/store.h"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <random>
#include <thread>

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

TEST_P(StoreOn, AnOlderSchemaIsBroughtUpToDate) {
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

TEST_P(StoreOn, AReadOnlyStoreIsReadAndNotWritten) {
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

TEST_P(StoreOn, TwoWritersAtOnceAreSafe) {
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
TEST_P(StoreOn, KilledAtAnyMomentItGoesOn) {
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
