// SPDX-License-Identifier: Apache-2.0
// Rows of the ledger as text: NDJSON (docs/formats/ledger.md), CSV and TSV, a table for people.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledger/ledger.h"

namespace entente {

enum class RowForm { kNdjson, kCsv, kTsv, kTable };
// kBadRequest for any other name than ndjson, csv, tsv, table.
Result<RowForm> RowFormFromName(std::string_view name);

// With `change` rows begin with what became of them; with `was` they tell the old values too.
std::string StateHeader(RowForm form, bool change, bool was = false);
// One row, with the tellings behind it if there are any.
std::string StateText(const StateRow& row, const std::vector<Evidence>& why, RowForm form, bool change, bool was = false);
std::string EventHeader(RowForm form);
// The columns of an event in CSV and TSV.
struct EventCell {
  const char* name;
  std::string value;
  bool number = false;
};
std::vector<EventCell> EventCells(const EventRow& row);
std::string EventText(const EventRow& row, const std::vector<Evidence>& why, RowForm form);
std::string EventChangeHeader(RowForm form);
std::string EventChangeText(const EventChange& change, RowForm form);

// A field of CSV (RFC 4180) or TSV (tabs and line ends become spaces). A text that a spreadsheet would take for a
// formula is kept as it is: it is data.
std::string Field(std::string_view text, RowForm form);

}  // namespace entente
