// SPDX-License-Identifier: Apache-2.0
// What the tests of the reader share.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/utf8.h"
#include "reader/reader.h"

namespace entente {

inline const Reader& TestReader() {
  static const Reader reader = [] {
    Result<Reader> loaded = Reader::Load(ENTENTE_SOURCE_DIR "/data");
    if (!loaded) ADD_FAILURE() << loaded.error().Text();
    return std::move(*loaded);
  }();
  return reader;
}

struct Reports {
  std::vector<Document> docs;
  std::vector<Error> errors;
};

inline Reports Drain(DocumentStream& stream) {
  Reports reports;
  while (std::optional<Result<Document>> next = stream.Next()) {
    if (*next)
      reports.docs.push_back(std::move(**next));
    else
      reports.errors.push_back(next->error());
  }
  return reports;
}

inline Reports ReadAll(std::string bytes, const std::string& name,
                       const ReaderOptions& options = {}) {
  return Drain(*TestReader().Parse(std::move(bytes), name, options));
}

inline Document ReadOne(std::string bytes, const std::string& name,
                        const ReaderOptions& options = {}) {
  Reports reports = ReadAll(std::move(bytes), name, options);
  for (const Error& error : reports.errors) ADD_FAILURE() << error.Text();
  if (reports.docs.size() == 1) return std::move(reports.docs[0]);
  ADD_FAILURE() << reports.docs.size() << " documents instead of one";
  return {};
}

// "T title", "B body", "R related", "Q quote", "C caption": a string for each paragraph.
inline std::vector<std::string> Show(const Document& doc) {
  std::vector<std::string> out;
  for (const Paragraph& paragraph : doc.paragraphs) {
    std::string line(1, "TBRQC"[static_cast<int>(paragraph.kind)]);
    line += ' ';
    line += doc.Text(paragraph.span);
    out.push_back(line);
  }
  return out;
}

inline bool HasNote(const Document& doc, const std::string& code) {
  for (const Note& note : doc.notes) {
    if (note.code == code) return true;
  }
  return false;
}

// Every letter of the text stands in the original where its offset says, but for those in
// `changed`.
inline void CheckOffsets(const Document& doc, const std::string& original,
                         const std::string& changed = "") {
  std::vector<char32_t> letters;
  for (size_t at = 0; at < original.size();) letters.push_back(DecodeUtf8(original, at));
  for (size_t at = 0; at < doc.text.size();) {
    const size_t byte = at;
    const char32_t c = DecodeUtf8(doc.text, at);
    if (IsSpace(c) || changed.find(doc.text.substr(byte, at - byte)) != std::string::npos) continue;
    const uint64_t offset = doc.OriginalOffset(static_cast<uint32_t>(byte));
    ASSERT_LT(offset, letters.size()) << "at " << doc.text.substr(byte, 20);
    ASSERT_EQ(letters[offset], c) << "at " << doc.text.substr(byte, 20);
  }
}

}  // namespace entente
