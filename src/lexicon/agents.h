// SPDX-License-Identifier: Apache-2.0
// Nouns that name a kind of actor and compose with countries: "Colombian police".
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "lexicon/actors.h"

namespace entente {

class Ontology;

enum class Animacy : uint8_t { kPerson, kGroup, kThing };

struct Agent {
  std::string id, sector;
  std::vector<std::string> offices;  // the first that somebody holds counts: "president | head of state"
  Animacy animacy = Animacy::kPerson;
  char gender = 0;
  bool plural = false;         // the noun itself is plural ("troops")
  bool needs_country = false;
  bool needs_owner = false;  // as above, and nobody at all if nothing says whose: "the side"
  bool of_body = false;      // "members of the union": of the sector of what they are part of
  std::string or_sector;     // the sector instead, in reports that speak more of it
  ActorKind refers = ActorKind::kNone;  // "the country", "the bloc": what kind of actor is meant
};

class Agents {
 public:
  static Result<Agents> Load(const std::string& path, const Ontology& ontology,
                             std::vector<Problem>& problems);
  const std::vector<Agent>& all() const { return agents_; }
  // Names are lemmas; NameEntry::actor is an index into all().
  const NameIndex& nouns() const { return nouns_; }

 private:
  std::vector<Agent> agents_;
  NameIndex nouns_;
};

}  // namespace entente
