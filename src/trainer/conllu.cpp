// SPDX-License-Identifier: Apache-2.0
#include "trainer/conllu.h"

#include <charconv>
#include <optional>

#include "base/text.h"
#include "trainer/compressed.h"

namespace entente {
namespace {

std::optional<int> Number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

class Parser {
 public:
  explicit Parser(const std::string& name) : name_(name) {}

  Result<Treebank> Parse(std::string_view text) {
    while (!text.empty()) {
      const size_t end = text.find('\n');
      std::string_view line = text.substr(0, end);
      text.remove_prefix(end == text.npos ? text.size() : end + 1);
      line_++;
      if (line.ends_with('\r')) line.remove_suffix(1);
      const std::string problem = line.empty() ? EndSentence() : Line(line);
      if (!problem.empty()) return Broken(problem);
    }
    line_++;
    const std::string problem = EndSentence();
    if (!problem.empty()) return Broken(problem);
    return std::move(bank_);
  }

 private:
  Error Broken(const std::string& problem) const {
    return Error{ErrorCode::kBadInput, problem, name_ + ":" + std::to_string(line_)};
  }

  std::string Line(std::string_view line) {
    if (line.starts_with('#')) {
      constexpr std::string_view kTreebank = "# treebank = ";
      if (line.starts_with(kTreebank)) sentence_.treebank = line.substr(kTreebank.size());
      if (line.starts_with("# newpar") || line.starts_with("# newdoc"))
        sentence_.new_paragraph = true;
      return "";
    }
    const std::vector<std::string_view> columns = Split(line, '\t');
    if (columns.size() != 10) {
      return "a word has 10 columns separated by tabs; this line has " +
             std::to_string(columns.size());
    }
    if (columns[0].find('.') != std::string_view::npos) return "";  // an empty node
    if (columns[1].empty()) return "empty form";
    const bool space_after =
        ("|" + std::string(columns[9]) + "|").find("|SpaceAfter=No|") == std::string::npos;
    const int next = static_cast<int>(sentence_.words.size()) + 1;
    if (const size_t dash = columns[0].find('-'); dash != std::string_view::npos) {
      const auto first = Number(columns[0].substr(0, dash));
      const auto last = Number(columns[0].substr(dash + 1));
      if (!first || !last || *first != next || *last < *first || *last - *first > 100) {
        return "bad range of a multiword token: " + std::string(columns[0]);
      }
      if (range_left_ > 0) return "a multiword token within another";
      range_left_ = *last - *first + 1;
      sentence_.tokens.push_back({std::string(columns[1]), next - 1, range_left_, space_after});
      return "";
    }
    const auto id = Number(columns[0]);
    if (!id || *id != next) return "expected id " + std::to_string(next);
    const auto head = Number(columns[6]);
    if (!head || *head < 0) return "bad head: " + std::string(columns[6]);
    if (range_left_ > 0) {
      range_left_--;
    } else {
      sentence_.tokens.push_back({std::string(columns[1]), next - 1, 1, space_after});
    }
    GoldWord word;
    word.form = columns[1];
    word.lemma = columns[2];
    word.upos = columns[3];
    word.feats = columns[5];
    word.head = *head - 1;
    word.relation = columns[7];
    word.token = static_cast<int>(sentence_.tokens.size()) - 1;
    sentence_.words.push_back(std::move(word));
    return "";
  }

  std::string EndSentence() {
    if (sentence_.words.empty() && sentence_.tokens.empty()) {
      sentence_ = {};
      return "";
    }
    if (range_left_ > 0) return "the sentence ends within a multiword token";
    const int size = static_cast<int>(sentence_.words.size());
    int roots = 0;
    for (int i = 0; i < size; i++) {
      const int head = sentence_.words[i].head;
      if (head >= size) {
        return "word " + std::to_string(i + 1) +
               " has a head outside its sentence: " + std::to_string(head + 1);
      }
      roots += head < 0 ? 1 : 0;
    }
    if (roots != 1) return "a sentence has one root; this one has " + std::to_string(roots);
    for (int i = 0; i < size; i++) {
      int steps = 0;
      for (int at = i; at >= 0; at = sentence_.words[at].head) {
        if (++steps > size) return "word " + std::to_string(i + 1) + " hangs on a cycle";
      }
    }
    for (const GoldToken& token : sentence_.tokens) {
      sentence_.text += token.form;
      if (token.space_after) sentence_.text += ' ';
    }
    if (sentence_.text.ends_with(' ')) sentence_.text.pop_back();
    bank_.push_back(std::move(sentence_));
    sentence_ = {};
    return "";
  }

  std::string name_;
  int line_ = 0;
  int range_left_ = 0;
  GoldSentence sentence_;
  Treebank bank_;
};

}  // namespace

Result<Treebank> ParseTreebank(std::string_view text, const std::string& name) {
  return Parser(name).Parse(text);
}

Result<Treebank> ReadTreebank(const std::string& path) {
  Result<std::string> text = ReadMaybeCompressed(path);
  if (!text) return text.error();
  return ParseTreebank(*text, path);
}

}  // namespace entente
