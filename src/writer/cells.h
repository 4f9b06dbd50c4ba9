// SPDX-License-Identifier: Apache-2.0
// Text as one cell of one row. Nothing that a report contains may break a row: every run of control characters and
// line separators (tab, newline, NUL, escape, U+2028 ...) becomes one space, every bad byte U+FFFD. Nothing else is
// changed: a cell that begins with "=" stays as it is, so that the text is the report's (docs/formats/exports.md).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace entente {

// The text in one line, valid UTF-8.
std::string OneLine(std::string_view text);
// As RFC 4180 has it: in quotes if it holds a comma or a quote.
std::string CsvCell(std::string_view text);
// In quotes if it holds a quote, so that readers that know quotes and readers that do not see the same rows.
std::string TsvCell(std::string_view text);
// For layouts whose readers switch quotes off, or forget to: a straight double quote becomes a single one.
std::string PlainCell(std::string_view text);
// An item of a list in a cell: OneLine, and ";" becomes ",".
std::string ListItem(std::string_view text);
std::string JoinList(const std::vector<std::string>& items);
// Cells separated by tabs with a newline at the end; each has gone through `cell`.
std::string TabRow(const std::vector<std::string>& cells, std::string (*cell)(std::string_view));

}  // namespace entente
