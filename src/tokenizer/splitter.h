// SPDX-License-Identifier: Apache-2.0
// Cuts one paragraph into tokens: "Maduro's well-known call," = Maduro 's well - known call ,
#pragma once

#include <cstdint>
#include <string_view>

#include "document/document.h"
#include "tokenizer/rules.h"

namespace entente {

// What kind of character, as far as tokens care.
enum class CharKind : uint8_t { kLower, kUpper, kDigit, kMark, kSpace, kPunctuation };
CharKind KindOf(char32_t c);
inline bool IsApostrophe(char32_t c) { return c == '\'' || c == 0x2019 || c == 0x2BC; }
// The part of `word` that its first code points are.
bool StartsUpper(std::string_view word);

class Splitter {
 public:
  Splitter(const TokenRules& rules, Document& doc) : rules_(rules), doc_(doc) {}
  // Appends the tokens of doc.text[begin, end). Linear in the size; no token is longer than
  // kMaxChunk.
  void Run(uint32_t begin, uint32_t end);

  static constexpr uint32_t kMaxChunk = 1024;  // bytes without a space that are looked at together

 private:
  struct Char {
    char32_t c;
    uint32_t at;  // byte in the text
    CharKind kind;
  };
  void Chunk(uint32_t begin, uint32_t end);
  bool FastChunk(uint32_t begin, uint32_t end);
  // Each looks at chars_[at...] and returns the index after its token, or `at` if it is not one.
  int Link(int at) const;
  int Email(int at) const;
  int Number(int at) const;
  int Word(int at) const;
  int Dotted(int at, int dot) const;
  int Hyphen(int begin, int hyphen) const;
  int TagOrHandle(int at) const;
  int Quoted(int at);
  int Symbols(int at) const;
  int KnownWhole(int at) const;
  int FullStop(int begin, int at) const;  // takes in the full stop of an abbreviation at `at`
  bool KeepsInitial(int at) const;

  void Emit(int begin, int end);
  void EmitWord(int begin, int end);
  void EmitParts(int begin, int end, const Contraction& contraction);
  void Add(uint32_t begin, uint32_t end);
  int Size() const { return size_; }
  bool Is(int at, char32_t c) const { return at < size_ && at >= 0 && chars_[at].c == c; }
  bool Alnum(int at) const { return at >= 0 && at < size_ && chars_[at].kind <= CharKind::kMark; }
  bool Letter(int at) const { return at >= 0 && at < size_ && chars_[at].kind <= CharKind::kUpper; }
  bool Digit(int at) const { return at >= 0 && at < size_ && chars_[at].kind == CharKind::kDigit; }
  int EndOfLetters(int at) const;
  int EndOfAlnum(int at) const;
  int EndOfDigits(int at) const;
  uint32_t At(int index) const { return index < size_ ? chars_[index].at : chunk_end_; }
  std::string_view View(int begin, int end) const {
    return std::string_view(doc_.text).substr(At(begin), At(end) - At(begin));
  }
  // The first word after the chunk, without quotes and brackets before it; may be empty.
  std::string_view NextWord() const;

  const TokenRules& rules_;
  Document& doc_;
  Char chars_[kMaxChunk + 1];
  int size_ = 0;
  uint32_t chunk_end_ = 0;
  uint32_t end_ = 0;     // of the paragraph
  bool space_ = true;    // before the next token
  int open_quotes_ = 0;  // single ones
};

}  // namespace entente
