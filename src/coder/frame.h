// SPDX-License-Identifier: Apache-2.0
// A predicate with its arguments, the same whatever syntax said it: passives, relative and reduced
// clauses, control, coordination, nominalisations and light verbs are undone here, so that patterns speak
// of functions only.
//   "Ties with Caracas were cut by Asuncion" -> cut(agent: Asuncion, object: Ties, with: Caracas)
#pragma once

#include <vector>

#include "document/tree.h"
#include "lexicon/language.h"

namespace entente {

struct Argument {
  int16_t function = kFnNone;
  uint32_t head = 0;
  bool via_object = false;  // hangs on the object, not on the predicate
};

struct Frame {
  uint32_t predicate = 0;
  PredicateKind kind = PredicateKind::kVerb;
  bool passive = false;
  int light_verb = -1;                 // token of the light verb over a noun
  std::vector<Argument> arguments;     // in order of preference within a function
  std::vector<uint32_t> possessors, ofs, modifiers;  // nouns: their function depends on the pattern
  bool subject_shared = false;         // the subject was found outside the clause

  // Heads that fill a function; of a noun, as this pattern reads possessor and of-phrase.
  std::vector<uint32_t> Heads(int16_t function, const Pattern& pattern) const;
  uint32_t Governor() const { return light_verb >= 0 ? static_cast<uint32_t>(light_verb) : predicate; }
};

class FrameBuilder {
 public:
  // `mention_at` gives the mention whose head a token is, -1 if none; indexed from the sentence's begin.
  FrameBuilder(const Tree& tree, const Language& language, const std::vector<int>& mention_at)
      : tree_(tree), language_(language), mention_at_(mention_at) {}

  Frame Build(uint32_t predicate, PredicateKind kind) const;
  // The lemma of the preposition that opens a phrase; "" if none.
  std::string_view Preposition(uint32_t head) const;
  // Goes down from "series" to "attacks" in "a series of attacks"; the head itself if it is no quantity.
  uint32_t Transparent(uint32_t head) const;
  // The noun that a relative pronoun stands for; the token itself if it is none.
  uint32_t Antecedent(uint32_t token) const;
  // Who is the subject on the surface, found across clauses where the clause has none.
  std::vector<uint32_t> SurfaceSubjects(uint32_t predicate, int depth, bool& shared) const;
  bool IsPassive(uint32_t verb) const;
  // The light verb that carries this noun ("held talks"); null if the verb is none for it.
  const LightVerb* Light(uint32_t verb, uint32_t top, uint32_t noun) const;

 private:
  bool IsPlural(uint32_t verb) const;
  int SharedObject(uint32_t verb) const;
  uint32_t WholeList(uint32_t last) const;
  int ClauseOfResult(uint32_t participle) const;
  int SubjectOfTornClause(uint32_t verb) const;
  int NameReadAsClause(uint32_t clause) const;
  const Token& Tok(uint32_t t) const { return tree_[t]; }
  bool HasMention(uint32_t t) const { return mention_at_[t - tree_.begin()] >= 0; }
  void Add(Frame& frame, int16_t function, uint32_t head, bool via_object) const;
  void AddSharedAgent(Frame& frame, uint32_t verb) const;
  void AddClauseDependents(Frame& frame, uint32_t verb, bool as_light_verb) const;
  void AddObjectDependents(Frame& frame, uint32_t object, int depth) const;
  void AddNounDependents(Frame& frame, uint32_t noun) const;

  const Tree& tree_;
  const Language& language_;
  const std::vector<int>& mention_at_;
};

}  // namespace entente
