// SPDX-License-Identifier: Apache-2.0
// Whether what is told is told as done. "The rebels attacked a post", "forced to leave" and
// "managed to kill" are; "has to leave", "hopes to meet", "anyone who attacks", "it is necessary
// that they talk" are not. What an operator takes in (REQUEST, AGREE, THREATEN) never comes here:
// this is for what no operator knows.
#include "base/utf8.h"
#include "coder/act.h"

namespace entente {
namespace {

constexpr int kHighest = 6;

}  // namespace

// The verb whose subject and auxiliaries a coordinated verb shares: "wants to meet and *ask*".
uint32_t Acts::FirstOfClause(uint32_t verb) const {
  for (int depth = 0; depth < kHighest; depth++) {
    if (Tok(verb).rel != Rel::kConj || !tree_.HasHead(verb) || Tok(verb).upos != Upos::kVerb)
      return verb;
    if (Tok(tree_.Head(verb)).upos != Upos::kVerb) return verb;
    for (const Rel own : {Rel::kNsubj, Rel::kAux, Rel::kMark}) {
      if (tree_.Child(verb, own) >= 0) return verb;
    }
    verb = tree_.Head(verb);
  }
  return verb;
}

// "anyone", "every soldier"
bool Acts::IsGeneric(uint32_t noun) const {
  const Upos upos = Tok(noun).upos;
  if (upos == Upos::kPron && MentionAt(noun) < 0 &&
      language_.Is(ToLower(Tok(noun).lemma), Grammar::kGeneric))
    return true;
  const int det = tree_.Child(noun, Rel::kDet);
  return det >= 0 &&
         language_.Is(ToLower(Tok(static_cast<uint32_t>(det)).lemma), Grammar::kGeneric);
}

// Under an auxiliary of the future, of possibility or of obligation, or itself an infinitive of
// that kind.
bool Acts::HasModal(uint32_t verb) const {
  for (const uint32_t child : tree_.Children(verb)) {
    if (Tok(child).rel != Rel::kAux) continue;
    const std::string lower = ToLower(Tok(child).lemma);
    for (const Grammar function :
         {Grammar::kFuture, Grammar::kPossible, Grammar::kConditional, Grammar::kObligation}) {
      if (language_.Is(lower, function)) return true;
    }
  }
  return NearlyFuture(verb) || Necessary(verb);
}

// "is going to attack", "is about to leave"
bool Acts::NearlyFuture(uint32_t verb) const {
  const uint32_t first = FirstOfClause(verb);
  if (Tok(first).rel != Rel::kXcomp || (Tok(first).morph & morph::kInf) == 0 ||
      !tree_.HasHead(first))
    return false;
  const uint32_t above = tree_.Head(first);
  const Token& head = Tok(above);
  if (!language_.Is(ToLower(head.lemma), Grammar::kNearFuture)) return false;
  const bool verbal = head.upos == Upos::kVerb;
  if (verbal && ((head.morph & morph::kPart) == 0 || (head.morph & morph::kPast) != 0))
    return false;
  const int be = tree_.Child(above, verbal ? Rel::kAux : Rel::kCop);
  if (be < 0) return false;
  // "where they were going to attack": nobody says that they did; "said that they were going to" is
  // a future.
  return (Tok(static_cast<uint32_t>(be)).morph & morph::kPast) == 0 || head.rel == Rel::kCcomp;
}

// "has to leave", "will have to leave"; who had to leave did.
bool Acts::Necessary(uint32_t verb) const {
  const uint32_t first = FirstOfClause(verb);
  if (Tok(first).rel != Rel::kXcomp || (Tok(first).morph & morph::kInf) == 0 ||
      !tree_.HasHead(first))
    return false;
  const Token& head = Tok(tree_.Head(first));
  return head.upos == Upos::kVerb && language_.Is(ToLower(head.lemma), Grammar::kNecessity) &&
         (head.morph & morph::kPast) == 0;
}

// "insisted that the army be purged": an infinitive without "to" and without a modal is a wish.
bool Acts::IsSubjunctive(uint32_t verb) const {
  bool bare = false;
  for (const uint32_t child : tree_.Children(verb)) {
    const Token& token = Tok(child);
    if (token.rel == Rel::kMark && language_.Is(ToLower(token.lemma), Grammar::kPurposeMark))
      return false;
    if (token.rel != Rel::kAux && token.rel != Rel::kCop) continue;
    if (!language_.Is(ToLower(token.lemma), Grammar::kBe)) return false;
    bare |= (token.morph & morph::kInf) != 0;
  }
  return bare && tree_.Child(verb, Rel::kNsubj) >= 0;
}

// "said it was planned by the army": what is told in the past is told, and not asked for.
bool Acts::IsPastFinite(uint32_t verb) const {
  const auto past = [](const Token& token) {
    return (token.morph & morph::kPast) != 0 && (token.morph & morph::kFin) != 0;
  };
  if (past(Tok(verb))) return true;
  for (const uint32_t child : tree_.Children(verb)) {
    if (Tok(child).rel == Rel::kAux && past(Tok(child)) && !HasModal(verb)) return true;
  }
  return false;
}

// "the talks must begin", "to avoid an attack": a noun whose clause is not told as done.
bool Acts::IsUnassertedNoun(const Act& act) const {
  const EventType* type = language_.ontology.Find(act.event, act.mode);
  uint32_t at = act.predicate;
  const Rel own = Tok(at).rel;
  if (own == Rel::kCcomp || own == Rel::kCsubj)
    return IsUnassertedVerb(at);  // a clause that the tree hung on its noun
  const bool again = act.composed && !act.steps.empty() && act.steps.back().starts_with("resume(");
  if ((act.composed && !again) || (act.auxiliary & kFuture) != 0) return false;
  const bool conflict = type != nullptr && type->IsConflict();
  for (int depth = 0; depth < kHighest && tree_.HasHead(at); depth++) {
    const Rel rel = Tok(at).rel;
    const uint32_t above = tree_.Head(at);
    if (Tok(above).upos != Upos::kVerb) {
      if (rel != Rel::kNmod && rel != Rel::kConj && rel != Rel::kAppos) return false;
      // "no knowledge of an attack"
      const int det = rel == Rel::kNmod ? tree_.Child(above, Rel::kDet) : -1;
      if (det >= 0 && language_.Is(ToLower(Tok(static_cast<uint32_t>(det)).lemma),
                                   Grammar::kNegativeDeterminer))
        return true;
      // "conditions for the resumption of the talks", "the date of their resumption"
      if (rel == Rel::kNmod && again && !conflict && at == act.predicate) return true;
      at = above;
      continue;
    }
    const bool object = rel == Rel::kObj || (rel == Rel::kNsubj && builder_.IsPassive(above));
    if (!object && rel != Rel::kNsubj && (rel != Rel::kObl || !act.reciprocal)) return false;
    if (conflict &&
        (!object || tree_.Child(act.predicate, Rel::kDet) >= 0 || !act.frame.possessors.empty()))
      return false;
    return HasModal(above) || IsSubjunctive(above) || IsUnassertedVerb(above) ||
           (!conflict && object && IsAim(above));
  }
  return false;
}

bool Acts::IsUnasserted(const Act& act) const {
  if (act.frame.kind == PredicateKind::kNoun && act.frame.light_verb < 0 &&
      tree_.Child(act.predicate, Rel::kCop) < 0) {
    return IsUnassertedNoun(act);
  }
  // "the committee of relatives of murdered people"
  if (Tok(act.governor).rel == Rel::kAmod && Tok(act.governor).upos == Upos::kVerb &&
      act.actors.empty())
    return true;
  return IsSubjunctive(act.governor) || IsUnassertedVerb(act.governor);
}

bool Acts::IsUnassertedVerb(uint32_t verb) const {
  uint32_t at = verb;
  bool beside = false;
  bool told = false;  // what somebody says stands whatever the mood of the saying
  for (int depth = 0; depth < kHighest; depth++) {
    at = FirstOfClause(at);
    // "asked the army to be firm and to attack": what stands beside what is asked for is asked for.
    while (Tok(at).rel == Rel::kConj && (Tok(at).morph & morph::kInf) != 0 &&
           tree_.Child(at, Rel::kNsubj) < 0 && tree_.Child(at, Rel::kAux) < 0 &&
           Tok(tree_.Head(at)).upos == Upos::kAdj && Tok(tree_.Head(at)).rel == Rel::kXcomp &&
           tree_.Child(tree_.Head(at), Rel::kMark) >= 0) {
      at = tree_.Head(at);
      beside = true;
    }
    // "their mission is to kill": it is no more than that
    if ((Tok(at).morph & morph::kInf) != 0 && Tok(at).upos == Upos::kVerb &&
        tree_.Child(at, Rel::kCop) >= 0)
      return true;
    if (!tree_.HasHead(at)) return false;
    const Token& token = Tok(at);
    const uint32_t above = tree_.Head(at);
    const Token& head = Tok(above);
    const std::string word = ToLower(head.lemma);
    const bool infinitive = beside || (token.morph & morph::kInf) != 0;
    const bool gerund =
        (token.morph & (morph::kGer | morph::kPart)) != 0 && (token.morph & morph::kPast) == 0;
    const int mark = tree_.Child(at, Rel::kMark);
    const std::string opens = mark >= 0 ? ToLower(Tok(static_cast<uint32_t>(mark)).lemma) : "";
    switch (token.rel) {
      case Rel::kXcomp: {
        if (told) return false;
        if (gerund && language_.Is(word, Grammar::kRefrain)) return true;
        if (gerund && language_.Is(word, Grammar::kUnrealVerb)) return true;
        if (!infinitive || (token.upos != Upos::kVerb && !beside)) break;
        bool perfect = false;
        for (const uint32_t child : tree_.Children(at)) {
          perfect |= Tok(child).rel == Rel::kAux &&
                     language_.Is(ToLower(Tok(child).lemma), Grammar::kPerfect);
        }
        if (perfect) break;
        if (language_.Is(word, Grammar::kLet)) return tree_.Child(above, Rel::kObj) >= 0;
        if (mark < 0 || NearlyFuture(at) || language_.Is(word, Grammar::kNecessity)) break;
        if (language_.Is(word, Grammar::kNearFuture)) {
          // "were going to commit"; but "went to meet"
          if (head.upos != Upos::kVerb ||
              ((head.morph & morph::kPart) != 0 && (head.morph & morph::kPast) == 0))
            return true;
        }
        if (language_.Is(word, Grammar::kImplicative)) break;
        if (language_.Is(word, Grammar::kAbility)) {
          const int copula = tree_.Child(above, Rel::kCop);
          const bool was =
              copula >= 0 && (Tok(static_cast<uint32_t>(copula)).morph & morph::kPast) != 0;
          if (was && !Negated(above)) return false;
        }
        return true;
      }
      case Rel::kCcomp:
      case Rel::kCsubj:
        if (told && infinitive) return false;  // "it is necessary to note that they did"
        if (Negated(above) || language_.Is(word, Grammar::kUnrealVerb)) return true;
        if (language_.Is(opens, Grammar::kConditionMark)) return true;
        if (language_.Is(word, Grammar::kDemanding) && !IsPastFinite(at) && !told) return true;
        told = true;
        break;
      case Rel::kAcl:
        if (token.rel_sub == RelSub::kRelcl || opens.empty()) return IsGeneric(above);
        if (infinitive) return false;
        if (language_.Is(word, Grammar::kUnrealNoun) || language_.Is(word, Grammar::kAim))
          return true;
        // "denied reports that they had attacked"
        return head.rel == Rel::kObj && tree_.HasHead(above) &&
               language_.Is(ToLower(Tok(tree_.Head(above)).lemma), Grammar::kUnrealVerb);
      case Rel::kAdvcl:
        if (infinitive && depth > 0 && !told) return IsAim(at);
        // "once they are pardoned, they will ..."
        if (depth == 0 && !gerund && language_.Is(opens, Grammar::kAfterMark) && HasModal(above) &&
            !IsPastFinite(at) && tree_.Child(at, Rel::kNsubj) >= 0)
          return true;
        // "afraid of attacking"
        if (gerund && head.upos == Upos::kAdj && language_.Is(word, Grammar::kUnrealVerb))
          return true;
        // "will help by sending troops"
        if (tree_.Child(at, Rel::kNsubj) >= 0 ||
            (token.morph & (morph::kGer | morph::kPart)) == 0 || told)
          return false;
        if (language_.Is(opens, Grammar::kAfterMark) || language_.Is(opens, Grammar::kUntilMark))
          return false;
        if (gerund && language_.Is(opens, Grammar::kFrom) && language_.Is(word, Grammar::kRefrain))
          return true;
        if (HasModal(above)) return true;
        break;
      default:
        return false;
    }
    at = above;
    beside = false;
  }
  return false;
}

}  // namespace entente
