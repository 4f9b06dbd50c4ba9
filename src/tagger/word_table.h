// SPDX-License-Identifier: Apache-2.0
// The words that a model knows, by hash, and their vectors; and the vectors of pieces of words.
// Used in place in the model file.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "model/features.h"
#include "model/model_file.h"

namespace entente {

class WordTable {
 public:
  static Result<WordTable> Read(const ModelFile& file);

  int input() const { return word_ + piece_; }
  // 0 for a word that is not known.
  uint32_t Row(const WordFeatures& features) const;
  // The bytes that the first layer takes: input() of them.
  void Write(const WordFeatures& features, uint8_t* out) const;

  // How keys are kept, for who writes them: slots of two numbers, a fingerprint and a row; row 0
  // marks an empty slot. The number of slots is a power of two.
  static std::vector<uint32_t> Slots(const std::vector<std::pair<uint64_t, uint32_t>>& keys);

 private:
  uint32_t Find(uint64_t key) const;

  std::span<const uint32_t> slots_;
  std::span<const int8_t> words_;
  std::span<const int8_t> pieces_;
  uint32_t mask_ = 0;
  uint32_t rows_ = 0;
  int word_ = 0;
  int piece_ = 0;
  int shift_ = 0;
};

}  // namespace entente
