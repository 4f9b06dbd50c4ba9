// SPDX-License-Identifier: Apache-2.0
// From the original to the text that is analysed, without losing the place. A reader cuts pieces
// out of the decoded original and hands them to a TextBuilder; the builder cleans them (spaces,
// controls, composed letters, wrongly decoded letters) and keeps for every piece where it stood.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "document/document.h"

namespace entente {

// A text, and for each byte of it the code point of the original at which it stands.
class Original {
 public:
  Original() = default;
  // The text is the original, or the part of it that begins at code point `base`. The text must
  // outlive this object.
  explicit Original(std::string_view text, uint64_t base = 0);
  // The text was made from the original; segments as in Document::offsets.
  Original(std::string_view text, std::vector<OffsetSegment> segments);
  std::string_view text() const { return text_; }
  uint64_t At(size_t byte) const;
  // The first byte behind this one at which the places jump; the text's size if none does.
  size_t NextJump(size_t byte) const;

 private:
  uint32_t CodePointsBefore(size_t byte) const;
  std::string_view text_;
  uint64_t base_ = 0;
  std::vector<OffsetSegment> segments_;
  std::vector<uint32_t> checkpoints_;
};

class TextBuilder {
 public:
  // A new paragraph of this kind; the one before it ends, and is dropped if it is empty.
  void Begin(ParagraphKind kind);
  // Adds bytes [begin, end) of the original's text to the paragraph.
  void Append(const Original& original, size_t begin, size_t end);
  // Adds a text of one or more characters that stands for the original's characters from `begin`
  // on: an entity.
  void AppendAs(std::string_view text, const Original& original, size_t begin);
  // A space, unless one is there.
  void Space();
  // Whether the paragraph so far has any text, and how it ends.
  std::string_view paragraph() const;
  size_t paragraphs() const { return doc_.paragraphs.size(); }
  // Moves text, paragraphs and offsets into `doc` and adds notes on what was repaired.
  void Finish(Document& doc);

 private:
  void EndParagraph();
  void AppendPart(const Original& original, size_t begin, size_t end);
  void Emit(std::string_view text, uint64_t original);
  bool Repair(const Original& original, size_t& at, size_t end);

  Document doc_;
  std::vector<OffsetSegment> segments_;
  uint64_t text_points_ = 0;  // code points of doc_.text
  int64_t shift_ = 0;         // original - text code points, of the last segment
  size_t begin_ = 0;          // of the paragraph
  ParagraphKind kind_ = ParagraphKind::kBody;
  bool open_ = false;
  bool space_ = false;  // owed before the next character
  uint64_t space_at_ = 0;
  int repaired_ = 0;
  int controls_ = 0;
};

// The byte of doc.text at which this code point of the original stands; the nearest later one if it
// was left out. Costs O(distance) from a segment.
uint32_t TextByteOf(const Document& doc, uint64_t original);

}  // namespace entente
