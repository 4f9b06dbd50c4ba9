// SPDX-License-Identifier: Apache-2.0
// Lines of text, and what their ends and beginnings say.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace entente {

struct Line {
  size_t begin = 0, end = 0;  // without spaces at both ends
  size_t indent = 0;
};

inline bool IsSpaceByte(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}
// Lines end with LF, CRLF or CR.
std::vector<Line> CutLines(std::string_view text);
// A line of three or more of one sign, with spaces or without.
bool IsRule(std::string_view line);
// Behind the mark of an item in a list ("- ", "* ", "1. "); 0 if there is none.
size_t ItemMark(std::string_view line);
// Without quotes and brackets that close at the end.
std::string_view WithoutClosers(std::string_view text);
bool EndsSentence(std::string_view text);
// The first letter or figure after quotes and brackets; 0 if there is none.
char32_t FirstLetter(std::string_view text);
bool StartsLower(std::string_view text);

}  // namespace entente
