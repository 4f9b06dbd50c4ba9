// SPDX-License-Identifier: Apache-2.0
#include "trainer/syntax_model.h"

#include <algorithm>
#include <cmath>

#include "model/kernels.h"
#include "model/model_file.h"
#include "tagger/word_table.h"
#include "trainer/lemma_trainer.h"

namespace entente {
namespace {

constexpr int kSumBits = 12;   // fraction bits of what goes into Gate and Tanh
constexpr int kScoreBits = 9;  // of scores of labels
constexpr double kOne = 128;   // of a byte of activations
constexpr double kArcOne = 128 * 64;
constexpr int kFarthest = 32;  // farther words are all in one class of distances

struct Rows {
  std::vector<float> weights, bias;
  int rows = 0, columns = 0;
  void Append(const Parameter& w, const Parameter* b) {
    columns = w.columns;
    rows += w.rows;
    weights.insert(weights.end(), w.value.begin(), w.value.end());
    if (b != nullptr) {
      bias.insert(bias.end(), b->value.begin(), b->value.end());
    } else {
      bias.resize(static_cast<size_t>(rows), 0.0f);
    }
  }
};

// Each row has a scale multiplier * 128 / 2^(bits + shift), the least that keeps its weights in
// range.
void AddLinear(const std::string& name, const Rows& from, int bits, ModelBuilder& builder) {
  const int rows = (from.rows + kRowBlock - 1) / kRowBlock * kRowBlock;
  const int columns = from.columns;
  std::vector<double> least(static_cast<size_t>(rows), 0.0);
  double most = 1e-6;
  for (int r = 0; r < from.rows; r++) {
    float largest = 0;
    for (int k = 0; k < columns; k++) {
      largest = std::max(largest, std::fabs(from.weights[static_cast<size_t>(r) * columns + k]));
    }
    // The bias must fit too.
    const double by_bias = std::fabs(from.bias[r]) * kOne / (1 << 21);
    least[r] = std::max<double>(largest / (kLargestWeight + 0.49), by_bias);
    most = std::max(most, least[r]);
  }
  int shift = 1;
  while (shift < 30 && std::ceil(most * std::exp2(bits + shift + 1) / kOne) <= 255) shift++;
  const double unit = kOne / std::exp2(bits + shift);
  std::vector<int8_t> weights(static_cast<size_t>(rows) * columns, 0);
  std::vector<int32_t> bias(static_cast<size_t>(rows), 0);
  std::vector<int32_t> multiplier(static_cast<size_t>(rows), 0);
  for (int r = 0; r < from.rows; r++) {
    const int m = std::clamp(static_cast<int>(std::ceil(least[r] / unit)), 1, 255);
    const double scale = m * unit;
    int sum = 0;
    for (int k = 0; k < columns; k++) {
      const double w = from.weights[static_cast<size_t>(r) * columns + k] / scale;
      const int q = std::clamp(static_cast<int>(std::lround(w)), -kLargestWeight, kLargestWeight);
      sum += q;
      const int block = r / kRowBlock * kRowBlock;
      weights[static_cast<size_t>(block) * columns + static_cast<size_t>(k / 4) * 64 +
              static_cast<size_t>(r % kRowBlock) * 4 + static_cast<size_t>(k % 4)] =
          static_cast<int8_t>(q);
    }
    multiplier[r] = m;
    bias[r] = static_cast<int32_t>(std::lround(from.bias[r] * kOne / scale)) - 128 * sum;
  }
  builder.Add(name + ".weights", weights);
  builder.Add(name + ".bias", bias);
  builder.Add(name + ".multiplier", multiplier);
  builder.Info(name + ".shift", std::to_string(shift));
}

int8_t Byte(double value) {
  return static_cast<int8_t>(std::clamp(static_cast<int>(std::lround(value)), -127, 127));
}

std::vector<int16_t> Fixed(const Parameter& p, int bits) {
  std::vector<int16_t> out;
  for (const float v : p.value) {
    out.push_back(
        static_cast<int16_t>(std::clamp(std::lround(v * std::exp2(bits)), -32767l, 32767l)));
  }
  return out;
}

std::string JoinLines(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += name + "\n";
  return out;
}

void AddWords(const Network& network, const Vocabulary& vocabulary, ModelBuilder& builder) {
  const std::vector<float> table = network.WordTable();
  std::vector<int8_t> words;
  words.reserve(table.size());
  for (const float v : table) words.push_back(Byte(v * kOne));
  builder.Add("words", words);
  std::vector<std::pair<uint64_t, uint32_t>> keys;
  for (const auto& [key, row] : vocabulary.rows) keys.emplace_back(key, static_cast<uint32_t>(row));
  std::sort(keys.begin(), keys.end());
  builder.Add("keys", WordTable::Slots(keys));
  // Pieces are summed before they are rounded to bytes: they are kept finer by a power of two.
  const Parameter& piece = network.Get("piece");
  std::vector<float> sizes;
  for (const float v : piece.value) sizes.push_back(std::fabs(v));
  const size_t place = sizes.size() - sizes.size() / 20000 - 1;
  std::nth_element(sizes.begin(), sizes.begin() + static_cast<std::ptrdiff_t>(place), sizes.end());
  int shift = 0;
  while (shift < 6 && sizes[place] * kOne * std::exp2(shift + 1) <= 127) shift++;
  std::vector<int8_t> pieces;
  for (const float v : piece.value) pieces.push_back(Byte(v * kOne * std::exp2(shift)));
  builder.Add("pieces", pieces);
  builder.Info("piece.shift", std::to_string(shift));
}

}  // namespace

SyntaxModels MakeModels(const Network& network, const Vocabulary& vocabulary, const Treebank& bank,
                        const std::string& recipe) {
  const NetworkShape& shape = network.shape();
  const auto rows_of = [&](const std::string& name) {
    Rows rows;
    rows.Append(network.Get(name + ".weights"), &network.Get(name + ".bias"));
    return rows;
  };
  ModelBuilder tagger;
  tagger.Info("kind", "tagger");
  tagger.Info("recipe", recipe);
  tagger.Info("features", std::string(kFeatureNames));
  tagger.Info("word", std::to_string(shape.word));
  tagger.Info("piece", std::to_string(shape.piece));
  tagger.Info("hidden", std::to_string(shape.hidden));
  tagger.Info("layers", std::to_string(shape.tag_layer));
  AddWords(network, vocabulary, tagger);
  for (int l = 0; l < shape.tag_layer; l++) {
    const std::string name = "layer" + std::to_string(l);
    AddLinear(name, rows_of(name), kSumBits, tagger);
  }
  AddLinear("upos", rows_of("upos"), kScoreBits, tagger);
  AddLinear("feats", rows_of("feats"), kScoreBits, tagger);
  tagger.Add("upos.names", JoinLines(vocabulary.upos.names));
  tagger.Add("feats.names", JoinLines(vocabulary.feats.names));
  std::vector<uint8_t> pairs(vocabulary.upos.names.size() * vocabulary.feats.names.size(), 0);
  for (const GoldSentence& sentence : bank) {
    for (const GoldWord& word : sentence.words) {
      pairs[static_cast<size_t>(vocabulary.upos.Find(word.upos)) * vocabulary.feats.names.size() +
            static_cast<size_t>(vocabulary.feats.Find(word.feats))] = 1;
    }
  }
  tagger.Add("feats.pairs", pairs);
  AddLemmas(bank, vocabulary, tagger);
  SyntaxModels models;
  models.tagger = tagger.Finish();

  ModelBuilder parser;
  parser.Info("kind", "parser");
  parser.Info("recipe", recipe);
  parser.Info("tagger", std::to_string(ModelChecksum(models.tagger)));
  parser.Info("hidden", std::to_string(shape.hidden));
  parser.Info("first_layer", std::to_string(shape.tag_layer));
  parser.Info("layers", std::to_string(shape.layers - shape.tag_layer));
  parser.Info("arc", std::to_string(shape.arc));
  parser.Info("label", std::to_string(shape.label));
  for (int l = shape.tag_layer; l < shape.layers; l++) {
    const std::string name = "layer" + std::to_string(l);
    AddLinear(name, rows_of(name), kSumBits, parser);
  }
  Rows roles = rows_of("dep");
  roles.Append(network.Get("head.weights"), &network.Get("head.bias"));
  roles.Append(network.Get("label_dep.weights"), &network.Get("label_dep.bias"));
  roles.Append(network.Get("label_head.weights"), nullptr);
  AddLinear("roles", roles, kSumBits, parser);
  AddLinear("relations", rows_of("relation"), kScoreBits, parser);
  parser.Add("root.arc", Fixed(network.Get("head.root"), kSumBits));
  parser.Add("root.label", Fixed(network.Get("label_head.root"), kSumBits));
  const Parameter& distance = network.Get("distance");
  std::vector<int32_t> distances;
  for (int delta = -kFarthest; delta <= kFarthest; delta++) {
    const double v = delta == 0 ? 0 : distance.value[static_cast<size_t>(DistanceClass(delta))];
    distances.push_back(
        static_cast<int32_t>(std::lround(std::clamp(v, -1000.0, 1000.0) * kArcOne)));
  }
  parser.Add("distance", distances);
  parser.Add("relations.names", JoinLines(vocabulary.relations.names));
  models.parser = parser.Finish();
  return models;
}

}  // namespace entente
