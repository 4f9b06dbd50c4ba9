// SPDX-License-Identifier: Apache-2.0
// Words that dates are made of in one language (dates.rec).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/text.h"

namespace entente {

enum class DateUnit : uint8_t { kDay, kWeek, kWeekend, kMonth, kQuarter, kYear, kDecade };

// What a word that is no date of its own does to one.
enum class DateHelper : uint8_t {
  kNone,
  kPart,     // "the end of March", "the night of 5 May", "Monday evening"
  kEve,      // "the eve of": the day before
  kModifier, // "early", "late", "mid"
  kVague,    // "several", "a few": a number that is not told
  kBound,    // "after Monday's vote": the date is only a bound, as are those of "before" and "until"
  kSame,     // "the same day": that which was told last
  kOf,       // joins: "the 5th of May"
  kTo,       // joins the two ends of a range: "5 to 7 May", "between March and June"
};

struct DateWord {
  std::optional<int> weekday, month, day, direction, ago, season;
  std::optional<DateUnit> unit;
  bool reference = false;  // "earlier", "the following day": counted from the date that was told last
  std::vector<DateHelper> helpers;
  bool Helps(DateHelper helper) const;
};

class DateWords {
 public:
  static Result<DateWords> Load(const std::string& path, std::vector<Problem>& problems);
  // Null if the word (lower case, lemma) is none of a date.
  const DateWord* Find(std::string_view word) const;
  // The same, with the words that only help: "since", "end", "early".
  const DateWord* FindAny(std::string_view word) const;

 private:
  StringMap<DateWord> words_;
};

}  // namespace entente
