// SPDX-License-Identifier: Apache-2.0
// Bytes to UTF-8, whatever they were, with a note if it was not UTF-8.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "document/document.h"

namespace entente {

// Decodes a whole input: UTF-8, UTF-16 and UTF-32 by their mark or their zeros, the `charset` that
// the input itself declares (may be empty), else what ICU's detector thinks, else Windows-1252. A
// byte order mark is no character of the text. kBadInput if the bytes are no text (a PDF, a
// picture, a program).
Result<std::string> DecodeText(std::string bytes, const std::string& charset,
                               std::vector<Note>& notes);

// How a stream that cannot be held in memory is encoded, from its first bytes.
enum class StreamCharset { kUtf8, kWindows1252, kOther };
StreamCharset GuessStreamCharset(std::string_view start);
// One piece of such a stream.
std::string DecodeWindows1252(std::string_view bytes);

// The name of the format that these bytes begin like ("a PDF file"), or "" if they may be text.
std::string_view BinaryKind(std::string_view start);

}  // namespace entente
