// SPDX-License-Identifier: Apache-2.0
// What a caller may say about an input.
#pragma once

#include <cstddef>
#include <string>

#include "base/date.h"

namespace entente {

enum class InputForm { kAuto, kText, kMarkdown, kHtml, kNdjson, kCsv, kFeed };

struct ReaderOptions {
  InputForm form = InputForm::kAuto;
  std::string language = "auto";    // or a tag: what every report is in
  Date date;                        // if known: the date of every report
  std::string date_order;           // "dmy", "mdy", "ymd"; "" to find out
  size_t max_document = 32u << 20;  // bytes of one document, line of NDJSON or row of a table
};

}  // namespace entente
