// SPDX-License-Identifier: Apache-2.0
#include "trainer/compressed.h"

#include <lzma.h>

#include "base/file.h"

namespace entente {

Result<std::string> ReadMaybeCompressed(const std::string& path) {
  Result<std::string> bytes = ReadFile(path);
  if (!bytes || !path.ends_with(".xz")) return bytes;
  constexpr uint64_t kMemoryLimit = 256ull << 20;
  lzma_stream stream = LZMA_STREAM_INIT;
  if (lzma_stream_decoder(&stream, kMemoryLimit, LZMA_CONCATENATED) != LZMA_OK) {
    return Error{ErrorCode::kInternal, "cannot start the xz decoder", path};
  }
  std::string out;
  std::string buffer(1 << 20, '\0');
  stream.next_in = reinterpret_cast<const uint8_t*>(bytes->data());
  stream.avail_in = bytes->size();
  lzma_ret state = LZMA_OK;
  while (state == LZMA_OK) {
    stream.next_out = reinterpret_cast<uint8_t*>(buffer.data());
    stream.avail_out = buffer.size();
    state = lzma_code(&stream, LZMA_FINISH);
    out.append(buffer.data(), buffer.size() - stream.avail_out);
  }
  lzma_end(&stream);
  if (state != LZMA_STREAM_END) return Error{ErrorCode::kBadInput, "not a whole xz file", path};
  return out;
}

}  // namespace entente
