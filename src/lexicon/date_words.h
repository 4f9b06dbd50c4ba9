// SPDX-License-Identifier: Apache-2.0
// Words that dates are made of in one language (dates.rec).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/text.h"

namespace entente {

enum class DateUnit : uint8_t { kDay, kWeek, kMonth, kYear, kDecade };

struct DateWord {
  std::optional<int> weekday, month, day, direction, ago;
  std::optional<DateUnit> unit;
};

class DateWords {
 public:
  static Result<DateWords> Load(const std::string& path, std::vector<Problem>& problems);
  // Null if the word (lower case, lemma) is none of a date.
  const DateWord* Find(std::string_view word) const;

 private:
  StringMap<DateWord> words_;
};

}  // namespace entente
