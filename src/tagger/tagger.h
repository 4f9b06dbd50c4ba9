// SPDX-License-Identifier: Apache-2.0
// Tokens to part of speech, features and lemma (README.md), and the encodings that the parser goes
// on from.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "document/document.h"

namespace entente {

class Tagger {
 public:
  // Maps the model; a few milliseconds. The model stays mapped as long as the tagger or a copy
  // lives. Documents point into it.
  static Result<Tagger> Load(const std::string& path);
  // Of bytes that outlive the tagger, aligned to 64; for tests.
  static Result<Tagger> FromBytes(std::string_view bytes, const std::string& name);

  // Fills upos, feats, morph and lemma of every token, and Document::encodings. Safe to call from
  // many threads. Never fails.
  void Run(Document& document) const;
  // The same for sentences first .. last - 1; the encodings are then those of these sentences
  // alone.
  void Run(Document& document, uint32_t first, uint32_t last) const;

  // Tells the model from all others: a parser's model belongs to one tagger's model.
  uint64_t id() const;
  // Numbers that a token has in Document::encodings.
  int encoding_size() const;

 private:
  struct Parts;
  static Result<Tagger> Read(std::shared_ptr<Parts> parts);
  std::shared_ptr<const Parts> parts_;
};

}  // namespace entente
