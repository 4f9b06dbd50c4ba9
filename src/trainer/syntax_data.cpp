// SPDX-License-Identifier: Apache-2.0
#include "trainer/syntax_data.h"

#include <algorithm>
#include <map>

#include "base/utf8.h"

namespace entente {
namespace {

LabelSet Labels(const std::map<std::string, int>& counts) {
  std::vector<std::pair<int, std::string>> order;
  for (const auto& [name, count] : counts) order.emplace_back(-count, name);
  std::sort(order.begin(), order.end());
  LabelSet set;
  for (const auto& [count, name] : order) {
    set.ids[name] = static_cast<int>(set.names.size());
    set.names.push_back(name);
  }
  return set;
}

std::string ToUpperText(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const char32_t c = DecodeUtf8(text, at);
    AppendUtf8(out, c < 0x80 && c >= 'a' && c <= 'z' ? c - 32 : c);
  }
  return out;
}

std::string Capitalise(std::string_view text) {
  std::string out(text);
  if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 32);
  return out;
}

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<signed char>(c) >= 0; });
}

double Unit(std::mt19937_64& random) {
  return static_cast<double>(random() >> 11) / 9007199254740992.0;
}

// Leaves out the words marked; they must have no dependents.
void Remove(const std::vector<bool>& gone, GoldSentence& sentence) {
  std::vector<int> to(sentence.words.size(), -1);
  std::vector<GoldWord> words;
  for (size_t i = 0; i < gone.size(); i++) {
    if (gone[i]) continue;
    to[i] = static_cast<int>(words.size());
    words.push_back(sentence.words[i]);
  }
  for (GoldWord& word : words) {
    if (word.head >= 0) word.head = to[word.head];
  }
  sentence.words = std::move(words);
}

}  // namespace

int Vocabulary::Row(const WordFeatures& features) const {
  auto found = rows.find(features.key);
  if (found == rows.end()) found = rows.find(features.folded_key);
  return found == rows.end() ? 0 : found->second;
}

Vocabulary BuildVocabulary(const Treebank& bank, const std::vector<WordVector>& vectors, int size,
                           int most, int least) {
  Vocabulary vocabulary;
  FeatureReader reader;
  std::map<std::string, int> upos, feats, relations;
  std::unordered_map<uint64_t, int> seen;
  std::vector<uint64_t> order;
  for (const GoldSentence& sentence : bank) {
    for (const GoldWord& word : sentence.words) {
      upos[word.upos]++;
      feats[word.feats]++;
      relations[word.relation]++;
      const uint64_t key = reader.Key(word.form);
      if (seen[key]++ == 0) order.push_back(key);
    }
  }
  vocabulary.upos = Labels(upos);
  vocabulary.feats = Labels(feats);
  vocabulary.relations = Labels(relations);
  vocabulary.counts.push_back(0);
  vocabulary.given.assign(size, 0.0f);
  // Centred and scaled with the statistics of the frequent words.
  constexpr float kScale = 0.4f;
  constexpr int kFrequent = 50000;
  std::vector<double> mean(size, 0.0);
  int count = 0;
  for (const WordVector& vector : vectors) {
    if (vector.rank >= kFrequent) continue;
    for (int i = 0; i < size; i++) mean[i] += vector.values[i];
    count++;
  }
  for (double& m : mean) m /= std::max(count, 1);
  for (const WordVector& vector : vectors) {
    const uint64_t key = reader.Key(vector.word);
    // The rarest words are misspelt or foreign as often as not.
    if (vector.rank < 4 * most) vocabulary.known.push_back(key);
    const auto found = seen.find(key);
    if (vector.rank >= most && found == seen.end()) continue;
    const auto [place, added] =
        vocabulary.rows.emplace(key, static_cast<int>(vocabulary.counts.size()));
    if (!added) continue;
    vocabulary.counts.push_back(found == seen.end() ? 0 : found->second);
    for (int i = 0; i < size; i++) {
      const float value = (vector.values[i] - static_cast<float>(mean[i])) * kScale;
      vocabulary.given.push_back(std::clamp(value, -1.0f, 1.0f));
    }
  }
  for (const uint64_t key : order) {
    vocabulary.known.push_back(key);
    if (seen[key] < least) continue;
    if (!vocabulary.rows.emplace(key, static_cast<int>(vocabulary.counts.size())).second) continue;
    vocabulary.counts.push_back(seen[key]);
    vocabulary.given.resize(vocabulary.given.size() + size, 0.0f);
  }
  return vocabulary;
}

GoldSentence Vary(const GoldSentence& sentence, const Variation& variation,
                  std::mt19937_64& random) {
  GoldSentence out = sentence;
  std::vector<bool> has_child(out.words.size(), false);
  for (const GoldWord& word : out.words) {
    if (word.head >= 0) has_child[word.head] = true;
  }
  std::vector<bool> gone(out.words.size(), false);
  bool any = false;
  const bool headline = Unit(random) < variation.headline && out.words.size() > 3;
  if (headline) {
    for (size_t i = 0; i < out.words.size(); i++) {
      const GoldWord& word = out.words[i];
      if (has_child[i] || word.head < 0) continue;
      const bool article =
          word.upos == "DET" && word.feats.find("PronType=Art") != std::string::npos;
      const bool auxiliary = word.relation == "aux:pass" && Unit(random) < 0.5;
      if (article || auxiliary) gone[i] = any = true;
    }
  }
  if ((headline || Unit(random) < variation.no_final_stop) && out.words.size() > 2) {
    const GoldWord& last = out.words.back();
    if (last.upos == "PUNCT" && !has_child.back() && last.head >= 0) gone.back() = any = true;
  }
  if (any) Remove(gone, out);
  const double how = Unit(random);
  const bool curly = Unit(random) < variation.curly;
  const bool plain = Unit(random) < variation.no_diacritics;
  bool open = true;
  for (GoldWord& word : out.words) {
    if (how < variation.upper) {
      word.form = ToUpperText(word.form);
    } else if (how < variation.upper + variation.title) {
      if (word.upos != "ADP" && word.upos != "DET" && word.upos != "CCONJ" && word.upos != "PART") {
        word.form = Capitalise(word.form);
      }
    } else if (how < variation.upper + variation.title + variation.lower) {
      word.form = ToLower(word.form);
    }
    if (curly) {
      if (word.form == "\"" || word.form == "``" || word.form == "''") {
        word.form = open ? "\u201C" : "\u201D";
        open = !open;
      } else if (const size_t at = word.form.find('\''); at != std::string::npos) {
        word.form.replace(at, 1, "\u2019");
      } else if (word.form == "--") {
        word.form = "\u2014";
      }
    }
    // Names keep theirs: the table of words is asked for a name without them too.
    if (plain && !IsAscii(word.form) && BeginsWithLetter(word.form) &&
        ToLower(word.form) == word.form) {
      word.form = Fold(word.form);
    }
  }
  return out;
}

void AddToBatch(const GoldSentence& sentence, const Vocabulary& vocabulary, FeatureReader& reader,
                std::mt19937_64* random, Batch& batch) {
  if (batch.begins.empty()) batch.begins.push_back(0);
  CasingCounter counter;
  for (const GoldWord& word : sentence.words) counter.Add(word.form);
  const Casing casing = counter.Get();
  bool started = false;
  WordFeatures features;
  for (const GoldWord& word : sentence.words) {
    const bool starts = !started && BeginsWithLetter(word.form);
    started = started || starts;
    reader.Read(word.form, starts, casing, features);
    int row = vocabulary.Row(features);
    uint8_t drop = 0;
    if (random != nullptr) {
      // Rare words teach what to do without the learned part, some also what to do without any.
      const double count = vocabulary.counts[row];
      if (Unit(*random) < 0.05 + 0.4 / (0.4 + count)) drop = 1;
      if (Unit(*random) < 0.02) row = 0;
    }
    batch.rows.push_back(row);
    batch.drop.push_back(drop);
    batch.pieces.push_back(features.pieces);
    batch.upos.push_back(vocabulary.upos.Find(word.upos));
    batch.feats.push_back(vocabulary.feats.Find(word.feats));
    batch.heads.push_back(word.head);
    batch.relations.push_back(vocabulary.relations.Find(word.relation));
  }
  batch.begins.push_back(batch.size());
}

}  // namespace entente
