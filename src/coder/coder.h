// SPDX-License-Identifier: Apache-2.0
// Codes the acts of a document: predicates with their arguments, patterns, composition, one event mention a
// clause. Fills Document::event_mentions, sentence by sentence. Pronouns and descriptions stay as mentions;
// the resolver links them.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "document/document.h"
#include "lexicon/language.h"

namespace entente {

// How a predicate was read, for `explain`.
struct PredicateTrace {
  uint32_t predicate = 0;
  std::string arguments;                                      // "agent: Paraguay; object: relations; with: Venezuela"
  std::string pattern, event;                                 // what won; "" if nothing
  std::vector<std::string> steps;
  std::vector<std::pair<std::string, std::string>> failures;  // pattern, what it lacked; nearest first
  std::string fate;  // "coded", "part of another act", "no actor", ...
};

class Coder {
 public:
  static Result<Coder> Load(const Language& language);
  // Safe to call from many threads. Never fails.
  void Run(Document& document) const;
  // What happened at every predicate of a sentence. The document must have been through the linker.
  std::vector<PredicateTrace> Trace(const Document& document, const Sentence& sentence) const;

 private:
  explicit Coder(const Language& language) : language_(&language) {}
  const Language* language_;
};

}  // namespace entente
