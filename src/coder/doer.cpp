// SPDX-License-Identifier: Apache-2.0
// How: what hangs on the verb, or on one that is coordinated with it, by "in", "during" or "when"
// is asked whether it is an act of conflict or the action of somebody armed. Of a clash, who
// suffers is not who did it.
#include "coder/doer.h"

#include <algorithm>

#include "base/utf8.h"

namespace entente {
namespace {

constexpr int kDeepest = 3;
constexpr std::string_view kArmed[] = {"MIL", "COP", "SPY", "REB", "UAF", "SEP", "CRM"};

class Finder {
 public:
  Finder(const Act& act, Acts& acts, const Document& document, const Language& language)
      : act_(act), acts_(acts), document_(document), language_(language) {}

  DoersBeside Find() {
    // "The attack killed two": whoever attacked.
    for (const uint32_t head : act_.actors) FromNoun(head, 0);
    if (!act_.actors.empty()) return out_;
    std::vector<uint32_t> verbs{act_.governor};
    if (act_.predicate != act_.governor) verbs.push_back(act_.predicate);
    for (const uint32_t other : tree().Conjuncts(act_.governor)) {
      if (other != act_.governor && Tok(other).upos == Upos::kVerb &&
          acts_.frames().IsPassive(other))
        verbs.push_back(other);
    }
    for (const uint32_t verb : verbs) {
      for (const uint32_t child : tree().Children(verb)) Look(child);
      // "an attack in which two were killed"
      if (out_.heads.empty() && Tok(verb).rel == Rel::kAcl && tree().HasHead(verb))
        LookAtAntecedent(verb);
      if (!out_.heads.empty()) break;
    }
    if (!out_.heads.empty()) out_.told_before = false;
    return out_;
  }

 private:
  const Tree& tree() const { return acts_.tree(); }
  const Token& Tok(uint32_t t) const { return document_.tokens[t]; }

  void Look(uint32_t child) {
    if (!out_.heads.empty() || child == act_.predicate) return;
    const Token& token = Tok(child);
    if (token.rel == Rel::kAdvcl) {
      const int mark = tree().Child(child, Rel::kMark);
      const int adverb = tree().Child(child, Rel::kAdvmod);
      const bool when = (mark >= 0 && IsWord(static_cast<uint32_t>(mark), Grammar::kWhenMark)) ||
                        (adverb >= 0 && IsWord(static_cast<uint32_t>(adverb), Grammar::kWhenMark));
      if (when) FromClause(child);
      // "wounded during fighting with the guerrillas"
      if (mark >= 0 && IsWord(static_cast<uint32_t>(mark), Grammar::kDuring)) AgainstWhom(child);
      return;
    }
    if ((token.rel != Rel::kObl && token.rel != Rel::kNmod) || acts_.MentionAt(child) >= 0) return;
    const std::string_view preposition = acts_.frames().Preposition(child);
    if (language_.Is(preposition, Grammar::kDuring)) FromNoun(child, 0);
  }

  bool IsWord(uint32_t t, Grammar function) const {
    return language_.Is(ToLower(Tok(t).lemma), function);
  }

  void LookAtAntecedent(uint32_t verb) {
    for (const uint32_t child : tree().Children(verb)) {
      if (Tok(child).rel != Rel::kObl || acts_.frames().Antecedent(child) == child) continue;
      if (language_.Is(acts_.frames().Preposition(child), Grammar::kDuring))
        FromNoun(tree().Head(verb), 0);
    }
  }

  bool IsConflict(const Act* act) const {
    if (act == nullptr || act->event.empty() || (act->auxiliary & (kNegation | kFuture)) != 0)
      return false;
    const EventType* type = language_.ontology.Find(act->event, act->mode);
    return type != nullptr && type->IsConflict();
  }

  void FromClause(uint32_t verb) {
    const Act* act = acts_.At(verb);
    if (IsConflict(act)) Add(act->actors, false, false);
  }

  void AgainstWhom(uint32_t verb) {
    const Act* act = acts_.At(verb);
    if (IsConflict(act)) Add(act->recipients, true, false);
  }

  void FromNoun(uint32_t noun, int depth) {
    if (Tok(noun).upos != Upos::kNoun && Tok(noun).upos != Upos::kPropn) return;
    const Act* act = acts_.At(noun);
    const bool conflict = IsConflict(act);
    const Frame frame = acts_.frames().Build(noun, PredicateKind::kNoun);
    std::vector<uint32_t> agents, owners;
    for (const Argument& argument : frame.arguments) {
      if (argument.function == kFnAgent) agents.push_back(argument.head);
    }
    if (conflict) owners = act->actors;
    owners.insert(owners.end(), frame.possessors.begin(), frame.possessors.end());
    owners.insert(owners.end(), frame.modifiers.begin(), frame.modifiers.end());
    const bool action = conflict || IsWord(noun, Grammar::kOperation);
    if (action) {
      Add(agents, !conflict, true);
      if (out_.heads.empty()) Add(owners, !conflict, false);
      // "an operation carried out by the police"
      for (const uint32_t child : tree().Children(noun)) {
        if (!out_.heads.empty() || Tok(child).rel != Rel::kAcl || !acts_.frames().IsPassive(child)) continue;
        std::vector<uint32_t> by;
        for (const Argument& argument : acts_.frames().Build(child, PredicateKind::kVerb).arguments) {
          if (argument.function == kFnAgent) by.push_back(argument.head);
        }
        Add(by, true, true);
      }
    }
    if (!out_.heads.empty()) return;
    if (action) {
      // "a clash with the police", "clashes between soldiers and rebels"
      std::vector<uint32_t> others;
      for (const uint32_t child : tree().Children(noun)) {
        if (Tok(child).rel != Rel::kNmod) continue;
        const std::string_view preposition = acts_.frames().Preposition(child);
        if (language_.Is(preposition, Grammar::kBetween) ||
            language_.Is(preposition, Grammar::kWith)) {
          for (const uint32_t conjunct : tree().Conjuncts(child)) others.push_back(conjunct);
        }
      }
      Add(others, !conflict, true);
      if (out_.heads.empty() && others.empty() && (act == nullptr || act->recipients.empty()))
        out_.told_before = out_.told_before || IsDefinite(noun);
      return;
    }
    // "as a result of the fighting"
    for (const uint32_t child : tree().Children(noun)) {
      if (depth >= kDeepest || !out_.heads.empty()) return;
      if (Tok(child).rel == Rel::kNmod &&
          language_.Is(acts_.frames().Preposition(child), Grammar::kOf) &&
          acts_.MentionAt(child) < 0) {
        FromNoun(child, depth + 1);
      }
    }
  }

  bool IsDefinite(uint32_t noun) const {
    const auto children = tree().Children(noun);
    return std::any_of(children.begin(), children.end(), [&](uint32_t child) {
      return Tok(child).rel == Rel::kDet &&
             (Tok(child).feats.find("Definite=Def") != std::string_view::npos ||
              Tok(child).feats.find("PronType=Dem") != std::string_view::npos);
    });
  }

  static bool Same(const Mention& a, const Mention& b) {
    if (&a == &b) return true;
    for (const ActorCode& x : a.actors) {
      for (const ActorCode& y : b.actors) {
        if (x.sector == y.sector && (x.code == y.code || x.code.empty() || y.code.empty()))
          return true;
      }
    }
    return false;
  }

  // Those who are somebody and do not suffer the act themselves. `through_owner`: also whose column
  // it is.
  void Add(const std::vector<uint32_t>& heads, bool armed, bool through_owner) {
    for (const uint32_t head : heads) {
      bool owned = false;
      const std::vector<int> mentions = acts_.MentionsOf(head, owned);
      if (mentions.empty() || (owned && !through_owner)) continue;
      const bool fits = std::all_of(mentions.begin(), mentions.end(), [&](int index) {
        const Mention& mention = document_.mentions[static_cast<size_t>(index)];
        if (mention.actors.empty() || mention.actor_kind == ActorKind::kThing || mention.as_place)
          return false;
        const auto& actors = mention.actors;
        const bool weapons = std::any_of(actors.begin(), actors.end(), [](const ActorCode& code) {
          return std::find(std::begin(kArmed), std::end(kArmed), code.sector) != std::end(kArmed);
        });
        return (weapons || !armed) && !Suffers(mention);
      });
      if (fits && std::find(out_.heads.begin(), out_.heads.end(), head) == out_.heads.end())
        out_.heads.push_back(head);
    }
  }

  bool Suffers(const Mention& mention) {
    for (const uint32_t head : act_.recipients) {
      bool owned = false;
      for (const int index : acts_.MentionsOf(head, owned)) {
        if (Same(document_.mentions[static_cast<size_t>(index)], mention)) return true;
      }
    }
    return false;
  }

  const Act& act_;
  Acts& acts_;
  const Document& document_;
  const Language& language_;
  DoersBeside out_;
};

}  // namespace

DoersBeside FindDoersBeside(const Act& act, Acts& acts, const Document& document,
                            const Language& language) {
  return Finder(act, acts, document, language).Find();
}

}  // namespace entente
