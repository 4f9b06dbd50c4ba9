// SPDX-License-Identifier: Apache-2.0
#include "lexicon/date_words.h"

#include <cstdlib>

#include "lexicon/records.h"

namespace entente {

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
    const std::string_view unit = record.Get("unit");
    if (unit == "day") word.unit = DateUnit::kDay;
    if (unit == "week") word.unit = DateUnit::kWeek;
    if (unit == "month") word.unit = DateUnit::kMonth;
    if (unit == "year") word.unit = DateUnit::kYear;
    if (unit == "decade") word.unit = DateUnit::kDecade;
    if (!unit.empty() && !word.unit) {
      problems.push_back({path, record.LineOf("unit"), "a unit is day, week, month, year or decade"});
    }
    for (const std::string_view item : record.List("words")) out.words_[std::string(item)] = word;
  }
  return out;
}

const DateWord* DateWords::Find(std::string_view word) const {
  const auto it = words_.find(word);
  return it == words_.end() ? nullptr : &it->second;
}

}  // namespace entente
