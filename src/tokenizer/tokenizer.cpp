// SPDX-License-Identifier: Apache-2.0
#include "tokenizer/tokenizer.h"

#include <utility>

#include "tokenizer/sentences.h"
#include "tokenizer/splitter.h"

namespace entente {

Result<Tokenizer> Tokenizer::Load(const std::string& language_folder) {
  Result<TokenRules> rules = TokenRules::Load(language_folder);
  if (!rules) return rules.error();
  return Tokenizer(std::move(*rules));
}

void Tokenizer::Run(Document& doc) const {
  doc.tokens.clear();
  doc.sentences.clear();
  doc.tokens.reserve(doc.text.size() / 5 + 8);
  doc.sentences.reserve(doc.text.size() / 100 + 8);
  auto splitter = std::make_unique<Splitter>(*rules_, doc);
  for (uint32_t p = 0; p < doc.paragraphs.size(); p++) {
    const auto first = static_cast<uint32_t>(doc.tokens.size());
    splitter->Run(doc.paragraphs[p].span.begin, doc.paragraphs[p].span.end);
    FindSentences(*rules_, p, first, static_cast<uint32_t>(doc.tokens.size()), doc);
  }
}

}  // namespace entente
