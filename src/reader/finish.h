// SPDX-License-Identifier: Apache-2.0
// The last steps that every format shares: the language, the date, the offsets.
#pragma once

#include <string>

#include "document/document.h"
#include "reader/data.h"
#include "reader/options.h"

namespace entente {

// A document on its way, and what is not yet decided about it.
struct Draft {
  Document doc;
  std::string date_text;                // as written; may be empty
  std::string dateline;                 // a field of its own; may be empty
  DateOrder order = DateOrder::kUnset;  // that the input shows elsewhere
};

// Settles language and date with their notes, and builds the offset index. Call when all else is
// set.
void Finish(const ReaderData& data, const ReaderOptions& options, Draft& draft);

struct LanguageGuess {
  std::string_view tag;  // empty if no word was known
  double share = 0;      // of all words that are function words of that language
  size_t words = 0;      // that were looked at
};
// By function words, from the beginning of the text.
LanguageGuess GuessLanguage(std::string_view text, const ReaderData& data);

}  // namespace entente
