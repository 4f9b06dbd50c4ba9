// SPDX-License-Identifier: Apache-2.0
// Names as a trie over folded words ("al-Shabaab" and "al Shabaab" are the same two words). Built once, then asked
// for every word of every report and rebuilt at every start: flat tables, no allocation a name.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace entente {

// What a name of the lexicon is to its actor.
enum class NameKind : uint8_t { kName, kShort, kAdjective, kDemonym, kCapital, kCity, kSeat };

struct NameEntry {
  uint32_t actor = 0;
  NameKind kind = NameKind::kName;
  // The words' case in the name: acronyms and capitalised names are matched with regard to it.
  bool acronym = false;  // all capitals
  bool capital = false;  // begins with a capital
  bool plural = false;   // of a demonym
};

class NameIndex {
 public:
  // Splits as names and texts are split for matching: at spaces, hyphens and apostrophes; periods drop.
  static void SplitName(std::string_view text, std::vector<std::string>& words);

  void Add(std::string_view name, NameEntry entry);
  // Must be called after the last Add and before any question.
  void Finish();

  // Word id for walking; -1 if no name has the word. `folded` as SplitName makes it.
  int Word(std::string_view folded) const;
  // Child of a node (0 is the root) by word; -1 if none.
  int Walk(int node, int word) const;
  std::span<const NameEntry> Entries(int node) const {
    return {entries_.data() + first_[node], entries_.data() + first_[node + 1]};
  }

 private:
  struct WordSlot {
    uint32_t begin = 0, size = 0;
    int id = -1;
    uint32_t hash = 0;
  };
  struct EdgeSlot {
    uint64_t key = 0;
    int node = -1;
  };
  int AddWord(std::string_view word);
  int AddEdge(int node, int word);
  void GrowWords();
  void GrowEdges();

  std::string letters_;  // of all words
  std::vector<WordSlot> words_;  // open addressing, a power of two
  std::vector<EdgeSlot> edges_;
  uint32_t word_count_ = 0, edge_count_ = 0;
  std::vector<std::pair<uint32_t, NameEntry>> added_;  // node and entry, until Finish
  std::vector<uint32_t> first_;
  std::vector<NameEntry> entries_;
  std::vector<std::string> scratch_;
};

}  // namespace entente
