// SPDX-License-Identifier: Apache-2.0
// When an act happened: dates in full, weekdays, "last year", "two days earlier", "between March and June", anchored
// on the report's date or on the date that was told last, and never more exact than the words are: "last week" gives
// a month, "in the spring of 2015" a year, "in the 1990s" only that it is history.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "document/tree.h"
#include "lexicon/language.h"

namespace entente {

// An expression of time in a sentence.
struct TimeExpression {
  uint32_t begin = 0, end = 0;  // tokens, end exclusive
  Date date;                    // not known if the words do not tell it
  std::string how;              // explicit, relative
  bool bound = false;           // "until Friday": no date of anything
  bool history = false;         // "decades ago": not known, but long back
};

// The expressions of a sentence. `reference`: the date that was told last before it; becomes that of this sentence.
std::vector<TimeExpression> FindDates(const Document& document, const Tree& tree, const Language& language,
                                      bool headline, Date& reference);
// The one that dates the clause around a predicate; null if none does.
const TimeExpression* DateOfClause(const Tree& tree, const std::vector<TimeExpression>& expressions, uint32_t predicate,
                                   const Language& language);

}  // namespace entente
