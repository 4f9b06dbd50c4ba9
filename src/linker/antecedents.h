// SPDX-License-Identifier: Apache-2.0
// Which phrase before a pronoun it stands for. Every phrase of the last sentences is weighed by
// what it is, where it stands in its clause and how far away it is, whether or not it is known to
// be an actor: what "it" stands for is a thing as often as not. A logistic choice among them and
// nobody (after Denis and Baldridge 2008, much reduced); the weights are
// data/languages/<tag>/antecedents.tsv, learned by training/en/antecedents.py.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "document/document.h"
#include "lexicon/language.h"

namespace entente {

// One phrase that a pronoun may stand for.
enum class PhraseKind : uint8_t {
  kPronounHe,
  kPronounIt,
  kPronounThey,
  kNumber,
  kPersonName,
  kBodyName,
  kPlaceName,
  kNamePlural,
  kNameFull,
  kName,
  kPerson,
  kPersons,
  kGroup,
  kGroups,
  kThing,
  kThings,
  kNoun,
  kNouns,
};
enum class PhraseRole : uint8_t {
  kNsubj,
  kNsubjPass,
  kObj,
  kIobj,
  kObl,
  kAgent,
  kNmod,
  kPoss,
  kConj,
  kAppos,
  kRoot,
  kDislocated,
  kVocative,
  kParataxis,
  kOther,
};
enum class PronounClass : uint8_t { kHe, kIt, kThey };

class AntecedentWeights {
 public:
  explicit AntecedentWeights(const Language& language);

 private:
  friend class Antecedents;
  static constexpr size_t kKinds = 18, kRoles = 15, kLinks = 10, kBack = 4;
  struct OfClass {
    std::array<double, kRoles> role{}, conjunct{};
    std::array<std::array<double, 2>, kKinds> kind{};  // alone, first of several
    std::array<std::array<double, 2>, 3>
        roles{};  // pronoun subject, other, possessive; phrase subject, other
    std::array<std::array<double, 2>, kBack> back{};  // sentences back; pronoun possessive or not
    std::array<std::array<double, 2>, kLinks>
        under{};  // the clause of the pronoun below that of the phrase
    std::array<std::array<double, 2>, kLinks>
        below{};  // the phrase below the verb of the pronoun; subject, other
    std::array<double, 3> nobody_role{};
    double other_paragraph = 0, between = 0, tokens = 0, main_subject = 0, definite = 0,
           indefinite = 0, owned = 0, bare = 0, same_clause = 0, above = 0, said = 0,
           into_quote = 0, out_of_quote = 0, nobody = 0, nobody_few = 0, least = 0;
  };
  std::array<OfClass, 3> classes_;
  bool empty_ = true;
};

class Antecedents {
 public:
  struct Choice {
    int64_t token = -1;  // the head of the phrase; -1: nobody
    int mention = -1;    // its mention, if it has one
    double probability = 0;
  };

  Antecedents(const Document& document, const AntecedentWeights& weights);
  // Of a pronoun of the third person; its mention must be in the order of the text.
  Choice Find(const Mention& pronoun) const;

 private:
  const Token& Tok(uint32_t t) const { return document_.tokens[t]; }
  bool IsPhrase(uint32_t t) const;
  PhraseKind Kind(uint32_t t) const;
  PhraseRole Role(uint32_t t) const;
  static PronounClass ClassOf(const Mention& pronoun);
  bool Fits(const Mention& pronoun, PronounClass of, uint32_t t) const;
  double Score(const Mention& pronoun, PronounClass of, uint32_t t, int between) const;
  bool HasConjunct(uint32_t t) const;
  int MentionOf(uint32_t t) const;

  const Document& document_;
  const AntecedentWeights& weights_;
  std::vector<uint32_t> sentence_of_;
  std::vector<int> mention_at_;
  std::vector<bool> quoted_;
};

}  // namespace entente
