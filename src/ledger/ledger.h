// SPDX-License-Identifier: Apache-2.0
// The ledger: what happened and what holds, since when, and how we know. Reports are kept in a Store; events
// across reports and the spells of states are derived from them and can be thrown away and derived anew.
//   auto data = LedgerData::Load(root);
//   auto ledger = Ledger::Open(*data, "entente.db", Store::Mode::kWrite);
//   ledger->store().Keep(data->machine, reports, failures);
//   ledger->Derive({});
//   auto rows = ledger->Ask({.kind = "membership", .of = "UNASUR", .as_of = day});
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "ledger/facts.h"
#include "ledger/machine.h"
#include "ledger/store.h"
#include "lexicon/actors.h"
#include "lexicon/ontology.h"

namespace entente {

// The data that the ledger needs, which are the same for every language. Immutable; serves all threads.
struct LedgerData {
  Ontology ontology;
  Actors actors;
  Machine machine;
  Facts facts;

  // `root` holds data/. An error names all mistakes of the data.
  static Result<std::unique_ptr<LedgerData>> Load(const std::string& root);
  // Machine and facts for `lint`, which has read the rest; mistakes are collected.
  static Status Check(const std::string& root, const Ontology& ontology, const Actors& actors, std::vector<Problem>& problems);
};

struct StateFilter {
  std::string kind;   // "" all
  std::string of;     // the value of the role `of`
  std::string actor;  // a party in any role
  std::string state;
  int as_of = kNever;     // kNever: the day of the newest report
  int known_at = kNever;  // kNever: all that is known
  std::optional<int> facts_known_at;  // of facts, if it is another day
  bool past = false;      // also what is over: offices left, meetings held
  bool pressure = true;   // with what presses on a state
};

struct Evidence {
  std::string event, mention;  // ids
  std::string report, title, source, date, sentence, text;
  std::string says;            // the state that it tells, with its force if it is none: "threat: withdrawn"
};

struct Pressure {
  std::string force, state, date, on;
  std::vector<std::string> events;
};

// The views are of the LedgerData of the ledger that was asked, or of constants.
struct StateRow {
  int64_t subject = 0;
  std::string_view kind;
  std::string name, roles;        // roles: members of a JSON object
  std::string_view state;         // "" if only pressure is known
  std::string since, until, on, lapses, known_since;
  std::string_view since_precision;
  bool from_facts = false;        // origin: facts or reports
  std::vector<std::string> events;
  std::vector<std::string_view> facts, sources;  // ids, and the source of each
  bool conflict = false;
  std::string_view against;       // the state that it could not follow
  std::string topic;              // what it is about, as the newest report says that tells it
  std::vector<Pressure> pressure;
  std::string_view change;        // of a diff: began, ended; of what was learnt: new, corrected, confirmed, withdrawn
  std::vector<std::pair<std::string, std::string>> was;  // of a correction: fields with their old values
  // As days, for sorting and asking further.
  int from = 0, to = kNever, known = kNever;
  int kind_index = -1, state_index = -1;
  int topic_known = kAlways;      // when the topic was told
  bool told = false;              // `events` is complete
};

struct EventFilter {
  std::string actor, recipient, party, event, mode, id;
  int since = kAlways, until = kNever;
  int known_at = kNever;  // as known on this day
  int64_t limit = 0;      // 0: all
  bool why = false;       // with the tellings
};

struct EventRow {
  std::string id, event, mode, cameo, quad, actor, recipient, date, place, first_known, last_known;
  std::optional<double> score;
  int64_t auxiliary = 0, reports = 0, sources = 0;
  std::string text, sentence, record;  // of the telling that says most
  std::vector<Evidence> why;
};

// What reports of a later day did to an event.
struct EventChange {
  std::string change;  // new, corrected, confirmed (more reports tell the same), withdrawn
  EventRow row;        // as it is now; of what is withdrawn, as it was
  std::vector<std::pair<std::string, std::string>> was;  // fields of a correction with their old values
  std::vector<std::string> from, into;  // ids of events that told some of its tellings before, or tell them now
};

// What is done so far, for a line of progress; false asks to stop (what is done is kept).
using Progress = std::function<bool(int64_t done, int64_t all)>;

class Ledger {
 public:
  static Result<Ledger> Open(const LedgerData& data, const std::string& address, Store::Mode mode);

  Store& store() { return store_; }
  // Brings events and states up to date with what is kept. Interrupted, the next call goes on.
  Status Derive(const Progress& progress);
  // Forgets all that is derived and derives it anew.
  Status Rebuild(const Progress& progress);
  // True if something that was kept waits to be derived.
  Result<bool> Pending();

  // Day of the newest report; kAlways if there is none.
  Result<int> NewestDay();
  // What held on a day, sorted by kind, subject and day.
  Result<std::vector<StateRow>> Ask(const StateFilter& filter);
  // All spells of the filter's subjects by day; `as_of` is not regarded.
  Result<std::vector<StateRow>> Timeline(const StateFilter& filter);
  // What began and what ended between two days.
  Result<std::vector<StateRow>> Diff(StateFilter filter, int from, int to);
  // The tellings behind a row, by date of report; facts stand in the row itself.
  Result<std::vector<Evidence>> Why(const StateRow& row, int known_at);

  // What reports after the day `since` taught of the filter's states, over all time; with `as_of` only of those that
  // held on that day, or were believed to.
  Result<std::vector<StateRow>> StateChanges(StateFilter filter, int since);

  // Calls `row` for every event of the filter by date and id.
  Status Events(const EventFilter& filter, const std::function<bool(const EventRow&)>& row);
  // Calls `use` for every event that reports after the day `since` made, changed or took back, if it fits the filter
  // now or did so before. Applied to the answer of that day the changes give the answer of now. Reports without a
  // date and corrections by hand count as known always.
  Status EventChanges(const EventFilter& filter, int since, const std::function<bool(const EventChange&)>& use);
  // The tellings of an event, by date of report; the id may be that of any of them.
  Result<std::vector<Evidence>> Tellings(const std::string& event);

  // By hand: the tellings are one event of their own; the events are one, with all that will be told of them. They
  // survive a rebuild.
  Status Split(const std::vector<std::string>& mentions);
  Status Merge(const std::vector<std::string>& events);

 private:
  Ledger(const LedgerData& data, Store store) : data_(&data), store_(std::move(store)) {}

  Status DeriveEvents(const Progress& progress);
  Status DeriveStates(const Progress& progress);
  // Calls `work` with the keys that wait in a table, some in a transaction, and takes them off it.
  Status TakePending(const std::string& table, const std::string& key, const Progress& progress,
                     const std::function<Status(const std::vector<int64_t>&)>& work);
  // SQL for the blocks of which a report after the day tells.
  Result<std::string> TouchedAfter(int day);
  // A ledger in memory of the tellings of these blocks that were known on the day; `undated` of those too of which
  // nobody knows when.
  Result<Ledger> AsKnown(const std::string& blocks, int day, bool undated);
  // The events as they are kept; `only` is SQL on the table e, or empty.
  Status EventsOfStore(const EventFilter& filter, const std::string& only, const std::function<bool(const EventRow&)>& row);
  // Of filter.as_of, sorted by kind and name; or of all days, sorted by day.
  Result<std::vector<StateRow>> Spells(const StateFilter& filter, bool all_days);
  Status AddEvidence(std::vector<StateRow>& rows, int known_at);

  const LedgerData* data_;
  Store store_;
};

}  // namespace entente
