// SPDX-License-Identifier: Apache-2.0
#include "linker/linker.h"

#include <algorithm>
#include <map>
#include <span>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "base/utf8.h"
#include "document/tree.h"
#include "linker/coreference.h"
#include "linker/matcher.h"
#include "linker/places.h"
#include "linker/role_date.h"

namespace entente {
namespace {

constexpr int kCommonSurname = 4;  // so many people of the lexicon bear it
constexpr double kSpokenOf = 0.3;
constexpr int kYearsToFirstRole = 15;
constexpr std::string_view kStateSector = "GOV", kBlocSector = "IGO", kPeopleSector = "CVL",
                           kFormerSector = "ELI", kFaithSector = "REL", kPoliceSector = "COP", kArmySector = "MIL",
                           kRebelSector = "REB", kPartySector = "PTY";
constexpr std::string_view kHeadOfState = "head of state", kHeadOfGovernment = "head of government";
constexpr int kMaxDepth = 3;
constexpr int kLeastOfMain = 3, kOfDateline = 2;
constexpr double kShareOfMain = 0.4, kShareOfDateline = 0.25;
constexpr size_t kShortAcronym = 3;

// A match with what it was taken for.
struct Linked {
  NameMatch match;
  const Actor* actor = nullptr;  // names
  const Agent* agent = nullptr;  // agent nouns
  NameKind name_kind = NameKind::kName;
  bool plural = false;
  bool dropped = false;   // part of a longer, unknown name
  bool absorbed = false;  // part of another mention
};

// What the whole document has said so far.
struct Known {
  std::unordered_set<uint32_t> introduced;               // actors named in full
  StringMap<ActorCode> surnames;                         // people that no record knows: "Paet" -> EST GOV
  StringMap<uint32_t> bearers;                           // surnames of those named in full
  std::unordered_set<std::string> doubles;               // "barco vargas" of "Virgilio Barco Vargas"
  std::unordered_set<std::string> strangers;             // surnames of people of whom it tells the given name only
  std::unordered_set<std::string>
      codes;  // countries and bodies that it speaks of, the dateline's too
  std::unordered_set<std::string> home;  // of the dateline alone
  Date date;  // at which the roles of those it names are looked up
  StringMap<int> sectors;  // how often its nouns are of a sector
};

class SentenceLinker {
 public:
  SentenceLinker(Document& document, const Sentence& sentence, const Language& language,
                 std::vector<NameMatch> matches, Known& known)
      : document_(document), language_(language), tree_(document, sentence), known_(known) {
    at_.assign(sentence.size(), -1);
    for (NameMatch& match : matches) {
      Linked linked;
      linked.match = match;
      const auto index = static_cast<int>(linked_.size());
      for (uint32_t t = match.begin; t < match.end; t++) at_[t - tree_.begin()] = index;
      linked_.push_back(linked);
    }
  }

  void Run() {
    for (Linked& linked : linked_) Choose(linked);
    for (Linked& linked : linked_) DropParts(linked);
    for (Linked& linked : linked_) DropForeignShorts(linked);
    LinkUnknownNames();
    for (size_t i = 0; i < linked_.size(); i++) {
      if (linked_[i].agent != nullptr) AbsorbNames(linked_[i]);
    }
    for (size_t i = 0; i < linked_.size(); i++) MakeMention(linked_[i]);
    MakeUnknownNames();
    MakePronouns();
    MakeNumbers();
  }

 private:
  const Token& Tok(uint32_t t) const { return document_.tokens[t]; }
  Linked* At(uint32_t t) {
    const int index = at_[t - tree_.begin()];
    return index < 0 ? nullptr : &linked_[index];
  }
  // The match whose head is this token; null if it is inside another or none.
  Linked* HeadedBy(uint32_t t) {
    Linked* linked = At(t);
    return linked != nullptr && linked->match.head == t && !linked->dropped ? linked : nullptr;
  }
  std::string_view CaseLemma(uint32_t t) const {
    const int c = tree_.Child(t, Rel::kCase);
    return c < 0 ? std::string_view() : Tok(c).lemma;
  }

  // "On May 29" is no Theresa May.
  bool IsDate(const Linked& linked) const {
    if (linked.match.end - linked.match.begin != 1) return false;
    const uint32_t t = linked.match.head;
    const DateWord* word = language_.dates.Find(ToLower(Tok(t).form));
    if (word == nullptr || (!word->month && !word->weekday)) return false;
    const bool number_after = t + 1 < tree_.end() && Tok(t + 1).upos == Upos::kNum;
    const bool number_before = t > tree_.begin() && Tok(t - 1).upos == Upos::kNum;
    return number_after || number_before || tree_.Child(t, Rel::kCase) >= 0;
  }

  // The first role of somebody came so long after the report that it means another of that name.
  bool IsLongBefore(const Actor& actor) const {
    return known_.date.known() && std::all_of(actor.roles.begin(), actor.roles.end(), [&](const Role& role) {
      return role.range.from.known() && role.range.from.year > known_.date.year + kYearsToFirstRole;
    });
  }

  // Which actor a name means here.
  void Choose(Linked& linked) {
    if (linked.match.agent) {
      linked.agent = &language_.agents.all()[linked.match.entries.front().actor];
      const Token& head = Tok(linked.match.head);
      linked.plural = linked.agent->plural || (head.morph & morph::kPlur) != 0;
      return;
    }
    if (IsDate(linked)) {
      linked.dropped = true;
      return;
    }
    double best = 0;
    const auto namesakes = std::count_if(linked.match.entries.begin(), linked.match.entries.end(), [&](const NameEntry& entry) {
      return entry.kind == NameKind::kShort && language_.actors.all()[entry.actor].kind == ActorKind::kPerson;
    });
    for (const NameEntry& entry : linked.match.entries) {
      const Actor& actor = language_.actors.all()[entry.actor];
      double score = 0;
      switch (entry.kind) {
        case NameKind::kName: score = 10; break;
        case NameKind::kAdjective:
        case NameKind::kDemonym: score = 9; break;
        case NameKind::kSeat: score = 8; break;
        case NameKind::kCapital: score = 7; break;
        case NameKind::kCity: score = 5; break;
        case NameKind::kShort: score = 6; break;
      }
      bool past = false;
      const Role* role = language_.actors.RoleAt(actor, known_.date, past);
      if (role != nullptr && past && actor.kind == ActorKind::kPerson && IsLongBefore(actor)) continue;
      if (role != nullptr && !past) score += role->office.empty() ? 1.5 : 1.8;
      const bool leads = role != nullptr && !past && (role->office == kHeadOfState || role->office == kHeadOfGovernment);
      if (leads) score += 0.7;
      const bool introduced = known_.introduced.count(entry.actor) > 0;
      if (introduced) score += 5;
      const bool titled = HasTitle(linked, actor);
      if (titled) score += 4;
      if (entry.kind == NameKind::kShort && !introduced && !titled && (role == nullptr || past)) continue;
      // Letters of a body that is no more may be anything.
      if (entry.acronym && past && role != nullptr && !introduced && known_.codes.count(role->code) == 0) continue;
      if (linked.match.all_capitals && !introduced && !titled &&
          IsFarWord(linked, entry, actor, role, namesakes, leads))
        continue;
      // A surname of many says nothing unless the report has told whose it is.
      if (entry.kind == NameKind::kShort && !introduced && !titled && !leads && namesakes >= kCommonSurname) continue;
      // A surname that this report has given to somebody else.
      if ((!introduced || entry.kind == NameKind::kCity) && IsOfAnother(linked, entry, titled && leads)) continue;
      if (entry.kind == NameKind::kShort && actor.kind != ActorKind::kPerson && !introduced) score -= 3;
      const bool adjective_here = Tok(linked.match.head).upos == Upos::kAdj;
      if (adjective_here && entry.kind == NameKind::kAdjective) score += 1;
      if (!adjective_here && entry.kind == NameKind::kDemonym) score += 1;
      if (actor.territory) score -= 0.5;
      // Of several that bear the name the one of whose country the report speaks, or better comes from.
      if (linked.match.entries.size() > 1 && role != nullptr) {
        if (known_.codes.count(role->code) > 0) score += kSpokenOf;
        if (known_.home.count(role->code) > 0) score += kSpokenOf;
      }
      if (score > best) {
        best = score;
        linked.actor = &actor;
        linked.name_kind = entry.kind;
        linked.plural = entry.plural || (Tok(linked.match.head).morph & morph::kPlur) != 0;
      }
    }
    if (linked.actor == nullptr && linked.match.end - linked.match.begin == 1) {
      const auto bearer = known_.bearers.find(Fold(Tok(linked.match.head).form));
      if (bearer != known_.bearers.end()) {
        linked.actor = &language_.actors.all()[bearer->second];
        linked.name_kind = NameKind::kShort;
      }
    }
    if (linked.actor == nullptr) Drop(linked);
  }

  // A surname, or a city named like one, that this report has given to somebody else.
  bool IsOfAnother(const Linked& linked, const NameEntry& entry, bool leader) const {
    if (linked.match.end - linked.match.begin != 1) return false;
    const std::string word = Fold(Tok(linked.match.head).form);
    if (entry.kind == NameKind::kCity) return known_.surnames.count(word) > 0 || known_.bearers.count(word) > 0;
    if (entry.kind != NameKind::kShort) return false;
    if (known_.surnames.count(word) > 0) return true;
    if (language_.actors.all()[entry.actor].kind != ActorKind::kPerson) return false;
    return known_.bearers.count(word) > 0 || (!leader && known_.strangers.count(word) > 0);
  }

  // In capitals "DR", "LIBERATION", "PONCE" and "MAJOR" may be anything: what is one word or short
  // is a name only if the report speaks of its country.
  bool IsFarWord(const Linked& linked, const NameEntry& entry, const Actor& actor, const Role* role,
                 ptrdiff_t namesakes, bool leads) const {
    const bool one = linked.match.end - linked.match.begin == 1;
    const std::string& code = role != nullptr ? role->code : actor.code;
    switch (actor.kind) {
      case ActorKind::kCountry:
        if (entry.kind != NameKind::kCity &&
            (entry.kind != NameKind::kDemonym || Tok(linked.match.head).upos != Upos::kNoun)) {
          return false;
        }
        break;
      case ActorKind::kPerson:
        if (entry.kind != NameKind::kShort || !one || (leads && namesakes < kCommonSurname))
          return false;
        // Whom nothing has introduced is of where the report comes from, or has led a state.
        if (!known_.home.empty() && std::none_of(actor.roles.begin(), actor.roles.end(), [](const Role& had) {
              return had.office == kHeadOfState || had.office == kHeadOfGovernment;
            })) {
          return known_.home.count(code) == 0;
        }
        break;
      case ActorKind::kRegion:
        return false;
      default:
        // "The Social Democratic Party", "the Patriotic Front": many countries have one.
        if (entry.kind == NameKind::kName && !one) {
          return actor.kind == ActorKind::kGroup && role != nullptr && role->sector == kPartySector &&
                 known_.codes.count(code) == 0;
        }
        if (entry.acronym && ((Tok(linked.match.head).form.size() > kShortAcronym &&
              Tok(linked.match.head).upos == Upos::kPropn) ||
                              role == nullptr || role->code == actor.code)) {
          return false;
        }
        if (entry.kind != NameKind::kShort && role != nullptr && role->sector == kFaithSector)
          return false;
    }
    return !code.empty() && known_.codes.count(code) == 0;
  }

  // It is no actor: its words are free for other readings.
  void Drop(Linked& linked) {
    linked.dropped = true;
    for (uint32_t t = linked.match.begin; t < linked.match.end; t++) at_[t - tree_.begin()] = -1;
  }

  // An agent noun with an office that the person has had: "President Duque".
  bool HasTitle(const Linked& linked, const Actor& actor) {
    if (actor.kind != ActorKind::kPerson || linked.match.begin == tree_.begin()) return false;
    const Linked* before = At(linked.match.begin - 1);
    if (before == nullptr || !before->match.agent) return false;
    const Agent& agent = language_.agents.all()[before->match.entries.front().actor];
    if (agent.offices.empty()) return agent.sector == kStateSector;
    return std::any_of(actor.roles.begin(), actor.roles.end(),
                       [&](const Role& role) {
                         return std::find(agent.offices.begin(), agent.offices.end(), role.office) != agent.offices.end();
                       });
  }

  bool IsNamePart(uint32_t t) {
    return t >= tree_.begin() && t < tree_.end() && Tok(t).upos == Upos::kPropn && At(t) == nullptr &&
           IsCapitalised(Tok(t).form);
  }

  uint32_t ActorIndex(const Actor& actor) const {
    return static_cast<uint32_t>(&actor - language_.actors.all().data());
  }

  // "Spaniard", "Frenchman": somebody of that country, whatever name follows.
  static bool IsNative(const Linked& linked) {
    return linked.name_kind == NameKind::kDemonym &&
           std::none_of(linked.match.entries.begin(), linked.match.entries.end(),
                        [](const NameEntry& entry) { return entry.kind == NameKind::kAdjective; });
  }

  // "Michael Jordan", "Paris Hilton", "China Daily": a one-word name beside unknown capitalised words that
  // the tree ties to it is part of their name.
  void DropParts(Linked& linked) {
    if (linked.dropped || linked.actor == nullptr) return;
    const uint32_t head = linked.match.head;
    const auto tied = [&](uint32_t other) {
      if (!IsNamePart(other)) return false;
      const auto joins = [&](const Token& token) {
        return token.rel == Rel::kFlat || token.rel == Rel::kCompound;
      };
      return (Tok(other).head == static_cast<int32_t>(head) && joins(Tok(other))) ||
             (Tok(head).head == static_cast<int32_t>(other) && joins(Tok(head)));
    };
    const bool person = linked.actor->kind == ActorKind::kPerson;
    if (linked.match.end - linked.match.begin > 1 && !person) return;
    if (linked.name_kind == NameKind::kAdjective || IsNative(linked)) return;
    if (person && linked.name_kind != NameKind::kShort) return;
    // Beside a surname any unknown capitalised word is part of a name, whatever the tree says.
    const auto beside = [&](uint32_t other) {
      if (tied(other)) return true;
      return person && IsNamePart(other) && language_.dates.Find(ToLower(Tok(other).form)) == nullptr;
    };
    const bool before = linked.match.begin > tree_.begin() && beside(linked.match.begin - 1);
    const bool after = linked.match.end < tree_.end() && beside(linked.match.end);
    // "Barco Vargas" after "Virgilio Barco": the surname of his mother.
    if (person && after && !before && known_.introduced.count(ActorIndex(*linked.actor)) > 0 &&
        known_.doubles.count(Fold(Tok(head).form) + " " + Fold(Tok(linked.match.end).form)) > 0) {
      at_[linked.match.end - tree_.begin()] = static_cast<int>(&linked - linked_.data());
      linked.match.end++;
      return;
    }
    if (before && person && known_.introduced.count(ActorIndex(*linked.actor)) == 0) {
      known_.strangers.insert(Fold(Tok(head).form));
    }
    // A country before an unknown person's name with a title between is handled by the tree: they are not tied to
    // one another.
    if (before || after) Drop(linked);
  }

  // "The UN Commission" is not the Commission that goes by this short name alone.
  void DropForeignShorts(Linked& linked) {
    if (linked.dropped || linked.actor == nullptr || linked.name_kind != NameKind::kShort ||
        linked.actor->kind != ActorKind::kOrganisation)
      return;
    if (linked.match.begin == tree_.begin()) return;
    uint32_t last = linked.match.begin - 1;
    if (Tok(last).upos == Upos::kPart && last > tree_.begin()) last--;
    const Linked* before = At(last);
    if (before == nullptr || before->dropped || before->actor == nullptr ||
        before->actor == linked.actor)
      return;
    const Token& token = Tok(before->match.head);
    if (token.head != static_cast<int32_t>(linked.match.head) ||
        (token.rel != Rel::kCompound && token.rel != Rel::kAmod &&
         (token.rel != Rel::kNmod || token.rel_sub != RelSub::kPoss)))
      return;
    linked.dropped = true;
    for (uint32_t t = linked.match.begin; t < linked.match.end; t++) at_[t - tree_.begin()] = -1;
  }

  bool IsOwnerKind(const Linked& linked) const {
    return linked.actor != nullptr && !linked.dropped;
  }

  // "an Italian was kidnapped": an adjective that stands for somebody.
  bool IsOneOfThem(const Linked& linked) const {
    if (linked.name_kind != NameKind::kAdjective || linked.actor->kind != ActorKind::kCountry) return false;
    const Rel rel = Tok(linked.match.head).rel;
    if (rel == Rel::kAmod || rel == Rel::kCompound || rel == Rel::kFlat || rel == Rel::kDet) return false;
    const int det = tree_.Child(linked.match.head, Rel::kDet);
    return det >= 0 && (Tok(det).morph & (morph::kDefinite | morph::kDem)) == 0;
  }

  ActorCode CodeOf(const Linked& linked) const {
    ActorCode code = language_.actors.CodeAt(*linked.actor, known_.date);
    if (linked.name_kind == NameKind::kDemonym || IsOneOfThem(linked)) code.sector = kPeopleSector;
    return code;
  }

  // Countries, organisations, people that an agent noun belongs to.
  void Owners(uint32_t head, int depth, std::vector<ActorCode>& owners, std::vector<Linked*>& used,
              int32_t& pronoun) {
    if (depth > kMaxDepth) return;
    for (const uint32_t child : tree_.Children(head)) {
      const Token& token = Tok(child);
      bool candidate = token.rel == Rel::kAmod || token.rel == Rel::kCompound || token.rel == Rel::kFlat ||
                       (token.rel == Rel::kNmod && token.rel_sub == RelSub::kPoss) ||
                       (token.rel == Rel::kDet && token.upos == Upos::kAdj);
      if (token.rel == Rel::kNmod && token.rel_sub != RelSub::kPoss) {
        const std::string_view preposition = CaseLemma(child);
        candidate = language_.Is(preposition, Grammar::kOf) || language_.Is(preposition, Grammar::kFrom) ||
                    (language_.Is(preposition, Grammar::kPlace) && owners.empty());
      }
      if (!candidate) continue;
      if (token.upos == Upos::kPron && token.rel == Rel::kNmod) {
        pronoun = static_cast<int32_t>(child);
        continue;
      }
      for (const uint32_t conjunct : tree_.Conjuncts(child)) {
        Linked* linked = HeadedBy(conjunct);
        if (linked == nullptr) {
          // "the south of Sudan", "the Iraqi city of Mosul": look one deeper.
          // "Spokeswoman Ana Pérez of the Chilean ministry": the phrase may hang on the name.
          if ((token.rel == Rel::kNmod || (token.rel == Rel::kFlat && child > head)) && conjunct == child) Owners(conjunct, depth + 1, owners, used, pronoun);
          continue;
        }
        if (linked->agent != nullptr) {
          if (token.rel == Rel::kFlat) continue;
          Owners(conjunct, depth + 1, owners, used, pronoun);
          if (token.rel == Rel::kCompound || token.rel == Rel::kAmod) used.push_back(linked);
        } else if (IsOwnerKind(*linked) && !(linked->actor->kind == ActorKind::kPerson && token.rel == Rel::kFlat)) {
          ActorCode code = language_.actors.CodeAt(*linked->actor, known_.date);
          if (std::find(owners.begin(), owners.end(), code) == owners.end()) owners.push_back(code);
          used.push_back(linked);
        }
      }
    }
  }

  // A person's name that belongs to the agent noun as its title or apposition.
  Linked* PersonOf(const Linked& title, bool& apposition) {
    const uint32_t head = title.match.head;
    // A title right before a name is its title, whatever the tree says.
    if (title.match.end < tree_.end()) {
      Linked* next = At(title.match.end);
      if (next != nullptr && next->match.begin == title.match.end && next->actor != nullptr && !next->dropped &&
          next->actor->kind == ActorKind::kPerson && next->name_kind != NameKind::kAdjective && !title.plural) {
        return next;
      }
    }
    const auto person = [&](uint32_t t) -> Linked* {
      Linked* linked = HeadedBy(t);
      return linked != nullptr && linked->actor != nullptr && linked->actor->kind == ActorKind::kPerson
                 ? linked : nullptr;
    };
    for (const uint32_t child : tree_.Children(head)) {
      const Rel rel = Tok(child).rel;
      if (rel != Rel::kFlat && rel != Rel::kAppos && rel != Rel::kCompound) continue;
      if (Linked* linked = person(child)) {
        apposition = rel == Rel::kAppos;
        return linked;
      }
    }
    if (tree_.HasHead(head)) {
      const Rel rel = Tok(head).rel;
      if (rel == Rel::kFlat || rel == Rel::kAppos || rel == Rel::kCompound || rel == Rel::kNmod) {
        if (Linked* linked = person(tree_.Head(head)); linked != nullptr && (rel != Rel::kNmod || title.match.end == linked->match.begin)) {
          apposition = rel == Rel::kAppos;
          return linked;
        }
      }
    }
    return nullptr;
  }

  void AbsorbNames(Linked& agent) {
    bool apposition = false;
    if (Linked* person = PersonOf(agent, apposition)) {
      // The person's mention covers the title.
      agent.absorbed = true;
      (void)person;
    }
  }

  // The sector of a noun in this report: "officers" are soldiers where it speaks more of the army than of the police.
  const std::string& SectorIn(const Agent& agent) const {
    if (agent.or_sector.empty()) return agent.sector;
    const auto said = [&](const std::string& sector) {
      const auto it = known_.sectors.find(sector);
      return it == known_.sectors.end() ? 0 : it->second;
    };
    return said(agent.or_sector) > said(agent.sector) ? agent.or_sector : agent.sector;
  }

  // What a noun is part of: "army officers", "members of the union", as `take` gives it.
  template <class Take>
  std::string SectorOfParts(uint32_t head, const Take& take) {
    std::string nearest, owned;
    for (const uint32_t child : tree_.Children(head)) {
      const Token& token = Tok(child);
      const bool before = child < head && (token.rel == Rel::kCompound || token.rel == Rel::kAmod);
      const bool of = token.rel == Rel::kNmod && token.rel_sub != RelSub::kPoss && language_.Is(CaseLemma(child), Grammar::kOf);
      if (!before && !of) continue;
      const Linked* body = HeadedBy(child);
      if (body == nullptr) continue;
      std::string sector = take(*body, before);
      if (sector.empty()) continue;
      // Of several nouns before it the last is the one that counts.
      if (before) nearest = std::move(sector);
      else if (owned.empty()) owned = std::move(sector);
    }
    return nearest.empty() ? owned : nearest;
  }

  // The sector of a body; "" of a country, a region or a thing.
  std::string SectorOf(const Linked& body, int depth) {
    if (body.agent != nullptr) {
      if (body.agent->animacy == Animacy::kThing) return {};
      const std::string of_body = depth < kMaxDepth ? SectorOfBody(body.match.head, *body.agent, depth + 1) : "";
      return of_body.empty() ? SectorIn(*body.agent) : of_body;
    }
    const ActorKind kind = body.actor->kind;
    if (kind == ActorKind::kCountry || kind == ActorKind::kRegion || kind == ActorKind::kPerson) return {};
    return language_.actors.CodeAt(*body.actor, known_.date).sector;
  }

  // "the head of the company", "union leaders", "members of the police": a title of state over a body that is none of the
  // state's, and whoever is only said to be of a body, take its sector; "" if there is none.
  std::string SectorOfBody(uint32_t head, const Agent& agent, int depth = 0) {
    if (agent.of_body || agent.refers == ActorKind::kGroup || agent.refers == ActorKind::kOrganisation) {
      return SectorOfParts(head, [&](const Linked& body, bool) { return SectorOf(body, depth); });
    }
    if (agent.sector == kPoliceSector && agent.animacy == Animacy::kPerson) {
      // "army officers", "officers of the armed forces": soldiers.
      return SectorOfParts(head, [&](const Linked& body, bool) {
        const std::string sector = body.agent != nullptr ? body.agent->sector : SectorOf(body, depth);
        return sector == kArmySector ? sector : std::string();
      });
    }
    if (agent.sector == kArmySector) {
      // "guerrilla commandos": no soldiers of a state.
      return SectorOfParts(head, [&](const Linked& body, bool before) {
        const bool rebels = before && body.agent != nullptr && body.agent->sector == kRebelSector &&
                            tree_.Children(body.match.head).empty();
        return std::string(rebels ? kRebelSector : std::string_view());
      });
    }
    if (agent.sector != kStateSector || agent.animacy != Animacy::kPerson) return {};
    return SectorOfParts(head, [&](const Linked& body, bool) -> std::string {
      if (body.agent == nullptr || body.agent->animacy == Animacy::kThing || body.agent->needs_country ||
          body.agent->refers != ActorKind::kNone) {
        return {};
      }
      const std::string sector = SectorOf(body, depth);
      return sector != kStateSector && sector != kBlocSector && sector != kPeopleSector ? sector : std::string();
    });
  }

  // "FUTH president Hernandez", "AVC leaders": of a body that no record knows, not of the state.
  bool IsOfUnknownBody(const Linked& title) const {
    const Agent& agent = *title.agent;
    if (agent.sector != kStateSector || agent.animacy != Animacy::kPerson || agent.needs_country) return false;
    const bool any_body = agent.offices.empty() ||
                          std::find(agent.offices.begin(), agent.offices.end(), kHeadOfState) != agent.offices.end();
    if (!any_body || title.match.begin == tree_.begin()) return false;
    const uint32_t before = title.match.begin - 1;
    const Token& token = Tok(before);
    const int index = at_[before - tree_.begin()];
    return index < 0 && token.upos == Upos::kPropn && token.form.size() >= kShortAcronym && IsCapitalised(token.form) &&
           (token.rel == Rel::kCompound || token.rel == Rel::kAmod) &&
           token.head == static_cast<int32_t>(title.match.head);
  }

  // "an army of ants": a word for many, not an army.
  bool IsOnlyMany(uint32_t head) {
    bool indefinite = false, many = false;
    for (const uint32_t child : tree_.Children(head)) {
      const Token& token = Tok(child);
      if (token.rel == Rel::kDet)
        indefinite = (token.morph & (morph::kDefinite | morph::kDem)) == 0;
      if (token.rel == Rel::kAmod || token.rel == Rel::kCompound ||
          (token.rel == Rel::kNmod && token.rel_sub == RelSub::kPoss))
        return false;
      if (token.rel != Rel::kNmod || !language_.Is(CaseLemma(child), Grammar::kOf)) continue;
      if (token.upos != Upos::kNoun || (token.morph & morph::kPlur) == 0 ||
          tree_.Child(child, Rel::kAmod) >= 0)
        return false;
      many = At(child) == nullptr;
    }
    return indefinite && many;
  }

  ActorCode Compose(const Agent& agent, const ActorCode& owner, const Actor* owner_actor) const {
    ActorCode code;
    code.code = owner.code;
    code.id = "";
    code.sector = SectorIn(agent);
    const ActorKind kind = owner_actor == nullptr ? ActorKind::kNone : owner_actor->kind;
    if (kind == ActorKind::kGroup || (kind == ActorKind::kOrganisation && (agent.sector == kStateSector || agent.needs_country))) {
      code.sector = owner.sector;
    }
    if (kind == ActorKind::kPerson && agent.sector != kStateSector && owner.sector != kStateSector) {
      code.sector = agent.sector;
    }
    return code;
  }

  // The tokens of the phrase around a head: its subtree without what tells more about it.
  void Extent(uint32_t head, uint32_t must_begin, uint32_t must_end, uint32_t& begin, uint32_t& end) {
    begin = std::min(head, must_begin);
    end = std::max(head + 1, must_end);
    const auto take = [&](uint32_t from, uint32_t to) {
      begin = std::min(begin, from);
      end = std::max(end, to);
    };
    for (const uint32_t child : tree_.Children(head)) {
      const Token& token = Tok(child);
      switch (token.rel) {
        case Rel::kDet:
        case Rel::kAmod:
        case Rel::kCompound:
        case Rel::kFlat:
        case Rel::kNummod:
          SubtreeRange(child, take);
          break;
        case Rel::kNmod:
          if (token.rel_sub == RelSub::kPoss || language_.Is(CaseLemma(child), Grammar::kOf)) {
            SubtreeRange(child, take);
          }
          break;
        default: break;
      }
    }
  }

  template <class Take>
  void SubtreeRange(uint32_t top, const Take& take) {
    std::vector<uint32_t> stack{top};
    while (!stack.empty()) {
      const uint32_t t = stack.back();
      stack.pop_back();
      take(t, t + 1);
      for (const uint32_t child : tree_.Children(t)) {
        const Rel rel = Tok(child).rel;
        if (rel == Rel::kAcl || rel == Rel::kAppos || rel == Rel::kPunct || rel == Rel::kAdvcl ||
            rel == Rel::kParataxis || (rel == Rel::kConj && t == top && Tok(top).rel == Rel::kFlat)) {
          continue;
        }
        stack.push_back(child);
      }
    }
  }

  int32_t CountOf(uint32_t head) const {
    for (const uint32_t child : tree_.Children(head)) {
      if (Tok(child).rel != Rel::kNummod) continue;
      std::vector<std::string> words;
      for (const uint32_t part : tree_.Children(child)) {
        if (part < child && (Tok(part).rel == Rel::kCompound || Tok(part).rel == Rel::kNummod)) {
          words.push_back(ToLower(Tok(part).form));
        }
      }
      words.push_back(ToLower(Tok(child).form));
      if (const auto value = language_.numbers.Value(words)) {
        return static_cast<int32_t>(std::min<int64_t>(*value, 2'000'000'000));
      }
    }
    return 0;
  }

  void FillCommon(Mention& mention, uint32_t head) {
    mention.head = head;
    mention.count = CountOf(head);
    for (const uint32_t child : tree_.Children(head)) {
      if (Tok(child).rel == Rel::kDet && (Tok(child).morph & (morph::kDefinite | morph::kDem)) != 0) {
        mention.definite = true;
      }
    }
    mention.as_place = language_.Is(CaseLemma(head), Grammar::kPlace) && Tok(head).rel != Rel::kNsubj;
    const Token& token = Tok(head);
    mention.modifier = token.rel == Rel::kAmod || token.rel == Rel::kCompound || token.rel == Rel::kDet ||
                       (token.rel == Rel::kNmod && token.rel_sub == RelSub::kPoss);
    if (token.rel == Rel::kConj && tree_.HasHead(head)) {
      const Token& first = Tok(tree_.Head(head));
      mention.modifier = first.rel == Rel::kAmod || first.rel == Rel::kCompound;
      mention.as_place = language_.Is(CaseLemma(tree_.Head(head)), Grammar::kPlace) && first.rel != Rel::kNsubj &&
                         CaseLemma(head).empty();
    }
  }

  // "A former minister".
  bool IsFormer(uint32_t head) const {
    const auto children = tree_.Children(head);
    return std::any_of(children.begin(), children.end(), [&](uint32_t child) {
      return Tok(child).rel == Rel::kAmod && language_.Is(ToLower(Tok(child).lemma), Grammar::kFormer);
    });
  }

  // "Foreign journalists", "the foreigners".
  bool IsForeign(const Linked& linked) const {
    const uint32_t head = linked.match.head;
    const auto children = tree_.Children(head);
    return language_.Is(ToLower(Tok(head).lemma), Grammar::kForeign) ||
           std::any_of(children.begin(), children.end(), [&](uint32_t child) {
             // "the foreign minister" is no foreigner.
             const bool outside = child < linked.match.begin || child >= linked.match.end ||
                                  linked.agent->sector != kStateSector;
             return outside && Tok(child).rel == Rel::kAmod && language_.Is(ToLower(Tok(child).lemma), Grammar::kForeign);
           });
  }

  void MakeMention(Linked& linked) {
    if (linked.dropped || linked.absorbed) return;
    Mention mention;
    FillCommon(mention, linked.match.head);
    uint32_t begin = linked.match.begin, end = linked.match.end;
    if (linked.actor != nullptr) {
      const Actor& actor = *linked.actor;
      mention.kind = MentionKind::kName;
      mention.actor_kind = actor.kind;
      mention.gender = actor.gender;
      mention.plural = linked.plural && linked.name_kind == NameKind::kDemonym;
      mention.city = linked.name_kind == NameKind::kCity;
      mention.actors.push_back(CodeOf(linked));
      uint32_t head = linked.match.head;
      if (actor.kind == ActorKind::kPerson) {
        if (begin > tree_.begin()) {
          const Linked* before = At(begin - 1);
          if (before != nullptr && before->agent != nullptr && before->absorbed && before->match.end == begin) {
            begin = before->match.begin;
            // Whom the report calls a minister is one, whatever the record says.
            ActorCode& code = mention.actors.front();
            if (code.sector == kFormerSector && before->agent->sector == kStateSector && !IsFormer(before->match.head) &&
                !IsFormer(head)) {
              code.sector = SectorIn(*before->agent);
            }
          }
        }
        // A title that governs the name governs the phrase.
        if (tree_.HasHead(head) &&
            (Tok(head).rel == Rel::kFlat || Tok(head).rel == Rel::kAppos || Tok(head).rel == Rel::kCompound)) {
          Linked* title = HeadedBy(tree_.Head(head));
          if (title != nullptr && title->agent != nullptr && title->absorbed) {
            FillCommon(mention, title->match.head);
            begin = std::min(begin, title->match.begin);
            end = std::max(end, title->match.end);
            head = title->match.head;
          }
        }
      }
      Extent(head, begin, end, mention.begin, mention.end);
      Add(std::move(mention));
      return;
    }
    const Agent& agent = *linked.agent;
    const uint32_t head = linked.match.head;
    // "Maduro is a critic of ...": a predicate, not somebody.
    if (tree_.Child(head, Rel::kCop) >= 0) return;
    if (agent.animacy == Animacy::kGroup && IsOnlyMany(head)) return;
    // A noun that only modifies another actor's noun is part of that one.
    if ((Tok(head).rel == Rel::kCompound || Tok(head).rel == Rel::kAmod) && tree_.HasHead(head)) {
      const Linked* above = HeadedBy(tree_.Head(head));
      if (above != nullptr && !above->dropped) return;
    }
    mention.kind = MentionKind::kAgent;
    mention.actor_kind = agent.animacy == Animacy::kThing ? ActorKind::kThing : ActorKind::kAgent;
    mention.gender = agent.gender;
    mention.person = agent.animacy == Animacy::kPerson;
    mention.of_body = agent.of_body;
    if (!agent.offices.empty()) mention.office = agent.offices.back();
    mention.plural = linked.plural;
    std::vector<ActorCode> owners;
    std::vector<Linked*> used;
    Owners(head, 0, owners, used, mention.owner_pronoun);
    // "Dutch intelligence agents": the adjective may hang on the first of the words.
    for (uint32_t t = linked.match.begin; t < linked.match.end && owners.empty(); t++) {
      if (t != head) Owners(t, 1, owners, used, mention.owner_pronoun);
    }
    if (owners.empty() && Tok(head).rel == Rel::kConj && tree_.HasHead(head) && tree_.Child(head, Rel::kDet) < 0) {
      int32_t ignored = -1;
      std::vector<Linked*> not_used;
      Owners(tree_.Head(head), 0, owners, not_used, ignored);
      // "church authorities, legislators": these are none of the church's.
      std::erase_if(owners, [](const ActorCode& owner) {
        return !owner.sector.empty() && owner.sector != kStateSector && owner.sector != kBlocSector;
      });
    }
    if (owners.empty() && Tok(head).rel == Rel::kNmod && tree_.HasHead(head)) {
      // "the murder of leaders in Colombia": the place hangs on the noun above.
      const uint32_t above = tree_.Head(head);
      for (const uint32_t child : tree_.Children(above)) {
        if (child <= head || Tok(child).rel != Rel::kNmod || !language_.Is(CaseLemma(child), Grammar::kPlace)) continue;
        std::vector<Linked*> not_used;
        int32_t ignored = -1;
        if (Linked* place = HeadedBy(child); place != nullptr && place->actor != nullptr) {
          owners.push_back(language_.actors.CodeAt(*place->actor, known_.date));
        } else {
          Owners(child, 1, owners, not_used, ignored);
        }
      }
    }
    if (owners.empty() && linked.match.end + 1 < tree_.end() && Tok(linked.match.end).upos == Upos::kAdp &&
        (language_.Is(Tok(linked.match.end).lemma, Grammar::kFrom) || language_.Is(Tok(linked.match.end).lemma, Grammar::kOf))) {
      // "diplomats from Poland", where the tree hangs the phrase on the verb.
      uint32_t next = linked.match.end + 1;
      if (Tok(next).upos == Upos::kDet && next + 1 < tree_.end()) next++;
      if (Linked* name = At(next); name != nullptr && name->actor != nullptr && !name->dropped &&
                                   (name->match.begin == next || name->match.begin == next - 1)) {
        for (const uint32_t conjunct : tree_.Conjuncts(name->match.head)) {
          const Linked* one = HeadedBy(conjunct);
          if (one != nullptr && one->actor != nullptr) owners.push_back(language_.actors.CodeAt(*one->actor, known_.date));
        }
        if (owners.empty()) owners.push_back(language_.actors.CodeAt(*name->actor, known_.date));
      }
    }
    if (owners.empty() && Tok(head).rel == Rel::kCompound && tree_.HasHead(head)) {
      // "an Afghan army base": the adjective hangs on the base.
      for (const uint32_t child : tree_.Children(tree_.Head(head))) {
        if (child >= head || (Tok(child).rel != Rel::kAmod && Tok(child).rel != Rel::kNmod)) continue;
        if (Tok(child).rel == Rel::kNmod && Tok(child).rel_sub != RelSub::kPoss) continue;
        Linked* name = HeadedBy(child);
        if (name == nullptr || name->actor == nullptr) continue;
        owners.push_back(language_.actors.CodeAt(*name->actor, known_.date));
        used.push_back(name);
      }
    }
    // "spokeswoman Ana Pérez of the ministry", where the name governs the title.
    if (owners.empty() && tree_.HasHead(head)) {
      const auto of_name = unknown_titles_.find(tree_.Head(head));
      if (of_name != unknown_titles_.end() && linked_[of_name->second].match.head == head) {
        Owners(of_name->first, 0, owners, used, mention.owner_pronoun);
      }
    }
    for (Linked* part : used) part->absorbed = true;
    const std::string of_body = SectorOfBody(head, agent);
    // "A group of guerrillas" are guerrillas.
    const bool made_of = !of_body.empty() && agent.refers != ActorKind::kNone;
    mention.needs_owner = owners.empty() && agent.needs_owner && !made_of &&
                          (agent.refers == ActorKind::kNone || mention.count == 0);
    // "A member": of what?
    if (owners.empty() && agent.of_body && of_body.empty() && !mention.plural && !mention.definite && mention.owner_pronoun < 0) {
      return;
    }
    if (owners.empty() && agent.needs_country && !made_of) {
      if (mention.owner_pronoun < 0 && !mention.definite && mention.count == 0) return;
      if (mention.count == 0) mention.kind = MentionKind::kDescription;
    }
    if (agent.refers != ActorKind::kNone && !made_of) mention.actor_kind = agent.refers;
    if (owners.empty()) {
      ActorCode code;
      code.sector = SectorIn(agent);
      code.name = std::string(document_.Text(document_.SpanOfTokens(linked.match.begin, linked.match.end)));
      const bool described = agent.of_body || made_of ? mention.owner_pronoun >= 0 : mention.definite || mention.owner_pronoun >= 0;
      if (mention.count == 0 && described) mention.kind = MentionKind::kDescription;
      mention.actors.push_back(std::move(code));
    }
    if (!of_body.empty() && owners.empty()) mention.actors.front().sector = of_body;
    if (of_body.empty() && owners.empty() && IsOfUnknownBody(linked)) {
      mention.actors.front().sector.clear();
      mention.kind = MentionKind::kAgent;
    }
    if (owners.empty() && agent.refers == ActorKind::kNone && IsForeign(linked)) {
      mention.abroad = true;
      if (mention.owner_pronoun < 0) mention.kind = MentionKind::kAgent;
    }
    const bool former = IsFormer(head);
    const std::string surname = UnknownNameOf(head);
    const bool governed = tree_.HasHead(head) && unknown_titles_.count(tree_.Head(head)) > 0;
    const auto named_otherwise = [&](const Actor& holder) {
      if (governed) return true;
      const size_t space = surname.rfind(' ');
      const std::string last = Fold(space == std::string::npos ? surname : surname.substr(space + 1));
      return !last.empty() && Fold(holder.name).find(last) == std::string::npos;
    };
    for (const ActorCode& owner : owners) {
      const Actor* owner_actor = language_.actors.FindById(owner.id);
      ActorCode code = Compose(agent, owner, owner_actor);
      if (!of_body.empty()) code.sector = of_body;
      const Actor* holder = nullptr;
      for (const std::string& office : agent.offices) {
        if (holder == nullptr && !mention.plural && of_body.empty() && !former)
          holder = language_.actors.Holder(owner.code, office, known_.date);
      }
      // "Contra commander Adan" is neither the army's commander nor anybody else of that office.
      if (holder != nullptr &&
          (named_otherwise(*holder) || language_.actors.CodeAt(*holder, known_.date).sector != code.sector)) {
        holder = nullptr;
      }
      if (holder != nullptr) {
        code.name = holder->name;
        code.id = holder->id;
        if (owners.size() == 1 && mention.gender == 0) mention.gender = holder->gender;
      }
      mention.actors.push_back(std::move(code));
    }
    Extent(head, begin, end, mention.begin, mention.end);
    for (ActorCode& code : mention.actors) {
      if (former) code.sector = kFormerSector;  // "a former minister"
    }
    for (ActorCode& code : mention.actors) {
      if (code.name.empty()) code.name = std::string(document_.Text(document_.SpanOfTokens(mention.begin, mention.end)));
    }
    // "Foreign Minister Urmas Paet": remember the surname.
    if (!surname.empty() && !mention.plural) {
      for (ActorCode& code : mention.actors) {
        if (code.id.empty()) code.name = surname;
      }
      Introduce(surname, mention.actors.front());
      mention.kind = MentionKind::kName;
      mention.actor_kind = ActorKind::kPerson;
    }
    Add(std::move(mention));
  }

  // The unknown capitalised words that follow a title as its name; "" if none.
  std::string UnknownNameOf(uint32_t head) {
    uint32_t begin = 0, end = 0;
    for (const uint32_t child : tree_.Children(head)) {
      const Rel rel = Tok(child).rel;
      if (child < head || (rel != Rel::kFlat && rel != Rel::kAppos)) continue;
      if (!IsNamePart(child)) continue;
      uint32_t from = child, to = child + 1;
      SubtreeRange(child, [&](uint32_t b, uint32_t e) {
        if (IsNamePart(b)) {
          from = std::min(from, b);
          to = std::max(to, e);
        }
      });
      if (end == 0) begin = from;
      end = std::max(end, to);
    }
    if (end == 0) return "";
    return std::string(document_.Text(document_.SpanOfTokens(begin, end)));
  }

  void Introduce(const std::string& name, const ActorCode& code) {
    const size_t space = name.rfind(' ');
    const std::string last = Fold(space == std::string::npos ? name : name.substr(space + 1));
    if (last.size() > 2) known_.surnames.emplace(last, code);
  }

  // Unknown names that govern a title: "Urmas Paet, the Estonian foreign minister", "spokesman Paet".
  void LinkUnknownNames() {
    for (Linked& linked : linked_) {
      if (linked.agent == nullptr || !tree_.HasHead(linked.match.head)) continue;
      const uint32_t name = tree_.Head(linked.match.head);
      const Rel rel = Tok(linked.match.head).rel;
      const bool title = rel == Rel::kNmod && linked.match.end == name;
      if (!IsNamePart(name) || (!title && rel != Rel::kAppos && rel != Rel::kCompound && rel != Rel::kFlat)) continue;
      unknown_titles_[name] = static_cast<int>(&linked - linked_.data());
    }
  }

  // "Frenchman Jean Dupont".
  Linked* NativeBefore(uint32_t name) {
    if (name == tree_.begin()) return nullptr;
    Linked* before = At(name - 1);
    if (before == nullptr || before->dropped || before->actor == nullptr || !IsNative(*before)) return nullptr;
    return Tok(before->match.head).head == static_cast<int32_t>(name) ? before : nullptr;
  }

  void MakeUnknownNames() {
    for (uint32_t t = tree_.begin(); t < tree_.end(); t++) {
      if (!IsNamePart(t)) continue;
      const Token& token = Tok(t);
      if (token.rel == Rel::kFlat || token.rel == Rel::kCompound) continue;
      const auto title = unknown_titles_.find(t);
      Mention mention;
      FillCommon(mention, t);
      Extent(t, t, t + 1, mention.begin, mention.end);
      mention.kind = MentionKind::kName;
      mention.actor_kind = ActorKind::kPerson;
      uint32_t last = t + 1;
      while (last < tree_.end() && IsNamePart(last) && Tok(last).rel == Rel::kFlat) last++;
      const std::string text(document_.Text(document_.SpanOfTokens(t, last)));
      if (title != unknown_titles_.end()) {
        // Its mention was made with the title as head: take its codes.
        const Mention* of_title = nullptr;
        for (const Mention& m : document_.mentions) {
          if (m.head == linked_[title->second].match.head) of_title = &m;
        }
        if (of_title == nullptr || of_title->plural) continue;
        mention.actors = of_title->actors;
        mention.gender = of_title->gender;
        mention.office = of_title->office;
        for (ActorCode& code : mention.actors) {
          if (code.id.empty()) code.name = text;
        }
        Introduce(text, mention.actors.front());
        Add(std::move(mention));
        continue;
      }
      if (const Linked* native = NativeBefore(t)) {
        ActorCode code = CodeOf(*native);
        code.name = text;
        code.id.clear();
        mention.actors.push_back(std::move(code));
        Introduce(text, mention.actors.front());
        Add(std::move(mention));
        continue;
      }
      const auto known = known_.surnames.find(Fold(Tok(last - 1).form));
      if (known == known_.surnames.end()) continue;
      mention.actors.push_back(known->second);
      Add(std::move(mention));
    }
  }

  // "over 400 were killed": a number that stands for the people it counts.
  void MakeNumbers() {
    for (uint32_t t = tree_.begin(); t < tree_.end(); t++) {
      const Token& token = Tok(t);
      if (token.upos != Upos::kNum || (token.rel != Rel::kNsubj && token.rel != Rel::kObj)) continue;
      const auto value = language_.numbers.Value({ToLower(token.form)});
      if (!value || *value > 10'000'000) continue;
      const bool bare = std::all_of(tree_.Children(t).begin(), tree_.Children(t).end(), [&](uint32_t child) {
        return Tok(child).upos != Upos::kSym && Tok(child).rel != Rel::kNmod && Tok(child).rel != Rel::kNummod;
      });
      if (!bare) continue;
      Mention mention;
      mention.head = t;
      mention.begin = t;
      mention.end = t + 1;
      mention.kind = MentionKind::kDescription;
      mention.actor_kind = ActorKind::kAgent;
      mention.plural = *value != 1;
      mention.count = static_cast<int32_t>(*value);
      Add(std::move(mention));
    }
  }

  void MakePronouns() {
    for (uint32_t t = tree_.begin(); t < tree_.end(); t++) {
      const Token& token = Tok(t);
      if (token.upos != Upos::kPron || (token.morph & morph::kPrs) == 0 || (token.morph & morph::kReflex) != 0) {
        continue;
      }
      if ((token.morph & morph::kSecond) != 0 || token.rel == Rel::kExpl) continue;
      Mention mention;
      mention.head = t;
      mention.begin = t;
      mention.end = t + 1;
      mention.kind = MentionKind::kPronoun;
      mention.plural = (token.morph & morph::kPlur) != 0;
      if ((token.morph & morph::kMasc) != 0) mention.gender = 'm';
      if ((token.morph & morph::kFem) != 0) mention.gender = 'f';
      if ((token.morph & morph::kNeut) != 0) mention.gender = 'n';
      mention.modifier = (token.morph & morph::kPoss) != 0;
      Add(std::move(mention));
    }
  }

  void Add(Mention mention) { document_.mentions.push_back(std::move(mention)); }

  Document& document_;
  const Language& language_;
  Tree tree_;
  Known& known_;
  std::vector<Linked> linked_;
  std::vector<int> at_;
  std::unordered_map<uint32_t, int> unknown_titles_;
};

// Actors marked in the input are mentions, whatever they are.
void AddMarked(Document& document) {
  for (const MarkedPair& pair : document.pairs) {
    for (const auto& span : {pair.actor, pair.recipient}) {
      if (!span) continue;
      const auto first = std::partition_point(document.tokens.begin(), document.tokens.end(),
                                              [&](const Token& t) { return t.span.end <= span->begin; });
      const auto begin = static_cast<uint32_t>(first - document.tokens.begin());
      uint32_t end = begin;
      while (end < document.tokens.size() && document.tokens[end].span.begin < span->end) end++;
      // The heads of the marked words: "Russia and Turkey" has one, with the other below it.
      for (uint32_t t = begin; t < end; t++) {
        const int64_t head = document.tokens[t].head;
        if ((head >= begin && head < end) || document.tokens[t].upos == Upos::kPunct) continue;
        const bool there = std::any_of(document.mentions.begin(), document.mentions.end(),
                                       [&](const Mention& m) { return m.head == t; });
        if (!there) {
          Mention mention;
          mention.head = t;
          mention.begin = begin;
          mention.end = end;
          mention.kind = MentionKind::kOther;
          document.mentions.push_back(std::move(mention));
        }
        break;
      }
    }
  }
}

}  // namespace

namespace {

// The countries and bodies that a name surely stands for.
void NoteCodes(const Language& language, const Date& date, std::span<const NameEntry> entries,
               size_t words, bool cities, std::unordered_set<std::string>& codes) {
  for (const NameEntry& entry : entries) {
    const Actor& actor = language.actors.all()[entry.actor];
    const bool country = actor.kind == ActorKind::kCountry &&
                         (cities || entry.kind != NameKind::kCity) &&
                         entry.kind != NameKind::kShort && entry.kind != NameKind::kDemonym;
    const bool body = (actor.kind == ActorKind::kOrganisation || actor.kind == ActorKind::kGroup) &&
                      entry.kind == NameKind::kName && words > 1;
    if (!country && !body) continue;
    bool past = false;
    const Role* role = country ? nullptr : language.actors.RoleAt(actor, date, past);
    if (role != nullptr && role->sector == kPartySector) continue;
    const std::string& code = role != nullptr ? role->code : actor.code;
    if (!code.empty()) codes.insert(code);
  }
}

// "BOGOTA, 2 SEP 89": a report speaks of the country that it comes from.
void NoteDateline(const Language& language, const Date& date, std::string_view dateline,
                  std::unordered_set<std::string>& codes) {
  std::vector<std::string> words;
  std::string letters;
  for (const char c : dateline) letters += c == ',' || c == '(' || c == ')' || c == '/' ? ' ' : c;
  NameIndex::SplitName(letters, words);
  const NameIndex& index = language.actors.names();
  for (size_t i = 0; i < words.size(); i++) {
    int node = 0;
    for (size_t j = i; j < words.size(); j++) {
      const int word = index.Word(words[j]);
      node = word < 0 ? -1 : index.Walk(node, word);
      if (node < 0) break;
      NoteCodes(language, date, index.Entries(node), j + 1 - i, true, codes);
    }
  }
}

// The country that the report is about: the one that most of those it names are of, and many. Where it comes from speaks
// for a country as well.
std::string MainCountry(const Document& document, const Date& date, const Language& language) {
  std::map<std::string, double> named;
  double all = 0;
  const auto note = [&](const std::string& code, double times) {
    const Actor* actor = code.empty() ? nullptr : language.actors.FindByCode(code);
    if (actor == nullptr || actor->kind != ActorKind::kCountry) return;
    named[code] += times;
    all += times;
  };
  for (const Mention& mention : document.mentions) {
    const bool named_here = mention.kind == MentionKind::kName || mention.kind == MentionKind::kAgent;
    if (named_here && mention.actors.size() == 1) note(mention.actors.front().code, 1);
  }
  std::unordered_set<std::string> codes;
  NoteDateline(language, date, document.dateline, codes);
  if (codes.size() == 1) note(*codes.begin(), kOfDateline + kShareOfDateline * all);
  std::string best;
  for (const auto& [code, count] : named) {
    const bool enough = count >= kLeastOfMain && count >= kShareOfMain * all;
    if (enough && (best.empty() || count > named[best])) best = code;
  }
  return best;
}

}  // namespace

Result<Linker> Linker::Load(const Language& language) { return Linker(language); }

void Linker::Run(Document& document) const {
  document.mentions.clear();
  Known known;
  std::vector<std::vector<NameMatch>> matches;
  matches.reserve(document.sentences.size());
  for (const Sentence& sentence : document.sentences) {
    matches.push_back(FindNames(document, sentence, *language_));
  }
  known.date = RoleDate(document, matches, *language_);
  for (const std::vector<NameMatch>& found : matches) {
    for (const NameMatch& match : found) {
      if (match.agent) {
        const Agent& agent = language_->agents.all()[match.entries.front().actor];
        if (agent.or_sector.empty()) known.sectors[agent.sector]++;
      }
      if (!match.agent)
        NoteCodes(*language_, known.date, match.entries, match.end - match.begin, false,
                  known.codes);
      if (match.agent || match.end - match.begin < 2) continue;
      for (const NameEntry& entry : match.entries) {
        if (entry.kind != NameKind::kName) continue;
        known.introduced.insert(entry.actor);
        const Actor& actor = language_->actors.all()[entry.actor];
        if (actor.kind != ActorKind::kPerson) continue;
        for (const uint32_t t : {match.end - 1, match.end}) {
          if (t >= document.tokens.size() || document.tokens[t].upos != Upos::kPropn) continue;
          known.doubles.insert(Fold(document.tokens[t - 1].form) + " " + Fold(document.tokens[t].form));
        }
        const std::string last = Fold(actor.name.substr(actor.name.rfind(' ') + 1));
        if (last == Fold(document.tokens[match.end - 1].form)) known.bearers.emplace(last, entry.actor);
      }
    }
  }
  NoteDateline(*language_, known.date, document.dateline, known.home);
  known.codes.insert(known.home.begin(), known.home.end());
  for (size_t i = 0; i < document.sentences.size(); i++) {
    SentenceLinker(document, document.sentences[i], *language_, std::move(matches[i]), known).Run();
  }
  AddMarked(document);
  std::stable_sort(document.mentions.begin(), document.mentions.end(),
                   [](const Mention& a, const Mention& b) { return a.head < b.head; });
  document.about = MainCountry(document, known.date, *language_);
  LinkReferences(document, *language_, antecedents_);
  FindPlaces(document, *language_);  // fills document.places, document.report_place
}

}  // namespace entente
