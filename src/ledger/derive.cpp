// SPDX-License-Identifier: Apache-2.0
// From what was read to events and states (derive_events.cpp, derive_states.cpp). Both are derived
// in pieces, each in a transaction that also takes the piece off the list of what is pending, so
// that a run may end at any moment and the next goes on.
#include "ledger/ledger.h"

namespace entente {

Result<bool> Ledger::Pending() {
  const auto pending = store_.Number(
      "SELECT CASE WHEN EXISTS(SELECT 1 FROM pending_blocks) OR EXISTS(SELECT 1 FROM "
      "pending_subjects) THEN 1 ELSE 0 END");
  if (!pending) return pending.error();
  return *pending != 0;
}

Status Ledger::Derive(const Progress& progress) {
  // Other state machines than those that folded what is there: all states are folded anew.
  const auto folded = store_.Meta("machine");
  if (!folded) return folded.error();
  Status status;
  if (*folded != data_->machine.fingerprint()) {
    status = store_.database().Write([&]() -> Status {
      Status good = store_.database().Execute(
          "INSERT INTO pending_subjects SELECT subject FROM subjects WHERE true ON CONFLICT DO "
          "NOTHING");
      if (good) good = store_.SetMeta("machine", data_->machine.fingerprint());
      return good;
    });
  }
  if (status) status = DeriveEvents(progress);
  if (status) status = DeriveStates(progress);
  return status;
}

Status Ledger::Rebuild(const Progress& progress) {
  const Status status = store_.database().Write([&]() -> Status {
    Status good = store_.database().Execute(
        "DELETE FROM mention_events; DELETE FROM events; DELETE FROM event_parties; DELETE FROM "
        "states; DELETE FROM pressures;"
        "DELETE FROM pending_blocks; DELETE FROM pending_subjects;"
        "INSERT INTO pending_blocks SELECT DISTINCT block FROM mentions;"
        "INSERT INTO pending_subjects SELECT subject FROM subjects;");
    if (good) good = store_.SetMeta("machine", data_->machine.fingerprint());
    return good;
  });
  if (!status) return status;
  return Derive(progress);
}

Status Ledger::TakePending(const std::string& table, const std::string& key,
                           const Progress& progress,
                           const std::function<Status(const std::vector<int64_t>&)>& work) {
  constexpr int64_t kAtOnce = 500;
  const auto all = store_.Number("SELECT COUNT(*) FROM " + table);
  if (!all) return all.error();
  const auto page =
      store_.Prepared("SELECT " + key + " FROM " + table + " ORDER BY " + key + " LIMIT $1");
  if (!page) return page.error();
  const auto taken = store_.Prepared("DELETE FROM " + table + " WHERE " + key + "<=$1");
  if (!taken) return taken.error();
  std::vector<int64_t> keys;
  int64_t done = 0;
  do {
    if (progress && !progress(done, *all)) return {};
    keys.clear();
    const Status status = store_.database().Write([&]() -> Status {
      Status good = (*page)->Int(kAtOnce).EachRow([&] { keys.push_back((*page)->IntAt(0)); });
      if (good && !keys.empty()) good = work(keys);
      if (good && !keys.empty()) good = (*taken)->Int(keys.back()).Run();
      return good;
    });
    if (!status) return status;
    done += static_cast<int64_t>(keys.size());
  } while (!keys.empty());
  return {};
}

}  // namespace entente
