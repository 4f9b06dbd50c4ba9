// SPDX-License-Identifier: Apache-2.0
#include "lexicon/numbers.h"

#include <cstdlib>

#include "lexicon/records.h"

namespace entente {
namespace {

constexpr int64_t kMost = 1'000'000'000'000;

// "400", "1,200", "3.5"; the fraction is kept for a multiplier.
std::optional<double> Figures(std::string_view word) {
  if (word.empty() || word[0] < '0' || word[0] > '9' || word.size() > 15) return std::nullopt;
  std::string digits;
  for (const char c : word) {
    if (c == ',') continue;
    if ((c < '0' || c > '9') && c != '.') return std::nullopt;
    digits += c;
  }
  return std::strtod(digits.c_str(), nullptr);
}

}  // namespace

Result<Numbers> Numbers::Load(const std::string& path, std::vector<Problem>& problems) {
  const auto file = ReadRecords(path, "number", problems);
  if (!file) return file.error();
  Numbers out;
  for (const Record& record : file->records) {
    for (const std::string_view word : record.List("words")) {
      const std::string key(word);
      if (record.Has("value")) out.values_[key] = std::atoll(std::string(record.Get("value")).c_str());
      if (record.Has("multiplier")) {
        out.multipliers_[key] = std::atoll(std::string(record.Get("multiplier")).c_str());
      }
      if (record.Has("qualifier")) out.qualifiers_[key] = record.Get("qualifier");
    }
  }
  return out;
}

bool Numbers::IsNumberWord(std::string_view word) const {
  return values_.count(std::string(word)) > 0 || multipliers_.count(std::string(word)) > 0 ||
         Figures(word).has_value();
}

std::optional<int64_t> Numbers::Value(const std::vector<std::string>& words) const {
  double total = 0;
  double current = 0;
  bool any = false;
  for (const std::string& word : words) {
    if (const auto figures = Figures(word)) {
      current = *figures;
    } else if (const auto value = values_.find(word); value != values_.end()) {
      current += static_cast<double>(value->second);
    } else if (const auto times = multipliers_.find(word); times != multipliers_.end()) {
      current = (current == 0 ? 1 : current) * static_cast<double>(times->second);
      if (times->second >= 1000) {
        total += current;
        current = 0;
      }
    } else {
      return std::nullopt;
    }
    any = true;
  }
  const double sum = total + current;
  if (!any || sum > static_cast<double>(kMost)) return std::nullopt;
  return static_cast<int64_t>(sum);
}

std::string_view Numbers::Qualifier(std::string_view words) const {
  const auto it = qualifiers_.find(words);
  return it == qualifiers_.end() ? std::string_view() : std::string_view(it->second);
}

}  // namespace entente
