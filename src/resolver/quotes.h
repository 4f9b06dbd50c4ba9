// SPDX-License-Identifier: Apache-2.0
// Whose words a passage is: what stands between quotation marks, over sentences and paragraphs, and what
// follows "The minister said:".
#pragma once

#include <vector>

#include "document/document.h"
#include "lexicon/language.h"

namespace entente {

struct Quote {
  Span span;             // bytes of the text, without the marks
  int32_t speaker = -1;  // mention; -1 if nobody is named
};

// The passages of the document in somebody's own words, in the order of the text, also where nobody says whose; they do not overlap. Needs
// tokens, trees and mentions. Costs time linear in the text.
std::vector<Quote> FindQuotes(const Document& document, const Language& language);

// Who speaks in a sentence that says so ("the minister said"): a mention; -1 if nobody.
int SpeakerOfSentence(const Document& document, const Language& language, uint32_t sentence);

}  // namespace entente
