// SPDX-License-Identifier: Apache-2.0
// Reports that nobody wrote, with known truth: acts of states on states, each told by several reports that name
// them more or less exactly, a day off, without the recipient, by a more general code. Seeded: the same seed gives
// the same reports.
#pragma once

#include <map>
#include <random>
#include <string>
#include <vector>

#include "ledger/testing.h"

namespace entente {

struct GeneratedAct {
  int64_t number = 0;
  TestAct act;
  int day = 0;
};

struct Generated {
  std::vector<Report> reports;
  std::map<std::string, int64_t> act_of;  // mention id -> number of the act
  std::vector<GeneratedAct> acts;
};

inline Generated Generate(int acts, int days, uint32_t seed, double fog = 1.0) {
  struct Kind {
    const char *event, *mode, *state;
    bool required;  // the event needs a recipient
  };
  static const std::vector<Kind> kKinds{
      {"SANCTION", "expel", "", true},       {"ACCUSE", "disapprove", "", false}, {"THREATEN", "violence", "", false},
      {"AID", "", "", true},                 {"COOPERATE", "", "", true},         {"CONSULT", "visit", "", false},
      {"COERCE", "restrict", "", false},     {"ASSAULT", "aerial", "", false},    {"SUPPORT", "", "", false},
      {"REQUEST", "yield", "", false},       {"REJECT", "change", "", false},     {"PROTEST", "demo", "", false}};
  static const std::vector<const char*> kSources{"Alpha", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf"};
  std::vector<std::string> states;
  for (const Actor& actor : TestData().actors.all()) {
    if (actor.kind == ActorKind::kCountry && !actor.territory && actor.code.size() == 3) states.push_back(actor.code);
  }
  std::sort(states.begin(), states.end());
  states.resize(std::min<size_t>(states.size(), 60));
  std::mt19937 random(seed);
  const auto pick = [&](size_t n) { return static_cast<size_t>(random() % n); };
  const auto chance = [&](double p) { return static_cast<double>(random() % 10000) < p * fog * 10000; };
  const int first = DaysFromCivil(2018, 1, 1);

  Generated out;
  std::map<std::string, std::pair<int, bool>> relations;  // pair -> day of the last turn, severed
  for (int64_t number = 0; number < acts; number++) {
    GeneratedAct one;
    one.number = number;
    one.day = first + static_cast<int>(static_cast<int64_t>(days) * number / acts);
    const std::string a = states[pick(states.size())];
    std::string b = states[pick(states.size())];
    while (b == a) b = states[pick(states.size())];
    const std::string key = std::min(a, b) + std::max(a, b);
    auto turn = relations.find(key);
    if (pick(6) == 0 && (turn == relations.end() || turn->second.first + 20 < one.day)) {
      const bool severed = turn != relations.end() && turn->second.second;
      one.act = severed ? TestAct{"SUPPORT", "", a, b, "relations=restored"} : TestAct{"SANCTION", "discontinue", a, b, "relations=severed"};
      relations[key] = {one.day, !severed};
    } else {
      const Kind& kind = kKinds[pick(kKinds.size())];
      one.act = TestAct{kind.event, kind.mode, a, b, kind.state};
    }
    out.acts.push_back(one);
  }
  // Each act is told up to eight times, by reports of the days after; a report tells up to three acts.
  struct Pending {
    int day;
    TestAct act;
    int64_t number;
  };
  std::vector<Pending> tellings;
  for (const GeneratedAct& one : out.acts) {
    const size_t times = 1 + pick(8);
    for (size_t t = 0; t < times; t++) {
      Pending told{one.day + (t == 0 ? 0 : static_cast<int>(pick(3))), one.act, one.number};
      const bool turn = !one.act.state.empty();
      const int off = chance(0.06) && t > 0 ? (pick(2) == 0 ? 1 : -1) : 0;
      if (told.day <= one.day + 1 && off == 0 && chance(0.4)) {
        told.act.date.clear();  // only the report's date
      } else {
        told.act.date = DayText(one.day + off);
      }
      if (t > 0 && !turn && chance(0.08)) told.act.mode.clear();
      if (t > 0 && !turn && chance(0.05)) {
        const EventType* type = TestData().ontology.Find(told.act.event, told.act.mode);
        if (type != nullptr && type->recipient_required) told.act.recipient.clear();
      }
      if (t > 0 && chance(0.1)) told.act.actor += " MIL";
      tellings.push_back(std::move(told));
    }
  }
  std::shuffle(tellings.begin(), tellings.end(), random);
  std::stable_sort(tellings.begin(), tellings.end(), [](const Pending& a, const Pending& b) { return a.day < b.day; });
  for (size_t i = 0; i < tellings.size();) {
    std::vector<TestAct> of_report;
    std::vector<int64_t> numbers;
    const int day = tellings[i].day;
    const size_t most = 1 + pick(3);
    while (i < tellings.size() && tellings[i].day == day && of_report.size() < most) {
      if (std::find(numbers.begin(), numbers.end(), tellings[i].number) != numbers.end()) break;
      of_report.push_back(tellings[i].act);
      numbers.push_back(tellings[i].number);
      i++;
    }
    Report report = TestReport("g" + std::to_string(seed) + "-" + std::to_string(out.reports.size()), DayText(day), kSources[pick(kSources.size())], of_report);
    for (size_t e = 0; e < report.events.size(); e++) out.act_of[report.events[e].id] = numbers[e];
    out.reports.push_back(std::move(report));
  }
  return out;
}

}  // namespace entente
