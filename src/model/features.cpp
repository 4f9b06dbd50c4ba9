// SPDX-License-Identifier: Apache-2.0
#include "model/features.h"

#include <algorithm>

#include "base/utf8.h"

namespace entente {
namespace {

// Longer words are cut: nothing that a model knows is longer.
constexpr size_t kLongestWord = 48;

uint64_t Mix(uint64_t h, uint64_t value) {
  h = (h ^ value) * 0x9E3779B97F4A7C15ull;
  return h ^ (h >> 29);
}

uint64_t Hash(uint64_t seed, std::u32string_view text) {
  uint64_t h = 0xCBF29CE484222325ull ^ (seed * 0xD6E8FEB86659FD93ull);
  for (const char32_t c : text) h = Mix(h, c);
  return Mix(h, text.size());
}

uint32_t Bucket(uint64_t hash) { return static_cast<uint32_t>(hash >> 40) & (kPieceBuckets - 1); }

char32_t Straighten(char32_t c) {
  switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x201B:
    case 0x2032:
    case 0x60:
    case 0xB4:
      return U'\'';
    case 0x201C:
    case 0x201D:
    case 0x201F:
    case 0x2033:
    case 0xAB:
    case 0xBB:
      return U'"';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
      return U'-';
    default:
      return c;
  }
}

bool Letter(char32_t c) {
  if (c < 0x80) return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
  return IsLetter(c);
}
bool Upper(char32_t c) { return c < 0x80 ? c >= U'A' && c <= U'Z' : IsUpper(c); }
bool Digit(char32_t c) { return c < 0x80 ? c >= U'0' && c <= U'9' : IsDigit(c); }
char32_t Lower(char32_t c) {
  if (c < 0x80) return c >= U'A' && c <= U'Z' ? c + 32 : c;
  return ToLower(c);
}

enum CaseClass { kNoLetter, kLower, kCapital, kAllCapitals, kOneCapital, kMixed };

CaseClass ClassOf(std::u32string_view word) {
  int letters = 0;
  int upper = 0;
  for (const char32_t c : word) {
    if (!Letter(c)) continue;
    letters++;
    upper += Upper(c) ? 1 : 0;
  }
  if (letters == 0) return kNoLetter;
  if (upper == 0) return kLower;
  if (upper == letters) return letters == 1 ? kOneCapital : kAllCapitals;
  return upper == 1 && Upper(word[0]) ? kCapital : kMixed;
}

}  // namespace

bool FeatureReader::Normalise(std::string_view form) {
  original_.clear();
  normal_.clear();
  bool ascii = true;
  for (size_t at = 0; at < form.size() && original_.size() < kLongestWord;) {
    char32_t c = static_cast<unsigned char>(form[at]);
    if (c < 0x80) {
      at++;
    } else {
      c = DecodeUtf8(form, at);
    }
    c = Straighten(c);
    ascii = ascii && c < 0x80;
    original_ += c;
    normal_ += Digit(c) ? U'0' : Lower(c);
  }
  // Doubled quotes of older corpora.
  if (normal_.size() == 2 && normal_[0] == U'\'' && normal_[1] == U'\'') normal_.assign(1, U'"');
  return ascii;
}

uint64_t FeatureReader::Key(std::string_view form) {
  Normalise(form);
  return Hash(1, normal_);
}

void FeatureReader::Read(std::string_view form, bool starts, Casing casing,
                         WordFeatures& features) {
  const bool ascii = Normalise(form);
  if (!ascii) {
    std::string folded;
    FoldTo(form, folded);
    const std::u32string original = original_;
    Normalise(folded);
    features.folded_key = Hash(1, normal_);
    original_ = original;
    // The pieces are those of the word without diacritics, which a headline may leave out anyway.
    const std::u32string plain = normal_;
    Normalise(form);
    features.key = Hash(1, normal_);
    normal_ = plain;
  } else {
    features.key = Hash(1, normal_);
    features.folded_key = features.key;
  }
  const std::u32string_view word = normal_;
  auto& out = features.pieces;
  int at = 0;
  out[at++] = Bucket(Hash(2, word));
  const size_t hyphen = word.rfind(U'-');
  const bool compound = hyphen != word.npos && hyphen > 0 && hyphen + 2 < word.size();
  out[at++] = compound ? Bucket(Hash(2, word.substr(hyphen + 1))) : kNoPiece;
  for (size_t n = 1; n <= 5; n++) {
    out[at++] = word.size() > n ? Bucket(Hash(2 + n, word.substr(word.size() - n))) : kNoPiece;
  }
  for (size_t n = 1; n <= 4; n++) {
    out[at++] = word.size() > n ? Bucket(Hash(8 + n, word.substr(0, n))) : kNoPiece;
  }
  const CaseClass case_class = ClassOf(original_);
  std::array<char32_t, 8> pattern;
  size_t length = 0;
  bool has_digit = false;
  for (const char32_t c : original_) {
    char32_t kind = c;
    if (Letter(c)) {
      kind = Upper(c) ? U'X' : U'x';
    } else if (Digit(c)) {
      kind = U'0';
      has_digit = true;
    } else if (c >= 0x80) {
      kind = 0x80;
    }
    if (length > 0 && pattern[length - 1] == kind) continue;
    if (length == pattern.size()) break;
    pattern[length++] = kind;
  }
  out[at++] = Bucket(Hash(14, {pattern.data(), length}));
  const std::array<char32_t, 3> cased = {static_cast<char32_t>(case_class),
                                         static_cast<char32_t>(starts),
                                         static_cast<char32_t>(casing)};
  out[at++] = Bucket(Hash(15, {cased.data(), cased.size()}));
  const std::array<char32_t, 3> sized = {
      static_cast<char32_t>(std::min<size_t>(original_.size(), 12)),
      static_cast<char32_t>(has_digit), static_cast<char32_t>(hyphen != word.npos)};
  out[at++] = Bucket(Hash(16, {sized.data(), sized.size()}));
}

void CasingCounter::Add(std::string_view form) {
  int letters = 0;
  int upper = 0;
  bool first_upper = false;
  for (size_t at = 0; at < form.size() && letters < 24;) {
    char32_t c = static_cast<unsigned char>(form[at]);
    if (c < 0x80) {
      at++;
    } else {
      c = DecodeUtf8(form, at);
    }
    if (!Letter(c)) continue;
    const bool is_upper = Upper(c);
    if (letters == 0) first_upper = is_upper;
    letters++;
    upper += is_upper ? 1 : 0;
  }
  if (letters == 0) return;
  words_++;
  if (upper == letters) upper_++;
  if (letters >= 4) {
    long_words_++;
    if (first_upper) capitalised_++;
  }
}

Casing CasingCounter::Get() const {
  if (words_ >= 2 && upper_ * 10 >= words_ * 8) return Casing::kUpper;
  if (long_words_ >= 3 && capitalised_ * 10 >= long_words_ * 7) return Casing::kTitle;
  return Casing::kNormal;
}

bool BeginsWithLetter(std::string_view form) {
  if (form.empty()) return false;
  size_t at = 0;
  return Letter(DecodeUtf8(form, at));
}

}  // namespace entente
