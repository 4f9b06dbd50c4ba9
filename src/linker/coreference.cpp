// SPDX-License-Identifier: Apache-2.0
#include "linker/coreference.h"

#include <algorithm>

#include "base/utf8.h"

namespace entente {
namespace {

constexpr int kSentencesBack = 3;
constexpr double kSubject = 3, kObject = 1, kSameSentence = 1.5, kSentenceCost = 2, kDistanceCost = 0.03, kTitlePenalty = 2, kLeast = -4, kAboutIt = 3;
constexpr std::string_view kPeopleSector = "CVL";
constexpr std::string_view kGovernmentSector = "GOV";
constexpr std::string_view kChiefs[] = {"head of state", "head of government"};

class References {
 public:
  References(Document& document, const Language& language, const AntecedentWeights& weights)
      : document_(document), language_(language), antecedents_(document, weights) {
    sentence_of_.resize(document.tokens.size());
    for (uint32_t s = 0; s < document.sentences.size(); s++) {
      for (uint32_t t = document.sentences[s].begin; t < document.sentences[s].end; t++) sentence_of_[t] = s;
    }
  }

  void Run() {
    for (size_t i = 0; i < document_.mentions.size(); i++) {
      Mention& mention = document_.mentions[i];
      if (mention.kind == MentionKind::kPronoun) {
        LinkPronoun(i);
      } else if (mention.kind == MentionKind::kDescription) {
        LinkDescription(i);
      } else if (mention.kind == MentionKind::kAgent && mention.owner_pronoun >= 0) {
        LinkOwner(mention);
      }
    }
    // "The two sides", "the chief": whose, nothing has said.
    for (Mention& mention : document_.mentions) {
      if (mention.needs_owner && !mention.actors.empty() && mention.actors.front().code.empty() &&
          mention.actors.front().id.empty()) {
        mention.actors.clear();
      }
      // "The group": of what kind, nothing has said.
      if (mention.kind == MentionKind::kDescription && mention.actor_kind == ActorKind::kGroup) {
        for (ActorCode& code : mention.actors) {
          if (code.code.empty() && code.id.empty()) code.sector.clear();
        }
      }
    }
  }

 private:
  const Token& Tok(uint32_t t) const { return document_.tokens[t]; }

  static bool Linked(const Mention& m) {
    return !m.actors.empty() && !m.actors.front().code.empty() && (m.kind == MentionKind::kName || m.kind == MentionKind::kAgent || m.antecedent >= 0);
  }

  // "the Alfaro movement": it has a name of its own.
  bool HasOwnName(const Mention& mention) const {
    for (uint32_t t = mention.begin; t < mention.head; t++) {
      if (Tok(t).upos == Upos::kPropn && Tok(t).head == static_cast<int32_t>(mention.head)) return true;
    }
    return false;
  }

  bool IsClauseMate(const Mention& pronoun, const Mention& other) const {
    // "Merkel urged him": subject and object of one verb are two.
    const Token& p = Tok(pronoun.head);
    const Token& o = Tok(other.head);
    return !pronoun.modifier && p.head >= 0 && p.head == o.head;
  }

  double Salience(const Mention& mention, size_t candidate, uint32_t at) const {
    const Mention& c = document_.mentions[candidate];
    const Token& token = Tok(c.head);
    double score = 0;
    const int back = static_cast<int>(sentence_of_[at]) - static_cast<int>(sentence_of_[c.head]);
    if (token.rel == Rel::kNsubj) score += kSubject;
    if (token.rel == Rel::kObj || token.rel == Rel::kIobj) score += kObject;
    if (back == 0) score += kSameSentence;
    score -= kSentenceCost * back;
    score -= kDistanceCost * static_cast<double>(at - c.head);
    if (c.modifier && !mention.modifier) score -= 1;
    if (c.as_place) score -= 1.5;
    if (document_.paragraphs[document_.sentences[sentence_of_[c.head]].paragraph].kind != ParagraphKind::kBody && back > 0) {
      score -= kTitlePenalty;
    }
    return score;
  }

  bool Coordinated(uint32_t head) const {
    const uint32_t s = sentence_of_[head];
    for (uint32_t t = document_.sentences[s].begin; t < document_.sentences[s].end; t++) {
      if (Tok(t).head == static_cast<int32_t>(head) && Tok(t).rel == Rel::kConj) return true;
    }
    return Tok(head).rel == Rel::kConj;
  }

  bool IsForce(uint32_t t) const { return language_.Is(ToLower(Tok(t).lemma), Grammar::kForce); }

  void LinkPronoun(size_t index) {
    Mention& mention = document_.mentions[index];
    if ((Tok(mention.head).morph & morph::kFirst) != 0) return;
    const Antecedents::Choice choice = antecedents_.Find(mention);
    if (choice.token < 0) {
      // Whatever "it" is, nothing says that it is somebody.
      const bool it = !mention.plural && mention.gender != 'm' && mention.gender != 'f';
      if (it && Tok(mention.head).rel == Rel::kNsubj) mention.actor_kind = ActorKind::kThing;
      return;
    }
    if (choice.mention < 0) {
      LinkToWords(mention, static_cast<uint32_t>(choice.token));
      return;
    }
    const Mention& antecedent = document_.mentions[static_cast<size_t>(choice.mention)];
    if (antecedent.actors.empty()) {
      if (antecedent.kind == MentionKind::kPronoun) mention.actor_kind = antecedent.actor_kind;
      return;
    }
    mention.antecedent = choice.mention;
    mention.actors = antecedent.actors;
    mention.actor_kind = antecedent.actor_kind;
    if (mention.plural && !antecedent.plural && Coordinated(antecedent.head)) {
      // "China and India ... they": all of the coordination.
      for (size_t c = 0; c < index; c++) {
        const Mention& other = document_.mentions[c];
        if (other.head == antecedent.head || sentence_of_[other.head] != sentence_of_[antecedent.head] || !Linked(other)) continue;
        const int32_t first = Tok(antecedent.head).rel == Rel::kConj ? Tok(antecedent.head).head : static_cast<int32_t>(antecedent.head);
        if (Tok(other.head).head == first && Tok(other.head).rel == Rel::kConj) {
          mention.actors.insert(mention.actors.end(), other.actors.begin(), other.actors.end());
        } else if (static_cast<int32_t>(other.head) == first) {
          mention.actors.insert(mention.actors.begin(), other.actors.begin(), other.actors.end());
        }
      }
    }
  }

  // "The bomb exploded when it ...": a thing; "Rossi, a native of Turin ... he": somebody whom no record knows.
  void LinkToWords(Mention& mention, uint32_t head) {
    const Token& token = Tok(head);
    if (token.upos != Upos::kPropn) {
      if (mention.gender != 'm' && mention.gender != 'f') mention.actor_kind = ActorKind::kThing;
      return;
    }
    uint32_t begin = head, end = head + 1;
    bool force = IsForce(head);  // "Storm Ida"
    const Sentence& sentence = document_.sentences[sentence_of_[head]];
    for (uint32_t t = sentence.begin; t < sentence.end; t++) {
      if (Tok(t).head != static_cast<int32_t>(head) || (Tok(t).rel != Rel::kFlat && Tok(t).rel != Rel::kCompound)) continue;
      begin = std::min(begin, t);
      end = std::max(end, t + 1);
      force = force || IsForce(t);
    }
    if (force) {
      mention.actor_kind = ActorKind::kThing;
      return;
    }
    ActorCode somebody;
    somebody.name = std::string(document_.Text(document_.SpanOfTokens(begin, end)));
    mention.actors.push_back(std::move(somebody));
  }

  void LinkOwner(Mention& mention) {
    for (const Mention& pronoun : document_.mentions) {
      if (static_cast<int32_t>(pronoun.head) != mention.owner_pronoun || pronoun.actors.empty()) continue;
      for (ActorCode& code : mention.actors) {
        if (code.code.empty()) code.code = pronoun.actors.front().code;
        if (mention.of_body && !pronoun.actors.front().sector.empty()) code.sector = pronoun.actors.front().sector;
      }
      if (mention.antecedent < 0) mention.antecedent = pronoun.antecedent;
      return;
    }
  }

  // "the government", "the president", "the bloc": the last mention of that sector; state organs without one
  // belong to the country that was named last.
  void LinkDescription(size_t index) {
    Mention& mention = document_.mentions[index];
    if (mention.owner_pronoun >= 0) {
      LinkOwner(mention);
      return;
    }
    if (mention.actors.empty()) {
      LinkNumber(index);
      return;
    }
    const bool leaders = mention.plural && mention.definite && mention.actor_kind == ActorKind::kAgent &&
                         mention.actors.front().sector == kGovernmentSector;
    if (leaders && LinkSeveral(index)) return;
    ActorCode& code = mention.actors.front();
    if (!code.code.empty()) return;
    const bool refers = mention.actor_kind == ActorKind::kCountry || mention.actor_kind == ActorKind::kOrganisation ||
                         mention.actor_kind == ActorKind::kGroup;
    if (refers && HasOwnName(mention)) return;
    int best = -1;
    double best_score = kLeast - 2;
    int country = -1;
    double country_score = kLeast;
    for (size_t c = index; c-- > 0;) {
      const Mention& candidate = document_.mentions[c];
      const int back = static_cast<int>(sentence_of_[mention.head]) - static_cast<int>(sentence_of_[candidate.head]);
      if (back > kSentencesBack + 1) break;
      if (!Linked(candidate) || IsClauseMate(mention, candidate)) continue;
      const ActorCode& other = candidate.actors.front();
      // "The rights group ... the group."
      const bool same_noun = refers && candidate.kind == MentionKind::kAgent &&
                             Tok(candidate.head).lemma == Tok(mention.head).lemma;
      // "the organization" may be an armed group; "the group" is no newspaper.
      const bool armed = mention.actor_kind == ActorKind::kOrganisation && candidate.actor_kind == ActorKind::kGroup;
      if (refers && candidate.actor_kind != mention.actor_kind && !armed && !same_noun) continue;
      // "the countries" are not one of them.
      if (mention.plural && refers && !candidate.plural && candidate.actors.size() == 1 && !same_noun) continue;
      const double score = Salience(mention, c, mention.head) + (other.code == document_.about ? kAboutIt : 0);
      // "the secretary" is somebody, not the country that was named last.
      const bool somebody = !mention.person || candidate.actor_kind != ActorKind::kCountry;
      const bool same_sector = somebody && (refers || other.sector == code.sector);
      // "the official" is no head of state.
      const bool chief = mention.person && mention.office.empty() && candidate.actor_kind == ActorKind::kPerson &&
                         std::any_of(std::begin(kChiefs), std::end(kChiefs), [&](std::string_view office) {
                           return candidate.office == office || HoldsOffice(other, office);
                         });
      const bool same_office = mention.office.empty() ? !chief : mention.office == candidate.office || HoldsOffice(other, mention.office);
      if (same_sector && same_office && candidate.plural == mention.plural && score > best_score) {
        best_score = score;
        best = static_cast<int>(c);
      }
      if (candidate.actor_kind == ActorKind::kCountry && score > country_score) {
        country_score = score;
        country = static_cast<int>(c);
      }
    }
    if (best >= 0) {
      const Mention& antecedent = document_.mentions[best];
      mention.antecedent = best;
      const std::string sector = refers ? antecedent.actors.front().sector : code.sector;
      const bool same_person = !mention.office.empty() && antecedent.actor_kind == ActorKind::kPerson;
      code.code = antecedent.actors.front().code;
      code.sector = sector;
      // "the government commission" is none of its members.
      const bool member_only = antecedent.actor_kind == ActorKind::kPerson && !mention.person;
      if (!member_only && (same_person || mention.office.empty())) {
        code.id = antecedent.actors.front().id;
        if (!code.id.empty()) code.name = antecedent.actors.front().name;
      }
      mention.gender = mention.gender != 0 ? mention.gender : antecedent.gender;
      return;
    }
    if (refers || leaders) return;
    if (country >= 0 && Ontology::IsOfState(code.sector)) {
      mention.antecedent = country;
      code.code = document_.mentions[country].actors.front().code;
    }
  }

  // "the two leaders", "the ministers": those of the last sentence that names two parties or more.
  bool LinkSeveral(size_t index) {
    Mention& mention = document_.mentions[index];
    const uint32_t here = sentence_of_[mention.head];
    for (uint32_t back = 0; back <= kSentencesBack && back <= here; back++) {
      std::vector<ActorCode> found;
      for (size_t c = index; c-- > 0;) {
        const Mention& candidate = document_.mentions[c];
        if (sentence_of_[candidate.head] + back > here) continue;
        if (sentence_of_[candidate.head] + back < here) break;
        if (!Linked(candidate) || candidate.modifier || candidate.as_place || candidate.actors.size() != 1) continue;
        const ActorCode& other = candidate.actors.front();
        const bool holds = candidate.actor_kind == ActorKind::kPerson || (!mention.office.empty() && candidate.office == mention.office);
        if (!holds || !Ontology::IsOfState(other.sector)) continue;
        if (std::any_of(found.begin(), found.end(), [&](const ActorCode& one) { return one.code == other.code; })) continue;
        found.insert(found.begin(), other);
        mention.antecedent = static_cast<int>(c);
      }
      if (found.size() >= 2 && (mention.count == 0 || mention.count == static_cast<int>(found.size()))) {
        mention.actors = std::move(found);
        return true;
      }
      mention.antecedent = -1;
    }
    return false;
  }

  // "Last year over 400 were killed": people of the sentence before; else people of whom nothing is said.
  void LinkNumber(size_t index) {
    Mention& mention = document_.mentions[index];
    ActorCode people;
    people.sector = kPeopleSector;
    people.name = std::string(document_.Text(document_.SpanOfTokens(mention.begin, mention.end)));
    for (size_t c = index; c-- > 0;) {
      const Mention& candidate = document_.mentions[c];
      const int back = static_cast<int>(sentence_of_[mention.head]) - static_cast<int>(sentence_of_[candidate.head]);
      if (back > 1) break;
      if (!candidate.plural || candidate.kind != MentionKind::kAgent || candidate.actor_kind != ActorKind::kAgent ||
          candidate.actors.empty() || IsClauseMate(mention, candidate)) {
        continue;
      }
      mention.antecedent = static_cast<int>(c);
      people.code = candidate.actors.front().code;
      people.sector = candidate.actors.front().sector;
      people.name = candidate.actors.front().name;
      break;
    }
    mention.actors.push_back(std::move(people));
  }

  bool HoldsOffice(const ActorCode& code, std::string_view office) const {
    const Actor* actor = language_.actors.FindById(code.id);
    if (actor == nullptr) return false;
    return std::any_of(actor->roles.begin(), actor->roles.end(), [&](const Role& role) { return role.office == office; });
  }

  Document& document_;
  const Language& language_;
  Antecedents antecedents_;
  std::vector<uint32_t> sentence_of_;
};

}  // namespace

void LinkReferences(Document& document, const Language& language, const AntecedentWeights& weights) {
  References(document, language, weights).Run();
}

}  // namespace entente
