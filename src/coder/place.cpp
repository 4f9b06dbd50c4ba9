// SPDX-License-Identifier: Apache-2.0
#include "coder/place.h"

#include <algorithm>

#include "base/utf8.h"

namespace entente {
namespace {

constexpr int kMaxDepth = 4;

}  // namespace

PlaceReader::PlaceReader(const Document& document, const Sentence& sentence, const Language& language,
                         const FrameBuilder& frames, const Tree& tree)
    : document_(document), language_(language), frames_(frames), tree_(tree), place_at_(sentence.size(), -1) {
  auto at = std::partition_point(document.places.begin(), document.places.end(),
                                 [&](const PlaceName& place) { return place.end <= sentence.begin; });
  for (; at != document.places.end() && at->begin < sentence.end; ++at) {
    for (uint32_t t = std::max(at->begin, sentence.begin); t < std::min(at->end, sentence.end); t++) {
      place_at_[t - sentence.begin] = static_cast<int>(at - document.places.begin());
    }
  }
}

const PlaceName* PlaceReader::At(uint32_t token) const {
  const int index = place_at_[token - tree_.begin()];
  return index < 0 ? nullptr : &document_.places[static_cast<size_t>(index)];
}

// Names of places in a phrase, without what only tells more about it, and the unknown names that a noun such as
// "village" says to be places.
void PlaceReader::Collect(uint32_t head, int depth, std::vector<int>& found, std::vector<uint32_t>& unknown) const {
  if (depth > kMaxDepth) return;
  const Token& token = tree_[head];
  const int here = place_at_[head - tree_.begin()];
  if (here >= 0) found.push_back(here);
  const std::string lemma = ToLower(token.lemma);
  const bool place_noun = here >= 0 || language_.Is(lemma, Grammar::kPlaceNoun);
  const bool site = language_.Is(lemma, Grammar::kSite);
  const bool name = token.upos == Upos::kPropn && IsCapitalised(token.form);
  if (here < 0 && name && !place_noun) unknown.push_back(head);
  for (const uint32_t child : tree_.Children(head)) {
    const Token& below = tree_[child];
    switch (below.rel) {
      case Rel::kFlat:
      case Rel::kAppos:
        Collect(child, depth + 1, found, unknown);
        break;
      case Rel::kCompound:
        if (place_noun || site || name) Collect(child, depth + 1, found, unknown);
        break;
      case Rel::kAmod: {
        const int place = place_at_[child - tree_.begin()];
        if (place >= 0 && (place_noun || (site && document_.places[static_cast<size_t>(place)].city))) found.push_back(place);
        break;
      }
      case Rel::kNmod: {
        if (below.rel_sub == RelSub::kPoss) {
          if (place_noun || site) Collect(child, depth + 1, found, unknown);
          break;
        }
        const std::string_view preposition = frames_.Preposition(child);
        const bool inside = language_.Is(preposition, Grammar::kPlace);
        const bool of = language_.Is(preposition, Grammar::kOf) && place_noun;
        if (inside || of || (preposition.empty() && name)) Collect(child, depth + 1, found, unknown);
        break;
      }
      default: break;
    }
  }
}

EventPlace PlaceReader::Make(const PlaceName& name) const {
  EventPlace place;
  place.name = name.name;
  place.country = name.country;
  place.lat = name.lat;
  place.lon = name.lon;
  place.located = name.located;
  place.city = name.city;
  place.span = document_.SpanOfTokens(name.begin, name.end);
  place.text = std::string(document_.Text(place.span));
  return place;
}

EventPlace PlaceReader::Unknown(const std::vector<uint32_t>& tokens) const {
  uint32_t begin = tokens.front(), end = begin + 1;
  const auto part = [&](uint32_t t) {
    return tree_[t].upos == Upos::kPropn && IsCapitalised(tree_[t].form) && At(t) == nullptr &&
           !language_.Is(ToLower(tree_[t].lemma), Grammar::kPlaceNoun);
  };
  while (begin > tree_.begin() && part(begin - 1)) begin--;
  while (end < tree_.end() && part(end)) end++;
  EventPlace place;
  place.city = true;
  place.span = document_.SpanOfTokens(begin, end);
  place.text = std::string(document_.Text(place.span));
  place.name = place.text;
  return place;
}

EventPlace PlaceReader::OfPhrase(uint32_t head) const {
  std::vector<int> found;
  std::vector<uint32_t> unknown;
  Collect(head, 0, found, unknown);
  const PlaceName* city = nullptr;
  const PlaceName* country = nullptr;
  for (const int index : found) {
    const PlaceName& place = document_.places[static_cast<size_t>(index)];
    if (place.city && (city == nullptr || (!city->located && place.located))) city = &place;
    if (!place.city && country == nullptr) country = &place;
  }
  const bool place_noun = language_.Is(ToLower(tree_[head].lemma), Grammar::kPlaceNoun);
  if (city != nullptr && country != nullptr && city->country != country->country) {
    // "Blida, Lebanon" is not the Blida that is known.
    EventPlace place = Make(*city);
    place.name = place.text;
    place.country = country->country;
    place.located = false;
    return place;
  }
  if (city != nullptr) return Make(*city);
  // "the Kenyan capital"
  if (country != nullptr && language_.Is(ToLower(tree_[head].lemma), Grammar::kCapitalNoun) && unknown.empty()) {
    if (const entente::City* capital = language_.places.CapitalOf(country->country)) {
      EventPlace place = Make(*country);
      place.name = capital->name;
      place.lat = capital->lat;
      place.lon = capital->lon;
      place.located = place.city = true;
      place.span = document_.SpanOfTokens(std::min(head, country->begin), std::max(head + 1, country->end));
      place.text = std::string(document_.Text(place.span));
      return place;
    }
  }
  // "the village of Qana", "Qana, Lebanon": a name that only the phrase says to be a place.
  const bool typed = place_noun || std::any_of(unknown.begin(), unknown.end(), [&](uint32_t t) {
    return std::any_of(tree_.Children(t).begin(), tree_.Children(t).end(), [&](uint32_t child) {
      return language_.Is(ToLower(tree_[child].lemma), Grammar::kPlaceNoun);
    });
  });
  if (!unknown.empty() && (typed || (country != nullptr && country->begin > unknown.front()))) {
    EventPlace place = Unknown(unknown);
    if (country != nullptr) place.country = country->country;
    return place;
  }
  return country == nullptr ? EventPlace() : Make(*country);
}

EventPlace PlaceReader::BeforeNoun(uint32_t noun) const {
  for (const uint32_t child : tree_.Children(noun)) {
    if (tree_[child].rel != Rel::kCompound) continue;
    if (EventPlace place = OfName(child, false); !place.empty()) return place;
  }
  return {};
}

EventPlace PlaceReader::OfName(uint32_t token, bool countries) const {
  const PlaceName* name = At(token);
  return name != nullptr && (name->city || countries) ? Make(*name) : EventPlace();
}

}  // namespace entente
