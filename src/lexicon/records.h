// SPDX-License-Identifier: Apache-2.0
// The two syntaxes of our data (docs/formats/records.md): records that people write (.rec) and tables (.tsv).
// Every mistake is a Problem with its line; reading goes on, so that all of them are told at once.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/result.h"

namespace entente {

struct RecordField {
  std::string_view name;
  std::string_view value;
  int line = 0;
};

struct Record {
  std::vector<RecordField> fields;
  int line = 0;  // of its first field

  // First value of a field; "" if it is not there.
  std::string_view Get(std::string_view name) const;
  bool Has(std::string_view name) const;
  std::vector<std::string_view> All(std::string_view name) const;
  // Items of all the field's values, each a list "a | b | c".
  std::vector<std::string_view> List(std::string_view name) const;
  int LineOf(std::string_view name) const;
};

// A file of records, with the text that the fields point into.
struct RecordFile {
  std::string path;
  std::unique_ptr<std::string> text;
  std::string_view type;  // of %rec
  std::vector<Record> records;
};

// Reads the file and checks it against its own descriptor: type, mandatory and allowed fields, unique
// keys. An error only if the file cannot be read; mistakes go to `problems`.
Result<RecordFile> ReadRecords(const std::string& path, std::string_view type,
                               std::vector<Problem>& problems);
// The same of text in memory; `path` is for messages.
RecordFile ParseRecords(std::string text, const std::string& path, std::string_view type,
                        std::vector<Problem>& problems);

struct Table {
  std::string path;
  std::unique_ptr<std::string> text;
  std::vector<std::string_view> columns;
  std::vector<std::vector<std::string_view>> rows;  // as many cells as columns
  std::vector<int> lines;                           // of each row
};

// Requires these columns, in any order; a row with another number of cells is a problem.
Result<Table> ReadTable(const std::string& path, const std::vector<std::string>& columns,
                        std::vector<Problem>& problems);
// Index of a column; it must be there.
int Column(const Table& table, std::string_view name);

}  // namespace entente
