// SPDX-License-Identifier: Apache-2.0
// Finds the sentences among the tokens of a paragraph.
#pragma once

#include <cstdint>

#include "document/document.h"
#include "tokenizer/rules.h"

namespace entente {

constexpr uint32_t kMaxSentence = 400;  // tokens; longer ones are cut at a semicolon, dash or comma

// Appends to doc.sentences those of doc.tokens[begin, end), all of one paragraph. Linear.
void FindSentences(const TokenRules& rules, uint32_t paragraph, uint32_t begin, uint32_t end,
                   Document& doc);

}  // namespace entente
