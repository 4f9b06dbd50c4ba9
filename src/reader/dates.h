// SPDX-License-Identifier: Apache-2.0
// Dates as the head of a report writes them: 2019-01-11, 11/01/2019, "Friday, January 11, 2019
// 10:30 GMT", "11 de enero de 2019", RFC 822.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"
#include "reader/data.h"

namespace entente {

struct FoundDate {
  Date date;             // as read
  Date other;            // what else it could be: 11/01/2019; not known if it is certain
  bool alone = false;    // the text says nothing else
  bool numeric = false;  // written in figures with the year last
  DateOrder order = DateOrder::kUnset;  // that the text itself shows: 13/01/2019 is day first
  int weekday = -1;                     // named beside it
};

// The first date in the text, which is a line or a field, not a paragraph: at most 200 bytes are
// looked at. `order` settles ambiguous ones; without it they are read day first and `other` is set.
std::optional<FoundDate> FindDate(std::string_view text, const ReaderData& data, DateOrder order);

// The order that the numeric dates of a whole text show (13/01/2019), if they agree.
DateOrder OrderOfText(std::string_view text);

// "11/01/2019 was read as 2019-01-11 ...": for the note.
std::string AmbiguityText(std::string_view written, const FoundDate& date);

}  // namespace entente
