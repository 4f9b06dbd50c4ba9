// SPDX-License-Identifier: Apache-2.0
#include "ledger/fold.h"

#include <algorithm>
#include <tuple>

namespace entente {
namespace {

// Reports err by a day, about midnight and time zones.
constexpr int kSlack = 1;
// How far back a spell that ended is looked for when a move may tell of it again.
constexpr size_t kLookBack = 16;
// What was to be on a day lapses so long after it.
constexpr int kGraceDays = 14;
// Moves between two snapshots of the scan.
constexpr size_t kStride = 64;

int LapseOf(const Machine& machine, const Spell& spell) {
  const int days = machine.states()[spell.state].lapses;
  if (days == 0) return kNever;
  return spell.on < kNever ? std::max(spell.on, spell.last) + std::min(days, kGraceDays) : spell.last + days;
}

// Reads moves in the order of their days.
class Scan {
 public:
  explicit Scan(const Machine& machine) : machine_(machine) {}

  struct Snapshot {
    size_t done = 0;
    std::vector<Spell> running;
  };
  Snapshot Save() const { return {done_.size(), running_}; }
  void Restore(const Snapshot& snapshot) {
    done_.resize(snapshot.done);
    running_ = snapshot.running;
  }

  void Apply(const FoldMove& move) {
    Lapse(move.hi);
    if (move.state == kEndUnknown) {
      for (Spell& spell : running_) Finish(spell, move.hi, false);
      running_.clear();
      return;
    }
    const StateSpec& spec = machine_.states()[move.state];
    for (size_t i = 0; i < running_.size(); i++) {
      Spell& spell = running_[i];
      if (spell.state != move.state) continue;
      if (spec.repeats && move.lo > spell.last + kSlack) {
        Finish(spell, move.hi, false);
        running_.erase(running_.begin() + static_cast<std::ptrdiff_t>(i));
        Open(move, -1);
        return;
      }
      spell.last = std::max(spell.last, move.hi);
      if (move.on < kNever && (spell.on == kNever || move.on > spell.on)) spell.on = move.on;
      return;
    }
    const bool undated = move.lo <= kAlways;
    if (undated && !running_.empty()) return;  // of long ago: it does not undo what is known since
    for (size_t back = 0; back < std::min(kLookBack, done_.size()); back++) {
      const Spell& spell = done_[done_.size() - 1 - back];
      if (spell.state == move.state && spell.from >= move.lo - kSlack && spell.from <= move.hi + kSlack) return;  // told again
    }
    int against = -1;
    std::vector<Spell> stay;
    for (Spell& spell : running_) {
      if (machine_.Beside(spell.state, move.state)) {
        stay.push_back(spell);
        continue;
      }
      if (against < 0 && !machine_.Allows(spell.state, move.state)) against = spell.state;
      Finish(spell, move.hi, false);
    }
    running_ = std::move(stay);
    Open(move, against);
  }

  size_t done() const { return done_.size(); }
  // The spells from the `from`-th that is done on, then the running ones with their ends.
  std::vector<Spell> Tail(size_t from) const {
    std::vector<Spell> all(done_.begin() + static_cast<std::ptrdiff_t>(from), done_.end());
    for (Spell spell : running_) {
      spell.to = LapseOf(machine_, spell);
      spell.lapsed = spell.to < kNever;
      all.push_back(spell);
    }
    return all;
  }

 private:
  void Open(const FoldMove& move, int against) {
    Spell spell;
    spell.state = move.state;
    spell.since = move.since;
    spell.no_later = move.no_later;
    spell.from = move.hi;
    spell.on = move.on;
    spell.last = move.hi;
    spell.conflict = against >= 0;
    spell.against = against;
    running_.push_back(spell);
  }

  void Finish(Spell& spell, int day, bool lapsed) {
    spell.to = std::max(day, spell.from);
    spell.lapsed = lapsed;
    done_.push_back(spell);
  }

  void Lapse(int day) {
    for (size_t i = 0; i < running_.size();) {
      const int end = LapseOf(machine_, running_[i]);
      if (end > day) {
        i++;
        continue;
      }
      Finish(running_[i], end, true);
      running_.erase(running_.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }

  const Machine& machine_;
  std::vector<Spell> done_, running_;
};

}  // namespace

std::vector<Spell> Fold(const Machine& machine, std::vector<FoldMove> moves) {
  const auto order = [](const FoldMove& move) {
    // Of one day the more exact telling goes first, then the state that comes first in the data.
    return std::tuple(move.hi, -move.lo, move.state, move.no_later, move.since, move.on);
  };
  const auto before = [&](const FoldMove& a, const FoldMove& b) { return order(a) < order(b); };
  std::sort(moves.begin(), moves.end(), [&](const FoldMove& a, const FoldMove& b) {
    return a.known != b.known ? a.known < b.known : before(a, b);
  });
  std::vector<Spell> versions;
  std::vector<FoldMove> line;             // what is known so far, in the order of its days
  std::vector<Scan::Snapshot> snapshots;  // before line[0], line[kStride], ...
  std::vector<size_t> open;               // indices into versions: what is believed now, in the scan's order
  Scan scan(machine);
  for (size_t begin = 0; begin < moves.size();) {
    const int known = moves[begin].known;
    size_t end = begin, first = line.size();
    while (end < moves.size() && moves[end].known == known) end++;
    const size_t old_size = line.size();
    line.insert(line.end(), moves.begin() + static_cast<std::ptrdiff_t>(begin), moves.begin() + static_cast<std::ptrdiff_t>(end));
    const auto middle = line.begin() + static_cast<std::ptrdiff_t>(old_size);
    first = static_cast<size_t>(std::lower_bound(line.begin(), middle, *middle, before) - line.begin());
    std::inplace_merge(line.begin(), middle, line.end(), before);
    begin = end;

    const size_t restart = snapshots.empty() ? 0 : std::min(first / kStride, snapshots.size() - 1);
    size_t kept = 0;
    if (!snapshots.empty()) {
      scan.Restore(snapshots[restart]);
      kept = snapshots[restart].done;
      snapshots.resize(restart);
    }
    for (size_t i = restart * kStride; i < line.size(); i++) {
      if (i % kStride == 0) snapshots.push_back(scan.Save());
      scan.Apply(line[i]);
    }
    // What changed: spells that are done before the restart stay as they were.
    const std::vector<Spell> now = scan.Tail(kept);
    std::vector<size_t> next(open.begin(), open.begin() + static_cast<std::ptrdiff_t>(std::min(kept, open.size())));
    std::vector<bool> used(open.size(), false);
    size_t hint = kept;
    for (const Spell& spell : now) {
      size_t found = open.size();
      for (size_t i = kept; i < open.size(); i++) {
        const size_t at = kept + (hint - kept + (i - kept)) % (open.size() - kept);
        if (!used[at] && versions[open[at]].SameAs(spell)) {
          found = at;
          break;
        }
      }
      if (found < open.size()) {
        used[found] = true;
        hint = found + 1 < open.size() ? found + 1 : kept;
        next.push_back(open[found]);
        continue;
      }
      next.push_back(versions.size());
      versions.push_back(spell);
      versions.back().known_from = known;
      versions.back().known_to = kNever + 1;
    }
    for (size_t i = kept; i < open.size(); i++) {
      if (!used[i]) versions[open[i]].known_to = known;
    }
    open = std::move(next);
  }
  std::sort(versions.begin(), versions.end(), [](const Spell& a, const Spell& b) {
    return std::tuple(a.known_from, a.from, a.state, a.to, a.known_to, a.on) < std::tuple(b.known_from, b.from, b.state, b.to, b.known_to, b.on);
  });
  return versions;
}

bool TellsOf(const Spell& spell, int state, int lo, int hi) {
  return state == spell.state && hi >= spell.from - kSlack && (lo < spell.to || lo <= spell.from + kSlack);
}

}  // namespace entente
