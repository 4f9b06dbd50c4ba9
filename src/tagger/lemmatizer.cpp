// SPDX-License-Identifier: Apache-2.0
#include "tagger/lemmatizer.h"

#include <algorithm>
#include <bit>
#include <charconv>

namespace entente {
namespace {

uint64_t Hash(std::string_view text, uint64_t seed) {
  uint64_t h = 0xCBF29CE484222325ull ^ (seed * 0xD6E8FEB86659FD93ull);
  for (const char c : text) {
    h = (h ^ static_cast<unsigned char>(c)) * 0x9E3779B97F4A7C15ull;
    h ^= h >> 29;
  }
  h = (h ^ text.size()) * 0x9E3779B97F4A7C15ull;
  return h ^ (h >> 32);
}

// What a shorter ending, and an unknown lemma, cost in units of the file's costs (16 a halving).
constexpr int kShorter = 20;
constexpr int kUnknown = 80;

}  // namespace

uint64_t LemmaKey(std::string_view word, int upos, int feats) {
  return Hash(word, static_cast<uint64_t>(upos + 1) * 65536 + static_cast<uint64_t>(feats + 1));
}
uint64_t EndingKey(std::string_view ending, int upos, int feats) {
  return Hash(ending, (uint64_t{1} << 40) + static_cast<uint64_t>(upos + 1) * 65536 +
                          static_cast<uint64_t>(feats + 1));
}

bool ApplyEdit(const LemmaEdit& edit, std::string_view form, std::string_view lower,
               std::string& lemma) {
  const std::string_view from = edit.keep_case ? form : lower;
  const auto cut = static_cast<size_t>(edit.cut);
  if (from.size() < cut || (from.size() == cut && edit.add.empty())) return false;
  lemma.assign(from.substr(0, from.size() - cut));
  lemma += edit.add;
  if (!edit.keep_case || edit.add.empty()) return true;
  // "TIES" is cut to "TI", and what is added is written like it.
  for (const char c : form) {
    if (c >= 'a' && c <= 'z') return true;
  }
  for (size_t i = lemma.size() - edit.add.size(); i < lemma.size(); i++) {
    if (lemma[i] >= 'a' && lemma[i] <= 'z') lemma[i] = static_cast<char>(lemma[i] - 32);
  }
  return true;
}

Result<Lemmatizer> Lemmatizer::Read(const ModelFile& file) {
  Lemmatizer out;
  const auto forms = file.Array<LemmaSlot>("lemma.forms");
  const auto endings = file.Array<EndingSlot>("lemma.endings");
  const auto edits = file.Lines("lemma.edits");
  const auto known = file.Array<uint8_t>("lemma.known");
  if (!forms) return forms.error();
  if (!endings) return endings.error();
  if (!edits) return edits.error();
  if (!known) return known.error();
  out.known_ = *known;
  out.forms_ = *forms;
  out.endings_ = *endings;
  out.texts_ = file.Section("lemma.texts");
  if (!std::has_single_bit(forms->size()) || !std::has_single_bit(endings->size()) ||
      out.texts_.size() >= (1u << 24)) {
    return file.Broken("size of the lemma tables");
  }
  size_t empty = 0;
  for (const LemmaSlot& slot : *forms) {
    if ((slot.place >> 8) + (slot.place & 255) > out.texts_.size())
      return file.Broken("place of a lemma");
    empty += slot.fingerprint == 0 ? 1 : 0;
  }
  size_t empty_endings = 0;
  for (const EndingSlot& slot : *endings) {
    for (int i = 0; i < 3; i++) {
      if (slot.costs[i] != 255 && slot.edits[i] >= edits->size())
        return file.Broken("number of an edit");
    }
    empty_endings += slot.used == 0 ? 1 : 0;
  }
  if (empty == 0 || empty_endings == 0) return file.Broken("lemma tables");
  // "3 y", "0- ": cut three bytes, add y; "-" keeps the case of the form.
  for (const std::string_view line : *edits) {
    LemmaEdit edit;
    const char* end_of_line = line.data() + line.size();
    auto [end, error] = std::from_chars(line.data(), end_of_line, edit.cut);
    if (error != std::errc() || end == end_of_line || edit.cut < 0) return file.Broken("an edit");
    if (*end == '-') {
      edit.keep_case = true;
      end++;
    }
    if (end == end_of_line || *end != ' ') return file.Broken("an edit");
    edit.add = std::string_view(end + 1, static_cast<size_t>(end_of_line - end - 1));
    out.edits_.push_back(edit);
  }
  return out;
}

const LemmaSlot* Lemmatizer::FindForm(uint64_t key) const {
  const size_t mask = forms_.size() - 1;
  const auto fingerprint = static_cast<uint32_t>(key >> 32) | 1;
  for (size_t at = key & mask;; at = (at + 1) & mask) {
    if (forms_[at].fingerprint == fingerprint) return &forms_[at];
    if (forms_[at].fingerprint == 0) return nullptr;
  }
}

const EndingSlot* Lemmatizer::FindEnding(uint64_t key) const {
  const size_t mask = endings_.size() - 1;
  const auto fingerprint = static_cast<uint32_t>(key >> 32);
  for (size_t at = key & mask;; at = (at + 1) & mask) {
    if (endings_[at].used == 0) return nullptr;
    if (endings_[at].fingerprint == fingerprint) return &endings_[at];
  }
}

std::array<uint64_t, 4> Lemmatizer::KnownBits(uint64_t key, uint64_t bits) {
  std::array<uint64_t, 4> out;
  const uint64_t step = (key >> 32) | 1;
  for (uint64_t i = 0; i < out.size(); i++)
    out[i] = (key + i * step * 0x9E3779B97F4A7C15ull) % bits;
  return out;
}

bool Lemmatizer::Knows(uint64_t key) const {
  for (const uint64_t bit : KnownBits(key, known_.size() * 8)) {
    if ((known_[bit / 8] >> (bit % 8) & 1) == 0) return false;
  }
  return true;
}

std::string_view Lemmatizer::Lemma(std::string_view form, std::string_view lower, int upos,
                                   int feats, FeatureReader& reader, std::string& scratch) const {
  const LemmaSlot* slot = FindForm(LemmaKey(lower, upos, feats));
  if (slot == nullptr) slot = FindForm(LemmaKey(lower, upos, -1));
  if (slot != nullptr) {
    const uint32_t length = slot->place & 255;
    return length == 0 ? form : texts_.substr(slot->place >> 8, length);
  }
  // The cheapest edit over all endings; the longer the ending, the more its word counts.
  int best_cost = INT32_MAX;
  int shorter = 0;
  bool found = false;
  std::string candidate;
  const size_t longest = std::min<size_t>(kLongestEnding, lower.size());
  for (size_t n = longest + 1; n-- > 0;) {
    const EndingSlot* ending = FindEnding(EndingKey(lower.substr(lower.size() - n), upos, feats));
    if (ending == nullptr) continue;
    for (int i = 0; i < 3; i++) {
      if (ending->costs[i] == 255) continue;
      int cost = ending->costs[i] + shorter;
      if (cost >= best_cost || !ApplyEdit(edits_[ending->edits[i]], form, lower, candidate))
        continue;
      if (candidate != lower && candidate != form && !Knows(reader.Key(candidate)))
        cost += kUnknown;
      if (cost >= best_cost) continue;
      best_cost = cost;
      scratch = candidate;
      found = true;
    }
    shorter += kShorter;
    if (shorter > best_cost) break;
  }
  if (!found) return form;
  return scratch == form ? form : std::string_view(scratch);
}

}  // namespace entente
