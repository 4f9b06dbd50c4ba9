// SPDX-License-Identifier: Apache-2.0
#include "reader/bytes.h"

#include <fcntl.h>
#include <lzma.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <vector>

namespace entente {
namespace {

constexpr size_t kBlock = 64 << 10;
constexpr uint64_t kXzMemory = 256u << 20;

Error BadInput(std::string message) { return Error{ErrorCode::kBadInput, std::move(message), ""}; }

class FileSource : public ByteSource {
 public:
  FileSource(int fd, bool own) : fd_(fd), own_(own) {}
  ~FileSource() override {
    if (own_) ::close(fd_);
  }
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;

  Result<size_t> Read(char* buffer, size_t size) override {
    for (;;) {
      const ssize_t n = ::read(fd_, buffer, size);
      if (n >= 0) return static_cast<size_t>(n);
      if (errno != EINTR) return BadInput(std::generic_category().message(errno));
    }
  }

 private:
  int fd_;
  bool own_;
};

class MemorySource : public ByteSource {
 public:
  explicit MemorySource(std::string bytes) : bytes_(std::move(bytes)) {}
  Result<size_t> Read(char* buffer, size_t size) override {
    const size_t n = std::min(size, bytes_.size() - at_);
    std::memcpy(buffer, bytes_.data() + at_, n);
    at_ += n;
    return n;
  }

 private:
  std::string bytes_;
  size_t at_ = 0;
};

// What the three unpackers share: an input block, and the guard against bombs.
class Unpacker : public ByteSource {
 public:
  Unpacker(std::unique_ptr<ByteSource> source, const char* name)
      : source_(std::move(source)), name_(name), block_(kBlock) {}

  Result<size_t> Read(char* buffer, size_t size) final {
    const Result<size_t> got = Decode(buffer, size);
    if (!got) return got;
    out_bytes_ += *got;
    if (out_bytes_ > kFreeExpansion && out_bytes_ / kMaxExpansion > in_bytes_) {
      return BadInput(std::string(name_) + " data grow more than " + std::to_string(kMaxExpansion) +
                      " times; refused");
    }
    return got;
  }

 protected:
  virtual Result<size_t> Decode(char* buffer, size_t size) = 0;
  // Fills the block when it is used up; afterwards `left_` is 0 only at the end of the input.
  Status Refill() {
    if (left_ > 0 || source_end_) return {};
    const Result<size_t> got = source_->Read(block_.data(), block_.size());
    if (!got) return got.error();
    next_ = block_.data();
    left_ = *got;
    in_bytes_ += *got;
    source_end_ = *got == 0;
    return {};
  }
  Error Damaged() const { return BadInput(std::string(name_) + " data are damaged"); }
  Error CutShort() const { return BadInput(std::string(name_) + " data are cut short"); }

  const char* next_ = nullptr;
  size_t left_ = 0;
  bool source_end_ = false;

 private:
  std::unique_ptr<ByteSource> source_;
  const char* name_;
  std::vector<char> block_;
  uint64_t in_bytes_ = 0;
  uint64_t out_bytes_ = 0;
};

class GzSource : public Unpacker {
 public:
  explicit GzSource(std::unique_ptr<ByteSource> source) : Unpacker(std::move(source), "gzip") {
    ok_ = inflateInit2(&stream_, 15 + 16) == Z_OK;
  }
  ~GzSource() override {
    if (ok_) inflateEnd(&stream_);
  }
  GzSource(const GzSource&) = delete;
  GzSource& operator=(const GzSource&) = delete;

 protected:
  Result<size_t> Decode(char* buffer, size_t size) override {
    if (!ok_) return BadInput("out of memory");
    stream_.next_out = reinterpret_cast<Bytef*>(buffer);
    stream_.avail_out = static_cast<uInt>(size);
    while (stream_.avail_out == size) {
      if (const Status status = Refill(); !status) return status.error();
      if (left_ == 0) {
        if (!member_end_) return CutShort();
        return size_t{0};
      }
      if (member_end_) {  // another member, or zeros and rubbish that gzip too passes over
        if (static_cast<unsigned char>(*next_) != 0x1F) return size_t{0};
        inflateReset(&stream_);
        member_end_ = false;
      }
      stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(next_));
      stream_.avail_in = static_cast<uInt>(left_);
      const int code = inflate(&stream_, Z_NO_FLUSH);
      next_ = reinterpret_cast<const char*>(stream_.next_in);
      left_ = stream_.avail_in;
      if (code == Z_STREAM_END)
        member_end_ = true;
      else if (code != Z_OK && code != Z_BUF_ERROR)
        return Damaged();
    }
    return size - stream_.avail_out;
  }

 private:
  z_stream stream_{};
  bool ok_ = false;
  bool member_end_ = false;
};

class XzSource : public Unpacker {
 public:
  explicit XzSource(std::unique_ptr<ByteSource> source) : Unpacker(std::move(source), "xz") {
    ok_ = lzma_stream_decoder(&stream_, kXzMemory, LZMA_CONCATENATED) == LZMA_OK;
  }
  ~XzSource() override { lzma_end(&stream_); }
  XzSource(const XzSource&) = delete;
  XzSource& operator=(const XzSource&) = delete;

 protected:
  Result<size_t> Decode(char* buffer, size_t size) override {
    if (!ok_) return BadInput("out of memory");
    if (done_) return size_t{0};
    stream_.next_out = reinterpret_cast<uint8_t*>(buffer);
    stream_.avail_out = size;
    while (stream_.avail_out == size) {
      if (const Status status = Refill(); !status) return status.error();
      stream_.next_in = reinterpret_cast<const uint8_t*>(next_);
      stream_.avail_in = left_;
      const lzma_ret code = lzma_code(&stream_, source_end_ ? LZMA_FINISH : LZMA_RUN);
      next_ = reinterpret_cast<const char*>(stream_.next_in);
      left_ = stream_.avail_in;
      if (code == LZMA_STREAM_END) {
        done_ = true;
        break;
      }
      if (code == LZMA_MEMLIMIT_ERROR) return BadInput("xz data need too much memory");
      if (code == LZMA_BUF_ERROR) return CutShort();
      if (code != LZMA_OK) return Damaged();
    }
    return size - stream_.avail_out;
  }

 private:
  lzma_stream stream_ = LZMA_STREAM_INIT;
  bool ok_ = false;
  bool done_ = false;
};

class ZstdSource : public Unpacker {
 public:
  explicit ZstdSource(std::unique_ptr<ByteSource> source)
      : Unpacker(std::move(source), "zstd"), stream_(ZSTD_createDStream()) {}
  ~ZstdSource() override { ZSTD_freeDStream(stream_); }
  ZstdSource(const ZstdSource&) = delete;
  ZstdSource& operator=(const ZstdSource&) = delete;

 protected:
  Result<size_t> Decode(char* buffer, size_t size) override {
    if (stream_ == nullptr) return BadInput("out of memory");
    ZSTD_outBuffer out{buffer, size, 0};
    while (out.pos == 0) {
      if (const Status status = Refill(); !status) return status.error();
      ZSTD_inBuffer in{next_, left_, 0};
      const size_t code = ZSTD_decompressStream(stream_, &out, &in);
      next_ += in.pos;
      left_ -= in.pos;
      if (ZSTD_isError(code)) return Damaged();
      if (source_end_ && left_ == 0 && out.pos == 0) {
        if (!frame_end_) return CutShort();
        return size_t{0};
      }
      frame_end_ = code == 0;
    }
    return out.pos;
  }

 private:
  ZSTD_DStream* stream_;
  bool frame_end_ = false;
};

// Gives back bytes that were read to look at them.
class PrefixedSource : public ByteSource {
 public:
  PrefixedSource(std::string prefix, std::unique_ptr<ByteSource> rest)
      : prefix_(std::move(prefix)), rest_(std::move(rest)) {}
  Result<size_t> Read(char* buffer, size_t size) override {
    if (at_ == prefix_.size()) return rest_->Read(buffer, size);
    const size_t n = std::min(size, prefix_.size() - at_);
    std::memcpy(buffer, prefix_.data() + at_, n);
    at_ += n;
    return n;
  }

 private:
  std::string prefix_;
  size_t at_ = 0;
  std::unique_ptr<ByteSource> rest_;
};

}  // namespace

Result<std::unique_ptr<ByteSource>> OpenBytes(const std::string& path) {
  if (path == "-") return std::unique_ptr<ByteSource>(std::make_unique<FileSource>(0, false));
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    const ErrorCode code = errno == ENOENT ? ErrorCode::kNotFound : ErrorCode::kBadInput;
    return Error{code, std::generic_category().message(errno), path};
  }
  return std::unique_ptr<ByteSource>(std::make_unique<FileSource>(fd, true));
}

std::unique_ptr<ByteSource> BytesOf(std::string bytes) {
  return std::make_unique<MemorySource>(std::move(bytes));
}

Result<std::unique_ptr<ByteSource>> Unpack(std::unique_ptr<ByteSource> source) {
  std::string start;
  char buffer[6];
  while (start.size() < sizeof buffer) {
    const Result<size_t> got = source->Read(buffer, sizeof buffer - start.size());
    if (!got) return got.error();
    if (*got == 0) break;
    start.append(buffer, *got);
  }
  const std::string_view first = start;
  const bool gz = first.starts_with(std::string_view("\x1F\x8B\x08", 3));
  const bool xz = first == std::string_view(
                               "\xFD"
                               "7zXZ\0",
                               6);
  const bool zst = first.starts_with("\x28\xB5\x2F\xFD");
  std::unique_ptr<ByteSource> all =
      std::make_unique<PrefixedSource>(std::move(start), std::move(source));
  if (gz) return std::unique_ptr<ByteSource>(std::make_unique<GzSource>(std::move(all)));
  if (xz) return std::unique_ptr<ByteSource>(std::make_unique<XzSource>(std::move(all)));
  if (zst) return std::unique_ptr<ByteSource>(std::make_unique<ZstdSource>(std::move(all)));
  return all;
}

Status Buffered::Fill() {
  if (at_ > 0 && at_ >= buffer_.size() / 2) {
    buffer_.erase(0, at_);
    at_ = 0;
  }
  const size_t old = buffer_.size();
  buffer_.resize(old + kBlock);
  const Result<size_t> got = source_->Read(buffer_.data() + old, kBlock);
  buffer_.resize(old + (got ? *got : 0));
  if (!got) {
    end_ = true;
    return got.error();
  }
  end_ = *got == 0;
  return {};
}

Result<std::string_view> Buffered::Peek(size_t size) {
  while (!end_ && buffer_.size() - at_ < size) {
    if (const Status status = Fill(); !status) return status.error();
  }
  return std::string_view(buffer_).substr(at_, size);
}

Result<std::string> Buffered::Take(size_t size) {
  if (!end_ && at_ == buffer_.size()) {
    if (const Status status = Fill(); !status) return status.error();
  }
  std::string out = buffer_.substr(at_, size);
  at_ += out.size();
  return out;
}

Result<std::string> Buffered::TakeAll(size_t limit) {
  while (!end_) {
    if (buffer_.size() - at_ > limit) {
      return BadInput("larger than the limit of " + std::to_string(limit >> 20) +
                      " MiB a document");
    }
    if (const Status status = Fill(); !status) return status.error();
  }
  if (buffer_.size() - at_ > limit) {
    return BadInput("larger than the limit of " + std::to_string(limit >> 20) + " MiB a document");
  }
  std::string out = at_ == 0 ? std::move(buffer_) : buffer_.substr(at_);
  buffer_.clear();
  at_ = 0;
  return out;
}

Result<Buffered::Line> Buffered::TakeLine(size_t limit, std::string& line) {
  line.clear();
  bool too_long = false;
  bool any = false;
  for (;;) {
    const size_t newline = buffer_.find('\n', at_);
    const size_t stop = newline == std::string::npos ? buffer_.size() : newline;
    if (stop > at_) any = true;
    if (!too_long && line.size() + (stop - at_) > limit) {
      too_long = true;
      line.clear();
    }
    if (!too_long) line.append(buffer_, at_, stop - at_);
    at_ = stop;
    if (newline != std::string::npos) {
      at_++;
      if (!line.empty() && line.back() == '\r') line.pop_back();
      return too_long ? Line::kTooLong : Line::kLine;
    }
    if (end_) {
      if (!line.empty() && line.back() == '\r') line.pop_back();
      return too_long ? Line::kTooLong : any ? Line::kLine : Line::kEnd;
    }
    if (const Status status = Fill(); !status) return status.error();
  }
}

}  // namespace entente
