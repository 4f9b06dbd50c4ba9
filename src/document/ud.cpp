// SPDX-License-Identifier: Apache-2.0
#include "document/ud.h"

#include <iterator>
#include <utility>

namespace entente {
namespace {

constexpr std::string_view kUpos[] = {"ADJ",  "ADP",  "ADV",  "AUX",   "CCONJ", "DET",
                                      "INTJ", "NOUN", "NUM",  "PART",  "PRON",  "PROPN",
                                      "PUNCT", "SCONJ", "SYM", "VERB", "X"};
constexpr std::string_view kRels[] = {
    "acl",   "advcl", "advmod",    "amod",       "appos", "aux",   "case",     "cc",
    "ccomp", "clf",   "compound",  "conj",       "cop",   "csubj", "dep",      "det",
    "discourse", "dislocated", "expl", "fixed",  "flat",  "goeswith", "iobj",  "list",
    "mark",  "nmod",  "nsubj",     "nummod",     "obj",   "obl",   "orphan",   "parataxis",
    "punct", "reparandum", "root", "vocative",   "xcomp"};
static_assert(std::size(kUpos) == kUposCount && std::size(kRels) == kRelCount);

constexpr std::pair<std::string_view, uint32_t> kFeatures[] = {
    {"VerbForm=Fin", morph::kFin},     {"VerbForm=Inf", morph::kInf},
    {"VerbForm=Part", morph::kPart},   {"VerbForm=Ger", morph::kGer},
    {"Tense=Past", morph::kPast},      {"Tense=Pres", morph::kPres},
    {"Tense=Fut", morph::kFut},        {"Tense=Imp", morph::kImperfect | morph::kPast},
    {"Mood=Cnd", morph::kCnd},         {"Mood=Sub", morph::kSub},
    {"Mood=Imp", morph::kImp},         {"Mood=Ind", morph::kInd},
    {"Number=Sing", morph::kSing},     {"Number=Plur", morph::kPlur},
    {"Gender=Masc", morph::kMasc},     {"Gender=Fem", morph::kFem},
    {"Gender=Neut", morph::kNeut},     {"Person=1", morph::kFirst},
    {"Person=2", morph::kSecond},      {"Person=3", morph::kThird},
    {"Poss=Yes", morph::kPoss},        {"Reflex=Yes", morph::kReflex},
    {"Voice=Pass", morph::kPassive},   {"Polarity=Neg", morph::kNeg},
    {"PronType=Neg", morph::kNeg},     {"PronType=Prs", morph::kPrs},
    {"PronType=Rel", morph::kRel},     {"PronType=Int", morph::kInterrogative},
    {"PronType=Int,Rel", morph::kRel}, {"PronType=Dem", morph::kDem},
    {"Definite=Def", morph::kDefinite}};

}  // namespace

std::string_view Name(Upos upos) { return kUpos[static_cast<int>(upos)]; }
Upos UposFromName(std::string_view name) {
  for (int i = 0; i < kUposCount; i++) {
    if (kUpos[i] == name) return static_cast<Upos>(i);
  }
  return Upos::kX;
}
std::string_view Name(Rel rel) { return kRels[static_cast<int>(rel)]; }
Rel RelFromName(std::string_view name) {
  name = name.substr(0, name.find(':'));
  for (int i = 0; i < kRelCount; i++) {
    if (kRels[i] == name) return static_cast<Rel>(i);
  }
  return Rel::kDep;
}

RelSub RelSubFromName(std::string_view name) {
  const size_t colon = name.find(':');
  if (colon == std::string_view::npos) return RelSub::kNone;
  const std::string_view sub = name.substr(colon + 1);
  if (sub == "pass") return RelSub::kPass;
  if (sub == "relcl") return RelSub::kRelcl;
  if (sub == "agent") return RelSub::kAgent;
  if (sub == "poss") return RelSub::kPoss;
  if (sub == "prt") return RelSub::kPrt;
  if (sub == "tmod" || sub == "unmarked") return RelSub::kTmod;
  if (sub == "outer") return RelSub::kOuter;
  if (sub == "arg") return RelSub::kArg;
  return RelSub::kOther;
}

uint32_t MorphFromFeats(std::string_view feats) {
  uint32_t bits = 0;
  while (!feats.empty()) {
    const size_t bar = feats.find('|');
    const std::string_view one = feats.substr(0, bar);
    for (const auto& [name, bit] : kFeatures) {
      if (name == one) bits |= bit;
    }
    if (bar == std::string_view::npos) break;
    feats.remove_prefix(bar + 1);
  }
  return bits;
}

}  // namespace entente
