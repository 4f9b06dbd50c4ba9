// SPDX-License-Identifier: Apache-2.0
#include "ledger/corrections.h"

#include <algorithm>

#include "base/text.h"

namespace entente {
namespace {

Status Add(Store& store, const Correction& correction) {
  const auto add = store.Prepared(
      "INSERT INTO corrections(id, action, mentions) VALUES($1,$2,$3) ON CONFLICT DO NOTHING");
  if (!add) return add.error();
  const std::string action = correction.split ? "split" : "merge",
                    joined = Join(correction.mentions, " ");
  return (*add)
      ->Text("c-" + std::to_string(HashKey(action + " " + joined)))
      .Text(action)
      .Text(joined)
      .Run();
}

// The events of these tellings are to be derived anew.
Status MakePending(Store& store, const std::vector<std::string>& mentions) {
  const auto pending = store.Prepared(
      "INSERT INTO pending_blocks(block) SELECT DISTINCT block FROM mentions WHERE id=$1 ON "
      "CONFLICT DO NOTHING");
  if (!pending) return pending.error();
  Status status;
  for (const std::string& id : mentions) {
    if (status) status = (*pending)->Text(id).Run();
  }
  return status;
}

Correction Sorted(bool split, std::vector<std::string> mentions) {
  std::sort(mentions.begin(), mentions.end());
  mentions.erase(std::unique(mentions.begin(), mentions.end()), mentions.end());
  return {split, std::move(mentions), ""};
}

}  // namespace

Result<Corrections> Corrections::Read(Store& store) {
  Query *rows, *blocks;
  Status status =
      store.Prepare({{&rows, "SELECT id, action, mentions FROM corrections ORDER BY id"},
                     {&blocks, "SELECT block FROM mentions WHERE id=$1"}});
  if (!status) return status.error();
  Corrections corrections;
  status = rows->EachRow([&] {
    auto one = std::make_unique<Correction>();
    one->id = rows->TextAt(0);
    one->split = rows->TextAt(1) == "split";
    for (const std::string_view id : Split(rows->TextAt(2), ' ')) one->mentions.emplace_back(id);
    corrections.all_.push_back(std::move(one));
  });
  auto& tied = corrections.tied_;
  for (const auto& one : corrections.all_) {
    std::shared_ptr<std::vector<int64_t>> together = std::make_shared<std::vector<int64_t>>();
    for (const std::string& id : one->mentions) {
      corrections.of_mention_.emplace(id, one.get());
      blocks->Text(id);
      if (status) {
        status = blocks->EachRow([&] {
          const auto it = tied.find(blocks->IntAt(0));
          if (it == tied.end()) {
            together->push_back(blocks->IntAt(0));
          } else if (it->second != together) {
            together->insert(together->end(), it->second->begin(), it->second->end());
          }
          for (const int64_t block : *together) tied[block] = together;
        });
      }
    }
  }
  if (!status) return status.error();
  for (auto it = tied.begin(); it != tied.end();) {
    std::sort(it->second->begin(), it->second->end());
    it->second->erase(std::unique(it->second->begin(), it->second->end()), it->second->end());
    it = it->second->size() < 2 ? tied.erase(it) : std::next(it);
  }
  return corrections;
}

const Correction* Corrections::SplitOf(const std::string& mention) const {
  const auto [begin, end] = of_mention_.equal_range(mention);
  const auto it = std::find_if(begin, end, [](const auto& entry) { return entry.second->split; });
  return it == end ? nullptr : it->second;
}

std::vector<const Correction*> Corrections::MergesOf(const std::string& mention) const {
  std::vector<const Correction*> merges;
  const auto [begin, end] = of_mention_.equal_range(mention);
  for (auto it = begin; it != end; ++it) {
    if (!it->second->split) merges.push_back(it->second);
  }
  return merges;
}

const std::vector<int64_t>* Corrections::TiedTo(int64_t block) const {
  const auto it = tied_.find(block);
  return it == tied_.end() ? nullptr : it->second.get();
}

Status Corrections::AddSplit(Store& store, const std::vector<std::string>& mentions) {
  const Correction split = Sorted(true, mentions);
  const auto before = Read(store);
  if (!before) return before.error();
  const auto remove = store.Prepared("DELETE FROM corrections WHERE id=$1");
  if (!remove) return remove.error();
  Status status;
  for (const auto& one : before->all_) {
    Correction rest{one->split, {}, ""};
    std::set_difference(one->mentions.begin(), one->mentions.end(), split.mentions.begin(),
                        split.mentions.end(), std::back_inserter(rest.mentions));
    if (rest.mentions.size() == one->mentions.size()) continue;
    if (status) status = MakePending(store, one->mentions);
    if (status) status = (*remove)->Text(one->id).Run();
    if (status && rest.mentions.size() >= (rest.split ? 1u : 2u)) status = Add(store, rest);
  }
  if (status) status = Add(store, split);
  if (status) status = MakePending(store, split.mentions);
  return status;
}

Status Corrections::AddMerge(Store& store, const std::vector<std::string>& mentions) {
  const Correction merge = Sorted(false, mentions);
  Status status = Add(store, merge);
  if (status) status = MakePending(store, merge.mentions);
  return status;
}

}  // namespace entente
