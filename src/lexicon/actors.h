// SPDX-License-Identifier: Apache-2.0
// Who is who: countries, people, organisations, groups and regions with their names and dated roles, and
// an index that finds names in a row of words. Immutable after loading; safe to use from many threads.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "base/text.h"
#include "document/document.h"
#include "lexicon/name_index.h"

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
  Date died;  // who dies in an office is told of by it: no former holder
  std::vector<Membership> members;
  std::string file;
  int line = 0;
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
