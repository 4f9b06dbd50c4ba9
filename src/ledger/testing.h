// SPDX-License-Identifier: Apache-2.0
// For the ledger's tests: the data of the repository read once, and reports made by hand.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "ledger/ledger.h"
#include "ledger/postgres_testing.h"
#include "ledger/rows.h"

namespace entente {

inline const LedgerData& TestData() {
  static const std::unique_ptr<LedgerData> data = [] {
    auto loaded = LedgerData::Load(ENTENTE_SOURCE_DIR);
    if (!loaded) ADD_FAILURE() << loaded.error().Text();
    ENTENTE_CHECK(loaded.ok());
    return std::move(*loaded);
  }();
  return *data;
}

// Scores by the ontology of the test data.
class TestScores : public EventScores {
 public:
  Values Of(const EventMention& event) const override {
    Values values;
    if (const EventType* type = TestData().ontology.Find(event.event, event.mode)) {
      values.quad = type->quad;
      values.has_score = type->score.has_value();
      values.score = type->score.value_or(0);
    }
    return values;
  }
};

inline const ReportBuilder& TestBuilder() {
  static const TestScores scores;
  static const ReportBuilder builder(TestData().machine, TestData().actors, TestData().ontology, scores);
  return builder;
}

inline int TestDay(const std::string& text) {
  const auto date = ParseIsoDate(text);
  ENTENTE_CHECK(date.has_value());
  const Date last = date->Last();
  return DaysFromCivil(last.year, last.month, last.day);
}

// An act as a report tells it.
struct TestAct {
  std::string event = {}, mode = {};
  std::string actor = {}, recipient = {};  // codes: "PRY", "COL REB", "UNASUR IGO", "ven-nicolas-maduro"; several by "+"
  std::string state = {};        // "relations=severed"
  std::string date = {};         // "" is the report's
  uint8_t auxiliary = 0;
  std::string said_by = {};
  std::vector<std::string> steps = {};
  std::vector<std::string> contexts = {};
  std::string topic = {};
};

inline std::vector<Participant> TestParties(const std::string& text, const Date& date) {
  std::vector<Participant> parties;
  for (size_t at = 0; !text.empty() && at <= text.size();) {
    size_t end = text.find('+', at);
    if (end == std::string::npos) end = text.size();
    const std::string one = text.substr(at, end - at);
    Participant party;
    ActorCode code;
    if (const Actor* actor = TestData().actors.FindById(one)) {
      code = TestData().actors.CodeAt(*actor, date);
    } else {
      code.code = one.substr(0, one.find(' '));
      code.sector = one.find(' ') == std::string::npos ? "GOV" : one.substr(one.find(' ') + 1);
      if (const Actor* actor_of_code = TestData().actors.FindByCode(code.code)) code.name = actor_of_code->name, code.id = actor_of_code->id;
    }
    party.text = code.name.empty() ? one : code.name;
    party.actors.push_back(std::move(code));
    parties.push_back(std::move(party));
    at = end + 1;
  }
  return parties;
}

// A document that went through all stages, with one sentence an act.
inline Document TestDocument(const std::string& id, const std::string& date, const std::string& source, const std::vector<TestAct>& acts) {
  Document document;
  document.id = id;
  document.path = id + ".txt";
  document.source = source;
  document.language = "en";
  if (!date.empty()) document.date = *ParseIsoDate(date);
  for (size_t i = 0; i < acts.size(); i++) {
    const TestAct& act = acts[i];
    EventMention m;
    m.event = act.event;
    m.mode = act.mode;
    m.state = act.state;
    m.auxiliary = act.auxiliary;
    m.steps = act.steps;
    m.contexts = act.contexts;
    m.topic = act.topic;
    m.sentence = static_cast<uint32_t>(i);
    m.date = act.date.empty() ? document.date : *ParseIsoDate(act.date);
    m.date_how = act.date.empty() ? "report" : "explicit";
    m.actor = TestParties(act.actor, document.date);
    m.recipient = TestParties(act.recipient, document.date);
    m.said_by = TestParties(act.said_by, document.date);
    const uint32_t begin = static_cast<uint32_t>(document.text.size());
    document.text += id + ": " + act.actor + " did " + act.event + " " + act.mode + " to " + act.recipient + " on " + act.date + ". ";
    m.span = {begin, static_cast<uint32_t>(document.text.size()) - 1};
    m.text = document.text.substr(begin, 20);
    document.event_mentions.push_back(std::move(m));
  }
  for (size_t i = 0; i < acts.size(); i++) {
    const std::string key = ContentHash(document) + std::to_string(i);
    document.events.push_back({{static_cast<uint32_t>(i)}, "e-" + std::to_string(HashKey(key)).substr(0, 16)});
  }
  for (const EventMention& m : document.event_mentions) {
    Sentence sentence;
    sentence.begin = static_cast<uint32_t>(document.tokens.size());
    Token token;
    token.span = m.span;
    document.tokens.push_back(token);
    sentence.end = sentence.begin + 1;
    document.sentences.push_back(sentence);
  }
  document.BuildOffsetIndex();
  return document;
}

inline Report TestReport(const std::string& id, const std::string& date, const std::string& source, const std::vector<TestAct>& acts) {
  return TestBuilder().Build(TestDocument(id, date, source, acts));
}

// An empty store that goes away with the object: a file in a folder of its own, or a database of PostgreSQL.
class TestStore {
 public:
  static inline bool postgres = false;  // what the next ones are

  TestStore() {
    folder_ = std::filesystem::temp_directory_path() / ("entente-ledger-" + std::to_string(::getpid()) + "-" + std::to_string(next_++));
    std::filesystem::create_directories(folder_);
    path_ = (folder_ / "test.db").string();
    if (postgres) {
      std::string why;
      path_ = PostgresServer::Get(why)->NewDatabase();
    }
  }
  ~TestStore() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  const std::string& path() const { return path_; }
  Ledger Open(Store::Mode mode = Store::Mode::kWrite) const {
    auto ledger = Ledger::Open(TestData(), path(), mode);
    if (!ledger) ADD_FAILURE() << ledger.error().Text();
    ENTENTE_CHECK(ledger.ok());
    return std::move(*ledger);
  }

 private:
  static inline int next_ = 0;
  std::filesystem::path folder_;
  std::string path_;
};

// Tests that run on both stores: INSTANTIATE_TEST_SUITE_P(Stores, X, testing::Values(false, true), StoreName).
class OnEachStore : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    std::string why;
    if (GetParam() && PostgresServer::Get(why) == nullptr) GTEST_SKIP() << why;
    TestStore::postgres = GetParam();
  }
  void TearDown() override { TestStore::postgres = false; }
};
inline std::string StoreName(const testing::TestParamInfo<bool>& info) { return info.param ? "postgres" : "sqlite"; }

inline void Keep(Ledger& ledger, const std::vector<Report>& reports) {
  const auto kept = ledger.store().Keep(TestData().machine, reports, {});
  ASSERT_TRUE(kept.ok()) << kept.error().Text();
  const Status status = ledger.Derive({});
  ASSERT_TRUE(status.ok()) << status.error().Text();
}

// A few reports of January 2019, and what a ledger answers of them and of the facts.
inline const TestAct kSevered{"SANCTION", "discontinue", "PRY", "VEN", "relations=severed", "2019-01-10"};

inline std::vector<Report> SomeReports() {
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

inline StateFilter As(const std::string& kind, const std::string& as_of, const std::string& actor = "", const std::string& of = "") {
  StateFilter filter;
  filter.kind = kind;
  filter.as_of = TestDay(as_of);
  filter.actor = actor;
  filter.of = of;
  return filter;
}

inline std::string All(Ledger& ledger, StateFilter filter, bool why = true) {
  auto rows = ledger.Ask(filter);
  EXPECT_TRUE(rows.ok()) << rows.error().Text();
  std::string out;
  for (const StateRow& row : *rows) out += StateText(row, why ? *ledger.Why(row, filter.known_at) : std::vector<Evidence>{}, RowForm::kNdjson, false);
  return out;
}

inline std::vector<std::string> EventLines(Ledger& ledger, const EventFilter& filter) {
  std::vector<std::string> out;
  const Status status = ledger.Events(filter, [&](const EventRow& row) {
    out.push_back(row.date + " " + row.actor + " " + row.event + "/" + row.mode + " " + row.recipient + " " + std::to_string(row.reports) + " " + std::to_string(row.sources));
    return true;
  });
  EXPECT_TRUE(status.ok()) << status.error().Text();
  return out;
}

inline std::string Everything(Ledger& ledger) {
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

}  // namespace entente
