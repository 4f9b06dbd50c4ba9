// SPDX-License-Identifier: Apache-2.0
// Bytes to documents: files, folders, stdin; text, Markdown, HTML, JSON lines, tables, feeds;
// packed or not.
//   auto reader = Reader::Load(data);
//   auto stream = reader->Open({"news/", "-"}, options);
//   while (auto doc = stream->Next()) { if (!*doc) report(doc->error()); else use(**doc); }
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "document/document.h"
#include "reader/options.h"

namespace entente {

class ReaderData;

// Reports one after the other, in the order of the input. Not for several threads at once.
class DocumentStream {
 public:
  virtual ~DocumentStream() = default;
  // The next report; an error in place of an input, line or row that cannot be read, with its place
  // and the reason, after which the rest goes on; nothing at the end.
  virtual std::optional<Result<Document>> Next() = 0;
};

class Reader {
 public:
  // Reads languages/*/reader.txt, languages/*/language.rec and reader/*.txt below the data folder.
  static Result<Reader> Load(const std::string& data_folder);

  // Files, folders (walked, sorted, hidden ones left out) and "-" for stdin. Memory holds one
  // report, line or row at a time. Safe to call from many threads.
  std::unique_ptr<DocumentStream> Open(std::vector<std::string> paths, ReaderOptions options) const;
  // The same for bytes in memory; `name` stands for the path.
  std::unique_ptr<DocumentStream> Parse(std::string bytes, std::string name,
                                        ReaderOptions options) const;

 private:
  explicit Reader(std::shared_ptr<const ReaderData> data) : data_(std::move(data)) {}
  std::shared_ptr<const ReaderData> data_;
};

// "auto", "text", "markdown", "html", "ndjson", "csv", "feed"; nothing for any other name.
std::optional<InputForm> InputFormFromName(std::string_view name);

}  // namespace entente
