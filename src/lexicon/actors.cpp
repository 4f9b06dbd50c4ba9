// SPDX-License-Identifier: Apache-2.0
#include "lexicon/actors.h"

#include <algorithm>

#include "base/file.h"
#include "base/utf8.h"
#include "lexicon/ontology.h"
#include "lexicon/records.h"

namespace entente {
namespace {

// The sector of somebody whose offices all lie in the past.
constexpr std::string_view kFormerSector = "ELI";
constexpr std::string_view kStateSector = "GOV";

ActorKind KindOf(std::string_view kind) {
  if (kind == "country" || kind == "territory") return ActorKind::kCountry;
  if (kind == "person") return ActorKind::kPerson;
  if (kind == "organisation" || kind == "agency" || kind == "company" || kind == "media") {
    return ActorKind::kOrganisation;
  }
  if (kind == "group" || kind == "party") return ActorKind::kGroup;
  if (kind == "region") return ActorKind::kRegion;
  return ActorKind::kNone;
}

bool IsUpperCode(std::string_view code) {
  return !code.empty() && std::all_of(code.begin(), code.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

}  // namespace

Result<Actors> Actors::Load(const std::string& folder, const std::string& language,
                            const Ontology& ontology, std::vector<Problem>& problems) {
  Actors out;
  const std::string suffix = language.empty() ? "" : "_" + language;
  const std::vector<std::string> paths = ListFiles(folder, ".rec", true);
  if (paths.empty()) return Error{ErrorCode::kNotFound, "holds no actor records", folder};
  for (const std::string& path : paths) {
    const auto file = ReadRecords(path, "actor", problems);
    if (!file) return file.error();
    for (const Record& record : file->records) {
      Actor actor;
      actor.id = record.Get("id");
      actor.code = record.Get("code");
      actor.type = record.Get("type");
      actor.kind = KindOf(record.Get("kind"));
      actor.territory = record.Get("kind") == "territory";
      actor.file = path;
      actor.line = record.line;
      const auto problem = [&](std::string_view field, std::string message) {
        problems.push_back({path, record.LineOf(field), std::move(message)});
      };
      if (actor.kind == ActorKind::kNone) {
        problem("kind", "unknown kind `" + std::string(record.Get("kind")) + "`");
      }
      if (!actor.code.empty() && !IsUpperCode(actor.code)) problem("code", "a code has A-Z, 0-9 and _ only");
      const auto names = record.List("name");
      if (!names.empty()) actor.name = names.front();
      if (record.Get("gender") == "m") actor.gender = 'm';
      if (record.Get("gender") == "f") actor.gender = 'f';
      if (!record.Get("died").empty()) {
        const auto died = ParseIsoDate(record.Get("died"));
        if (died) actor.died = *died;
        else problem("died", "not a date: `" + std::string(record.Get("died")) + "`");
      }
      for (const RecordField& field : record.fields) {
        if (field.name == "role") {
          const auto words = SplitWords(field.value);
          Role role;
          if (words.size() < 2) {
            problems.push_back({path, field.line, "a role is `CODE SECTOR RANGE office`"});
            continue;
          }
          role.code = words[0];
          role.sector = words[1];
          size_t next = 2;
          if (words.size() > 2 && (words[2].find("..") != std::string_view::npos ||
                                   (words[2][0] >= '0' && words[2][0] <= '9'))) {
            const auto range = ParseDateRange(words[2]);
            if (!range) {
              problems.push_back({path, field.line, "not a range of dates: `" + std::string(words[2]) + "`"});
            } else {
              role.range = *range;
            }
            next = 3;
          }
          for (; next < words.size(); next++) {
            if (role.office.empty() && words[next] == "acting") {
              role.acting = true;
              continue;
            }
            if (!role.office.empty()) role.office += ' ';
            role.office += words[next];
          }
          if (!ontology.HasSector(role.sector)) {
            problems.push_back({path, field.line, "unknown sector `" + role.sector + "`"});
          }
          actor.roles.push_back(std::move(role));
        } else if (field.name == "member") {
          const auto words = SplitWords(field.value);
          const auto range = words.size() > 1 ? ParseDateRange(words[1]) : DateRange{};
          if (words.empty() || !range) {
            problems.push_back({path, field.line, "a member is `CODE RANGE`"});
            continue;
          }
          actor.members.push_back({std::string(words[0]), *range});
        }
      }
      if (actor.kind != ActorKind::kCountry && actor.kind != ActorKind::kRegion && actor.roles.empty()) {
        problem("id", "`" + actor.id + "` has no role");
      }
      const auto index = static_cast<uint32_t>(out.actors_.size());
      if (const auto [it, fresh] = out.by_id_.emplace(actor.id, index); !fresh) {
        problem("id", "the id `" + actor.id + "` stands already in " + out.actors_[it->second].file);
      }
      if (!actor.code.empty()) out.by_code_.emplace(actor.code, index);
      for (uint32_t r = 0; r < actor.roles.size(); r++) {
        if (!actor.roles[r].office.empty()) {
          out.offices_[actor.roles[r].code + " " + actor.roles[r].office].emplace_back(index, r);
        }
      }
      const auto add = [&](const std::string& field, NameKind kind) {
        const auto all = record.All(field);
        for (const std::string_view value : all) {
          int i = 0;
          for (const std::string_view name : SplitList(value)) {
            const bool acronym = name.size() <= 8 && IsAllCapitals(name);
            out.names_.Add(name, {index, kind, acronym, IsCapitalised(name), kind == NameKind::kDemonym && i % 2 == 1});
            i++;
          }
        }
      };
      add("name", NameKind::kName);
      add("name" + suffix, NameKind::kName);
      add("short", NameKind::kShort);
      add("short" + suffix, NameKind::kShort);
      add("adjective" + suffix, NameKind::kAdjective);
      add("demonym" + suffix, NameKind::kDemonym);
      add("capital", NameKind::kCapital);
      add("city", NameKind::kCity);
      add("seat", NameKind::kSeat);
      out.actors_.push_back(std::move(actor));
    }
  }
  out.names_.Finish();
  for (const Actor& actor : out.actors_) {
    for (const Role& role : actor.roles) {
      if (out.by_code_.find(role.code) == out.by_code_.end()) {
        problems.push_back({actor.file, actor.line,
                            "`" + actor.id + "` has a role of `" + role.code + "`, which no record has as its code"});
      }
    }
  }
  return out;
}

const Actor* Actors::FindByCode(std::string_view code) const {
  const auto it = by_code_.find(code);
  return it == by_code_.end() ? nullptr : &actors_[it->second];
}

const Actor* Actors::FindById(std::string_view id) const {
  const auto it = by_id_.find(id);
  return it == by_id_.end() ? nullptr : &actors_[it->second];
}

const Actor* Actors::Holder(std::string_view code, std::string_view office, const Date& date) const {
  std::string key(code);
  key += ' ';
  key += office;
  const auto it = offices_.find(key);
  if (it == offices_.end()) return nullptr;
  const Actor* best = nullptr;
  Date best_from;
  for (const auto& [actor, role_index] : it->second) {
    const Role& role = actors_[actor].roles[role_index];
    if (date.known() && !role.range.Contains(date)) continue;
    if (best == nullptr || role.range.from > best_from) {
      best = &actors_[actor];
      best_from = role.range.from;
    }
  }
  return best;
}

const Role* Actors::RoleAt(const Actor& actor, const Date& date, bool& past) const {
  past = false;
  const Role* latest = nullptr;
  const Role* earliest = nullptr;
  for (const Role& role : actor.roles) {
    if (date.known()) {
      if (role.range.Contains(date)) return &role;
      if (role.range.to.known() && role.range.to.Last() < date.First() &&
          (latest == nullptr || latest->range.to < role.range.to)) {
        latest = &role;
      }
      if (earliest == nullptr || role.range.from < earliest->range.from) earliest = &role;
    } else if (latest == nullptr || (latest->range.to.known() && !role.range.to.known()) ||
               (latest->range.to.known() && latest->range.to < role.range.to)) {
      latest = &role;
    }
  }
  if (!date.known()) return latest;
  past = true;
  return latest != nullptr ? latest : earliest;
}

ActorCode Actors::CodeAt(const Actor& actor, const Date& date) const {
  ActorCode code;
  code.id = actor.id;
  code.name = actor.name;
  if (actor.kind == ActorKind::kCountry) {
    code.code = actor.code;
    code.sector = kStateSector;
    if (actor.territory && !actor.roles.empty()) {
      code.code = actor.roles.front().code;
      code.sector = actor.roles.front().sector;
    }
    return code;
  }
  if (actor.kind == ActorKind::kRegion) {
    code.code = actor.code;
    return code;
  }
  bool past = false;
  const Role* role = RoleAt(actor, date, past);
  if (actor.kind == ActorKind::kPerson) {
    if (role != nullptr) {
      code.code = role->code;
      const bool until_death = actor.died.known() && role->range.to.known() && role->range.to.Last() >= actor.died.First();
      code.sector = past && !until_death ? std::string(kFormerSector) : role->sector;
    }
    return code;
  }
  // Organisations and groups of several countries act under their own code, national ones under the
  // country's.
  if (role != nullptr) {
    code.code = role->code;
    code.sector = role->sector;
  }
  if (code.code.empty()) code.code = actor.code;
  return code;
}

std::vector<std::string> Actors::MembersAt(const Actor& actor, const Date& date) const {
  std::vector<std::string> members;
  for (const Membership& m : actor.members) {
    if (m.range.Contains(date)) members.push_back(m.member);
  }
  return members;
}

}  // namespace entente
