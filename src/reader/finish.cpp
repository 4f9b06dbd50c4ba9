// SPDX-License-Identifier: Apache-2.0
#include "reader/finish.h"

#include <algorithm>

#include "base/utf8.h"
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
  doc.notes.push_back({"ambiguous_date", AmbiguityText(draft.date_text, *found)});
}

}  // namespace

LanguageGuess GuessLanguage(std::string_view text, const ReaderData& data) {
  constexpr size_t kBytes = 8000;
  text = text.substr(0, kBytes);
  std::vector<size_t> hits(data.languages().size());
  size_t words = 0;
  std::string word;
  for (size_t at = 0; at <= text.size();) {
    const size_t begin = at;
    const char32_t c = at < text.size() ? DecodeUtf8(text, at) : U' ';
    if (at == begin) at++;
    if (IsLetter(c)) {
      FoldTo(text.substr(begin, at - begin), word);
      continue;
    }
    if (word.empty()) continue;
    words++;
    if (const uint32_t known = data.FunctionWord(word); known != 0) {
      for (size_t i = 0; i < hits.size(); i++) hits[i] += known >> i & 1;
    }
    word.clear();
  }
  LanguageGuess guess;
  guess.words = words;
  const auto best = std::max_element(hits.begin(), hits.end());
  if (best == hits.end() || *best == 0) return guess;
  // A draw decides nothing: the default language, if it takes part in it.
  size_t chosen = static_cast<size_t>(best - hits.begin());
  for (size_t i = 0; i < hits.size(); i++) {
    if (hits[i] == *best && data.languages()[i].is_default) chosen = i;
  }
  guess.tag = data.languages()[chosen].tag;
  guess.share = static_cast<double>(*best) / static_cast<double>(words);
  return guess;
}

void Finish(const ReaderData& data, const ReaderOptions& options, Draft& draft) {
  SettleLanguage(data, options, draft.doc);
  SettleDate(data, options, draft);
  draft.doc.BuildOffsetIndex();
}

}  // namespace entente
