// SPDX-License-Identifier: Apache-2.0
// Questions to the ledger. Spells that reports tell come from the store, those of facts from memory; where both
// speak of one subject they are put together here: what agrees is one row, what does not are two rows marked as a
// conflict, what was overtaken by the other is left out.
#include <algorithm>
#include <cstring>
#include <deque>
#include <memory_resource>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <variant>

#include "base/text.h"
#include "ledger/ledger.h"
#include "ledger/told.h"
#include "writer/cells.h"

namespace entente {
namespace {

// How long a promise, demand or threat presses.
constexpr int kPressureDays = 365;

std::string_view PrecisionText(const Date& date, bool no_later) {
  if (no_later) return "no later than";
  switch (date.precision()) {
    case Precision::kDay: return "day";
    case Precision::kMonth: return "month";
    case Precision::kYear: return "year";
    case Precision::kNone: break;
  }
  return "";
}

std::string Spaced(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c == '\t' || c == '\n' ? ' ' : c;
  return out;
}

bool HasRole(std::string_view roles, const std::string& role, const std::string& value) {
  const std::string one = "\"" + role + "\":\"" + value + "\"";
  for (size_t at = roles.find(one); at != std::string_view::npos; at = roles.find(one, at + 1)) {
    if (at == 0 || roles[at - 1] == ',') return true;
  }
  return false;
}

// "COL of UNASUR" out of the subject's key, by the names of the kind's roles.
std::string ReadableName(const Machine& machine, int kind, std::string_view key) {
  const KindSpec& spec = machine.kinds()[kind];
  std::string out;
  out.reserve(key.size() + 16);
  const auto add = [&](std::string_view part) {
    for (const char c : part) {
      out += c == '+' ? ',' : c;
      if (c == '+') out += ' ';
    }
  };
  for (size_t i = 0; i < spec.roles.size() || i == 0; i++) {
    const size_t end = key.find('|');
    const std::string_view part = key.substr(0, end);
    if (!part.empty()) {
      if (i > 0) (out += ' ').append(spec.roles[i].name) += ' ';
      add(part);
    }
    if (spec.by_parties || end == std::string_view::npos) break;
    key.remove_prefix(end + 1);
  }
  return out;
}

// A spell that may be shown, as light as can be: rows are made of those that are, in their order. The views are of
// the arena or of the facts.
struct Candidate {
  int64_t subject = 0;
  int kind = 0;
  Spell spell;                         // state -1: nothing but pressure is known
  std::string_view name, roles, told;  // told: as in told.h; empty if the moves are to be asked
  const FactSubject* facts = nullptr;  // of a spell of facts
  std::vector<const Candidate*> agree; // facts that say the same
  bool conflict = false;
  int against = -1;
};

struct Candidates {
  std::pmr::monotonic_buffer_resource arena{size_t{1} << 18};
  std::pmr::deque<Candidate> all{&arena};  // they stay where they were made

  std::string_view Keep(std::string_view text) {
    if (text.empty()) return {};
    char* copy = static_cast<char*>(arena.allocate(text.size(), 1));
    std::memcpy(copy, text.data(), text.size());
    return {copy, text.size()};
  }
};

// Of one subject: what reports say, and what facts say.
struct Both {
  std::vector<Candidate*> reports, facts;
};

// SQL with its values.
struct Statement {
  std::string sql;
  std::vector<std::variant<int64_t, std::string>> values;
  std::string Of(std::variant<int64_t, std::string> value) {
    values.push_back(std::move(value));
    return "$" + std::to_string(values.size());
  }
  Result<Query*> In(Store& store) const {
    const auto query = store.Prepared(sql);
    if (!query) return query;
    for (const auto& value : values) {
      if (const auto* number = std::get_if<int64_t>(&value)) {
        (*query)->Int(*number);
      } else {
        (*query)->Text(std::get<std::string>(value));
      }
    }
    return query;
  }
  // Only subjects of the filter's kind and parties.
  void OnlySubjects(const StateFilter& filter, const std::string& kind, const std::string& subject) {
    if (!filter.kind.empty()) sql += " AND " + kind + " = " + Of(filter.kind);
    for (const std::string& party : {filter.actor, filter.of}) {
      if (!party.empty()) sql += " AND " + subject + " IN (SELECT subject FROM subject_parties WHERE party = " + Of(std::string(KeyText(party))) + ")";
    }
  }
};

// If it is asked about: the value of the role `of`.
bool Wanted(const StateFilter& filter, std::string_view roles) { return filter.of.empty() || HasRole(roles, "of", filter.of); }

// One telling of a row.
void AddTold(StateRow& row, int known, std::string_view event, std::string_view topic) {
  if (std::find(row.events.begin(), row.events.end(), event) == row.events.end()) row.events.emplace_back(event);
  row.known = std::min(row.known, known);
  // Of the topics of one day the first in order, so that it is the same in whatever order reports came.
  const int day = known < kNever ? known : kAlways;
  if (!topic.empty() && (row.topic.empty() || day > row.topic_known || (day == row.topic_known && topic < row.topic))) {
    row.topic = topic;
    row.topic_known = day;
  }
}

void AddFactsOf(StateRow& row, const Candidate& one, int known_at) {
  for (const Fact& fact : one.facts->facts) {
    if (!TellsOf(one.spell, fact.state, fact.lo, fact.hi) || fact.hi > known_at) continue;
    row.facts.push_back(fact.id);
    row.sources.push_back(fact.source);
  }
}

void FillRow(StateRow& row, const Candidate& one, const Machine& machine, const StateFilter& filter) {
  row.subject = one.subject;
  row.kind_index = one.kind;
  row.kind = machine.kinds()[one.kind].name;
  row.name = one.name;
  row.roles = one.roles;
  row.state_index = one.spell.state;
  row.from = one.spell.from;
  row.to = one.spell.to;
  row.from_facts = one.facts != nullptr;
  row.conflict = one.conflict;
  if (one.against >= 0) row.against = machine.states()[one.against].name;
  if (one.spell.state < 0) return;
  row.state = machine.states()[one.spell.state].name;
  row.since = one.spell.since.Text();
  if (!row.since.empty()) row.since_precision = PrecisionText(one.spell.since, one.spell.no_later);
  row.on = DayText(one.spell.on);
  (one.spell.lapsed ? row.lapses : row.until) = DayText(one.spell.to);
  EachTold(one.told, [&](int known, std::string_view event, std::string_view topic) {
    row.told = true;
    if (known <= filter.known_at) AddTold(row, known, event, topic);
  });
  const int facts_known_at = filter.facts_known_at.value_or(filter.known_at);
  if (row.from_facts) {
    row.known = one.spell.from;
    row.known_since = DayText(row.known);
    AddFactsOf(row, one, facts_known_at);
  }
  for (const Candidate* fact : one.agree) AddFactsOf(row, *fact, facts_known_at);
}

// Columns of an Evidence.
constexpr const char* kEvidence = "e.event, m.id, r.name, r.title, r.source, r.date, c.sentence, c.text ";
constexpr const char* kOfTelling = "JOIN reports r ON r.number = m.mention / 1048576 JOIN records c ON c.mention = m.mention ";

Evidence EvidenceOf(const Query& row, int first) {
  Evidence one;
  for (std::string Evidence::*field : {&Evidence::event, &Evidence::mention, &Evidence::report, &Evidence::title, &Evidence::source,
                                       &Evidence::date, &Evidence::sentence, &Evidence::text}) {
    one.*field = row.TextAt(first++);
  }
  one.sentence = Spaced(one.sentence);
  one.text = Spaced(one.text);
  return one;
}

}  // namespace

Result<int> Ledger::NewestDay() {
  const auto query = store_.Prepared("SELECT MAX(date) FROM reports");
  if (!query) return query.error();
  const auto row = (*query)->Step();
  if (!row) return row.error();
  const auto date = ParseIsoDate((*query)->TextAt(0));
  (*query)->Reset();
  if (!date) return kAlways;
  const Date last = date->Last();
  return DaysFromCivil(last.year, last.month, last.day);
}

namespace {

Status AddReported(Store& store, const Machine& machine, const StateFilter& filter, bool all_days, Candidates& candidates) {
  Statement statement{
      "SELECT s.subject, s.kind, s.name, s.roles, s.state, s.since, s.no_later, s.from_day, s.to_day, s.on_day, s.lapsed, s.conflict, "
      "s.against, s.known_from, s.known_to, s.told FROM states s WHERE ", {}};
  statement.sql += "s.known_from <= " + statement.Of(filter.known_at);
  // What is believed now has one last day: the index then serves for the days that follow in it.
  statement.sql += filter.known_at < kNever ? " AND s.known_to > " + statement.Of(filter.known_at) : " AND s.known_to = " + statement.Of(kNever + 1);
  if (!all_days) {
    statement.sql += " AND s.from_day <= " + statement.Of(filter.as_of);
    statement.sql += " AND s.to_day > " + statement.Of(filter.as_of);
  }
  // All kinds by name, so that the index by kind and days serves.
  statement.sql += " AND s.kind IN (";
  for (const KindSpec& kind : machine.kinds()) {
    if (filter.kind.empty() || filter.kind == kind.name) statement.sql += (statement.sql.ends_with('(') ? "" : ", ") + statement.Of(kind.name);
  }
  statement.sql += ")";
  statement.OnlySubjects(filter, "s.kind", "s.subject");
  const auto query = statement.In(store);
  if (!query) return query.error();
  Query& q = **query;
  return q.EachRow([&] {
    const int state = machine.FindState(q.TextAt(1), q.TextAt(4));
    const std::string_view roles = q.TextAt(3);
    if (state < 0 || !Wanted(filter, roles)) return;
    Candidate& one = candidates.all.emplace_back();
    one.subject = q.IntAt(0);
    one.kind = machine.states()[state].kind;
    one.name = candidates.Keep(ReadableName(machine, one.kind, q.TextAt(2)));
    one.roles = candidates.Keep(roles);
    one.spell.state = state;
    if (const auto since = ParseIsoDate(q.TextAt(5))) one.spell.since = *since;
    one.spell.no_later = q.IntAt(6) != 0;
    one.spell.from = static_cast<int>(q.IntAt(7));
    one.spell.to = static_cast<int>(q.IntAt(8));
    one.spell.on = static_cast<int>(q.IntAt(9));
    one.spell.lapsed = q.IntAt(10) != 0;
    one.conflict = q.IntAt(11) != 0;
    if (const std::string_view against = q.TextAt(12); !against.empty()) one.against = machine.FindState(q.TextAt(1), against);
    one.spell.known_from = static_cast<int>(q.IntAt(13));
    one.spell.known_to = static_cast<int>(q.IntAt(14));
    one.told = candidates.Keep(q.TextAt(15));
  });
}

void AddFacts(const Facts& facts, const Machine& machine, const StateFilter& filter, bool all_days, Candidates& candidates) {
  const int kind = machine.FindKind(filter.kind), known_at = filter.facts_known_at.value_or(filter.known_at);
  const auto add = [&](const FactSubject& subject) {
    if (kind >= 0 && subject.subject.kind != kind) return;
    if (!Wanted(filter, subject.subject.roles)) return;
    const auto& codes = subject.subject.codes;
    if (!filter.actor.empty() && std::find(codes.begin(), codes.end(), filter.actor) == codes.end()) return;
    for (const Spell& spell : subject.spells) {
      if (known_at < spell.known_from || known_at >= spell.known_to) continue;
      if (!all_days && (spell.from > filter.as_of || filter.as_of >= spell.to)) continue;
      Candidate& one = candidates.all.emplace_back();
      one.subject = subject.subject.id;
      one.kind = subject.subject.kind;
      one.name = candidates.Keep(ReadableName(machine, one.kind, subject.subject.key));
      one.roles = subject.subject.roles;
      one.spell = spell;
      one.facts = &subject;
      one.conflict = spell.conflict;
      one.against = spell.against;
    }
  };
  const std::string& party = !filter.actor.empty() ? filter.actor : filter.of;
  if (!party.empty()) {
    for (const uint32_t i : facts.Of(party)) add(facts.all()[i]);
  } else {
    for (const FactSubject& subject : facts.all()) add(subject);
  }
}

// Those of the reports' and the facts' spells of one subject that are shown, marked where they disagree.
std::vector<Candidate*> PutTogether(const Machine& machine, const Both& both, bool all_days) {
  std::vector<bool> fact_used(both.facts.size(), false), report_gone(both.reports.size(), false);
  for (size_t r = 0; r < both.reports.size(); r++) {
    Candidate& told = *both.reports[r];
    bool agreed = false;
    const auto meet = [&](const Candidate& fact) {
      return fact.spell.from < told.spell.to && told.spell.from < fact.spell.to;
    };
    for (size_t f = 0; f < both.facts.size(); f++) {
      Candidate& fact = *both.facts[f];
      if (!meet(fact) || !machine.Agrees(told.spell.state, fact.spell.state)) continue;
      agreed = true;
      // A line of time shows each turn that is known; only what is the same is told once.
      if (all_days && told.spell.state != fact.spell.state) continue;
      fact_used[f] = true;
      told.agree.push_back(&fact);
      // "Then or before" gives way to the day that is known, unless the report is of a later turn of it.
      if (told.spell.no_later && told.spell.state == fact.spell.state && fact.spell.from <= told.spell.from) {
        told.spell.since = fact.spell.since;
        told.spell.no_later = fact.spell.no_later;
        if (told.spell.from != fact.spell.from) told.told = {};  // more moves tell of it
        told.spell.from = fact.spell.from;
      }
    }
    if (agreed) continue;
    for (size_t f = 0; f < both.facts.size(); f++) {
      Candidate& fact = *both.facts[f];
      if (!meet(fact) || machine.Beside(told.spell.state, fact.spell.state)) continue;
      if (told.spell.from > fact.facts->horizon) {
        fact_used[f] = true;  // news: the facts end before
      } else if (fact.spell.from > told.spell.from) {
        report_gone[r] = !all_days;  // the facts know what came after
      } else {
        told.conflict = fact.conflict = true;
        told.against = fact.spell.state;
        fact.against = told.spell.state;
      }
    }
  }
  std::vector<Candidate*> shown;
  for (size_t r = 0; r < both.reports.size(); r++) {
    if (!report_gone[r]) shown.push_back(both.reports[r]);
  }
  for (size_t f = 0; f < both.facts.size(); f++) {
    if (!fact_used[f]) shown.push_back(both.facts[f]);
  }
  return shown;
}

constexpr size_t kAtOnce = 64;  // subjects that are asked for with one statement

// One telling of what presses on a state.
struct Pressing {
  int64_t subject = 0;
  int day = 0, on = kAlways;  // kAlways: for no day of its own
  std::string_view force, state, event;
  auto Key() const { return std::tie(subject, day, force, state, on, event); }
};

// Those of a subject, of tellings sorted by their key.
std::vector<Pressure> PressureOf(const std::vector<Pressing>& pressing, int64_t subject) {
  std::vector<Pressure> all;
  auto it = std::lower_bound(pressing.begin(), pressing.end(), subject, [](const Pressing& a, int64_t b) { return a.subject < b; });
  const Pressing* last = nullptr;
  for (; it != pressing.end() && it->subject == subject; last = &*it++) {
    if (last == nullptr || std::tie(last->day, last->force, last->state, last->on) != std::tie(it->day, it->force, it->state, it->on)) {
      all.push_back({std::string(it->force), std::string(it->state), DayText(it->day), DayText(it->on), {}});
    } else if (last->event == it->event) {
      continue;
    }
    all.back().events.emplace_back(it->event);
  }
  return all;
}

// What somebody wants, fears or denies; candidates of their own for subjects of which nothing else is known.
Status AddPressure(Store& store, const Machine& machine, const StateFilter& filter, Candidates& candidates, std::vector<const Candidate*>& shown, std::vector<Pressing>& pressing) {
  Statement statement{"SELECT p.subject, p.force, p.state, p.last_day, p.on_day, p.event, p.kind, p.name, p.roles FROM pressures p WHERE ", {}};
  statement.sql += "p.known <= " + statement.Of(filter.known_at);
  statement.sql += " AND p.last_day <= " + statement.Of(filter.as_of);
  statement.sql += " AND p.last_day >= " + statement.Of(filter.as_of - kPressureDays);
  statement.OnlySubjects(filter, "p.kind", "p.subject");
  const auto query = statement.In(store);
  if (!query) return query.error();
  // Those that are shown stand in the order of their subjects.
  std::vector<int64_t> subjects;
  subjects.reserve(shown.size());
  for (const Candidate* one : shown) subjects.push_back(one->subject);
  std::unordered_set<int64_t> alone_already;
  Query& q = **query;
  const Status status = q.EachRow([&] {
    const std::string_view event = q.TextAt(5);
    if (event.empty()) return;  // not derived yet
    Pressing& one = pressing.emplace_back();
    one.subject = q.IntAt(0);
    one.force = candidates.Keep(q.TextAt(1));
    one.state = candidates.Keep(q.TextAt(2));
    one.day = static_cast<int>(q.IntAt(3));
    if (q.IntAt(4) < kNever) one.on = static_cast<int>(q.IntAt(4));
    one.event = candidates.Keep(event);
    if (!filter.state.empty() || std::binary_search(subjects.begin(), subjects.end(), one.subject) || !alone_already.insert(one.subject).second) return;
    const int kind = machine.FindKind(q.TextAt(6));
    if (kind < 0 || !Wanted(filter, q.TextAt(8))) return;
    Candidate& alone = candidates.all.emplace_back();
    alone.subject = one.subject;
    alone.kind = kind;
    alone.name = candidates.Keep(ReadableName(machine, kind, q.TextAt(7)));
    alone.roles = candidates.Keep(q.TextAt(8));
    alone.spell.state = -1;
    alone.spell.from = kNever;
    shown.push_back(&alone);
  });
  if (!status) return status;
  std::sort(pressing.begin(), pressing.end(), [](const Pressing& a, const Pressing& b) { return a.Key() < b.Key(); });
  return {};
}

}  // namespace

Result<std::vector<StateRow>> Ledger::Spells(const StateFilter& filter, bool all_days) {
  const Machine& machine = data_->machine;
  if (!filter.kind.empty() && machine.FindKind(filter.kind) < 0) {
    std::vector<std::string> names;
    for (const KindSpec& spec : machine.kinds()) names.push_back(spec.name);
    return Error{ErrorCode::kBadRequest, "unknown kind `" + filter.kind + "`; one of " + Join(names, ", "), "--kind"};
  }
  Candidates candidates;
  if (const Status status = AddReported(store_, machine, filter, all_days, candidates); !status) return status.error();
  AddFacts(data_->facts, machine, filter, all_days, candidates);
  std::vector<std::pair<int64_t, Candidate*>> by_subject;
  by_subject.reserve(candidates.all.size());
  for (Candidate& one : candidates.all) by_subject.emplace_back(one.subject, &one);
  std::stable_sort(by_subject.begin(), by_subject.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<const Candidate*> shown;
  shown.reserve(by_subject.size());
  const auto show = [&](const Candidate* one) {
    const StateSpec& state = machine.states()[one->spell.state];
    if (!filter.state.empty() && state.name != filter.state) return;
    if (state.past && !one->conflict && !filter.past && !all_days) return;
    shown.push_back(one);
  };
  Both both;
  for (size_t begin = 0, end = 0; begin < by_subject.size(); begin = end) {
    both.reports.clear();
    both.facts.clear();
    for (; end < by_subject.size() && by_subject[end].first == by_subject[begin].first; end++) {
      Candidate* one = by_subject[end].second;
      (one->facts != nullptr ? both.facts : both.reports).push_back(one);
    }
    if (both.reports.empty() || both.facts.empty()) {
      for (size_t i = begin; i < end; i++) show(by_subject[i].second);
    } else {
      for (Candidate* one : PutTogether(machine, both, all_days)) show(one);
    }
  }
  std::vector<Pressing> pressing;
  if (!all_days && filter.pressure) {
    if (const Status status = AddPressure(store_, machine, filter, candidates, shown, pressing); !status) return status.error();
  }
  // Most pairs differ in their kind or in the first letters of their names, or by day.
  struct Place {
    uint64_t key = 0;
    const Candidate* one = nullptr;
  };
  std::vector<Place> order;
  order.reserve(shown.size());
  for (const Candidate* one : shown) {
    uint64_t key = static_cast<uint64_t>(one->kind);
    for (size_t c = 0; c < 7; c++) key = key << 8 | (c < one->name.size() ? static_cast<unsigned char>(one->name[c]) : 0u);
    order.push_back({all_days ? static_cast<uint64_t>(int64_t{one->spell.from} - kAlways) : key, one});
  }
  std::sort(order.begin(), order.end(), [](const Place& a, const Place& b) {
    const auto rest = [](const Candidate* one) { return std::tuple(one->kind, one->name, one->spell.from, one->spell.state, one->facts != nullptr, one->spell.to, one->subject); };
    return a.key != b.key ? a.key < b.key : rest(a.one) < rest(b.one);
  });
  std::vector<StateRow> rows;
  rows.reserve(shown.size());
  for (const auto& [key, one] : order) {
    FillRow(rows.emplace_back(), *one, machine, filter);
    if (!pressing.empty()) rows.back().pressure = PressureOf(pressing, one->subject);
  }
  if (const Status status = AddEvidence(rows, filter.known_at); !status) return status.error();
  return rows;
}

namespace {

// Days of a subject's moves that may tell of its rows: not before, not after.
struct Window {
  int64_t subject = 0;
  int first = kNever, last = kAlways;
};

// Calls `use` for each asserted move in the windows: subject, state, first_day, last_day, known, event, topic. Many
// windows are asked for at once: one statement, prepared once, and few ways to a server and back.
template <class Use>
Status EachMove(Store& store, const std::vector<Window>& windows, int known_at, Use use) {
  static const std::string kSql = [] {
    std::string sql = "WITH w(subject, first, last) AS (VALUES ";
    for (size_t i = 0; i < kAtOnce; i++) {
      sql += i > 0 ? ",(" : "(";
      for (size_t j = 0; j < 3; j++) sql += (j > 0 ? ", CAST($" : "CAST($") + std::to_string(i * 3 + j + 1) + " AS BIGINT)";
      sql += ")";
    }
    sql += ") SELECT v.subject, v.state, v.first_day, v.last_day, v.known, e.event, v.topic FROM w JOIN moves v ON v.subject = w.subject "
           "AND v.last_day >= w.first AND v.first_day <= w.last AND v.force = '' JOIN mention_events e ON e.mention = v.mention "
           "WHERE v.known <= $" + std::to_string(kAtOnce * 3 + 1);
    return sql;
  }();
  const auto query = store.Prepared(kSql);
  if (!query) return query.error();
  Query& q = **query;
  Status status;
  for (size_t begin = 0; begin < windows.size() && status; begin += kAtOnce) {
    for (size_t i = begin; i < begin + kAtOnce; i++) {
      const Window window = i < windows.size() ? windows[i] : Window();
      q.Int(window.subject).Int(window.first).Int(window.last);
    }
    q.Int(known_at);
    status = q.EachRow([&] { use(q); });
  }
  return status;
}

}  // namespace

// Of rows whose spell does not say what it is told by.
Status Ledger::AddEvidence(std::vector<StateRow>& rows, int known_at) {
  std::unordered_map<int64_t, std::vector<size_t>> by_subject;
  for (size_t i = 0; i < rows.size(); i++) {
    if (!rows[i].told && !rows[i].from_facts && rows[i].state_index >= 0) by_subject[rows[i].subject].push_back(i);
  }
  std::vector<Window> windows;
  for (const auto& [subject, list] : by_subject) {
    Window& window = windows.emplace_back(Window{subject});
    for (const size_t i : list) {
      window.first = std::min(window.first, std::max(rows[i].from, kAlways + 1) - 1);
      window.last = std::max(window.last, std::max(rows[i].to, rows[i].from + 1));
    }
  }
  const Status read = EachMove(store_, windows, known_at, [&](const Query& q) {
    const auto it = by_subject.find(q.IntAt(0));
    if (it == by_subject.end()) return;
    const int lo = static_cast<int>(q.IntAt(2)), hi = static_cast<int>(q.IntAt(3)), known = static_cast<int>(q.IntAt(4));
    for (const size_t i : it->second) {
      StateRow& row = rows[i];
      Spell spell;
      spell.state = row.state_index;
      spell.from = row.from;
      spell.to = row.to;
      if (q.TextAt(1) == row.state && TellsOf(spell, row.state_index, lo, hi)) AddTold(row, known, q.TextAt(5), OneLine(q.TextAt(6)));
    }
  });
  if (!read) return read;
  for (StateRow& row : rows) {
    if (row.from_facts) continue;
    std::sort(row.events.begin(), row.events.end());
    row.known_since = DayText(row.known);
  }
  return {};
}

Result<std::vector<StateRow>> Ledger::Ask(const StateFilter& given) {
  StateFilter filter = given;
  if (filter.as_of == kNever) {
    const auto newest = NewestDay();
    if (!newest) return newest.error();
    filter.as_of = *newest > kAlways ? *newest : kNever - 1;
  }
  auto rows = Spells(filter, false);
  if (!rows) return rows;
  for (StateRow& row : *rows) {
    // What is only to come is not known yet.
    if (row.to > filter.as_of && row.to < kNever && row.lapses.empty() && row.to > filter.known_at) row.until.clear();
  }
  return rows;
}

Result<std::vector<StateRow>> Ledger::Timeline(const StateFilter& given) {
  StateFilter filter = given;
  filter.pressure = false;
  return Spells(filter, true);
}

Result<std::vector<StateRow>> Ledger::Diff(StateFilter filter, int from, int to) {
  filter.pressure = false;
  filter.as_of = from;
  auto before = Ask(filter);
  if (!before) return before;
  filter.as_of = to;
  auto after = Ask(filter);
  if (!after) return after;
  const auto key = [](const StateRow& row) { return std::tuple<int64_t, std::string_view, std::string>(row.subject, row.state, row.since); };
  std::set<std::tuple<int64_t, std::string_view, std::string>> old_keys, new_keys;
  for (const StateRow& row : *before) old_keys.insert(key(row));
  for (const StateRow& row : *after) new_keys.insert(key(row));
  std::vector<StateRow> changes;
  for (StateRow& row : *before) {
    if (new_keys.count(key(row)) != 0) continue;
    row.change = "ended";
    changes.push_back(std::move(row));
  }
  for (StateRow& row : *after) {
    if (old_keys.count(key(row)) != 0) continue;
    row.change = "began";
    changes.push_back(std::move(row));
  }
  std::stable_sort(changes.begin(), changes.end(), [](const StateRow& a, const StateRow& b) {
    return std::tie(a.kind_index, a.name) < std::tie(b.kind_index, b.name);
  });
  return changes;
}

Result<std::vector<Evidence>> Ledger::Why(const StateRow& row, int known_at) {
  const auto query = store_.Prepared(
      std::string("SELECT v.state, v.force, v.first_day, v.last_day, ") + kEvidence + "FROM moves v JOIN mention_events e ON e.mention = v.mention " +
      "JOIN mentions m ON m.mention = v.mention " + kOfTelling + "WHERE v.subject = $1 AND v.known <= $2 AND (v.force <> '' OR (v.last_day >= $3 AND v.first_day <= $4)) ORDER BY r.date, r.name, m.id, v.state");
  if (!query) return query.error();
  Query& q = (*query)->Int(row.subject).Int(known_at).Int(std::max(row.from, kAlways + 1) - 1).Int(std::max(row.to, row.from + 1));
  std::vector<Evidence> evidence;
  Spell spell;
  spell.state = row.state_index;
  spell.from = row.from;
  spell.to = row.to;
  const Status status = q.EachRow([&] {
    const std::string_view state = q.TextAt(0), force = q.TextAt(1), event = q.TextAt(4);
    bool shown = false;
    if (force.empty()) {
      shown = !row.from_facts && TellsOf(spell, data_->machine.FindState(row.kind, state), static_cast<int>(q.IntAt(2)), static_cast<int>(q.IntAt(3)));
    } else {
      shown = std::any_of(row.pressure.begin(), row.pressure.end(), [&](const Pressure& p) {
        return p.force == force && p.state == state && std::find(p.events.begin(), p.events.end(), event) != p.events.end();
      });
    }
    if (!shown) return;
    evidence.push_back(EvidenceOf(q, 4));
    evidence.back().says = (force.empty() ? "" : std::string(force) + ": ") + std::string(state);
  });
  if (!status) return status.error();
  return evidence;
}

Status Ledger::EventsOfStore(const EventFilter& filter, const std::string& condition, const std::function<bool(const EventRow&)>& use) {
  Statement statement{
      "SELECT e.id, e.event, e.mode, e.cameo, e.quad, e.score, e.actor, e.recipient, e.date, e.auxiliary, e.place, e.first_known, "
      "e.last_known, e.reports, e.sources, c.text, c.sentence, c.record FROM events e JOIN records c ON c.mention = e.mention WHERE true", {}};
  const auto only = [&](const std::string& condition, const std::string& value, const char* end = "") {
    if (!value.empty()) statement.sql += " AND " + condition + statement.Of(value) + end;
  };
  only("e.id IN (SELECT event FROM event_parties WHERE side='actor' AND party=", std::string(KeyText(filter.actor)), ")");
  only("e.id IN (SELECT event FROM event_parties WHERE side='recipient' AND party=", std::string(KeyText(filter.recipient)), ")");
  only("e.id IN (SELECT event FROM event_parties WHERE party=", std::string(KeyText(filter.party)), ")");
  only("e.event=", filter.event);
  // What only moves a state is no event; it is shown to who asks for it.
  if (filter.id.empty()) statement.sql += " AND e.event<>''";
  only("e.mode=", filter.mode);
  only("e.id IN (SELECT x.event FROM mention_events x JOIN mentions y ON y.mention=x.mention WHERE y.id=", filter.id, ")");
  // A date known to the month or year is compared as it is written: "2019" lies within 2019-01-01..2019-12-31.
  if (filter.since > kAlways) {
    const std::string day = DayText(filter.since);
    only("(e.date >= ", day);
    statement.sql += " OR (e.date <> '' AND '" + day + "' LIKE e.date || '%'))";
  }
  if (filter.until < kNever) only("e.date <> '' AND e.date <= ", DayText(filter.until));
  if (!condition.empty()) statement.sql += " AND " + condition;
  statement.sql += " ORDER BY e.date, e.id";
  if (filter.limit > 0) statement.sql += " LIMIT " + std::to_string(filter.limit);
  const auto query = statement.In(store_);
  if (!query) return query.error();
  Query& q = **query;
  for (;;) {
    const auto step = q.Step();
    if (!step) return step.error();
    if (!*step) return {};
    EventRow row;
    int column = 0;
    for (std::string EventRow::*field : {&EventRow::id, &EventRow::event, &EventRow::mode, &EventRow::cameo, &EventRow::quad}) row.*field = q.TextAt(column++);
    if (!q.IsNull(column)) row.score = q.RealAt(column);
    column++;
    for (std::string EventRow::*field : {&EventRow::actor, &EventRow::recipient, &EventRow::date}) row.*field = q.TextAt(column++);
    row.auxiliary = q.IntAt(column++);
    for (std::string EventRow::*field : {&EventRow::place, &EventRow::first_known, &EventRow::last_known}) row.*field = q.TextAt(column++);
    row.reports = q.IntAt(column++);
    row.sources = q.IntAt(column++);
    row.text = Spaced(q.TextAt(column++));
    row.sentence = Spaced(q.TextAt(column++));
    row.record = q.TextAt(column++);
    if (filter.why) {
      auto why = Tellings(row.id);
      if (!why) return why.error();
      row.why = std::move(*why);
    }
    if (!use(row)) {
      q.Reset();
      return {};
    }
  }
}

Result<std::vector<Evidence>> Ledger::Tellings(const std::string& event) {
  const auto query = store_.Prepared(
      std::string("SELECT ") + kEvidence + "FROM mention_events e JOIN mentions m ON m.mention = e.mention " + kOfTelling +
      "WHERE e.event IN (SELECT x.event FROM mention_events x JOIN mentions y ON y.mention = x.mention WHERE y.id = $1) ORDER BY r.date, r.name, m.id");
  if (!query) return query.error();
  Query& q = (*query)->Text(event);
  std::vector<Evidence> evidence;
  if (const Status status = q.EachRow([&] { evidence.push_back(EvidenceOf(q, 0)); }); !status) return status.error();
  return evidence;
}

}  // namespace entente
