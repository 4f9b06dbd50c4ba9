// SPDX-License-Identifier: Apache-2.0
// Civil dates (proleptic Gregorian, no time zones) with a precision, and ranges of them as data write
// them: "2013-03-05..", "..1991", "2018-04".
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace entente {

enum class Precision { kNone, kYear, kMonth, kDay };

// A date, known to the day, month or year; unknown parts are 0. Precision kNone: no date.
struct Date {
  int year = 0;
  int month = 0;
  int day = 0;

  Precision precision() const {
    if (year == 0) return Precision::kNone;
    if (month == 0) return Precision::kYear;
    return day == 0 ? Precision::kMonth : Precision::kDay;
  }
  bool known() const { return year != 0; }
  // First and last day that the date can mean; requires known().
  Date First() const;
  Date Last() const;
  // "2019-01-11", "2019-01", "2019"; "" if not known.
  std::string Text() const;
  auto operator<=>(const Date&) const = default;
};

// Days since 1970-01-01 of a full date, and back (H. Hinnant, "chrono-compatible low-level date
// algorithms").
int DaysFromCivil(int year, int month, int day);
Date CivilFromDays(int days);
// 0 Sunday .. 6 Saturday.
int Weekday(const Date& date);
int DaysInMonth(int year, int month);
bool IsValidDate(int year, int month, int day);
// Requires a full date.
Date AddDays(const Date& date, int days);
// Keeps the day where the month has it, else the month's last day. Works at any precision >= month.
Date AddMonths(const Date& date, int months);

// "2019-01-11", "2019-01", "2019"; nothing for any other text or a day that does not exist.
std::optional<Date> ParseIsoDate(std::string_view text);

// Inclusive at both ends; an end that is not known is open.
struct DateRange {
  Date from;
  Date to;
  // True if some day that `date` can mean lies within; an unknown date is within every range.
  bool Contains(const Date& date) const;
  bool Overlaps(const DateRange& other) const;
};
std::optional<DateRange> ParseDateRange(std::string_view text);

}  // namespace entente
