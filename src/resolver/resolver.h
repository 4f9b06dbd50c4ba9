// SPDX-License-Identifier: Apache-2.0
// Reads the document as a document: "we" is whoever speaks, missing recipients are taken from the discourse, relative dates are anchored on the report's date, and the same act told twice is
// one event. Fills Document::events.
#pragma once

#include "base/result.h"
#include "document/document.h"
#include "lexicon/language.h"

namespace entente {

class Resolver {
 public:
  static Result<Resolver> Load(const Language& language);
  // Safe to call from many threads. Never fails.
  void Run(Document& document) const;

 private:
  explicit Resolver(const Language& language) : language_(&language) {}
  const Language* language_;
};

}  // namespace entente
