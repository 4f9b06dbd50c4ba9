// SPDX-License-Identifier: Apache-2.0
#include "coder/coder.h"

#include <algorithm>

#include "base/text.h"
#include "base/utf8.h"
#include "coder/act.h"
#include "coder/doer.h"
#include "coder/place.h"

namespace entente {
namespace {

constexpr double kBaseConfidence = 0.55, kActorBonus = 0.15, kRecipientBonus = 0.1, kScoreFactor = 0.02,
                 kMostScoreBonus = 0.12, kNounPenalty = 0.12, kNegationFactor = 0.5, kHypotheticalFactor = 0.6,
                 kUnlinkedPenalty = 0.08;
// Marked pairs: what an act loses that is part of another or not asserted, and what a party in its clause is worth.
constexpr double kConsumedCost = 2.4, kDroppedCost = 1.8, kInClause = 0.3;
constexpr int kDeepestRecipient = 4;
constexpr size_t kMostTopicNodes = 8, kMostTopicWords = 24;
constexpr uint32_t kBarePhrase = 2;  // "the group", and not "the 19 April movement"
constexpr const char* kTarget = "target";
constexpr const char* kPlaceHow = "place";

class SentenceCoder {
 public:
  SentenceCoder(const Document& document, uint32_t sentence, const Language& language,
                Topics& topics)
      : document_(document),
        sentence_(sentence),
        language_(language),
        acts_(document, document.sentences[sentence], language, topics),
        places_(document, document.sentences[sentence], language, acts_.frames(), acts_.tree()) {}

  Acts& acts() { return acts_; }

  // True if the clause of the act holds these words.
  bool InClause(const Act& act, Span span) const {
    const Sentence& sentence = document_.sentences[sentence_];
    for (uint32_t t = sentence.begin; t < sentence.end; t++) {
      if (document_.tokens[t].span.Overlaps(span)) return acts_.tree().Below(t, act.governor);
    }
    return false;
  }

  // "" if the act is an event of its own, else why not.
  std::string WhyNot(const Act& act) {
    if (act.dropped) return act.event.empty() ? "no event by composition" : "only possible, not asserted";
    if (act.consumed) return "part of another act";
    if (act.event.empty() && !act.state_only) return "no event";
    return "";
  }

  // Turns an act into an event mention. False if nobody known takes part in it.
  bool Convert(const Act& act, bool pair_mode, EventMention& out) {
    out.sentence = sentence_;
    out.predicate = act.predicate;
    out.event = act.event;
    out.mode = act.mode;
    out.cameo = act.cameo;
    out.state = act.state;
    out.inner_state = act.inner_state;
    out.contexts = act.contexts;
    out.auxiliary = act.auxiliary;
    out.pattern = language_.tag + "/" + act.pattern->id;
    out.steps = act.steps;
    Parties(act.actors, true, pair_mode, out.actor);
    const EventType* const own_type = language_.ontology.Find(act.event, act.mode);
    Parties(act.recipients, false, pair_mode, out.recipient,
            own_type != nullptr && own_type->doer_of_act && !pair_mode);
    if (out.actor.empty() && !pair_mode) DoersBesideIt(act, out);
    Parties(act.said_by, true, false, out.said_by);
    if (!act.inner_state.empty()) {
      Parties(act.inner_actors, true, pair_mode, out.inner_actor);
      Parties(act.inner_recipients, false, pair_mode, out.inner_recipient);
    }
    RemoveSelf(out);
    if (act.reciprocal && out.recipient.empty() && Several(out.actor) && !IsFightOfOne(out) &&
        !IsOneSide(out.actor)) {
      out.recipient = out.actor;
    }
    out.span = TriggerSpan(act);
    out.text = std::string(document_.Text(out.span));
    Place(act, out);
    Topic(act, out);
    // Soldiers, villagers, protesters of no country are those of the place; not where they only talk, nor by a city
    // abroad, which many a village is named like.
    const bool abroad = !document_.about.empty() && out.place.country != document_.about &&
                        (out.place.city || (own_type != nullptr && own_type->IsVerbal()));
    for (auto* parties : {&out.actor, &out.recipient}) {
      for (Participant& party : *parties) {
        if (party.mention < 0 || out.place.country.empty() || !out.place.how.empty() || abroad ||
            IsWithItself(out))
          continue;
        const Mention& mention = document_.mentions[party.mention];
        if (mention.kind != MentionKind::kAgent || mention.abroad) continue;
        for (ActorCode& code : party.actors) {
          if (!code.code.empty() || code.sector.empty()) continue;
          code.code = out.place.country;
          party.how = "place";
        }
      }
    }
    if (out.recipient.empty() && place_mention_ >= 0) {
      const EventType* type = language_.ontology.Find(out.event, out.mode);
      const bool own = std::any_of(out.actor.begin(), out.actor.end(), [&](const Participant& p) { return p.mention == place_mention_; });
      if (type != nullptr && type->place_is_recipient && !own) {
        Participant party = document_.PartyOf(place_mention_);
        party.how = "place";
        out.recipient.push_back(std::move(party));
      }
    }
    RecipientBelow(act, out);
    AddContexts(act, out);
    if (out.cameo.empty()) out.cameo = language_.ontology.CameoFor(out.event, out.mode, out.contexts);
    Confidence(act, out);
    if (pair_mode) return true;
    // "A storm struck Spain. It killed ...": nobody did it.
    if (std::any_of(out.actor.begin(), out.actor.end(), [&](const Participant& p) {
          return p.mention >= 0 && document_.mentions[p.mention].kind == MentionKind::kPronoun &&
                 document_.mentions[p.mention].actor_kind == ActorKind::kThing &&
                 document_.mentions[p.mention].antecedent < 0;
        })) {
      return false;
    }
    ForgetUnknownGroups(out, !act.actors.empty());
    ForgetTowns(out);
    out.actor_unknown = !act.actors.empty() && out.actor.empty();
    const bool actor_known = Known(out.actor), recipient_known = Known(out.recipient);
    if (!actor_known && !recipient_known) return false;
    if (IsPrivateLife(act, out) || IsAmongUnknown(act, out) || IsWithNobody(act, out)) return false;
    if (act.frame.kind == PredicateKind::kNoun && act.frame.light_verb < 0 && !act.composed &&
        document_.tokens[act.predicate].rel != Rel::kRoot && (out.actor.empty() || out.recipient.empty()) &&
        acts_.tree().Child(act.predicate, Rel::kCop) < 0) {
      return false;  // a noun in passing, with half of its parties
    }
    if (act.frame.kind == PredicateKind::kNoun && out.actor.empty() && out.recipient.empty()) return false;
    return true;
  }

 private:
  const Token& Tok(uint32_t t) const { return document_.tokens[t]; }

  // Who did an act of violence or force that names no doer, from a happening beside it.
  void DoersBesideIt(const Act& act, EventMention& out) {
    const EventType* type = language_.ontology.Find(out.event, out.mode);
    if (type == nullptr || !type->IsConflict() || act.composed || act.frame.kind != PredicateKind::kVerb) return;
    const DoersBeside beside = FindDoersBeside(act, acts_, document_, language_);
    Parties(beside.heads, true, false, out.actor);
    out.told_before = out.actor.empty() && beside.told_before;
    if (!out.actor.empty()) out.steps.push_back("actor from what it happened in");
  }

  // Somebody of private life: a firm, a doctor, a singer. People whom the lexicon knows by name are
  // public.
  bool IsPrivate(const Participant& party) const {
    if (party.mention >= 0 && document_.mentions[party.mention].actor_kind == ActorKind::kThing)
      return false;
    return !party.actors.empty() &&
           std::all_of(party.actors.begin(), party.actors.end(), [&](const ActorCode& code) {
             const Actor* owner =
                 code.code.empty() ? nullptr : language_.actors.FindByCode(code.code);
             if (owner != nullptr && owner->kind != ActorKind::kCountry)
               return false;  // "a UN expert"
             return language_.ontology.IsPrivate(code.sector) &&
                    (code.id.empty() || party.mention < 0 ||
                     document_.mentions[party.mention].actor_kind != ActorKind::kPerson);
           });
  }

  // One person, not a crowd: "a farmer".
  bool IsOnePerson(const Participant& party) const {
    if (party.mention < 0) return false;
    const Mention& m = document_.mentions[party.mention];
    return m.kind == MentionKind::kAgent && m.actor_kind == ActorKind::kAgent && !m.plural &&
           m.count <= 1 && !m.definite && (m.actors.empty() || m.actors.front().id.empty());
  }

  // Of the same country, or both of none that is known.
  static bool SameCountry(const Participant& a, const Participant& b) {
    for (const ActorCode& x : a.actors) {
      for (const ActorCode& y : b.actors) {
        if (x.code != y.code) return false;
      }
    }
    return true;
  }

  // "The group": armed if it attacks or is attacked; what it is in peace, nobody has said. "The organization": of states or
  // not, nobody has said.
  void ForgetUnknownGroups(EventMention& event, bool someone) const {
    const EventType* type = language_.ontology.Find(event.event, event.mode);
    const bool conflict = type != nullptr && type->IsConflict();
    const auto forget = [&](std::vector<Participant>& parties) {
      for (Participant& party : parties) {
        if (party.mention < 0) continue;
        const Mention& m = document_.mentions[party.mention];
        const bool body = m.actor_kind == ActorKind::kOrganisation;
        if (m.kind != MentionKind::kDescription || (m.actor_kind != ActorKind::kGroup && !body) || m.antecedent >= 0) continue;
        if (m.actors.empty() || !m.actors.front().code.empty() || (!body && m.end - m.begin > kBarePhrase)) continue;
        party.actors.clear();
        party.mention = -1;
      }
    };
    if (!conflict) forget(event.actor);
    if (!conflict || (someone && !AnyActor(event.actor))) forget(event.recipient);
  }

  // "Detonated a bomb in Soyapango", "arrived in Cartagena": what is done in a town is done to the
  // state only by those of another one. What is done to the town itself, as "besieged Aleppo", is
  // done to whoever is there.
  void ForgetTowns(EventMention& event) const {
    const EventType* type = language_.ontology.Find(event.event, event.mode);
    if (type == nullptr || (!type->foreign_town && !type->IsVerbal())) return;
    std::erase_if(event.recipient, [&](const Participant& party) {
      if (party.mention < 0 || party.actors.size() != 1) return false;
      const Mention& m = document_.mentions[party.mention];
      if (m.actor_kind != ActorKind::kCountry) return false;
      const bool in = language_.Is(acts_.frames().Preposition(m.head), Grammar::kPlace);
      const bool town = m.kind == MentionKind::kName && !places_.OfName(m.head, false).empty();
      if (!town && !(m.kind == MentionKind::kDescription && in)) return false;
      if (!type->target_country && !m.as_place && !in && party.how != kPlaceHow &&
          !(type->IsConflict() && m.modifier))
        return false;
      return std::none_of(event.actor.begin(), event.actor.end(), [&](const Participant& actor) {
        return std::any_of(actor.actors.begin(), actor.actors.end(), [&](const ActorCode& code) {
          return !code.code.empty() && code.code != party.actors.front().code;
        });
      });
    });
  }

  // "funding to fight the epidemic in West Africa": a material act of which only things are told is done to whoever
  // its clause names below them.
  void RecipientBelow(const Act& act, EventMention& out) const {
    const EventType* type = language_.ontology.Find(out.event, out.mode);
    if (type == nullptr || !type->place_is_recipient || act.pattern->recipient_none || AnyActor(out.recipient)) return;
    const Tree& tree = acts_.tree();
    std::vector<uint32_t> level{act.governor};
    if (act.predicate != act.governor) level.push_back(act.predicate);
    for (int depth = 0; depth < kDeepestRecipient && !level.empty(); depth++) {
      std::vector<uint32_t> next;
      for (const uint32_t node : level) {
        for (const uint32_t child : tree.Children(node)) {
          const Token& token = Tok(child);
          const bool phrase = token.rel == Rel::kObj || token.rel == Rel::kObl || token.rel == Rel::kNmod || token.rel == Rel::kIobj ||
                              token.rel == Rel::kConj;
          const bool aim = (token.rel == Rel::kXcomp || token.rel == Rel::kAcl || token.rel == Rel::kAdvcl) && (token.morph & morph::kInf) != 0;
          if (!phrase && !aim) continue;
          if (child < act.governor && token.rel != Rel::kNmod) continue;
          if (token.rel == Rel::kObl && language_.Is(acts_.frames().Preposition(child), Grammar::kBy)) continue;
          next.push_back(child);
        }
      }
      for (const uint32_t node : next) {
        const int index = acts_.MentionAt(node);
        if (index < 0) continue;
        const Mention& mention = document_.mentions[static_cast<size_t>(index)];
        const bool state = mention.actor_kind == ActorKind::kCountry || mention.actor_kind == ActorKind::kRegion ||
                           mention.actor_kind == ActorKind::kOrganisation || mention.actor_kind == ActorKind::kGroup;
        if (!state || mention.kind != MentionKind::kName || mention.actors.empty() || mention.modifier) continue;
        const bool own = std::any_of(out.actor.begin(), out.actor.end(), [&](const Participant& actor) {
          return std::any_of(actor.actors.begin(), actor.actors.end(), [&](const ActorCode& code) { return code.code == mention.actors.front().code; });
        });
        if (own) continue;
        Participant party = document_.PartyOf(index);
        party.how = "place";
        out.recipient = {std::move(party)};
        return;
      }
      level = std::move(next);
    }
  }

  // "1,200 guerrillas are fighting": not one another.
  bool IsFightOfOne(const EventMention& event) const {
    const EventType* type = language_.ontology.Find(event.event, event.mode);
    return type != nullptr && type->IsConflict() && event.actor.size() == 1 && event.actor.front().actors.size() < 2;
  }

  // "The FARC commanders met": people of one side, and so not with one another as sides. Those of a
  // government whose country nothing tells may be of several.
  bool IsOneSide(const std::vector<Participant>& parties) const {
    if (parties.size() != 1 || parties.front().mention < 0 || parties.front().actors.size() != 1)
      return false;
    const ActorCode& code = parties.front().actors.front();
    if (!document_.mentions[parties.front().mention].person) return false;
    if (language_.ontology.IsPrivate(code.sector)) return false;
    const Actor* owner = code.code.empty() ? nullptr : language_.actors.FindByCode(code.code);
    return owner != nullptr ? owner->kind == ActorKind::kCountry
                            : !code.sector.empty() && !Ontology::IsOfState(code.sector);
  }

  // "Talks between the two sides": who they are, nothing says.
  bool IsAmongUnknown(const Act& act, const EventMention& event) const {
    const EventType* type = language_.ontology.Find(event.event, event.mode);
    if (type == nullptr || type->IsConflict() || !act.reciprocal ||
        act.frame.kind != PredicateKind::kNoun || act.frame.light_verb >= 0)
      return false;
    if (event.actor.size() != 1 || event.actor.front().mention < 0 || event.recipient.empty())
      return false;
    const Mention& m = document_.mentions[event.actor.front().mention];
    if (m.person || m.kind == MentionKind::kName || m.kind == MentionKind::kPronoun) return false;
    const bool same =
        std::all_of(event.recipient.begin(), event.recipient.end(),
                    [&](const Participant& p) { return p.mention == event.actor.front().mention; });
    return same && std::all_of(m.actors.begin(), m.actors.end(), [](const ActorCode& code) {
             return code.code.empty() && code.id.empty();
           });
  }

  // "The committee discussed new measures": to meet and to talk takes two.
  bool IsWithNobody(const Act& act, const EventMention& event) const {
    const EventType* type = language_.ontology.Find(event.event, event.mode);
    return type != nullptr && type->IsVerbal() && act.reciprocal && act.frame.kind == PredicateKind::kVerb &&
           !act.composed && act.recipients.empty() && event.recipient.empty() && event.actor.size() == 1 && !Several(event.actor);
  }

  // What private people and firms do among themselves: companies that sue one another, a quarrel of
  // neighbours, a husband who kills his wife. Violence counts as private only where one person does
  // it to people of the same country.
  bool IsPrivateLife(const Act& act, const EventMention& event) const {
    const EventType* type = language_.ontology.Find(event.event, event.mode);
    if (type == nullptr) return false;
    const auto is_private = [&](const Participant& p) { return IsPrivate(p); };
    const bool actors = std::all_of(event.actor.begin(), event.actor.end(), is_private);
    if (!actors || (event.actor.empty() && act.actors.empty())) return false;
    if (type->IsConflict()) {
      return event.actor.size() == 1 && IsOnePerson(event.actor.front()) &&
             !event.recipient.empty() &&
             std::all_of(event.recipient.begin(), event.recipient.end(), [&](const Participant& p) {
               return p.mention >= 0 && IsPrivate(p) && !p.owned &&
                      SameCountry(event.actor.front(), p);
             });
    }
    // Of what an adjective names, nobody says that it is the state's: "rejected an offer from a
    // *Belgian* rival".
    const bool trade =
        std::any_of(event.actor.begin(), event.actor.end(), [&](const Participant& p) {
          return !p.actors.empty() &&
                 std::all_of(p.actors.begin(), p.actors.end(), [&](const ActorCode& code) {
                   return language_.ontology.IsTrade(code.sector);
                 });
        });
    if (event.recipient.empty()) {
      // A firm that pledges to invest, an artist who complains: to nobody. The resolver may still
      // find a recipient where the event needs one.
      return trade && event.actor.size() == 1 && !type->recipient_required &&
             event.actor.front().actors.front().id.empty();
    }
    return std::all_of(event.recipient.begin(), event.recipient.end(), [&](const Participant& p) {
      if (p.actors.empty() || p.owned) return trade || p.owned;
      const bool self = p.mention >= 0 &&
                        document_.mentions[p.mention].kind == MentionKind::kPronoun &&
                        !event.actor.empty() && p.actors == event.actor.front().actors;
      if (self) return false;  // "they reject them": whom, the linker does not know
      return IsPrivate(p) &&
             (trade || (!event.actor.empty() && SameCountry(event.actor.front(), p)));
    });
  }

  // More than one party, or one phrase that is several: "the two leaders", "ministers of A and B".
  bool Several(const std::vector<Participant>& parties) const {
    return parties.size() > 1 ||
           (parties.size() == 1 &&
            (parties[0].actors.size() > 1 ||
             (parties[0].mention >= 0 && document_.mentions[parties[0].mention].plural)));
  }

  static bool Known(const std::vector<Participant>& parties) {
    return std::any_of(parties.begin(), parties.end(), [](const Participant& p) {
      return !p.actors.empty() || p.mention >= 0;
    });
  }

  // "Condemned the murder of a judge by rebels": the rebels, and not the judge. False if no act of
  // conflict stands there.
  bool KeepDoers(uint32_t head, std::vector<int>& mentions) {
    const Act* act = acts_.At(acts_.frames().Transparent(head));
    if (act == nullptr || act->frame.kind != PredicateKind::kNoun) return false;
    const EventType* type = language_.ontology.Find(act->event, act->mode);
    if (type == nullptr || !type->IsConflict()) return false;
    std::erase_if(mentions, [&](int index) {
      const uint32_t party = document_.mentions[static_cast<size_t>(index)].head;
      return std::find(act->actors.begin(), act->actors.end(), party) == act->actors.end();
    });
    return true;
  }

  void Parties(const std::vector<uint32_t>& heads, bool is_actor, bool pair_mode,
               std::vector<Participant>& out, bool doer_of_act = false) {
    // "players like China and Russia"
    std::vector<int> examples;
    for (const uint32_t head : heads) {
      for (const uint32_t child : acts_.tree().Children(head)) {
        if (!language_.Is(acts_.frames().Preposition(child), Grammar::kExample)) continue;
        for (const uint32_t conjunct : acts_.tree().Conjuncts(child)) {
          if (const int index = acts_.MentionAt(conjunct); index >= 0) examples.push_back(index);
        }
      }
    }
    for (const uint32_t head : heads) {
      bool owned = false;
      std::vector<int> mentions = acts_.MentionsOf(head, owned);
      if (owned && doer_of_act && KeepDoers(head, mentions) && mentions.empty()) continue;
      // "The attack against the union killed ten": not by the union.
      if (owned && is_actor && !pair_mode && !mentions.empty()) {
        std::erase_if(mentions, [&](int index) {
          const uint32_t of = document_.mentions[static_cast<size_t>(index)].head;
          return language_.Is(acts_.frames().Preposition(of), Grammar::kDirected);
        });
        if (mentions.empty()) continue;
      }
      if (mentions.empty() || owned) {
        if (!examples.empty()) mentions = examples;
      }
      if (mentions.empty()) {
        // A part of a name that the tree tore apart.
        const Span here = Tok(head).span;
        if (std::any_of(out.begin(), out.end(), [&](const Participant& p) {
              return p.span.begin <= here.begin && here.end <= p.span.end;
            })) {
          continue;
        }
        Participant other;
        if (Other(acts_.frames().Transparent(head), is_actor, pair_mode, other)) out.push_back(std::move(other));
        continue;
      }
      for (const int index : mentions) {
        const Mention& mention = document_.mentions[index];
        Participant party = document_.PartyOf(index);
        party.count = mention.count;
        const Token& owner = Tok(mention.head);
        party.owned =
            owned && (owner.rel == Rel::kAmod || (owner.rel == Rel::kConj && mention.modifier));
        const bool there = std::any_of(out.begin(), out.end(), [&](const Participant& p) { return p.mention == index; });
        if (!there) out.push_back(std::move(party));
      }
    }
  }

  // A phrase that is no known actor: "the vote", "Bob Ward".
  bool Other(uint32_t head, bool is_actor, bool pair_mode, Participant& party) {
    const Token& token = Tok(head);
    if (token.upos == Upos::kPron || token.upos == Upos::kVerb || token.upos == Upos::kNum) return false;
    if (is_actor && !pair_mode && token.upos != Upos::kPropn) return false;
    // "the largest offensive of the past ten years": a time is nobody.
    if (!pair_mode && language_.dates.Find(ToLower(token.lemma)) != nullptr) return false;
    if (token.upos != Upos::kNoun && token.upos != Upos::kPropn && token.upos != Upos::kAdj) return false;
    uint32_t begin = head, end = head + 1;
    const Tree& tree = acts_.tree();
    for (const uint32_t child : tree.Children(head)) {
      const Rel rel = Tok(child).rel;
      if (rel == Rel::kDet || rel == Rel::kAmod || rel == Rel::kCompound || rel == Rel::kFlat || rel == Rel::kNummod) {
        begin = std::min(begin, child);
        end = std::max(end, child + 1);
      }
    }
    party.span = document_.SpanOfTokens(begin, end);
    party.text = std::string(document_.Text(party.span));
    party.thing = true;
    for (uint32_t t = begin; t < end; t++)
      party.thing &= Tok(t).upos != Upos::kPropn && !IsNameLike(Tok(t));
    // Where it stands: "a base in Syria" is Syria's.
    for (const uint32_t child : tree.Children(head)) {
      if (Tok(child).rel != Rel::kNmod) continue;
      if (const int index = acts_.MentionAt(child); index >= 0 && !document_.mentions[index].actors.empty()) {
        party.actors = document_.mentions[index].actors;
        party.thing = false;
        for (ActorCode& code : party.actors) {
          code.sector.clear();
          code.name = party.text;
          code.id.clear();
        }
        party.span = document_.SpanOfTokens(begin, document_.mentions[index].end);
        party.text = std::string(document_.Text(party.span));
      }
    }
    return true;
  }

  // A capital letter where not all are capitals.
  bool IsNameLike(const Token& token) const {
    if (!IsCapitalised(token.form) || token.upos == Upos::kDet) return false;
    const auto small = [](std::string_view form) {
      return ToLower(form) == form && !form.empty() && !IsCapitalised(form);
    };
    if (small(token.form.substr(1))) return true;
    const Sentence& sentence = document_.sentences[sentence_];
    for (uint32_t t = sentence.begin; t < sentence.end; t++) {
      if (Tok(t).upos == Upos::kVerb && small(Tok(t).form)) return true;
    }
    return false;
  }

  static bool SameParty(const Participant& a, const Participant& b) {
    if (a.mention >= 0 && a.mention == b.mention) return true;
    return a.span.size() > 0 && a.span == b.span;
  }

  static void RemoveSelf(EventMention& event) {
    std::erase_if(event.recipient, [&](const Participant& r) {
      return std::any_of(event.actor.begin(), event.actor.end(), [&](const Participant& a) { return SameParty(a, r); });
    });
  }

  // The words that carry the act: from the governing verb to the predicate and its object.
  Span TriggerSpan(const Act& act) {
    uint32_t begin = std::min(act.predicate, act.governor), end = std::max(act.predicate, act.governor) + 1;
    if (act.inner >= 0) {
      begin = std::min(begin, static_cast<uint32_t>(act.inner));
      end = std::max(end, static_cast<uint32_t>(act.inner) + 1);
    }
    if (act.frame.kind == PredicateKind::kVerb && act.inner < 0) {
      for (const Argument& argument : act.frame.arguments) {
        if (argument.function == kFnObject && argument.head == end && acts_.MentionAt(argument.head) < 0) end++;
        if (argument.function == kFnObject && argument.head > act.predicate && argument.head < act.predicate + 5 &&
            acts_.MentionAt(argument.head) < 0) {
          end = std::max(end, argument.head + 1);
        }
      }
    }
    return document_.SpanOfTokens(begin, end);
  }

  void Place(const Act& act, EventMention& out) {
    const Tree& tree = acts_.tree();
    place_mention_ = -1;
    std::vector<uint32_t> nodes{act.governor, act.predicate};
    if (act.inner >= 0) nodes.push_back(static_cast<uint32_t>(act.inner));
    const Token& predicate = Tok(act.predicate);
    // "Talks between A and B began in Prague."
    if (act.frame.kind == PredicateKind::kNoun && act.frame.light_verb < 0 && tree.HasHead(act.predicate) &&
        predicate.rel == Rel::kNsubj) {
      nodes.push_back(tree.Head(act.predicate));
    }
    // "beat a woman in Tehran": the phrase may hang on the object.
    for (const Argument& argument : act.frame.arguments) {
      if (argument.function == kFnObject && (argument.head > act.predicate || act.frame.passive)) nodes.push_back(argument.head);
    }
    const auto look = [&](uint32_t node) {
      for (const uint32_t child : tree.Children(node)) {
        if (!out.place.empty()) return;
        const Rel rel = Tok(child).rel;
        if (rel != Rel::kObl && rel != Rel::kNmod) continue;
        if (!language_.Is(acts_.frames().Preposition(child), Grammar::kPlace)) continue;
        out.place = places_.OfPhrase(child);
      }
    };
    for (const uint32_t node : nodes) look(node);
    if (!out.place.empty()) {
      // Those of this sentence alone: a long report has many.
      const Sentence& sentence = document_.sentences[sentence_];
      const auto first = std::lower_bound(document_.mentions.begin(), document_.mentions.end(), sentence.begin,
                                          [](const Mention& m, uint32_t token) { return m.head < token; });
      for (auto i = static_cast<size_t>(first - document_.mentions.begin()); i < document_.mentions.size(); i++) {
        const Mention& mention = document_.mentions[i];
        if (mention.head >= sentence.end) break;
        if (mention.actor_kind != ActorKind::kCountry || mention.actors.empty()) continue;
        const Span span = Tok(mention.head).span;
        if (span.Overlaps(out.place.span) && mention.actors.front().code == out.place.country) place_mention_ = static_cast<int>(i);
      }
      return;
    }
    // "the Geneva talks"
    if (act.frame.kind == PredicateKind::kNoun) out.place = places_.BeforeNoun(act.predicate);
    if (!out.place.empty()) return;
    const EventType* type = language_.ontology.Find(out.event, out.mode);
    const bool material = type != nullptr && type->place_is_recipient;
    // What is attacked, and is a city, is where it is attacked.
    for (const Participant& party : out.recipient) {
      if (type == nullptr || !type->target_city || party.mention < 0 || !out.place.empty()) continue;
      if (party.mention >= 0 && document_.mentions[party.mention].kind != MentionKind::kName) continue;
      out.place = places_.OfName(document_.mentions[party.mention].head, type->target_country);
      if (!out.place.empty()) out.place.how = kTarget;
    }
    // "Police in Atlanta arrested ...": those who act where they are.
    for (const Participant& party : out.actor) {
      if (!material || party.mention < 0 || !out.place.empty()) continue;
      const Mention& mention = document_.mentions[party.mention];
      if (mention.kind != MentionKind::kAgent) continue;
      look(mention.head);
      const bool elsewhere = std::any_of(out.recipient.begin(), out.recipient.end(), [&](const Participant& r) {
        return r.mention >= 0 && document_.mentions[r.mention].kind == MentionKind::kName &&
               document_.mentions[r.mention].actor_kind == ActorKind::kCountry && r.actors.front().code != out.place.country;
      });
      if (elsewhere) out.place = {};
    }
  }

  // What talks, calls and accusations are about: "on trade", "a summit to debate the crisis".
  void Topic(const Act& act, EventMention& out) {
    const EventType* type = language_.ontology.Find(act.event, act.mode);
    if (type == nullptr || !type->IsVerbal()) return;
    const Tree& tree = acts_.tree();
    std::vector<uint32_t> nodes{act.governor, act.predicate};
    if (act.inner >= 0) nodes.push_back(static_cast<uint32_t>(act.inner));
    for (const Argument& argument : act.frame.arguments) {
      if (argument.function == kFnObject && acts_.MentionAt(argument.head) < 0) nodes.push_back(argument.head);
    }
    nodes.insert(nodes.end(), act.objects.begin(), act.objects.end());
    int topic = -1;
    for (size_t i = 0; i < nodes.size() && i < kMostTopicNodes; i++) {
      if (language_.Is(ToLower(Tok(nodes[i]).lemma), Grammar::kTopicVerb)) {
        topic = std::max(topic, tree.Child(nodes[i], Rel::kObj));
        if (topic >= 0) break;
      }
      for (const uint32_t child : tree.Children(nodes[i])) {
        const Rel rel = Tok(child).rel;
        if (rel == Rel::kAcl || rel == Rel::kAdvcl || rel == Rel::kXcomp) {
          nodes.push_back(child);
        } else if ((rel == Rel::kObl || rel == Rel::kNmod) && topic < 0 && acts_.MentionAt(child) < 0 &&
                   language_.Is(acts_.frames().Preposition(child), Grammar::kTopic)) {
          const DateWord* date = language_.dates.Find(ToLower(Tok(child).lemma));
          if (date == nullptr && Tok(child).upos != Upos::kNum) topic = static_cast<int>(child);
        }
      }
      if (topic >= 0) break;
    }
    if (topic < 0) return;
    const Sentence& sentence = document_.sentences[sentence_];
    const auto head = static_cast<uint32_t>(topic);
    uint32_t begin = head, end = head + 1;
    const auto below = [&](uint32_t t) {
      if (!tree.Below(t, head)) return false;
      for (uint32_t at = t; at != head; at = tree.Head(at)) {
        const Rel rel = Tok(at).rel;
        if (rel == Rel::kPunct) return false;
        if (rel == Rel::kAcl || rel == Rel::kAdvcl || rel == Rel::kParataxis || (tree.Head(at) == head && rel == Rel::kCase)) return false;
      }
      return true;
    };
    while (begin > sentence.begin && below(begin - 1)) begin--;
    while (end < sentence.end && end - begin < kMostTopicWords && below(end)) end++;
    out.topic = std::string(document_.Text(document_.SpanOfTokens(begin, end)));
  }

  void AddContexts(const Act& act, EventMention& out) {
    // Words of the clause: the predicate's subtree, not the whole sentence.
    const Sentence& sentence = document_.sentences[sentence_];
    const ContextIndex& contexts = language_.contexts;
    std::vector<std::string> words;
    for (uint32_t t = sentence.begin; t < sentence.end; t++) {
      if (!acts_.tree().Below(t, act.governor)) continue;
      int node = 0;
      for (uint32_t u = t; u < sentence.end && node >= 0; u++) {
        NameIndex::SplitName(Tok(u).lemma, words);
        if (words.empty()) break;
        for (const std::string& word : words) {
          const int id = contexts.phrases.Word(word);
          node = id < 0 ? -1 : contexts.phrases.Walk(node, id);
          if (node < 0) break;
        }
        if (node < 0) break;
        for (const NameEntry& entry : contexts.phrases.Entries(node)) {
          const std::string& name = contexts.names[entry.actor];
          if (std::find(out.contexts.begin(), out.contexts.end(), name) == out.contexts.end()) out.contexts.push_back(name);
        }
      }
    }
  }

  void Confidence(const Act& act, EventMention& out) {
    double c = kBaseConfidence + std::min(kMostScoreBonus, act.score * kScoreFactor);
    if (Known(out.actor)) c += kActorBonus;
    if (Known(out.recipient)) c += kRecipientBonus;
    if (act.frame.kind == PredicateKind::kNoun && act.frame.light_verb < 0) c -= kNounPenalty;
    if (act.frame.subject_shared) c -= 0.03;
    for (const Participant& p : out.actor) {
      if (p.actors.empty() && p.mention < 0) c -= kUnlinkedPenalty;
    }
    if ((out.auxiliary & kNegation) != 0) c *= kNegationFactor;
    if ((out.auxiliary & kHypothetical) != 0) c *= kHypotheticalFactor;
    if (act.consumed || act.dropped) c *= 0.5;
    out.confidence = std::clamp(c, 0.05, 0.99);
  }

  const Document& document_;
  uint32_t sentence_;
  const Language& language_;
  Acts acts_;
  PlaceReader places_;
  int place_mention_ = -1;  // of the act that was converted last
};

// How well a participant list covers a marked span: 2 exact head, 1 overlap, 0 none.
double Covers(const std::vector<Participant>& parties, const std::optional<Span>& span) {
  if (!span) return 0.5;
  double best = 0;
  for (const Participant& p : parties) {
    if (p.span.size() == 0 || !p.span.Overlaps(*span)) continue;
    const bool inside = p.span.begin >= span->begin && p.span.end <= span->end;
    best = std::max(best, inside || (p.span.begin <= span->begin && p.span.end >= span->end) ? 1.0 : 0.8);
  }
  return best;
}

}  // namespace

Result<Coder> Coder::Load(const Language& language) { return Coder(language); }

void Coder::Run(Document& document) const {
  document.event_mentions.clear();
  const Document& fixed = document;
  std::vector<EventMention> out;
  std::vector<char> answered(document.pairs.size(), 0);
  Topics topics(fixed, *language_);
  for (uint32_t s = 0; s < document.sentences.size(); s++) {
    const Sentence& sentence = fixed.sentences[s];
    if (sentence.begin == sentence.end) continue;
    SentenceCoder coder(fixed, s, *language_, topics);
    const std::vector<Act*> acts = coder.acts().All();
    if (document.pairs.empty()) {
      for (const Act* act : acts) {
        if (!coder.WhyNot(*act).empty()) continue;
        EventMention mention;
        if (coder.Convert(*act, false, mention)) out.push_back(std::move(mention));
      }
      continue;
    }
    const Span span = fixed.SpanOfTokens(sentence.begin, sentence.end);
    for (size_t p = 0; p < document.pairs.size(); p++) {
      const MarkedPair& pair = document.pairs[p];
      const bool here = (pair.actor && span.Overlaps(*pair.actor)) || (pair.recipient && span.Overlaps(*pair.recipient)) ||
                        (!pair.actor && !pair.recipient);
      if (!here || answered[p]) continue;
      EventMention best;
      double best_score = 0;
      for (const Act* act : acts) {
        if (act->event.empty()) continue;
        EventMention mention;
        coder.Convert(*act, true, mention);
        const double a = Covers(mention.actor, pair.actor);
        double r = Covers(mention.recipient, pair.recipient);
        // "will not end the strike until the company yields": the marked party stands somewhere in the clause.
        if (r < kInClause && pair.recipient && coder.InClause(*act, *pair.recipient)) r = kInClause;
        const double swapped = Covers(mention.actor, pair.recipient) * (pair.recipient ? 1 : 0) +
                               Covers(mention.recipient, pair.actor) * (pair.actor ? 1 : 0);
        double score = 1 + 3 * a + 2 * r + mention.confidence;
        if (a + r < 0.4 && swapped > 0) score += swapped * 0.8;
        if (act->consumed) score -= kConsumedCost;
        if (act->dropped) score -= kDroppedCost;
        const Span trigger = mention.span;
        if (pair.actor && pair.recipient) {
          const Span between{std::min(pair.actor->end, pair.recipient->end), std::max(pair.actor->begin, pair.recipient->begin)};
          if (between.begin < between.end && trigger.Overlaps(between)) score += 0.7;
        }
        if ((pair.actor && trigger.begin >= pair.actor->begin && trigger.end <= pair.actor->end) ||
            (pair.recipient && trigger.begin >= pair.recipient->begin && trigger.end <= pair.recipient->end)) {
          score -= 1.2;  // the act is inside a party's own phrase
        }
        if (score > best_score) {
          best_score = score;
          best = std::move(mention);
        }
      }
      if (best_score <= 0) continue;
      answered[p] = 1;
      best.pair = pair.id;
      out.push_back(std::move(best));
    }
  }
  document.event_mentions = std::move(out);
}

std::vector<PredicateTrace> Coder::Trace(const Document& document, const Sentence& sentence) const {
  std::vector<PredicateTrace> traces;
  const auto index = static_cast<uint32_t>(&sentence - document.sentences.data());
  Topics topics(document, *language_);
  SentenceCoder coder(document, index, *language_, topics);
  Acts& acts = coder.acts();
  (void)acts.All();
  for (uint32_t t = sentence.begin; t < sentence.end; t++) {
    const Upos upos = document.tokens[t].upos;
    Act* act = acts.At(t);
    std::vector<Tried> tried = acts.TriedAt(t);
    if (act == nullptr && tried.empty() && upos != Upos::kVerb) continue;
    PredicateTrace trace;
    trace.predicate = t;
    const PredicateKind kind = upos == Upos::kVerb ? PredicateKind::kVerb : upos == Upos::kAdj ? PredicateKind::kAdjective : PredicateKind::kNoun;
    const Frame frame = act != nullptr ? act->frame : acts.frames().Build(t, kind);
    const auto add = [&](const std::string& name, uint32_t head) {
      if (!trace.arguments.empty()) trace.arguments += "; ";
      trace.arguments += name + ": " + std::string(document.tokens[head].form);
    };
    for (const Argument& argument : frame.arguments) add(language_->patterns.FunctionName(argument.function), argument.head);
    for (const uint32_t head : frame.possessors) add("possessor", head);
    for (const uint32_t head : frame.modifiers) add("modifier", head);
    if (frame.light_verb >= 0) add("light verb", static_cast<uint32_t>(frame.light_verb));
    if (act != nullptr) {
      trace.pattern = act->pattern->id;
      trace.event = act->event.empty() ? "" : act->event + (act->mode.empty() ? "" : "/" + act->mode);
      trace.steps = act->steps;
      trace.fate = coder.WhyNot(*act);
      if (trace.fate.empty()) {
        EventMention mention;
        trace.fate = coder.Convert(*act, false, mention) ? "coded" : "no known actor takes part";
      }
    } else {
      trace.fate = tried.empty() ? "no pattern has this word" : "no pattern fits";
    }
    for (const Tried& one : tried) {
      if (!one.lacked.empty() && trace.failures.size() < 5) trace.failures.emplace_back(one.pattern->id, one.lacked);
    }
    traces.push_back(std::move(trace));
  }
  return traces;
}

}  // namespace entente
