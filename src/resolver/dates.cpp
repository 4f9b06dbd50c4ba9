// SPDX-License-Identifier: Apache-2.0
#include "resolver/dates.h"

#include <algorithm>

#include "base/utf8.h"

namespace entente {
namespace {

constexpr int kMonthsOfYear = 12, kDaysOfWeek = 7;
constexpr int kLongAgo = 2;          // years: what lies further back than them is history
constexpr uint32_t kMostTokens = 14;
constexpr int kMostSteps = 3;        // from an expression up to its predicate
constexpr int64_t kMostUnits = 2000;

// The figures of a token, with what follows them: "11th" gives 11, "1990s" 1990 and `letters`.
std::optional<int> Figure(std::string_view word, std::string_view& letters) {
  size_t digits = 0;
  int value = 0;
  while (digits < word.size() && digits < 5 && word[digits] >= '0' && word[digits] <= '9') value = value * 10 + (word[digits++] - '0');
  if (digits == 0 || digits > 4) return std::nullopt;
  letters = word.substr(digits);
  return value;
}

bool IsYear(int value) { return value >= 1900 && value <= 2100; }

// The smallest day, month or year that holds both; not known if they share none.
Date Common(const Date& a, const Date& b) {
  if (a.year != b.year) return {};
  if (a.month != b.month || a.month == 0) return {a.year, 0, 0};
  return {a.year, a.month, a.day == b.day ? a.day : 0};
}

// What a row of words says, before it is anchored.
struct Parts {
  std::optional<int> month, day, year, weekday, offset, direction, ago, season, decade;
  std::optional<DateUnit> unit;
  std::vector<std::string> number;
  bool article = false;    // "a year ago": one
  bool reference = false, vague = false, same = false, eve = false, bound = false, plural = false;
  bool Core() const { return month || year || weekday || offset || decade || unit || season; }
};

class DateReader {
 public:
  DateReader(const Document& document, const Tree& tree, const Language& language, bool headline, Date& reference)
      : document_(document), tree_(tree), language_(language), headline_(headline), report_(document.date),
        anchored_(report_.precision() == Precision::kDay), reference_(reference) {}

  std::vector<TimeExpression> Run() {
    std::vector<TimeExpression> out;
    for (uint32_t t = tree_.begin(); t < tree_.end();) {
      Parts left;
      const uint32_t end = Read(t, left);
      if (end == t || !(left.Core() || RangeAhead(end, left))) {
        t++;
        continue;
      }
      TimeExpression one;
      one.begin = t;
      one.end = end;
      Parts right;
      if (RangeAhead(end, left)) {
        one.end = Read(end + 1, right);
        if (!left.month) left.month = right.month;
        if (!left.year) left.year = right.year;
        if (!right.year) right.year = left.year;
        if (!left.direction) left.direction = right.direction;
      }
      const bool past = IsPast(Top(one));
      while (one.begin + 1 < one.end && Tok(one.begin).upos == Upos::kDet && !left.article) one.begin++;
      one.bound = left.bound || FirstTimeSince(t);
      Anchor(left, past, one);
      if (one.end > end) {
        TimeExpression other = one;
        other.date = {};
        Anchor(right, past, other);
        const bool history = other.date.known() && report_.known() && other.date.year + kLongAgo <= report_.year;
        one.date = one.date.known() && other.date.known() ? Common(one.date, other.date) : Date();
        one.history = one.history || (!one.date.known() && history);
      }
      if (left.eve && one.date.precision() == Precision::kDay) one.date = AddDays(one.date, -1);
      const bool said = one.date.known() && !one.bound;
      if (said && one.date.precision() != Precision::kYear) reference_ = one.date;
      if (one.date.known() || one.history) out.push_back(std::move(one));
      t = std::max(t + 1, out.empty() ? end : std::max(end, out.back().end));
    }
    return out;
  }

 private:
  const Token& Tok(uint32_t t) const { return document_.tokens[t]; }

  // The form without a modifier that is joined to it: "mid-May", "mid-1990s".
  std::string_view Form(uint32_t t) const {
    const std::string_view form = Tok(t).form;
    const size_t hyphen = form.find('-');
    if (hyphen == std::string_view::npos || hyphen == 0) return form;
    const DateWord* word = language_.dates.FindAny(ToLower(form.substr(0, hyphen)));
    return word != nullptr && word->Helps(DateHelper::kModifier) ? form.substr(hyphen + 1) : form;
  }

  const DateWord* Word(uint32_t t) const {
    const Token& token = Tok(t);
    const std::string_view form = Form(t);
    const DateWord* word = language_.dates.FindAny(ToLower(form));
    if (word == nullptr && form.size() == token.form.size()) word = language_.dates.FindAny(ToLower(token.lemma));
    if (word == nullptr) return nullptr;
    const bool noun = token.upos == Upos::kPropn || token.upos == Upos::kNoun || form.size() < token.form.size();
    if ((word->month || word->weekday) && (!noun || !IsCapitalised(form))) return nullptr;
    if ((word->unit || word->season) && token.upos != Upos::kNoun && token.upos != Upos::kPropn && token.upos != Upos::kAdv) return nullptr;
    return word;
  }

  // True if the token is a number, a month, a weekday: what a range may go on with.
  bool Opens(uint32_t t) const {
    std::string_view letters;
    if (Figure(Tok(t).form, letters) && letters.size() <= 2) return true;
    const DateWord* word = Word(t);
    return word != nullptr && (word->month || word->weekday || word->season);
  }

  // "5 to 7 May", "between March and June"
  bool RangeAhead(uint32_t at, const Parts& left) const {
    if (at + 1 >= tree_.end() || left.offset || left.unit || left.ago) return false;
    if (!left.day && !left.month && !left.weekday && !left.year && !left.season) return false;
    const DateWord* word = Word(at);
    const bool dash = Tok(at).form == "-" || Tok(at).form == "–";
    if (!dash && (word == nullptr || !word->Helps(DateHelper::kTo))) return false;
    if (!Opens(at + 1)) return false;
    Parts right;
    (void)Read(at + 1, right);
    if (left.weekday) return right.weekday.has_value();
    if (left.month || left.season) return right.month || right.season || (right.day && left.month);
    if (left.year) return right.year && !right.month;
    return right.month && right.day;  // a number alone, before a day
  }

  // Reads as far as the words are of one date; returns where it ends, `t` if it does not begin.
  uint32_t Read(uint32_t t, Parts& parts) const {
    uint32_t end = t;  // after the last word that tells something
    for (uint32_t at = t; at < tree_.end() && at < t + kMostTokens; at++) {
      const Token& token = Tok(at);
      const std::string lower = ToLower(Form(at));
      std::string_view letters;
      if (const auto figure = Figure(lower, letters)) {
        if (letters.empty() && IsYear(*figure) && lower.size() == 4) {
          if (parts.year || Counts(at)) break;
          parts.year = figure;
          end = at + 1;
          continue;
        }
        if (IsYear(*figure) && (letters == "s" || letters == "'s" || letters == "’s") && *figure % 10 == 0) {
          parts.decade = figure;
          end = at + 1;
          continue;
        }
        if (!letters.empty() && letters.size() != 2) break;
        if (*figure >= 1 && *figure <= 31 && !parts.day) {
          parts.day = figure;
          if (parts.month) end = at + 1;
        }
        parts.number.push_back(std::string(lower.substr(0, lower.size() - letters.size())));
        if (at == t) end = at + 1;
        continue;
      }
      const DateWord* word = Word(at);
      if (word == nullptr) {
        if (language_.numbers.IsNumberWord(lower)) {
          if (token.upos == Upos::kDet) {
            parts.article = true;
          } else {
            parts.number.push_back(lower);
          }
          continue;
        }
        if (token.upos == Upos::kDet && token.form.size() <= 4) continue;
        const bool comma = token.form == "," && (parts.month || parts.weekday) && at + 1 < tree_.end() && JoinsAfterComma(at + 1, parts);
        if (comma || (token.form == "-" && at > t && at + 1 < tree_.end() && !parts.Core())) continue;
        break;
      }
      if (word->Helps(DateHelper::kSame) && !(at + 1 < tree_.end() && Word(at + 1) != nullptr && Word(at + 1)->unit)) break;
      if (word->Helps(DateHelper::kTo) && !word->month) break;
      // "after", "until", "before" that open a phrase
      if (word->Helps(DateHelper::kBound) && (token.upos == Upos::kAdp || token.upos == Upos::kSconj) && !parts.unit && !parts.offset) {
        if (parts.Core() || !parts.number.empty()) break;
        parts.bound = true;
        continue;
      }
      if ((word->month && parts.month) || (word->weekday && parts.weekday) || (word->day && parts.offset)) break;
      if (word->unit && parts.unit) {
        // "Friday of last week", "the first day of the month"
        break;
      }
      if (word->Helps(DateHelper::kOf) && at == t) break;
      if (word->month) parts.month = word->month;
      if (word->weekday) parts.weekday = word->weekday;
      if (word->day) parts.offset = word->day;
      if (word->season) parts.season = word->season;
      if (word->unit) {
        parts.unit = word->unit;
        parts.plural = (token.morph & morph::kPlur) != 0;
      }
      if (word->direction) parts.direction = word->direction;
      if (word->ago && (parts.unit || !word->reference)) {
        // "two days after the vote": after something that has no date here
        const bool governs = (token.upos == Upos::kAdp || token.upos == Upos::kSconj) && GoesOn(at + 1);
        const bool day_word = at + 1 < tree_.end() && Word(at + 1) != nullptr && Word(at + 1)->day;
        if (governs && !day_word) {
          parts.bound = true;
        }
        parts.ago = word->ago;
      }
      if (word->reference && (word->direction || word->ago)) parts.reference = true;
      if (word->Helps(DateHelper::kVague)) parts.vague = true;
      if (word->Helps(DateHelper::kSame)) parts.same = true;
      if (word->Helps(DateHelper::kEve)) parts.eve = true;
      const bool tells = word->month || word->weekday || word->day || word->season || word->unit || (word->ago && parts.unit) || (word->direction && parts.Core());
      if (tells) end = at + 1;
    }
    if (!parts.Core()) return parts.day && end > t ? end : t;
    return end;
  }

  bool JoinsAfterComma(uint32_t t, const Parts& parts) const {
    std::string_view letters;
    if (const auto figure = Figure(Tok(t).form, letters)) {
      if (!letters.empty()) return parts.weekday && !parts.month;
      return (IsYear(*figure) && parts.month && !parts.year && Tok(t).form.size() == 4) || (parts.weekday && !parts.month && *figure <= 31);
    }
    const DateWord* word = Word(t);
    return word != nullptr && word->month && parts.weekday && !parts.month;
  }

  // Something that "before" or "after" can govern begins here.
  bool GoesOn(uint32_t t) const {
    if (t >= tree_.end()) return false;
    switch (Tok(t).upos) {
      case Upos::kDet:
      case Upos::kNoun:
      case Upos::kPropn:
      case Upos::kPron:
      case Upos::kAdj:
      case Upos::kNum:
      case Upos::kVerb: return true;
      default: return false;
    }
  }

  // "2000 people", not "the 2000 protests"
  bool Counts(uint32_t t) const {
    const Token& token = Tok(t);
    if (token.rel != Rel::kNummod || !tree_.HasHead(t)) return false;
    const uint32_t head = tree_.Head(t);
    if (head < t || (Tok(head).morph & morph::kPlur) == 0) return false;
    return t == tree_.begin() || Tok(t - 1).upos != Upos::kDet;
  }

  // "for the first time since 2011"
  bool FirstTimeSince(uint32_t t) const {
    if (t < tree_.begin() + 2 || !language_.Is(ToLower(Tok(t - 1).lemma), Grammar::kAfterMark)) return false;
    const DateWord* word = language_.dates.FindAny(ToLower(Tok(t - 2).lemma));
    return word != nullptr && word->Helps(DateHelper::kBound);
  }

  // The token of the expression that hangs on something outside it.
  uint32_t Top(const TimeExpression& one) const {
    uint32_t top = one.begin;
    for (uint32_t t = one.begin; t < one.end; t++) {
      if (!tree_.HasHead(t) || (tree_.Head(t) >= one.begin && tree_.Head(t) < one.end)) continue;
      if (Tok(t).rel == Rel::kCase || Tok(t).rel == Rel::kPunct || Tok(t).rel == Rel::kCc) continue;
      top = t;
      break;
    }
    return top;
  }

  // Whether the clause is over, so that a bare weekday or month is the last one.
  bool IsPast(uint32_t top) const {
    uint32_t at = top;
    for (int step = 0; step < 8; step++) {
      const Token& token = Tok(at);
      if (token.upos == Upos::kVerb) {
        bool have = false, past_aux = false, present_aux = false;
        for (const uint32_t child : tree_.Children(at)) {
          const Token& aux = Tok(child);
          if (aux.rel != Rel::kAux && aux.rel != Rel::kCop) continue;
          const std::string lemma = ToLower(aux.lemma);
          if (language_.Is(lemma, Grammar::kFuture) || language_.Is(lemma, Grammar::kConditional) ||
              language_.Is(lemma, Grammar::kPossible) || language_.Is(lemma, Grammar::kObligation)) {
            return false;
          }
          have = have || language_.Is(lemma, Grammar::kPerfect);
          past_aux = past_aux || (aux.morph & morph::kPast) != 0;
          present_aux = present_aux || (aux.morph & morph::kPres) != 0;
        }
        if (have || past_aux) return true;
        if ((token.morph & morph::kInf) != 0) return false;
        const bool passive = (token.morph & morph::kPart) != 0 && (token.morph & morph::kPast) != 0;
        if (present_aux) return headline_ && passive;  // "is meeting on Friday", "is expected on Friday"
        if ((token.morph & morph::kPast) != 0) return true;
        const bool ing = (token.morph & (morph::kGer | morph::kPart)) != 0;
        if (!ing) return headline_;
      }
      if (!tree_.HasHead(at)) break;
      at = tree_.Head(at);
    }
    return true;
  }

  static Date Shift(const Date& from, DateUnit unit, int64_t count) {
    count = std::clamp<int64_t>(count, -kMostUnits, kMostUnits);
    const auto n = static_cast<int>(count);
    switch (unit) {
      case DateUnit::kDay: return from.precision() == Precision::kDay ? AddDays(from, n) : Date();
      case DateUnit::kWeek:
      case DateUnit::kWeekend: {
        // A week is no day: the month is what is sure.
        if (from.precision() != Precision::kDay) return {};
        const Date d = AddDays(from, kDaysOfWeek * n);
        return {d.year, d.month, 0};
      }
      case DateUnit::kMonth: {
        if (from.month == 0) return {};
        const Date d = AddMonths({from.year, from.month, 1}, n);
        return {d.year, d.month, 0};
      }
      case DateUnit::kQuarter: {
        if (from.month == 0) return {};
        return {AddMonths({from.year, from.month, 1}, 3 * n).year, 0, 0};
      }
      case DateUnit::kYear: return {from.year + n, 0, 0};
      case DateUnit::kDecade: break;
    }
    return {from.year + 10 * n, 0, 0};
  }

  void Anchor(const Parts& p, bool past, TimeExpression& out) const {
    out.how = "relative";
    if (p.decade) {
      out.how = "explicit";
      out.history = report_.known() && *p.decade + 9 + kLongAgo <= report_.year;
      return;
    }
    if (p.year) {
      out.how = "explicit";
      out.date = {*p.year, p.month.value_or(0), 0};
      if (p.month && p.day && IsValidDate(*p.year, *p.month, *p.day)) out.date.day = *p.day;
      return;
    }
    if (!anchored_) return;
    if (p.month) return Month(p, past, out);
    if (p.same && p.unit) {
      out.date = reference_;
      if (*p.unit != DateUnit::kDay) out.date.day = 0;
      if (*p.unit == DateUnit::kYear) out.date.month = 0;
      return;
    }
    if (p.offset) {
      int days = *p.offset;
      if (p.unit == DateUnit::kDay && p.ago) days += *p.ago;  // "the day before yesterday"
      out.date = AddDays(report_, days);
      return;
    }
    if (p.weekday) {
      out.date = Day(p, past);
      return;
    }
    if (p.season) {
      if (!p.direction) return;
      // The seasons of a year by their middle: spring is April, of the northern half.
      const int month = 3 * *p.season + 1;
      int year = report_.year + *p.direction;
      if (*p.direction < 0 && month + 1 < report_.month) year = report_.year;
      if (*p.direction > 0 && month - 1 > report_.month) year = report_.year;
      out.date = {year, 0, 0};
      return;
    }
    if (p.unit) Unit(p, past, out);
  }

  void Month(const Parts& p, bool past, TimeExpression& out) const {
    const int now = report_.month, month = *p.month;
    int year = report_.year;
    if (p.unit == DateUnit::kYear && p.direction) {  // "in March last year"
      year += *p.direction;
    } else if (p.direction && *p.direction < 0) {
      if (month >= now) year--;
    } else if (p.direction && *p.direction > 0) {
      if (month <= now) year++;
    } else if (!p.direction) {
      const int day = p.day.value_or(0);
      // The reports of a day may be a day ahead of it elsewhere.
      const bool ahead = month > now || (month == now && day > report_.day + 1);
      const bool behind = month < now || (month == now && day > 0 && day + 1 < report_.day);
      if (past && ahead) year--;
      if (!past && behind) year++;
    }
    out.date = {year, month, 0};
    if (p.day && IsValidDate(year, month, *p.day)) out.date.day = *p.day;
  }

  Date Day(const Parts& p, bool past) const {
    int delta = *p.weekday - Weekday(report_);
    if (p.unit == DateUnit::kWeek && p.direction) {
      // "Friday last week": weeks begin on Monday
      const int monday = -((Weekday(report_) + 6) % kDaysOfWeek);
      return AddDays(report_, monday + kDaysOfWeek * *p.direction + (*p.weekday + 6) % kDaysOfWeek);
    }
    if (p.direction && *p.direction < 0) {
      if (delta >= 0) delta -= kDaysOfWeek;
    } else if (p.direction && *p.direction > 0) {
      if (delta <= 0) delta += kDaysOfWeek;
    } else if (past) {
      if (delta > 0) delta -= kDaysOfWeek;
    } else if (delta < 0) {
      delta += kDaysOfWeek;
    }
    return AddDays(report_, delta);
  }

  void Unit(const Parts& p, bool past, TimeExpression& out) const {
    const DateUnit unit = *p.unit;
    const auto value = language_.numbers.Value(p.number);
    const bool told = p.reference && reference_.known();
    const Date& from = told ? reference_ : report_;
    const bool running = p.direction == 0;
    if (p.ago && !running && !(p.direction && p.reference)) {
      if (*p.ago > 0 && !told) return;  // "six months later": after something else
      const bool several = p.vague || (p.plural && !value);
      if (several) {
        const bool long_ago = unit == DateUnit::kDecade || (unit == DateUnit::kYear && p.plural);
        out.history = *p.ago < 0 && long_ago && !told;
        return;
      }
      out.date = Shift(from, unit, *p.ago * value.value_or(1));
      return;
    }
    if (!p.direction) {
      // "at the weekend"
      if (unit == DateUnit::kWeekend && p.number.empty()) {
        Parts saturday = p;
        saturday.weekday = kDaysOfWeek - 1;
        const Date day = Day(saturday, past);
        out.date = Common(day, AddDays(day, 1));
      }
      return;
    }
    if (unit == DateUnit::kDay) {
      if (!p.number.empty() || p.vague || *p.direction == 0) return;
      // "the next day" is counted from what was told; "last day" is none.
      if (*p.direction > 0 ? reference_.precision() == Precision::kDay : p.reference) {
        out.date = Shift(*p.direction > 0 ? reference_ : from, unit, *p.direction);
      }
      return;
    }
    if (p.vague) return;
    if (value) {
      // "over the past two years": from then to now
      out.date = Common(report_, Shift(report_, unit, *p.direction * *value));
      return;
    }
    if (unit == DateUnit::kWeekend) {
      const int to_saturday = kDaysOfWeek - 1 - Weekday(report_);
      int delta = to_saturday + kDaysOfWeek * *p.direction;
      if (Weekday(report_) == 0) delta -= kDaysOfWeek;  // Sunday is of the weekend that runs
      if (*p.direction == 0 && past && to_saturday > 1) delta -= kDaysOfWeek;
      const Date day = AddDays(report_, delta);
      out.date = Common(day, AddDays(day, 1));
      return;
    }
    out.date = Shift(from, unit, *p.direction);
  }

  const Document& document_;
  const Tree& tree_;
  const Language& language_;
  const bool headline_;
  const Date& report_;
  const bool anchored_;
  Date& reference_;
};

}  // namespace

std::vector<TimeExpression> FindDates(const Document& document, const Tree& tree, const Language& language,
                                      bool headline, Date& reference) {
  return DateReader(document, tree, language, headline, reference).Run();
}

const TimeExpression* DateOfClause(const Tree& tree, const std::vector<TimeExpression>& expressions, uint32_t predicate,
                                   const Language& language) {
  if (expressions.empty()) return nullptr;
  // Up to the verb that governs the act, through objects, operators and coordination.
  std::vector<uint32_t> nodes{predicate};
  uint32_t at = predicate;
  for (int depth = 0; depth < 4 && tree.HasHead(at); depth++) {
    const Rel rel = tree[at].rel;
    if (rel == Rel::kAdvcl || rel == Rel::kParataxis || (rel == Rel::kAcl && tree[at].rel_sub == RelSub::kRelcl)) break;
    if (rel == Rel::kNsubj && tree[at].rel_sub != RelSub::kPass && tree[at].upos != Upos::kNoun) break;
    at = tree.Head(at);
    nodes.push_back(at);
  }
  // "kidnapped and killed three soldiers on Monday": the day of both.
  for (const uint32_t child : tree.Children(predicate)) {
    if (tree[child].rel == Rel::kConj && tree[child].upos == Upos::kVerb && child == predicate + 2) nodes.push_back(child);
  }
  const TimeExpression* best = nullptr;
  size_t best_node = nodes.size();
  int best_steps = 0;
  for (const TimeExpression& one : expressions) {
    if (one.bound) continue;
    const bool inside = predicate >= one.begin && predicate < one.end;
    if (inside) continue;
    for (uint32_t t = one.begin; t < one.end; t++) {
      if (!tree.HasHead(t) || tree[t].rel == Rel::kPunct || tree[t].rel == Rel::kCase) continue;
      uint32_t up = t;
      const Rel own = tree[t].rel;
      const bool possessor = own == Rel::kNmod && tree[t].rel_sub == RelSub::kPoss;
      const int mark = tree.Child(t, Rel::kCase);
      // "the 2003 invasion", "Monday's attack", "the first time since 2011" tell no more than of that noun.
      const bool close = possessor || own == Rel::kNummod || own == Rel::kCompound || own == Rel::kAmod ||
                         (mark >= 0 && language.Is(ToLower(tree[static_cast<uint32_t>(mark)].lemma), Grammar::kAfterMark));
      for (int step = 0; step < kMostSteps && tree.HasHead(up); step++) {
        const Token& below = tree[up];
        const bool outside = up < one.begin || up >= one.end;
        if (outside) {
          // Only through phrases: "said in a statement on Monday".
          if (below.upos == Upos::kVerb || below.upos == Upos::kAux) break;
          // "Monday's attack killed ten": its subject is when the act is.
          if (possessor && below.rel == Rel::kNsubj && below.rel_sub != RelSub::kPass) {
            up = tree.Head(up);
            if (up == predicate && best == nullptr) {
              best = &one;
              best_node = 0;
              best_steps = kMostSteps;
            }
            break;
          }
          if (close) break;
          if (below.rel != Rel::kObl && below.rel != Rel::kNmod && below.rel != Rel::kObj && below.rel != Rel::kAdvmod &&
              below.rel != Rel::kFlat && below.rel != Rel::kCompound &&
              !(below.rel == Rel::kNsubj && below.rel_sub == RelSub::kPass)) {
            break;
          }
        }
        up = tree.Head(up);
        if (up >= one.begin && up < one.end) {
          step--;
          if (up == t) break;
        }
        const auto node = std::find(nodes.begin(), nodes.end(), up);
        if (node == nodes.end()) continue;
        const auto index = static_cast<size_t>(node - nodes.begin());
        const bool better = best == nullptr || index < best_node || (index == best_node && step < best_steps) ||
                            (index == best_node && step == best_steps && one.date.precision() > best->date.precision());
        if (better) {
          best = &one;
          best_node = index;
          best_steps = step;
        }
        break;
      }
    }
  }
  return best;
}

}  // namespace entente
