// SPDX-License-Identifier: Apache-2.0
// Patterns as data (docs/formats/patterns.md): predicates, conditions on their functions, what comes out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/text.h"

namespace entente {

class Ontology;

// What stands where beside a predicate. The scene is no argument: it is every other word of the
// sentence. Prepositions follow kFirstPreposition, by their place in the language's list
// (Patterns::Preposition).
enum Function : int16_t {
  kFnNone = -1,
  kFnAgent = 0,
  kFnObject,
  kFnIndirect,
  kFnClause,
  kFnScene,
  kFirstPreposition,
};

// One alternative of a condition.
struct Alternative {
  enum Kind : uint8_t { kWord, kClass, kType, kEvent, kAny, kEmpty } kind = kWord;
  bool negated = false;
  std::string text;                // lemma of the head, type, event
  std::vector<std::string> before;  // words that must stand before the head: "peace" of "peace agreement"
  int class_index = -1;
};

// How much an alternative that holds says for its pattern.
double WeightOf(const Alternative& a);

struct Condition {
  int16_t function = kFnNone;
  std::vector<Alternative> alternatives;
};

enum class PredicateKind : uint8_t { kVerb, kNoun, kAdjective };

// One way to say a pattern's predicate: "crack down on".
struct PredicateForm {
  PredicateKind kind = PredicateKind::kVerb;
  std::string head;
  std::vector<std::string> before;  // nouns: words before the head
  std::vector<std::string> after;   // particles, prepositions, objects that must depend on it
  int16_t object_preposition = kFnNone;  // "call for": what follows "for" is the object
};

// A verb that carries an act named by a noun: "held talks", "came under attack".
struct LightVerb {
  std::vector<std::string> after;     // "carry *out*"
  std::vector<Alternative> object;    // which nouns
  bool receives = false;              // the subject undergoes the act
};

struct PatternExample {
  std::string text;
  int line = 0;
  std::vector<std::string> expect;
  bool todo = false;  // wanted and not yet so: it must fail
};

struct Pattern {
  std::string id;  // "sanction/sever-relations"
  std::string event, mode, cameo, state, operation;
  std::vector<std::string> contexts;
  std::vector<PredicateForm> forms;
  std::vector<Condition> conditions;
  std::vector<int16_t> actor, recipient, inner;  // functions in order of preference
  bool no_event = false;  // `event: none`: this reading of the predicate is no event
  bool recipient_none = false;
  bool reciprocal = false;
  bool noun_of_agent = false;
  bool noun_poss_object = false;
  double priority = 0;
  std::vector<PatternExample> examples;
  std::string file;
  int line = 0;
};

struct PatternRef {
  uint32_t pattern = 0;
  uint32_t form = 0;
};

class Patterns {
 public:
  // Reads classes/, patterns/ and light_verbs.rec of the language's folder.
  static Result<Patterns> Load(const std::string& folder, const Ontology& ontology,
                               std::vector<Problem>& problems);

  const std::vector<Pattern>& all() const { return patterns_; }
  // Forms whose head is this lemma; null if none.
  const std::vector<PatternRef>* Find(PredicateKind kind, std::string_view lemma) const;
  bool InClass(int class_index, std::string_view lemma) const;
  // Every class that a word is in: bit tests instead of lookups. Null if none.
  const std::vector<int>* ClassesOf(std::string_view lemma) const;
  // Light verbs whose first word is this lemma; null if none.
  const std::vector<LightVerb>* LightVerbs(std::string_view lemma) const;
  // Function of a preposition; kFnNone if no pattern speaks of it.
  int16_t Preposition(std::string_view lemma) const;
  std::string FunctionName(int16_t function) const;

 private:
  std::vector<Pattern> patterns_;
  StringMap<std::vector<PatternRef>> index_[3];
  StringMap<std::vector<int>> classes_of_;
  std::vector<std::string> class_names_;
  StringMap<int> class_index_;
  StringMap<std::vector<LightVerb>> light_verbs_;
  std::vector<std::string> prepositions_;
  StringMap<int16_t> preposition_index_;
};

}  // namespace entente
