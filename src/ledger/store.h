// SPDX-License-Identifier: Apache-2.0
// What is kept, in SQLite or PostgreSQL, with one schema (docs/formats/ledger.md): reports, what they tell, and what
// is derived from it. Every write is idempotent: keys are hashes of content. Not for several threads at once;
// several programs may open one store.
//   auto store = Store::Open("entente.db", Store::Mode::kWrite);
//   store->Keep(reports, failures);   // one transaction
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.h"
#include "ledger/database.h"
#include "ledger/report.h"

namespace entente {

// An input that could not be read.
struct Failure {
  std::string place;   // file, or file:line
  std::string reason;
};

struct StoreCounts {
  int64_t reports = 0, failures = 0, mentions = 0, events = 0, words = 0;
};

class Store {
 public:
  enum class Mode { kRead, kWrite };
  static constexpr int kSchema = 5;

  // Makes or brings up to date the schema when it may write. The errors say what to do: no store, not ours, damaged,
  // read-only, older than this program (and opened for reading), newer than this program.
  static Result<Store> Open(const std::string& address, Mode mode);

  // True if a report of this content is kept, under this name or one that goes before it.
  Result<bool> Has(const Report& report);
  struct Kept {
    int64_t reports = 0, events = 0, known_before = 0;
  };
  // Keeps reports and failures in one transaction; what is there already stays as it is. Of one content under several
  // names the first in order is kept, whichever comes first. A place that was read at last is no failure any more.
  Result<Kept> Keep(const Machine& machine, const std::vector<Report>& reports, const std::vector<Failure>& failures);

  Result<StoreCounts> Counts();
  Result<std::vector<Failure>> Failures();
  Result<std::string> Meta(const std::string& name);  // "" if it is not set
  Status SetMeta(const std::string& name, const std::string& value);

  Database& database() { return *database_; }
  // A prepared statement that is kept for the next time; valid until the store goes.
  Result<Query*> Prepared(const std::string& sql);
  // Several at once.
  Status Prepare(std::initializer_list<std::pair<Query**, std::string>> statements);
  // The number that a statement without parameters gives.
  Result<int64_t> Number(const std::string& sql);

 private:
  explicit Store(std::unique_ptr<Database> database) : database_(std::move(database)) {}
  Status CheckSchema(Mode mode);
  Status Migrate(int from);
  Status FillTopics();
  Status KeepReport(const Machine& machine, const Report& report, int64_t number);
  Status Rename(const Report& report, int64_t number);

  std::unique_ptr<Database> database_;
  std::unordered_map<std::string, std::unique_ptr<Query>> prepared_;
};

}  // namespace entente
