// SPDX-License-Identifier: Apache-2.0
// When an act happened: dates in full, weekdays, "last year", "six months ago", anchored on the report's date.
#pragma once

#include <optional>
#include <string>

#include "document/tree.h"
#include "lexicon/language.h"

namespace entente {

struct FoundDate {
  Date date;
  std::string how;  // explicit, relative
  uint32_t token = 0;
};

// The date that the words [begin, end) say; nothing if they say none. `past`: the clause is in the past tense, so
// that a bare weekday or month is the last one.
std::optional<FoundDate> ReadDate(const Document& document, uint32_t begin, uint32_t end, const Language& language,
                                  bool past);
// The date of the clause around a predicate.
std::optional<FoundDate> DateOfClause(const Document& document, const Tree& tree, uint32_t predicate,
                                      const Language& language);

}  // namespace entente
