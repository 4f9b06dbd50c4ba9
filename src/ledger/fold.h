// SPDX-License-Identifier: Apache-2.0
// Moves of one subject to the spells in which each state held, for every day on which something new was known:
// valid time and report time. The result depends on the set of moves alone, not on their order.
//
//   moves  severed 2019-01-10 (known 11), restored 2019-03-01 (known 1 March)
//   spells severed 2019-01-10..           known 2019-01-11 to 2019-03-01
//          severed 2019-01-10..2019-03-01 known from 2019-03-01 on
//          restored 2019-03-01..          known from 2019-03-01 on
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ledger/machine.h"
#include "ledger/report.h"

namespace entente {

constexpr int kEndUnknown = -1;  // a state: from here on nothing is known

struct FoldMove {
  int state = 0;
  Date since;
  bool no_later = false;
  int lo = kAlways, hi = kNever, on = kNever;
  int known = kNever;
};

struct Spell {
  int state = 0;
  Date since;             // as the first move tells it
  bool no_later = false;  // since then or before
  int from = 0;           // first day on which it surely holds
  int to = kNever;        // first day on which it does not
  int on = kNever;        // what lies ahead
  bool lapsed = false;    // `to` is because nobody said it again
  bool conflict = false;  // it could not follow the state before it
  int against = -1;       // that state
  int known_from = 0, known_to = kNever + 1;  // days, end exclusive
  int last = 0;           // latest day that it was told of

  bool SameAs(const Spell& other) const {
    return state == other.state && since == other.since && no_later == other.no_later && from == other.from && to == other.to &&
           on == other.on && lapsed == other.lapsed && conflict == other.conflict && against == other.against;
  }
};

// All versions of all spells, by known_from, then from, then state.
std::vector<Spell> Fold(const Machine& machine, std::vector<FoldMove> moves);

// True if a move to this state, told of days lo..hi, tells of the spell (then it is evidence for it).
bool TellsOf(const Spell& spell, int state, int lo, int hi);

}  // namespace entente
