// SPDX-License-Identifier: Apache-2.0
#include "reader/dateline.h"

#include <algorithm>

#include "base/utf8.h"
#include "reader/dates.h"

namespace entente {
namespace {

constexpr size_t kMaxDateline = 110;

// The dash that ends a dateline: " - ", " -- ", "–" or "—". Returns its place and sets its size.
size_t FindDash(std::string_view text, size_t& size) {
  for (size_t at = 1; at < text.size(); at++) {
    const bool space = text[at - 1] == ' ' || text[at - 1] == ')';
    if (text[at] == '-' && space) {
      size_t end = at + 1;
      while (end < text.size() && text[end] == '-') end++;
      if (end - at <= 3 && end < text.size() && (text[end] == ' ' || end - at == 2)) {
        size = end - at;
        return at;
      }
    }
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("\xE2\x80\x93") || rest.starts_with("\xE2\x80\x94") ||
        rest.starts_with("\xE2\x80\x95")) {
      size = 3;
      return at;
    }
  }
  return std::string_view::npos;
}

bool HasLower(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const char32_t c = DecodeUtf8(text, at);
    if (IsLetter(c) && !IsUpper(c)) return true;
  }
  return false;
}

// A month with a number beside it, or a weekday.
bool SaysDay(std::string_view text, const ReaderData& data) {
  bool month = false, number = false, weekday = false;
  for (std::string_view word : SplitWords(text)) {
    while (!word.empty() && (word.back() == ',' || word.back() == '.')) word.remove_suffix(1);
    if (word.empty()) continue;
    const std::string key = Fold(word);
    month = month || data.Month(key) > 0;
    weekday = weekday || data.Weekday(key) >= 0;
    number = number || (word[0] >= '0' && word[0] <= '9' && word.size() <= 4);
  }
  return (month && number) || weekday;
}

}  // namespace

Dateline ReadDateline(std::string_view field, const ReaderData& data) {
  Dateline line;
  field = Trim(field.substr(0, kMaxDateline));
  // What follows the last comma is the day with the source in brackets, or the country.
  const size_t comma = field.rfind(',');
  std::string_view last = comma == std::string_view::npos ? field : field.substr(comma + 1);
  const bool says_more = last.find_first_of("0123456789([") != std::string_view::npos;
  std::string_view place = field;
  if (comma != std::string_view::npos && says_more) {
    place = field.substr(0, comma);
    const size_t open = last.find_first_of("([");
    if (open != std::string_view::npos) {
      std::string_view source = last.substr(open + 1);
      line.source = Trim(source.substr(0, source.find_first_of(")]")));
      last = last.substr(0, open);
    }
    const auto date = FindDate(last, data, DateOrder::kDmy);
    if (date && !date->numeric) line.date = Trim(last);
  }
  // "MANAGUA (NICARAGUA)": the country after its city.
  for (const char c : Trim(place)) {
    if (c == ')' || c == ']') continue;
    if (c != '(' && c != '[') {
      line.place += c;
      continue;
    }
    while (!line.place.empty() && line.place.back() == ' ') line.place.pop_back();
    line.place += ", ";
  }
  return line;
}

Dateline FindDateline(std::string_view paragraph, const ReaderData& data) {
  Dateline line;
  size_t dash_size = 0;
  const std::string_view start = paragraph.substr(0, kMaxDateline + 8);
  const size_t dash = FindDash(start, dash_size);
  if (dash == std::string_view::npos || dash > kMaxDateline) return {};
  std::string_view head = Trim(start.substr(0, dash));
  // "(Reuters)" at its end.
  if (!head.empty() && head.back() == ')') {
    const size_t open = head.rfind('(');
    if (open == std::string_view::npos || head.size() - open > 42) return {};
    line.source = Trim(head.substr(open + 1, head.size() - open - 2));
    if (!IsCapitalised(line.source) && !IsLetter(static_cast<unsigned char>(line.source[0])))
      return {};
    head = Trim(head.substr(0, open));
  }
  // The place goes up to what says the day.
  size_t place_end = head.size();
  bool day = false;
  for (size_t comma = head.find(','); comma != std::string_view::npos;
       comma = head.find(',', comma + 1)) {
    const std::string_view rest = Trim(head.substr(comma + 1));
    if (SaysDay(rest.substr(0, rest.find(',')), data) || FindDate(rest, data, DateOrder::kDmy)) {
      place_end = comma;
      day = true;
      break;
    }
  }
  if (!day && SaysDay(head, data)) {  // "CARACAS Jan 11"
    for (size_t space = head.find(' '); space != std::string_view::npos;
         space = head.find(' ', space + 1)) {
      const std::string_view word = head.substr(space + 1, head.find(' ', space + 1) - space - 1);
      const std::string key = Fold(word.substr(0, word.find_last_not_of(".,") + 1));
      if (data.Month(key) > 0 || data.Weekday(key) >= 0 ||
          (!word.empty() && word[0] >= '0' && word[0] <= '9')) {
        place_end = space;
        day = true;
        break;
      }
    }
  }
  const std::string_view place = Trim(head.substr(0, place_end));
  if (day) {
    const std::string_view written = Trim(head.substr(std::min(place_end + 1, head.size())));
    const auto date = FindDate(written, data, DateOrder::kDmy);
    if (date && !date->numeric) line.date = written;
  }
  if (place.empty()) {
    if (line.source.empty()) return {};
  } else {
    const std::string_view first = Trim(place.substr(0, place.find(',')));
    const auto words = SplitWords(place);
    if (!IsCapitalised(place) || words.size() > 8 ||
        place.find_first_of("\"!?:;()[]") != std::string_view::npos)
      return {};
    if (place.find_first_of("0123456789") != std::string_view::npos) return {};
    // "IN MAY 1970 I WAS ..." and "THE 19 APRIL MOVEMENT" begin sentences.
    if (words.size() == 1 && data.IsFunctionWord(Fold(place))) return {};
    if (head.size() - place_end > 45) return {};
    const bool sure = day || !line.source.empty();
    if (sure) {
      // Every word of a place is capitalised, but for "of", "de".
      const bool names = std::all_of(words.begin(), words.end(), [&](std::string_view word) {
        return IsCapitalised(word) || (word.size() <= 3 && data.IsFunctionWord(Fold(word)));
      });
      if (!names) return {};
    } else {
      // Only capitals tell it from a sentence with a dash, and only in a text that is not all
      // capitals.
      if (!IsAllCapitals(first) || CountCodePoints(first) < 3 || words.size() > 5) return {};
      if (!HasLower(paragraph.substr(dash, 400))) return {};
    }
  }
  line.place = place;
  size_t end = dash + dash_size;
  while (end < paragraph.size() && (paragraph[end] == ' ' || paragraph[end] == '\t')) end++;
  if (end >= paragraph.size()) return {};
  line.size = end;
  return line;
}

}  // namespace entente
