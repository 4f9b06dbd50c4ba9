// SPDX-License-Identifier: Apache-2.0
// Tokens to a dependency tree for each sentence (README.md).
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "document/document.h"

namespace entente {

class Parser {
 public:
  // Maps the model; a few milliseconds. `tagger_id` is Tagger::id() of the tagger that fills the
  // encodings: a parser that was trained with another one is refused.
  static Result<Parser> Load(const std::string& path, uint64_t tagger_id);
  // Of bytes that outlive the parser, aligned to 64; for tests.
  static Result<Parser> FromBytes(std::string_view bytes, const std::string& name,
                                  uint64_t tagger_id);

  // Fills head, relation, rel and rel_sub of every token from Document::encodings; every sentence
  // gets a tree with one root. Safe to call from many threads. Never fails.
  void Run(Document& document) const;
  // The same for sentences first .. last - 1, to which the encodings must belong.
  void Run(Document& document, uint32_t first, uint32_t last) const;

 private:
  struct Parts;
  static Result<Parser> Read(std::shared_ptr<Parts> parts, uint64_t tagger_id);
  std::shared_ptr<const Parts> parts_;
};

}  // namespace entente
