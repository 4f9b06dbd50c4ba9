// SPDX-License-Identifier: Apache-2.0
// What every format reader is: a stream of reports from one input.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "document/document.h"
#include "reader/bytes.h"
#include "reader/data.h"
#include "reader/finish.h"
#include "reader/options.h"

namespace entente {

class FormatReader {
 public:
  virtual ~FormatReader() = default;
  // The next report, or an error in place of one that cannot be read; nothing at the end.
  virtual std::optional<Result<Document>> Next() = 0;
};

// One input: its bytes, unpacked, and what is known about it.
struct Input {
  std::unique_ptr<Buffered> bytes;
  std::string path;  // for messages
  std::string stem;  // for ids
  const ReaderData* data = nullptr;
  const ReaderOptions* options = nullptr;

  Error At(size_t line, std::string message) const {
    return Error{ErrorCode::kBadInput, std::move(message), path + ":" + std::to_string(line)};
  }
  Error Here(Error error) const {
    error.where = path;
    return error;
  }
};

std::unique_ptr<FormatReader> MakeTextReader(Input input, bool markdown, bool plain);
std::unique_ptr<FormatReader> MakeHtmlReader(Input input);
std::unique_ptr<FormatReader> MakeNdjsonReader(Input input);
std::unique_ptr<FormatReader> MakeCsvReader(Input input, char separator);
std::unique_ptr<FormatReader> MakeFeedReader(Input input);

}  // namespace entente
