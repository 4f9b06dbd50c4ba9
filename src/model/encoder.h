// SPDX-License-Identifier: Apache-2.0
// Recurrent layers of the syntax network in integers. The tagger runs the lower ones on the words,
// the parser the upper ones on what the tagger left in Document::encodings.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "model/kernels.h"
#include "model/model_file.h"

namespace entente {

// Longer sentences are read in parts of at most this many words.
constexpr uint32_t kLongestSegment = 400;
// Words that are taken together, whole sentences, so that weights are fetched once for many of
// them.
constexpr uint32_t kWordsAtOnce = 256;

// The parts of the range begin..end, of about equal size.
void AddSegments(uint32_t begin, uint32_t end,
                 std::vector<std::pair<uint32_t, uint32_t>>& segments);

// Memory of one thread.
struct EncoderScratch {
  std::vector<uint8_t> bytes;  // input, then output: tokens x hidden
  std::vector<int16_t> state;  // tokens x hidden, Q14
  std::vector<int16_t> gates;
  std::vector<uint8_t> next;
};

class Encoder {
 public:
  // Layers first .. first + count - 1 of the file. The very first layer of a network takes `input`
  // bytes a word, all others `hidden`.
  static Result<Encoder> Read(const ModelFile& file, int first, int count, int input, int hidden);

  int hidden() const { return hidden_; }
  // Segments are ranges of rows in the scratch, one after another from 0. Takes scratch.bytes, and
  // scratch.state unless the first layer of the network is among its layers; leaves its results in
  // both.
  void Run(const std::vector<std::pair<uint32_t, uint32_t>>& segments,
           EncoderScratch& scratch) const;

 private:
  std::vector<LinearView> layers_;
  bool from_words_ = false;
  int hidden_ = 0;
};

}  // namespace entente
