// SPDX-License-Identifier: Apache-2.0
#include "trainer/lemma_trainer.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "base/utf8.h"
#include "tagger/lemmatizer.h"

namespace entente {
namespace {

// In place of a lemma: the form as it stands.
const std::string kItself;

size_t CommonPrefix(std::string_view a, std::string_view b) {
  size_t n = 0;
  while (n < a.size() && n < b.size() && a[n] == b[n]) n++;
  const auto inside = [](std::string_view s, size_t at) {
    return at < s.size() && (static_cast<unsigned char>(s[at]) & 0xC0) == 0x80;
  };
  while (n > 0 && (inside(a, n) || inside(b, n))) n--;
  return n;
}

// Where form and lemma are in small letters, nothing shows whether case is kept: `usual` says it.
std::string EditOf(const std::string& form, const std::string& lower, const std::string& lemma,
                   bool usual) {
  const bool keep_case = form == lower ? usual : ToLower(lemma) != lemma;
  const std::string& from = keep_case ? form : lower;
  const size_t same = CommonPrefix(from, lemma);
  return std::to_string(from.size() - same) + (keep_case ? "- " : " ") + lemma.substr(same);
}

template <class Slot, class IsEmpty>
std::vector<Slot> Place(const std::vector<std::pair<uint64_t, Slot>>& slots, IsEmpty is_empty) {
  size_t size = 16;
  while (size * 3 < slots.size() * 4) size *= 2;
  std::vector<Slot> out(size);
  for (const auto& [key, slot] : slots) {
    size_t at = key & (size - 1);
    while (!is_empty(out[at])) at = (at + 1) & (size - 1);
    out[at] = slot;
  }
  return out;
}

class LemmaTables {
 public:
  LemmaTables(const Treebank& bank, const Vocabulary& vocabulary) {
    // Parts of speech whose lemmas keep their capitals, names above all.
    std::map<std::string, int> keeps;
    for (const GoldSentence& sentence : bank) {
      for (const GoldWord& word : sentence.words) {
        if (ToLower(word.form) != word.form)
          keeps[word.upos] += ToLower(word.lemma) != word.lemma ? 1 : -1;
      }
    }
    for (const GoldSentence& sentence : bank) {
      for (const GoldWord& word : sentence.words) {
        if (word.lemma == "_" && word.form != "_") continue;
        const std::string lower = ToLower(word.form);
        const int upos = vocabulary.upos.Find(word.upos);
        const int feats = vocabulary.feats.Find(word.feats);
        const bool itself = word.lemma == word.form && lower != word.form;
        const std::string& lemma = itself ? kItself : word.lemma;
        if (lemma.size() > 255) continue;
        by_form_[{lower, upos}][lemma]++;
        by_feats_[{lower, upos, feats}][lemma]++;
        types_[{lower, upos, feats}][EditOf(word.form, lower, word.lemma, keeps[word.upos] > 0)]++;
      }
    }
  }

  void Add(const Vocabulary& vocabulary, ModelBuilder& builder) {
    AddForms(builder);
    AddEndings(builder);
    // Twelve bits a word, of which four are set: one other word in 150 is taken for a known one.
    std::vector<uint8_t> known(vocabulary.known.size() * 12 / 8 + 8, 0);
    for (const uint64_t key : vocabulary.known) {
      for (const uint64_t bit : Lemmatizer::KnownBits(key, known.size() * 8)) {
        known[bit / 8] |= static_cast<uint8_t>(1 << (bit % 8));
      }
    }
    builder.Add("lemma.known", known);
  }

 private:
  using Counts = std::map<std::string, int>;

  static const std::string& Most(const Counts& counts) {
    const auto most =
        std::max_element(counts.begin(), counts.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    return most->first;
  }

  uint32_t PlaceOf(const std::string& lemma) {
    const auto [place, added] = places_.emplace(lemma, texts_.size());
    if (added) texts_ += lemma;
    return static_cast<uint32_t>(place->second << 8 | lemma.size());
  }

  void AddForms(ModelBuilder& builder) {
    std::vector<std::pair<uint64_t, LemmaSlot>> slots;
    const auto add = [&](uint64_t key, const std::string& lemma) {
      slots.emplace_back(key, LemmaSlot{static_cast<uint32_t>(key >> 32) | 1, PlaceOf(lemma)});
    };
    for (const auto& [key, counts] : by_form_) {
      add(LemmaKey(std::get<0>(key), std::get<1>(key), -1), Most(counts));
    }
    for (const auto& [key, counts] : by_feats_) {
      const auto& [lower, upos, feats] = key;
      const std::string& lemma = Most(counts);
      if (lemma != Most(by_form_[{lower, upos}])) add(LemmaKey(lower, upos, feats), lemma);
    }
    builder.Add("lemma.forms", Place(slots, [](const LemmaSlot& s) { return s.fingerprint == 0; }));
    builder.Add("lemma.texts", texts_);
  }

  void AddEndings(ModelBuilder& builder) {
    // Edits of at least two different words.
    Counts words_of;
    for (const auto& [key, counts] : types_) words_of[Most(counts)]++;
    std::vector<std::pair<int, std::string>> order;
    for (const auto& [edit, count] : words_of) {
      if (count >= 2) order.emplace_back(-count, edit);
    }
    std::sort(order.begin(), order.end());
    if (order.size() > 255) order.resize(255);
    std::map<std::string, int> ids;
    std::string lines;
    for (const auto& [count, edit] : order) {
      const int id = static_cast<int>(ids.size());
      ids[edit] = id;
      lines += edit + "\n";
    }
    builder.Add("lemma.edits", lines);
    std::map<std::tuple<std::string, int, int>, std::map<int, int>> endings;
    for (const auto& [key, counts] : types_) {
      const auto& [lower, upos, feats] = key;
      const auto edit = ids.find(Most(counts));
      const int id = edit == ids.end() ? -1 : edit->second;
      for (size_t n = 0; n <= std::min<size_t>(kLongestEnding, lower.size()); n++) {
        endings[{lower.substr(lower.size() - n), upos, feats}][id]++;
      }
    }
    std::vector<std::pair<uint64_t, EndingSlot>> slots;
    for (const auto& [key, counts] : endings) {
      const auto& [ending, upos, feats] = key;
      int total = 0;
      for (const auto& [id, count] : counts) total += count;
      if (total < 2 && !ending.empty()) continue;
      std::vector<std::pair<int, int>> best;
      for (const auto& [id, count] : counts) {
        if (id >= 0) best.emplace_back(-count, id);
      }
      std::sort(best.begin(), best.end());
      EndingSlot slot;
      const uint64_t hash = EndingKey(ending, upos, feats);
      slot.fingerprint = static_cast<uint32_t>(hash >> 32);
      slot.used = 1;
      for (size_t i = 0; i < 3; i++) {
        slot.costs[i] = 255;
        if (i >= best.size()) continue;
        // Half a count is kept for what was not seen.
        const double share = -best[i].first / (total + 0.5);
        slot.edits[i] = static_cast<uint8_t>(best[i].second);
        slot.costs[i] = static_cast<uint8_t>(std::min(254.0, std::round(-16 * std::log2(share))));
      }
      slots.emplace_back(hash, slot);
    }
    builder.Add("lemma.endings", Place(slots, [](const EndingSlot& s) { return s.used == 0; }));
  }

  std::map<std::pair<std::string, int>, Counts> by_form_;
  std::map<std::tuple<std::string, int, int>, Counts> by_feats_, types_;
  std::map<std::string, size_t> places_;
  std::string texts_;
};

}  // namespace

void AddLemmas(const Treebank& bank, const Vocabulary& vocabulary, ModelBuilder& builder) {
  LemmaTables(bank, vocabulary).Add(vocabulary, builder);
}

}  // namespace entente
