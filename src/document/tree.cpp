// SPDX-License-Identifier: Apache-2.0
#include "document/tree.h"

namespace entente {

Tree::Tree(const Document& document, const Sentence& sentence)
    : document_(&document), begin_(sentence.begin), end_(sentence.end) {
  const uint32_t n = end_ - begin_;
  first_.assign(n + 1, 0);
  const auto head_of = [&](uint32_t i) -> int64_t {
    const int64_t head = document.tokens[begin_ + i].head;
    return head < begin_ || head >= end_ ? -1 : head - begin_;
  };
  for (uint32_t i = 0; i < n; i++) {
    if (const int64_t head = head_of(i); head >= 0) first_[head + 1]++;
  }
  for (uint32_t i = 0; i < n; i++) first_[i + 1] += first_[i];
  children_.resize(first_[n]);
  std::vector<uint32_t> next(first_.begin(), first_.end() - 1);
  for (uint32_t i = 0; i < n; i++) {
    if (const int64_t head = head_of(i); head >= 0) children_[next[head]++] = begin_ + i;
  }
}

int Tree::Child(uint32_t token, Rel rel) const {
  for (const uint32_t child : Children(token)) {
    if ((*this)[child].rel == rel) return static_cast<int>(child);
  }
  return -1;
}

int Tree::Child(uint32_t token, Rel rel, RelSub sub) const {
  for (const uint32_t child : Children(token)) {
    if ((*this)[child].rel == rel && (*this)[child].rel_sub == sub) return static_cast<int>(child);
  }
  return -1;
}

std::vector<uint32_t> Tree::Conjuncts(uint32_t token) const {
  std::vector<uint32_t> all{token};
  for (size_t i = 0; i < all.size() && all.size() < 64; i++) {
    for (const uint32_t child : Children(all[i])) {
      if ((*this)[child].rel == Rel::kConj) all.push_back(child);
    }
  }
  return all;
}

bool Tree::Below(uint32_t token, uint32_t ancestor) const {
  for (uint32_t steps = 0; steps <= end_ - begin_; steps++) {
    if (token == ancestor) return true;
    if (!HasHead(token)) return false;
    token = Head(token);
  }
  return false;
}

}  // namespace entente
