// SPDX-License-Identifier: Apache-2.0
// `entente train training/en/syntax.rec`: from a treebank to tagger.model, parser.model and their
// card. The same recipe and corpora give the same bytes on the same kind of machine.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "trainer/network.h"
#include "trainer/syntax_data.h"

namespace entente {

// What training/<language>/syntax.rec says; its README explains the fields.
struct SyntaxRecipe {
  std::string path;
  std::string language;
  std::vector<std::string> train, own, dev, test;
  std::string vectors;
  std::string corpus, licence;  // for the card
  int words = 50000;            // most frequent words of the vectors that are kept
  NetworkShape shape;
  Network::Options dropout;
  Variation variation;
  int rounds = 20;
  int batch = 700;  // words
  double rate = 0.002;
  double average = 0.998;
  uint64_t seed = 1;
};

Result<SyntaxRecipe> ReadSyntaxRecipe(const std::string& path);

struct TrainingPlaces {
  std::string treebanks;  // folder that the recipe's corpora are in
  std::string vectors;    // folder that the recipe's word vectors are in
  std::string out;        // folder for the models; made if it is not there
};

// Trains, rounds to integers, writes the files, and scores what it wrote. `report` gets lines of
// progress.
Status TrainSyntax(const SyntaxRecipe& recipe, const TrainingPlaces& places,
                   const std::function<void(const std::string&)>& report);

}  // namespace entente
