// SPDX-License-Identifier: Apache-2.0
#include "reader/decode.h"

#include <algorithm>

#include "base/utf8.h"

namespace entente {
namespace {

struct Mark {
  std::string_view bytes;
  const char* charset;
};
// UTF-32 before UTF-16, whose mark is the beginning of it.
constexpr Mark kMarks[] = {{{"\xFF\xFE\0\0", 4}, "UTF-32LE"},
                           {{"\0\0\xFE\xFF", 4}, "UTF-32BE"},
                           {{"\xFF\xFE", 2}, "UTF-16LE"},
                           {{"\xFE\xFF", 2}, "UTF-16BE"}};

// UTF-16 without a mark: every other byte is zero, or nearly.
const char* Utf16ByZeros(std::string_view bytes) {
  const std::string_view start = bytes.substr(0, 4096);
  size_t even = 0, odd = 0;
  for (size_t i = 0; i < start.size(); i++) {
    if (start[i] == '\0') (i % 2 == 0 ? even : odd)++;
  }
  const size_t half = start.size() / 2;
  if (half < 4) return nullptr;
  if (odd > half * 7 / 10 && even < half / 20 + 1) return "UTF-16LE";
  if (even > half * 7 / 10 && odd < half / 20 + 1) return "UTF-16BE";
  return nullptr;
}

// ICU 16-bit conversions take sizes of 31 bits, so large inputs are converted in pieces at line
// ends.
bool Convert(std::string_view bytes, const std::string& charset, std::string& out) {
  constexpr size_t kPiece = 16u << 20;
  if (bytes.size() <= kPiece || charset.starts_with("UTF-"))
    return DecodeCharset(bytes, charset, out);
  out.clear();
  while (!bytes.empty()) {
    size_t size = std::min(kPiece, bytes.size());
    if (size < bytes.size()) {
      const size_t newline = bytes.rfind('\n', size - 1);
      if (newline != std::string_view::npos) size = newline + 1;
    }
    std::string piece;
    if (!DecodeCharset(bytes.substr(0, size), charset, piece)) return false;
    out += piece;
    bytes.remove_prefix(size);
  }
  return true;
}

size_t BadBytes(std::string_view text) {
  size_t bad = 0;
  for (size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      at++;
      continue;
    }
    const size_t before = at;
    if (DecodeUtf8(text, at) == kReplacement && at - before == 1) bad++;
  }
  return bad;
}

Error NoText(std::string_view kind) {
  return Error{ErrorCode::kBadInput, "not text but " + std::string(kind), ""};
}

}  // namespace

std::string_view BinaryKind(std::string_view start) {
  struct Magic {
    std::string_view bytes;
    std::string_view kind;
  };
  static constexpr Magic kMagics[] = {{"%PDF-", "a PDF file"},
                                      {"PK\x03\x04", "a ZIP archive or office document"},
                                      {"\x89PNG", "a PNG picture"},
                                      {"\xFF\xD8\xFF", "a JPEG picture"},
                                      {"GIF8", "a GIF picture"},
                                      {"\x7F"
                                       "ELF",
                                       "a program"},
                                      {"\xD0\xCF\x11\xE0", "an old office document"},
                                      {"{\\rtf", "an RTF document"},
                                      {"BZh", "bzip2 data"},
                                      {"Rar!", "a RAR archive"},
                                      {"7z\xBC\xAF", "a 7z archive"},
                                      {"SQLite format 3", "an SQLite database"},
                                      {"PAR1", "a Parquet file"},
                                      {"OggS", "an Ogg file"},
                                      {"ID3", "an MP3 file"}};
  for (const Magic& magic : kMagics) {
    if (start.starts_with(magic.bytes)) return magic.kind;
  }
  return "";
}

StreamCharset GuessStreamCharset(std::string_view start) {
  for (const Mark& mark : kMarks) {
    if (start.starts_with(mark.bytes)) return StreamCharset::kOther;
  }
  if (Utf16ByZeros(start) != nullptr) return StreamCharset::kOther;
  // The last character may be cut.
  size_t size = start.size();
  for (int i = 0; i < 3 && size > 0 && (static_cast<unsigned char>(start[size - 1]) & 0xC0) == 0x80;
       i++)
    size--;
  if (size > 0 && static_cast<unsigned char>(start[size - 1]) >= 0xC0) size--;
  const size_t bad = BadBytes(start.substr(0, size));
  if (bad == 0) return StreamCharset::kUtf8;
  size_t high = 0;
  for (const char c : start) high += static_cast<unsigned char>(c) >= 0x80;
  return bad * 3 > high ? StreamCharset::kWindows1252 : StreamCharset::kUtf8;
}

std::string DecodeWindows1252(std::string_view bytes) {
  std::string out;
  if (!DecodeCharset(bytes, "windows-1252", out)) return MakeValidUtf8(bytes);
  return out;
}

Result<std::string> DecodeText(std::string bytes, const std::string& charset,
                               std::vector<Note>& notes) {
  if (const std::string_view kind = BinaryKind(bytes); !kind.empty()) return NoText(kind);
  const auto decoded = [&](const std::string& name, std::string text) {
    notes.push_back({"encoding", "read as " + name});
    return text;
  };
  std::string text;
  for (const Mark& mark : kMarks) {
    if (!bytes.starts_with(mark.bytes)) continue;
    std::string_view rest = bytes;
    rest.remove_prefix(mark.bytes.size());
    if (DecodeCharset(rest, mark.charset, text)) return decoded(mark.charset, std::move(text));
  }
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.erase(0, 3);
  if (const char* name = Utf16ByZeros(bytes); name != nullptr && DecodeCharset(bytes, name, text)) {
    return decoded(name, std::move(text));
  }
  // Bytes that no text has, in number: a program, a picture, noise.
  size_t odd = 0;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    odd +=
        byte < 32 && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f' && byte != 0x1B;
  }
  if (odd > 32 && odd > bytes.size() / 20) return NoText("binary data");
  const size_t bad = BadBytes(bytes);
  if (bad == 0) return bytes;
  size_t high = 0;
  for (const char c : bytes) high += static_cast<unsigned char>(c) >= 0x80;
  if (bad * 3 <= high) {  // UTF-8 with damage
    notes.push_back({"bad_bytes", std::to_string(bad) + " bytes are not UTF-8 and became U+FFFD"});
    return MakeValidUtf8(bytes);
  }
  std::string name = charset;
  if (name.empty() || name == "utf-8" || !Convert(bytes, name, text)) {
    name = DetectCharset(bytes);
    // Latin-1 on the label is Windows-1252 in the bottle; the detector's rarer guesses need much
    // text.
    const bool trusted = name == "windows-1252" || name == "windows-1251" ||
                         name == "windows-1250" || name == "ISO-8859-2" || name == "ISO-8859-15" ||
                         name == "ISO-8859-9" || name == "windows-1254";
    if (!trusted || high < 8) name = "windows-1252";
    if (!Convert(bytes, name, text)) {
      notes.push_back(
          {"bad_bytes", std::to_string(bad) + " bytes are not UTF-8 and became U+FFFD"});
      return MakeValidUtf8(bytes);
    }
  }
  return decoded(name, std::move(text));
}

}  // namespace entente
