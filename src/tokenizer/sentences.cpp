// SPDX-License-Identifier: Apache-2.0
// How: every token that can end a sentence is looked at once, with the quotes and brackets that
// close behind it and the word that comes next. "the U.S. said" goes on, "in the U.S. The" does
// not.
#include "tokenizer/sentences.h"

#include <algorithm>

#include "base/utf8.h"
#include "tokenizer/splitter.h"

namespace entente {
namespace {

constexpr uint32_t kMaxLabel = 16;  // tokens between the brackets that name a speaker

enum class End { kNone, kStop, kStrong, kDots, kAbbreviation };

bool IsDots(std::string_view form) { return form == "\xE2\x80\xA6" || form.starts_with(".."); }

bool IsCloser(std::string_view form) {
  return form == ")" || form == "]" || form == "\xE2\x80\x9D" || form == "''" || form == "\xC2\xBB";
}
// Quotes that open and close alike.
bool IsStraightQuote(std::string_view form) {
  return form == "\"" || form == "'" || form == "\xE2\x80\x99" || form == "\xE2\x80\x9C";
}

class Finder {
 public:
  Finder(const TokenRules& rules, Document& doc, uint32_t begin, uint32_t end)
      : rules_(rules), doc_(doc), begin_(begin), end_(end) {}

  // The index after the sentence that begins at `start`.
  uint32_t Next(uint32_t start) {
    if (const uint32_t label = AfterLabel(start); label != start) return label;
    int depth = 0;
    for (uint32_t i = start; i < end_; i++) {
      const std::string_view form = Form(i);
      if (form == "(" || form == "[") depth++;
      if ((form == ")" || form == "]") && depth > 0) depth--;
      const End kind = Kind(i, start);
      if (kind == End::kNone) continue;
      const uint32_t after = AfterClosers(i + 1);
      if (after >= end_) return end_;
      if (Breaks(kind, start, i, after, depth)) return after;
    }
    return end_;
  }

 private:
  std::string_view Form(uint32_t i) const { return doc_.tokens[i].form; }
  bool Upper(uint32_t i) const { return StartsUpper(Form(i)); }
  bool Lower(uint32_t i) const {
    size_t at = 0;
    return KindOf(DecodeUtf8(Form(i), at)) == CharKind::kLower;
  }

  End Kind(uint32_t i, uint32_t start) const {
    const std::string_view form = Form(i);
    const char last = form.back();
    if (last == '.') {
      if (form.size() == 1) return End::kStop;
      if (IsDots(form)) return End::kDots;
      if (form[0] == '.') return End::kStop;
      if (form[0] == '!' || form[0] == '?') return End::kStrong;
      return i == start ? End::kNone : End::kAbbreviation;
    }
    if (last == '!' || last == '?') {
      return form[0] == '!' || form[0] == '?' || form[0] == '.' ? End::kStrong : End::kNone;
    }
    return IsDots(form) ? End::kDots : End::kNone;
  }

  // Behind the quotes and brackets that close at `i`.
  uint32_t AfterClosers(uint32_t i) const {
    for (; i < end_; i++) {
      const std::string_view form = Form(i);
      if (rules_.IsEmoticon(form)) continue;
      if (form == "[" && AfterLabel(i) == i) {  // the mark of a note: [12], [citation needed]
        uint32_t close = i + 1;
        while (close < end_ && close < i + 5 && Form(close) != "]") close++;
        if (close < end_ && Form(close) == "]" && (close == i + 2 || Lower(i + 1))) {
          i = close;
          continue;
        }
      }
      const bool apart = doc_.tokens[i].space_before;
      const bool last = i + 1 == end_ || doc_.tokens[i + 1].space_before;
      const bool quote = IsStraightQuote(form);
      if (IsCloser(form) && (!apart || last)) continue;
      if (quote && !apart && (last || IsCloser(Form(i + 1)) || IsStraightQuote(Form(i + 1))))
        continue;
      break;
    }
    return i;
  }

  // "[Duarte] We shall ...", "[Begin recording] ...": who speaks now and what a scribe notes stand apart. The index
  // after them; `start` if nothing of the kind stands there. "[The deal] is good" is an insertion.
  uint32_t AfterLabel(uint32_t start) const {
    if (Form(start) != "[" || start + 2 >= end_ || !Upper(start + 1) || Starter(start + 1)) return start;
    uint32_t close = start + 2;
    while (close < end_ && close < start + kMaxLabel && Form(close) != "]" && Form(close) != "[") close++;
    if (close + 1 >= end_ || Form(close) != "]") return start;
    const uint32_t next = close + 1;
    if (!doc_.tokens[next].space_before || !(Upper(next) || Form(next) == "[")) return start;
    return next;
  }

  // "1." or "B." at the beginning of a sentence counts what follows.
  bool ListNumber(uint32_t i, uint32_t start) const {
    if (i != start + 1 || doc_.tokens[i].space_before) return false;
    const std::string_view form = Form(start);
    return form.size() <= 2 && form.find_first_not_of("0123456789") == std::string_view::npos;
  }

  bool Starter(uint32_t i) const { return rules_.IsStarter(WordKey(Form(i)).view()); }

  bool Breaks(End kind, uint32_t start, uint32_t i, uint32_t after, int depth) const {
    const Token& next = doc_.tokens[after];
    const bool closers = after > i + 1;
    if (!next.space_before && !closers && kind != End::kStop && kind != End::kStrong) return false;
    size_t at = 0;
    const char32_t first = DecodeUtf8(next.form, at);
    const CharKind first_kind = KindOf(first);
    if (first == '.' || first == '!' || first == '?' || first == ',' || first == ';' ||
        first == ':' || first == ')' || first == ']' || first == '%')
      return false;
    switch (kind) {
      case End::kAbbreviation: {
        std::string_view word = Form(i);
        word.remove_suffix(1);
        const Abbreviation known = rules_.FindAbbreviation(word);
        if (known == Abbreviation::kNever) return false;
        if (known == Abbreviation::kNumber) return false;
        if (closers) return first_kind != CharKind::kLower && first_kind != CharKind::kPunctuation;
        if (first_kind == CharKind::kUpper) return Starter(after);
        return false;
      }
      case End::kStop:
      case End::kStrong:
        if (depth > 0 && !closers) return false;
        if (kind == End::kStop && ListNumber(i, start)) return false;
        if (first_kind == CharKind::kLower) return !closers;
        if (first == '-' || first == 0x2013 || first == 0x2014) return !closers;
        return true;
      case End::kDots:
        return first_kind == CharKind::kUpper && depth == 0;
      case End::kNone:
        break;
    }
    return false;
  }

  const TokenRules& rules_;
  const Document& doc_;
  const uint32_t begin_, end_;
};

// How good a place behind this token is to cut a sentence that is too long.
int CutQuality(std::string_view form) {
  if (form == ";" || form == "." || form == "|") return 4;
  if (form == ":" || form == "--" || form == "\xE2\x80\x94" || form == "\xE2\x80\x93" ||
      form == "*")
    return 3;
  if (form == ",") return 2;
  return form == "-" || form == ")" ? 1 : 0;
}

}  // namespace

void FindSentences(const TokenRules& rules, uint32_t paragraph, uint32_t begin, uint32_t end,
                   Document& doc) {
  Finder finder(rules, doc, begin, end);
  for (uint32_t at = begin; at < end;) {
    const uint32_t stop = finder.Next(at);
    while (stop - at > kMaxSentence) {
      uint32_t cut = at + kMaxSentence;
      int best = 0;
      for (uint32_t i = at + kMaxSentence / 2; i < at + kMaxSentence; i++) {
        const int quality = CutQuality(doc.tokens[i].form);
        if (quality >= best && quality > 0) {
          best = quality;
          cut = i + 1;
        }
      }
      while (cut > at + 1 && !doc.tokens[cut].space_before) cut--;  // never inside a contraction
      if (cut == at + 1) cut = at + kMaxSentence;
      doc.sentences.push_back({at, cut, paragraph});
      at = cut;
    }
    doc.sentences.push_back({at, stop, paragraph});
    at = stop;
  }
}

}  // namespace entente
