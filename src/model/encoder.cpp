// SPDX-License-Identifier: Apache-2.0
#include "model/encoder.h"

namespace entente {

void AddSegments(uint32_t begin, uint32_t end,
                 std::vector<std::pair<uint32_t, uint32_t>>& segments) {
  const uint32_t size = end - begin;
  const uint32_t parts = (size + kLongestSegment - 1) / kLongestSegment;
  for (uint32_t i = 0; i < parts; i++) {
    const auto cut = [&](uint32_t n) {
      return begin + static_cast<uint32_t>(static_cast<uint64_t>(size) * n / parts);
    };
    segments.emplace_back(cut(i), cut(i + 1));
  }
}

Result<Encoder> Encoder::Read(const ModelFile& file, int first, int count, int input, int hidden) {
  Encoder encoder;
  encoder.hidden_ = hidden;
  encoder.from_words_ = first == 0;
  if (hidden % 32 != 0 || hidden > 1024) return file.Broken("size of the layers");
  for (int l = first; l < first + count; l++) {
    const auto layer = file.Linear("layer" + std::to_string(l), l == 0 ? input : hidden);
    if (!layer) return layer.error();
    if (layer->rows != 3 * hidden) return file.Broken("shape of layer " + std::to_string(l));
    encoder.layers_.push_back(*layer);
  }
  return encoder;
}

void Encoder::Run(const std::vector<std::pair<uint32_t, uint32_t>>& segments,
                  EncoderScratch& scratch) const {
  const uint32_t tokens = segments.empty() ? 0 : segments.back().second;
  const auto width = static_cast<size_t>(hidden_);
  scratch.gates.resize(tokens * width * 3);
  scratch.state.resize(tokens * width);
  scratch.next.resize(tokens * width);
  for (size_t l = 0; l < layers_.size(); l++) {
    Multiply(layers_[l], scratch.bytes.data(), static_cast<int>(tokens), scratch.gates.data(),
             3 * hidden_);
    const bool first = l == 0 && from_words_;
    for (const auto& [begin, end] : segments) {
      int16_t* state = scratch.state.data() + begin * width;
      Recur(scratch.gates.data() + begin * width * 3, first ? nullptr : state,
            static_cast<int>(end - begin), hidden_, state, scratch.next.data() + begin * width);
    }
    scratch.bytes.swap(scratch.next);
    scratch.next.resize(tokens * width);
  }
}

}  // namespace entente
