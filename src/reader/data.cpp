// SPDX-License-Identifier: Apache-2.0
#include "reader/data.h"

#include <algorithm>
#include <filesystem>

#include "base/file.h"
#include "base/utf8.h"

namespace entente {
namespace {

Field FieldFromName(std::string_view name) {
  static constexpr std::pair<std::string_view, Field> kFields[] = {
      {"id", Field::kId},     {"title", Field::kTitle},   {"text", Field::kText},
      {"date", Field::kDate}, {"source", Field::kSource}, {"language", Field::kLanguage},
      {"url", Field::kUrl},   {"dateline", Field::kDateline}};
  for (const auto& [known, field] : kFields) {
    if (known == name) return field;
  }
  return Field::kNone;
}

// "january jan = 1" gives the words and what stands behind the sign.
bool SplitAssignment(std::string_view line, std::vector<std::string_view>& words,
                     std::string_view& value) {
  const size_t equals = line.rfind(" = ");
  if (equals == std::string_view::npos) return false;
  words = SplitWords(line.substr(0, equals));
  value = Trim(line.substr(equals + 3));
  return !words.empty() && !value.empty();
}

int SmallNumber(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9' || value > 100) return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

DateOrder DateOrderFromName(std::string_view name) {
  if (name == "dmy") return DateOrder::kDmy;
  if (name == "mdy") return DateOrder::kMdy;
  if (name == "ymd") return DateOrder::kYmd;
  return DateOrder::kUnset;
}

Field ReaderData::Find(const StringMap<Field>& map, std::string_view key) {
  const auto it = map.find(key);
  return it == map.end() ? Field::kNone : it->second;
}

std::string ReaderData::Add(LanguageWords* language, const std::string& section,
                            std::string_view line) {
  const auto words_into = [&](WordSet& set) {
    for (const std::string_view word : SplitWords(line)) set.insert(Fold(word));
    return std::string();
  };
  if (section == "month" || section == "weekday") {
    std::vector<std::string_view> words;
    std::string_view value;
    if (!SplitAssignment(line, words, value)) return "expected \"word word = number\"";
    const int number = SmallNumber(value);
    if (number < 0 || number > 12) return "\"" + std::string(value) + "\" is no month or weekday";
    for (const std::string_view word : words) {
      (section == "month" ? months_ : weekdays_).emplace(Fold(word), number);
    }
    return "";
  }
  if (section == "label" || section == "column" || section == "meta") {
    std::vector<std::string_view> words;
    std::string_view value;
    if (!SplitAssignment(line, words, value)) return "expected \"name = field\"";
    const Field field = FieldFromName(value);
    if (field == Field::kNone) return "unknown field \"" + std::string(value) + "\"";
    for (const std::string_view word : words) {
      if (section == "meta")
        metas_.emplace(Fold(word), MetaName{field, static_cast<int>(metas_.size())});
      else
        (section == "label" ? labels_ : columns_).emplace(Fold(word), field);
    }
    return "";
  }
  if (section == "entity") {
    for (const std::string_view entry : SplitWords(line)) {
      const size_t equals = entry.find('=');
      if (equals == std::string_view::npos) return "expected name=hexadecimal";
      std::string text;
      char32_t c = 0;
      for (const char digit : entry.substr(equals + 1)) {
        const int value = digit >= '0' && digit <= '9' ? digit - '0' : (digit | 32) - 'a' + 10;
        if (value < 0 || value > 15 || c > 0xFFFF) return "expected name=hexadecimal";
        c = c * 16 + static_cast<char32_t>(value);
      }
      AppendUtf8(text, c);
      entities_.emplace(std::string(entry.substr(0, equals)), text);
    }
    return "";
  }
  if (section == "credit") {
    credits_.push_back(Fold(line));
    return "";
  }
  if (section == "related" || section == "related-sure" || section == "boilerplate") {
    WordSet& lines = section == "related"       ? related_
                     : section == "boilerplate" ? boilerplate_
                                                : sure_related_;
    lines.insert(Fold(line));
    return "";
  }
  if (section == "function" && language != nullptr) {
    for (const std::string_view word : SplitWords(line))
      function_words_[Fold(word)] |= 1u << languages_.size();
    return "";
  }
  if (section == "date-word") return words_into(date_words_);
  if (section == "ordinal") return words_into(ordinals_);
  if (section == "byline") return words_into(bylines_);
  if (section == "skip-element") return words_into(skip_elements_);
  if (section == "skip-class") return words_into(skip_classes_);
  if (section == "skip-prefix") return words_into(skip_prefixes_);
  if (section == "block") return words_into(blocks_);
  if (section == "void") return words_into(voids_);
  if (section == "main") return words_into(mains_);
  return "unknown section [" + section + "]";
}

Status ReaderData::LoadFile(const std::string& path, LanguageWords* language,
                            std::string& problems) {
  const Result<std::string> text = ReadFile(path);
  if (!text) return text.error();
  std::string section;
  int number = 0;
  for (std::string_view line : Split(*text, '\n')) {
    number++;
    line = Trim(line);
    if (line.empty() || line.front() == '#') continue;
    std::string problem;
    if (line.front() == '[' && line.back() == ']') {
      section = line.substr(1, line.size() - 2);
    } else if (!IsValidUtf8(line)) {
      problem = "not UTF-8";
    } else {
      problem =
          section.empty() ? "an entry before the first [section]" : Add(language, section, line);
    }
    if (!problem.empty()) problems += Problem{path, number, problem}.Text() + "\n";
  }
  return {};
}

Result<ReaderData> ReaderData::Load(const std::string& data_folder) {
  ReaderData data;
  std::string problems;
  std::vector<std::string> tags;
  std::error_code ec;
  for (const auto& entry : std::filesystem::directory_iterator(data_folder + "/languages", ec)) {
    if (FileExists(entry.path().string() + "/reader.txt"))
      tags.push_back(entry.path().filename().string());
  }
  if (tags.empty()) {
    return Error{ErrorCode::kNotFound, "no languages/<tag>/reader.txt; set --data or ENTENTE_DATA",
                 data_folder};
  }
  std::sort(tags.begin(), tags.end());
  if (tags.size() > 32) return Error{ErrorCode::kBadData, "more than 32 languages", data_folder};
  for (const std::string& tag : tags) {
    LanguageWords language;
    language.tag = tag;
    const std::string folder = data_folder + "/languages/" + tag;
    if (const Status status = data.LoadFile(folder + "/reader.txt", &language, problems); !status) {
      return status.error();
    }
    const std::string record = folder + "/language.rec";
    if (const Result<std::string> text = ReadFile(record); text) {
      int number = 0;
      for (const std::string_view line : Split(*text, '\n')) {
        number++;
        const size_t colon = line.find(':');
        if (colon == std::string_view::npos || line.front() == '%' || line.front() == '#') continue;
        const std::string_view value = Trim(line.substr(colon + 1));
        if (line.substr(0, colon) == "default") language.is_default = value == "yes";
        if (line.substr(0, colon) != "date_order") continue;
        language.order = DateOrderFromName(value);
        if (language.order == DateOrder::kUnset) {
          problems += Problem{record, number, "date_order is dmy, mdy or ymd"}.Text() + "\n";
        }
      }
    }
    data.languages_.push_back(std::move(language));
  }
  for (const char* name : {"/reader/html.txt", "/reader/columns.txt"}) {
    if (const Status status = data.LoadFile(data_folder + name, nullptr, problems); !status) {
      return status.error();
    }
  }
  if (!problems.empty()) {
    problems.pop_back();
    return Error{ErrorCode::kBadData, problems, ""};
  }
  return data;
}

const LanguageWords* ReaderData::FindLanguage(std::string_view tag) const {
  for (const LanguageWords& language : languages_) {
    if (language.tag == tag) return &language;
  }
  return nullptr;
}

int ReaderData::Month(std::string_view key) const {
  const auto it = months_.find(key);
  return it == months_.end() ? 0 : it->second;
}
int ReaderData::Weekday(std::string_view key) const {
  const auto it = weekdays_.find(key);
  return it == weekdays_.end() ? -1 : it->second;
}
bool ReaderData::StartsCredit(std::string_view key) const {
  return std::any_of(credits_.begin(), credits_.end(),
                     [&](const std::string& credit) { return key.starts_with(credit); });
}
uint32_t ReaderData::FunctionWord(std::string_view key) const {
  if (key.size() > 12) return 0;
  const auto it = function_words_.find(key);
  return it == function_words_.end() ? 0 : it->second;
}
ReaderData::MetaName ReaderData::Meta(std::string_view name) const {
  const auto it = metas_.find(name);
  return it == metas_.end() ? MetaName() : it->second;
}
std::string_view ReaderData::Entity(std::string_view name) const {
  const auto it = entities_.find(name);
  return it == entities_.end() ? std::string_view() : std::string_view(it->second);
}

}  // namespace entente
