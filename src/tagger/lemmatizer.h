// SPDX-License-Identifier: Apache-2.0
// Words to lemmas: a table of forms seen in training, and for all others the edit that the longest
// known ending suggests, where an edit that gives a known word is preferred.
//   "severed" VERB -> "sever"; "opined" VERB -> "opine"; "Rajoy" PROPN -> "Rajoy"
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/features.h"
#include "model/model_file.h"

namespace entente {

// Keys of the two tables; `word` is in lower case.
uint64_t LemmaKey(std::string_view word, int upos, int feats);  // feats -1: any
uint64_t EndingKey(std::string_view ending, int upos, int feats);

// A slot of the table of forms. An empty slot has no text.
struct LemmaSlot {
  uint32_t fingerprint = 0;
  uint32_t place = 0;  // offset in the texts << 8 | length; length 0: the form itself
};
// An edit that an ending suggests: cut bytes from the end of the form, then add a text.
struct EndingSlot {
  uint32_t fingerprint = 0;
  uint8_t edits[3] = {};
  uint8_t costs[3] = {};  // 255: no edit
  uint8_t used = 0;
  uint8_t unused = 0;
};
static_assert(sizeof(EndingSlot) == 12);

constexpr int kLongestEnding = 6;  // bytes

struct LemmaEdit {
  int cut = 0;
  bool keep_case = false;
  std::string_view add;
};
// False if the form is too short.
bool ApplyEdit(const LemmaEdit& edit, std::string_view form, std::string_view lower,
               std::string& lemma);

class Lemmatizer {
 public:
  // Refers to the bytes of the file, which must live on.
  static Result<Lemmatizer> Read(const ModelFile& file);

  // True if the form is among the words that the lists of the model know; rarely true of another.
  bool Knows(uint64_t key) const;
  // Bits that stand for a key among `bits` bits.
  static std::array<uint64_t, 4> KnownBits(uint64_t key, uint64_t bits);

  // The lemma lies in the model, or is `form` itself, or was written to `scratch`. upos and feats
  // are labels of the model.
  std::string_view Lemma(std::string_view form, std::string_view lower, int upos, int feats,
                         FeatureReader& reader, std::string& scratch) const;

 private:
  const LemmaSlot* FindForm(uint64_t key) const;
  const EndingSlot* FindEnding(uint64_t key) const;

  std::span<const LemmaSlot> forms_;
  std::span<const EndingSlot> endings_;
  std::span<const uint8_t> known_;
  std::string_view texts_;
  std::vector<LemmaEdit> edits_;
};

}  // namespace entente
