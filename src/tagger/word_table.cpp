// SPDX-License-Identifier: Apache-2.0
#include "tagger/word_table.h"

#include <bit>

namespace entente {
namespace {

uint32_t Fingerprint(uint64_t key) { return static_cast<uint32_t>(key >> 32); }

}  // namespace

Result<WordTable> WordTable::Read(const ModelFile& file) {
  WordTable table;
  const auto word = file.Number("word", 4, 256);
  const auto piece = file.Number("piece", 4, 256);
  const auto shift = file.Number("piece.shift", 0, 6);
  const auto slots = file.Array<uint32_t>("keys");
  const auto words = file.Array<int8_t>("words");
  const auto pieces = file.Array<int8_t>("pieces");
  for (const auto* number : {&word, &piece, &shift}) {
    if (!*number) return number->error();
  }
  if (!slots) return slots.error();
  if (!words) return words.error();
  if (!pieces) return pieces.error();
  table.word_ = *word;
  table.piece_ = *piece;
  table.shift_ = *shift;
  const size_t count = slots->size() / 2;
  if (slots->size() % 2 != 0 || !std::has_single_bit(count) || count > (1u << 26)) {
    return file.Broken("size of the table of words");
  }
  if (words->size() % static_cast<size_t>(*word) != 0 ||
      pieces->size() != static_cast<size_t>(*piece) * kPieceBuckets) {
    return file.Broken("size of the word vectors");
  }
  table.slots_ = *slots;
  table.words_ = *words;
  table.pieces_ = *pieces;
  table.mask_ = static_cast<uint32_t>(count - 1);
  table.rows_ = static_cast<uint32_t>(words->size() / static_cast<size_t>(*word));
  size_t empty = 0;
  for (size_t i = 0; i < count; i++) {
    if ((*slots)[2 * i + 1] >= table.rows_) return file.Broken("row of a word");
    empty += (*slots)[2 * i + 1] == 0 ? 1 : 0;
  }
  if (empty == 0 || table.rows_ == 0) return file.Broken("table of words");
  return table;
}

uint32_t WordTable::Find(uint64_t key) const {
  const uint32_t fingerprint = Fingerprint(key);
  for (uint32_t at = static_cast<uint32_t>(key) & mask_;; at = (at + 1) & mask_) {
    const uint32_t row = slots_[2 * static_cast<size_t>(at) + 1];
    if (row == 0 || slots_[2 * static_cast<size_t>(at)] == fingerprint) return row;
  }
}

uint32_t WordTable::Row(const WordFeatures& features) const {
  const uint32_t row = Find(features.key);
  return row != 0 || features.folded_key == features.key ? row : Find(features.folded_key);
}

void WordTable::Write(const WordFeatures& features, uint8_t* out) const {
  const int8_t* word =
      words_.data() + static_cast<size_t>(Row(features)) * static_cast<size_t>(word_);
  for (int i = 0; i < word_; i++) out[i] = static_cast<uint8_t>(word[i] + 128);
  const int8_t* rows[kPieceCount];
  int count = 0;
  for (const uint32_t piece : features.pieces) {
    if (piece != kNoPiece)
      rows[count++] = pieces_.data() + static_cast<size_t>(piece) * static_cast<size_t>(piece_);
  }
  SumRows(rows, count, piece_, shift_, out + word_);
}

std::vector<uint32_t> WordTable::Slots(const std::vector<std::pair<uint64_t, uint32_t>>& keys) {
  size_t count = 16;
  while (count * 4 < keys.size() * 5) count *= 2;
  std::vector<uint32_t> slots(2 * count, 0);
  for (const auto& [key, row] : keys) {
    size_t at = key & (count - 1);
    while (slots[2 * at + 1] != 0) at = (at + 1) & (count - 1);
    slots[2 * at] = Fingerprint(key);
    slots[2 * at + 1] = row;
  }
  return slots;
}

}  // namespace entente
