// SPDX-License-Identifier: Apache-2.0
// Rounds a trained network to integers and writes the two model files (docs/formats/model.md).
#pragma once

#include <string>

#include "trainer/network.h"
#include "trainer/syntax_data.h"

namespace entente {

struct SyntaxModels {
  std::string tagger, parser;  // bytes of the files
};

// `network` must hold the weights that are wanted (Network::SwapAverages). `bank` is what it was
// trained on; it gives the lemmas and the features that each part of speech can have.
SyntaxModels MakeModels(const Network& network, const Vocabulary& vocabulary, const Treebank& bank,
                        const std::string& recipe);

}  // namespace entente
