// SPDX-License-Identifier: Apache-2.0
#include "reader/lines.h"

#include <algorithm>

#include "base/text.h"
#include "base/utf8.h"

namespace entente {

std::vector<Line> CutLines(std::string_view text) {
  std::vector<Line> lines;
  size_t carriage = text.find('\r');
  size_t newline = text.find('\n');
  for (size_t at = 0; at <= text.size();) {
    if (carriage < at) carriage = text.find('\r', at);
    if (newline < at) newline = text.find('\n', at);
    const size_t end = std::min({newline, carriage, text.size()});
    Line line{at, end, 0};
    while (line.begin < line.end && IsSpaceByte(text[line.begin])) line.begin++;
    while (line.end > line.begin && IsSpaceByte(text[line.end - 1])) line.end--;
    // A no-break space is a space too.
    while (text.substr(line.begin, line.end - line.begin).starts_with("\xC2\xA0")) line.begin += 2;
    while (line.end - line.begin >= 2 &&
           text.substr(line.begin, line.end - line.begin).ends_with("\xC2\xA0")) {
      line.end -= 2;
    }
    line.indent = line.begin - at;
    lines.push_back(line);
    if (end == text.size()) break;
    at = end + (text[end] == '\r' && end + 1 < text.size() && text[end + 1] == '\n' ? 2 : 1);
  }
  return lines;
}

bool IsRule(std::string_view line) {
  if (line.size() < 3) return false;
  const char sign = line[0];
  if (sign != '-' && sign != '*' && sign != '_' && sign != '=' && sign != '~' && sign != '#')
    return false;
  size_t signs = 0;
  for (const char c : line) {
    if (c == sign)
      signs++;
    else if (c != ' ')
      return false;
  }
  return signs >= 3;
}

size_t ItemMark(std::string_view line) {
  size_t at = 0;
  if (line.starts_with("\xE2\x80\xA2"))
    at = 3;
  else if (!line.empty() && (line[0] == '-' || line[0] == '*' || line[0] == '+'))
    at = 1;
  else {
    while (at < line.size() && at < 3 && line[at] >= '0' && line[at] <= '9') at++;
    if (at == 0 || at >= line.size() || (line[at] != '.' && line[at] != ')')) return 0;
    at++;
  }
  if (at >= line.size() || (line[at] != ' ' && line[at] != '\t')) return 0;
  while (at < line.size() && IsSpaceByte(line[at])) at++;
  return at < line.size() ? at : 0;
}

std::string_view WithoutClosers(std::string_view text) {
  static constexpr std::string_view kClosers[] = {
      "\"", "'", ")", "]", "*", "_", "\xE2\x80\x9D", "\xE2\x80\x99", "\xC2\xBB"};
  for (bool more = true; more;) {
    more = false;
    text = Trim(text);
    for (const std::string_view closer : kClosers) {
      if (!text.ends_with(closer)) continue;
      text.remove_suffix(closer.size());
      more = true;
    }
  }
  return text;
}

bool EndsSentence(std::string_view text) {
  text = WithoutClosers(text);
  return text.ends_with('.') || text.ends_with('!') || text.ends_with('?') || text.ends_with(':') ||
         text.ends_with(';') || text.ends_with("\xE2\x80\xA6");
}

char32_t FirstLetter(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const char32_t c = DecodeUtf8(text, at);
    if (IsLetter(c) || IsDigit(c)) return c;
    if (!IsSpace(c) && !IsPunctuation(c)) return 0;
  }
  return 0;
}
bool StartsLower(std::string_view text) {
  const char32_t c = FirstLetter(text);
  return c != 0 && IsLetter(c) && !IsUpper(c);
}

}  // namespace entente
