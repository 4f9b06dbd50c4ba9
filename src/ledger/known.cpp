// SPDX-License-Identifier: Apache-2.0
// What was known on a day, and what was learnt after it. Reports of a later day can change only the
// events of the blocks that they tell of: those blocks are derived again, in memory, of the
// tellings of that day; all other events are as they are now. So the answer is by construction that
// of a store into which no later report came.
#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "ledger/ledger.h"
#include "ledger/rows.h"

namespace entente {
namespace {

// What an event says; the rest (how many reports, whose words) is only evidence.
constexpr const char* kSaid[] = {"date",  "event", "mode",      "cameo",     "quad",
                                 "score", "actor", "recipient", "auxiliary", "place", "place_name"};

// Rows of one store into another of the same schema.
Status Copy(Store& from, Store& to, const std::string& table, const std::string& of) {
  const auto rows = from.database().Prepare("SELECT t.* FROM " + table + " t " + of);
  if (!rows) return rows.error();
  Query& q = **rows;
  std::string names, values;
  std::vector<bool> real;
  for (int i = 0; i < q.Columns(); i++) {
    const std::string name = q.ColumnName(i);
    names += (i > 0 ? "," : "") + name;
    values += (i > 0 ? ",$" : "$") + std::to_string(i + 1);
    real.push_back(name == "score");
  }
  const auto add =
      to.database().Prepare("INSERT INTO " + table + "(" + names + ") VALUES(" + values + ")");
  if (!add) return add.error();
  return q.EachRow([&] {
    for (int i = 0; i < q.Columns(); i++) {
      if (q.IsNull(i)) {
        (*add)->Null();
      } else if (real[static_cast<size_t>(i)]) {
        (*add)->Real(q.RealAt(i));
      } else if (q.IsNumber(i)) {
        (*add)->Int(q.IntAt(i));
      } else {
        (*add)->Text(q.TextAt(i));
      }
    }
    return (*add)->Run();
  });
}

bool Before(const EventRow& a, const EventRow& b) {
  return std::tie(a.date, a.id) < std::tie(b.date, b.id);
}

using ById = std::map<std::string, EventRow>;

// Which event each telling is of; `only` is SQL on the table m.
Result<std::map<int64_t, std::string>> EventsOfTellings(Store& store, const std::string& only) {
  const auto query = store.Prepared(
      "SELECT x.mention, x.event FROM mention_events x JOIN mentions m ON m.mention = x.mention "
      "WHERE " +
      only);
  if (!query) return query.error();
  std::map<int64_t, std::string> events;
  const Status status = (*query)->EachRow(
      [&] { events.emplace((*query)->IntAt(0), std::string((*query)->TextAt(1))); });
  if (!status) return status.error();
  return events;
}

bool SameEvidence(const EventRow& a, const EventRow& b) {
  return std::tie(a.first_known, a.last_known, a.reports, a.sources, a.record) ==
         std::tie(b.first_known, b.last_known, b.reports, b.sources, b.record);
}

}  // namespace

Result<std::string> Ledger::TouchedAfter(int day) {
  std::string blocks = "SELECT block FROM mentions WHERE known > " + std::to_string(day);
  // What was corrected by hand may tie blocks together.
  const auto corrections = store_.Prepared("SELECT mentions FROM corrections");
  const auto find = store_.Prepared("SELECT DISTINCT block FROM mentions WHERE id=$1");
  if (!corrections) return corrections.error();
  if (!find) return find.error();
  std::set<std::string> ids;
  Status status = (*corrections)->EachRow([&] {
    for (const std::string_view id : entente::Split((*corrections)->TextAt(0), ' '))
      ids.emplace(id);
  });
  for (const std::string& id : ids) {
    (*find)->Text(id);
    if (status)
      status =
          (*find)->EachRow([&] { blocks += " UNION SELECT " + std::to_string((*find)->IntAt(0)); });
  }
  if (!status) return status.error();
  return blocks;
}

Result<Ledger> Ledger::AsKnown(const std::string& blocks, int day, bool undated) {
  auto past = Open(*data_, ":memory:", Store::Mode::kWrite);
  if (!past) return past;
  Store& to = past->store_;
  std::string known = "(m.known <= " + std::to_string(day);
  if (undated) known += " OR m.known >= " + std::to_string(kNever);
  known += ")";
  const std::string only = "m.block IN (" + blocks + ") AND " + known;
  Status status = to.database().Write([&]() -> Status {
    Status copied =
        Copy(store_, to, "reports",
             "WHERE t.number IN (SELECT m.mention / 1048576 FROM mentions m WHERE " + only + ")");
    if (copied)
      copied =
          Copy(store_, to, "mentions", "JOIN mentions m ON m.mention = t.mention WHERE " + only);
    if (copied)
      copied =
          Copy(store_, to, "records", "JOIN mentions m ON m.mention = t.mention WHERE " + only);
    if (copied) copied = Copy(store_, to, "corrections", "");
    if (copied)
      copied =
          to.database().Execute("INSERT INTO pending_blocks SELECT DISTINCT block FROM mentions");
    return copied;
  });
  if (status) status = past->Derive({});
  if (!status) return status.error();
  return past;
}

Status Ledger::Events(const EventFilter& filter, const std::function<bool(const EventRow&)>& use) {
  if (filter.known_at >= kNever) return EventsOfStore(filter, "", use);
  const auto blocks = TouchedAfter(filter.known_at);
  if (!blocks) return blocks.error();
  auto past = AsKnown(*blocks, filter.known_at, false);
  if (!past) return past.error();
  EventFilter of_all = filter;
  of_all.known_at = kNever;
  std::vector<EventRow> rows;
  Status status = past->EventsOfStore(of_all, "", [&](const EventRow& row) {
    rows.push_back(row);
    return true;
  });
  if (!status) return status;
  size_t next = 0;
  int64_t written = 0;
  const auto put = [&](const EventRow& row) { return use(row) && ++written != filter.limit; };
  bool more = true;
  status = EventsOfStore(of_all, "e.block NOT IN (" + *blocks + ")", [&](const EventRow& row) {
    while (more && next < rows.size() && Before(rows[next], row)) more = put(rows[next++]);
    more = more && put(row);
    return more;
  });
  while (status && more && next < rows.size()) more = put(rows[next++]);
  return status;
}

Status Ledger::EventChanges(const EventFilter& filter, int since,
                            const std::function<bool(const EventChange&)>& use) {
  const auto blocks = TouchedAfter(since);
  if (!blocks) return blocks.error();
  auto past = AsKnown(*blocks, since, true);
  if (!past) return past.error();
  Ledger* present = this;
  std::optional<Ledger> later;
  if (filter.known_at < kNever) {
    auto known = AsKnown(*blocks, filter.known_at, true);
    if (!known) return known.error();
    later.emplace(std::move(*known));
    present = &*later;
  }
  EventFilter of_all = filter;
  of_all.known_at = kNever;
  of_all.limit = 0;
  ById then, now;
  for (const auto& [ledger, rows] : {std::pair{&*past, &then}, {present, &now}}) {
    const Status status = ledger->EventsOfStore(
        of_all, ledger == this ? "e.block IN (" + *blocks + ")" : "", [&](const EventRow& row) {
          rows->emplace(row.id, row);
          return true;
        });
    if (!status) return status;
  }
  // What fits the filter on one side only may be there on the other all the same.
  const auto complete = [&](Ledger& ledger, const ById& have, ById& lack) -> Status {
    std::vector<EventRow> found;
    for (const auto& [id, row] : have) {
      if (lack.count(id) != 0) continue;
      EventFilter one;
      one.id = id;
      one.why = filter.why;
      const Status status = ledger.EventsOfStore(one, "", [&](const EventRow& other) {
        if (other.id == row.id) found.push_back(other);
        return true;
      });
      if (!status) return status;
    }
    for (EventRow& row : found) lack.emplace(row.id, std::move(row));
    return {};
  };
  Status status = complete(*present, then, now);
  if (status) status = complete(*past, now, then);
  if (!status) return status;
  // Tellings that went from one event to another.
  const auto were = EventsOfTellings(past->store_, "true"),
             are = EventsOfTellings(present->store_,
                                    present == this ? "m.block IN (" + *blocks + ")" : "true");
  if (!were) return were.error();
  if (!are) return are.error();
  std::map<std::string, std::set<std::string>> from, into;
  for (const auto& [telling, event] : *were) {
    const auto it = are->find(telling);
    if (it == are->end() || it->second == event) continue;
    from[it->second].insert(event);
    into[event].insert(it->second);
  }
  std::vector<EventChange> changes;
  const auto list = [](const auto& sets, const std::string& id) {
    const auto it = sets.find(id);
    return it == sets.end() ? std::vector<std::string>()
                            : std::vector<std::string>(it->second.begin(), it->second.end());
  };
  const auto add = [&](const char* change, EventRow& row) -> EventChange& {
    changes.push_back({change, row, {}, list(from, row.id), list(into, row.id)});
    return changes.back();
  };
  for (auto& [id, row] : now) {
    const auto it = then.find(id);
    if (it == then.end()) {
      add("new", row);
      continue;
    }
    std::vector<std::pair<std::string, std::string>> was;
    const std::vector<EventCell> old = EventCells(it->second), fresh = EventCells(row);
    for (size_t i = 0; i < old.size(); i++) {
      if (old[i].value != fresh[i].value &&
          std::find(std::begin(kSaid), std::end(kSaid), std::string(old[i].name)) !=
              std::end(kSaid)) {
        was.emplace_back(old[i].name, old[i].value);
      }
    }
    const bool moved = from.count(id) + into.count(id) > 0;
    if (!was.empty() || moved) {
      add("corrected", row).was = std::move(was);
    } else if (!SameEvidence(it->second, row)) {
      add("confirmed", row);
    }
  }
  for (auto& [id, row] : then) {
    if (now.count(id) == 0) add("withdrawn", row);
  }
  std::sort(changes.begin(), changes.end(),
            [](const EventChange& a, const EventChange& b) { return Before(a.row, b.row); });
  int64_t written = 0;
  for (const EventChange& change : changes) {
    if (!use(change) || ++written == filter.limit) break;
  }
  return {};
}

Result<std::vector<StateRow>> Ledger::StateChanges(StateFilter filter, int since) {
  filter.pressure = false;
  auto now = Timeline(filter);
  if (!now) return now;
  // Facts are known always: they come with the program and not with the reports.
  filter.facts_known_at = filter.known_at;
  filter.known_at = since;
  auto then = Timeline(filter);
  if (!then) return then;
  const auto on_the_day = [&](const StateRow& row) {
    return filter.as_of == kNever || (row.from <= filter.as_of && filter.as_of < row.to);
  };
  std::map<std::pair<int64_t, std::string_view>, std::vector<StateRow*>> old;
  for (StateRow& row : *then) old[{row.subject, row.state}].push_back(&row);
  std::vector<StateRow> changes;
  // The same spell: first what begins and ends on the same days, then what meets it.
  std::map<StateRow*, StateRow*> same;  // by the row of now
  for (const bool exactly : {true, false}) {
    for (StateRow& row : *now) {
      if (same.count(&row) != 0) continue;
      auto& candidates = old[{row.subject, row.state}];
      const auto it =
          std::find_if(candidates.begin(), candidates.end(), [&](const StateRow* other) {
            return exactly ? other->from == row.from && other->to == row.to &&
                                 other->from_facts == row.from_facts
                           : other->from < row.to && row.from < other->to;
          });
      if (it == candidates.end()) continue;
      same[&row] = *it;
      candidates.erase(it);
    }
  }
  for (StateRow& row : *now) {
    const auto it = same.find(&row);
    const StateRow* before = it == same.end() ? nullptr : it->second;
    if (!on_the_day(row) && (before == nullptr || !on_the_day(*before))) continue;
    if (before == nullptr) {
      row.change = "new";
    } else {
      const auto compare = [&](const char* name, std::string_view is, std::string_view was) {
        if (is != was) row.was.emplace_back(name, was);
      };
      compare("since", row.since, before->since);
      compare("since_precision", row.since_precision, before->since_precision);
      compare("until", row.until, before->until);
      compare("lapses", row.lapses, before->lapses);
      compare("on", row.on, before->on);
      compare("topic", row.topic, before->topic);
      compare("against", row.against, before->against);
      if (row.conflict != before->conflict)
        row.was.emplace_back("conflict", before->conflict ? "true" : "false");
      const bool evidence = row.events != before->events || row.facts != before->facts ||
                            row.from_facts != before->from_facts;
      row.change = !row.was.empty() ? "corrected" : evidence ? "confirmed" : "";
    }
    if (!row.change.empty()) changes.push_back(row);
  }
  for (const auto& [key, rows] : old) {
    for (StateRow* row : rows) {
      if (!on_the_day(*row)) continue;
      row->change = "withdrawn";
      changes.push_back(*row);
    }
  }
  std::stable_sort(changes.begin(), changes.end(), [&](const StateRow& a, const StateRow& b) {
    const int x = data_->machine.FindKind(a.kind), y = data_->machine.FindKind(b.kind);
    return std::tie(a.from, x, a.name, a.state_index, a.from_facts, a.to) <
           std::tie(b.from, y, b.name, b.state_index, b.from_facts, b.to);
  });
  return changes;
}

}  // namespace entente
