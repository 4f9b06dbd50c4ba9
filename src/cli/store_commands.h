// SPDX-License-Identifier: Apache-2.0
// What the commands on a store share.
#pragma once

#include <cstdio>
#include <string>

#include "base/date.h"
#include "ledger/ledger.h"
#include "ledger/rows.h"

namespace entente {

// A line on stderr that is written over, when stderr is a terminal; at most ten times a second.
class ProgressLine {
 public:
  explicit ProgressLine(bool quiet);
  ~ProgressLine();
  void Show(const std::string& text);
  void Clear();

 private:
  bool on_;
  double last_ = 0;
  size_t width_ = 0;
};

// The day of a date given by hand; the last day of a month or year.
Result<int> DayOf(const std::string& text, const std::string& option);
// The day after which something was learnt; kAlways for "". It must not lie after the day on which it is known.
Result<int> SinceKnown(const std::string& text, int known_at);
// An error for a party that neither the lexicon nor the store nor (of states) the facts know, with what may be meant.
Status CheckParty(const LedgerData& data, Ledger& ledger, const std::string& party, bool of_states, const std::string& option);
// Opens for reading; what still waits to be derived is derived first.
Result<Ledger> OpenForReading(const LedgerData& data, const std::string& address, bool quiet);
Progress ShowProgress(ProgressLine& line, const std::string& what);
// stdout, checked: false if it cannot be written.
bool Put(const std::string& text);
int Finish();
// What is wanted; else a table on a terminal and NDJSON elsewhere.
std::string FormName(const std::string& wanted);
Result<RowForm> FormOf(const std::string& wanted);

}  // namespace entente
