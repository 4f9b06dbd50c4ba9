// SPDX-License-Identifier: Apache-2.0
// Text to sentences and tokens, after the conventions of Universal Dependencies (EWT, GUM):
//   "Maduro's gov't didn't..."  ->  Maduro 's gov't did n't ...
// All that is known of a language comes from its folder.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "document/document.h"
#include "tokenizer/rules.h"

namespace entente {

class Tokenizer {
 public:
  // Reads tokens.txt and abbreviations.txt of data/languages/<tag>.
  static Result<Tokenizer> Load(const std::string& language_folder);
  // Fills doc.tokens (form, span, space_before, contraction) and doc.sentences; what was there is
  // dropped. Every paragraph ends a sentence. Time is linear in the text. Never fails. Safe to call
  // from many threads.
  void Run(Document& doc) const;

 private:
  explicit Tokenizer(TokenRules rules)
      : rules_(std::make_shared<const TokenRules>(std::move(rules))) {}
  std::shared_ptr<const TokenRules> rules_;
};

}  // namespace entente
