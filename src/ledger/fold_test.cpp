// SPDX-License-Identifier: Apache-2.0
#include "ledger/fold.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>

#include "ledger/testing.h"

namespace entente {
namespace {

using testing::ElementsAre;

struct M {
  std::string state = {}, date = {}, known = {}, on = {};
  bool no_later = false;
};

std::vector<FoldMove> Moves(const std::string& kind, const std::vector<M>& list) {
  std::vector<FoldMove> moves;
  for (const M& m : list) {
    FoldMove move;
    move.state = TestData().machine.FindState(kind, m.state);
    EXPECT_GE(move.state, 0) << m.state;
    move.since = *ParseIsoDate(m.date);
    move.no_later = m.no_later;
    move.hi = TestDay(m.date);
    const Date first = move.since.First();
    move.lo = DaysFromCivil(first.year, first.month, first.day) - (m.no_later ? 7 : 0);
    move.known = TestDay(m.known);
    if (!m.on.empty()) move.on = TestDay(m.on);
    moves.push_back(move);
  }
  return moves;
}

std::string Text(const Spell& spell) {
  std::string out = TestData().machine.states()[spell.state].name + " " + (spell.no_later ? "<=" : "") + spell.since.Text() + ".." + DayText(spell.to);
  if (spell.lapsed) out += " lapsed";
  if (spell.conflict) out += " conflict with " + TestData().machine.states()[spell.against].name;
  return out;
}

// What is believed on a day, in the order of days.
std::vector<std::string> Believed(const std::vector<Spell>& spells, const std::string& known) {
  std::vector<const Spell*> held;
  const int day = known.empty() ? kNever : TestDay(known);
  for (const Spell& spell : spells) {
    if (spell.known_from <= day && day < spell.known_to) held.push_back(&spell);
  }
  std::sort(held.begin(), held.end(), [](const Spell* a, const Spell* b) { return std::tie(a->from, a->state) < std::tie(b->from, b->state); });
  std::vector<std::string> out;
  for (const Spell* spell : held) out.push_back(Text(*spell));
  return out;
}

std::vector<std::string> Folded(const std::string& kind, const std::vector<M>& list, const std::string& known = "") {
  return Believed(Fold(TestData().machine, Moves(kind, list)), known);
}

TEST(Fold, AStateHoldsUntilTheNext) {
  EXPECT_THAT(Folded("relations", {{"severed", "2019-01-10", "2019-01-11"}, {"restored", "2022-11-15", "2022-11-16"}}),
              ElementsAre("severed 2019-01-10..2022-11-15", "restored 2022-11-15.."));
}

TEST(Fold, WhatWasKnownIsKept) {
  const std::vector<M> moves{{"severed", "2019-01-10", "2019-01-11"}, {"restored", "2019-03-01", "2019-04-01"}};
  EXPECT_THAT(Folded("relations", moves, "2019-01-10"), ElementsAre());
  EXPECT_THAT(Folded("relations", moves, "2019-03-15"), ElementsAre("severed 2019-01-10.."));
  EXPECT_THAT(Folded("relations", moves, "2019-04-01"), ElementsAre("severed 2019-01-10..2019-03-01", "restored 2019-03-01.."));
}

TEST(Fold, ToldAgainChangesNothing) {
  EXPECT_THAT(Folded("relations", {{"severed", "2019-01-10", "2019-01-11"}, {"severed", "2019-01-11", "2019-01-12"}, {"severed", "2019-02-20", "2019-02-20", "", true}}),
              ElementsAre("severed 2019-01-10.."));
}

TEST(Fold, ALateTellingDoesNotUndoWhatCameAfter) {
  // In April a report tells of January's rupture, a day off; in March relations were restored.
  EXPECT_THAT(Folded("relations", {{"severed", "2019-01-10", "2019-01-11"}, {"restored", "2019-03-01", "2019-03-01"}, {"severed", "2019-01-11", "2019-04-01"}}),
              ElementsAre("severed 2019-01-10..2019-03-01", "restored 2019-03-01.."));
  EXPECT_THAT(Folded("relations", {{"severed", "2019-01-10", "2019-01-11"}, {"restored", "2019-01-14", "2019-01-14"}, {"severed", "2019-01-15", "2019-01-15", "", true}}),
              ElementsAre("severed 2019-01-10..2019-01-14", "restored 2019-01-14.."));
}

TEST(Fold, TheExactDayGoesBeforeTheReportsOwn) {
  EXPECT_THAT(Folded("relations", {{"severed", "2019-01-11", "2019-01-11", "", true}, {"severed", "2019-01-10", "2019-01-12"}}),
              ElementsAre("severed 2019-01-10.."));
}

TEST(Fold, AnImpossibleMoveIsKeptAsAConflict) {
  EXPECT_THAT(Folded("membership", {{"withdrawn", "2019-01-10", "2019-01-10"}, {"suspended", "2019-02-01", "2019-02-01"}}),
              ElementsAre("withdrawn 2019-01-10..2019-02-01", "suspended 2019-02-01.. conflict with withdrawn"));
}

TEST(Fold, StatesThatStandBesideOneAnother) {
  EXPECT_THAT(Folded("membership", {{"member", "2008-05-23", "2008-05-23"}, {"participation suspended", "2018-04-20", "2018-04-20"},
                                    {"withdrawal announced", "2018-08-10", "2018-08-10"}, {"withdrawn", "2019-02-28", "2019-02-28"}}),
              ElementsAre("member 2008-05-23..2018-04-20", "participation suspended 2018-04-20..2019-02-28",
                          "withdrawal announced 2018-08-10..2019-02-28", "withdrawn 2019-02-28.."));
}

TEST(Fold, AProposalLapses) {
  EXPECT_THAT(Folded("meeting", {{"expected", "2019-01-11", "2019-01-11", "2019-01-20"}, {"held", "2019-06-01", "2019-06-01"}}),
              ElementsAre("expected 2019-01-11..2019-02-03 lapsed", "held 2019-06-01.."));
}

TEST(Fold, MonthsAndYears) {
  EXPECT_THAT(Folded("relations", {{"severed", "2019", "2020-02-01"}, {"restored", "2021-03", "2021-04-01"}}),
              ElementsAre("severed 2019..2021-03-31", "restored 2021-03.."));
}

TEST(Fold, AnyOrderGivesTheSame) {
  std::mt19937 random(7);
  const std::vector<std::string> states{"established", "ambassador recalled", "downgraded", "severed", "restored"};
  for (int round = 0; round < 30; round++) {
    std::vector<M> list;
    const int n = 5 + static_cast<int>(random() % 200);
    for (int i = 0; i < n; i++) {
      const int day = TestDay("2019-01-01") + static_cast<int>(random() % 300);
      const bool vague = random() % 10 == 0;
      const bool no_later = !vague && random() % 3 == 0;
      const std::string date = vague ? DayText(day).substr(0, 7) : DayText(day);
      list.push_back({states[random() % states.size()], date, DayText(TestDay(date) + static_cast<int>(random() % 40)), "", no_later});
    }
    const auto moves = Moves("relations", list);
    auto shuffled = moves;
    const auto expected = Fold(TestData().machine, moves);
    for (int times = 0; times < 3; times++) {
      std::shuffle(shuffled.begin(), shuffled.end(), random);
      const auto got = Fold(TestData().machine, shuffled);
      ASSERT_EQ(expected.size(), got.size());
      for (size_t i = 0; i < got.size(); i++) {
        EXPECT_TRUE(expected[i].SameAs(got[i]));
        EXPECT_EQ(expected[i].known_from, got[i].known_from);
        EXPECT_EQ(expected[i].known_to, got[i].known_to);
      }
    }
    // What is believed on a day is what the moves known by then give.
    for (int times = 0; times < 5; times++) {
      const std::string known = DayText(TestDay("2019-01-01") + static_cast<int>(random() % 330));
      std::vector<FoldMove> early;
      for (const FoldMove& move : moves) {
        if (move.known <= TestDay(known)) early.push_back(move);
      }
      EXPECT_EQ(Believed(expected, known), Believed(Fold(TestData().machine, early), ""));
    }
  }
}

}  // namespace
}  // namespace entente
