// SPDX-License-Identifier: Apache-2.0
// Baseline facts: what was so, by hand and with a source, from data/facts/*.rec (docs/formats/facts.md) and from
// the dated members and roles of data/actors. Immutable after loading.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "ledger/fold.h"
#include "lexicon/actors.h"

namespace entente {

struct Fact {
  std::string id;      // of its record: "unasur-suspended-2018", or of the actor it comes from
  std::string source;
  int state = 0;
  int lo = kAlways, hi = kNever;
};

struct FactSubject {
  Subject subject;
  std::vector<Spell> spells;  // all versions
  std::vector<Fact> facts;
  int horizon = kAlways;      // complete up to this day
};

class Facts {
 public:
  // `folder` is data/facts; it may be missing.
  static Result<Facts> Load(const std::string& folder, const Machine& machine, const Actors& actors,
                            std::vector<Problem>& problems);

  const std::vector<FactSubject>& all() const { return subjects_; }
  const FactSubject* Find(int64_t subject) const;  // null if there is none
  // Indices into all() of the subjects that a code takes part in.
  const std::vector<uint32_t>& Of(std::string_view code) const;

 private:
  std::vector<FactSubject> subjects_;
  std::unordered_map<int64_t, uint32_t> by_id_;
  StringMap<std::vector<uint32_t>> by_code_;
};

}  // namespace entente
