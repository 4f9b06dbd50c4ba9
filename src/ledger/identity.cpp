// SPDX-License-Identifier: Apache-2.0
// Tellings fall into classes of equal recipient, value and mode. In a class each day that is told most becomes an
// act; a day beside it is the same act unless many tellings insist on it. What is told less exactly (a month, no
// mode, no recipient) joins the act that it fits, if it fits only one, and is an act of its own otherwise.
#include "ledger/identity.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/text.h"

namespace entente {
namespace {

constexpr int kSlack = 1;
// A day beside a greater one stands for itself if it has at least so many tellings with that day, and a third of
// the other's.
constexpr int kOwnDay = 2;

struct Act {
  std::string_view mode, recipient, operation;
  int64_t auxiliary = 0;
  int day = kNever;  // kNever: only a period is known
  int lo = 0, hi = 0;
  std::vector<uint32_t> members;
  std::set<int64_t> reports;
};

class Block {
 public:
  Block(const std::vector<Telling>& tellings, bool daily) : tellings_(tellings), daily_(daily) {}

  std::vector<std::vector<uint32_t>> Run() {
    std::vector<uint32_t> order(tellings_.size());
    for (uint32_t i = 0; i < order.size(); i++) order[i] = i;
    std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return First(a) < First(b); });
    // The classes, from the most exact telling to the least.
    std::map<std::tuple<std::string_view, int64_t, std::string_view, std::string_view>, std::vector<uint32_t>> with_mode, without_mode, partial;
    for (const uint32_t i : order) {
      const Telling& t = tellings_[i];
      auto& classes = t.recipient.empty() && t.needs_recipient ? partial : t.mode.empty() ? without_mode : with_mode;
      classes[{t.recipient, t.auxiliary, t.operation, t.mode}].push_back(i);
    }
    for (const auto& [key, members] : with_mode) Days(members);
    for (const auto& [key, members] : without_mode) {
      Days(Attach(members, [](const Telling& t, const Act& act) { return act.recipient == t.recipient && !act.mode.empty(); }));
    }
    for (const auto& [key, members] : partial) {
      Days(Attach(members, [](const Telling& t, const Act& act) {
        return !act.recipient.empty() && (t.mode.empty() || act.mode.empty() || act.mode == t.mode);
      }));
    }
    std::vector<std::vector<uint32_t>> groups;
    for (Act& act : acts_) {
      std::sort(act.members.begin(), act.members.end(), [&](uint32_t a, uint32_t b) { return First(a) < First(b); });
      groups.push_back(std::move(act.members));
    }
    std::sort(groups.begin(), groups.end(), [&](const auto& a, const auto& b) { return First(a[0]) < First(b[0]); });
    return groups;
  }

 private:
  std::tuple<int, std::string_view, int, int> First(uint32_t i) const {
    const Telling& t = tellings_[i];
    return {t.known, t.id, t.lo, t.hi};
  }

  void Join(Act& act, uint32_t i) {
    act.members.push_back(i);
    act.reports.insert(tellings_[i].report());
  }

  Act& Open(const Telling& t, int day) {
    acts_.emplace_back();
    Act& act = acts_.back();
    act.mode = t.mode;
    act.recipient = t.recipient;
    act.operation = t.operation;
    act.auxiliary = t.auxiliary;
    act.day = day;
    act.lo = day < kNever ? day : t.lo;
    act.hi = day < kNever ? day : t.hi;
    if (day < kNever) {
      by_day_.emplace(day, acts_.size() - 1);
    } else {
      vague_.push_back(acts_.size() - 1);
    }
    return act;
  }

  // Gives the tellings that fit exactly one act of the classes before to it; the others are left.
  template <class Fits>
  std::vector<uint32_t> Attach(std::vector<uint32_t> members, Fits fits) {
    const size_t before = acts_.size();
    std::erase_if(members, [&](uint32_t i) {
      const Telling& t = tellings_[i];
      const auto best = OnlyOne(0, before, i, [&](const Act& act) { return act.auxiliary == t.auxiliary && act.operation == t.operation && fits(t, act); });
      if (best < 0) return false;
      Join(acts_[static_cast<size_t>(best)], i);
      return true;
    });
    return members;
  }

  // The acts of one class.
  void Days(const std::vector<uint32_t>& members) {
    const size_t first_act = acts_.size();
    std::map<int, std::vector<uint32_t>> days;
    std::vector<uint32_t> vague;
    for (const uint32_t i : members) {
      const Telling& t = tellings_[i];
      if (t.lo == t.hi) {
        days[t.hi].push_back(i);
      } else {
        vague.push_back(i);
      }
    }
    const auto told = [&](const std::vector<uint32_t>& list) {
      return std::count_if(list.begin(), list.end(), [&](uint32_t i) { return tellings_[i].exact; });
    };
    // The most told day first.
    std::vector<std::tuple<int64_t, int64_t, int>> order;
    for (const auto& [day, list] : days) {
      order.emplace_back(-static_cast<int64_t>(list.size()), -static_cast<int64_t>(told(list)), day);
    }
    std::sort(order.begin(), order.end());
    for (const auto& [size, exact, day] : order) {
      std::vector<uint32_t>& here = days[day];
      if (here.empty()) continue;
      Act& act = Open(tellings_[here.front()], day);
      for (const uint32_t i : here) Join(act, i);
      here.clear();
      for (const int beside : {day - 1, day + 1}) {
        const auto it = days.find(beside);
        if (it == days.end() || it->second.empty()) continue;
        const int64_t insist = told(it->second);
        if (insist >= kOwnDay && insist * 3 >= static_cast<int64_t>(act.members.size())) continue;
        std::erase_if(it->second, [&](uint32_t i) {
          const Telling& t = tellings_[i];
          if (daily_ && t.exact) return false;
          if (daily_ && !t.exact && beside < day) return false;  // a report does not come before the act
          if (act.reports.count(t.report()) != 0) return false;
          Join(act, i);
          return true;
        });
      }
    }
    // A month, a year, or only "before".
    std::sort(vague.begin(), vague.end(), [&](uint32_t a, uint32_t b) {
      const Telling &x = tellings_[a], &y = tellings_[b];
      return std::tuple(x.hi - std::max(x.lo, kAlways / 2), First(a)) < std::tuple(y.hi - std::max(y.lo, kAlways / 2), First(b));
    });
    for (const uint32_t i : vague) {
      const auto best = OnlyOne(first_act, acts_.size(), i, [](const Act&) { return true; });
      Act& act = best >= 0 ? acts_[static_cast<size_t>(best)] : Open(tellings_[i], kNever);
      Join(act, i);
    }
  }

  // The act that the telling fits by its days if there is only one, the nearest if days tell; -1 if none.
  template <class Condition>
  int64_t OnlyOne(size_t from, size_t to, uint32_t i, Condition condition) const {
    const Telling& t = tellings_[i];
    int64_t best = -1;
    int best_distance = kNever;
    bool tie = false;
    const auto look = [&](size_t a) {
      const Act& act = acts_[a];
      if (a < from || a >= to || act.reports.count(t.report()) != 0) return;
      if (act.hi < t.lo - kSlack || act.lo > t.hi + kSlack || !condition(act)) return;
      const bool day = t.lo == t.hi && act.day < kNever;
      const int distance = day ? std::abs(act.day - t.hi) : 0;
      if (daily_ && day && distance != 0 && (t.exact || act.day > t.hi)) return;
      tie = distance == best_distance || (tie && distance > best_distance);
      if (distance >= best_distance) return;
      best = static_cast<int64_t>(a);
      best_distance = distance;
    };
    const auto hopeless = [&] { return tie && best_distance == 0; };
    for (auto it = by_day_.lower_bound(std::max(t.lo, kAlways + kSlack) - kSlack); it != by_day_.end() && it->first <= t.hi + kSlack && !hopeless(); ++it) {
      look(it->second);
    }
    for (size_t i = 0; i < vague_.size() && !hopeless(); i++) look(vague_[i]);
    return tie ? -1 : best;
  }

  const std::vector<Telling>& tellings_;
  const bool daily_;
  std::vector<Act> acts_;
  std::multimap<int, size_t> by_day_;  // acts of a known day
  std::vector<size_t> vague_;          // the others
};

}  // namespace

int64_t BlockOf(const Machine& machine, const ReportedEvent& event) {
  std::string key = event.event + '\n';
  if (machine.IsSymmetric(event.event)) {
    std::vector<std::string> all;
    for (const std::string* parties : {&event.actor_parties, &event.recipient_parties}) {
      for (const std::string_view one : Split(*parties, ';')) {
        if (!one.empty() && std::find(all.begin(), all.end(), one) == all.end()) all.emplace_back(one);
      }
    }
    std::sort(all.begin(), all.end());
    key += Join(all, ";");
  } else if (event.actor_parties.empty()) {
    key += "\n" + event.recipient_parties;
  } else {
    key += event.actor_parties;
  }
  return HashKey(key);
}

std::string RecipientOf(const Machine& machine, const ReportedEvent& event) {
  return machine.IsSymmetric(event.event) ? "" : event.recipient_parties;
}

std::vector<std::vector<uint32_t>> SameActs(const std::vector<Telling>& tellings, bool daily) { return Block(tellings, daily).Run(); }

}  // namespace entente
