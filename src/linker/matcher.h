// SPDX-License-Identifier: Apache-2.0
// Finds the names and agent nouns of the lexicon in a sentence: longest match first, with regard to case.
#pragma once

#include <vector>

#include "document/document.h"
#include "lexicon/language.h"

namespace entente {

struct NameMatch {
  uint32_t begin = 0, end = 0;  // tokens
  uint32_t head = 0;            // the token of the match that the rest of the sentence sees
  bool agent = false;           // entries index Agents, else Actors
  bool all_capitals = false;    // the sentence is in capitals: case says nothing
  std::span<const NameEntry> entries;
};

// All matches of a sentence in the order of the text, without overlaps; names win over agent nouns where
// they are longer.
std::vector<NameMatch> FindNames(const Document& document, const Sentence& sentence,
                                 const Language& language);


}  // namespace entente
