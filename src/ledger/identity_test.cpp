// SPDX-License-Identifier: Apache-2.0
#include "ledger/identity.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>

#include "ledger/testing.h"

namespace entente {
namespace {

using testing::ElementsAre;

struct T {
  std::string id = {}, mode = {}, recipient = {}, date = {};
  bool exact = true;
  int report = 0;  // 0: one of its own
  bool needs_recipient = true;
};

std::vector<Telling> Tellings(const std::vector<T>& list) {
  std::vector<Telling> tellings;
  for (size_t i = 0; i < list.size(); i++) {
    Telling t;
    t.key = static_cast<int64_t>(list[i].report == 0 ? 1000 + i : list[i].report) << 20 | static_cast<int64_t>(i);
    t.id = list[i].id;
    t.mode = list[i].mode;
    t.recipient = list[i].recipient;
    const Date date = *ParseIsoDate(list[i].date);
    const Date first = date.First();
    t.lo = DaysFromCivil(first.year, first.month, first.day);
    t.hi = TestDay(list[i].date);
    t.exact = list[i].exact && date.precision() == Precision::kDay;
    t.needs_recipient = list[i].needs_recipient;
    t.known = t.hi;
    tellings.push_back(t);
  }
  return tellings;
}

std::vector<std::string> Groups(const std::vector<T>& list, bool daily = false) {
  std::vector<std::string> out;
  for (const auto& group : SameActs(Tellings(list), daily)) {
    std::string text;
    for (const uint32_t i : group) text += (text.empty() ? "" : " ") + list[i].id;
    out.push_back(text);
  }
  std::sort(out.begin(), out.end());
  return out;
}

TEST(Identity, DaysOffByOne) {
  EXPECT_THAT(Groups({{"a", "discontinue", "VEN", "2019-01-10"}, {"b", "discontinue", "VEN", "2019-01-10"}, {"c", "discontinue", "VEN", "2019-01-11", false}, {"d", "discontinue", "VEN", "2019-01-09"}}),
              ElementsAre("d a b c"));
  EXPECT_THAT(Groups({{"a", "discontinue", "VEN", "2019-01-10"}, {"b", "discontinue", "VEN", "2019-01-13"}}), ElementsAre("a", "b"));
}

TEST(Identity, OtherRecipientsAndModesAreOtherActs) {
  EXPECT_THAT(Groups({{"a", "discontinue", "VEN", "2019-01-10"}, {"b", "discontinue", "CUB", "2019-01-10"}, {"c", "expel", "VEN", "2019-01-10"}}),
              ElementsAre("a", "b", "c"));
}

TEST(Identity, AMoreGeneralCodeJoinsTheOnlyActThatFits) {
  EXPECT_THAT(Groups({{"a", "discontinue", "VEN", "2019-01-10"}, {"b", "", "VEN", "2019-01-11"}}), ElementsAre("a b"));
  EXPECT_THAT(Groups({{"a", "discontinue", "VEN", "2019-01-10"}, {"b", "expel", "VEN", "2019-01-10"}, {"c", "", "VEN", "2019-01-10"}}),
              ElementsAre("a", "b", "c"));
}

TEST(Identity, AMissingRecipientIsFound) {
  EXPECT_THAT(Groups({{"a", "discontinue", "VEN", "2019-01-10"}, {"b", "discontinue", "", "2019-01-10"}}), ElementsAre("a b"));
  // Where an event needs no recipient, to have none is a different thing.
  EXPECT_THAT(Groups({{"a", "meet", "COL", "2019-01-10", true, 0, false}, {"b", "meet", "", "2019-01-10", true, 0, false}}), ElementsAre("a", "b"));
}

TEST(Identity, TheSameReportTellsTwoActs) {
  EXPECT_THAT(Groups({{"a", "discontinue", "VEN", "2019-01-10", true, 5}, {"b", "", "VEN", "2019-01-10", true, 5}}), ElementsAre("a", "b"));
}

TEST(Identity, DailyActsAreToldApartByTheirDays) {
  const std::vector<T> shelling{{"a", "heavy-weapons", "UKR", "2022-05-01"}, {"b", "heavy-weapons", "UKR", "2022-05-02"}, {"c", "heavy-weapons", "UKR", "2022-05-03"}};
  EXPECT_THAT(Groups(shelling, true), ElementsAre("a", "b", "c"));
  // A report of the day after that says no day tells of the day before.
  EXPECT_THAT(Groups({{"a", "heavy-weapons", "UKR", "2022-05-01"}, {"b", "heavy-weapons", "UKR", "2022-05-02", false}}, true), ElementsAre("a b"));
}

TEST(Identity, AMonthJoinsTheOnlyActInIt) {
  EXPECT_THAT(Groups({{"a", "withdraw", "UNASUR", "2018-04-20"}, {"b", "withdraw", "UNASUR", "2018-04"}, {"c", "withdraw", "UNASUR", "2018"}}), ElementsAre("a b c"));
  EXPECT_THAT(Groups({{"a", "withdraw", "UNASUR", "2018-04-20"}, {"b", "withdraw", "UNASUR", "2018-04-02"}, {"c", "withdraw", "UNASUR", "2018-04"}}), ElementsAre("a", "b", "c"));
}

TEST(Identity, AnyOrderGivesTheSame) {
  std::mt19937 random(11);
  const std::vector<std::string> modes{"discontinue", "expel", ""}, recipients{"VEN", "CUB", ""};
  for (int round = 0; round < 50; round++) {
    std::vector<T> list;
    for (int i = 0; i < 60; i++) {
      const std::string date = DayText(TestDay("2019-01-01") + static_cast<int>(random() % 40));
      list.push_back({"e" + std::to_string(i), modes[random() % 3], recipients[random() % 3], random() % 8 == 0 ? date.substr(0, 7) : date, random() % 2 == 0,
                      1 + static_cast<int>(random() % 30)});
    }
    const auto expected = Groups(list);
    for (int times = 0; times < 3; times++) {
      std::shuffle(list.begin(), list.end(), random);
      EXPECT_EQ(expected, Groups(list));
    }
  }
}

}  // namespace
}  // namespace entente
