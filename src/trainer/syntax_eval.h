// SPDX-License-Identifier: Apache-2.0
// How well tokens, tags and trees agree with a treebank, as the script of the CoNLL 2018 shared
// task counts (conll18_ud_eval.py): system and gold are aligned by the characters of the text.
//   SyntaxScores scores = EvaluateSyntax(treebank, true, [&](Document& d) { tagger.Run(d);
//   parser.Run(d); }); std::cout << scores.Text();   // "LAS 84.21", a line a measure
#pragma once

#include <functional>
#include <map>
#include <string>

#include "document/document.h"
#include "trainer/conllu.h"

namespace entente {

// How many the gold and the system have, and how many of these are right.
struct Tally {
  long gold = 0, system = 0, right = 0;
  // In percent; 0 if there is nothing.
  double Precision() const {
    return system == 0 ? 0 : 100.0 * static_cast<double>(right) / static_cast<double>(system);
  }
  double Recall() const {
    return gold == 0 ? 0 : 100.0 * static_cast<double>(right) / static_cast<double>(gold);
  }
  double F1() const {
    return gold + system == 0
               ? 0
               : 200.0 * static_cast<double>(right) / static_cast<double>(gold + system);
  }
};

struct SyntaxScores {
  Tally tokens, sentences, words, upos, feats, lemmas, uas, las, las_with_subtypes;
  // By gold and system relation with its subtype: right if head and relation are.
  std::map<std::string, Tally> relations;

  // "Tokens 99.91", "LAS 84.21", ...: F1 in percent, a line a measure.
  std::string Text() const;
  // "nsubj 91.20 90.33 90.76 (1520)": precision, recall, F1 and gold number, the most frequent
  // first.
  std::string RelationText() const;
};

// The treebank's text as documents of some hundred sentences, which `run` analyses. With
// `gold_tokens` the documents already have the treebank's sentences and words, and `run` must not
// change them.
SyntaxScores EvaluateSyntax(const Treebank& gold, bool gold_tokens,
                            const std::function<void(Document&)>& run);

// The document of these sentences: text and paragraphs, and with `gold_tokens` sentences and
// tokens.
Document GoldDocument(const Treebank& gold, size_t first, size_t last, bool gold_tokens);

}  // namespace entente
