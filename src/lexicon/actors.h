// SPDX-License-Identifier: Apache-2.0
// Who is who: countries, people, organisations, groups and regions with their names and dated roles, and
// an index that finds names in a row of words. Immutable after loading; safe to use from many threads.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "base/text.h"
#include "document/document.h"

namespace entente {

class Ontology;

struct Role {
  std::string code, sector, office;
  DateRange range;
  bool acting = false;
};

struct Membership {
  std::string member;
  DateRange range;
};

struct Actor {
  std::string id, code, name, type;
  ActorKind kind = ActorKind::kNone;
  bool territory = false;
  char gender = 0;
  std::vector<Role> roles;
  std::vector<Membership> members;
  std::string file;
  int line = 0;
};

// What a name of the lexicon is to its actor.
enum class NameKind : uint8_t { kName, kShort, kAdjective, kDemonym, kCapital, kCity, kSeat };

struct NameEntry {
  uint32_t actor = 0;
  NameKind kind = NameKind::kName;
  // The words' case in the name: acronyms and capitalised names are matched with regard to it.
  bool acronym = false;  // all capitals
  bool capital = false;  // begins with a capital
  bool plural = false;   // of a demonym
};

// Names as a trie over folded words ("al-Shabaab" and "al Shabaab" are the same two words).
class NameIndex {
 public:
  void Add(std::string_view name, NameEntry entry);
  // Splits as names and texts are split for matching: at spaces, hyphens and apostrophes; periods drop.
  static void SplitName(std::string_view text, std::vector<std::string>& words);

  // Word id for walking; -1 if no name has the word. `folded` as SplitName makes it.
  int Word(std::string_view folded) const;
  // Child of a node (0 is the root) by word; -1 if none.
  int Walk(int node, int word) const;
  const std::vector<NameEntry>& Entries(int node) const { return nodes_[node]; }

 private:
  StringMap<int> words_;
  std::unordered_map<uint64_t, int> edges_;
  std::vector<std::vector<NameEntry>> nodes_{1};
};

class Actors {
 public:
  // Reads every .rec of the folder. `language` is the suffix of the fields that hold names in the
  // language ("es": name_es, adjective_es); empty for the language of the plain fields.
  static Result<Actors> Load(const std::string& folder, const std::string& language,
                             const Ontology& ontology, std::vector<Problem>& problems);

  const std::vector<Actor>& all() const { return actors_; }
  const NameIndex& names() const { return names_; }
  const Actor* FindByCode(std::string_view code) const;  // countries, organisations, groups, regions
  const Actor* FindById(std::string_view id) const;
  // Who held an office of a country or organisation at a date; null if not known. An unknown date asks
  // for the latest holder.
  const Actor* Holder(std::string_view code, std::string_view office, const Date& date) const;
  // The role of an actor at a date: the active one that comes first; else the one that ended last (then
  // `past` is set); else null.
  const Role* RoleAt(const Actor& actor, const Date& date, bool& past) const;
  // The codes of an actor at a date, as an event shows them.
  ActorCode CodeAt(const Actor& actor, const Date& date) const;
  // Members of an organisation or region at a date.
  std::vector<std::string> MembersAt(const Actor& actor, const Date& date) const;

 private:
  std::vector<Actor> actors_;
  NameIndex names_;
  StringMap<uint32_t> by_code_, by_id_;
  StringMap<std::vector<std::pair<uint32_t, uint32_t>>> offices_;  // "VEN head of state" -> actor, role
};

}  // namespace entente
