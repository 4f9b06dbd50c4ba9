// SPDX-License-Identifier: Apache-2.0
// link: tokenizer
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/utf8.h"
#include "tokenizer/sentences.h"
#include "tokenizer/tokenizer.h"

namespace {

void Require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

// The tokens cover all that is no space, in order; the sentences cover the tokens.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace entente;
  static const Tokenizer tokenizer = [] {
    Result<Tokenizer> loaded = Tokenizer::Load(ENTENTE_SOURCE_DIR "/data/languages/en");
    Require(loaded.ok());
    return std::move(*loaded);
  }();
  Document doc;
  doc.text = MakeValidUtf8(std::string_view(reinterpret_cast<const char*>(data), size));
  const auto end = static_cast<uint32_t>(doc.text.size());
  const uint32_t middle = static_cast<uint32_t>(doc.text.find("\n\n"));
  if (middle < end) {
    doc.paragraphs.push_back({{0, middle}});
    doc.paragraphs.push_back({{middle, end}});
  } else {
    doc.paragraphs.push_back({{0, end}});
  }
  doc.BuildOffsetIndex();
  tokenizer.Run(doc);
  uint32_t at = 0;
  for (size_t i = 0; i < doc.tokens.size(); i++) {
    const Token& token = doc.tokens[i];
    Require(!token.form.empty() && token.span.begin < token.span.end && token.span.end <= end);
    const bool part = token.span.begin < at;  // of a contraction that is not cut from the text
    if (!part) {
      for (size_t gap = at; gap < token.span.begin;) Require(IsSpace(DecodeUtf8(doc.text, gap)));
    }
    at = token.span.end;
    if (token.contraction > 0) Require(token.contraction > 1 && i + token.contraction <= doc.tokens.size());
  }
  for (size_t gap = at; gap < end;) Require(IsSpace(DecodeUtf8(doc.text, gap)));
  uint32_t next = 0;
  for (const Sentence& sentence : doc.sentences) {
    Require(sentence.begin == next && sentence.end > sentence.begin && sentence.size() <= kMaxSentence);
    next = sentence.end;
  }
  Require(next == doc.tokens.size());
  return 0;
}
