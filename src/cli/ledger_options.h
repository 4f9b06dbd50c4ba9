// SPDX-License-Identifier: Apache-2.0
// What the commands on a store take: ingest, events, ledger, sql.
#pragma once

#include <string>
#include <vector>

#include "cli/commands.h"

namespace entente {

struct IngestOptions {
  CommonOptions common;
  std::string store = "entente.db";
  std::vector<std::string> inputs;
  std::string from = "auto", language = "auto", date, date_order;
  int threads = 0;
  double min_confidence = -1;  // below 0: the language's own bound
};
int RunIngest(const IngestOptions& options);

struct EventsOptions {
  CommonOptions common;
  std::string store = "entente.db";
  std::string actor, recipient, party, event, id, since, until, known_at, since_known, by, per, to;
  int64_t limit = 0;
  bool why = false, no_sectors = false;
};
int RunEvents(const EventsOptions& options);

struct LedgerOptions {
  CommonOptions common;
  std::string store = "entente.db";
  std::string action;  // "" (ask), rebuild, diff, timeline, split, merge
  std::string kind, of, actor, state, as_of, known_at, since_known, to;
  std::string from_day, to_day;  // of diff
  std::vector<std::string> ids;  // of split and merge
  bool past = false, why = false;
};
int RunLedger(const LedgerOptions& options);

struct SqlOptions {
  CommonOptions common;
  std::string store = "entente.db";
  std::string sql, to;
  int timeout = 60;  // seconds
};
int RunSql(const SqlOptions& options);

}  // namespace entente
