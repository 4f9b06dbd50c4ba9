// SPDX-License-Identifier: Apache-2.0
// What of a stretch of text is text: Markdown's signs of emphasis and links are left out, and named
// characters (&amp;) are decoded.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "reader/data.h"
#include "reader/original.h"

namespace entente {

// Bytes of the original that belong to a paragraph.
struct Range {
  size_t begin = 0;
  size_t end = 0;
  bool link = false;  // the words of a link
  bool bold = false;
  bool line = false;  // a line of the original begins here: a space stands before it
};

// Appends to `out` the ranges of text[begin, end) that are text. Linear in the size.
void AddInline(std::string_view text, size_t begin, size_t end, bool markdown,
               std::vector<Range>& out);

// Reads the character reference at text[at] == '&'; returns the bytes that it takes, 0 if it is
// none.
size_t ReadEntity(std::string_view text, size_t at, const ReaderData& data, std::string& decoded);

// The ranges as text, at most about `limit` bytes of it; spaces are kept as they are.
std::string PlainText(std::string_view text, const std::vector<Range>& ranges,
                      const ReaderData& data, size_t limit);
// Drops the first `bytes` bytes of what PlainText gives.
void DropPrefix(std::string_view text, std::vector<Range>& ranges, const ReaderData& data,
                size_t bytes);
// Adds the ranges to the open paragraph.
void Emit(const Original& original, const std::vector<Range>& ranges, const ReaderData& data,
          TextBuilder& builder);

}  // namespace entente
