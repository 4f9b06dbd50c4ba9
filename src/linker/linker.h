// SPDX-License-Identifier: Apache-2.0
// Links phrases to actors: names by the lexicon and the report's date, agent nouns with the country, the
// organisation or the person they stand with, titles with names, pronouns and descriptions by what was said before.
// Fills Document::mentions.
//   "Venezuelan President Nicolas Maduro" (2019) -> VEN GOV, Nicolás Maduro
//   "Colombian police"                           -> COL COP
#pragma once

#include "base/result.h"
#include "document/document.h"
#include "lexicon/language.h"
#include "linker/antecedents.h"

namespace entente {

class Linker {
 public:
  static Result<Linker> Load(const Language& language);
  // Safe to call from many threads. Never fails.
  void Run(Document& document) const;

 private:
  explicit Linker(const Language& language) : language_(&language), antecedents_(language) {}
  const Language* language_;
  AntecedentWeights antecedents_;
};

}  // namespace entente
