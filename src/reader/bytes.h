// SPDX-License-Identifier: Apache-2.0
// A stream of bytes from a file, stdin or memory; .gz, .xz and .zst are unpacked on the way,
// whatever the file is called.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace entente {

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // Fills up to `size` bytes; 0 only at the end.
  virtual Result<size_t> Read(char* buffer, size_t size) = 0;
};

// Opens a file, or stdin for "-". kNotFound, or kBadInput with the system's reason.
Result<std::unique_ptr<ByteSource>> OpenBytes(const std::string& path);
std::unique_ptr<ByteSource> BytesOf(std::string bytes);
// Unpacks if the first bytes say so, else passes through. A packed stream that is cut short or
// damaged is an error; so is one that grows more than kMaxExpansion times beyond kFreeExpansion
// bytes.
Result<std::unique_ptr<ByteSource>> Unpack(std::unique_ptr<ByteSource> source);

constexpr uint64_t kMaxExpansion = 250;
constexpr uint64_t kFreeExpansion = 64u << 20;

// Reads ahead so that the beginning can be looked at, and hands out lines.
class Buffered {
 public:
  explicit Buffered(std::unique_ptr<ByteSource> source) : source_(std::move(source)) {}
  // At least `size` bytes from the front if there are so many; they stay unread.
  Result<std::string_view> Peek(size_t size);
  // The next bytes, at most `size`; empty at the end.
  Result<std::string> Take(size_t size);
  // All that is left; kBadInput if it is more than `limit`.
  Result<std::string> TakeAll(size_t limit);

  enum class Line { kLine, kTooLong, kEnd };
  // The next line without its "\n" (or "\r\n"); one that is longer than `limit` is passed over.
  Result<Line> TakeLine(size_t limit, std::string& line);

 private:
  Status Fill();
  std::unique_ptr<ByteSource> source_;
  std::string buffer_;
  size_t at_ = 0;
  bool end_ = false;
};

}  // namespace entente
