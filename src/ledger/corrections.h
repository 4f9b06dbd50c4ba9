// SPDX-License-Identifier: Apache-2.0
// What was corrected by hand: tellings that are an event of their own, and tellings whose events
// are one. What is kept of the reports stays as it is; events are derived with the corrections.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "ledger/store.h"

namespace entente {

struct Correction {
  bool split = false;                 // else a merge
  std::vector<std::string> mentions;  // ids, sorted
  std::string id;                     // of the row
};

class Corrections {
 public:
  static Result<Corrections> Read(Store& store);
  bool empty() const { return all_.empty(); }
  // Null if the telling was not split off.
  const Correction* SplitOf(const std::string& mention) const;
  std::vector<const Correction*> MergesOf(const std::string& mention) const;
  // The blocks that are to be derived together with this one, itself among them; null if it stands
  // alone.
  const std::vector<int64_t>* TiedTo(int64_t block) const;

  // Both run inside a transaction that writes. What was said later of a telling counts: to split
  // takes it out of earlier corrections.
  static Status AddSplit(Store& store, const std::vector<std::string>& mentions);
  static Status AddMerge(Store& store, const std::vector<std::string>& mentions);

 private:
  std::vector<std::unique_ptr<Correction>> all_;
  std::multimap<std::string, const Correction*> of_mention_;
  std::unordered_map<int64_t, std::shared_ptr<std::vector<int64_t>>> tied_;
};

}  // namespace entente
