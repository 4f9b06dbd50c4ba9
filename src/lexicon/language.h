// SPDX-License-Identifier: Apache-2.0
// A language pack: everything that the stages must know about one language, read from
// data/languages/<tag>. Immutable after loading; one pack serves all threads.
#pragma once

#include <bitset>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "lexicon/actors.h"
#include "lexicon/agents.h"
#include "lexicon/date_words.h"
#include "lexicon/numbers.h"
#include "lexicon/ontology.h"
#include "lexicon/patterns.h"
#include "lexicon/places.h"

namespace entente {

// What a function word does; the words are in grammar.rec.
enum class Grammar : uint8_t {
  kNegation, kNegativeDeterminer, kFuture, kPossible, kConditional, kObligation, kConditionMark,
  kPurposeMark, kPastHabit, kHabitual, kAfterMark, kPastMark, kBy, kOf, kPlace, kFrom, kQuantity,
  kBetween, kBe, kExample, kPerfect, kWithout, kJoined, kFormer, kLemmaEnding, kDayPreposition,
  kTopic, kTopicVerb, kWork, kFiction, kTelling, kAbout, kForce, kAim, kPlaceNoun, kSite,
  kCapitalNoun, kUntilMark, kUnrealNoun, kForthcoming, kScribeNote, kNoteBegin, kNoteEnd,
  kImplicative, kUnrealVerb, kGeneric, kFocus, kNegativeAdjunct, kNearFuture, kNecessity, kAbility,
  kLet, kRefrain, kDemanding, kDuring, kWhenMark, kWith, kOperation, kOther, kDirected, kForeign,
};
constexpr int kGrammarCount = 61;
using GrammarSet = std::bitset<kGrammarCount>;

// Words and phrases that give an event a context.
struct ContextIndex {
  NameIndex phrases;  // NameEntry::actor is an index into names
  std::vector<std::string> names;
};

struct Language {
  std::string tag;
  std::string folder;  // data/languages/<tag>
  std::string root;    // the folder that holds data/ and models/
  Ontology ontology;
  Actors actors;
  Agents agents;
  Patterns patterns;
  Numbers numbers;
  DateWords dates;
  Places places;
  ContextIndex contexts;
  StringMap<GrammarSet> grammar;   // what a word does
  std::vector<std::string> lemma_endings;  // what the model forgets: "blam" + e
  StringMap<std::string> lemmas;   // "VERB froze" -> freeze: these win over the tagger's model
  double least_confidence = 0;     // events below are not told unless asked for (row `least` of confidence.tsv)
  StringMap<double> confidence;    // weights of ConfidenceFeatures; empty: the coder's own estimate stands
  StringMap<double> antecedents;   // weights of what a pronoun may stand for (linker/antecedents.h)
  StringMap<std::string> counts;   // lemma of an act -> what its number counts: "dead"

  bool Is(std::string_view word, Grammar function) const {
    const auto it = grammar.find(word);
    return it != grammar.end() && it->second[static_cast<size_t>(function)];
  }

  // Reads <root>/data. All mistakes of all files are collected in `problems`; if there are any the
  // language is still returned, so that `lint` can go on. An error means that a file cannot be read.
  static Result<std::unique_ptr<Language>> Load(const std::string& root, const std::string& tag,
                                                std::vector<Problem>& problems);
};

}  // namespace entente
