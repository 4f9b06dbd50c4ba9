// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.h"

#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include <array>
#include <cstring>
#include <vector>

namespace entente {
namespace {

// Letters up to U+024F and U+1E00..U+1EFF folded once: most of news text needs no call into ICU.
struct FoldTable {
  std::array<std::array<char, 4>, 0x250> low{};
  std::array<std::array<char, 4>, 0x100> additional{};
};

void SetFold(std::array<char, 4>& cell, std::string_view text) {
  for (size_t i = 0; i < text.size() && i < 3; i++) cell[i] = text[i];
}

std::string FoldWithIcu(char32_t c) {
  switch (c) {
    case 0xDF: return "ss";
    case 0xE6: case 0xC6: return "ae";
    case 0x153: case 0x152: return "oe";
    case 0xF8: case 0xD8: return "o";
    case 0xF0: case 0xD0: case 0x111: case 0x110: return "d";
    case 0xFE: case 0xDE: return "th";
    case 0x142: case 0x141: return "l";
    case 0x131: case 0x130: return "i";
    case 0x259: case 0x18F: return "e";
    default: break;
  }
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2* nfkd = unorm2_getNFKDInstance(&status);
  UChar buffer[32];
  const int32_t length = unorm2_getDecomposition(nfkd, static_cast<UChar32>(c), buffer, 32, &status);
  std::string out;
  if (U_FAILURE(status) || length < 0) {
    AppendUtf8(out, static_cast<char32_t>(u_tolower(static_cast<UChar32>(c))));
    return out;
  }
  for (int32_t i = 0; i < length;) {
    UChar32 part;
    U16_NEXT(buffer, i, length, part);
    if (u_charType(part) == U_NON_SPACING_MARK) continue;
    AppendUtf8(out, static_cast<char32_t>(u_tolower(part)));
  }
  return out;
}

const FoldTable& Folds() {
  static const FoldTable table = [] {
    FoldTable t;
    for (char32_t c = 0; c < 0x250; c++) SetFold(t.low[c], FoldWithIcu(c));
    for (char32_t c = 0; c < 0x100; c++) SetFold(t.additional[c], FoldWithIcu(0x1E00 + c));
    return t;
  }();
  return table;
}

}  // namespace

char32_t DecodeUtf8(std::string_view text, size_t& at) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at);
  if (first < 0x80) {
    at++;
    return first;
  }
  int more = 0;
  char32_t c = 0;
  char32_t least = 0;
  if (first >= 0xC2 && first < 0xE0) {
    more = 1, c = first & 0x1F, least = 0x80;
  } else if (first >= 0xE0 && first < 0xF0) {
    more = 2, c = first & 0x0F, least = 0x800;
  } else if (first >= 0xF0 && first < 0xF5) {
    more = 3, c = first & 0x07, least = 0x10000;
  } else {
    at++;
    return kReplacement;
  }
  if (at + more >= text.size()) {
    at++;
    return kReplacement;
  }
  for (int i = 1; i <= more; i++) {
    const unsigned char next = byte(at + i);
    if ((next & 0xC0) != 0x80) {
      at++;
      return kReplacement;
    }
    c = (c << 6) | (next & 0x3F);
  }
  if (c < least || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) {
    at++;
    return kReplacement;
  }
  at += more + 1;
  return c;
}

void AppendUtf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

size_t CountCodePoints(std::string_view text) {
  size_t n = 0;
  for (size_t at = 0; at < text.size(); n++) DecodeUtf8(text, at);
  return n;
}

bool IsValidUtf8(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    // Eight letters at once while they are ASCII.
    uint64_t eight = 0;
    while (at + 8 <= text.size()) {
      std::memcpy(&eight, text.data() + at, 8);
      if ((eight & 0x8080808080808080u) != 0) break;
      at += 8;
    }
    if (at >= text.size()) break;
    const size_t before = at;
    if (DecodeUtf8(text, at) == kReplacement && at - before == 1) return false;
  }
  return true;
}

std::string MakeValidUtf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const size_t before = at;
    const char32_t c = DecodeUtf8(text, at);
    if (c == kReplacement && at - before == 1) {
      AppendUtf8(out, kReplacement);
    } else {
      out.append(text.substr(before, at - before));
    }
  }
  return out;
}

bool IsLetter(char32_t c) {
  if (c < 0x80) return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
  return u_isalpha(static_cast<UChar32>(c));
}
bool IsDigit(char32_t c) {
  if (c < 0x80) return c >= '0' && c <= '9';
  return u_isdigit(static_cast<UChar32>(c));
}
bool IsUpper(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z';
  return u_isupper(static_cast<UChar32>(c));
}
bool IsSpace(char32_t c) {
  if (c < 0x80) return c == ' ' || (c >= 9 && c <= 13);
  return u_isUWhiteSpace(static_cast<UChar32>(c)) || c == 0x200B || c == 0xFEFF;
}
bool IsPunctuation(char32_t c) {
  if (c < 0x80) return c > 32 && c < 127 && !IsLetter(c) && !IsDigit(c);
  return u_ispunct(static_cast<UChar32>(c));
}
char32_t ToLower(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  return static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
}
std::string ToLower(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) AppendUtf8(out, ToLower(DecodeUtf8(text, at)));
  return out;
}

bool IsCapitalised(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const char32_t c = DecodeUtf8(text, at);
    if (IsLetter(c)) return IsUpper(c);
  }
  return false;
}

bool IsAllCapitals(std::string_view text) {
  int letters = 0;
  for (size_t at = 0; at < text.size();) {
    const char32_t c = DecodeUtf8(text, at);
    if (!IsLetter(c)) continue;
    letters++;
    if (!IsUpper(c)) return false;
  }
  return letters >= 2;
}

void FoldTo(std::string_view text, std::string& out) {
  const FoldTable& folds = Folds();
  for (size_t at = 0; at < text.size();) {
    const auto first = static_cast<unsigned char>(text[at]);
    if (first < 0x80) {
      out += first >= 'A' && first <= 'Z' ? static_cast<char>(first + 32) : static_cast<char>(first);
      at++;
      continue;
    }
    const char32_t c = DecodeUtf8(text, at);
    if (c < 0x250) {
      out += folds.low[c].data();
    } else if (c >= 0x1E00 && c < 0x1F00) {
      out += folds.additional[c - 0x1E00].data();
    } else if (c == 0x2018 || c == 0x2019 || c == 0x201B || c == 0x2032) {
      out += '\'';
    } else if (c >= 0x201C && c <= 0x201F) {
      out += '"';
    } else if (c >= 0x2010 && c <= 0x2015) {
      out += '-';
    } else {
      out += FoldWithIcu(c);
    }
  }
}

std::string Fold(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  FoldTo(text, out);
  return out;
}

std::string ComposeNfc(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2* nfc = unorm2_getNFCInstance(&status);
  if (U_FAILURE(status)) return std::string(text);
  std::vector<UChar> wide(text.size() + 1);
  int32_t wide_size = 0;
  u_strFromUTF8WithSub(wide.data(), static_cast<int32_t>(wide.size()), &wide_size, text.data(),
                       static_cast<int32_t>(text.size()), 0xFFFD, nullptr, &status);
  if (U_FAILURE(status)) return std::string(text);
  if (unorm2_isNormalized(nfc, wide.data(), wide_size, &status)) return std::string(text);
  std::vector<UChar> composed(static_cast<size_t>(wide_size) * 3 + 16);
  const int32_t n = unorm2_normalize(nfc, wide.data(), wide_size, composed.data(),
                                     static_cast<int32_t>(composed.size()), &status);
  if (U_FAILURE(status)) return std::string(text);
  std::string out(static_cast<size_t>(n) * 4 + 4, '\0');
  int32_t out_size = 0;
  u_strToUTF8(out.data(), static_cast<int32_t>(out.size()), &out_size, composed.data(), n, &status);
  if (U_FAILURE(status)) return std::string(text);
  out.resize(static_cast<size_t>(out_size));
  return out;
}

bool DecodeCharset(std::string_view bytes, const std::string& charset, std::string& out) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter* converter = ucnv_open(charset.c_str(), &status);
  if (U_FAILURE(status)) return false;
  std::vector<UChar> wide(bytes.size() * 2 + 16);
  const int32_t n = ucnv_toUChars(converter, wide.data(), static_cast<int32_t>(wide.size()),
                                  bytes.data(), static_cast<int32_t>(bytes.size()), &status);
  ucnv_close(converter);
  if (U_FAILURE(status)) return false;
  out.resize(static_cast<size_t>(n) * 4 + 4);
  int32_t out_size = 0;
  u_strToUTF8WithSub(out.data(), static_cast<int32_t>(out.size()), &out_size, wide.data(), n, 0xFFFD,
                     nullptr, &status);
  if (U_FAILURE(status)) return false;
  out.resize(static_cast<size_t>(out_size));
  return true;
}

std::string DetectCharset(std::string_view bytes) {
  UErrorCode status = U_ZERO_ERROR;
  UCharsetDetector* detector = ucsdet_open(&status);
  if (U_FAILURE(status)) return "";
  ucsdet_setText(detector, bytes.data(), static_cast<int32_t>(std::min<size_t>(bytes.size(), 65536)),
                 &status);
  const UCharsetMatch* match = ucsdet_detect(detector, &status);
  std::string name;
  if (U_SUCCESS(status) && match != nullptr) name = ucsdet_getName(match, &status);
  ucsdet_close(detector);
  return name;
}

}  // namespace entente
