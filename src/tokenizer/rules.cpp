// SPDX-License-Identifier: Apache-2.0
#include "tokenizer/rules.h"

#include <algorithm>

#include "base/file.h"
#include "base/utf8.h"

namespace entente {
namespace {

std::string Upper(std::string_view word) {
  std::string out(word);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  }
  return out;
}

std::string Capitalised(std::string_view word) {
  std::string out(word);
  if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 32);
  return out;
}

void SortLongestFirst(std::vector<std::string>& words) {
  std::sort(words.begin(), words.end(), [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() > b.size() : a < b;
  });
}

}  // namespace

WordKey::WordKey(std::string_view word) {
  if (word.size() <= sizeof buffer_) {
    bool ascii = true;
    for (size_t i = 0; i < word.size(); i++) {
      const char c = word[i];
      ascii = ascii && static_cast<unsigned char>(c) < 0x80;
      buffer_[i] = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c == '`' ? '\'' : c;
    }
    if (ascii) {
      view_ = {buffer_, word.size()};
      return;
    }
  }
  for (size_t at = 0; at < word.size();) {
    const char32_t c = DecodeUtf8(word, at);
    if (c == 0x2019 || c == 0x2018 || c == 0x2BC || c == 0xB4 || c == '`') {
      long_ += '\'';
    } else {
      AppendUtf8(long_, ToLower(c));
    }
  }
  view_ = long_;
}

void TokenRules::AddAbbreviation(std::string_view word, Abbreviation kind) {
  // The first entry wins: sections are written from the strictest to the loosest.
  const auto add = [&](std::string key) { abbreviations_.emplace(std::move(key), kind); };
  add(std::string(word));
  if (word.size() == 1) return;
  add(Capitalised(word));
  add(Upper(word));
}

std::string TokenRules::AddContraction(std::string_view line) {
  const size_t equals = line.find(" = ");
  if (equals == std::string_view::npos) return "expected \"form = word word\"";
  const std::string form(Trim(line.substr(0, equals)));
  const auto words = SplitWords(line.substr(equals + 3));
  std::string joined;
  for (const std::string_view word : words) joined += word;
  if (form.empty() || words.size() < 2) return "a contraction has two words or more";
  if (form.size() > 31) return "a contraction has at most 31 bytes";
  Contraction contraction;
  for (const std::string_view word : words) {
    if (word.size() > 31) return "a contraction has at most 31 bytes";
    ContractionPart part;
    if (joined == form) {
      part.size = static_cast<uint8_t>(word.size());
    } else {
      part.text = word;
    }
    contraction.parts.push_back(part);
  }
  contraction_sizes_[static_cast<unsigned char>(form[0])] |= 1u << form.size();
  const auto first = static_cast<unsigned char>(Capitalised(form)[0]);
  contraction_sizes_[first] |= 1u << form.size();
  if (!contractions_.emplace(form, std::move(contraction)).second)
    return "\"" + form + "\" is there twice";
  return "";
}

std::string TokenRules::Add(std::string_view section, std::string_view line) {
  if (section == "contraction") return AddContraction(line);
  for (const std::string_view word : SplitWords(line)) {
    if (section == "never")
      AddAbbreviation(word, Abbreviation::kNever);
    else if (section == "number")
      AddAbbreviation(word, Abbreviation::kNumber);
    else if (section == "may")
      AddAbbreviation(word, Abbreviation::kMay);
    else if (section == "starter")
      starters_.emplace(word);
    else if (section == "clitic")
      clitics_.emplace_back(word);
    else if (section == "possessive")
      possessive_[static_cast<unsigned char>(word[0])] = true;
    else if (section == "word")
      wholes_.emplace(word);
    else if (section == "prefix")
      prefixes_.emplace(word);
    else if (section == "suffix")
      suffixes_.emplace(word);
    else if (section == "enclitic")
      enclitics_.emplace(word);
    else if (section == "unit")
      units_.emplace(word);
    else if (section == "ordinal")
      ordinals_.emplace(word);
    else if (section == "emoticon")
      emoticons_.emplace_back(word);
    else if (section == "domain")
      domains_.emplace(word);
    else if (section == "extension")
      extensions_.emplace(word);
    else if (section != "hyphen")
      return "unknown section [" + std::string(section) + "]";
    else if (word != "split" && word != "keep")
      return "expected \"split\" or \"keep\"";
    else
      splits_hyphens_ = word == "split";
  }
  return "";
}

Result<TokenRules> TokenRules::Load(const std::string& language_folder) {
  TokenRules rules;
  std::string problems;
  for (const char* name : {"tokens.txt", "abbreviations.txt"}) {
    const std::string path = language_folder + "/" + name;
    const Result<std::string> text = ReadFile(path);
    if (!text) return text.error();
    std::string section;
    int number = 0;
    for (std::string_view line : Split(*text, '\n')) {
      number++;
      if (line.starts_with('#')) continue;
      line = Trim(line.substr(0, line.find(" # ")));
      if (line.empty()) continue;
      std::string problem;
      if (line.front() == '[' && line.back() == ']') {
        section = line.substr(1, line.size() - 2);
      } else if (section.empty()) {
        problem = "a word before the first [section]";
      } else if (!IsValidUtf8(line)) {
        problem = "not UTF-8";
      } else {
        problem = rules.Add(section, line);
      }
      if (!problem.empty()) problems += Problem{path, number, problem}.Text() + "\n";
    }
  }
  if (!problems.empty()) {
    problems.pop_back();
    return Error{ErrorCode::kBadData, problems, ""};
  }
  SortLongestFirst(rules.emoticons_);
  SortLongestFirst(rules.clitics_);
  return rules;
}

Abbreviation TokenRules::FindAbbreviation(std::string_view word) const {
  if (word.empty() || word.size() > 24) return Abbreviation::kNone;
  auto it = abbreviations_.find(word);
  if (it == abbreviations_.end()) {
    if (static_cast<unsigned char>(word.back()) < 0x80 &&
        word.find('\xE2') == std::string_view::npos) {
      return Abbreviation::kNone;
    }
    std::string straight;  // Gov’t is Gov't
    for (size_t at = 0; at < word.size();) {
      const char32_t c = DecodeUtf8(word, at);
      AppendUtf8(straight, c == 0x2019 ? U'\'' : c);
    }
    it = abbreviations_.find(straight);
    if (it == abbreviations_.end()) return Abbreviation::kNone;
  }
  return it->second;
}

size_t TokenRules::EmoticonAt(std::string_view text) const {
  for (const std::string& emoticon : emoticons_) {
    if (text.starts_with(emoticon)) return emoticon.size();
  }
  return 0;
}

size_t TokenRules::CliticAtEnd(std::string_view key) const {
  for (const std::string& clitic : clitics_) {
    if (key.size() > clitic.size() && key.ends_with(clitic)) return clitic.size();
  }
  return 0;
}

bool TokenRules::MayBeContraction(std::string_view form) const {
  return form.size() < 32 &&
         (contraction_sizes_[static_cast<unsigned char>(form[0])] >> form.size() & 1) != 0;
}

const Contraction* TokenRules::FindContraction(std::string_view key) const {
  const auto it = contractions_.find(key);
  return it == contractions_.end() ? nullptr : &it->second;
}

}  // namespace entente
