// SPDX-License-Identifier: Apache-2.0
// Plain text and Markdown: the head of the report (title, date, author), its paragraphs, the
// headlines of other reports that it links to.
#pragma once

#include <cstdint>
#include <vector>

#include "reader/data.h"
#include "reader/finish.h"
#include "reader/inline.h"
#include "reader/options.h"
#include "reader/original.h"

namespace entente {

enum class Markup { kPlain, kMarkdown, kFind };

struct TextForm {
  Markup markup = Markup::kFind;
  bool take_title = true;  // false where a field of the input is the title
  // Nothing is taken out but a dateline that ends before `first_mark` (a code point of the
  // original): the input has marked places in it.
  bool as_it_is = false;
  uint64_t first_mark = UINT64_MAX;
};

// Fills text, paragraphs, title, source of draft.doc and draft.date_text from a decoded text.
void ReadText(const Original& original, const ReaderData& data, const TextForm& form, Draft& draft);

enum class Shape : uint8_t { kText, kHeading, kQuote, kItem, kTable };

// A paragraph before it is known what it is.
struct Block {
  std::vector<Range> ranges;
  Shape shape = Shape::kText;
  ParagraphKind kind = ParagraphKind::kBody;
  bool after_rule = false;  // a rule stands before it
};

// The same for a text that is already cut into paragraphs: a page. `title` may be empty.
void ReadBlocks(const Original& original, const ReaderData& data, const TextForm& form,
                std::vector<Block> blocks, Block title, Draft& draft);

// True if the text has the signs of Markdown: links, headings, lines in bold.
bool LooksLikeMarkdown(std::string_view text);

// Marks the paragraphs that repeat another one as pull quotes, and the standfirst under the title
// as well.
void MarkQuotes(Document& doc);

}  // namespace entente
