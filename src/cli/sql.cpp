// SPDX-License-Identifier: Apache-2.0
// Read-only SQL on a store; docs/formats/ledger.md describes the tables.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "base/utf8.h"
#include "cli/ledger_options.h"
#include "cli/store_commands.h"
#include "ledger/json.h"

namespace entente {
namespace {

constexpr size_t kTableRows = 1000;  // that decide the width of a table's columns

std::string Line(const std::vector<std::string>& cells, const std::vector<size_t>& widths, RowForm form) {
  std::string out;
  for (size_t i = 0; i < cells.size(); i++) {
    if (form == RowForm::kTable) {
      std::string cell = Field(cells[i], RowForm::kTsv);
      if (i + 1 < cells.size()) cell += std::string(widths[i] - std::min(widths[i], CountCodePoints(cell)), ' ') + "  ";
      out += cell;
      continue;
    }
    if (i > 0) out += form == RowForm::kCsv ? ',' : '\t';
    out += Field(cells[i], form);
  }
  return out + "\n";
}

}  // namespace

int RunSql(const SqlOptions& options) {
  const auto form = FormOf(options.to);
  if (!form) return Fail(form.error());
  std::string sql = options.sql;
  if (sql.empty()) {
    if (isatty(STDIN_FILENO) != 0) return Fail({ErrorCode::kBadRequest, "give the SQL with -c or on stdin; see `entente sql --help`", ""});
    char buffer[4096];
    for (size_t n; (n = std::fread(buffer, 1, sizeof buffer, stdin)) > 0;) sql.append(buffer, n);
  }
  auto store = Store::Open(options.store, Store::Mode::kRead);
  if (!store) return Fail(store.error());
  const auto query = store->database().PrepareForeign(sql, options.timeout);
  if (!query) return Fail(query.error());
  Query& q = **query;
  std::vector<std::string> names;
  for (int i = 0; i < q.Columns(); i++) names.push_back(q.ColumnName(i));
  std::vector<size_t> widths;
  for (const std::string& name : names) widths.push_back(CountCodePoints(name));
  std::vector<std::vector<std::string>> waiting;
  bool header = false;
  const auto release = [&] {
    if (!header && *form != RowForm::kNdjson) Put(Line(names, widths, *form));
    header = true;
    bool good = true;
    for (const auto& cells : waiting) good = good && Put(Line(cells, widths, *form));
    waiting.clear();
    return good;
  };
  for (;;) {
    const auto row = q.Step();
    if (!row) return Fail(row.error());
    if (!*row) break;
    if (*form == RowForm::kNdjson) {
      std::string out = "{";
      for (int i = 0; i < q.Columns(); i++) {
        if (i > 0) out += ',';
        AppendJson(out, names[static_cast<size_t>(i)]);
        out += ':';
        if (q.IsNull(i)) {
          out += "null";
        } else if (q.IsNumber(i)) {
          out += q.TextAt(i);
        } else {
          AppendJson(out, q.TextAt(i));
        }
      }
      if (!Put(out + "}\n")) break;
      continue;
    }
    std::vector<std::string> cells;
    for (int i = 0; i < q.Columns(); i++) {
      cells.emplace_back(q.TextAt(i));
      if (waiting.size() < kTableRows && !header) widths[static_cast<size_t>(i)] = std::max(widths[static_cast<size_t>(i)], CountCodePoints(cells.back()));
    }
    waiting.push_back(std::move(cells));
    if ((*form != RowForm::kTable || header || waiting.size() >= kTableRows) && !release()) break;
  }
  release();
  return Finish();
}

}  // namespace entente
