// SPDX-License-Identifier: Apache-2.0
#include "writer/cells.h"

#include <algorithm>

#include "base/utf8.h"

namespace entente {
namespace {

bool IsControl(char32_t c) { return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029; }

std::string Quoted(const std::string& line) {
  std::string out = "\"";
  for (const char c : line) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

}  // namespace

std::string OneLine(std::string_view text) {
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
  if (plain) return std::string(text);
  std::string out;
  out.reserve(text.size());
  bool control = false;
  for (size_t at = 0; at < text.size();) {
    const char32_t c = DecodeUtf8(text, at);
    if (!IsControl(c)) {
      AppendUtf8(out, c);
    } else if (!control) {
      out += ' ';
    }
    control = IsControl(c);
  }
  return out;
}

std::string CsvCell(std::string_view text) {
  const std::string line = OneLine(text);
  return line.find_first_of(",\"") == std::string::npos ? line : Quoted(line);
}

std::string TsvCell(std::string_view text) {
  const std::string line = OneLine(text);
  return line.find('"') == std::string::npos ? line : Quoted(line);
}

std::string PlainCell(std::string_view text) {
  std::string line = OneLine(text);
  std::replace(line.begin(), line.end(), '"', '\'');
  return line;
}

std::string ListItem(std::string_view text) {
  std::string line = OneLine(text);
  std::replace(line.begin(), line.end(), ';', ',');
  return line;
}

std::string JoinList(const std::vector<std::string>& items) {
  std::string out;
  for (size_t i = 0; i < items.size(); i++) out += (i > 0 ? ";" : "") + ListItem(items[i]);
  return out;
}

std::string TabRow(const std::vector<std::string>& cells, std::string (*cell)(std::string_view)) {
  std::string out;
  for (size_t i = 0; i < cells.size(); i++) {
    if (i > 0) out += '\t';
    out += cell(cells[i]);
  }
  return out + "\n";
}

}  // namespace entente
