// SPDX-License-Identifier: Apache-2.0
// UTF-8: decoding, counting, folding. Folding makes "Nicolás MADURO" and "nicolas maduro" equal: lower
// case, no diacritics, straight quotes. Everything here is safe to call from many threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace entente {

constexpr char32_t kReplacement = 0xFFFD;

// Decodes the code point at text[at] and moves `at` past it. Bad bytes give kReplacement, one a byte.
// Requires at < text.size().
char32_t DecodeUtf8(std::string_view text, size_t& at);
void AppendUtf8(std::string& out, char32_t code_point);
// Number of code points; each bad byte counts as one.
size_t CountCodePoints(std::string_view text);
bool IsValidUtf8(std::string_view text);
// A copy in which every bad byte has become U+FFFD.
std::string MakeValidUtf8(std::string_view text);

bool IsLetter(char32_t c);
bool IsDigit(char32_t c);
bool IsUpper(char32_t c);
bool IsSpace(char32_t c);
bool IsPunctuation(char32_t c);
char32_t ToLower(char32_t c);
std::string ToLower(std::string_view text);
// True if the first letter is upper case.
bool IsCapitalised(std::string_view text);
// True if it has letters, two or more, and none is lower case.
bool IsAllCapitals(std::string_view text);

// Lower case, without diacritics, quotes straight, dashes "-".
std::string Fold(std::string_view text);
void FoldTo(std::string_view text, std::string& out);

// Canonical composition (NFC). Valid UTF-8 in, valid UTF-8 out.
std::string ComposeNfc(std::string_view text);
// Decodes bytes of a named charset ("ISO-8859-1", "windows-1252", "UTF-16LE") to UTF-8; an unknown name
// gives an empty string and false.
bool DecodeCharset(std::string_view bytes, const std::string& charset, std::string& out);
// The charset that ICU's detector thinks most likely; empty if it has no idea.
std::string DetectCharset(std::string_view bytes);

}  // namespace entente
