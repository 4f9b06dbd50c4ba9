// SPDX-License-Identifier: Apache-2.0
#include "ledger/facts.h"

#include <algorithm>

#include "base/file.h"
#include "base/text.h"
#include "lexicon/records.h"

namespace entente {
namespace {

// A record that has a member leave replaces the exit of data/actors if it is no further from it.
constexpr int kSameExitDays = 366;

int Day(const Date& date) { return DaysFromCivil(date.year, date.month, date.day); }

// One move of a fact before it is put with the others of its subject.
struct FactMove {
  FoldMove move;
  Fact fact;
  bool implied_end = false;
};

struct Gathered {
  Subject subject;
  std::vector<FactMove> moves;
  std::vector<std::pair<DateRange, std::string>> ranges;  // of data/actors, with the actor's id
  int horizon = kAlways;
};

class Gatherer {
 public:
  Gatherer(const Machine& machine, const Actors& actors, std::vector<Problem>& problems)
      : machine_(machine), actors_(actors), problems_(problems) {}

  void AddActors() {
    int membership = -1, office = -1;
    for (size_t k = 0; k < machine_.kinds().size(); k++) {
      const KindSpec& kind = machine_.kinds()[k];
      if (kind.begin < 0 || kind.end.empty()) continue;
      const bool personal = std::any_of(kind.roles.begin(), kind.roles.end(), [](const KindRole& r) { return r.type == RoleType::kPerson; });
      (personal ? office : membership) = static_cast<int>(k);
    }
    for (const Actor& actor : actors_.all()) {
      if (actor.kind == ActorKind::kOrganisation && membership >= 0 && !actor.code.empty()) {
        for (const Membership& member : actor.members) Add(membership, {{member.member}, {actor.code}}, member.range, actor.id);
      }
      if (actor.kind == ActorKind::kPerson && office >= 0) {
        for (const Role& role : actor.roles) {
          const auto& kept = machine_.kinds()[office].offices;
          if (std::find(kept.begin(), kept.end(), role.office) != kept.end()) Add(office, {{actor.name}, {role.code}, {role.office}}, role.range, actor.id);
        }
      }
    }
  }

  void AddFile(const RecordFile& file) {
    for (const Record& record : file.records) {
      const auto problem = [&](std::string_view field, const std::string& message) {
        problems_.push_back({file.path, record.LineOf(field), message});
      };
      const int kind = machine_.FindKind(record.Get("kind"));
      if (kind < 0) {
        problem("kind", "unknown kind `" + std::string(record.Get("kind")) + "`");
        continue;
      }
      const KindSpec& spec = machine_.kinds()[kind];
      std::vector<RoleValues> rows{{}};
      bool good = true;
      for (const KindRole& role : spec.roles) {
        std::vector<std::string> values;
        for (const std::string_view value : record.List(role.name)) {
          values.emplace_back(value);
          const bool by_code = role.type != RoleType::kPerson && role.type != RoleType::kOffice;
          const std::string_view code = value.substr(0, value.find(' '));
          if (by_code && actors_.FindByCode(code) == nullptr) {
            problem(role.name, "no actor of data/actors has the code `" + std::string(code) + "`");
          }
        }
        if (role.shape != RoleShape::kOne) {
          std::sort(values.begin(), values.end());
          if (role.shape == RoleShape::kPair && values.size() != 2) {
            problem(role.name, "`" + role.name + "` names two parties");
            good = false;
          }
          for (RoleValues& row : rows) row.push_back(values);
          continue;
        }
        if (values.empty() && !role.optional) {
          problem("kind", "the role `" + role.name + "` is missing");
          good = false;
        }
        std::vector<RoleValues> next;
        for (const RoleValues& row : rows) {
          if (values.empty()) {
            next.push_back(row);
            next.back().emplace_back();
          }
          for (const std::string& value : values) {
            next.push_back(row);
            next.back().push_back({value});
          }
        }
        rows = std::move(next);
      }
      if (!good) continue;
      std::vector<FactMove> moves;
      int last = kAlways;
      for (const RecordField& field : record.fields) {
        if (field.name != "state") continue;
        const size_t space = field.value.find(' ');
        std::string_view when = field.value.substr(0, space);
        const std::string_view name = space == std::string_view::npos ? "" : Trim(field.value.substr(space));
        FactMove one;
        one.move.no_later = when.starts_with("..");
        if (one.move.no_later) when.remove_prefix(2);
        const auto date = ParseIsoDate(when);
        if (!date) {
          problems_.push_back({file.path, field.line, "expected `DATE STATE`, found `" + std::string(field.value) + "`"});
          continue;
        }
        one.move.state = name == "-" ? kEndUnknown : machine_.FindState(spec.name, name);
        if (one.move.state < 0 && name != "-") {
          std::vector<std::string> names;
          for (const StateSpec& state : machine_.states()) {
            if (state.kind == kind) names.push_back(state.name);
          }
          const std::string near = DidYouMean(name, names);
          problems_.push_back({file.path, field.line, spec.name + " has no state `" + std::string(name) + "`" +
                                                          (near.empty() ? "" : "; did you mean `" + near + "`?")});
          continue;
        }
        one.move.since = *date;
        one.move.hi = Day(date->Last());
        one.move.lo = one.move.no_later ? one.move.hi : Day(date->First());
        one.move.known = one.move.hi;
        if (Day(date->First()) < last) problems_.push_back({file.path, field.line, "stands before an earlier date"});
        last = Day(date->First());
        one.fact = {std::string(record.Get("id")), std::string(record.Get("source")), one.move.state, one.move.lo, one.move.hi};
        moves.push_back(std::move(one));
      }
      int horizon = kAlways;
      if (const auto checked = ParseIsoDate(record.Get("checked"))) {
        horizon = Day(checked->Last());
      } else if (record.Has("checked")) {
        problem("checked", "not a date");
      } else {
        horizon = std::max(SourceDay(record.Get("source")), moves.empty() ? kAlways : moves.back().move.hi);
      }
      for (const RoleValues& row : rows) {
        Gathered& subject = At(kind, row);
        subject.horizon = std::max(subject.horizon, horizon);
        subject.moves.insert(subject.moves.end(), moves.begin(), moves.end());
      }
    }
  }

  std::vector<FactSubject> Finish() {
    std::vector<FactSubject> out;
    for (Gathered& one : gathered_) {
      AddRanges(one);
      // The exit that a range implies gives way to one that is told.
      const KindSpec& kind = machine_.kinds()[one.subject.kind];
      std::erase_if(one.moves, [&](const FactMove& implied) {
        return implied.implied_end && std::any_of(one.moves.begin(), one.moves.end(), [&](const FactMove& told) {
                 return !told.implied_end && std::find(kind.end.begin(), kind.end.end(), told.move.state) != kind.end.end() &&
                        std::abs(told.move.hi - implied.move.hi) <= kSameExitDays;
               });
      });
      FactSubject subject;
      std::vector<FoldMove> moves;
      for (FactMove& move : one.moves) {
        moves.push_back(move.move);
        subject.facts.push_back(std::move(move.fact));
      }
      subject.spells = Fold(machine_, std::move(moves));
      subject.subject = std::move(one.subject);
      subject.horizon = one.horizon;
      out.push_back(std::move(subject));
    }
    return out;
  }

 private:
  // The date that a source ends with: "hand, 2026-11".
  static int SourceDay(std::string_view source) {
    const size_t comma = source.rfind(',');
    const auto date = ParseIsoDate(Trim(comma == std::string_view::npos ? source : source.substr(comma + 1)));
    return date ? Day(date->Last()) : kAlways;
  }

  Gathered& At(int kind, const RoleValues& values) {
    Subject subject = MakeSubject(machine_, kind, values, "");
    const auto [it, fresh] = index_.emplace(subject.id, gathered_.size());
    if (fresh) {
      gathered_.emplace_back();
      gathered_.back().subject = std::move(subject);
    }
    return gathered_[it->second];
  }

  void Add(int kind, const RoleValues& values, const DateRange& range, const std::string& id) {
    Gathered& subject = At(kind, values);
    subject.ranges.emplace_back(range, id);
    if (range.from.known()) newest_ = std::max(newest_, Day(range.from.Last()));
  }

  // Ranges that touch are one: "acting until the 19th" and "from the 19th on".
  void AddRanges(Gathered& subject) {
    if (subject.ranges.empty()) return;
    subject.horizon = std::max(subject.horizon, newest_);
    const KindSpec& spec = machine_.kinds()[subject.subject.kind];
    const auto begin_of = [](const DateRange& range) { return range.from.known() ? Day(range.from.First()) : kAlways; };
    const auto end_of = [](const DateRange& range) { return range.to.known() ? Day(range.to.Last()) : kNever; };
    std::stable_sort(subject.ranges.begin(), subject.ranges.end(),
                     [&](const auto& a, const auto& b) { return begin_of(a.first) < begin_of(b.first); });
    for (size_t i = 0; i < subject.ranges.size();) {
      DateRange range = subject.ranges[i].first;
      const std::string& id = subject.ranges[i].second;
      for (i++; i < subject.ranges.size() && begin_of(subject.ranges[i].first) <= end_of(range) + 1; i++) {
        if (end_of(subject.ranges[i].first) > end_of(range)) range.to = subject.ranges[i].first.to;
      }
      const auto add = [&](int state, const Date& date, int lo, int hi, bool end) {
        FactMove move;
        move.move.state = state;
        move.move.since = date;
        move.move.lo = lo;
        move.move.hi = hi;
        move.move.known = hi;
        move.implied_end = end;
        move.fact = {id, "data/actors", state, lo, hi};
        subject.moves.push_back(std::move(move));
      };
      add(spec.begin, range.from, begin_of(range), range.from.known() ? Day(range.from.Last()) : kAlways, false);
      if (range.to.known()) add(spec.end.front(), range.to, Day(range.to.First()), end_of(range), true);
    }
  }

  const Machine& machine_;
  const Actors& actors_;
  std::vector<Problem>& problems_;
  std::vector<Gathered> gathered_;
  std::unordered_map<int64_t, size_t> index_;
  int newest_ = kAlways;  // day of data/actors: what is later is news to them
};

}  // namespace

Result<Facts> Facts::Load(const std::string& folder, const Machine& machine, const Actors& actors, std::vector<Problem>& problems) {
  Gatherer gatherer(machine, actors, problems);
  gatherer.AddActors();
  for (const std::string& path : ListFiles(folder, ".rec", true)) {
    const auto file = ReadRecords(path, "fact", problems);
    if (!file) return file.error();
    gatherer.AddFile(*file);
  }
  Facts facts;
  facts.subjects_ = gatherer.Finish();
  std::sort(facts.subjects_.begin(), facts.subjects_.end(), [](const FactSubject& a, const FactSubject& b) {
    return std::tie(a.subject.kind, a.subject.key) < std::tie(b.subject.kind, b.subject.key);
  });
  for (uint32_t i = 0; i < facts.subjects_.size(); i++) {
    facts.by_id_[facts.subjects_[i].subject.id] = i;
    for (const std::string& code : facts.subjects_[i].subject.codes) facts.by_code_[code].push_back(i);
  }
  return facts;
}

const FactSubject* Facts::Find(int64_t subject) const {
  const auto it = by_id_.find(subject);
  return it == by_id_.end() ? nullptr : &subjects_[it->second];
}

const std::vector<uint32_t>& Facts::Of(std::string_view code) const {
  static const std::vector<uint32_t> kNone;
  const auto it = by_code_.find(code);
  return it == by_code_.end() ? kNone : it->second;
}

}  // namespace entente
