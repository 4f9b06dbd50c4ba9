// SPDX-License-Identifier: Apache-2.0
#include "base/date.h"

#include <fmt/format.h>

#include <algorithm>

namespace entente {

int DaysFromCivil(int y, int m, int d) {
  y -= m <= 2;
  const int era = (y >= 0 ? y : y - 399) / 400;
  const int yoe = y - era * 400;
  const int doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
  const int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return era * 146097 + doe - 719468;
}

Date CivilFromDays(int z) {
  z += 719468;
  const int era = (z >= 0 ? z : z - 146096) / 146097;
  const int doe = z - era * 146097;
  const int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const int y = yoe + era * 400;
  const int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const int mp = (5 * doy + 2) / 153;
  const int d = doy - (153 * mp + 2) / 5 + 1;
  const int m = mp + (mp < 10 ? 3 : -9);
  return {y + (m <= 2), m, d};
}

int Weekday(const Date& date) {
  const int days = DaysFromCivil(date.year, date.month, date.day);
  return ((days % 7) + 11) % 7;
}

int DaysInMonth(int year, int month) {
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month - 1];
}

bool IsValidDate(int year, int month, int day) {
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
         day <= DaysInMonth(year, month);
}

Date AddDays(const Date& date, int days) {
  return CivilFromDays(DaysFromCivil(date.year, date.month, date.day) + days);
}

Date AddMonths(const Date& date, int months) {
  const int index = date.year * 12 + date.month - 1 + months;
  Date out{index / 12, index % 12 + 1, date.day};
  if (out.day != 0) out.day = std::min(out.day, DaysInMonth(out.year, out.month));
  return out;
}

Date Date::First() const { return {year, std::max(month, 1), std::max(day, 1)}; }
Date Date::Last() const {
  const int m = month == 0 ? 12 : month;
  return {year, m, day == 0 ? DaysInMonth(year, m) : day};
}

std::string Date::Text() const {
  const Precision known = precision();
  if (known == Precision::kNone) return "";
  if (year < 0 || year > 9999) return fmt::format("{:04}-{:02}-{:02}", year, month, day);
  // By hand: every row of the ledger has several.
  char text[10] = {0, 0, 0, 0, '-', 0, 0, '-', 0, 0};
  const auto two = [&](int at, int value) {
    text[at] = static_cast<char>('0' + value / 10 % 10);
    text[at + 1] = static_cast<char>('0' + value % 10);
  };
  two(0, year / 100);
  two(2, year);
  two(5, month);
  two(8, day);
  return std::string(text, known == Precision::kYear ? 4 : known == Precision::kMonth ? 7 : 10);
}

namespace {

std::optional<int> Digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::optional<Date> ParseIsoDate(std::string_view text) {
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return std::nullopt;
  if (text.size() >= 7 && text[4] != '-') return std::nullopt;
  if (text.size() == 10 && text[7] != '-') return std::nullopt;
  const auto year = Digits(text.substr(0, 4));
  const auto month = text.size() >= 7 ? Digits(text.substr(5, 2)) : 0;
  const auto day = text.size() == 10 ? Digits(text.substr(8, 2)) : 0;
  if (!year || !month || !day) return std::nullopt;
  if (!IsValidDate(*year, text.size() >= 7 ? *month : 1, text.size() == 10 ? *day : 1)) {
    return std::nullopt;
  }
  return Date{*year, *month, *day};
}

bool DateRange::Contains(const Date& date) const {
  if (!date.known()) return true;
  if (from.known() && date.Last() < from.First()) return false;
  return !(to.known() && date.First() > to.Last());
}

bool DateRange::Overlaps(const DateRange& other) const {
  if (from.known() && other.to.known() && other.to.Last() < from.First()) return false;
  return !(to.known() && other.from.known() && other.from.First() > to.Last());
}

std::optional<DateRange> ParseDateRange(std::string_view text) {
  const size_t dots = text.find("..");
  if (dots == std::string_view::npos) {
    const auto date = ParseIsoDate(text);
    if (!date) return std::nullopt;
    return DateRange{*date, *date};
  }
  DateRange range;
  const std::string_view from = text.substr(0, dots);
  const std::string_view to = text.substr(dots + 2);
  if (!from.empty()) {
    const auto date = ParseIsoDate(from);
    if (!date) return std::nullopt;
    range.from = *date;
  }
  if (!to.empty()) {
    const auto date = ParseIsoDate(to);
    if (!date) return std::nullopt;
    range.to = *date;
  }
  if (range.from.known() && range.to.known() && range.to.Last() < range.from.First()) {
    return std::nullopt;
  }
  return range;
}

}  // namespace entente
