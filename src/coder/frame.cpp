// SPDX-License-Identifier: Apache-2.0
#include "coder/frame.h"

#include <algorithm>

#include "base/utf8.h"

namespace entente {
namespace {

constexpr int kMaxDepth = 6;

bool IsNominal(Upos upos) { return upos == Upos::kNoun || upos == Upos::kPropn || upos == Upos::kPron || upos == Upos::kNum; }

}  // namespace

std::vector<uint32_t> Frame::Heads(int16_t function, const Pattern& pattern) const {
  std::vector<uint32_t> heads;
  const auto add = [&](const std::vector<uint32_t>& more) {
    for (const uint32_t head : more) {
      if (std::find(heads.begin(), heads.end(), head) == heads.end()) heads.push_back(head);
    }
  };
  for (const Argument& argument : arguments) {
    if (argument.function == function) add({argument.head});
  }
  if (kind != PredicateKind::kNoun) return heads;
  if (function != kFnAgent && function != kFnObject) return heads;
  const bool both = !possessors.empty() && !ofs.empty();
  const bool possessor_is_agent = both || !pattern.noun_poss_object;
  const bool of_is_agent = !both && pattern.noun_of_agent;
  if (function == kFnAgent) {
    // The first source that has somebody: a light verb's subject or a by-phrase, then the possessor ...
    if (heads.empty() && possessor_is_agent) add(possessors);
    if (heads.empty() && of_is_agent) add(ofs);
    if (heads.empty()) add(modifiers);
  } else {
    if (!possessor_is_agent) add(possessors);
    if (!of_is_agent) add(ofs);
  }
  return heads;
}

std::string_view FrameBuilder::Preposition(uint32_t head) const {
  for (const uint32_t child : tree_.Children(head)) {
    const Token& token = Tok(child);
    if (token.rel == Rel::kCase && token.upos != Upos::kPart) return token.lemma;
  }
  // "to Evo Morales", where the preposition hangs on the last part of the name.
  for (const uint32_t child : tree_.Children(head)) {
    if (Tok(child).rel != Rel::kFlat) continue;
    if (const int mark = tree_.Child(child, Rel::kCase); mark >= 0 && static_cast<uint32_t>(mark) < head) {
      return Tok(static_cast<uint32_t>(mark)).lemma;
    }
  }
  return {};
}

uint32_t FrameBuilder::Transparent(uint32_t head) const {
  for (int depth = 0; depth < 3; depth++) {
    if (!language_.Is(Tok(head).lemma, Grammar::kQuantity) || HasMention(head)) return head;
    uint32_t inner = head;
    for (const uint32_t child : tree_.Children(head)) {
      if (Tok(child).rel == Rel::kNmod && language_.Is(Preposition(child), Grammar::kOf)) inner = child;
    }
    if (inner == head) return head;
    head = inner;
  }
  return head;
}

uint32_t FrameBuilder::Antecedent(uint32_t token) const {
  const Token& t = Tok(token);
  const bool relative = (t.morph & morph::kRel) != 0 && (t.upos == Upos::kPron || t.upos == Upos::kDet || t.upos == Upos::kSconj);
  if (!relative) return token;
  uint32_t at = token;
  for (int depth = 0; depth < kMaxDepth && tree_.HasHead(at); depth++) {
    if (Tok(at).rel == Rel::kAcl) return IsPlural(at) ? WholeList(tree_.Head(at)) : tree_.Head(at);
    at = tree_.Head(at);
  }
  return token;
}

// If the verb or its auxiliary says that several do it.
bool FrameBuilder::IsPlural(uint32_t verb) const {
  if ((Tok(verb).morph & morph::kPlur) != 0) return true;
  for (const uint32_t child : tree_.Children(verb)) {
    if (Tok(child).rel == Rel::kAux && (Tok(child).morph & morph::kPlur) != 0) return true;
  }
  return false;
}

// "the judge and the senator, who were killed": where one is the last of a list but several are meant, the first.
uint32_t FrameBuilder::WholeList(uint32_t last) const {
  if (Tok(last).rel != Rel::kConj || (Tok(last).morph & morph::kPlur) != 0) return last;
  return tree_.Head(last);
}

bool FrameBuilder::IsPassive(uint32_t verb) const {
  bool own_auxiliary = false;
  bool subject = false;
  bool object = false;
  bool passive_subject = false;
  bool by_phrase = false;
  for (const uint32_t child : tree_.Children(verb)) {
    const Token& token = Tok(child);
    if (token.rel == Rel::kAux) {
      if (token.rel_sub == RelSub::kPass) return true;
      own_auxiliary = true;
    }
    if (token.rel == Rel::kNsubj) {
      passive_subject |= token.rel_sub == RelSub::kPass;
      subject = true;
    }
    by_phrase |= token.rel == Rel::kObl && token.rel_sub == RelSub::kAgent;
    object |= token.rel == Rel::kObj;
  }
  if (by_phrase && !object && !(subject && !passive_subject && (Tok(verb).morph & morph::kFin) != 0)) return true;
  if (passive_subject) return !object;  // with an object and no auxiliary the parser has slipped
  const Token& t = Tok(verb);
  const bool past_participle = (t.morph & morph::kPart) != 0 && (t.morph & morph::kPast) != 0;
  if (!past_participle || own_auxiliary) return false;
  if (t.rel == Rel::kAcl || t.rel == Rel::kAdvcl || t.rel == Rel::kAmod) return !object;
  if (t.rel == Rel::kConj && tree_.HasHead(verb) && !subject) return IsPassive(tree_.Head(verb));
  if (t.rel == Rel::kXcomp) return !object;
  // Headlines: "Opposition leader arrested in Minsk". A plain subject is the parser's word that it is active.
  if (subject) {
    for (const uint32_t child : tree_.Children(verb)) {
      if (Tok(child).rel == Rel::kObl && language_.Is(Preposition(child), Grammar::kBy)) return !object;
    }
    return false;
  }
  return !object && (t.morph & morph::kFin) == 0;
}

// "Rebels attacked a post near the border, killing two": who kills is who attacked, wherever the tree hangs it. The verb
// of the clause whose object or place the participle hangs on; -1 if it hangs elsewhere.
int FrameBuilder::ClauseOfResult(uint32_t participle) const {
  const Token& t = Tok(participle);
  const bool gerund = (t.morph & morph::kGer) != 0 || ((t.morph & morph::kPart) != 0 && (t.morph & morph::kPast) == 0);
  if ((t.rel != Rel::kAcl && t.rel != Rel::kAdvcl) || t.rel_sub == RelSub::kRelcl || !gerund) return -1;
  if (participle == tree_.begin() || Tok(participle - 1).form != "," || tree_.Child(participle, Rel::kMark) >= 0) return -1;
  uint32_t at = tree_.Head(participle);
  bool climbed = false;
  for (int depth = 0; depth < kMaxDepth && tree_.HasHead(at); depth++) {
    const Token& node = Tok(at);
    const bool phrase = IsNominal(node.upos) && tree_.Child(at, Rel::kCop) < 0 &&
                        (node.rel == Rel::kObj || node.rel == Rel::kObl || node.rel == Rel::kNmod) &&
                        !language_.Is(Preposition(at), Grammar::kBy);
    const bool reduced = node.rel == Rel::kAcl && node.rel_sub != RelSub::kRelcl && (node.morph & morph::kPart) != 0;
    if (!phrase && !reduced) break;
    // "the attack perpetrated today, killing two": the attack killed them.
    if (reduced && language_.patterns.Find(PredicateKind::kNoun, Tok(tree_.Head(at)).lemma) != nullptr) return -1;
    climbed = true;
    at = tree_.Head(at);
  }
  return climbed && Tok(at).upos == Upos::kVerb && at < participle && !IsPassive(at) ? static_cast<int>(at) : -1;
}

std::vector<uint32_t> FrameBuilder::SurfaceSubjects(uint32_t predicate, int depth, bool& shared) const {
  for (const uint32_t child : tree_.Children(predicate)) {
    if (Tok(child).rel == Rel::kNsubj && Tok(child).rel_sub != RelSub::kOuter) return {Antecedent(child)};
  }
  if (depth > kMaxDepth || !tree_.HasHead(predicate)) return {};
  shared = true;
  const Token& t = Tok(predicate);
  const uint32_t up = tree_.Head(predicate);
  if (const int clause = ClauseOfResult(predicate); clause >= 0) {
    return SurfaceSubjects(static_cast<uint32_t>(clause), depth + 1, shared);
  }
  switch (t.rel) {
    case Rel::kConj:
      return SurfaceSubjects(up, depth + 1, shared);
    case Rel::kXcomp: {
      // Control by the object where there is one: "urged Iran to leave".
      if (!IsPassive(up)) {
        for (const Rel rel : {Rel::kObj, Rel::kIobj}) {
          if (const int object = tree_.Child(up, rel); object >= 0 && static_cast<uint32_t>(object) != predicate) {
            return {Antecedent(static_cast<uint32_t>(object))};
          }
        }
      }
      return SurfaceSubjects(up, depth + 1, shared);
    }
    case Rel::kCcomp:
    case Rel::kParataxis:
      if ((t.morph & morph::kFin) != 0 && t.rel == Rel::kParataxis) return {};
      return SurfaceSubjects(up, depth + 1, shared);
    case Rel::kAdvcl:
      if ((t.morph & morph::kFin) != 0) return {};
      // "accused Iran of attacking": the object acts; "met him after leaving": the subject does.
      if (const int mark = tree_.Child(predicate, Rel::kMark); mark >= 0 && !IsPassive(up)) {
        const std::string_view word = Tok(static_cast<uint32_t>(mark)).lemma;
        if (language_.Is(word, Grammar::kOf) || language_.Is(word, Grammar::kFrom)) {
          if (const int object = tree_.Child(up, Rel::kObj); object >= 0) return {Antecedent(static_cast<uint32_t>(object))};
        }
      }
      if (IsNominal(Tok(up).upos) && tree_.Child(up, Rel::kCop) < 0) return {up};
      return SurfaceSubjects(up, depth + 1, shared);
    case Rel::kAcl: {
      if (t.rel_sub == RelSub::kRelcl) return {up};
      if ((t.morph & morph::kInf) == 0) {
        // "put out a report accusing the army": whoever put it out, if the report is nobody's own.
        bool owned = HasMention(up) || IsPassive(predicate);
        for (const uint32_t child : tree_.Children(up)) {
          owned |= Tok(child).rel != Rel::kObl && Tok(child).rel != Rel::kAcl && HasMention(child);
        }
        if (!owned && Tok(up).rel == Rel::kObj && tree_.HasHead(up)) return SurfaceSubjects(tree_.Head(up), depth + 1, shared);
        return {up};
      }
      if (HasMention(up)) return {up};
      // "Gambia was the first country to recognise it"
      if (tree_.Child(up, Rel::kCop) >= 0) {
        if (const int subject = tree_.Child(up, Rel::kNsubj); subject >= 0) return {static_cast<uint32_t>(subject)};
      }
      // "a decision to withdraw": who decides.
      if (const int owner = tree_.Child(up, Rel::kNmod, RelSub::kPoss); owner >= 0) return {static_cast<uint32_t>(owner)};
      if (tree_.HasHead(up) && (Tok(up).rel == Rel::kObj || Tok(up).rel == Rel::kObl)) {
        return SurfaceSubjects(tree_.Head(up), depth + 1, shared);
      }
      for (const uint32_t child : tree_.Children(up)) {
        if ((Tok(child).rel == Rel::kAmod || Tok(child).rel == Rel::kCompound) && HasMention(child)) return {child};
      }
      return {};
    }
    default: return {};
  }
}

const LightVerb* FrameBuilder::Light(uint32_t verb, uint32_t top, uint32_t noun) const {
  const std::vector<LightVerb>* all = language_.patterns.LightVerbs(Tok(verb).lemma);
  if (all == nullptr) return nullptr;
  const Rel rel = Tok(top).rel;
  for (const LightVerb& light : *all) {
    // "engage *in* talks": the last word is the phrase's preposition; "carry *out*": a particle.
    bool fits = true;
    const std::string_view preposition = Preposition(top);
    for (size_t i = 0; i < light.after.size() && fits; i++) {
      const std::string& word = light.after[i];
      bool found = i + 1 == light.after.size() && rel == Rel::kObl && preposition == word;
      for (const uint32_t child : tree_.Children(verb)) found |= Tok(child).lemma == word;
      fits = found;
    }
    if (fits && rel == Rel::kObl && (light.after.empty() || preposition != light.after.back())) fits = false;
    if (!fits) continue;
    for (const Alternative& a : light.object) {
      if (a.kind == Alternative::kAny ||
          (a.kind == Alternative::kClass && language_.patterns.InClass(a.class_index, Tok(noun).lemma)) ||
          (a.kind == Alternative::kWord && Tok(noun).lemma == a.text)) {
        return &light;
      }
    }
  }
  return nullptr;
}

void FrameBuilder::Add(Frame& frame, int16_t function, uint32_t head, bool via_object) const {
  if (function == kFnNone) return;
  if (function >= kFirstPreposition && !HasMention(head)) {
    // "on Tuesday", "in June": when, not what.
    const DateWord* word = language_.dates.Find(ToLower(Tok(head).lemma));
    if (word != nullptr && (word->weekday || word->month || word->day || word->unit)) return;
  }
  frame.arguments.push_back({function, head, via_object});
}

// What hangs on an object: "severed relations *with Venezuela*", "rejected a call *to leave*".
void FrameBuilder::AddObjectDependents(Frame& frame, uint32_t object, int depth) const {
  for (const uint32_t child : tree_.Children(object)) {
    const Token& token = Tok(child);
    if (token.rel == Rel::kNmod && token.rel_sub != RelSub::kPoss) {
      const std::string_view preposition = Preposition(child);
      Add(frame, language_.patterns.Preposition(preposition), Antecedent(child), true);
      if (depth < 2 && language_.Is(preposition, Grammar::kOf) && !HasMention(child)) {
        AddObjectDependents(frame, child, depth + 1);
      }
    } else if (token.rel == Rel::kAcl && token.rel_sub != RelSub::kRelcl && (token.morph & morph::kInf) != 0) {
      Add(frame, kFnClause, child, true);
    }
  }
}

// "kidnapped and killed three peasants": what the second verb is done to, if nothing but a conjunction stands between.
int FrameBuilder::SharedObject(uint32_t verb) const {
  for (const uint32_t child : tree_.Children(verb)) {
    const Token& token = Tok(child);
    if (token.rel != Rel::kConj || token.upos != Upos::kVerb || child < verb) {
      if (child > verb && child < verb + 2) return -1;
      continue;
    }
    const int conjunction = tree_.Child(child, Rel::kCc), object = tree_.Child(child, Rel::kObj);
    const bool beside = conjunction >= 0 && static_cast<uint32_t>(conjunction) == verb + 1 && child == verb + 2;
    if (!beside || object < 0 || tree_.Child(child, Rel::kNsubj) >= 0 || tree_.Child(child, Rel::kAux) >= 0 ||
        (Tok(verb).morph & morph::kInf) != (token.morph & morph::kInf) ||
        language_.Is(ToLower(Tok(static_cast<uint32_t>(conjunction)).lemma), Grammar::kNegation)) {
      return -1;
    }
    return object;
  }
  return -1;
}

// "was shot and killed by two men": both are by them. What stands apart, "was shot but was then saved by
// doctors", is another's.
void FrameBuilder::AddSharedAgent(Frame& frame, uint32_t verb) const {
  for (const Argument& argument : frame.arguments) {
    if (argument.function == kFnAgent) return;
  }
  for (const uint32_t child : tree_.Children(verb)) {
    const int conjunction = tree_.Child(child, Rel::kCc);
    if (conjunction >= 0 && language_.Is(ToLower(Tok(static_cast<uint32_t>(conjunction)).lemma), Grammar::kNegation)) continue;
    if (Tok(child).rel != Rel::kConj || Tok(child).upos != Upos::kVerb || child < verb ||
        tree_.Child(child, Rel::kNsubj) >= 0 || tree_.Child(child, Rel::kObj) >= 0 ||
        tree_.Child(child, Rel::kAux) >= 0 || tree_.Child(child, Rel::kAdvmod) >= 0)
      continue;
    for (const uint32_t deep : tree_.Children(child)) {
      if (Tok(deep).rel == Rel::kObl && deep > child && language_.Is(Preposition(deep), Grammar::kBy) && HasMention(deep)) {
        Add(frame, kFnAgent, Antecedent(deep), false);
        return;
      }
    }
  }
}

void FrameBuilder::AddClauseDependents(Frame& frame, uint32_t verb, bool as_light_verb) const {
  const bool passive = frame.passive;
  std::vector<uint32_t> objects;
  bool has_object = false;
  for (const uint32_t child : tree_.Children(verb)) has_object |= Tok(child).rel == Rel::kObj;
  bool clause = false;
  for (const uint32_t child : tree_.Children(verb)) {
    const Token& token = Tok(child);
    switch (token.rel) {
      case Rel::kNsubj: {
        if (token.rel_sub == RelSub::kOuter) break;
        uint32_t head = Antecedent(child);
        if (token.upos == Upos::kVerb) {
          // Headlines: "Chief assures will continue", where the tree has the first verb as subject.
          if (const int inner = tree_.Child(child, Rel::kNsubj); inner >= 0) head = Antecedent(static_cast<uint32_t>(inner));
        }
        if (!passive) {
          Add(frame, kFnAgent, head, false);
        } else if (!as_light_verb) {
          Add(frame, has_object ? kFnIndirect : kFnObject, head, false);
          if (!has_object) objects.push_back(head);
        }
        break;
      }
      case Rel::kObj:
        if (!as_light_verb) {
          Add(frame, kFnObject, Antecedent(child), false);
          objects.push_back(child);
        }
        break;
      case Rel::kIobj:
        // "asked Australia to send": the person asked is the only object.
        Add(frame, has_object ? kFnIndirect : kFnObject, Antecedent(child), false);
        break;
      case Rel::kObl:
      case Rel::kNmod: {
        const std::string_view preposition = Preposition(child);
        if (preposition.empty()) {
          // "freed around 30 prisoners", "called off a four-day strike", read as a measure: the object.
          const int particle = tree_.Child(verb, Rel::kCompound, RelSub::kPrt);
          const bool object = token.rel == Rel::kObl && child > verb && !has_object && !passive && !as_light_verb &&
                              (HasMention(child) || (particle >= 0 && static_cast<uint32_t>(particle) < child)) &&
                              token.rel_sub == RelSub::kNone && language_.dates.Find(ToLower(token.lemma)) == nullptr;
          if (object) {
            Add(frame, kFnObject, child, false);
            objects.push_back(child);
          }
          break;
        }
        const uint32_t head = Antecedent(child);
        if (passive && language_.Is(preposition, Grammar::kBy)) {
          Add(frame, kFnAgent, head, false);
        } else {
          Add(frame, language_.patterns.Preposition(preposition), head, false);
        }
        break;
      }
      case Rel::kCcomp:
      case Rel::kXcomp:
        if (!has_object && IsNominal(token.upos) && HasMention(child) && tree_.Child(child, Rel::kCop) < 0) {
          Add(frame, passive ? kFnIndirect : kFnObject, child, false);  // "met President Uribe", read as a complement
          break;
        }
        if (const int name = NameReadAsClause(child); !has_object && name >= 0) {
          Add(frame, passive ? kFnIndirect : kFnObject, static_cast<uint32_t>(name), false);
          break;
        }
        Add(frame, kFnClause, child, false);
        clause = true;
        break;
      case Rel::kAdvcl: {
        const int mark = tree_.Child(child, Rel::kMark);
        if (mark < 0) break;
        const std::string_view word = Tok(static_cast<uint32_t>(mark)).lemma;
        if (!language_.Is(word, Grammar::kPurposeMark)) {
          Add(frame, language_.patterns.Preposition(word), child, false);
        }
        break;
      }
      default: break;
    }
  }
  if (!clause) {
    for (const uint32_t child : tree_.Children(verb)) {
      if (Tok(child).rel != Rel::kAdvcl) continue;
      const int mark = tree_.Child(child, Rel::kMark);
      if (mark >= 0 && language_.Is(Tok(static_cast<uint32_t>(mark)).lemma, Grammar::kPurposeMark)) {
        Add(frame, kFnClause, child, false);
        clause = true;
      }
    }
  }
  if (passive) AddSharedAgent(frame, verb);
  if (!passive && !clause && objects.empty() && !as_light_verb) {
    if (const int shared = SharedObject(verb); shared >= 0) {
      Add(frame, kFnObject, static_cast<uint32_t>(shared), false);
      objects.push_back(static_cast<uint32_t>(shared));
    }
  }
  // "Iran will answer, the minister said": the clause is above.
  if (!clause && Tok(verb).rel == Rel::kParataxis && tree_.HasHead(verb)) {
    Add(frame, kFnClause, tree_.Head(verb), false);
  }
  for (const uint32_t object : objects) AddObjectDependents(frame, object, 0);
  for (size_t i = 0; i < frame.arguments.size(); i++) {
    // "Relations between Greece and Albania improved."
    const Argument argument = frame.arguments[i];
    if (argument.function == kFnAgent && !HasMention(argument.head) && Tok(argument.head).rel == Rel::kNsubj) {
      AddObjectDependents(frame, argument.head, 1);
    }
  }

  const bool has_subject = tree_.Child(verb, Rel::kNsubj) >= 0;
  if (!has_subject) {
    bool shared = false;
    for (const uint32_t head : SurfaceSubjects(verb, 0, shared)) {
      if (!passive) {
        Add(frame, kFnAgent, head, false);
      } else if (!as_light_verb && !has_object) {
        Add(frame, kFnObject, head, false);
        AddObjectDependents(frame, head, 0);
      }
    }
    frame.subject_shared = shared;
  } else if (Tok(verb).rel == Rel::kAcl && !has_object && !passive && !as_light_verb && tree_.HasHead(verb)) {
    // "the troops (that) Russia sent": the noun above is the object, if no relative pronoun fills a place.
    bool filled = false;
    for (const uint32_t child : tree_.Children(verb)) {
      filled |= Antecedent(child) != child;
      for (const uint32_t deep : tree_.Children(child)) filled |= Antecedent(deep) != deep && Tok(child).rel == Rel::kObl;
    }
    if (!filled) Add(frame, kFnObject, tree_.Head(verb), false);
  }
}

void FrameBuilder::AddNounDependents(Frame& frame, uint32_t noun) const {
  for (const uint32_t child : tree_.Children(noun)) {
    const Token& token = Tok(child);
    switch (token.rel) {
      case Rel::kNmod:
      case Rel::kObl: {
        if (token.rel_sub == RelSub::kPoss) {
          frame.possessors.push_back(child);
          break;
        }
        const std::string_view preposition = Preposition(child);
        if (language_.Is(preposition, Grammar::kOf)) {
          frame.ofs.push_back(Antecedent(child));
          Add(frame, language_.patterns.Preposition(preposition), Antecedent(child), false);
          AddObjectDependents(frame, child, 1);  // "an offer of mediation to Ukraine", "the withdrawal of troops from Mali"
          for (const uint32_t deep : tree_.Children(child)) {
            // "the release of soldiers by rebels": the by-phrase often hangs on the noun before it.
            if (Tok(deep).rel == Rel::kNmod && language_.Is(Preposition(deep), Grammar::kBy)) {
              Add(frame, kFnAgent, Antecedent(deep), false);
            }
          }
        } else if (language_.Is(preposition, Grammar::kBy)) {
          Add(frame, kFnAgent, Antecedent(child), false);
        } else {
          Add(frame, language_.patterns.Preposition(preposition), Antecedent(child), false);
        }
        break;
      }
      case Rel::kAmod:
      case Rel::kCompound:
        for (const uint32_t conjunct : tree_.Conjuncts(child)) {
          if (HasMention(conjunct)) frame.modifiers.push_back(conjunct);
        }
        break;
      case Rel::kAcl: {
        if (token.rel_sub == RelSub::kRelcl) break;
        if ((token.morph & morph::kInf) != 0) {
          Add(frame, kFnClause, child, false);
          break;
        }
        if (tree_.Child(child, Rel::kMark) >= 0) {  // "the belief that ..."
          Add(frame, kFnClause, child, false);
          break;
        }
        // "the attack carried out by Hamas"
        if (Light(child, noun, noun) != nullptr) {
          for (const uint32_t deep : tree_.Children(child)) {
            if (Tok(deep).rel == Rel::kObl && language_.Is(Preposition(deep), Grammar::kBy)) {
              Add(frame, kFnAgent, deep, false);
            }
          }
        }
        break;
      }
      case Rel::kCcomp:
        Add(frame, kFnClause, child, false);
        break;
      case Rel::kNsubj:  // "Maduro is a critic of ..."
        Add(frame, kFnAgent, Antecedent(child), false);
        break;
      default: break;
    }
  }
}

// "will meet Recep Erdogan", where the tree has taken a first name that no pattern knows for a verb
// and the rest of the name for its object: the head of the name. -1 if it is not so.
int FrameBuilder::NameReadAsClause(uint32_t clause) const {
  const Token& t = Tok(clause);
  if (t.upos != Upos::kVerb || !IsCapitalised(t.form) || tree_.Child(clause, Rel::kMark) >= 0 ||
      tree_.Child(clause, Rel::kAux) >= 0 || tree_.Child(clause, Rel::kNsubj) >= 0 ||
      language_.patterns.Find(PredicateKind::kVerb, ToLower(t.lemma)) != nullptr) {
    return -1;
  }
  const int object = tree_.Child(clause, Rel::kObj);
  if (object < 0 || !HasMention(static_cast<uint32_t>(object))) return -1;
  for (uint32_t between = clause + 1; between <= static_cast<uint32_t>(object); between++) {
    if (Tok(between).upos != Upos::kPropn) return -1;
  }
  return object;
}

// Short clauses such as "Britain trained Ukrainian soldiers" are sometimes read as one noun phrase with a
// participle in it: what stands right before the participle is then the subject. -1 if it is not so.
int FrameBuilder::SubjectOfTornClause(uint32_t verb) const {
  const Token& t = Tok(verb);
  if (t.rel != Rel::kAmod || t.upos != Upos::kVerb || !tree_.HasHead(verb) || tree_.Head(verb) < verb) return -1;
  for (const Rel rel : {Rel::kNsubj, Rel::kCompound, Rel::kNmod}) {
    const int own = tree_.Child(verb, rel);
    if (own >= 0 && static_cast<uint32_t>(own) < verb && (HasMention(static_cast<uint32_t>(own)) || Tok(static_cast<uint32_t>(own)).upos == Upos::kPropn)) return own;
  }
  uint32_t before = verb;
  while (before > tree_.begin() && Tok(before - 1).upos == Upos::kAdv) before--;
  if (before == tree_.begin()) return -1;
  // The nominal that ends here and hangs on the same noun.
  uint32_t at = before - 1;
  for (int depth = 0; depth < kMaxDepth && tree_.HasHead(at) && tree_.Head(at) != tree_.Head(verb); depth++) at = tree_.Head(at);
  if (!tree_.HasHead(at) || tree_.Head(at) != tree_.Head(verb) || at >= verb) return -1;
  const Token& subject = Tok(at);
  if (!IsNominal(subject.upos) || tree_.Child(at, Rel::kCase) >= 0) return -1;
  if (subject.upos != Upos::kPropn && !HasMention(at)) return -1;
  return static_cast<int>(at);
}

Frame FrameBuilder::Build(uint32_t predicate, PredicateKind kind) const {
  Frame frame;
  frame.predicate = predicate;
  frame.kind = kind;
  if (kind == PredicateKind::kVerb) {
    if (const int subject = SubjectOfTornClause(predicate); subject >= 0) {
      const uint32_t object = tree_.Head(predicate);
      Add(frame, kFnAgent, static_cast<uint32_t>(subject), false);
      Add(frame, kFnObject, object, false);
      AddObjectDependents(frame, object, 0);
      return frame;
    }
    frame.passive = IsPassive(predicate);
    AddClauseDependents(frame, predicate, false);
    return frame;
  }
  if (kind == PredicateKind::kAdjective) {
    AddClauseDependents(frame, predicate, false);
    return frame;
  }
  AddNounDependents(frame, predicate);
  const bool copula = tree_.Child(predicate, Rel::kCop) >= 0;
  if (copula) {
    if (tree_.Child(predicate, Rel::kNsubj) < 0) {
      bool shared = false;
      for (const uint32_t head : SurfaceSubjects(predicate, 0, shared)) Add(frame, kFnAgent, head, false);
    }
    return frame;
  }
  // Up to a light verb: over coordination and over "a series of".
  uint32_t top = predicate;
  for (int depth = 0; depth < 4 && tree_.HasHead(top); depth++) {
    const Token& t = Tok(top);
    const uint32_t up = tree_.Head(top);
    const bool of_quantity = t.rel == Rel::kNmod && language_.Is(Preposition(top), Grammar::kOf) &&
                             language_.Is(Tok(up).lemma, Grammar::kQuantity);
    if (t.rel != Rel::kConj && !of_quantity) break;
    if (t.rel == Rel::kConj && !IsNominal(Tok(up).upos)) break;
    top = up;
  }
  if (tree_.HasHead(top)) {
    const Token& t = Tok(top);
    const uint32_t verb = tree_.Head(top);
    const bool object_like = t.rel == Rel::kObj || (t.rel == Rel::kNsubj && IsPassive(verb)) || t.rel == Rel::kObl ||
                             (t.rel == Rel::kAcl);
    const LightVerb* const kind_of_verb =
        Tok(verb).upos == Upos::kVerb && object_like ? Light(verb, top, predicate) : nullptr;
    if (kind_of_verb != nullptr) {
      if (t.rel != Rel::kObl || tree_.Child(verb, Rel::kObj) < 0) {
        frame.light_verb = static_cast<int>(verb);
        Frame light;
        light.predicate = verb;
        light.passive = IsPassive(verb);
        AddClauseDependents(light, verb, true);
        for (const Argument& argument : light.arguments) {
          if (argument.head == top || (argument.function == kFnClause && !frame.possessors.empty())) continue;
          // "a statement reiterating the government's belief": a thing as subject yields to the possessor.
          if (argument.function == kFnAgent && !frame.possessors.empty() && !HasMention(argument.head) &&
              Tok(argument.head).upos == Upos::kNoun) {
            continue;
          }
          frame.arguments.push_back(argument);
          if (kind_of_verb->receives && argument.function == kFnAgent && !light.passive) {
            frame.arguments.back().function = kFnObject;
          }
        }
        frame.subject_shared = light.subject_shared;
      }
    }
  }
  // "the sanctions that Washington imposed on Iran": a relative clause with a light verb.
  const int relative = tree_.Child(predicate, Rel::kAcl, RelSub::kRelcl);
  if (relative >= 0 && frame.light_verb < 0 && Light(static_cast<uint32_t>(relative), predicate, predicate) != nullptr) {
    const auto verb = static_cast<uint32_t>(relative);
    Frame light;
    light.predicate = verb;
    light.passive = IsPassive(verb);
    AddClauseDependents(light, verb, true);
    for (const Argument& argument : light.arguments) {
      if (argument.head != predicate && argument.function != kFnClause) frame.arguments.push_back(argument);
    }
  }
  return frame;
}

}  // namespace entente
