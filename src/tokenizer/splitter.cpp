// SPDX-License-Identifier: Apache-2.0
// How: the text is cut at spaces into chunks. Nine of ten chunks are letters and perhaps a comma or
// full stop (FastChunk). The others are decoded and scanned from left to right; at each place the
// longest thing that can begin there is taken: a link, an address, a number, a word, a run of
// signs.
#include "tokenizer/splitter.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"

namespace entente {
namespace {

std::array<CharKind, 128> MakeAscii() {
  std::array<CharKind, 128> kinds{};
  for (int c = 0; c < 128; c++) {
    kinds[c] = c >= 'a' && c <= 'z'              ? CharKind::kLower
               : c >= 'A' && c <= 'Z'            ? CharKind::kUpper
               : c >= '0' && c <= '9'            ? CharKind::kDigit
               : c == ' ' || (c >= 9 && c <= 13) ? CharKind::kSpace
                                                 : CharKind::kPunctuation;
  }
  return kinds;
}
const std::array<CharKind, 128> kAscii = MakeAscii();

bool IsTerminal(char32_t c) { return c == '.' || c == '!' || c == '?' || c == 0x2026; }

// Signs of which a run is one token: --, ***, <<.
bool Runs(char32_t c) {
  return c == '-' || c == '=' || c == '*' || c == '_' || c == '~' || c == '+' || c == '#' ||
         c == '<' || c == '>' || c == '`' || c == '\'' || c == '$' || c == ',' || c == 0x2014 ||
         c == 0x2015 || c == 0x2019;
}

bool IsDash(char32_t c) { return c == '-' || c == 0x2010 || c == 0x2011; }

}  // namespace

CharKind KindOf(char32_t c) {
  if (c < 0x80) return kAscii[c];
  if (c == 0xAD || c == 0x200C || c == 0x200D || (c >= 0xFE00 && c <= 0xFE0F) ||
      (c >= 0x300 && c <= 0x36F) || (c >= 0x1F3FB && c <= 0x1F3FF)) {
    return CharKind::kMark;
  }
  if (IsSpace(c)) return CharKind::kSpace;
  if (c == 0xAA || c == 0xBA) return CharKind::kPunctuation;
  if (IsDigit(c)) return CharKind::kDigit;
  if (IsLetter(c)) return IsUpper(c) ? CharKind::kUpper : CharKind::kLower;
  return CharKind::kPunctuation;
}

bool StartsUpper(std::string_view word) {
  if (word.empty()) return false;
  size_t at = 0;
  return KindOf(DecodeUtf8(word, at)) == CharKind::kUpper;
}

void Splitter::Run(uint32_t begin, uint32_t end) {
  const std::string_view text = doc_.text;
  end_ = end;
  space_ = true;
  open_quotes_ = 0;
  for (uint32_t at = begin; at < end;) {
    // The end of the chunk: a space, or kMaxChunk bytes.
    uint32_t stop = at;
    const uint32_t limit = std::min(end, at + kMaxChunk);
    bool space = false;
    size_t after = at;
    while (stop < limit) {
      const auto byte = static_cast<unsigned char>(text[stop]);
      if (byte < 0x80) {
        if (kAscii[byte] == CharKind::kSpace) {
          space = true;
          after = stop + 1;
          break;
        }
        stop++;
        continue;
      }
      after = stop;
      const char32_t c = DecodeUtf8(text.substr(0, end), after);
      if (c >= 0xA0 && KindOf(c) == CharKind::kSpace) {
        space = true;
        break;
      }
      if (after > limit && stop > at) break;
      stop = static_cast<uint32_t>(after);
    }
    if (stop > at) {
      Chunk(at, stop);
      space_ = false;
    }
    if (space) {
      space_ = true;
      at = static_cast<uint32_t>(after);
    } else {
      at = stop;
    }
  }
}

bool Splitter::FastChunk(uint32_t begin, uint32_t end) {
  const char* text = doc_.text.data();
  uint32_t stop = begin;
  while (stop < end) {
    const auto byte = static_cast<unsigned char>(text[stop]);
    if (byte >= 0x80 || kAscii[byte] > CharKind::kUpper) break;
    stop++;
  }
  if (stop == begin) return false;
  const bool comma = stop + 1 == end && text[stop] == ',';
  if (stop != end && !comma) return false;
  const std::string_view form(text + begin, stop - begin);
  if (rules_.MayBeContraction(form)) return false;
  Add(begin, stop);
  space_ = false;
  if (comma) Add(stop, end);
  return true;
}

void Splitter::Chunk(uint32_t begin, uint32_t end) {
  if (FastChunk(begin, end)) return;
  size_ = 0;
  chunk_end_ = end;
  const std::string_view text = std::string_view(doc_.text).substr(0, end);
  for (size_t at = begin; at < end;) {
    Char& one = chars_[size_++];
    one.at = static_cast<uint32_t>(at);
    one.c = DecodeUtf8(text, at);
    one.kind = KindOf(one.c);
  }
  for (int at = 0; at < size_;) {
    int stop = KnownWhole(at);
    if (stop == at) stop = Link(at);
    if (stop == at) stop = Email(at);
    if (stop == at) stop = TagOrHandle(at);
    if (stop == at) stop = Number(at);
    if (stop > at) {
      Emit(at, stop);
      at = stop;
      continue;
    }
    stop = Word(at);
    if (stop > at) {
      // The apostrophe after the word: "the rebels' camp", unless it closes a quotation.
      const bool apostrophe = stop < size_ && IsApostrophe(chars_[stop].c);
      const CharKind last = chars_[stop - 1].kind;
      if (apostrophe && !Is(stop + 1, chars_[stop].c) && open_quotes_ == 0 &&
          last <= CharKind::kUpper && chars_[stop - 1].c < 0x80 &&
          rules_.TakesPossessive(static_cast<char>(ToLower(chars_[stop - 1].c)))) {
        const auto first = static_cast<uint32_t>(doc_.tokens.size());
        Emit(at, stop);
        const size_t words = doc_.tokens.size() - first;
        Emit(stop, stop + 1);
        if (words == 1) doc_.tokens[first].contraction = 2;
        at = stop + 1;
        continue;
      }
      EmitWord(at, stop);
      at = stop;
      continue;
    }
    stop = Quoted(at);
    if (stop == at) stop = Symbols(at);
    Emit(at, stop);
    at = stop;
  }
}

int Splitter::EndOfLetters(int at) const {
  while (at < size_ && (Letter(at) || chars_[at].kind == CharKind::kMark)) at++;
  return at;
}
int Splitter::EndOfAlnum(int at) const {
  while (Alnum(at)) at++;
  return at;
}
int Splitter::EndOfDigits(int at) const {
  while (Digit(at)) at++;
  return at;
}

int Splitter::KnownWhole(int at) const {
  if (at > 0 && Alnum(at - 1)) return at;
  const std::string_view rest = View(at, size_);
  if (!Alnum(at)) {
    const size_t bytes = rules_.EmoticonAt(rest);
    if (bytes > 0) {
      int stop = at;
      while (stop < size_ && At(stop) < At(at) + bytes) stop++;
      if (!Alnum(stop)) return stop;
    }
  }
  if (!Letter(at) && !IsApostrophe(chars_[at].c)) return at;
  // A listed word with signs in it: o'clock, w/o.
  int stop = at;
  bool sign = false;
  while (stop < size_ && stop - at < 24 &&
         (Alnum(stop) || IsApostrophe(chars_[stop].c) || Is(stop, '/') || IsDash(chars_[stop].c) ||
          Is(stop, '!'))) {
    sign = sign || !Alnum(stop);
    stop++;
  }
  if (!sign) return at;
  for (; stop > at; stop--) {
    if (Alnum(stop) && Alnum(stop - 1)) continue;
    if (rules_.IsWhole(WordKey(View(at, stop)).view())) return stop;
  }
  return at;
}

int Splitter::Link(int at) const {
  if (!Letter(at)) return at;
  const std::string_view rest = View(at, size_);
  const auto starts = [&](std::string_view prefix) {
    return rest.size() > prefix.size() && WordKey(rest.substr(0, prefix.size())).view() == prefix &&
           static_cast<unsigned char>(rest[prefix.size()]) > ' ';
  };
  bool link = starts("www.") || starts("mailto:") || starts("doi:");
  if (!link) {
    const int scheme = EndOfLetters(at);
    link = scheme < size_ - 3 && Is(scheme, ':') && Is(scheme + 1, '/') && Is(scheme + 2, '/');
  }
  if (!link) return at;
  int stop = at;
  int open = 0;
  while (stop < size_) {
    const char32_t c = chars_[stop].c;
    if (c == '<' || c == '>' || c == '"' || c == 0x201C || c == 0x201D || c == 0xAB || c == 0xBB)
      break;
    if (c == '(') open++;
    if (c == ')' && open-- == 0) break;
    stop++;
  }
  while (stop > at + 1) {
    const char32_t c = chars_[stop - 1].c;
    if (!IsTerminal(c) && c != ',' && c != ';' && c != ':' && c != '\'' && c != 0x2019 &&
        c != ']' && c != '*') {
      break;
    }
    stop--;
  }
  return stop;
}

int Splitter::Email(int at) const {
  if (!Alnum(at)) return at;
  const auto local = [&](int i) {
    return Alnum(i) || Is(i, '.') || Is(i, '_') || Is(i, '%') || Is(i, '+') || Is(i, '-');
  };
  int stop = at;
  while (local(stop)) stop++;
  if (!Is(stop, '@') || !Alnum(stop + 1)) return at;
  stop++;
  while (Alnum(stop) || ((Is(stop, '.') || Is(stop, '-') || Is(stop, '_')) && Alnum(stop + 1)))
    stop++;
  return stop;
}

int Splitter::TagOrHandle(int at) const {
  if (!(Is(at, '#') || Is(at, '@')) || Alnum(at - 1) || !Letter(at + 1)) return at;
  int stop = at + 1;
  while (Alnum(stop) || Is(stop, '_')) stop++;
  return stop;
}

int Splitter::Number(int at) const {
  int begin = at;
  if (at == 0 && (Is(at, '+') || Is(at, '.')) && Digit(at + 1)) begin++;
  if (IsApostrophe(chars_[at].c) && Digit(at + 1) && Digit(at + 2) && !Alnum(at - 1)) {  // '90s
    const int digits = EndOfDigits(at + 1);
    const int letters = EndOfLetters(digits);
    if (letters > digits && rules_.IsOrdinal(WordKey(View(digits, letters)).view())) return letters;
    return chars_[at].c == 0x2019 && digits - at == 3 && !Alnum(digits) ? digits : at;  // ’72
  }
  if (!Digit(begin)) return at;
  int stop = EndOfDigits(begin);
  while (stop < size_ && Digit(stop + 1) &&
         (Is(stop, '.') || Is(stop, ',') || Is(stop, ':') || Is(stop, '/'))) {
    stop = EndOfDigits(stop + 1);
  }
  if (Is(stop, '.') && Letter(stop + 1)) {  // 20.doc
    const int letters = EndOfLetters(stop + 1);
    if (!Alnum(letters) && rules_.IsExtension(WordKey(View(stop + 1, letters)).view()))
      return letters;
  }
  // Telephone numbers and dates keep their hyphens: 713-853-3989, 2019-01-11.
  if (Is(stop, '-') && Digit(stop + 1)) {
    int sizes[5] = {stop - begin};
    int groups = 1;
    int end = stop;
    while (groups < 5 && Is(end, '-') && Digit(end + 1)) {
      const int next = EndOfDigits(end + 1);
      sizes[groups++] = next - end - 1;
      end = next;
    }
    const bool date =
        groups == 3 && ((sizes[0] == 4 && sizes[1] <= 2 && sizes[2] <= 2) ||
                        (sizes[0] <= 2 && sizes[1] <= 2 && (sizes[2] == 4 || sizes[2] == 2)));
    const bool phone = (sizes[groups - 1] == 4 && sizes[groups - 2] == 3) || groups > 3;
    if ((date || phone) && !Alnum(end)) return end;
  }
  if (stop < size_ && IsApostrophe(chars_[stop].c) && Letter(stop + 1)) {  // 1990's
    const int letters = EndOfLetters(stop + 1);
    if (!Alnum(letters) && rules_.IsOrdinal(WordKey(View(stop + 1, letters)).view()))
      return letters;
    return stop;
  }
  if (!Alnum(stop)) return stop;
  const int letters = EndOfLetters(stop);
  if (!Alnum(letters)) {
    const WordKey unit(View(stop, letters));
    if (!rules_.IsOrdinal(unit.view()) && rules_.IsUnit(unit.view())) return stop;
    // 5a.m. is 5 a.m.
    if (Is(letters, '.') && Letter(letters + 1)) {
      const int next = EndOfLetters(letters + 1);
      if (rules_.IsUnit(WordKey(View(stop, next)).view())) return stop;
      if (rules_.IsExtension(WordKey(View(letters + 1, next)).view())) return next;
    }
  }
  return EndOfAlnum(stop);
}

// The labels joined by full stops from `at` on, the first of which ends at `dot`: U.S, Ph.D,
// site.com.
int Splitter::Dotted(int at, int dot) const {
  int last = dot;
  int labels = 1;
  bool small = true;  // letters in lower case only
  bool single = dot - at == 1 && Letter(at);
  int stop = dot;
  while (Is(stop, '.') && Alnum(stop + 1)) {
    last = stop + 1;
    stop = EndOfAlnum(last);
    labels++;
    for (int i = last; i < stop; i++) small = small && chars_[i].kind == CharKind::kLower;
    if (stop - last != 1 || !Letter(last)) single = false;
  }
  if (single) return stop;
  if (rules_.FindAbbreviation(View(at, stop)) != Abbreviation::kNone) return stop;
  if (labels > 2 && small && chars_[at].kind == CharKind::kLower) return stop;
  const WordKey label(View(last, stop));
  // A name on the net is written without capitals inside: cnn.com, but not "ended.In".
  if (Letter(last) && chars_[last].kind == CharKind::kUpper &&
      chars_[stop - 1].kind != CharKind::kUpper) {
    return dot;
  }
  if (rules_.IsDomain(label.view()) || rules_.IsExtension(label.view())) {
    if (stop - last == 2 && dot - at < 3) return dot;
    while (Is(stop, '/') && Alnum(stop + 1)) {  // site.org/page
      stop++;
      while (Alnum(stop) || ((Is(stop, '-') || Is(stop, '_') || Is(stop, '.')) && Alnum(stop + 1)))
        stop++;
    }
    return stop;
  }
  return dot;
}

// Where the word that has a hyphen at `hyphen` ends: behind it, if the hyphen belongs to it.
int Splitter::Hyphen(int begin, int hyphen) const {
  if (!Alnum(hyphen + 1)) {
    // A word that breaks off, or a first part that waits for its second: "pre- and post-war".
    const bool waits = hyphen + 1 == size_ || Is(hyphen + 1, ',');
    if (!waits || !Letter(begin) || begin == hyphen) return hyphen;
    return hyphen - begin <= 2 || rules_.IsPrefix(WordKey(View(begin, hyphen)).view()) ? hyphen + 1
                                                                                       : hyphen;
  }
  const int next = EndOfAlnum(hyphen + 1);
  if (!rules_.splits_hyphens()) return next;
  if (rules_.IsPrefix(WordKey(View(begin, hyphen)).view())) return next;
  if (rules_.IsSuffix(WordKey(View(hyphen + 1, next)).view())) return next;
  return hyphen;
}

int Splitter::Word(int at) const {
  if (at < 0 || (!Alnum(at) && !(Is(at, '_') && Alnum(at + 1)))) return at;
  int stop = at;
  while (stop < size_) {
    if (Alnum(stop)) {
      stop = EndOfAlnum(stop);
      continue;
    }
    const char32_t c = chars_[stop].c;
    const bool between = stop > at && Alnum(stop + 1);
    if (c == '_') {
      stop++;
    } else if (between && (IsApostrophe(c) || c == 0xB4) && Alnum(stop + 1)) {
      stop++;
    } else if (between && c == '`' && EndOfLetters(stop + 1) - stop <= 3) {
      stop++;
    } else if (between && c == '.') {
      const int end = Dotted(at, stop);
      if (end == stop) break;
      stop = end;
    } else if (between && c == '&' && chars_[stop - 1].kind == chars_[stop + 1].kind &&
               (chars_[stop - 1].kind == CharKind::kUpper || stop - at == 1)) {
      stop++;
    } else if (between && c == '*' && Letter(stop - 1) && Letter(stop + 1)) {
      stop++;
    } else if (c == '$' && stop > at && chars_[stop - 1].kind == CharKind::kUpper &&
               stop - at <= 3) {
      return stop + 1;
    } else if (stop > at && IsDash(c)) {
      const int end = Hyphen(at, stop);
      if (end == stop) break;
      stop = end;
    } else {
      break;
    }
  }
  return FullStop(at, stop);
}

// True if the single letter before a full stop is an initial: "F." in "John F. Kennedy".
bool Splitter::KeepsInitial(int at) const {
  if (chars_[at].kind != CharKind::kUpper) return false;
  if (at + 2 < size_) return chars_[at + 2].c == ',' || Letter(at + 2);
  const std::string_view next = NextWord();
  if (!StartsUpper(next)) return false;
  return !rules_.IsStarter(WordKey(next).view());
}

int Splitter::FullStop(int begin, int at) const {
  if (!Is(at, '.') || Is(at + 1, '.') || Is(at + 1, 0x2026)) return at;
  const bool last = at + 1 == size_;
  if (!last && Alnum(at + 1) && at - begin > 1) {  // "Gov.Lee", "vol.14" without a space
    const Abbreviation known = rules_.FindAbbreviation(View(begin, at));
    const bool number = known == Abbreviation::kNumber && Digit(at + 1);
    return known == Abbreviation::kNever || number ? at + 1 : at;
  }
  if (at - begin == 1) {
    if (rules_.FindAbbreviation(View(begin, at)) == Abbreviation::kNone) {
      return KeepsInitial(begin) ? at + 1 : at;
    }
  } else if (at - begin >= 3 && Is(at - 2, '.') && Letter(at - 1)) {
    return at + 1;  // U.S.
  }
  switch (rules_.FindAbbreviation(View(begin, at))) {
    case Abbreviation::kNone:
      return at;
    case Abbreviation::kNever:
      return at + 1;
    case Abbreviation::kMay: {
      // At the end of a sentence the full stop is the sentence's.
      if (!last) return at + 1;
      const std::string_view next = NextWord();
      if (next.empty()) return at;
      return StartsUpper(next) && rules_.IsStarter(WordKey(next).view()) ? at : at + 1;
    }
    case Abbreviation::kNumber: {
      if (!last) return Is(at + 1, ',') ? at + 1 : at;
      const std::string_view next = NextWord();
      if (next.empty()) return at;
      const bool numeral = next[0] >= '0' && next[0] <= '9';
      const bool roman = next.find_first_not_of("IVXLC") == std::string_view::npos;
      return numeral || roman ? at + 1 : at;
    }
  }
  return at + 1;
}

int Splitter::Quoted(int at) {
  const char32_t c = chars_[at].c;
  if (c == 0x2018 || c == 0x201A) {
    open_quotes_++;
    return at + 1;
  }
  if (!IsApostrophe(c)) return at;
  // "'s" that stands apart: "the word" 's
  const int letters = EndOfLetters(at + 1);
  if (letters > at + 1 && !Alnum(letters)) {
    const WordKey key(View(at, letters));
    const std::string one = "." + std::string(key.view());
    if (rules_.CliticAtEnd(one) == key.view().size()) return letters;
  }
  if (Is(at + 1, c)) return at;  // '' is a double quote
  const bool opens = Alnum(at + 1) && !Alnum(at - 1);
  if (opens)
    open_quotes_++;
  else if (open_quotes_ > 0)
    open_quotes_--;
  return at + 1;
}

int Splitter::Symbols(int at) const {
  const char32_t c = chars_[at].c;
  int stop = at + 1;
  if (c == 0x2026 || (c == '.' && Is(at + 1, '.'))) {
    while (Is(stop, '.') || Is(stop, 0x2026)) stop++;
  } else if (IsTerminal(c)) {
    while (stop < size_ && IsTerminal(chars_[stop].c)) stop++;
    const int letters = EndOfLetters(stop);
    if (c == '.' && stop == at + 1 && letters > stop && !Alnum(letters) &&
        rules_.IsExtension(WordKey(View(stop, letters)).view())) {
      return letters;  // the .doc of a file name with spaces
    }
  } else if (Runs(c)) {
    while (stop < size_ && chars_[stop].c == c) stop++;
  }
  while (stop < size_ && chars_[stop].kind == CharKind::kMark) stop++;
  return stop;
}

std::string_view Splitter::NextWord() const {
  const std::string_view text = std::string_view(doc_.text).substr(0, end_);
  size_t at = chunk_end_;
  const size_t limit = std::min<size_t>(text.size(), at + 64);
  size_t begin = at;
  while (at < limit) {
    begin = at;
    const CharKind kind = KindOf(DecodeUtf8(text, at));
    if (kind <= CharKind::kDigit) break;
    begin = at;
  }
  size_t stop = begin;
  for (size_t next = begin; next < limit;) {
    if (KindOf(DecodeUtf8(text, next)) > CharKind::kMark) break;
    stop = next;
  }
  return text.substr(begin, stop - begin);
}

void Splitter::Add(uint32_t begin, uint32_t end) {
  Token& token = doc_.tokens.emplace_back();
  token.form = std::string_view(doc_.text).substr(begin, end - begin);
  token.span = {begin, end};
  token.space_before = space_;
}

void Splitter::Emit(int begin, int end) {
  Add(At(begin), At(end));
  space_ = false;
}

void Splitter::EmitParts(int begin, int end, const Contraction& contraction) {
  const std::string_view form = View(begin, end);
  const bool capitalised = StartsUpper(form);
  const bool capitals = form.size() > 1 && IsAllCapitals(form);
  const size_t first = doc_.tokens.size();
  uint32_t at = At(begin);
  for (const ContractionPart& part : contraction.parts) {
    if (part.size > 0) {
      Add(at, at + part.size);
      at += part.size;
    } else {
      Add(At(begin), At(end));
      std::string text = part.text;
      const bool initial = doc_.tokens.size() == first + 1 && capitalised;
      for (size_t i = 0; i < text.size() && (capitals || (initial && i == 0)); i++) {
        if (text[i] >= 'a' && text[i] <= 'z') text[i] = static_cast<char>(text[i] - 32);
      }
      doc_.tokens.back().form = doc_.Keep(text);
    }
    space_ = false;
  }
  doc_.tokens[first].contraction = static_cast<uint8_t>(contraction.parts.size());
}

// A word: one token, or a contraction, or a word with its clitics.
void Splitter::EmitWord(int begin, int end) {
  const std::string_view form = View(begin, end);
  const WordKey key(form);
  if (form.size() == key.view().size() && rules_.MayBeContraction(form)) {
    const Contraction* contraction = rules_.FindContraction(key.view());
    if (contraction != nullptr) return EmitParts(begin, end, *contraction);
  }
  bool sign = false;
  for (int i = begin; i < end && !sign; i++) sign = chars_[i].kind == CharKind::kPunctuation;
  if (!sign) return Emit(begin, end);
  int cuts[4];
  int count = 0;
  int stop = end;
  std::string_view rest = key.view();
  while (count < 4) {
    size_t bytes = rules_.CliticAtEnd(rest);
    if (bytes == 0 && rules_.has_enclitics()) {  // tornou-se
      const size_t hyphen = rest.rfind('-');
      if (hyphen != std::string_view::npos && hyphen > 0 &&
          rules_.IsEnclitic(rest.substr(hyphen + 1))) {
        bytes = rest.size() - hyphen;
      }
    }
    if (bytes == 0) break;
    stop -= static_cast<int>(CountCodePoints(rest.substr(rest.size() - bytes)));
    if (stop <= begin) break;
    cuts[count++] = stop;
    rest.remove_suffix(bytes);
  }
  if (count == 0) return Emit(begin, end);
  const size_t first = doc_.tokens.size();
  int at = begin;
  for (int i = count - 1; i >= 0; i--) {
    Emit(at, cuts[i]);
    at = cuts[i];
    if (Is(at, '-')) at++;  // the hyphen of an enclitic belongs to neither word
  }
  Emit(at, end);
  doc_.tokens[first].contraction = static_cast<uint8_t>(count + 1);
}

}  // namespace entente
