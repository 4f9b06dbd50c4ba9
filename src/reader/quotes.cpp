// SPDX-License-Identifier: Apache-2.0
// Pull quotes and standfirsts: paragraphs that say again what another one says.
#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "base/text.h"
#include "base/utf8.h"
#include "reader/text_reader.h"

namespace entente {
namespace {

// The first five letters of each longer word: enough to see that two texts speak of the same.
std::vector<std::string> Stems(std::string_view text) {
  std::vector<std::string> stems;
  std::string word;
  for (const char c : Fold(text) + " ") {
    if ((c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80) {
      word += c;
    } else {
      if (word.size() >= 4) stems.push_back(word.substr(0, 5));
      word.clear();
    }
  }
  std::sort(stems.begin(), stems.end());
  stems.erase(std::unique(stems.begin(), stems.end()), stems.end());
  return stems;
}

std::string Letters(std::string_view text) {
  std::string out;
  for (const char c : Fold(text)) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80)
      out += c;
  }
  return out;
}

}  // namespace

void MarkQuotes(Document& doc) {
  if (doc.paragraphs.size() > 300 || doc.text.size() > 500'000) return;
  std::vector<Paragraph*> body;
  for (Paragraph& paragraph : doc.paragraphs) {
    if (paragraph.kind == ParagraphKind::kBody) body.push_back(&paragraph);
  }
  // A standfirst: one sentence under the title that the next paragraph tells again.
  if (body.size() > 3 && !doc.paragraphs.empty() &&
      doc.paragraphs[0].kind == ParagraphKind::kTitle) {
    const std::string_view first = doc.Text(body[0]->span);
    const std::vector<std::string> stems = Stems(first);
    const std::vector<std::string> next = Stems(doc.Text(body[1]->span));
    std::vector<std::string> shared;
    std::set_intersection(stems.begin(), stems.end(), next.begin(), next.end(),
                          std::back_inserter(shared));
    const bool one_sentence = first.find(". ") == std::string_view::npos;
    if (one_sentence && first.size() < 300 && shared.size() >= 4 &&
        shared.size() * 3 > stems.size()) {
      body[0]->kind = ParagraphKind::kQuote;
    }
  }
  std::vector<std::string> letters;
  for (const Paragraph* paragraph : body) letters.push_back(Letters(doc.Text(paragraph->span)));
  for (size_t i = 0; i < body.size(); i++) {
    if (letters[i].size() < 24 || letters[i].size() > 300) continue;
    if (SplitWords(doc.Text(body[i]->span)).size() < 5) continue;
    for (size_t j = 0; j < body.size(); j++) {
      if (i == j || letters[j].size() <= letters[i].size()) continue;
      if (letters[j].find(letters[i]) == std::string::npos) continue;
      body[i]->kind = ParagraphKind::kQuote;
      break;
    }
  }
}

}  // namespace entente
