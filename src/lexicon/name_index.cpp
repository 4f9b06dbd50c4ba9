// SPDX-License-Identifier: Apache-2.0
#include "lexicon/name_index.h"

#include <algorithm>
#include <functional>

#include "base/error.h"
#include "base/utf8.h"

namespace entente {
namespace {

constexpr size_t kFirstSize = 1024;

uint32_t HashOf(std::string_view word) {
  const size_t h = std::hash<std::string_view>{}(word);
  return static_cast<uint32_t>(h ^ (h >> 32));
}

uint64_t HashOf(uint64_t key) {
  key *= 0x9E3779B97F4A7C15u;
  return key ^ (key >> 29);
}

}  // namespace

void NameIndex::SplitName(std::string_view text, std::vector<std::string>& words) {
  thread_local std::string folded;
  folded.clear();
  FoldTo(text, folded);
  size_t n = 0;
  bool open = false;
  for (const char c : folded) {
    if (c == ' ' || c == '-' || c == '\'' || c == '/' || c == ',' || c == '(' || c == ')') {
      open = false;
    } else if (c != '.') {
      if (!open) {
        if (n == words.size()) words.emplace_back();
        words[n++].clear();
        open = true;
      }
      words[n - 1] += c;
    }
  }
  words.resize(n);
}

void NameIndex::GrowWords() {
  std::vector<WordSlot> old = std::move(words_);
  words_.assign(std::max(kFirstSize, old.size() * 2), WordSlot());
  for (const WordSlot& slot : old) {
    if (slot.id < 0) continue;
    size_t at = slot.hash & (words_.size() - 1);
    while (words_[at].id >= 0) at = (at + 1) & (words_.size() - 1);
    words_[at] = slot;
  }
}

void NameIndex::GrowEdges() {
  std::vector<EdgeSlot> old = std::move(edges_);
  edges_.assign(std::max(kFirstSize, old.size() * 2), EdgeSlot());
  for (const EdgeSlot& slot : old) {
    if (slot.node < 0) continue;
    size_t at = HashOf(slot.key) & (edges_.size() - 1);
    while (edges_[at].node >= 0) at = (at + 1) & (edges_.size() - 1);
    edges_[at] = slot;
  }
}

int NameIndex::Word(std::string_view folded) const {
  if (words_.empty()) return -1;
  const uint32_t hash = HashOf(folded);
  for (size_t at = hash & (words_.size() - 1); words_[at].id >= 0; at = (at + 1) & (words_.size() - 1)) {
    const WordSlot& slot = words_[at];
    if (slot.hash == hash && slot.size == folded.size() &&
        std::string_view(letters_).substr(slot.begin, slot.size) == folded) {
      return slot.id;
    }
  }
  return -1;
}

int NameIndex::AddWord(std::string_view word) {
  if (const int id = Word(word); id >= 0) return id;
  if ((word_count_ + 1) * 2 > words_.size()) GrowWords();
  const uint32_t hash = HashOf(word);
  size_t at = hash & (words_.size() - 1);
  while (words_[at].id >= 0) at = (at + 1) & (words_.size() - 1);
  words_[at] = {static_cast<uint32_t>(letters_.size()), static_cast<uint32_t>(word.size()),
                static_cast<int>(word_count_++), hash};
  letters_ += word;
  return words_[at].id;
}

int NameIndex::Walk(int node, int word) const {
  if (edges_.empty()) return -1;
  const uint64_t key = (static_cast<uint64_t>(node) << 32) | static_cast<uint32_t>(word);
  for (size_t at = HashOf(key) & (edges_.size() - 1); edges_[at].node >= 0; at = (at + 1) & (edges_.size() - 1)) {
    if (edges_[at].key == key) return edges_[at].node;
  }
  return -1;
}

int NameIndex::AddEdge(int node, int word) {
  if (const int child = Walk(node, word); child >= 0) return child;
  if ((edge_count_ + 1) * 2 > edges_.size()) GrowEdges();
  const uint64_t key = (static_cast<uint64_t>(node) << 32) | static_cast<uint32_t>(word);
  size_t at = HashOf(key) & (edges_.size() - 1);
  while (edges_[at].node >= 0) at = (at + 1) & (edges_.size() - 1);
  edges_[at] = {key, static_cast<int>(++edge_count_)};
  return edges_[at].node;
}

void NameIndex::Add(std::string_view name, NameEntry entry) {
  SplitName(name, scratch_);
  if (scratch_.empty()) return;
  int node = 0;
  for (const std::string& word : scratch_) node = AddEdge(node, AddWord(word));
  added_.emplace_back(static_cast<uint32_t>(node), entry);
}

void NameIndex::Finish() {
  const size_t nodes = edge_count_ + 1;
  std::stable_sort(added_.begin(), added_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  first_.assign(nodes + 1, 0);
  entries_.clear();
  size_t at = 0;
  for (uint32_t node = 0; node < nodes; node++) {
    first_[node] = static_cast<uint32_t>(entries_.size());
    for (; at < added_.size() && added_[at].first == node; at++) {
      const NameEntry& entry = added_[at].second;
      const bool there = std::any_of(entries_.begin() + first_[node], entries_.end(), [&](const NameEntry& old) {
        return old.actor == entry.actor && old.kind == entry.kind;
      });
      if (!there) entries_.push_back(entry);
    }
  }
  first_[nodes] = static_cast<uint32_t>(entries_.size());
  added_ = {};
  scratch_ = {};
}

}  // namespace entente
