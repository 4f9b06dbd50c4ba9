// SPDX-License-Identifier: Apache-2.0
// What the reader knows of languages and formats, all of it data: data/languages/<tag>/reader.txt
// and language.rec, data/reader/html.txt and columns.txt. Sections of entries:
//   [month]
//   january jan = 1
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "base/text.h"

namespace entente {

enum class DateOrder { kUnset, kDmy, kMdy, kYmd };
// "dmy", "mdy", "ymd"; kUnset for anything else.
DateOrder DateOrderFromName(std::string_view name);

using WordSet = std::unordered_set<std::string, StringHash, std::equal_to<>>;

struct LanguageWords {
  std::string tag;
  DateOrder order = DateOrder::kUnset;
  bool is_default = false;
};

// What a column, field or tag of an input is.
enum class Field { kNone, kId, kTitle, kText, kDate, kSource, kLanguage, kUrl, kDateline };
inline constexpr size_t kFields = 9;

class ReaderData {
 public:
  // kBadData names every mistake with its line.
  static Result<ReaderData> Load(const std::string& data_folder);

  const std::vector<LanguageWords>& languages() const { return languages_; }
  const LanguageWords* FindLanguage(std::string_view tag) const;

  // All keys are folded (lower case, no diacritics).
  int Month(std::string_view key) const;    // 1..12, 0 if it is none
  int Weekday(std::string_view key) const;  // 0 Sunday .. 6, -1 if it is none
  bool IsDateWord(std::string_view key) const { return Has(date_words_, key); }
  bool IsOrdinal(std::string_view key) const { return Has(ordinals_, key); }
  bool IsRelated(std::string_view key) const { return Has(related_, key) || IsSurelyRelated(key); }
  bool IsSurelyRelated(std::string_view key) const { return Has(sure_related_, key); }
  bool IsByline(std::string_view key) const { return Has(bylines_, key); }
  bool IsBoilerplate(std::string_view key) const { return Has(boilerplate_, key); }
  bool StartsCredit(std::string_view key) const;
  bool IsFunctionWord(std::string_view key) const { return FunctionWord(key) != 0; }
  // A bit for each language (in the order of `languages`) that has this word among its commonest.
  uint32_t FunctionWord(std::string_view key) const;
  // "date:" before a line of its own.
  Field Label(std::string_view key) const { return Find(labels_, key); }
  Field Column(std::string_view key) const { return Find(columns_, key); }

  bool SkipsElement(std::string_view name) const { return Has(skip_elements_, name); }
  bool SkipsClass(std::string_view word) const { return Has(skip_classes_, word); }
  bool SkipsPrefix(std::string_view word) const { return Has(skip_prefixes_, word); }
  bool IsBlock(std::string_view name) const { return Has(blocks_, name); }
  bool IsVoid(std::string_view name) const { return Has(voids_, name); }
  bool IsMain(std::string_view word) const { return Has(mains_, word); }
  // The rank in the list: a lower one is to be preferred. -1 if the name says nothing.
  struct MetaName {
    Field field = Field::kNone;
    int rank = -1;
  };
  MetaName Meta(std::string_view name) const;
  // The character that &name; stands for; empty if unknown.
  std::string_view Entity(std::string_view name) const;

 private:
  static bool Has(const WordSet& set, std::string_view key) { return set.find(key) != set.end(); }
  static Field Find(const StringMap<Field>& map, std::string_view key);
  std::string Add(LanguageWords* language, const std::string& section, std::string_view line);
  Status LoadFile(const std::string& path, LanguageWords* language, std::string& problems);

  std::vector<LanguageWords> languages_;
  StringMap<uint32_t> function_words_;
  StringMap<int> months_, weekdays_;
  WordSet date_words_, ordinals_, related_, sure_related_, bylines_, boilerplate_;
  std::vector<std::string> credits_;
  StringMap<Field> labels_, columns_;
  StringMap<MetaName> metas_;
  WordSet skip_elements_, skip_classes_, skip_prefixes_, blocks_, voids_, mains_;
  StringMap<std::string> entities_;
};

}  // namespace entente
