// SPDX-License-Identifier: Apache-2.0
// Treebanks as numbers for the network: the words and labels that are known, batches, and the ways
// in which training sentences are varied so that the model also reads headlines, capitals and curly
// quotes.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

#include "trainer/conllu.h"
#include "trainer/network.h"
#include "trainer/vectors.h"

namespace entente {

// The labels of one kind, most frequent first.
struct LabelSet {
  std::vector<std::string> names;
  std::unordered_map<std::string, int> ids;
  int Find(const std::string& name) const {
    const auto found = ids.find(name);
    return found == ids.end() ? -1 : found->second;
  }
};

struct Vocabulary {
  LabelSet upos, feats, relations;
  std::unordered_map<uint64_t, int> rows;  // by key of the normalised form; row 0: unknown
  std::vector<float> given;                // rows x word, scaled into [-1, 1]
  std::vector<int> counts;                 // of each row in the training corpus
  std::vector<uint64_t> known;             // keys of all words, those too rare for a row included
  int Row(const WordFeatures& features) const;
};

// Takes the `most` most frequent words of the vectors, and all words of the corpus seen `least`
// times.
Vocabulary BuildVocabulary(const Treebank& bank, const std::vector<WordVector>& vectors, int size,
                           int most, int least);

// How often (of 1) a training sentence is varied in each way.
struct Variation {
  double upper = 0.02;          // EVERYTHING IN CAPITALS
  double title = 0.03;          // The Words of a Headline
  double lower = 0.01;          // everything in small letters
  double no_final_stop = 0.04;  // the final punctuation left out
  double curly = 0.3;           // quotes and apostrophes as in print
  double no_diacritics = 0.3;
  double headline = 0.04;  // articles left out
};

// A copy of the sentence, varied.
GoldSentence Vary(const GoldSentence& sentence, const Variation& variation,
                  std::mt19937_64& random);

// Adds a sentence to a batch. `random` may be null: no words dropped.
void AddToBatch(const GoldSentence& sentence, const Vocabulary& vocabulary, FeatureReader& reader,
                std::mt19937_64* random, Batch& batch);

}  // namespace entente
