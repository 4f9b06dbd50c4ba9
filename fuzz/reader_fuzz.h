// SPDX-License-Identifier: Apache-2.0
// What the fuzzers of the reader share: read the bytes in one form and check what every document promises.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/utf8.h"
#include "reader/reader.h"

namespace entente {

inline void Require(bool condition) {
  if (!condition) std::abort();
}

inline void CheckDocument(const Document& doc) {
  Require(IsValidUtf8(doc.text));
  Require(IsValidUtf8(doc.title));
  uint32_t at = 0;
  for (const Paragraph& paragraph : doc.paragraphs) {
    Require(paragraph.span.begin >= at && paragraph.span.begin < paragraph.span.end);
    Require(paragraph.span.end <= doc.text.size());
    at = paragraph.span.end;
  }
  for (size_t i = 1; i < doc.offsets.size(); i++) {
    Require(doc.offsets[i - 1].text_byte < doc.offsets[i].text_byte);
  }
  for (const MarkedPair& pair : doc.pairs) {
    for (const auto& span : {pair.actor, pair.recipient}) {
      if (span) Require(span->begin <= span->end && span->end <= doc.text.size());
    }
  }
  doc.OriginalOffset(static_cast<uint32_t>(doc.text.size()));
}

inline int FuzzReader(const uint8_t* data, size_t size, InputForm form) {
  static const Reader reader = [] {
    Result<Reader> loaded = Reader::Load(ENTENTE_SOURCE_DIR "/data");
    Require(loaded.ok());
    return std::move(*loaded);
  }();
  ReaderOptions options;
  options.form = form;
  options.max_document = 1u << 20;
  const auto stream =
      reader.Parse(std::string(reinterpret_cast<const char*>(data), size), "fuzz", options);
  for (size_t n = 0; n <= size + 2; n++) {
    const auto next = stream->Next();
    if (!next) return 0;
    if (*next) CheckDocument(**next);
    else Require(!next->error().message.empty());
  }
  std::abort();  // more reports than bytes: it does not end
}

}  // namespace entente
