// SPDX-License-Identifier: Apache-2.0
// Reads treebanks in CoNLL-U (https://universaldependencies.org/format.html), plain or .xz.
// Multiword tokens are kept, empty nodes of the enhanced graph are skipped.
//   Result<Treebank> bank = ReadTreebank("train.conllu.xz");
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace entente {

struct GoldWord {
  std::string form;
  std::string lemma;  // "_" if not annotated
  std::string upos;
  std::string feats;     // "_" if none
  std::string relation;  // with its subtype
  int head = -1;         // index into GoldSentence::words, -1 for the root
  int token = 0;         // index into GoldSentence::tokens
  bool operator==(const GoldWord&) const = default;
};

// What stands in the text: a word, or several written as one ("don't").
struct GoldToken {
  std::string form;
  int first_word = 0;
  int words = 1;
  bool space_after = true;
};

struct GoldSentence {
  bool new_paragraph = false;  // a comment "# newpar" or "# newdoc" stands before it
  std::string treebank;        // of the comment "# treebank = ", "" if it is not there
  std::string text;            // the tokens' forms and the spaces between them
  std::vector<GoldWord> words;
  std::vector<GoldToken> tokens;
};

using Treebank = std::vector<GoldSentence>;

// `name` stands in messages. Errors name the line: a missing column, ids out of order, a head that
// is not there, a sentence without exactly one root, a cycle.
Result<Treebank> ParseTreebank(std::string_view text, const std::string& name);
Result<Treebank> ReadTreebank(const std::string& path);

}  // namespace entente
