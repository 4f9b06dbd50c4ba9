// SPDX-License-Identifier: Apache-2.0
// What a language says about its tokens and sentences, read from data/languages/<tag>/tokens.txt
// and abbreviations.txt. Both files are sections of words:
//   [never]
//   Mr Gen Sen      # Gen. Smith: the full stop ends no sentence
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "base/text.h"

namespace entente {

enum class Abbreviation : uint8_t { kNone, kNever, kNumber, kMay };

// One word of a contraction: a piece of the surface form (bytes), or, where size is 0, another
// text.
struct ContractionPart {
  uint8_t size = 0;
  std::string text;
};
struct Contraction {
  std::vector<ContractionPart> parts;
};

// A word in lower case, every apostrophe straight. Lives as long as the key object.
class WordKey {
 public:
  explicit WordKey(std::string_view word);
  std::string_view view() const { return view_; }

 private:
  char buffer_[48];
  std::string long_;
  std::string_view view_;
};

class TokenRules {
 public:
  // Reads both files of the language's folder. kBadData names every mistake with its line.
  static Result<TokenRules> Load(const std::string& language_folder);

  // `word` without its last full stop, in its own case.
  Abbreviation FindAbbreviation(std::string_view word) const;
  // All others take the key of a word (lower case).
  bool IsStarter(std::string_view key) const { return Has(starters_, key); }
  bool IsWhole(std::string_view key) const { return Has(wholes_, key); }
  bool IsPrefix(std::string_view key) const { return Has(prefixes_, key); }
  bool IsSuffix(std::string_view key) const { return Has(suffixes_, key); }
  bool IsUnit(std::string_view key) const { return Has(units_, key); }
  bool IsOrdinal(std::string_view key) const { return Has(ordinals_, key); }
  bool IsDomain(std::string_view key) const { return Has(domains_, key); }
  bool IsExtension(std::string_view key) const { return Has(extensions_, key); }
  bool IsEmoticon(std::string_view form) const {
    return form.size() > 1 && EmoticonAt(form) == form.size();
  }
  // Bytes of the longest emoticon that `text` begins with; 0 if none.
  size_t EmoticonAt(std::string_view text) const;
  // Bytes of the longest clitic that the key ends with, less than all of it; 0 if none.
  size_t CliticAtEnd(std::string_view key) const;
  bool TakesPossessive(char last_letter) const {
    return possessive_[static_cast<unsigned char>(last_letter)];
  }
  // Null if the key is no contraction. `MayBeContraction` is a cheap filter before it.
  const Contraction* FindContraction(std::string_view key) const;
  bool MayBeContraction(std::string_view form) const;
  // Words of pronouns that hang on a verb by a hyphen: tornou-se. Empty in most languages.
  bool IsEnclitic(std::string_view key) const { return Has(enclitics_, key); }
  bool has_enclitics() const { return !enclitics_.empty(); }
  bool splits_hyphens() const { return splits_hyphens_; }

 private:
  using Set = std::unordered_set<std::string, StringHash, std::equal_to<>>;
  static bool Has(const Set& set, std::string_view key) { return set.find(key) != set.end(); }
  void AddAbbreviation(std::string_view word, Abbreviation kind);
  std::string AddContraction(std::string_view line);  // "" or what is wrong
  std::string Add(std::string_view section, std::string_view line);

  StringMap<Abbreviation> abbreviations_;
  StringMap<Contraction> contractions_;
  Set starters_, wholes_, prefixes_, suffixes_, units_, ordinals_, domains_, extensions_,
      enclitics_;
  std::vector<std::string> emoticons_;  // longest first
  std::vector<std::string> clitics_;    // longest first
  std::array<bool, 256> possessive_{};
  std::array<uint32_t, 256> contraction_sizes_{};  // by first byte: a bit for each size
  bool splits_hyphens_ = false;
};

}  // namespace entente
