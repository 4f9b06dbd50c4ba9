// SPDX-License-Identifier: Apache-2.0
#include "lexicon/date_words.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>

#include "lexicon/records.h"

namespace entente {
namespace {

// In the order of DateHelper, from its second.
constexpr std::string_view kHelpers[] = {"part", "eve", "modifier", "vague", "bound", "same", "of", "to"};

}  // namespace

bool DateWord::Helps(DateHelper helper) const {
  return std::find(helpers.begin(), helpers.end(), helper) != helpers.end();
}

Result<DateWords> DateWords::Load(const std::string& path, std::vector<Problem>& problems) {
  const auto file = ReadRecords(path, "date", problems);
  if (!file) return file.error();
  DateWords out;
  for (const Record& record : file->records) {
    DateWord word;
    const auto number = [&](const char* field) -> std::optional<int> {
      if (!record.Has(field)) return std::nullopt;
      return std::atoi(std::string(record.Get(field)).c_str());
    };
    word.weekday = number("weekday");
    word.month = number("month");
    word.day = number("day");
    word.direction = number("direction");
    word.ago = number("ago");
    word.season = number("season");
    word.reference = record.Get("anchor") == "reference";
    for (const std::string_view name : record.List("helps")) {
      const auto* const at = std::find(std::begin(kHelpers), std::end(kHelpers), name);
      if (at == std::end(kHelpers)) {
        problems.push_back({path, record.LineOf("helps"), "a word does not help as `" + std::string(name) + "`"});
        continue;
      }
      word.helpers.push_back(static_cast<DateHelper>(at - std::begin(kHelpers) + 1));
    }
    const std::string_view unit = record.Get("unit");
    if (unit == "day") word.unit = DateUnit::kDay;
    if (unit == "week") word.unit = DateUnit::kWeek;
    if (unit == "weekend") word.unit = DateUnit::kWeekend;
    if (unit == "quarter") word.unit = DateUnit::kQuarter;
    if (unit == "month") word.unit = DateUnit::kMonth;
    if (unit == "year") word.unit = DateUnit::kYear;
    if (unit == "decade") word.unit = DateUnit::kDecade;
    if (!unit.empty() && !word.unit) {
      problems.push_back({path, record.LineOf("unit"), "a unit is day, week, weekend, month, quarter, year or decade"});
    }
    for (const std::string_view item : record.List("words")) out.words_[std::string(item)] = word;
  }
  return out;
}

const DateWord* DateWords::FindAny(std::string_view word) const {
  const auto it = words_.find(word);
  return it == words_.end() ? nullptr : &it->second;
}

const DateWord* DateWords::Find(std::string_view word) const {
  const DateWord* found = FindAny(word);
  if (found == nullptr) return nullptr;
  const bool date = found->weekday || found->month || found->day || found->direction || found->ago || found->unit || found->season;
  return date ? found : nullptr;
}

}  // namespace entente
