// SPDX-License-Identifier: Apache-2.0
// How: the scanner gives blocks of text. An element that says that it is the article wins if it
// holds enough text; else the one whose paragraphs hold most of the text that is no link (the idea
// of Readability). Within it, what is mostly links or a few words without a sentence is dropped.
#include "reader/html_reader.h"

#include <simdjson.h>

#include <algorithm>

#include "base/utf8.h"
#include "reader/dates.h"
#include "reader/html_scanner.h"
#include "reader/text_reader.h"

namespace entente {
namespace {

constexpr size_t kMaxJsonLd = 1u << 20;

bool IsHeading(const std::string& tag) {
  return tag.size() == 2 && tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6';
}

bool IsRunningText(const HtmlBlock& block) {
  return !block.skip && !IsHeading(block.tag) && block.letters > 2 * block.link_letters &&
         block.letters >= 25;
}

// Adds the running text of each block to the elements that it lies in.
void Weigh(HtmlPage& page) {
  for (const HtmlBlock& block : page.blocks) {
    if (!IsRunningText(block)) continue;
    const size_t text = block.letters - block.link_letters;
    for (int32_t e = block.element; e >= 0; e = page.elements[static_cast<size_t>(e)].parent) {
      page.elements[static_cast<size_t>(e)].text += text;
    }
  }
}

// The element that holds the report; 0, the page, if none stands out.
int32_t FindMain(const HtmlPage& page) {
  const size_t total = page.elements[0].text;
  int32_t best = 0;
  size_t best_text = 0;
  for (size_t e = 1; e < page.elements.size(); e++) {
    const HtmlElement& element = page.elements[e];
    if (!element.main || element.text < 150 || element.text * 3 < total) continue;
    // An inner one that holds nearly all of an outer one is nearer to the text.
    bool inner = false;
    for (int32_t up = element.parent; up > 0 && !inner;
         up = page.elements[static_cast<size_t>(up)].parent)
      inner = up == best;
    if (best == 0 || element.text > best_text || (inner && element.text * 4 > best_text * 3)) {
      best = static_cast<int32_t>(e);
      best_text = element.text;
    }
  }
  if (best != 0) return best;
  std::vector<size_t> scores(page.elements.size());
  for (const HtmlBlock& block : page.blocks) {
    if (!IsRunningText(block) || block.letters < 60) continue;
    const size_t text = block.letters - block.link_letters;
    const int32_t parent = page.elements[static_cast<size_t>(block.element)].parent;
    if (parent < 0) continue;
    scores[static_cast<size_t>(parent)] += text;
    const int32_t grand = page.elements[static_cast<size_t>(parent)].parent;
    if (grand >= 0) scores[static_cast<size_t>(grand)] += text / 2;
  }
  const auto top = std::max_element(scores.begin(), scores.end());
  if (top == scores.end() || *top == 0) return 0;
  const auto element = static_cast<size_t>(top - scores.begin());
  // Paragraphs spread over many boxes belong to no single one.
  return page.elements[element].text * 2 > total ? static_cast<int32_t>(element) : 0;
}

std::vector<char> Inside(const HtmlPage& page, int32_t main) {
  std::vector<char> inside(page.elements.size(), 0);
  for (size_t e = 0; e < page.elements.size(); e++) {  // parents come before their children
    const int32_t parent = page.elements[e].parent;
    inside[e] = static_cast<int32_t>(e) == main ||
                (parent >= 0 && inside[static_cast<size_t>(parent)] != 0);
  }
  return inside;
}

// What search engines are told: an object, or several, or a graph of them.
void ReadJsonLd(std::string_view json, HtmlPage& page, const ReaderData& data) {
  if (json.size() > kMaxJsonLd) return;
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  if (parser.parse(simdjson::padded_string(json)).get(root) != simdjson::SUCCESS) return;
  std::vector<simdjson::dom::element> todo{root};
  for (size_t i = 0; i < todo.size() && i < 50; i++) {
    simdjson::dom::array array;
    simdjson::dom::object object;
    if (todo[i].get(array) == simdjson::SUCCESS) {
      for (const auto item : array) {
        if (todo.size() < 50) todo.push_back(item);
      }
      continue;
    }
    if (todo[i].get(object) != simdjson::SUCCESS) continue;
    for (const auto field : object) {
      const std::string key = ToLower(field.key);
      if (key == "@graph") {
        if (todo.size() < 50) todo.push_back(field.value);
        continue;
      }
      std::string_view value;
      simdjson::dom::object inner;
      if (field.value.get(inner) == simdjson::SUCCESS) {
        if (inner["name"].get(value) != simdjson::SUCCESS) continue;
      } else if (field.value.get(value) != simdjson::SUCCESS) {
        continue;
      }
      const ReaderData::MetaName name = data.Meta(key);
      if (name.rank < 0 || value.empty()) continue;
      HtmlMeta& meta = page.meta[static_cast<size_t>(name.field)];
      if (name.rank < meta.rank) meta = {std::string(value), name.rank, 0, 0};
    }
  }
}

// "Headline | The Paper": without the paper's name.
void DropSiteName(std::string_view html, Range& title) {
  const std::string_view text = html.substr(title.begin, title.end - title.begin);
  size_t cut = std::string_view::npos;
  for (const std::string_view separator :
       {" | ", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", " :: ", " \xC2\xBB "}) {
    const size_t at = text.rfind(separator);
    if (at == std::string_view::npos || at < 15 || text.size() - at > 60) continue;
    if (cut == std::string_view::npos || at > cut) cut = at;
  }
  if (cut != std::string_view::npos) title.end = title.begin + cut;
}

bool ShareWord(std::string_view a, std::string_view b) {
  const std::string folded = Fold(b);
  const std::string words = Fold(a);
  for (const std::string_view word : SplitWords(words)) {
    if (word.size() >= 4 && folded.find(word) != std::string::npos) return true;
  }
  return a.size() < 8;
}

Block BlockOf(const HtmlBlock& block) {
  Block out;
  out.ranges = block.pieces;
  out.ranges.front().line = true;
  if (IsHeading(block.tag)) out.shape = Shape::kHeading;
  if (block.tag == "blockquote") out.shape = Shape::kQuote;
  if (block.tag == "li" || block.tag == "dd" || block.tag == "dt") out.shape = Shape::kItem;
  if (block.tag == "td" || block.tag == "th" || block.tag == "figcaption" || block.tag == "caption")
    out.shape = Shape::kTable;
  return out;
}

}  // namespace

void ReadHtml(const Original& original, const ReaderData& data, bool whole, Draft& draft) {
  const std::string_view html = original.text();
  HtmlPage page = ScanHtml(html, data);
  for (const std::string_view json : page.json_ld) ReadJsonLd(json, page, data);
  Document& doc = draft.doc;
  const auto take = [&](Field field, std::string& into) {
    if (into.empty()) into = page.meta[static_cast<size_t>(field)].value;
  };
  take(Field::kSource, doc.source);
  take(Field::kUrl, doc.url);
  if (doc.language.empty()) doc.language = page.language;
  take(Field::kLanguage, doc.language);
  take(Field::kDate, draft.date_text);
  if (draft.date_text.empty()) draft.date_text = page.time;
  if (!draft.date_text.empty() && !FindDate(draft.date_text, data, DateOrder::kDmy))
    draft.date_text.clear();

  Weigh(page);
  int32_t main = whole ? 0 : FindMain(page);
  if (page.elements[0].text == 0 && !whole) {
    // Everything was taken for navigation: then nothing is.
    bool any = false;
    for (const HtmlBlock& block : page.blocks)
      any = any || (block.skip && block.letters >= 80 && block.letters > 2 * block.link_letters);
    if (any) {
      for (HtmlBlock& block : page.blocks) block.skip = false;
    }
  }
  const std::vector<char> inside = Inside(page, main);
  Block title;
  std::vector<Block> blocks;
  for (size_t i = 0; i < page.blocks.size(); i++) {
    HtmlBlock& block = page.blocks[i];
    if (block.skip) continue;
    if (block.tag == "h1" && title.ranges.empty() && (!whole || i == 0)) {
      title = BlockOf(block);
      continue;
    }
    if (inside[static_cast<size_t>(block.element)] == 0) continue;
    Block out = BlockOf(block);
    const std::string plain(Trim(PlainText(html, out.ranges, data, 200)));
    if (plain.empty()) continue;
    const bool links = block.link_letters * 2 > block.letters;
    if (out.shape == Shape::kHeading) {
      // A heading stands before text.
      const bool before_text = i + 1 < page.blocks.size() && IsRunningText(page.blocks[i + 1]);
      if (links || (!before_text && !whole)) continue;
    } else if (links) {
      const size_t colon = plain.find(':');
      const bool label =
          colon != std::string::npos && colon < 40 && data.IsRelated(Fold(plain.substr(0, colon)));
      if (!label && !whole) continue;
    } else if (block.letters < 25 && !whole) {
      const auto date = FindDate(plain, data, DateOrder::kDmy);
      const char last = plain.back();
      const bool sentence =
          (last == '.' || last == '!' || last == '?' || last == '"') && block.letters >= 8;
      const bool paragraph = block.tag == "p" && block.letters >= 15;
      if (!(date && date->alone) && !sentence && !paragraph) continue;
    }
    blocks.push_back(std::move(out));
  }
  if (title.ranges.empty() && !whole && page.title.end > page.title.begin) {
    title.ranges = {page.title};
    DropSiteName(html, title.ranges.front());
    if (Trim(PlainText(html, title.ranges, data, 50)).empty()) title.ranges.clear();
  }
  const HtmlMeta& meta = page.meta[static_cast<size_t>(Field::kTitle)];
  if (!whole && meta.end > meta.begin) {
    // A heading that shares no word with what the page calls itself is the name of the site.
    if (!title.ranges.empty() && !ShareWord(PlainText(html, title.ranges, data, 500), meta.value)) {
      title.ranges = {{meta.begin, meta.end, false, false, true}};
    }
    if (doc.title.empty()) doc.title = meta.value;
  }
  if (title.ranges.empty() && !whole && meta.end > meta.begin)
    title.ranges = {{meta.begin, meta.end, false, false, true}};
  TextForm form;
  form.take_title = !whole && title.ranges.empty();
  ReadBlocks(original, data, form, std::move(blocks), std::move(title), draft);
}

}  // namespace entente
