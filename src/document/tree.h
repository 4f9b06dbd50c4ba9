// SPDX-License-Identifier: Apache-2.0
// The dependency tree of one sentence with its children lists, which tokens themselves do not have. A view:
// the document must outlive it and keep its tokens.
#pragma once

#include <span>
#include <vector>

#include "document/document.h"

namespace entente {

class Tree {
 public:
  Tree(const Document& document, const Sentence& sentence);

  uint32_t begin() const { return begin_; }
  uint32_t end() const { return end_; }
  const Token& operator[](uint32_t token) const { return document_->tokens[token]; }
  // In the order of the text.
  std::span<const uint32_t> Children(uint32_t token) const {
    const uint32_t i = token - begin_;
    return {children_.data() + first_[i], children_.data() + first_[i + 1]};
  }
  bool HasHead(uint32_t token) const { return document_->tokens[token].head >= 0; }
  uint32_t Head(uint32_t token) const { return static_cast<uint32_t>(document_->tokens[token].head); }
  // First child with the relation (and subtype, if given); -1 if none.
  int Child(uint32_t token, Rel rel) const;
  int Child(uint32_t token, Rel rel, RelSub sub) const;
  // The heads of a coordination that `token` is the first of, itself included.
  std::vector<uint32_t> Conjuncts(uint32_t token) const;
  // True if `token` is `ancestor` or below it.
  bool Below(uint32_t token, uint32_t ancestor) const;

 private:
  const Document* document_;
  uint32_t begin_, end_;
  std::vector<uint32_t> first_, children_;
};

}  // namespace entente
