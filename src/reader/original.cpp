// SPDX-License-Identifier: Apache-2.0
#include "reader/original.h"

#include <algorithm>

#include "base/utf8.h"

namespace entente {
namespace {

constexpr size_t kStride = 256;

uint32_t Count(std::string_view text) {
  uint32_t n = 0;
  for (const char c : text) n += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return n;
}

// The byte that Windows-1252 writes for this character, or -1.
int Windows1252(char32_t c) {
  if (c >= 0xA0 && c <= 0xFF) return static_cast<int>(c);
  if (c >= 0x80 && c < 0xA0)
    return static_cast<int>(c);  // Latin-1 controls, as many programs write them
  static constexpr struct {
    char32_t c;
    int byte;
  } kHigh[] = {{0x20AC, 0x80}, {0x201A, 0x82}, {0x192, 0x83},  {0x201E, 0x84}, {0x2026, 0x85},
               {0x2020, 0x86}, {0x2021, 0x87}, {0x2C6, 0x88},  {0x2030, 0x89}, {0x160, 0x8A},
               {0x2039, 0x8B}, {0x152, 0x8C},  {0x17D, 0x8E},  {0x2018, 0x91}, {0x2019, 0x92},
               {0x201C, 0x93}, {0x201D, 0x94}, {0x2022, 0x95}, {0x2013, 0x96}, {0x2014, 0x97},
               {0x2DC, 0x98},  {0x2122, 0x99}, {0x161, 0x9A},  {0x203A, 0x9B}, {0x153, 0x9C},
               {0x17E, 0x9E},  {0x178, 0x9F}};
  for (const auto& [high, byte] : kHigh) {
    if (high == c) return byte;
  }
  return -1;
}

bool IsInvisible(char32_t c) {
  return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF;
}
bool IsControl(char32_t c) { return (c < 32 && !(c >= 9 && c <= 13)) || (c >= 127 && c < 160); }
bool IsCombining(char32_t c) {
  return (c >= 0x300 && c <= 0x36F) || (c >= 0x1AB0 && c <= 0x1AFF) || (c >= 0x20D0 && c <= 0x20FF);
}

}  // namespace

Original::Original(std::string_view text, uint64_t base) : text_(text), base_(base) {
  uint32_t n = 0;
  checkpoints_.reserve(text.size() / kStride + 1);
  for (size_t at = 0; at <= text.size(); at += kStride) {
    checkpoints_.push_back(n);
    n += Count(text.substr(at, kStride));
  }
}

Original::Original(std::string_view text, std::vector<OffsetSegment> segments) : Original(text) {
  segments_ = std::move(segments);
}

uint32_t Original::CodePointsBefore(size_t byte) const {
  const size_t checkpoint = byte / kStride;
  return checkpoints_[checkpoint] + Count(text_.substr(checkpoint * kStride, byte % kStride));
}

uint64_t Original::At(size_t byte) const {
  byte = std::min(byte, text_.size());
  if (segments_.empty()) return base_ + CodePointsBefore(byte);
  auto it = std::upper_bound(segments_.begin(), segments_.end(), byte,
                             [](size_t b, const OffsetSegment& s) { return b < s.text_byte; });
  if (it != segments_.begin()) --it;
  return it->original + CodePointsBefore(byte) - CodePointsBefore(it->text_byte);
}

size_t Original::NextJump(size_t byte) const {
  const auto it =
      std::upper_bound(segments_.begin(), segments_.end(), byte,
                       [](size_t b, const OffsetSegment& s) { return b < s.text_byte; });
  return it == segments_.end() ? text_.size() : it->text_byte;
}

void TextBuilder::EndParagraph() {
  if (!open_) return;
  open_ = false;
  space_ = false;
  if (doc_.text.size() == begin_) return;
  doc_.paragraphs.push_back(
      {{static_cast<uint32_t>(begin_), static_cast<uint32_t>(doc_.text.size())}, kind_});
}

void TextBuilder::Begin(ParagraphKind kind) {
  EndParagraph();
  if (!doc_.paragraphs.empty() && doc_.paragraphs.back().span.end == doc_.text.size()) {
    doc_.text += "\n\n";
    text_points_ += 2;
  }
  begin_ = doc_.text.size();
  kind_ = kind;
  open_ = true;
}

std::string_view TextBuilder::paragraph() const {
  return std::string_view(doc_.text).substr(open_ ? begin_ : doc_.text.size());
}

// Appends text of which the first character stands at `original` and the others behind it.
void TextBuilder::Emit(std::string_view text, uint64_t original) {
  if (space_) {
    space_ = false;
    if (doc_.text.size() > begin_) Emit(" ", space_at_);
  }
  const int64_t shift = static_cast<int64_t>(original) - static_cast<int64_t>(text_points_);
  if (shift != shift_ || (segments_.empty() && shift != 0)) {
    shift_ = shift;
    if (segments_.empty() && !doc_.text.empty()) segments_.push_back({0, 0});
    segments_.push_back({static_cast<uint32_t>(doc_.text.size()), original});
  }
  doc_.text += text;
  text_points_ += Count(text);
}

void TextBuilder::Space() {
  if (!space_) space_at_ = static_cast<uint64_t>(static_cast<int64_t>(text_points_) + shift_);
  space_ = true;
}

void TextBuilder::AppendAs(std::string_view text, const Original& original, size_t begin) {
  uint64_t at = original.At(begin);
  for (size_t i = 0; i < text.size();) {
    const size_t before = i;
    const char32_t c = DecodeUtf8(text, i);
    if (IsSpace(c) && c != 0x200B && c != 0xFEFF) {
      if (!space_) space_at_ = at;
      space_ = true;
    } else if (!IsControl(c) && !IsInvisible(c)) {
      Emit(text.substr(before, i - before), at);
    }
  }
}

// "Ã©" is the two bytes of "é" read as if each were a character. Certain if the characters are the
// bytes of one UTF-8 sequence in Windows-1252.
bool TextBuilder::Repair(const Original& original, size_t& at, size_t end) {
  const std::string_view text = original.text().substr(0, end);
  std::string bytes;
  size_t next = at;
  size_t need = 1;
  while (bytes.size() < need && next < end) {
    const int byte = Windows1252(DecodeUtf8(text, next));
    if (byte < 0x80) return false;
    if (bytes.empty()) need = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
    bytes += static_cast<char>(byte);
  }
  if (bytes.size() != need || !IsValidUtf8(bytes)) return false;
  // Only what news could have meant: Latin letters, typographic signs. And not the quotation mark
  // behind a capital: MANH + A-tilde + closing quote is a word in quotes.
  size_t first = 0;
  const char32_t meant = DecodeUtf8(bytes, first);
  const bool plausible = (meant >= 0xA0 && meant < 0x180) || (meant >= 0x2010 && meant <= 0x203A) ||
                         meant == 0x20AC || meant == 0x2122 || meant >= 0x1F300;
  if (!plausible) return false;
  size_t second = at;
  DecodeUtf8(text, second);
  const char32_t follower = DecodeUtf8(text, second);
  const bool quote =
      follower == 0xBB || follower == 0x201D || follower == 0x2019 || follower == 0x2026;
  if (quote && at > 0) {
    size_t before = at - 1;
    while (before > 0 && (static_cast<unsigned char>(text[before]) & 0xC0) == 0x80) before--;
    if (IsUpper(DecodeUtf8(text, before))) return false;
  }
  AppendAs(bytes, original, at);
  repaired_++;
  at = next;
  return true;
}

void TextBuilder::Append(const Original& original, size_t begin, size_t end) {
  while (begin < end) {
    const size_t stop = std::min(end, original.NextJump(begin));
    AppendPart(original, begin, stop);
    begin = stop;
  }
}

void TextBuilder::AppendPart(const Original& original, size_t begin, size_t end) {
  const std::string_view text = original.text().substr(0, end);
  for (size_t at = begin; at < end;) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte > ' ' && byte < 127) {  // a run of plain letters and signs
      const auto plain = [&](size_t i) {
        return i<end&& static_cast<unsigned char>(text[i])> 32 &&
               static_cast<unsigned char>(text[i]) < 127;
      };
      size_t stop = at;
      while (plain(stop) || (stop < end && text[stop] == ' ' && plain(stop + 1))) stop++;
      // The last one may carry a mark that composes with it.
      if (stop < end && stop > at + 1 && static_cast<unsigned char>(text[stop]) >= 0x80)
        stop--;
      else if (stop < end && stop == at + 1 && static_cast<unsigned char>(text[stop]) >= 0x80) {
        size_t next = stop;
        if (IsCombining(DecodeUtf8(text, next))) {
          while (next < end) {
            size_t after = next;
            if (!IsCombining(DecodeUtf8(text, after)) || after - at > 32) break;
            next = after;
          }
          Emit(ComposeNfc(text.substr(at, next - at)), original.At(at));
          at = next;
          continue;
        }
      }
      Emit(text.substr(at, stop - at), original.At(at));
      at = stop;
      continue;
    }
    const size_t before = at;
    const char32_t c = DecodeUtf8(text, at);
    if (IsInvisible(c)) continue;
    if (IsSpace(c)) {
      if (!space_) space_at_ = original.At(before);
      space_ = true;
      continue;
    }
    if (c >= 0xC2 && c < 0xF5) {
      size_t next = before;
      if (Repair(original, next, end)) {
        at = next;
        continue;
      }
    }
    if (IsControl(c)) {
      controls_++;
      if (!space_) space_at_ = original.At(before);
      space_ = true;
      continue;
    }
    size_t next = at;
    if (next < end && static_cast<unsigned char>(text[next]) >= 0x80 &&
        IsCombining(DecodeUtf8(text, next))) {
      Emit(ComposeNfc(text.substr(before, next - before)), original.At(before));
      at = next;
      continue;
    }
    if (at - before == 1 && byte >= 0x80) {  // a byte that is no UTF-8
      std::string replacement;
      AppendUtf8(replacement, kReplacement);
      Emit(replacement, original.At(before));
    } else {
      Emit(text.substr(before, at - before), original.At(before));
    }
  }
}

void TextBuilder::Finish(Document& doc) {
  EndParagraph();
  while (!doc_.text.empty() && doc_.text.back() == '\n') doc_.text.pop_back();
  doc.text = std::move(doc_.text);
  doc.paragraphs = std::move(doc_.paragraphs);
  doc.offsets = std::move(segments_);
  if (repaired_ > 0) {
    doc.notes.push_back(
        {"mojibake", std::to_string(repaired_) +
                         " wrongly decoded letters were repaired (such as \xC3\x83\xC2\xA9 for "
                         "\xC3\xA9)"});
  }
  if (controls_ > 0) {
    doc.notes.push_back(
        {"control_characters", std::to_string(controls_) + " control characters were left out"});
  }
}

uint32_t TextByteOf(const Document& doc, uint64_t original) {
  const auto size = static_cast<uint32_t>(doc.text.size());
  uint32_t begin = 0;
  uint32_t end = size;
  uint64_t at = 0;
  if (!doc.offsets.empty()) {
    auto it = std::upper_bound(doc.offsets.begin(), doc.offsets.end(), original,
                               [](uint64_t o, const OffsetSegment& s) { return o < s.original; });
    if (it != doc.offsets.end()) end = it->text_byte;
    if (it == doc.offsets.begin()) return end;
    --it;
    begin = it->text_byte;
    at = it->original;
  }
  while (begin < end && at < original) {
    begin++;
    while (begin < end && (static_cast<unsigned char>(doc.text[begin]) & 0xC0) == 0x80) begin++;
    at++;
  }
  return begin;
}

}  // namespace entente
