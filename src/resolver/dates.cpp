// SPDX-License-Identifier: Apache-2.0
#include "resolver/dates.h"

#include <algorithm>

#include "base/utf8.h"

namespace entente {
namespace {

std::optional<int> Figure(std::string_view word) {
  if (word.empty() || word.size() > 4) {
    // "11th", "1st"
    if (word.size() > 4) return std::nullopt;
  }
  int value = 0;
  size_t digits = 0;
  while (digits < word.size() && word[digits] >= '0' && word[digits] <= '9') value = value * 10 + (word[digits++] - '0');
  if (digits == 0 || (digits < word.size() && word.size() - digits != 2)) return std::nullopt;
  return value;
}

bool IsYear(int value) { return value >= 1900 && value <= 2100; }

Date Shift(const Date& from, DateUnit unit, int64_t count) {
  count = std::clamp<int64_t>(count, -2000, 2000);
  const auto n = static_cast<int>(count);
  switch (unit) {
    case DateUnit::kDay: return AddDays(from, n);
    case DateUnit::kWeek: return AddDays(from, 7 * n);
    case DateUnit::kMonth: {
      const Date d = AddMonths(from, n);
      return {d.year, d.month, 0};
    }
    case DateUnit::kYear: return {from.year + n, 0, 0};
    case DateUnit::kDecade: break;
  }
  return {from.year + 10 * n, 0, 0};
}

}  // namespace

std::optional<FoundDate> ReadDate(const Document& document, uint32_t begin, uint32_t end, const Language& language,
                                  bool past) {
  const Date& report = document.date;
  const bool anchored = report.precision() == Precision::kDay;
  std::optional<int> month, year, day_of_month, weekday, direction, ago, offset;
  std::optional<DateUnit> unit;
  std::vector<std::string> number;
  uint32_t where = begin;
  for (uint32_t t = begin; t < end; t++) {
    const Token& token = document.tokens[t];
    const std::string lower = ToLower(token.form);
    const std::string lemma = ToLower(token.lemma);
    const DateWord* word = language.dates.Find(lower);
    if (word == nullptr) word = language.dates.Find(lemma);
    if (word != nullptr && (word->month || word->weekday) &&
        (token.upos != Upos::kPropn && token.upos != Upos::kNoun)) {
      word = nullptr;
    }
    if (word != nullptr && (word->month || word->weekday) && !IsCapitalised(token.form)) word = nullptr;
    if (word != nullptr) {
      if (word->month) month = word->month, where = t;
      if (word->weekday) weekday = word->weekday, where = t;
      if (word->day) offset = word->day, where = t;
      if (word->unit) unit = word->unit, where = t;
      if (word->direction) direction = word->direction;
      if (word->ago) ago = word->ago;
      continue;
    }
    if (const auto figure = Figure(lower)) {
      if (IsYear(*figure) && lower.size() == 4) {
        year = figure;
        where = t;
      } else if (*figure >= 1 && *figure <= 31 && !day_of_month) {
        day_of_month = figure;
      }
    }
    if (language.numbers.IsNumberWord(lower)) number.push_back(lower);
  }
  FoundDate found;
  found.token = where;
  if (month) {
    found.how = year ? "explicit" : "relative";
    if (!year) {
      if (!anchored) return std::nullopt;
      year = report.year;
      if (direction && *direction < 0 && *month >= report.month) year = report.year - 1;
      if (direction && *direction > 0 && *month <= report.month) year = report.year + 1;
      if (!direction && past && *month > report.month) year = report.year - 1;
      if (!direction && !past && *month < report.month) year = report.year + 1;
    }
    found.date = {*year, *month, 0};
    if (day_of_month && IsValidDate(*year, *month, *day_of_month)) found.date.day = *day_of_month;
    return found;
  }
  if (year) {
    found.how = "explicit";
    found.date = {*year, 0, 0};
    return found;
  }
  if (!anchored) return std::nullopt;
  found.how = "relative";
  if (offset) {
    found.date = AddDays(report, *offset);
    return found;
  }
  if (weekday) {
    int delta = *weekday - Weekday(report);
    if (direction && *direction < 0) {
      if (delta >= 0) delta -= 7;
    } else if (direction && *direction > 0) {
      if (delta <= 0) delta += 7;
    } else if (past) {
      if (delta > 0) delta -= 7;
    } else if (delta < 0) {
      delta += 7;
    }
    found.date = AddDays(report, delta);
    return found;
  }
  if (unit && ago) {
    const auto value = language.numbers.Value(number);
    if (*ago > 0) return std::nullopt;  // "six months later": after something else
    found.date = Shift(report, *unit, -(value ? *value : 1));
    return found;
  }
  if (unit && direction && number.empty()) {
    if (*unit == DateUnit::kWeek) {
      if (*direction == 0) return std::nullopt;
      found.date = Shift(report, *unit, *direction);
      found.date.day = 0;  // a week is no day: the month is what is sure
      return found;
    }
    if (*unit == DateUnit::kDay) return std::nullopt;
    found.date = Shift(report, *unit, *direction);
    return found;
  }
  return std::nullopt;
}

std::optional<FoundDate> DateOfClause(const Document& document, const Tree& tree, uint32_t predicate,
                                      const Language& language) {
  std::vector<uint32_t> nodes{predicate};
  // Up to the verb that governs the act, through objects, operators and coordination.
  uint32_t at = predicate;
  for (int depth = 0; depth < 4 && tree.HasHead(at); depth++) {
    const Rel rel = tree[at].rel;
    if (rel == Rel::kAdvcl || rel == Rel::kParataxis || (rel == Rel::kAcl && tree[at].rel_sub == RelSub::kRelcl)) break;
    if (rel == Rel::kNsubj && tree[at].rel_sub != RelSub::kPass && tree[at].upos != Upos::kNoun) break;
    at = tree.Head(at);
    nodes.push_back(at);
  }
  bool past = true;
  for (const uint32_t node : nodes) {
    if (tree[node].upos != Upos::kVerb) continue;
    past = (tree[node].morph & morph::kPast) != 0;
    for (const uint32_t child : tree.Children(node)) {
      if (tree[child].rel == Rel::kAux && language.Is(ToLower(tree[child].lemma), Grammar::kFuture)) past = false;
    }
    break;
  }
  for (const uint32_t node : nodes) {
    std::optional<FoundDate> best;
    for (const uint32_t child : tree.Children(node)) {
      const Token& token = tree[child];
      if (token.rel != Rel::kObl && token.rel != Rel::kAdvmod && token.rel != Rel::kNmod && token.rel != Rel::kNummod &&
          token.rel != Rel::kAdvcl) {
        continue;
      }
      if (token.rel == Rel::kAdvcl && token.upos == Upos::kVerb) continue;
      // The phrase: the child's own tokens that stand together.
      uint32_t begin = child, end = child + 1;
      for (const uint32_t deep : tree.Children(child)) {
        const Rel rel = tree[deep].rel;
        if (rel == Rel::kConj || rel == Rel::kAcl || rel == Rel::kAppos || rel == Rel::kPunct) continue;
        begin = std::min(begin, deep);
        end = std::max(end, deep + 1);
        for (const uint32_t third : tree.Children(deep)) {
          if (tree[third].rel == Rel::kPunct || tree[third].rel == Rel::kAcl) continue;
          begin = std::min(begin, third);
          end = std::max(end, third + 1);
        }
      }
      if (end - begin > 9) continue;
      const auto found = ReadDate(document, begin, end, language, past);
      if (found && (!best || found->date.precision() > best->date.precision())) best = found;
    }
    if (best) return best;
  }
  return std::nullopt;
}

}  // namespace entente
