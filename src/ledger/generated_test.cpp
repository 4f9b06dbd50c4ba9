// SPDX-License-Identifier: Apache-2.0
// Identity and states on reports with known truth, and the same answers of both stores.
// ENTENTE_LEDGER_ACTS sets how many acts there are; 8600 make 20,000 reports.
#include <gtest/gtest.h>

#include <cstdlib>
#include <set>

#include "ledger/generator_testing.h"

namespace entente {
namespace {

int Acts() {
  const char* wanted = std::getenv("ENTENTE_LEDGER_ACTS");
  return wanted == nullptr ? 1500 : std::atoi(wanted);
}

// What the ledger answers to questions of every form.
std::string Answers(Ledger& ledger) {
  std::string out;
  for (const char* day : {"2018-03-01", "2018-12-31", "2019-11-30"}) {
    for (const char* known : {"", "2018-10-01"}) {
      StateFilter filter;
      filter.as_of = TestDay(day);
      filter.past = true;
      if (*known != '\0') filter.known_at = TestDay(known);
      out += All(ledger, filter, false);
      for (const char* party : {"ARG", "BRA", "AUS", "CHL", "UNASUR"}) {
        filter.actor = party;
        out += All(ledger, filter, true);
      }
    }
  }
  StateFilter filter;
  filter.actor = "BRA";
  for (const auto& rows : {ledger.Timeline(filter),
                           ledger.Diff(filter, TestDay("2018-06-01"), TestDay("2019-06-01"))}) {
    EXPECT_TRUE(rows.ok());
    for (const StateRow& row : *rows) out += StateText(row, {}, RowForm::kNdjson, true);
  }
  for (int i = 0; i < 4; i++) {
    EventFilter events;
    if (i == 1) events.actor = "ARG";
    if (i == 2) events.event = "SANCTION";
    if (i == 3)
      events.since = TestDay("2018-05-01"), events.until = TestDay("2018-06-01"),
      events.known_at = TestDay("2018-05-20");
    int64_t n = 0;
    EXPECT_TRUE(ledger
                    .Events(events,
                            [&](const EventRow& row) {
                              out += EventText(row,
                                               n++ % 100 == 0 ? *ledger.Tellings(row.id)
                                                              : std::vector<Evidence>{},
                                               RowForm::kNdjson);
                              return true;
                            })
                    .ok());
  }
  return out;
}

class GeneratedOn : public OnEachStore {};
INSTANTIATE_TEST_SUITE_P(Stores, GeneratedOn, testing::Values(false, true), StoreName);

TEST_P(GeneratedOn, EventsAndStatesAreTheTruth) {
  const int acts = Acts();
  const Generated generated = Generate(acts, 700, 20181);
  TestStore store;
  Ledger ledger = store.Open();
  for (size_t i = 0; i < generated.reports.size(); i += 1000) {
    const auto kept = ledger.store().Keep(
        TestData().machine,
        {generated.reports.begin() + static_cast<std::ptrdiff_t>(i),
         generated.reports.begin() +
             static_cast<std::ptrdiff_t>(std::min(i + 1000, generated.reports.size()))},
        {});
    ASSERT_TRUE(kept.ok()) << kept.error().Text();
  }
  ASSERT_TRUE(ledger.Derive({}).ok());

  // Pairs of tellings that are, and that were found to be, the same act.
  std::map<std::string, std::map<int64_t, int64_t>> acts_of_event;
  std::map<int64_t, int64_t> tellings_of_act;
  const auto query = ledger.store().database().Prepare(
      "SELECT m.id, e.event FROM mentions m JOIN mention_events e ON e.mention = m.mention");
  ASSERT_TRUE(query.ok());
  for (;;) {
    const auto row = (*query)->Step();
    ASSERT_TRUE(row.ok());
    if (!*row) break;
    const int64_t act = generated.act_of.at(std::string((*query)->TextAt(0)));
    acts_of_event[std::string((*query)->TextAt(1))][act]++;
    tellings_of_act[act]++;
  }
  const auto pairs = [](int64_t n) { return static_cast<double>(n * (n - 1) / 2); };
  double right = 0, found = 0, all = 0;
  for (const auto& [event, of_act] : acts_of_event) {
    int64_t n = 0;
    for (const auto& [act, count] : of_act) {
      right += pairs(count);
      n += count;
    }
    found += pairs(n);
  }
  for (const auto& [act, count] : tellings_of_act) all += pairs(count);
  std::printf("[ MEASURED ] %zu reports, %zu events of %d acts; precision %.4f, recall %.4f\n",
              generated.reports.size(), acts_of_event.size(), acts, right / found, right / all);
  EXPECT_GE(right / found, 0.97);
  EXPECT_GE(right / all, 0.93);

  // Relations on days that are not beside a turn.
  std::map<std::string, std::vector<std::pair<int, std::string>>> truth;
  for (const GeneratedAct& one : generated.acts) {
    if (one.act.state.empty()) continue;
    // Where the facts know better, they are shown.
    const RoleValues pair{
        {std::min(one.act.actor, one.act.recipient), std::max(one.act.actor, one.act.recipient)}};
    if (TestData().facts.Find(
            MakeSubject(TestData().machine, TestData().machine.FindKind("relations"), pair, "")
                .id) != nullptr)
      continue;
    truth[std::min(one.act.actor, one.act.recipient) + ", " +
          std::max(one.act.actor, one.act.recipient)]
        .emplace_back(one.day, one.act.state.substr(10));
  }
  EXPECT_GT(truth.size(), 50u);
  int asked = 0, wrong = 0, since_off = 0;
  for (const char* day_text : {"2018-03-01", "2018-09-15", "2019-05-05", "2019-12-31"}) {
    StateFilter filter;
    filter.kind = "relations";
    filter.as_of = TestDay(day_text);
    const auto rows = ledger.Ask(filter);
    ASSERT_TRUE(rows.ok());
    std::map<std::string, const StateRow*> by_name;
    std::set<std::string> told_by_facts;  // the baseline tells of a later turn than the reports
    for (const StateRow& row : *rows) {
      if (row.from_facts) told_by_facts.insert(row.name);
      if (!row.from_facts) by_name[row.name] = &row;
    }
    for (const auto& [name, turns] : truth) {
      std::string state;
      int since = 0;
      bool beside = false;
      for (const auto& [day, to] : turns) {
        beside = beside || std::abs(day - filter.as_of) <= 2;
        if (day > filter.as_of) break;
        state = to;
        since = day;
      }
      const auto it = by_name.find(name);
      if (beside || (it == by_name.end() && told_by_facts.count(name) > 0)) continue;
      asked++;
      const std::string_view got = it == by_name.end() ? "" : it->second->state;
      if (got != state) {
        wrong++;
        ADD_FAILURE() << day_text << " " << name << ": " << got << ", truth " << state << " since "
                      << DayText(since);
      } else if (!state.empty() && it->second->since_precision == "day" &&
                 std::abs(it->second->from - since) > 1) {
        since_off++;
      }
    }
  }
  std::printf("[ MEASURED ] %d states asked, %d wrong, %d since another day\n", asked, wrong,
              since_off);
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(since_off, 0);

  static std::string expected;  // the same of both stores, and after a rebuild
  const std::string answers = Answers(ledger);
  if (expected.empty()) expected = answers;
  EXPECT_TRUE(answers == expected) << "the stores answer differently";
  ASSERT_TRUE(ledger.Rebuild({}).ok());
  EXPECT_TRUE(Answers(ledger) == expected) << "a rebuild changes the answers";
  std::printf("[ MEASURED ] %zu bytes of answers compared\n", answers.size());
}

}  // namespace
}  // namespace entente
