// SPDX-License-Identifier: Apache-2.0
// Reads where something took place off a phrase: "in the northern city of Kunduz", "at a market in Baghdad", "in
// Qana, Lebanon". Only what the phrase says: a country gives no coordinates.
#pragma once

#include <vector>

#include "coder/frame.h"

namespace entente {

class PlaceReader {
 public:
  PlaceReader(const Document& document, const Sentence& sentence, const Language& language, const FrameBuilder& frames,
              const Tree& tree);
  // The place of a phrase whose preposition says "where", by its head; empty if it is none.
  EventPlace OfPhrase(uint32_t head) const;
  // "the Geneva talks": the city before a noun that is an act.
  EventPlace BeforeNoun(uint32_t noun) const;
  // The city that a token names, or the country if those are wanted; empty if it names none.
  EventPlace OfName(uint32_t token, bool countries) const;

 private:
  void Collect(uint32_t head, int depth, std::vector<int>& found, std::vector<uint32_t>& unknown) const;
  const PlaceName* At(uint32_t token) const;
  EventPlace Make(const PlaceName& name) const;
  EventPlace Unknown(const std::vector<uint32_t>& tokens) const;

  const Document& document_;
  const Language& language_;
  const FrameBuilder& frames_;
  const Tree& tree_;
  std::vector<int> place_at_;  // index into document.places by token from the sentence's begin; -1
};

}  // namespace entente
