// SPDX-License-Identifier: Apache-2.0
#include "reader/inline.h"

#include <algorithm>

#include "base/utf8.h"

namespace entente {
namespace {

constexpr size_t kMaxLink = 2000;
constexpr size_t kMaxTag = 300;

bool IsWordByte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || IsLetter(byte) || IsDigit(byte);
}

// Looks for a string further on, but never over the same bytes twice.
class Ahead {
 public:
  Ahead(std::string_view text, std::string_view what) : text_(text), what_(what) {}
  size_t From(size_t at) {
    if (!known_ || (next_ != std::string_view::npos && next_ < at)) {
      next_ = text_.find(what_, at);
      known_ = true;
    }
    return next_;
  }

 private:
  std::string_view text_, what_;
  size_t next_ = 0;
  bool known_ = false;
};

class Inline {
 public:
  Inline(std::string_view text, size_t end, std::vector<Range>& out)
      : text_(text.substr(0, end)),
        out_(out),
        link_(text_, "]("),
        close_(text_, ")"),
        bracket_(text_, "]"),
        tag_(text_, ">") {}

  void Run(size_t begin) { Scan(begin, text_.size(), false); }

 private:
  void Add(size_t begin, size_t end, bool link) {
    if (end > begin) out_.push_back({begin, end, link, bold_, false});
  }

  char At(size_t at) const { return at < text_.size() ? text_[at] : ' '; }

  // The bytes of an emphasis mark at `at`, 0 if the sign is text.
  size_t Emphasis(size_t at) const {
    const char c = text_[at];
    size_t end = at;
    while (end < text_.size() && text_[end] == c && end - at < 4) end++;
    const char before = at > 0 ? text_[at - 1] : ' ';
    const char after = At(end);
    const bool opens = after != ' ' && after != '\t' && after != '\n';
    const bool closes = before != ' ' && before != '\t' && before != '\n';
    if (!opens && !closes) return 0;
    if (end - at > 3) return 0;
    // Inside a word "_" is a letter, and so is a single "*": snake_case, 5*3.
    if (opens && closes && IsWordByte(before) && IsWordByte(after) && (c == '_' || end - at == 1))
      return 0;
    return end - at;
  }

  void Scan(size_t begin, size_t end, bool link) {
    size_t from = begin;
    size_t at = begin;
    const auto skip = [&](size_t bytes) {
      Add(from, at, link);
      at += bytes;
      from = at;
    };
    while (at < end) {
      const char c = text_[at];
      if (c == '*' || c == '_') {
        const size_t bytes = Emphasis(at);
        if (bytes > 0) {
          skip(bytes);
          if (bytes >= 2) bold_ = !bold_;
          continue;
        }
        while (at < end && text_[at] == c) at++;
        continue;
      }
      if (c == '`') {
        skip(1);
        continue;
      }
      if (c == '\\' && at + 1 < end && IsPunctuation(static_cast<unsigned char>(text_[at + 1])) &&
          static_cast<unsigned char>(text_[at + 1]) < 0x80) {
        skip(1);
        at++;
        continue;
      }
      if ((c == '[' || (c == '!' && At(at + 1) == '[')) && !link) {
        const bool image = c == '!';
        const size_t open = at + (image ? 1 : 0);
        const size_t middle = link_.From(open);
        if (middle != std::string_view::npos && middle - open < kMaxLink && middle < end &&
            text_.substr(open + 1, middle - open - 1).find('[') == std::string_view::npos) {
          size_t close = close_.From(middle);
          // Parentheses inside the address.
          size_t depth_at = middle + 2;
          while (close != std::string_view::npos && close - middle < kMaxLink && close < end) {
            const std::string_view address = text_.substr(depth_at, close - depth_at);
            if (address.find('(') == std::string_view::npos) break;
            depth_at = close + 1;
            const size_t next = text_.find(')', close + 1);
            if (next == std::string_view::npos || next >= end || next - middle >= kMaxLink) break;
            close = next;
          }
          if (close != std::string_view::npos && close - middle < kMaxLink && close < end) {
            skip(0);
            if (!image) Scan(open + 1, middle, true);
            at = close + 1;
            from = at;
            continue;
          }
        }
        if (c == '[' && At(at + 1) == '!' && At(at + 2) == '[') {  // a picture that is a link
          skip(1);
          continue;
        }
        if (At(open + 1) == '^') {  // a footnote's mark: [^1]
          const size_t close = bracket_.From(open);
          if (close != std::string_view::npos && close < end && close - open < 20) {
            skip(close + 1 - at);
            continue;
          }
        }
      }
      if (c == ']' && At(at + 1) == '(' && !link) {  // the rest of such a link
        const size_t close = close_.From(at);
        if (close != std::string_view::npos && close - at < kMaxLink && close < end) {
          skip(close + 1 - at);
          continue;
        }
      }
      if (c == '<') {
        const size_t close = tag_.From(at);
        const char first = At(at + 1) == '/' ? At(at + 2) : At(at + 1);
        if (close != std::string_view::npos && close < end && close - at < kMaxTag &&
            (IsLetter(static_cast<unsigned char>(first)) || first == '!') &&
            text_.substr(at + 1, close - at - 1).find('<') == std::string_view::npos) {
          const std::string_view inside = text_.substr(at + 1, close - at - 1);
          if (inside.find("://") != std::string_view::npos &&
              inside.find_first_of(" =\"") == std::string_view::npos) {
            skip(1);
            at = close;
            skip(1);
          } else {
            skip(close + 1 - at);
          }
          continue;
        }
      }
      at++;
    }
    Add(from, end, link);
  }

  std::string_view text_;
  std::vector<Range>& out_;
  Ahead link_, close_, bracket_, tag_;
  bool bold_ = false;
};

// Calls `text(begin, end)` for stretches and `entity(decoded, at, bytes)` for character references.
template <class Text, class Entity>
void Walk(std::string_view text, const Range& range, const ReaderData& data, Text on_text,
          Entity on_entity) {
  size_t from = range.begin;
  std::string decoded;
  for (size_t at = range.begin; at < range.end;) {
    at = text.substr(0, range.end).find('&', at);
    if (at == std::string_view::npos) break;
    const size_t bytes = ReadEntity(text.substr(0, range.end), at, data, decoded);
    if (bytes == 0) {
      at++;
      continue;
    }
    if (at > from && !on_text(from, at)) return;
    if (!on_entity(decoded, at, bytes)) return;
    at += bytes;
    from = at;
  }
  if (range.end > from) on_text(from, range.end);
}

}  // namespace

void AddInline(std::string_view text, size_t begin, size_t end, bool markdown,
               std::vector<Range>& out) {
  const size_t first = out.size();
  if (markdown)
    Inline(text, end, out).Run(begin);
  else if (end > begin)
    out.push_back({begin, end, false, false, false});
  if (out.size() > first) out[first].line = true;
}

size_t ReadEntity(std::string_view text, size_t at, const ReaderData& data, std::string& decoded) {
  decoded.clear();
  size_t end = at + 1;
  if (end >= text.size()) return 0;
  if (text[end] == '#') {
    end++;
    const bool hex = end < text.size() && (text[end] | 32) == 'x';
    if (hex) end++;
    const size_t digits = end;
    char32_t c = 0;
    for (; end < text.size() && end - digits < 8; end++) {
      const char d = text[end];
      const int value = d >= '0' && d <= '9'                        ? d - '0'
                        : hex && (d | 32) >= 'a' && (d | 32) <= 'f' ? (d | 32) - 'a' + 10
                                                                    : -1;
      if (value < 0) break;
      c = c * (hex ? 16 : 10) + static_cast<char32_t>(value);
      if (c > 0x10FFFF) c = 0x110000;
    }
    if (end == digits) return 0;
    if (end < text.size() && text[end] == ';') end++;
    if (c >= 0x80 && c < 0xA0) {  // Windows-1252, as browsers do
      decoded = std::string(1, static_cast<char>(c));
      std::string wide;
      if (DecodeCharset(decoded, "windows-1252", wide)) decoded = wide;
      return end - at;
    }
    AppendUtf8(decoded, c == 0 || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000) ? kReplacement : c);
    return end - at;
  }
  while (end < text.size() && end - at < 12 && IsWordByte(text[end]) &&
         static_cast<unsigned char>(text[end]) < 0x80)
    end++;
  const std::string_view entity = data.Entity(text.substr(at + 1, end - at - 1));
  if (entity.empty() || end >= text.size() || text[end] != ';') return 0;
  decoded = entity;
  return end + 1 - at;
}

std::string PlainText(std::string_view text, const std::vector<Range>& ranges,
                      const ReaderData& data, size_t limit) {
  std::string out;
  for (const Range& range : ranges) {
    if (out.size() >= limit) break;
    if (range.line && !out.empty()) out += ' ';
    Range part = range;
    part.end = std::min(part.end, part.begin + limit);
    Walk(
        text, part, data,
        [&](size_t begin, size_t end) {
          out += text.substr(begin, end - begin);
          return true;
        },
        [&](const std::string& decoded, size_t, size_t) {
          out += decoded;
          return true;
        });
  }
  return out;
}

void DropPrefix(std::string_view text, std::vector<Range>& ranges, const ReaderData& data,
                size_t bytes) {
  size_t done = 0;
  bool any = false;
  while (!ranges.empty() && done < bytes) {
    Range& range = ranges.front();
    if (range.line && any) done++;
    any = true;
    size_t cut = range.begin;
    Walk(
        text, range, data,
        [&](size_t begin, size_t end) {
          const size_t take = std::min(end - begin, bytes > done ? bytes - done : 0);
          done += take;
          cut = begin + take;
          return take == end - begin;
        },
        [&](const std::string& decoded, size_t at, size_t size) {
          if (done >= bytes) return false;
          done += decoded.size();
          cut = at + size;
          return true;
        });
    if (cut < range.end) {
      range.begin = cut;
      return;
    }
    ranges.erase(ranges.begin());
  }
}

void Emit(const Original& original, const std::vector<Range>& ranges, const ReaderData& data,
          TextBuilder& builder) {
  for (const Range& range : ranges) {
    // A word that was broken at the end of a line keeps its hyphen but gets no space.
    if (range.line && !builder.paragraph().ends_with('-'))
      builder.Space();
    else if (range.line && builder.paragraph().ends_with(" -"))
      builder.Space();
    Walk(
        original.text(), range, data,
        [&](size_t begin, size_t end) {
          builder.Append(original, begin, end);
          return true;
        },
        [&](const std::string& decoded, size_t at, size_t) {
          builder.AppendAs(decoded, original, at);
          return true;
        });
  }
}

}  // namespace entente
