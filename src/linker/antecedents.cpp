// SPDX-License-Identifier: Apache-2.0
#include "linker/antecedents.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace entente {
namespace {

constexpr uint32_t kSentencesBack = 3;
constexpr int kMostPhrases = 40, kMostSaid = 3, kDeepest = 100;
constexpr uint32_t kTokensSaid = 400;
constexpr double kSameGender = 1;
constexpr std::string_view kClasses[] = {"he", "it", "they"};
constexpr std::string_view kKinds[] = {
    "pron_he",    "pron_it",     "pron_they", "number", "person_name", "body_name",
    "place_name", "name_plural", "name_full", "name",   "person",      "persons",
    "group",      "groups",      "thing",     "things", "noun",        "nouns"};
constexpr std::string_view kRoles[] = {"nsubj", "nsubj_pass", "obj",      "iobj",      "obl",
                                       "agent", "nmod",       "poss",     "conj",      "appos",
                                       "root",  "dislocated", "vocative", "parataxis", "other"};
constexpr std::string_view kLinks[] = {"ccomp",     "advcl", "acl", "xcomp", "conj",
                                       "parataxis", "obj",   "obl", "nsubj"};
constexpr size_t kNoLink = std::size(kLinks);  // "other"
constexpr Rel kLinkRelations[] = {Rel::kCcomp,     Rel::kAdvcl, Rel::kAcl, Rel::kXcomp, Rel::kConj,
                                  Rel::kParataxis, Rel::kObj,   Rel::kObl, Rel::kNsubj};
constexpr std::string_view kOpening = "\u201C", kClosing = "\u201D";
constexpr std::string_view kStraight[] = {"\"", "``", "''"};
constexpr std::string_view kPlaces[] = {"s", "o", "p"};  // subject, other, possessive

size_t LinkOf(Rel rel) {
  return static_cast<size_t>(std::find(std::begin(kLinkRelations), std::end(kLinkRelations), rel) -
                             std::begin(kLinkRelations));
}

bool IsSubject(PhraseRole role) {
  return role == PhraseRole::kNsubj || role == PhraseRole::kNsubjPass;
}

}  // namespace

AntecedentWeights::AntecedentWeights(const Language& language) {
  std::string key;
  for (size_t c = 0; c < classes_.size(); c++) {
    const auto get = [&](std::initializer_list<std::string_view> parts) {
      key = kClasses[c];
      key += '_';
      for (const std::string_view part : parts) key += part;
      const auto it = language.antecedents.find(key);
      if (it == language.antecedents.end()) return 0.0;
      empty_ = false;
      return it->second;
    };
    OfClass& of = classes_[c];
    for (size_t r = 0; r < kRoles; r++) {
      of.role[r] = get({"role_", entente::kRoles[r]});
      of.conjunct[r] = get({"conj_", entente::kRoles[r]});
    }
    for (size_t k = 0; k < kKinds; k++) {
      of.kind[k][0] = get({"kind_", entente::kKinds[k]});
      of.kind[k][1] = get({"kind_", entente::kKinds[k], "_and"});
    }
    for (size_t p = 0; p < 3; p++) {
      of.nobody_role[p] = get({"none_", kPlaces[p]});
      for (size_t q = 0; q < 2; q++) of.roles[p][q] = get({"roles_", kPlaces[p], kPlaces[q]});
    }
    for (size_t b = 0; b < kBack; b++) {
      const std::string digit = std::to_string(b);
      of.back[b] = {get({"back_", digit}), get({"back_", digit, "p"})};
    }
    for (size_t l = 0; l <= kNoLink; l++) {
      const std::string_view link = l == kNoLink ? "other" : entente::kLinks[l];
      of.under[l] = {get({"under_", link}), get({"under_", link, "p"})};
      of.below[l] = {get({"below_", link, "s"}), get({"below_", link, "o"})};
    }
    of.other_paragraph = get({"other_paragraph"});
    of.between = get({"between"});
    of.tokens = get({"tokens"});
    of.main_subject = get({"main_subject"});
    of.definite = get({"definite"});
    of.indefinite = get({"indefinite"});
    of.owned = get({"owned"});
    of.bare = get({"bare"});
    of.same_clause = get({"same_clause"});
    of.above = get({"above"});
    of.said = get({"said"});
    of.into_quote = get({"into_quote"});
    of.out_of_quote = get({"out_of_quote"});
    of.nobody = get({"none"});
    of.nobody_few = get({"none_few"});
    of.least = get({"least"});
  }
}

Antecedents::Antecedents(const Document& document, const AntecedentWeights& weights)
    : document_(document),
      weights_(weights),
      sentence_of_(document.tokens.size()),
      mention_at_(document.tokens.size(), -1) {
  for (uint32_t s = 0; s < document.sentences.size(); s++) {
    for (uint32_t t = document.sentences[s].begin; t < document.sentences[s].end; t++)
      sentence_of_[t] = s;
  }
  quoted_.resize(document.tokens.size());
  bool quoted = false;
  for (uint32_t t = 0; t < document.tokens.size(); t++) {
    const std::string_view form = document.tokens[t].form;
    if (t > 0 && document.sentences[sentence_of_[t]].paragraph !=
                     document.sentences[sentence_of_[t - 1]].paragraph)
      quoted = false;
    if (std::find(std::begin(kStraight), std::end(kStraight), form) != std::end(kStraight)) {
      quoted = !quoted;
    } else if (form == kOpening || form == kClosing) {
      quoted = form == kOpening;
    }
    quoted_[t] = quoted;
  }
  for (size_t m = 0; m < document.mentions.size(); m++) {
    if (document.mentions[m].kind != MentionKind::kOther)
      mention_at_[document.mentions[m].head] = static_cast<int>(m);
  }
}

bool Antecedents::IsPhrase(uint32_t t) const {
  const Token& token = Tok(t);
  switch (token.rel) {
    case Rel::kCompound:
    case Rel::kFlat:
    case Rel::kFixed:
    case Rel::kGoeswith:
    case Rel::kDet:
    case Rel::kCase:
    case Rel::kAmod:
      return false;
    default:
      break;
  }
  if (mention_at_[t] >= 0) return (token.morph & (morph::kFirst | morph::kSecond)) == 0;
  return token.upos == Upos::kNoun || token.upos == Upos::kPropn;
}

PhraseKind Antecedents::Kind(uint32_t t) const {
  const Token& token = Tok(t);
  bool plural = (token.morph & morph::kPlur) != 0;
  if (mention_at_[t] >= 0) {
    const Mention& m = document_.mentions[static_cast<size_t>(mention_at_[t])];
    if (m.kind == MentionKind::kPronoun) {
      switch (ClassOf(m)) {
        case PronounClass::kHe:
          return PhraseKind::kPronounHe;
        case PronounClass::kIt:
          return PhraseKind::kPronounIt;
        case PronounClass::kThey:
          return PhraseKind::kPronounThey;
      }
    }
    plural = plural || m.plural || m.count > 1;
    if (token.upos == Upos::kNum) return PhraseKind::kNumber;
    if (m.kind == MentionKind::kName) {
      switch (m.actor_kind) {
        case ActorKind::kPerson:
          return PhraseKind::kPersonName;
        case ActorKind::kOrganisation:
        case ActorKind::kGroup:
          return PhraseKind::kBodyName;
        case ActorKind::kCountry:
        case ActorKind::kRegion:
          return plural ? PhraseKind::kPersons : PhraseKind::kPlaceName;
        default:
          break;
      }
    }
    if (m.person) return plural ? PhraseKind::kPersons : PhraseKind::kPerson;
    if (m.actor_kind == ActorKind::kThing) return plural ? PhraseKind::kThings : PhraseKind::kThing;
    return plural ? PhraseKind::kGroups : PhraseKind::kGroup;
  }
  if (token.upos != Upos::kPropn) return plural ? PhraseKind::kNouns : PhraseKind::kNoun;
  if (plural) return PhraseKind::kNamePlural;
  const uint32_t end = document_.sentences[sentence_of_[t]].end;
  const bool full =
      t + 1 < end && Tok(t + 1).head == static_cast<int32_t>(t) && Tok(t + 1).rel == Rel::kFlat;
  return full ? PhraseKind::kNameFull : PhraseKind::kName;
}

PhraseRole Antecedents::Role(uint32_t t) const {
  const Token& token = Tok(t);
  switch (token.rel) {
    case Rel::kNsubj:
      return token.rel_sub == RelSub::kPass ? PhraseRole::kNsubjPass : PhraseRole::kNsubj;
    case Rel::kObj:
      return PhraseRole::kObj;
    case Rel::kIobj:
      return PhraseRole::kIobj;
    case Rel::kObl:
      return token.rel_sub == RelSub::kAgent ? PhraseRole::kAgent : PhraseRole::kObl;
    case Rel::kNmod:
      return token.rel_sub == RelSub::kPoss ? PhraseRole::kPoss : PhraseRole::kNmod;
    case Rel::kConj:
      return PhraseRole::kConj;
    case Rel::kAppos:
      return PhraseRole::kAppos;
    case Rel::kRoot:
      return PhraseRole::kRoot;
    case Rel::kDislocated:
      return PhraseRole::kDislocated;
    case Rel::kVocative:
      return PhraseRole::kVocative;
    case Rel::kParataxis:
      return PhraseRole::kParataxis;
    default:
      return PhraseRole::kOther;
  }
}

PronounClass Antecedents::ClassOf(const Mention& pronoun) {
  if (pronoun.plural) return PronounClass::kThey;
  return pronoun.gender == 'm' || pronoun.gender == 'f' ? PronounClass::kHe : PronounClass::kIt;
}

bool Antecedents::HasConjunct(uint32_t t) const {
  for (uint32_t u = t + 1; u < document_.sentences[sentence_of_[t]].end; u++) {
    if (Tok(u).head == static_cast<int32_t>(t) && Tok(u).rel == Rel::kConj) return true;
  }
  return false;
}

bool Antecedents::Fits(const Mention& pronoun, PronounClass of, uint32_t t) const {
  const Token& p = Tok(pronoun.head);
  // "Merkel urged him": subject and object of one verb are two.
  if (p.head >= 0 && p.head == Tok(t).head && p.rel != Rel::kNmod) return false;
  // "the report on its members": not the report.
  int64_t at = p.head;
  for (int steps = 0; at >= 0 && steps < kDeepest; steps++) {
    const Token& token = document_.tokens[static_cast<size_t>(at)];
    if (token.upos == Upos::kVerb || token.upos == Upos::kAux) break;
    if (at == t) return false;
    at = token.head;
  }
  const Mention* m =
      mention_at_[t] < 0 ? nullptr : &document_.mentions[static_cast<size_t>(mention_at_[t])];
  switch (Kind(t)) {
    case PhraseKind::kPronounHe:
      return of == PronounClass::kHe && (m->gender == pronoun.gender);
    case PhraseKind::kPronounIt:
      return of == PronounClass::kIt;
    case PhraseKind::kPronounThey:
      return of == PronounClass::kThey;
    case PhraseKind::kNumber:
    case PhraseKind::kNamePlural:
    case PhraseKind::kPersons:
    case PhraseKind::kGroups:
    case PhraseKind::kThings:
    case PhraseKind::kNouns:
      return of == PronounClass::kThey;
    case PhraseKind::kBodyName:
    case PhraseKind::kPlaceName:
    case PhraseKind::kGroup:
      return of != PronounClass::kHe;
    case PhraseKind::kThing:
      return of == PronounClass::kIt || (of == PronounClass::kThey && HasConjunct(t));
    case PhraseKind::kPersonName:
    case PhraseKind::kPerson:
      if (of == PronounClass::kHe) return m->gender == 0 || m->gender == pronoun.gender;
      return of == PronounClass::kThey && (HasConjunct(t) || Tok(t).rel == Rel::kConj);
    case PhraseKind::kNameFull:
    case PhraseKind::kName:
    case PhraseKind::kNoun:
      return of != PronounClass::kThey || HasConjunct(t) || Tok(t).rel == Rel::kConj;
  }
  return false;
}

double Antecedents::Score(const Mention& pronoun, PronounClass of, uint32_t t, int between) const {
  const AntecedentWeights::OfClass& w = weights_.classes_[static_cast<size_t>(of)];
  const Token& p = Tok(pronoun.head);
  const Token& c = Tok(t);
  const PhraseRole role = Role(t), own = Role(pronoun.head);
  const bool possessive = own == PhraseRole::kPoss;
  const size_t place = possessive ? 2 : IsSubject(own) ? 0 : 1;
  double sum =
      w.kind[static_cast<size_t>(Kind(t))][of == PronounClass::kThey && HasConjunct(t) ? 1 : 0];
  sum += w.role[static_cast<size_t>(role)];
  if (role == PhraseRole::kConj) {
    int64_t first = t;
    for (int steps = 0; steps < kDeepest && Tok(static_cast<uint32_t>(first)).rel == Rel::kConj;
         steps++) {
      first = Tok(static_cast<uint32_t>(first)).head;
    }
    sum += w.conjunct[static_cast<size_t>(Role(static_cast<uint32_t>(first)))];
  }
  sum += w.roles[place][IsSubject(role) ? 0 : 1];
  const uint32_t back = sentence_of_[pronoun.head] - sentence_of_[t];
  sum += w.back[back][possessive ? 1 : 0];
  if (document_.sentences[sentence_of_[pronoun.head]].paragraph !=
      document_.sentences[sentence_of_[t]].paragraph)
    sum += w.other_paragraph;
  sum += w.between * std::log1p(between) + w.tokens * std::log1p(pronoun.head - t) / 2;
  if (IsSubject(role) && c.head >= 0 && Tok(static_cast<uint32_t>(c.head)).rel == Rel::kRoot)
    sum += w.main_subject;
  if (c.upos == Upos::kNoun) {
    bool definite = false, indefinite = false, owned = false;
    const Sentence& sentence = document_.sentences[sentence_of_[t]];
    for (uint32_t u = sentence.begin; u < sentence.end; u++) {
      if (Tok(u).head != static_cast<int32_t>(t)) continue;
      if (Tok(u).rel == Rel::kDet) {
        definite = definite || (Tok(u).morph & (morph::kDefinite | morph::kDem)) != 0;
        indefinite = indefinite || Tok(u).feats.find("Definite=Ind") != std::string_view::npos;
      }
      owned = owned || (Tok(u).rel == Rel::kNmod && Tok(u).rel_sub == RelSub::kPoss);
    }
    sum += definite ? w.definite : indefinite ? w.indefinite : owned ? w.owned : w.bare;
  }
  if (back == 0) {
    int64_t at = pronoun.head, below = -1;
    bool above = false;
    int64_t clause = -1, link = -1;
    for (int steps = 0; at >= 0 && steps < kDeepest; steps++) {
      above = above || at == t;
      if (c.head >= 0 && at == c.head && clause < 0) {
        clause = at;
        link = below;
      }
      below = at;
      at = Tok(static_cast<uint32_t>(at)).head;
    }
    if (clause >= 0 && link >= 0) {
      sum += w.under[LinkOf(Tok(static_cast<uint32_t>(link)).rel)][possessive ? 1 : 0];
    } else if (clause >= 0) {
      sum += w.same_clause;
    }
    if (above) sum += w.above;
    if (p.head >= 0 && !possessive) {
      // "When the troops came, they ...": the phrase hangs below the verb of the pronoun.
      int64_t top = t, parent = c.head;
      for (int steps = 0; parent >= 0 && parent != p.head && steps < kDeepest; steps++) {
        top = parent;
        parent = Tok(static_cast<uint32_t>(parent)).head;
      }
      if (parent == p.head && top != t)
        sum += w.below[LinkOf(Tok(static_cast<uint32_t>(top)).rel)][IsSubject(role) ? 0 : 1];
    }
  }
  if (quoted_[pronoun.head] && !quoted_[t]) sum += w.into_quote;
  if (quoted_[t] && !quoted_[pronoun.head]) sum += w.out_of_quote;
  if (c.upos == Upos::kNoun || c.upos == Upos::kPropn) {
    int said = 0;
    for (uint32_t u = t > kTokensSaid ? t - kTokensSaid : 0; u < t && said < kMostSaid; u++) {
      said += Tok(u).upos == c.upos && Tok(u).lemma == c.lemma ? 1 : 0;
    }
    sum += w.said * said;
  }
  if (mention_at_[t] >= 0 && of == PronounClass::kHe &&
      document_.mentions[static_cast<size_t>(mention_at_[t])].gender == pronoun.gender &&
      Kind(t) != PhraseKind::kPronounHe) {
    sum += kSameGender;
  }
  return sum;
}

// The mention of a phrase: its own, or that of its apposition or title.
int Antecedents::MentionOf(uint32_t t) const {
  if (mention_at_[t] >= 0) return mention_at_[t];
  const Token& token = Tok(t);
  if (token.rel == Rel::kAppos && token.head >= 0 &&
      mention_at_[static_cast<size_t>(token.head)] >= 0) {
    return mention_at_[static_cast<size_t>(token.head)];
  }
  const Sentence& sentence = document_.sentences[sentence_of_[t]];
  for (uint32_t u = sentence.begin; u < sentence.end; u++) {
    if (Tok(u).head != static_cast<int32_t>(t) || mention_at_[u] < 0) continue;
    if (Tok(u).rel == Rel::kAppos || Tok(u).rel == Rel::kFlat) return mention_at_[u];
  }
  return -1;
}

Antecedents::Choice Antecedents::Find(const Mention& pronoun) const {
  Choice choice;
  if (weights_.empty_) return choice;
  const PronounClass of = ClassOf(pronoun);
  const AntecedentWeights::OfClass& w = weights_.classes_[static_cast<size_t>(of)];
  std::vector<double> scores;
  double best = 0;
  int64_t token = -1;
  const uint32_t here = sentence_of_[pronoun.head];
  const uint32_t first =
      document_.sentences[here > kSentencesBack ? here - kSentencesBack : 0].begin;
  int between = 0;
  for (uint32_t t = pronoun.head; t-- > first && between < kMostPhrases;) {
    if (!IsPhrase(t) || !Fits(pronoun, of, t)) continue;
    const double score = Score(pronoun, of, t, between++);
    scores.push_back(score);
    if (token < 0 || score > best) {
      best = score;
      token = t;
    }
  }
  if (token < 0) return choice;
  const PhraseRole own = Role(pronoun.head);
  const double nobody = w.nobody +
                        w.nobody_role[own == PhraseRole::kPoss ? 2
                                      : IsSubject(own)         ? 0
                                                               : 1] +
                        (scores.size() < 2 ? w.nobody_few : 0);
  double all = std::exp(nobody - best);
  for (const double score : scores) all += std::exp(score - best);
  choice.probability = 1 / all;
  if (nobody > best || choice.probability < w.least) return choice;
  choice.token = token;
  choice.mention = MentionOf(static_cast<uint32_t>(token));
  return choice;
}

}  // namespace entente
