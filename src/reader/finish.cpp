// SPDX-License-Identifier: Apache-2.0
#include "reader/finish.h"

#include <algorithm>

#include "base/utf8.h"
#include "reader/dateline.h"
#include "reader/dates.h"

namespace entente {
namespace {

void SettleLanguage(const ReaderData& data, const ReaderOptions& options, Document& doc) {
  const LanguageGuess guess = GuessLanguage(doc.text, data);
  const auto note = [&](const std::string& text) { doc.notes.push_back({"language", text}); };
  if (options.language != "auto" && !options.language.empty()) {
    doc.language = options.language;
  } else if (!doc.language.empty()) {
    std::string tag = ToLower(doc.language);
    tag = tag.substr(0, tag.find_first_of("-_"));
    doc.language = tag;
  }
  if (!doc.language.empty()) {
    const bool other =
        !guess.tag.empty() && guess.tag != doc.language && guess.words >= 20 && guess.share > 0.25;
    if (other) note("taken as " + doc.language + ", but it reads like " + std::string(guess.tag));
    return;
  }
  if (!guess.tag.empty()) {
    doc.language = guess.tag;
    if (guess.words >= 30 && guess.share < 0.12) {
      note("taken as " + doc.language + ", but few of its words are of that language");
    }
    return;
  }
  for (const LanguageWords& language : data.languages()) {
    if (language.is_default || doc.language.empty()) doc.language = language.tag;
    if (language.is_default) break;
  }
  if (guess.words >= 30) note("taken as " + doc.language + ", but none of its words is known");
}

// How well the weekdays that a text names fit its date: reports speak of the day itself and the one
// before.
int WeekdayVotes(std::string_view text, const Date& date, const ReaderData& data) {
  const int today = Weekday(date);
  int votes = 0;
  size_t words = 0;
  for (size_t at = 0; at < text.size() && words < 400;) {
    const size_t begin = at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) >= 0x80 ||
                                IsLetter(static_cast<unsigned char>(text[at])))) {
      at++;
    }
    if (at == begin) {
      at++;
      continue;
    }
    words++;
    if (at - begin < 5 || at - begin > 12) continue;
    const int weekday = data.Weekday(Fold(text.substr(begin, at - begin)));
    if (weekday < 0) continue;
    if (weekday == today) votes += 2;
    if (weekday == (today + 6) % 7) votes += 1;
  }
  return votes;
}

void SettleDate(const ReaderData& data, const ReaderOptions& options, Draft& draft) {
  Document& doc = draft.doc;
  if (options.date.known()) {
    doc.date = options.date;
    return;
  }
  if (doc.date.known() || draft.date_text.empty()) return;
  DateOrder order = DateOrderFromName(options.date_order);
  if (order == DateOrder::kUnset) order = draft.order;
  std::optional<FoundDate> found = FindDate(draft.date_text, data, order);
  if (!found) {
    doc.notes.push_back(
        {"unknown_date", "\"" + draft.date_text.substr(0, 80) + "\" is no date that is known"});
    return;
  }
  doc.date = found->date;
  if (!found->other.known()) return;
  const LanguageWords* language = data.FindLanguage(doc.language);
  if (language != nullptr && language->order == DateOrder::kMdy) {
    std::swap(found->date, found->other);
    doc.date = found->date;
  }
  std::string text = AmbiguityText(draft.date_text, *found);
  if (found->date.precision() == Precision::kDay &&
      WeekdayVotes(doc.text, found->date, data) == 0 &&
      WeekdayVotes(doc.text, found->other, data) > 0) {
    std::swap(found->date, found->other);
    doc.date = found->date;
    text =
        AmbiguityText(draft.date_text, *found) + "; the weekdays in the text speak for the first";
  }
  doc.notes.push_back({"ambiguous_date", text});
}

// The dateline that a field gives: of more weight than one in the text, but no date beside one
// that the report has.
void TakeDateline(const ReaderData& data, Draft& draft) {
  if (draft.dateline.empty()) return;
  Dateline line = ReadDateline(draft.dateline, data);
  Document& doc = draft.doc;
  if (doc.source.empty()) doc.source = line.source;
  if (!FindDate(draft.date_text, data, DateOrder::kDmy) && !line.date.empty()) {
    draft.date_text = line.date;
  }
  doc.dateline = std::move(line.place);
  doc.station = std::move(line.source);
}

}  // namespace

LanguageGuess GuessLanguage(std::string_view text, const ReaderData& data) {
  constexpr size_t kBytes = 8000;
  text = text.substr(0, kBytes);
  std::vector<size_t> hits(data.languages().size());
  std::vector<uint32_t> particles;  // small words since the last name
  size_t words = 0;
  bool after_name = false;
  const auto count = [&](uint32_t known) {
    for (size_t i = 0; i < hits.size(); i++) hits[i] += known >> i & 1;
  };
  std::string word;
  for (size_t at = 0; at < text.size();) {
    const size_t begin = at;
    size_t letters = 0, capitals = 0;
    bool capitalised = false;
    while (at < text.size()) {
      size_t next = at;
      const char32_t c = DecodeUtf8(text, next);
      if (!IsLetter(c)) break;
      const bool upper = IsUpper(c);
      if (letters == 0) capitalised = upper;
      letters++;
      capitals += upper;
      at = next;
    }
    if (letters == 0) {
      DecodeUtf8(text, at);
      continue;
    }
    word.clear();
    FoldTo(text.substr(begin, at - begin), word);
    words++;
    const uint32_t known = data.FunctionWord(word);
    // "Marcha de la Dignidad", "Rio de Janeiro" are names in any language: the small words inside
    // them say nothing. (A text in capitals has no names that could be seen.)
    const bool name = capitalised && known == 0 && (capitals == 1 || capitals < letters);
    if (name) {
      particles.clear();
      after_name = true;
    } else if (after_name && known != 0 && !capitalised && particles.size() < 3) {
      particles.push_back(known);
    } else {
      for (const uint32_t particle : particles) count(particle);
      particles.clear();
      after_name = false;
      count(known);
    }
  }
  for (const uint32_t particle : particles) count(particle);
  LanguageGuess guess;
  guess.words = words;
  const auto best = std::max_element(hits.begin(), hits.end());
  if (best == hits.end() || *best == 0) return guess;
  // A draw, or a single word, decides nothing: the default language, if it takes part in it.
  size_t chosen = static_cast<size_t>(best - hits.begin());
  for (size_t i = 0; i < hits.size(); i++) {
    const bool near = hits[i] == *best || (*best < 3 && hits[i] + 1 == *best && hits[i] > 0);
    if (near && data.languages()[i].is_default) chosen = i;
  }
  guess.tag = data.languages()[chosen].tag;
  guess.share = static_cast<double>(*best) / static_cast<double>(words);
  return guess;
}

void Finish(const ReaderData& data, const ReaderOptions& options, Draft& draft) {
  TakeDateline(data, draft);
  SettleLanguage(data, options, draft.doc);
  SettleDate(data, options, draft);
  draft.doc.BuildOffsetIndex();
}

}  // namespace entente
