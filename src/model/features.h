// SPDX-License-Identifier: Apache-2.0
// What the syntax models see of a word: a key into the table of known words, and hashed pieces of
// it (endings, beginnings, pattern of letters and digits). The trainer and the tagger both call
// this, so that a model is always read with the features it was learned with.
//   "Re-elected" -> key of "re-elected"; endings "d", "ed", ...; beginnings "r", "re", ...; pattern
//   "Xx-x"; the part after the hyphen "elected"
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace entente {

// Stands in the header of each model; a model with other features is refused.
constexpr std::string_view kFeatureNames =
    "key,full,tail,suffix1-5,prefix1-4,pattern,case*start*heading,length*digit*hyphen";

constexpr int kPieceCount = 14;
constexpr uint32_t kPieceBuckets = 1u << 14;
constexpr uint32_t kNoPiece = 0xFFFFFFFFu;

// How a sentence is written, taken from its words: in a headline case says less.
enum class Casing : uint8_t { kNormal, kTitle, kUpper };

struct WordFeatures {
  uint64_t key = 0;         // of the normalised form: lower case, straight quotes, digits as 0
  uint64_t folded_key = 0;  // the same without diacritics; equal to key if there are none
  std::array<uint32_t, kPieceCount> pieces;  // below kPieceBuckets, or kNoPiece
};

// Computes features word by word. Holds scratch memory: one object a thread.
class FeatureReader {
 public:
  // `starts` is true for the first word of the sentence that has a letter.
  void Read(std::string_view form, bool starts, Casing casing, WordFeatures& features);
  // The key alone.
  uint64_t Key(std::string_view form);

 private:
  bool Normalise(std::string_view form);
  std::u32string original_;
  std::u32string normal_;
};

// Counts the words of a sentence for its casing: call Add for each form, then Get.
class CasingCounter {
 public:
  void Add(std::string_view form);
  Casing Get() const;

 private:
  int long_words_ = 0, capitalised_ = 0, words_ = 0, upper_ = 0;
};

// True if a letter is among the first code points of the form.
bool BeginsWithLetter(std::string_view form);

}  // namespace entente
