// SPDX-License-Identifier: Apache-2.0
#include "linker/places.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "base/utf8.h"

namespace entente {
namespace {

constexpr double kBeside = 12, kSameMention = 6, kInSentence = 2.5, kInReport = 0.15, kMostInReport = 3, kCapital = 1;
constexpr uint32_t kMostWords = 5;

class PlaceFinder {
 public:
  PlaceFinder(Document& document, const Language& language) : document_(document), language_(language) {
    mention_of_.assign(document.tokens.size(), -1);
    covered_.assign(document.tokens.size(), 0);
    for (size_t i = 0; i < document.mentions.size(); i++) {
      const Mention& mention = document.mentions[i];
      for (const ActorCode& code : mention.actors) {
        if (!code.code.empty()) counts_[code.code]++;
      }
      if (mention.kind == MentionKind::kName && mention.actor_kind == ActorKind::kCountry && !mention.actors.empty()) {
        mention_of_[mention.head] = static_cast<int>(i);
      } else if (mention.kind == MentionKind::kName && mention.actor_kind != ActorKind::kRegion &&
                 !(mention.as_place && mention.actor_kind == ActorKind::kPerson)) {
        covered_[mention.head] = 1;
      }
    }
  }

  void Run() {
    for (const Sentence& sentence : document_.sentences) InSentence(sentence);
    if (!document_.dateline.empty()) Dateline();
  }

 private:
  const Token& Tok(uint32_t t) const { return document_.tokens[t]; }

  void InSentence(const Sentence& sentence) {
    codes_.clear();
    int capitals = 0;
    for (uint32_t t = sentence.begin; t < sentence.end; t++) {
      if (mention_of_[t] >= 0) codes_.push_back(document_.mentions[mention_of_[t]].actors.front().code);
      capitals += IsAllCapitals(Tok(t).form);
    }
    const bool all_capitals = capitals > 3 && capitals * 2 > static_cast<int>(sentence.size());
    for (uint32_t t = sentence.begin; t < sentence.end;) {
      const uint32_t end = City(t, sentence.end, all_capitals);
      if (end > t) {
        t = end;
        continue;
      }
      if (mention_of_[t] >= 0) Country(document_.mentions[mention_of_[t]]);
      t++;
    }
  }

  // The longest name of a city that begins here; its end, or `t` if there is none.
  uint32_t City(uint32_t t, uint32_t limit, bool all_capitals) {
    const Token& first = Tok(t);
    if (first.upos != Upos::kPropn && (all_capitals || first.upos == Upos::kPunct || first.upos == Upos::kPron)) return t;
    if (!IsCapitalised(first.form)) return t;
    std::string key;
    std::vector<std::string> words;
    std::vector<const ::entente::City*> found, here;
    uint32_t best = t, size = 0;
    for (uint32_t u = t; u < limit && size < std::min(kMostWords, language_.places.longest_name()); u++) {
      if (Tok(u).upos == Upos::kPunct && Tok(u).form != "-" && Tok(u).form != ".") break;
      NameIndex::SplitName(Tok(u).form, words);
      for (const std::string& word : words) {
        if (!key.empty()) key += ' ';
        key += word;
        size++;
      }
      if (words.empty()) continue;
      here.clear();
      language_.places.Find(key, here);
      if (!here.empty() && IsCapitalised(Tok(u).form)) {
        found = here;
        best = u + 1;
      }
    }
    if (best == t) return t;
    // A person's or another unknown name goes on: "Paris Hilton", "San Francisco Chronicle".
    const Mention* mention = nullptr;
    for (uint32_t u = t; u < best; u++) {
      if (mention_of_[u] >= 0) mention = &document_.mentions[mention_of_[u]];
    }
    if (mention == nullptr) {
      for (uint32_t u = t; u < best; u++) {
        if (covered_[u] != 0) return t;  // part of an actor that is no country: "Cairo University"
      }
    }
    if (mention != nullptr && !mention->city && !IsCapitalName(*mention, found)) return t;  // "Panama", the country
    const ::entente::City* city = Choose(found, Beside(best, limit), mention);
    if (city == nullptr) return t;
    PlaceName place;
    place.begin = t;
    place.end = best;
    place.name = city->name;
    place.country = city->country;
    place.lat = city->lat;
    place.lon = city->lon;
    place.located = place.city = true;
    document_.places.push_back(std::move(place));
    return best;
  }

  // A mention that the linker took for a country by one of its cities; a country's own name is no city.
  bool IsCapitalName(const Mention& mention, const std::vector<const ::entente::City*>& found) const {
    const std::string name = Fold(mention.actors.front().name);
    return std::none_of(found.begin(), found.end(), [&](const auto* city) {
      return city->country == mention.actors.front().code && Fold(city->name) == name;
    });
  }

  // The code of the country that follows the name: "Cordoba, Argentina", "Cordoba in Argentina".
  std::string_view Beside(uint32_t end, uint32_t limit) const {
    for (uint32_t t = end; t < limit && t < end + 4; t++) {
      if (mention_of_[t] >= 0) {
        const Mention& m = document_.mentions[mention_of_[t]];
        return m.modifier ? std::string_view() : std::string_view(m.actors.front().code);
      }
      const Token& token = Tok(t);
      if (token.form == "," || token.form == "(" || token.upos == Upos::kAdp || token.upos == Upos::kDet ||
          token.upos == Upos::kAdj) {
        continue;
      }
      break;
    }
    return {};
  }

  const ::entente::City* Choose(const std::vector<const ::entente::City*>& cities, std::string_view beside,
                                const Mention* mention) const {
    const ::entente::City* best = nullptr;
    double best_score = -1;
    for (const auto* city : cities) {
      double score = std::log10(1.0 + city->population);
      if (city->country == beside) score += kBeside;
      // What the linker took it for: a name that only one country has in data/actors.
      if (mention != nullptr && city->country == mention->actors.front().code) score += kSameMention;
      if (std::find(codes_.begin(), codes_.end(), city->country) != codes_.end()) score += kInSentence;
      if (const auto it = counts_.find(city->country); it != counts_.end()) {
        score += std::min(kMostInReport, 1 + kInReport * it->second);
      }
      if (city->capital) score += kCapital;
      if (score > best_score) {
        best_score = score;
        best = city;
      }
    }
    return best;
  }

  void Country(const Mention& mention) {
    const ActorCode& code = mention.actors.front();
    const Actor* actor = language_.actors.FindById(code.id);
    if (mention.plural || actor == nullptr) return;
    PlaceName place;
    place.begin = mention.head;
    place.end = mention.head + 1;
    // The name without what tells more about it: "northern Iraq".
    while (place.begin > mention.begin && Tok(place.begin - 1).upos == Upos::kPropn) place.begin--;
    while (place.end < mention.end && Tok(place.end).upos == Upos::kPropn) place.end++;
    place.country = code.code;
    place.city = mention.city;
    place.name = mention.city ? std::string(document_.Text(document_.SpanOfTokens(place.begin, place.end))) : actor->name;
    document_.places.push_back(std::move(place));
  }

  // "GENEVA", "CARACAS, Venezuela", "BEIRUT/DAMASCUS": the first that is known, read with the country after it.
  void Dateline() {
    std::string text = document_.dateline;
    std::replace(text.begin(), text.end(), '/', ',');
    const auto parts = Split(text, ',');
    codes_.clear();
    const auto country_of = [&](std::string_view part) -> const Actor* {
      const NameIndex& names = language_.actors.names();
      std::vector<std::string> words;
      NameIndex::SplitName(part, words);
      int node = 0;
      for (const std::string& word : words) {
        const int id = names.Word(word);
        node = id < 0 || node < 0 ? -1 : names.Walk(node, id);
        if (node < 0) return nullptr;
      }
      for (const NameEntry& entry : names.Entries(node)) {
        const Actor& actor = language_.actors.all()[entry.actor];
        if (actor.kind == ActorKind::kCountry && entry.kind == NameKind::kName) return &actor;
      }
      return nullptr;
    };
    EventPlace& place = document_.report_place;
    for (size_t i = 0; i < parts.size() && place.empty(); i++) {
      std::vector<std::string> words;
      NameIndex::SplitName(parts[i], words);
      std::vector<const ::entente::City*> found;
      language_.places.Find(Join(words, " "), found);
      const Actor* after = i + 1 < parts.size() ? country_of(parts[i + 1]) : nullptr;
      const ::entente::City* city = Choose(found, after == nullptr ? std::string_view() : std::string_view(after->code), nullptr);
      const Actor* country = country_of(parts[i]);
      if (city != nullptr && after != nullptr && city->country != after->code) city = nullptr;
      if (city != nullptr) {
        place.name = city->name;
        place.country = city->country;
        place.lat = city->lat;
        place.lon = city->lon;
        place.located = place.city = true;
      } else if (country != nullptr) {
        place.name = country->name;
        place.country = country->code;
      }
    }
    if (place.empty()) return;
    place.text = document_.dateline;
    place.how = "dateline";
  }

  Document& document_;
  const Language& language_;
  std::vector<int> mention_of_;  // of a country, by its head token
  std::vector<char> covered_;    // heads of other names
  StringMap<int> counts_;        // how often the report names a country or its people
  std::vector<std::string> codes_;  // countries of the sentence
};

}  // namespace

void FindPlaces(Document& document, const Language& language) {
  document.places.clear();
  document.report_place = {};
  PlaceFinder(document, language).Run();
}

}  // namespace entente
