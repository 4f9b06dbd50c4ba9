// SPDX-License-Identifier: Apache-2.0
// HTML to blocks of text with their places, in one pass and in linear time, however broken the page
// is. No tree is built: a stack of open elements, at most kMaxDepth deep, says what each text lies
// in.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "reader/data.h"
#include "reader/inline.h"

namespace entente {

constexpr size_t kMaxDepth = 512;  // elements nested deeper are passed over, their text is kept

struct HtmlBlock {
  std::vector<Range> pieces;
  std::string tag;       // the element that it lies in: p, h1, li, blockquote
  int32_t element = -1;  // index into HtmlPage::elements
  bool skip = false;     // in navigation, advertising and the like
  size_t letters = 0;    // bytes that are not spaces
  size_t link_letters = 0;
};

struct HtmlElement {
  int32_t parent = -1;
  bool main = false;  // says of itself that it holds the report
  size_t text = 0;    // bytes of running text in it, links left out
};

struct HtmlMeta {
  std::string value;
  int rank = 1 << 20;
  size_t begin = 0, end = 0;  // of the value in the page
};

struct HtmlPage {
  std::vector<HtmlBlock> blocks;
  std::vector<HtmlElement> elements;
  std::vector<std::string_view> json_ld;
  Range title;       // of <title>
  HtmlMeta meta[kFields];  // by Field
  std::string time;  // of the first <time datetime="">
  std::string language;
};

HtmlPage ScanHtml(std::string_view html, const ReaderData& data);

// The charset that the page names in its first bytes; "" if none.
std::string CharsetOfHtml(std::string_view bytes);

}  // namespace entente
