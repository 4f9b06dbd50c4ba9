// SPDX-License-Identifier: Apache-2.0
// From what was read to events and states. Both are derived in pieces, each in a transaction that also takes the
// piece off the list of what is pending, so that a run may end at any moment and the next goes on.
#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "base/hash.h"
#include "base/text.h"
#include "ledger/identity.h"
#include "ledger/ledger.h"

namespace entente {
namespace {

constexpr int64_t kBlocksAtOnce = 4000, kSubjectsAtOnce = 4000;

// A telling with what the event's row takes from it.
struct FullTelling {
  Telling telling;
  std::string event, cameo, quad, actor, recipient, date, source;
  std::optional<double> score;
  int64_t auxiliary = 0;
};

int Detail(const FullTelling& t) {
  return (t.telling.mode.empty() ? 0 : 8) + (t.recipient.empty() ? 0 : 4) + (t.telling.exact ? 2 : 0) + (t.telling.place.empty() ? 0 : 1);
}

}  // namespace

struct Ledger::Corrections {
  std::vector<std::set<std::string>> splits, merges;  // ids of mentions
};

Result<Ledger::Corrections> Ledger::ReadCorrections() {
  const auto query = store_.Prepared("SELECT action, mentions FROM corrections ORDER BY id");
  if (!query) return query.error();
  Corrections corrections;
  for (;;) {
    const auto row = (*query)->Step();
    if (!row) return row.error();
    if (!*row) return corrections;
    std::set<std::string> ids;
    for (const std::string_view id : entente::Split((*query)->TextAt(1), ' ')) ids.emplace(id);
    ((*query)->TextAt(0) == "split" ? corrections.splits : corrections.merges).push_back(std::move(ids));
  }
}

Result<bool> Ledger::Pending() {
  const auto query = store_.Prepared("SELECT EXISTS(SELECT 1 FROM pending_blocks) OR EXISTS(SELECT 1 FROM pending_subjects)");
  if (!query) return query.error();
  const auto row = (*query)->Step();
  if (!row) return row.error();
  const bool pending = (*query)->TextAt(0) == "1" || (*query)->TextAt(0) == "t";
  (*query)->Reset();
  return pending;
}

Status Ledger::Derive(const Progress& progress) {
  // Other state machines than those that folded what is there: all states are folded anew.
  const auto folded = store_.Meta("machine");
  if (!folded) return folded.error();
  if (*folded != data_->machine.fingerprint()) {
    Database& db = store_.database();
    Status status = db.BeginWrite();
    if (status) status = db.Execute("INSERT INTO pending_subjects SELECT subject FROM subjects WHERE true ON CONFLICT DO NOTHING");
    if (status) status = store_.SetMeta("machine", data_->machine.fingerprint());
    if (!status) {
      db.Rollback();
      return status;
    }
    if (status = db.Commit(); !status) return status;
  }
  const auto corrections = ReadCorrections();
  if (!corrections) return corrections.error();
  if (const Status status = DeriveBlocks(*corrections, progress); !status) return status;
  return DeriveStates(progress);
}

Status Ledger::Rebuild(const Progress& progress) {
  Database& db = store_.database();
  Status status = db.BeginWrite();
  if (status) {
    status = db.Execute(
        "DELETE FROM mention_events; DELETE FROM events; DELETE FROM event_parties; DELETE FROM states;"
        "DELETE FROM pending_blocks; DELETE FROM pending_subjects;"
        "INSERT INTO pending_blocks SELECT DISTINCT block FROM mentions;"
        "INSERT INTO pending_subjects SELECT subject FROM subjects;");
  }
  if (status) status = store_.SetMeta("machine", data_->machine.fingerprint());
  if (!status) {
    db.Rollback();
    return status;
  }
  if (status = db.Commit(); !status) return status;
  const auto corrections = ReadCorrections();
  if (!corrections) return corrections.error();
  if (status = DeriveBlocks(*corrections, progress); !status) return status;
  return DeriveStates(progress);
}

Status Ledger::DeriveBlocks(const Corrections& corrections, const Progress& progress) {
  Database& db = store_.database();
  std::unordered_map<std::string, int> split_of, merge_of;
  for (size_t i = 0; i < corrections.splits.size(); i++) {
    for (const std::string& id : corrections.splits[i]) split_of[id] = static_cast<int>(i);
  }
  for (size_t i = 0; i < corrections.merges.size(); i++) {
    for (const std::string& id : corrections.merges[i]) merge_of[id] = static_cast<int>(i);
  }
  const auto count = store_.Prepared("SELECT COUNT(*) FROM pending_blocks");
  if (!count) return count.error();
  if (const auto row = (*count)->Step(); !row) return row.error();
  const int64_t all = (*count)->IntAt(0);
  (*count)->Reset();
  const auto page = store_.Prepared("SELECT block FROM pending_blocks ORDER BY block LIMIT $1");
  const auto tellings = store_.Prepared(
      "SELECT m.block, m.mention, m.id, m.event, m.mode, m.cameo, m.quad, m.score, m.actor, m.recipient, m.compared, m.date, m.date_how, "
      "m.first_day, m.last_day, m.exact, m.auxiliary, m.operation, m.needs_recipient, m.place, m.known, m.source "
      "FROM pending_blocks p JOIN mentions m ON m.block = p.block WHERE p.block <= $1 ORDER BY m.block, m.mention");
  const auto no_parties = store_.Prepared("DELETE FROM event_parties WHERE event IN (SELECT id FROM events WHERE block=$1)");
  const auto no_events = store_.Prepared("DELETE FROM events WHERE block=$1");
  const auto add_event = store_.Prepared(
      "INSERT INTO events(id, block, mention, event, mode, cameo, quad, score, actor, recipient, date, auxiliary, place, first_known, "
      "last_known, reports, sources) VALUES($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17)");
  const auto add_party = store_.Prepared("INSERT INTO event_parties(party, side, event) VALUES($1,$2,$3)");
  const auto add_mention = store_.Prepared(
      "INSERT INTO mention_events(mention, event) VALUES($1,$2) ON CONFLICT(mention) DO UPDATE SET event=excluded.event");
  const auto done_with = store_.Prepared("DELETE FROM pending_blocks WHERE block<=$1");
  for (const auto* query : {&page, &tellings, &no_parties, &no_events, &add_event, &add_party, &add_mention, &done_with}) {
    if (!*query) return query->error();
  }

  const auto derive = [&](int64_t block, std::vector<FullTelling>& full) -> Status {
    std::vector<Telling> list;
    list.reserve(full.size());
    for (const FullTelling& one : full) list.push_back(one.telling);
    auto groups = SameActs(list, data_->machine.IsDaily(full.front().event));
    // By hand: first what was split off, then what was put together.
    std::map<int, std::vector<uint32_t>> apart;
    for (auto& group : groups) {
      std::erase_if(group, [&](uint32_t i) {
        const auto it = split_of.find(list[i].id);
        if (it == split_of.end()) return false;
        apart[it->second].push_back(i);
        return true;
      });
    }
    for (auto& [number, group] : apart) groups.push_back(std::move(group));
    std::erase_if(groups, [](const auto& group) { return group.empty(); });
    if (!merge_of.empty()) {
      std::map<int, size_t> where;
      for (size_t g = 0; g < groups.size(); g++) {
        for (size_t i = 0; i < groups[g].size(); i++) {
          const auto it = merge_of.find(list[groups[g][i]].id);
          if (it == merge_of.end()) continue;
          const auto [target, first] = where.emplace(it->second, g);
          if (first || target->second == g) continue;
          // All of the group goes over; groups merged before stay where they are.
          auto& into = groups[target->second];
          into.insert(into.end(), groups[g].begin(), groups[g].end());
          groups[g].clear();
          for (auto& [number, at] : where) {
            if (at == g) at = target->second;
          }
          break;
        }
      }
      std::erase_if(groups, [](const auto& group) { return group.empty(); });
    }
    for (auto& group : groups) {
      std::sort(group.begin(), group.end(), [&](uint32_t a, uint32_t b) {
        return std::tie(list[a].known, list[a].id, list[a].lo, list[a].hi) < std::tie(list[b].known, list[b].id, list[b].lo, list[b].hi);
      });
      const FullTelling* best = nullptr;
      std::map<int, int> days;
      std::set<int64_t> reports;
      std::set<std::string> sources;
      for (const uint32_t i : group) {
        const FullTelling& t = full[i];
        if (best == nullptr || Detail(t) > Detail(*best)) best = &t;
        if (t.telling.exact) days[t.telling.hi]++;
        reports.insert(t.telling.report());
        sources.insert(t.source);
      }
      // The day that most tell, else what the first says.
      std::string date = best->date;
      if (!days.empty()) {
        const auto most = std::max_element(days.begin(), days.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
        date = DayText(most->first);
      } else if (best->telling.lo == best->telling.hi) {
        for (const uint32_t i : group) {
          if (full[i].telling.lo == full[i].telling.hi) date = std::min(date, full[i].date);
        }
      }
      const std::string& id = list[group.front()].id;
      Query& e = **add_event;
      e.Text(id).Int(block).Int(best->telling.key).Text(best->event).Text(best->telling.mode).Text(best->cameo).Text(best->quad);
      if (best->score) {
        e.Real(*best->score);
      } else {
        e.Null();
      }
      Status status = e.Text(best->actor).Text(best->recipient).Text(date).Int(best->auxiliary).Text(best->telling.place)
                          .Text(DayText(list[group.front()].known)).Text(DayText(list[group.back()].known))
                          .Int(static_cast<int64_t>(reports.size())).Int(static_cast<int64_t>(sources.size())).Run();
      for (const auto& [side, parties] : {std::pair{"actor", &best->actor}, {"recipient", &best->recipient}}) {
        std::vector<std::string> keys;  // "VEN GOV" can be asked for as it is and as "VEN"
        for (const std::string_view one : entente::Split(*parties, ';')) {
          for (const std::string_view key : {one, one.substr(0, one.find(' '))}) {
            if (!key.empty() && std::find(keys.begin(), keys.end(), key) == keys.end()) keys.emplace_back(key);
          }
        }
        for (const std::string& key : keys) {
          if (status) status = (*add_party)->Text(key).Text(side).Text(id).Run();
        }
      }
      for (const uint32_t i : group) {
        if (status) status = (*add_mention)->Int(list[i].key).Text(id).Run();
      }
      if (!status) return status;
    }
    return {};
  };

  for (int64_t done = 0;;) {
    if (progress && !progress(done, all)) return {};
    if (const Status status = db.BeginWrite(); !status) return status;
    const auto work = [&]() -> Result<int64_t> {
      std::vector<int64_t> blocks;
      (*page)->Int(kBlocksAtOnce);
      for (;;) {
        const auto row = (*page)->Step();
        if (!row) return row.error();
        if (!*row) break;
        blocks.push_back((*page)->IntAt(0));
      }
      if (blocks.empty()) return int64_t{0};
      for (const int64_t block : blocks) {
        Status status = (*no_parties)->Int(block).Run();
        if (status) status = (*no_events)->Int(block).Run();
        if (!status) return status.error();
      }
      Query& t = **tellings;
      t.Int(blocks.back());
      std::vector<FullTelling> full;
      int64_t block = -1;
      for (;;) {
        const auto row = t.Step();
        if (!row) return row.error();
        const int64_t next = *row ? t.IntAt(0) : -1;
        if (next != block && !full.empty()) {
          if (const Status status = derive(block, full); !status) return status.error();
          full.clear();
        }
        if (!*row) break;
        block = next;
        FullTelling& one = full.emplace_back();
        one.telling.key = t.IntAt(1);
        one.telling.id = t.TextAt(2);
        one.event = t.TextAt(3);
        one.telling.mode = t.TextAt(4);
        one.cameo = t.TextAt(5);
        one.quad = t.TextAt(6);
        if (!t.IsNull(7)) one.score = t.RealAt(7);
        one.actor = t.TextAt(8);
        one.recipient = t.TextAt(9);
        one.telling.recipient = t.TextAt(10);
        one.date = t.TextAt(11);
        one.telling.dated_by_report = t.TextAt(12) == "report";
        one.telling.lo = static_cast<int>(t.IntAt(13));
        one.telling.hi = static_cast<int>(t.IntAt(14));
        one.telling.exact = t.IntAt(15) != 0;
        one.auxiliary = t.IntAt(16);
        one.telling.aux = one.auxiliary << 32 | (HashKey(t.TextAt(17)) & 0xFFFFFFFF);
        one.telling.needs_recipient = t.IntAt(18) != 0;
        one.telling.place = t.TextAt(19);
        one.telling.known = static_cast<int>(t.IntAt(20));
        one.source = t.TextAt(21);
      }
      if (const Status status = (*done_with)->Int(blocks.back()).Run(); !status) return status.error();
      return static_cast<int64_t>(blocks.size());
    };
    const auto worked = work();
    if (!worked) {
      db.Rollback();
      return worked.error();
    }
    if (const Status status = db.Commit(); !status) return status;
    if (*worked == 0) return {};
    done += *worked;
  }
}

Status Ledger::DeriveStates(const Progress& progress) {
  Database& db = store_.database();
  const Machine& machine = data_->machine;
  const auto count = store_.Prepared("SELECT COUNT(*) FROM pending_subjects");
  if (!count) return count.error();
  if (const auto row = (*count)->Step(); !row) return row.error();
  const int64_t all = (*count)->IntAt(0);
  (*count)->Reset();
  const auto page = store_.Prepared("SELECT subject FROM pending_subjects ORDER BY subject LIMIT $1");
  const auto moves = store_.Prepared(
      "SELECT v.subject, s.kind, v.state, v.since, v.no_later, v.first_day, v.last_day, v.on_day, v.known "
      "FROM pending_subjects p JOIN moves v ON v.subject = p.subject JOIN subjects s ON s.subject = p.subject "
      "WHERE p.subject <= $1 AND v.force = '' ORDER BY v.subject");
  const auto none = store_.Prepared("DELETE FROM states WHERE subject=$1");
  const auto add = store_.Prepared(
      "INSERT INTO states(subject, kind, state, since, no_later, from_day, to_day, on_day, lapsed, conflict, against, known_from, known_to) "
      "VALUES($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)");
  const auto done_with = store_.Prepared("DELETE FROM pending_subjects WHERE subject<=$1");
  for (const auto* query : {&page, &moves, &none, &add, &done_with}) {
    if (!*query) return query->error();
  }
  const auto fold = [&](int64_t subject, const std::string& kind, std::vector<FoldMove> list) -> Status {
    for (const Spell& spell : Fold(machine, std::move(list))) {
      const Status status = (*add)->Int(subject).Text(kind).Text(machine.states()[spell.state].name).Text(spell.since.Text())
                                .Int(spell.no_later).Int(spell.from).Int(spell.to).Int(spell.on).Int(spell.lapsed).Int(spell.conflict)
                                .Text(spell.against < 0 ? "" : machine.states()[spell.against].name).Int(spell.known_from).Int(spell.known_to).Run();
      if (!status) return status;
    }
    return {};
  };
  for (int64_t done = 0;;) {
    if (progress && !progress(done, all)) return {};
    if (const Status status = db.BeginWrite(); !status) return status;
    const auto work = [&]() -> Result<int64_t> {
      std::vector<int64_t> subjects;
      (*page)->Int(kSubjectsAtOnce);
      for (;;) {
        const auto row = (*page)->Step();
        if (!row) return row.error();
        if (!*row) break;
        subjects.push_back((*page)->IntAt(0));
      }
      if (subjects.empty()) return int64_t{0};
      for (const int64_t subject : subjects) {
        if (const Status status = (*none)->Int(subject).Run(); !status) return status.error();
      }
      Query& v = **moves;
      v.Int(subjects.back());
      int64_t subject = -1;
      std::string kind;
      std::vector<FoldMove> list;
      for (;;) {
        const auto row = v.Step();
        if (!row) return row.error();
        const int64_t next = *row ? v.IntAt(0) : -1;
        if (next != subject && !list.empty()) {
          if (const Status status = fold(subject, kind, std::move(list)); !status) return status.error();
          list.clear();
        }
        if (!*row) break;
        subject = next;
        kind = v.TextAt(1);
        FoldMove move;
        move.state = machine.FindState(kind, v.TextAt(2));
        if (move.state < 0) continue;  // a state that the data no longer have
        if (const auto since = ParseIsoDate(v.TextAt(3))) move.since = *since;
        move.no_later = v.IntAt(4) != 0;
        move.lo = static_cast<int>(v.IntAt(5));
        move.hi = static_cast<int>(v.IntAt(6));
        move.on = static_cast<int>(v.IntAt(7));
        move.known = static_cast<int>(v.IntAt(8));
        list.push_back(move);
      }
      if (const Status status = (*done_with)->Int(subjects.back()).Run(); !status) return status.error();
      return static_cast<int64_t>(subjects.size());
    };
    const auto worked = work();
    if (!worked) {
      db.Rollback();
      return worked.error();
    }
    if (const Status status = db.Commit(); !status) return status;
    if (*worked == 0) return {};
    done += *worked;
  }
}

}  // namespace entente
