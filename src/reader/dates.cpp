// SPDX-License-Identifier: Apache-2.0
// How: the text is cut into numbers, words and signs. A date is a number of a day, a month and a
// year side by side, with nothing between but signs, "of" words and the ending of an ordinal. What
// is left decides whether the line is a date alone: only times, weekdays and the words of
// data/.../reader.txt [date-word] may be.
#include "reader/dates.h"

#include <algorithm>
#include <vector>

#include "base/utf8.h"

namespace entente {
namespace {

constexpr size_t kMaxLine = 200;

struct Piece {
  enum Kind { kNumber, kWord, kSign } kind;
  std::string_view text;
  int value = 0;  // of a number; of a word its month
  bool used = false;
};

std::vector<Piece> Cut(std::string_view text, const ReaderData& data) {
  std::vector<Piece> pieces;
  for (size_t at = 0; at < text.size();) {
    const size_t begin = at;
    const char32_t c = DecodeUtf8(text, at);
    if (IsSpace(c)) continue;
    Piece piece{Piece::kSign, {}, 0, false};
    if (c < 0x80 && IsDigit(c)) {
      piece.kind = Piece::kNumber;
      while (at < text.size() && text[at] >= '0' && text[at] <= '9') at++;
      piece.text = text.substr(begin, at - begin);
      for (const char digit : piece.text.substr(0, 8))
        piece.value = piece.value * 10 + (digit - '0');
    } else if (IsLetter(c)) {
      piece.kind = Piece::kWord;
      for (size_t next = at; next < text.size();) {
        const char32_t d = DecodeUtf8(text, next);
        const bool joined =
            d == '.' && next < text.size() && IsLetter(static_cast<unsigned char>(text[next]));
        if (!IsLetter(d) && !joined) break;
        at = next;
      }
      piece.text = text.substr(begin, at - begin);
      piece.value = data.Month(Fold(piece.text));
    } else {
      piece.text = text.substr(begin, at - begin);
    }
    pieces.push_back(piece);
  }
  return pieces;
}

int FullYear(const Piece& piece) {
  if (piece.text.size() == 4) return piece.value;
  if (piece.text.size() == 2) return piece.value < 70 ? 2000 + piece.value : 1900 + piece.value;
  return 0;
}

bool PlausibleYear(int year) { return year >= 1800 && year <= 2199; }

class Finder {
 public:
  Finder(std::vector<Piece>& pieces, const ReaderData& data, DateOrder order)
      : p_(pieces), data_(data), order_(order) {}

  std::optional<FoundDate> Find() {
    for (size_t i = 0; i < p_.size(); i++) {
      FoundDate found;
      if (Compact(i, found) || Numeric(i, found) || DayMonthYear(i, found) ||
          MonthDayYear(i, found) || MonthYear(i, found)) {
        Finish(found);
        return found;
      }
    }
    return std::nullopt;
  }

 private:
  bool IsNumber(size_t i) const { return i < p_.size() && p_[i].kind == Piece::kNumber; }
  bool IsMonth(size_t i) const {
    return i < p_.size() && p_[i].kind == Piece::kWord && p_[i].value > 0;
  }
  bool IsSign(size_t i, std::string_view signs) const {
    return i < p_.size() && p_[i].kind == Piece::kSign &&
           signs.find(p_[i].text) != std::string_view::npos;
  }
  bool IsDay(size_t i) const {
    return IsNumber(i) && p_[i].text.size() <= 2 && p_[i].value >= 1 && p_[i].value <= 31;
  }
  // Behind what may stand between the parts of a date: "11th of January", "January 11, 2019".
  size_t Between(size_t i) const {
    for (int n = 0; n < 3 && i < p_.size(); n++) {
      const bool sign = IsSign(i, ",.-/") || IsSign(i, "\xC2\xBA") || IsSign(i, "\xC2\xB0");
      const bool word = p_[i].kind == Piece::kWord && p_[i].value == 0 &&
                        (data_.IsOrdinal(Fold(p_[i].text)) ||
                         (p_[i].text.size() <= 3 && data_.IsFunctionWord(Fold(p_[i].text))));
      if (!sign && !word) break;
      i++;
    }
    return i;
  }
  void Use(size_t begin, size_t end) {
    for (size_t i = begin; i < end; i++) p_[i].used = true;
  }

  bool Compact(size_t i, FoundDate& found) {  // 20190111
    if (!IsNumber(i) || p_[i].text.size() != 8) return false;
    const int year = p_[i].value / 10000, month = p_[i].value / 100 % 100, day = p_[i].value % 100;
    if (!PlausibleYear(year) || !IsValidDate(year, month, day)) return false;
    found.date = {year, month, day};
    Use(i, i + 1);
    return true;
  }

  bool Numeric(size_t i, FoundDate& found) {
    if (!IsNumber(i) || !IsSign(i + 1, "-/.") || !IsNumber(i + 2) || !IsSign(i + 3, "-/.") ||
        !IsNumber(i + 4) || p_[i + 1].text != p_[i + 3].text) {
      return false;
    }
    const int a = p_[i].value, b = p_[i + 2].value;
    if (p_[i].text.size() == 4) {  // 2019-01-11
      if (!PlausibleYear(a) || !IsValidDate(a, b, p_[i + 4].value)) return false;
      found.date = {a, b, p_[i + 4].value};
      Use(i, i + 5);
      return true;
    }
    if (p_[i].text.size() > 2 || p_[i + 2].text.size() > 2) return false;
    const int year = FullYear(p_[i + 4]);
    if (order_ == DateOrder::kYmd && p_[i + 4].text.size() == 2) {  // 19/01/11
      if (!IsValidDate(FullYear(p_[i]), b, p_[i + 4].value)) return false;
      found.date = {FullYear(p_[i]), b, p_[i + 4].value};
      Use(i, i + 5);
      return true;
    }
    if (!PlausibleYear(year)) return false;
    found.numeric = true;
    const bool day_first = IsValidDate(year, b, a);
    const bool month_first = IsValidDate(year, a, b);
    if (!day_first && !month_first) return false;
    Use(i, i + 5);
    const Date dmy{year, b, a}, mdy{year, a, b};
    if (!day_first || !month_first) {
      found.date = day_first ? dmy : mdy;
      found.order = day_first ? DateOrder::kDmy : DateOrder::kMdy;
      return true;
    }
    found.date = order_ == DateOrder::kMdy ? mdy : dmy;
    if (order_ == DateOrder::kUnset && dmy != mdy) found.other = mdy;
    return true;
  }

  bool DayMonthYear(size_t i,
                    FoundDate& found) {  // 11 January 2019, 11 de enero de 2019, 11-Jan-19
    if (!IsDay(i)) return false;
    const size_t m = Between(i + 1);
    if (!IsMonth(m)) return false;
    const size_t y = Between(m + 1);
    if (!IsNumber(y) || !PlausibleYear(FullYear(p_[y])) ||
        !IsValidDate(FullYear(p_[y]), p_[m].value, p_[i].value)) {
      return false;
    }
    found.date = {FullYear(p_[y]), p_[m].value, p_[i].value};
    Use(i, y + 1);
    return true;
  }

  bool MonthDayYear(size_t i, FoundDate& found) {  // January 11, 2019
    if (!IsMonth(i)) return false;
    const size_t d = Between(i + 1);
    if (!IsDay(d)) return false;
    const size_t y = Between(d + 1);
    if (!IsNumber(y) || !PlausibleYear(FullYear(p_[y])) || p_[y].text.size() != 4 ||
        !IsValidDate(p_[y].value, p_[i].value, p_[d].value)) {
      return false;
    }
    found.date = {p_[y].value, p_[i].value, p_[d].value};
    Use(i, y + 1);
    return true;
  }

  bool MonthYear(size_t i, FoundDate& found) {  // January 2019
    if (!IsMonth(i)) return false;
    const size_t y = Between(i + 1);
    if (!IsNumber(y) || p_[y].text.size() != 4 || !PlausibleYear(p_[y].value)) return false;
    found.date = {p_[y].value, p_[i].value, 0};
    Use(i, y + 1);
    return true;
  }

  // The weekday beside it, and whether the line says anything more.
  void Finish(FoundDate& found) {
    found.alone = true;
    for (size_t i = 0; i < p_.size(); i++) {
      const Piece& piece = p_[i];
      if (piece.kind == Piece::kWord) {
        const std::string key = Fold(piece.text);
        const int weekday = data_.Weekday(key);
        if (weekday >= 0) found.weekday = weekday;
        if (piece.used || weekday >= 0 || data_.IsDateWord(key)) continue;
        if (piece.text == "T" || piece.text == "Z") continue;
        found.alone = false;
      } else if (piece.kind == Piece::kNumber && !piece.used) {
        const bool clock =
            piece.text.size() <= 2 || IsSign(i - 1, ".:+-") || piece.text.size() == 4;
        if (!clock) found.alone = false;
      }
    }
    if (found.other.known() && found.weekday >= 0) {
      // "Friday, 11/01/2019": one of the two is no Friday.
      const bool first = Weekday(found.date) == found.weekday;
      const bool second = Weekday(found.other) == found.weekday;
      if (first != second) {
        if (second) found.date = found.other;
        found.other = {};
      }
    }
  }

  std::vector<Piece>& p_;
  const ReaderData& data_;
  const DateOrder order_;
};

}  // namespace

std::optional<FoundDate> FindDate(std::string_view text, const ReaderData& data, DateOrder order) {
  const bool cut = text.size() > kMaxLine;
  std::vector<Piece> pieces = Cut(text.substr(0, kMaxLine), data);
  std::optional<FoundDate> found = Finder(pieces, data, order).Find();
  if (found && cut) found->alone = false;
  return found;
}

DateOrder OrderOfText(std::string_view text) {
  int day_first = 0, month_first = 0;
  const auto digit = [&](size_t i) { return i < text.size() && text[i] >= '0' && text[i] <= '9'; };
  for (size_t at = text.find('/'); at != std::string_view::npos; at = text.find('/', at + 1)) {
    // nn/nn/nnnn, the first sign at `at`
    if (at == 0 || !digit(at - 1) || !digit(at + 1)) continue;
    int a = text[at - 1] - '0';
    if (at > 1 && digit(at - 2)) a += 10 * (text[at - 2] - '0');
    size_t next = at + 1;
    int b = 0;
    while (digit(next) && next < at + 3) b = b * 10 + (text[next++] - '0');
    if (next >= text.size() || text[next] != '/' || !digit(next + 4)) continue;
    if (a > 12 && a <= 31 && b <= 12) day_first++;
    if (b > 12 && b <= 31 && a <= 12) month_first++;
  }
  if (day_first > 0 && month_first == 0) return DateOrder::kDmy;
  if (month_first > 0 && day_first == 0) return DateOrder::kMdy;
  return DateOrder::kUnset;
}

std::string AmbiguityText(std::string_view written, const FoundDate& date) {
  return "\"" + std::string(written) + "\" was read as " + date.date.Text() +
         "; it could also be " + date.other.Text() + ". A date order (dmy, mdy) settles it";
}

}  // namespace entente
