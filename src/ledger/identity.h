// SPDX-License-Identifier: Apache-2.0
// One act, many tellings: which mentions of a block are the same event. Mentions can only be the same if they
// have the same block: the event and the parties that do it. The result depends on the set of mentions alone.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ledger/machine.h"
#include "ledger/report.h"

namespace entente {

// What identity looks at.
struct Telling {
  int64_t key = 0;     // of the mention: the report's number and the mention's place in it
  std::string id;
  std::string mode, recipient, place;
  int lo = kAlways, hi = kNever;  // days between which it happened, as told
  bool exact = false;             // the day is told
  bool dated_by_report = false;   // only the report's date is known
  int64_t auxiliary = 0;          // tellings of other auxiliaries or another operator are other events
  std::string operation;
  bool needs_recipient = false;
  int known = kNever;
  int64_t report() const { return key >> 20; }
};

// The number that all tellings of one act share, or may share.
int64_t BlockOf(const Machine& machine, const ReportedEvent& event);
// What the recipient is compared by: "" where actor and recipient may change places and all are in the block.
std::string RecipientOf(const Machine& machine, const ReportedEvent& event);

// Groups of indices into `tellings`, each sorted by (known, id), the groups by their first member.
// `daily`: two told days are two acts.
std::vector<std::vector<uint32_t>> SameActs(const std::vector<Telling>& tellings, bool daily);

}  // namespace entente
