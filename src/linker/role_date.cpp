// SPDX-License-Identifier: Apache-2.0
#include "linker/role_date.h"

#include <algorithm>
#include <map>
#include <unordered_set>

#include "base/utf8.h"

namespace entente {
namespace {

constexpr int kMonths = 12, kFirstYear = 1900, kLastYear = 2100;
constexpr int kOpen = kLastYear * kMonths;
constexpr int kNamed = 2, kGoverns = 1, kYearSaid = 1;  // weights
constexpr std::string_view kStateSector = "GOV";

int MonthOf(const Date& date) { return date.year * kMonths + std::max(date.month, 1) - 1; }

// How many speak for each month: changes at the month where they begin.
class Votes {
 public:
  void Add(int from, int to, int weight) {
    if (from > to) return;
    steps_[from] += weight;
    steps_[to + 1] -= weight;
  }

  // The middle of the time that most speak for; nothing if that time is open.
  Date Best() const {
    int sum = 0, best = 0, from = 0, to = 0;
    for (auto step = steps_.begin(); step != steps_.end(); ++step) {
      sum += step->second;
      const auto next = std::next(step);
      if (sum <= best || next == steps_.end()) continue;
      best = sum;
      from = step->first;
      to = next->first - 1;
    }
    if (best == 0 || from <= kFirstYear * kMonths || to >= kOpen) return {};
    const int month = (from + to) / 2;
    return {month / kMonths, month % kMonths + 1, 0};
  }

 private:
  std::map<int, int> steps_;
};

// Each month counts once for one actor, however many roles he had in it.
void AddRoles(const Actor& actor, Votes& votes) {
  struct Time {
    int from, to;
    bool governs;
    auto operator<=>(const Time&) const = default;
  };
  std::vector<Time> times;
  for (const Role& role : actor.roles) {
    const int from = role.range.from.known() ? MonthOf(role.range.from) : kFirstYear * kMonths;
    const int to = role.range.to.known() ? MonthOf(role.range.to) : kOpen;
    times.push_back({from, to, role.sector == kStateSector && !role.office.empty()});
  }
  std::sort(times.begin(), times.end());
  int done = 0;
  for (const auto& [from, to, governs] : times) {
    votes.Add(std::max(from, done), to, kNamed);
    // People are named most while they govern.
    if (governs) votes.Add(from, to, kGoverns);
    done = std::max(done, to + 1);
  }
}

}  // namespace

Date RoleDate(const Document& document, const std::vector<std::vector<NameMatch>>& matches,
              const Language& language) {
  if (document.date.known()) return document.date;
  Votes votes;
  std::unordered_set<uint32_t> seen;
  for (const std::vector<NameMatch>& sentence : matches) {
    for (const NameMatch& match : sentence) {
      // A name of one word may be anybody's, and so may one that several bear.
      if (match.agent || match.entries.size() != 1) continue;
      const NameEntry& entry = match.entries.front();
      const Actor& actor = language.actors.all()[entry.actor];
      const bool full = entry.kind == NameKind::kName && match.end - match.begin > 1;
      if (actor.kind == ActorKind::kCountry || actor.kind == ActorKind::kRegion || !full) continue;
      if (seen.insert(entry.actor).second) AddRoles(actor, votes);
    }
  }
  std::unordered_set<int> years;
  for (const Token& token : document.tokens) {
    if (token.upos != Upos::kNum || token.form.size() != 4) continue;
    int year = 0;
    const auto all_digits = std::all_of(token.form.begin(), token.form.end(), [&](char c) {
      year = year * 10 + c - '0';
      return c >= '0' && c <= '9';
    });
    if (all_digits && year > kFirstYear && year < kLastYear && years.insert(year).second)
      votes.Add(year * kMonths, year * kMonths + kMonths - 1, kYearSaid);
  }
  return votes.Best();
}

}  // namespace entente
