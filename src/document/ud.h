// SPDX-License-Identifier: Apache-2.0
// Universal Dependencies v2 as small numbers: parts of speech, relations, the features that later stages
// ask for. https://universaldependencies.org
#pragma once

#include <cstdint>
#include <string_view>

namespace entente {

enum class Upos : uint8_t {
  kAdj, kAdp, kAdv, kAux, kCconj, kDet, kIntj, kNoun, kNum, kPart, kPron, kPropn, kPunct, kSconj, kSym,
  kVerb, kX,
};
constexpr int kUposCount = 17;
std::string_view Name(Upos upos);
// kX for an unknown name.
Upos UposFromName(std::string_view name);

// The 37 universal relations.
enum class Rel : uint8_t {
  kAcl, kAdvcl, kAdvmod, kAmod, kAppos, kAux, kCase, kCc, kCcomp, kClf, kCompound, kConj, kCop, kCsubj,
  kDep, kDet, kDiscourse, kDislocated, kExpl, kFixed, kFlat, kGoeswith, kIobj, kList, kMark, kNmod,
  kNsubj, kNummod, kObj, kObl, kOrphan, kParataxis, kPunct, kReparandum, kRoot, kVocative, kXcomp,
};
constexpr int kRelCount = 37;
std::string_view Name(Rel rel);
// kDep for an unknown name. Only the part before ":" counts.
Rel RelFromName(std::string_view name);

// The subtypes that later stages ask for; any other is kOther (its text stays in Token::relation).
enum class RelSub : uint8_t { kNone, kPass, kRelcl, kAgent, kPoss, kPrt, kTmod, kOuter, kArg, kOther };
RelSub RelSubFromName(std::string_view name);

// Features as bits: FEATS "Mood=Ind|Tense=Past|VerbForm=Fin" has kFin | kPast | kInd.
namespace morph {
constexpr uint32_t kFin = 1u << 0, kInf = 1u << 1, kPart = 1u << 2, kGer = 1u << 3, kPast = 1u << 4,
                   kPres = 1u << 5, kFut = 1u << 6, kCnd = 1u << 7, kSub = 1u << 8, kImp = 1u << 9,
                   kSing = 1u << 10, kPlur = 1u << 11, kMasc = 1u << 12, kFem = 1u << 13,
                   kFirst = 1u << 14, kSecond = 1u << 15, kThird = 1u << 16, kPoss = 1u << 17,
                   kReflex = 1u << 18, kPassive = 1u << 19, kNeg = 1u << 20, kPrs = 1u << 21,
                   kRel = 1u << 22, kInterrogative = 1u << 23, kDefinite = 1u << 24, kInd = 1u << 25,
                   kNeut = 1u << 26, kImperfect = 1u << 27, kDem = 1u << 28;
}  // namespace morph
uint32_t MorphFromFeats(std::string_view feats);

}  // namespace entente
