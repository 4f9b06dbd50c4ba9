// SPDX-License-Identifier: Apache-2.0
#include "trainer/vectors.h"

#include <charconv>
#include <string_view>

#include "base/utf8.h"
#include "trainer/compressed.h"

namespace entente {
namespace {

// The part of JSON that the file uses: strings, numbers, arrays, objects, without white space.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}
  bool Take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    at_++;
    return true;
  }
  bool Seek(std::string_view what) {
    at_ = text_.find(what, at_);
    if (at_ == text_.npos) {
      at_ = text_.size();
      return false;
    }
    at_ += what.size();
    return true;
  }
  bool String(std::string& out) {
    out.clear();
    if (!Take('"')) return false;
    while (at_ < text_.size() && text_[at_] != '"') {
      char c = text_[at_++];
      if (c == '\\') {
        if (at_ >= text_.size()) return false;
        c = text_[at_++];
        if (c == 'u') {
          unsigned code = 0;
          if (at_ + 4 > text_.size()) return false;
          std::from_chars(text_.data() + at_, text_.data() + at_ + 4, code, 16);
          at_ += 4;
          AppendUtf8(out, code);
          continue;
        }
      }
      out += c;
    }
    return Take('"');
  }
  bool Number(float& out) {
    const char* begin = text_.data() + at_;
    const auto [end, error] = std::from_chars(begin, text_.data() + text_.size(), out);
    if (error != std::errc()) return false;
    at_ += static_cast<size_t>(end - begin);
    return true;
  }

 private:
  std::string_view text_;
  size_t at_ = 0;
};

}  // namespace

Result<std::vector<WordVector>> ReadVectors(const std::string& path) {
  const Result<std::string> text = ReadMaybeCompressed(path);
  if (!text) return text.error();
  Scanner scanner(*text);
  const Error broken{ErrorCode::kBadInput,
                     "not a file of word vectors in the form of wink-embeddings", path};
  float dimensions = 0;
  if (!scanner.Seek("\"dimensions\":") || !scanner.Number(dimensions)) return broken;
  if (dimensions < 1 || dimensions > 1000) return broken;
  const auto size = static_cast<size_t>(dimensions);
  if (!scanner.Seek("\"vectors\":{")) return broken;
  std::vector<WordVector> out;
  do {
    WordVector vector;
    if (!scanner.String(vector.word) || !scanner.Take(':') || !scanner.Take('[')) return broken;
    std::vector<float> numbers;
    numbers.reserve(size + 2);
    do {
      float number = 0;
      if (!scanner.Number(number)) return broken;
      numbers.push_back(number);
    } while (scanner.Take(','));
    if (!scanner.Take(']') || numbers.size() != size + 2) return broken;
    vector.rank = static_cast<int>(numbers[size + 1]);
    numbers.resize(size);
    vector.values = std::move(numbers);
    out.push_back(std::move(vector));
  } while (scanner.Take(','));
  if (!scanner.Take('}')) return broken;
  return out;
}

}  // namespace entente
