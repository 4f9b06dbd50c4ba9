// SPDX-License-Identifier: Apache-2.0
// Tellings to events, block by block; blocks that a correction by hand ties together are derived
// together.
#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <unordered_map>

#include "base/text.h"
#include "ledger/corrections.h"
#include "ledger/identity.h"
#include "ledger/ledger.h"

namespace entente {
namespace {

// A telling with what the event's row takes from it.
struct FullTelling {
  Telling telling;
  int64_t block = 0;
  std::string event, cameo, quad, actor, recipient, date, source;
  std::optional<double> score;
  int64_t auxiliary = 0;
  std::string told;  // the event that it was of before
};

using Group = std::vector<uint32_t>;  // indices of tellings

int Detail(const FullTelling& t) {
  return (t.telling.mode.empty() ? 0 : 8) + (t.recipient.empty() ? 0 : 4) +
         (t.telling.exact ? 2 : 0) + (t.telling.place.empty() ? 0 : 1);
}

// What was split off by hand, then what was put together.
void Correct(const std::vector<FullTelling>& tellings, const Corrections& corrections,
             std::vector<Group>& groups) {
  std::map<const Correction*, Group> apart;
  for (Group& group : groups) {
    std::erase_if(group, [&](uint32_t i) {
      const Correction* split = corrections.SplitOf(tellings[i].telling.id);
      if (split != nullptr) apart[split].push_back(i);
      return split != nullptr;
    });
  }
  for (auto& [split, group] : apart) groups.push_back(std::move(group));
  std::erase_if(groups, [](const Group& group) { return group.empty(); });
  // Groups that a merge names a telling of are one, with all that they hold.
  std::vector<size_t> parent(groups.size());
  std::iota(parent.begin(), parent.end(), size_t{0});
  const auto top = [&](size_t g) {
    while (parent[g] != g) g = parent[g];
    return g;
  };
  std::map<const Correction*, size_t> first;
  for (size_t g = 0; g < groups.size(); g++) {
    for (const uint32_t i : groups[g]) {
      for (const Correction* merge : corrections.MergesOf(tellings[i].telling.id)) {
        const auto [it, fresh] = first.emplace(merge, g);
        if (!fresh) parent[top(g)] = top(it->second);
      }
    }
  }
  for (size_t g = 0; g < groups.size(); g++) {
    if (parent[g] == g) continue;
    Group& into = groups[top(g)];
    into.insert(into.end(), groups[g].begin(), groups[g].end());
    groups[g].clear();
  }
  std::erase_if(groups, [](const Group& group) { return group.empty(); });
}

class EventWriter {
 public:
  Status Prepare(Store& store) {
    return store.Prepare(
        {{&event_,
          "INSERT INTO events(id, block, mention, event, mode, cameo, quad, score, actor, "
          "recipient, date, auxiliary, place, first_known, "
          "last_known, reports, sources) "
          "VALUES($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17)"},
         {&party_, "INSERT INTO event_parties(party, side, event) VALUES($1,$2,$3)"},
         {&mention_,
          "INSERT INTO mention_events(mention, event) VALUES($1,$2) ON CONFLICT(mention) DO UPDATE "
          "SET event=excluded.event"},
         {&subjects_,
          "INSERT INTO pending_subjects SELECT DISTINCT subject FROM moves WHERE mention=$1 ON "
          "CONFLICT DO NOTHING"}});
  }

  Status Write(const std::vector<FullTelling>& tellings, Group& group) {
    std::sort(group.begin(), group.end(), [&](uint32_t a, uint32_t b) {
      const Telling &x = tellings[a].telling, &y = tellings[b].telling;
      return std::tie(x.known, x.id, x.lo, x.hi) < std::tie(y.known, y.id, y.lo, y.hi);
    });
    const FullTelling& first = tellings[group.front()];
    const FullTelling* best = nullptr;
    std::set<int64_t> reports;
    std::set<std::string_view> sources;
    for (const uint32_t i : group) {
      const FullTelling& t = tellings[i];
      if (best == nullptr || Detail(t) > Detail(*best)) best = &t;
      reports.insert(t.telling.report());
      sources.insert(t.source);
    }
    // The event's block is that of the telling whose id it has, so that the two are derived anew
    // together.
    event_->Text(first.telling.id)
        .Int(first.block)
        .Int(best->telling.key)
        .Text(best->event)
        .Text(best->telling.mode)
        .Text(best->cameo)
        .Text(best->quad);
    if (best->score) {
      event_->Real(*best->score);
    } else {
      event_->Null();
    }
    Status status = event_->Text(best->actor)
                        .Text(best->recipient)
                        .Text(DateOf(tellings, group, *best))
                        .Int(best->auxiliary)
                        .Text(best->telling.place)
                        .Text(DayText(first.telling.known))
                        .Text(DayText(tellings[group.back()].telling.known))
                        .Int(static_cast<int64_t>(reports.size()))
                        .Int(static_cast<int64_t>(sources.size()))
                        .Run();
    for (const auto& [side, parties] :
         {std::pair{"actor", &best->actor}, {"recipient", &best->recipient}}) {
      std::vector<std::string_view> keys;  // "VEN GOV" can be asked for as it is and as "VEN"
      for (const std::string_view one : Split(*parties, ';')) {
        for (const std::string_view key : {one, one.substr(0, one.find(' '))}) {
          if (!key.empty() && std::find(keys.begin(), keys.end(), key) == keys.end())
            keys.push_back(key);
        }
      }
      for (const std::string_view key : keys) {
        if (status) status = party_->Text(KeyText(key)).Text(side).Text(first.telling.id).Run();
      }
    }
    for (const uint32_t i : group) {
      const FullTelling& t = tellings[i];
      if (status) status = mention_->Int(t.telling.key).Text(first.telling.id).Run();
      // Spells name the events that tell them.
      if (status && t.told != first.telling.id) status = subjects_->Int(t.telling.key).Run();
    }
    return status;
  }

 private:
  // The day that most tell, else what the first says.
  static std::string DateOf(const std::vector<FullTelling>& tellings, const Group& group,
                            const FullTelling& best) {
    std::map<int, int> days;
    for (const uint32_t i : group) {
      if (tellings[i].telling.exact) days[tellings[i].telling.hi]++;
    }
    if (!days.empty()) {
      return DayText(std::max_element(days.begin(), days.end(), [](const auto& a, const auto& b) {
                       return a.second < b.second;
                     })->first);
    }
    std::string date = best.date;
    if (best.telling.lo == best.telling.hi) {
      for (const uint32_t i : group) {
        if (tellings[i].telling.lo == tellings[i].telling.hi)
          date = std::min(date, tellings[i].date);
      }
    }
    return date;
  }

  Query *event_ = nullptr, *party_ = nullptr, *mention_ = nullptr, *subjects_ = nullptr;
};

constexpr const char* kTelling =
    "SELECT m.block, m.mention, m.id, m.event, m.mode, m.cameo, m.quad, m.score, m.actor, "
    "m.recipient, m.compared, m.date, m.date_how, "
    "m.first_day, m.last_day, m.exact, m.auxiliary, m.operation, m.needs_recipient, m.place, "
    "m.known, m.source, x.event FROM ";

FullTelling TellingOf(const Query& row) {
  FullTelling one;
  one.block = row.IntAt(0);
  one.telling.key = row.IntAt(1);
  one.telling.id = row.TextAt(2);
  one.event = row.TextAt(3);
  one.telling.mode = row.TextAt(4);
  one.cameo = row.TextAt(5);
  one.quad = row.TextAt(6);
  if (!row.IsNull(7)) one.score = row.RealAt(7);
  one.actor = row.TextAt(8);
  one.recipient = row.TextAt(9);
  one.telling.recipient = row.TextAt(10);
  one.date = row.TextAt(11);
  one.telling.dated_by_report = row.TextAt(12) == "report";
  one.telling.lo = static_cast<int>(row.IntAt(13));
  one.telling.hi = static_cast<int>(row.IntAt(14));
  one.telling.exact = row.IntAt(15) != 0;
  one.auxiliary = row.IntAt(16);
  one.telling.operation = row.TextAt(17);
  one.telling.auxiliary = one.auxiliary;
  one.telling.needs_recipient = row.IntAt(18) != 0;
  one.telling.place = row.TextAt(19);
  one.telling.known = static_cast<int>(row.IntAt(20));
  one.source = row.TextAt(21);
  if (!row.IsNull(22)) one.told = row.TextAt(22);
  return one;
}

}  // namespace

Status Ledger::DeriveEvents(const Progress& progress) {
  const std::string of_pending = std::string(kTelling) +
                                 "pending_blocks p JOIN mentions m ON m.block = p.block LEFT JOIN "
                                 "mention_events x ON x.mention = m.mention WHERE "
                                 "p.block <= $1 ORDER BY m.block, m.mention";
  const std::string of_block =
      std::string(kTelling) + "mentions m LEFT JOIN mention_events x ON x.mention = "
                               "m.mention WHERE m.block = $1 ORDER BY m.mention";
  Query *pending, *one_block, *no_parties, *no_events, *taken;
  EventWriter writer;
  Status status = store_.Prepare(
      {{&pending, of_pending},
       {&one_block, of_block},
       {&no_parties,
        "DELETE FROM event_parties WHERE event IN (SELECT id FROM events WHERE block=$1)"},
       {&no_events, "DELETE FROM events WHERE block=$1"},
       {&taken, "DELETE FROM pending_blocks WHERE block=$1"}});
  if (status) status = writer.Prepare(store_);
  if (!status) return status;
  const auto clear = [&](int64_t block) {
    Status good = no_parties->Int(block).Run();
    if (good) good = no_events->Int(block).Run();
    return good;
  };
  std::vector<FullTelling> tellings;
  // Of the tellings, sorted by block.
  const auto derive = [&](const Corrections& corrections) -> Status {
    std::vector<Group> groups;
    std::vector<Telling> list;
    for (size_t begin = 0; begin < tellings.size(); begin += list.size()) {
      list.clear();
      for (size_t i = begin; i < tellings.size() && tellings[i].block == tellings[begin].block; i++)
        list.push_back(tellings[i].telling);
      for (Group& group : SameActs(list, data_->machine.IsDaily(tellings[begin].event))) {
        for (uint32_t& i : group) i += static_cast<uint32_t>(begin);
        groups.push_back(std::move(group));
      }
    }
    if (!corrections.empty()) Correct(tellings, corrections, groups);
    Status good;
    for (Group& group : groups) {
      if (good) good = writer.Write(tellings, group);
    }
    tellings.clear();
    return good;
  };
  return TakePending(
      "pending_blocks", "block", progress, [&](const std::vector<int64_t>& blocks) -> Status {
        // Read here, where nobody else writes.
        const auto corrections = Corrections::Read(store_);
        if (!corrections) return corrections.error();
        std::set<const std::vector<int64_t>*> tied;
        Status good;
        for (const int64_t block : blocks) {
          if (const auto* together = corrections->TiedTo(block)) {
            tied.insert(together);
          } else if (good) {
            good = clear(block);
          }
        }
        pending->Int(blocks.back());
        if (good) {
          good = pending->EachRow([&]() -> Status {
            const int64_t block = pending->IntAt(0);
            if (corrections->TiedTo(block) != nullptr) return {};
            const Status derived = !tellings.empty() && tellings.back().block != block
                                       ? derive(*corrections)
                                       : Status();
            tellings.push_back(TellingOf(*pending));
            return derived;
          });
        }
        if (good) good = derive(*corrections);
        for (const std::vector<int64_t>* together : tied) {
          for (const int64_t block : *together) {
            if (good) good = clear(block);
            if (good) good = taken->Int(block).Run();
            if (good)
              good =
                  one_block->Int(block).EachRow([&] { tellings.push_back(TellingOf(*one_block)); });
          }
          if (good) good = derive(*corrections);
        }
        return good;
      });
}

}  // namespace entente
