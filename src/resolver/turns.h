// SPDX-License-Identifier: Apache-2.0
// Whose turn it is where a report is a transcript: "[Duarte] We shall ...", "He said: [begin
// recording] ...".
#pragma once

#include <vector>

#include "document/document.h"
#include "lexicon/language.h"

namespace entente {

struct Turn {
  Span span;             // bytes of the text, without the label
  int32_t speaker = -1;  // mention; -1 if it is not known who speaks
};

// The turns of a transcript, in the order of the text, without overlaps; empty for other reports.
// Needs sentences and mentions. Costs time linear in the text.
std::vector<Turn> FindTurns(const Document& document, const Language& language);

}  // namespace entente
