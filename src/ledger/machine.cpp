// SPDX-License-Identifier: Apache-2.0
#include "ledger/machine.h"

#include <algorithm>
#include <cstdlib>

#include "base/hash.h"
#include "base/text.h"
#include "lexicon/records.h"

namespace entente {
namespace {

bool Has(const std::vector<std::string>& list, std::string_view item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

bool HasInt(const std::vector<int>& list, int item) { return std::find(list.begin(), list.end(), item) != list.end(); }

// "by one any actor"; "" or what is wrong.
std::string ParseRole(std::string_view text, KindRole& role) {
  const auto words = SplitWords(text);
  if (words.size() != 4) return "expected `NAME SHAPE TYPE SOURCES`, found `" + std::string(text) + "`";
  role.name = words[0];
  if (words[1] == "one") {
    role.shape = RoleShape::kOne;
  } else if (words[1] == "set") {
    role.shape = RoleShape::kSet;
  } else if (words[1] == "pair") {
    role.shape = RoleShape::kPair;
  } else {
    return "unknown shape `" + std::string(words[1]) + "`; one, set or pair";
  }
  static const std::vector<std::pair<std::string, RoleType>> kTypes = {
      {"any", RoleType::kAny},       {"state", RoleType::kState}, {"organisation", RoleType::kOrganisation},
      {"person", RoleType::kPerson}, {"home", RoleType::kHome},   {"office", RoleType::kOffice}};
  const auto type = std::find_if(kTypes.begin(), kTypes.end(), [&](const auto& one) { return one.first == words[2]; });
  if (type == kTypes.end()) return "unknown type `" + std::string(words[2]) + "`";
  role.type = type->second;
  std::string_view sources = words[3];
  if (sources.ends_with('?')) {
    role.optional = true;
    sources.remove_suffix(1);
  }
  if (sources == "-") {
    role.optional = true;
    return "";
  }
  role.all = sources.find('+') != std::string_view::npos;
  role.recipient_first = sources.starts_with("recipient");
  for (const std::string_view source : Split(sources, role.all ? '+' : ',')) {
    if (source == "actor") {
      role.actor = true;
    } else if (source == "recipient") {
      role.recipient = true;
    } else {
      return "unknown source `" + std::string(source) + "`; actor or recipient";
    }
  }
  return "";
}

}  // namespace

int Machine::FindKind(std::string_view kind) const {
  for (size_t i = 0; i < kinds_.size(); i++) {
    if (kinds_[i].name == kind) return static_cast<int>(i);
  }
  return -1;
}

int Machine::FindState(std::string_view kind, std::string_view name) const {
  for (size_t i = 0; i < states_.size(); i++) {
    if (states_[i].name == name && kinds_[states_[i].kind].name == kind) return static_cast<int>(i);
  }
  return -1;
}

int Machine::FindState(std::string_view both) const {
  const size_t equals = both.find('=');
  if (equals == std::string_view::npos) return -1;
  return FindState(both.substr(0, equals), both.substr(equals + 1));
}

bool Machine::Allows(int from, int to) const {
  const StateSpec& state = states_[to];
  return state.from_any || (from == to && state.repeats) || HasInt(state.from, from) || HasInt(state.beside, from);
}

bool Machine::Beside(int a, int b) const { return HasInt(states_[a].beside, b) || HasInt(states_[b].beside, a); }

bool Machine::Agrees(int a, int b) const {
  return a == b || HasInt(states_[a].agrees, b) || HasInt(states_[b].agrees, a);
}

bool Machine::IsStateSector(std::string_view sector) const { return sector.empty() || Has(state_sectors_, sector); }
bool Machine::IsWitness(std::string_view sector) const { return Has(witness_, sector); }
bool Machine::IsSymmetric(std::string_view event) const { return Has(symmetric_, event); }
bool Machine::IsDaily(std::string_view event) const { return Has(daily_, event); }

Result<Machine> Machine::Load(const std::string& folder, const Ontology& ontology, std::vector<Problem>& problems) {
  Machine machine;
  std::string all;
  const auto kinds = ReadRecords(folder + "/kinds.rec", "kind", problems);
  if (!kinds) return kinds.error();
  const auto states = ReadRecords(folder + "/states.rec", "state", problems);
  if (!states) return states.error();
  const auto moves = ReadRecords(folder + "/moves.rec", "move", problems);
  if (!moves) return moves.error();
  const auto identity = ReadRecords(folder + "/identity.rec", "identity", problems);
  if (!identity) return identity.error();
  for (const RecordFile* file : {&*kinds, &*states, &*moves, &*identity}) all += *file->text;
  machine.fingerprint_ = Sha256Hex(all).substr(0, 16);

  for (const Record& record : kinds->records) {
    KindSpec kind;
    kind.name = record.Get("id");
    for (const std::string_view office : record.List("offices")) kind.offices.emplace_back(office);
    for (const RecordField& field : record.fields) {
      if (field.name == "role") {
        KindRole role;
        if (const auto wrong = ParseRole(field.value, role); !wrong.empty()) problems.push_back({kinds->path, field.line, wrong});
        kind.roles.push_back(role);
      }
      if (field.name == "key") {
        if (field.value != "parties") problems.push_back({kinds->path, field.line, "`key` is `parties` or absent"});
        kind.by_parties = true;
      }
    }
    machine.kinds_.push_back(std::move(kind));
  }
  for (const Record& record : states->records) {
    StateSpec state;
    state.kind = machine.FindKind(record.Get("kind"));
    state.name = record.Get("state");
    if (state.kind < 0) {
      problems.push_back({states->path, record.LineOf("kind"), "unknown kind `" + std::string(record.Get("kind")) + "`"});
      state.kind = 0;
    }
    if (machine.FindState(record.Get("kind"), state.name) >= 0) {
      problems.push_back({states->path, record.line, "the state stands already above"});
    }
    if (state.kind < static_cast<int>(machine.kinds_.size())) state.roles = machine.kinds_[state.kind].roles;
    for (const RecordField& field : record.fields) {
      const auto flag = [&](bool& value) {
        if (field.value != "yes") problems.push_back({states->path, field.line, "`" + std::string(field.name) + "` is `yes` or absent"});
        value = true;
      };
      if (field.name == "past") flag(state.past);
      if (field.name == "ahead") flag(state.ahead);
      if (field.name == "repeats") flag(state.repeats);
      if (field.name == "lapses") {
        state.lapses = std::atoi(std::string(field.value).c_str());
        if (state.lapses <= 0) problems.push_back({states->path, field.line, "`lapses` is a number of days"});
      }
      if (field.name == "role") {
        KindRole role;
        if (const auto wrong = ParseRole(field.value, role); !wrong.empty()) {
          problems.push_back({states->path, field.line, wrong});
          continue;
        }
        const auto old = std::find_if(state.roles.begin(), state.roles.end(), [&](const KindRole& r) { return r.name == role.name; });
        if (old == state.roles.end()) {
          problems.push_back({states->path, field.line, "the kind has no role `" + role.name + "`"});
        } else {
          *old = role;
        }
      }
    }
    machine.states_.push_back(std::move(state));
  }
  for (size_t i = 0; i < states->records.size(); i++) {
    const Record& record = states->records[i];
    StateSpec& state = machine.states_[i];
    for (const auto& [name, list] : {std::pair{"from", &state.from}, {"beside", &state.beside}, {"agrees", &state.agrees}}) {
      for (const std::string_view item : record.List(name)) {
        if (item == "*" && list == &state.from) {
          state.from_any = true;
          continue;
        }
        const int other = machine.FindState(record.Get("kind"), item);
        if (other < 0) {
          problems.push_back({states->path, record.LineOf(name), "the kind has no state `" + std::string(item) + "`"});
        } else {
          list->push_back(other);
        }
      }
    }
    if (record.Has("future")) {
      state.future = machine.FindState(record.Get("kind"), record.Get("future"));
      if (state.future < 0) problems.push_back({states->path, record.LineOf("future"), "the kind has no such state"});
    }
  }
  for (size_t i = 0; i < kinds->records.size(); i++) {
    const Record& record = kinds->records[i];
    for (const std::string_view field : {"begin", "end"}) {
      for (const std::string_view name : record.List(field)) {
        const int state = machine.FindState(record.Get("id"), name);
        if (state < 0) {
          problems.push_back({kinds->path, record.LineOf(field), "the kind has no state `" + std::string(name) + "`"});
        } else if (field == "begin") {
          machine.kinds_[i].begin = state;
        } else {
          machine.kinds_[i].end.push_back(state);
        }
      }
    }
  }
  for (const Record& record : moves->records) {
    MoveRule rule;
    rule.event = record.Get("event");
    rule.mode = record.Get("mode");
    rule.context = record.Get("context");
    for (const std::string_view one : record.List("operator")) rule.operators.emplace_back(one);
    const std::string_view inner = record.Get("inner");
    const size_t slash = inner.find('/');
    rule.inner_event = inner.substr(0, slash);
    if (slash != std::string_view::npos) rule.inner_mode = inner.substr(slash + 1);
    rule.to_organisation = record.Get("recipient") == "organisation";
    rule.force = record.Get("force");
    if (rule.force == "move") rule.force.clear();
    rule.to_inner = record.Get("to") == "inner";
    rule.state = machine.FindState(record.Get("to"));
    const auto problem = [&](std::string_view field, const std::string& message) {
      problems.push_back({moves->path, record.LineOf(field), message});
    };
    if (rule.state < 0 && !rule.to_inner) {
      problem("to", "unknown state `" + std::string(record.Get("to")) + "`; write KIND=STATE or `inner`");
    }
    if (rule.to_inner && (rule.force.empty() || rule.operators.empty())) problem("to", "`inner` needs `operator` and a `force`");
    if (rule.event.empty() && rule.inner_event.empty() && !rule.to_inner) problem("id", "needs `event` or `inner`");
    if (!rule.event.empty() && ontology.Find(rule.event, rule.mode) == nullptr) problem("event", "unknown event or mode");
    if (!rule.inner_event.empty() && ontology.Find(rule.inner_event, rule.inner_mode) == nullptr) problem("inner", "unknown event or mode");
    if (!rule.context.empty() && !ontology.HasContext(rule.context)) problem("context", "unknown context");
    for (const std::string& operation : rule.operators) {
      if (!ontology.HasOperator(operation)) problem("operator", "unknown operator `" + operation + "`");
    }
    static const std::vector<std::string> kForces{"", "promise", "demand", "threat", "refusal", "expectation"};
    if (!Has(kForces, rule.force)) problem("force", "unknown force `" + rule.force + "`");
    machine.rules_.push_back(std::move(rule));
  }
  for (const Record& record : identity->records) {
    for (const auto& [name, list] : {std::pair{"state_sectors", &machine.state_sectors_}, {"witness", &machine.witness_}}) {
      for (const std::string_view one : record.List(name)) {
        list->emplace_back(one);
        if (!ontology.HasSector(one)) problems.push_back({identity->path, record.LineOf(name), "unknown sector " + std::string(one)});
      }
    }
    for (const auto& [name, list] : {std::pair{"symmetric", &machine.symmetric_}, {"daily", &machine.daily_}}) {
      for (const std::string_view one : record.List(name)) {
        list->emplace_back(one);
        if (ontology.Find(one, "") == nullptr) problems.push_back({identity->path, record.LineOf(name), "unknown event " + std::string(one)});
      }
    }
  }
  return machine;
}

}  // namespace entente
