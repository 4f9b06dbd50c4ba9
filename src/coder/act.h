// SPDX-License-Identifier: Apache-2.0
// One predicate read as an act: which pattern it matched and who stands where. Acts are made for a sentence
// on demand and kept, because an operator ("urged to") asks for the act inside it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "coder/frame.h"

namespace entente {

struct Act {
  uint32_t predicate = 0;
  uint32_t governor = 0;  // the light verb if there is one, else the predicate
  const Pattern* pattern = nullptr;
  Frame frame;
  std::string event, mode, cameo, state;
  std::vector<std::string> contexts;
  std::vector<uint32_t> actors, recipients;  // heads of phrases
  std::vector<uint32_t> said_by;
  std::string inner_state;  // of the act inside, with its parties
  std::vector<uint32_t> inner_actors, inner_recipients;
  std::vector<uint32_t> objects;  // what a final preposition of the predicate governs
  std::vector<std::string> steps;
  uint8_t auxiliary = 0;
  double score = 0;
  bool composed = false;
  bool reciprocal = false;     // each actor does it to the others
  bool negation_done = false;  // the operator took the negation in
  bool consumed = false;   // it is part of another act
  bool dropped = false;    // it is no act after all ("may invade")
  bool state_only = false; // no event, but it moves a state ("was sworn in")
  int inner = -1;          // predicate of the act inside
};

// A pattern that was tried and failed, for `explain`.
struct Tried {
  const Pattern* pattern = nullptr;
  std::string lacked;
  double score = 0;
};

// What the whole report is about, as word classes: a report full of goals and wickets is a scene of
// sport in each of its sentences. One a document; counts a class when it is asked for first.
class Topics {
 public:
  Topics(const Document& document, const Language& language)
      : document_(document), language_(language) {}
  bool Has(int class_index);

 private:
  const Document& document_;
  const Language& language_;
  std::vector<signed char> known_;  // by class: -1 not yet, 0 no, 1 yes
};

class Acts {
 public:
  Acts(const Document& document, const Sentence& sentence, const Language& language,
       Topics& topics);

  // The act of this token; null if it is no predicate of any pattern. Never computed twice.
  Act* At(uint32_t token);
  // All acts of the sentence, operators applied, in the order of the text.
  std::vector<Act*> All();
  // What was tried at a predicate, best first.
  std::vector<Tried> TriedAt(uint32_t token);
  // Mention whose head this is; -1 if none.
  int MentionAt(uint32_t token) const { return mention_at_[token - tree_.begin()]; }
  // The mentions that stand for a phrase: its own, or who owns what it names. `owned` is set in the second case.
  std::vector<int> MentionsOf(uint32_t head, bool& owned);
  const Tree& tree() const { return tree_; }
  const FrameBuilder& frames() const { return builder_; }

 private:
  struct Slot {
    enum { kUnknown, kOpen, kDone } state = kUnknown;
    std::unique_ptr<Act> act;
  };
  const Token& Tok(uint32_t t) const { return tree_[t]; }
  std::unique_ptr<Act> Make(uint32_t token, std::vector<Tried>* tried);
  bool FormFits(const Frame& frame, const PredicateForm& form, std::vector<uint32_t>& objects, double& score);
  bool Fits(const Frame& frame, const Pattern& pattern, const std::vector<uint32_t>* objects, double& score,
            std::string* lacked);
  bool AlternativeFits(const Alternative& a, const std::vector<uint32_t>& heads);
  bool SceneFits(const Alternative& a, uint32_t predicate);
  std::string WordBefore(uint32_t token) const;
  bool WordFits(const Alternative& a, uint32_t head) const;
  bool TypeFits(std::string_view type, uint32_t head);
  bool IsActorLike(uint32_t head) const;
  bool ConditionHolds(const Act& act, int16_t function) const;
  std::vector<uint32_t> Heads(const Frame& frame, const Pattern& pattern, const std::vector<uint32_t>* objects,
                              int16_t function) const;
  void FillParties(Act& act, const std::vector<uint32_t>* objects);
  std::vector<uint32_t> DirectedAt(const Act& act) const;
  void ApplyOperator(Act& act, const std::vector<uint32_t>* objects);
  void ApplyMood(Act& act);
  void Compose(Act& act, std::string_view operation, const Act& inner, const std::vector<uint32_t>& outer_recipients);
  bool SpeaksForItself(const std::vector<uint32_t>& actors, const std::vector<uint32_t>& speakers) const;
  bool IsOfOthers(const Act& act) const;
  int ObligedClause(const Frame& frame, const Pattern& pattern) const;
  bool Negated(uint32_t verb) const;
  bool IsOrder(const Act& act) const;
  bool IsWork(uint32_t head) const;
  bool IsToldInWork(const Act& act) const;
  bool IsAim(uint32_t verb) const;
  // standing.cpp: whether what is told is told as done.
  uint32_t FirstOfClause(uint32_t verb) const;
  bool IsGeneric(uint32_t noun) const;
  bool HasModal(uint32_t verb) const;
  bool NearlyFuture(uint32_t verb) const;
  bool Necessary(uint32_t verb) const;
  bool IsSubjunctive(uint32_t verb) const;
  bool IsPastFinite(uint32_t verb) const;
  bool IsUnassertedNoun(const Act& act) const;
  bool IsUnassertedVerb(uint32_t verb) const;
  bool IsUnasserted(const Act& act) const;
  bool IsUnreal(uint32_t noun) const;
  bool IsPastOrPresent(uint32_t verb) const;
  bool HasOrdinal(uint32_t noun) const;
  Act* InnerAct(uint32_t head, int depth);

  const Document& document_;
  const Language& language_;
  Topics& topics_;
  Tree tree_;
  std::vector<int> mention_at_;
  FrameBuilder builder_;
  std::vector<Slot> slots_;
  std::vector<uint32_t> speaker_;
  int depth_ = 0;
};

}  // namespace entente
