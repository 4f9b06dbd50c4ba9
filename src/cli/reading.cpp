// SPDX-License-Identifier: Apache-2.0
#include "cli/reading.h"

#include "base/date.h"
#include "reader/reader.h"

namespace entente {

Result<ReaderOptions> ReadingOf(const std::string& from, const std::string& language, const std::string& date,
                                const std::string& date_order) {
  ReaderOptions reading;
  const auto form = InputFormFromName(from);
  if (!form) return Error{ErrorCode::kBadRequest, "unknown form `" + from + "`", "--from"};
  reading.form = *form;
  reading.language = language;
  reading.date_order = date_order;
  if (!date.empty()) {
    const auto parsed = ParseIsoDate(date);
    if (!parsed) return Error{ErrorCode::kBadRequest, "not a date: `" + date + "`; write YYYY-MM-DD", "--date"};
    reading.date = *parsed;
  }
  return reading;
}

}  // namespace entente
