// SPDX-License-Identifier: Apache-2.0
// Small things about strings: trimming, splitting, "did you mean".
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace entente {

std::string_view Trim(std::string_view text);
// Keeps empty parts. Views into `text`.
std::vector<std::string_view> Split(std::string_view text, char separator);
// Items of a data list "a | b | c", trimmed, empty ones dropped.
std::vector<std::string_view> SplitList(std::string_view text);
// Words between spaces and tabs; empty ones dropped.
std::vector<std::string_view> SplitWords(std::string_view text);
std::string Join(const std::vector<std::string>& parts, std::string_view separator);
// The candidate nearest to `word` by edit distance, if near enough to be meant; else "".
std::string DidYouMean(std::string_view word, const std::vector<std::string>& candidates);

struct StringHash {
  using is_transparent = void;
  size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
// A map from strings that can be asked with a string_view.
template <class T>
using StringMap = std::unordered_map<std::string, T, StringHash, std::equal_to<>>;

}  // namespace entente
