// SPDX-License-Identifier: Apache-2.0
// The syntax network in floating point, with its gradients: what `entente train` learns and then
// rounds to the integers that the tagger and the parser run on (model/encoder.h has the same sums
// in integers).
//
//   word vector (given + learned) | sum of piece vectors          -> x, within [-1, 1]
//   layer: z = Tanh(Wz x), f = Gate(Wf x), r = Gate(Wr x)         all words at once
//          c[t] = f c[t-1] + (1 - f) z                            one half forwards, one backwards
//          x' = r c + (1 - r) x  (first layer: r c)
//   after `tag_layer`: part of speech, features
//   after the last:    arc scores dep . head + distance; labels from Tanh(dep + head)
//
// Gate and Tanh are parabolas, so that integers compute them exactly.
#pragma once

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "model/features.h"

namespace entente {

struct NetworkShape {
  int word = 100;
  int piece = 92;
  int hidden = 320;
  int layers = 4;
  int tag_layer = 2;
  int arc = 128;
  int label = 128;
  int rows = 1;  // known words; row 0 stands for all others
  int upos = 1, feats = 1, relations = 1;
};

// Words of several sentences one after another.
struct Batch {
  std::vector<int> begins;  // of each sentence, and the end
  std::vector<int> rows;
  std::vector<std::array<uint32_t, kPieceCount>> pieces;
  std::vector<int> upos, feats, heads,
      relations;              // -1: not known; heads within the sentence, -1 root
  std::vector<uint8_t> drop;  // 1: leave out the learned part of the word vector
  int size() const { return static_cast<int>(rows.size()); }
};

struct Parameter {
  std::string name;
  int rows = 0, columns = 0;
  bool sparse = false;  // few rows have gradients in a batch
  std::vector<float> value, gradient, first, second, average;
  std::vector<int> touched;
};

struct Losses {
  double upos = 0, feats = 0, arc = 0, relation = 0;
  int words = 0;
};

struct Predictions {
  std::vector<int> upos, feats, heads, relations;
};

class Network {
 public:
  struct Options {
    float input_dropout = 0.15f;
    float layer_dropout = 0.3f;
    float head_dropout = 0.3f;
    float tag_weight = 0.6f;
    float feats_weight = 0.4f;
  };

  Network(const NetworkShape& shape, std::vector<float> given, uint64_t seed);
  const NetworkShape& shape() const { return shape_; }
  Options& options() { return options_; }

  // Computes losses and adds gradients.
  Losses Learn(const Batch& batch);
  // One step of Adam with decoupled averaging of the weights; clears the gradients.
  void Step(float rate, float decay_of_average);
  // Exchanges the weights and their averages: call before and after Predict.
  void SwapAverages();
  // Without dropout. Heads are the best ones, tree or not.
  void Predict(const Batch& batch, Predictions& out);

  // The rows of the word table as the model file keeps them: given + learned.
  std::vector<float> WordTable() const;
  const Parameter& Get(std::string_view name) const;
  std::vector<Parameter>& parameters() { return parameters_; }

 private:
  struct Layer {
    int w = 0, b = 0;
    std::vector<float> input, dropped, mask, a, z, f, r, c, out;
  };

  int Add(const std::string& name, int rows, int columns, float scale, bool sparse = false);
  void Forward(const Batch& batch, bool training);
  void Backward(const Batch& batch);
  void RunLayer(const Batch& batch, int index, bool training);
  void LearnLayer(const Batch& batch, int index);
  void Mask(const Batch& batch, int columns, float rate, std::vector<float>& mask);
  void Linear(const std::vector<float>& x, int n, int w, int b, std::vector<float>& out);
  void LinearBack(const std::vector<float>& x, int n, int w, int b, const std::vector<float>& dout,
                  std::vector<float>& dx, bool add);
  double Classify(const std::vector<float>& logits, int n, int classes,
                  const std::vector<int>& gold, float weight, std::vector<float>& dlogits) const;
  void ScoreArcs(int begin, int n, std::vector<float>& scores) const;
  float Random();

  NetworkShape shape_;
  Options options_;
  std::vector<float> given_;
  std::vector<Parameter> parameters_;
  std::vector<Layer> layers_;
  int word_, piece_, upos_w_, upos_b_, feats_w_, feats_b_, dep_w_, dep_b_, head_w_, head_b_, root_,
      distance_, ldep_w_, ldep_b_, lhead_w_, lroot_, rel_w_, rel_b_;
  std::mt19937_64 random_;
  int steps_ = 0;
  // Activations and gradients of the batch in work.
  std::vector<float> x0_, tag_mask_, tag_in_, top_mask_, top_in_, dep_a_, head_a_, dep_, head_,
      ldep_, lhead_, hidden_a_, hidden_, upos_logits_, feats_logits_, rel_logits_, dx_, dtag_,
      dtop_;
};

// Distances of words and their heads, in classes: 1, 2, 3, 4, 5-6, 7-9, 10-14, 15-24, more; to the
// left and to the right.
constexpr int kDistanceClasses = 18;
int DistanceClass(int delta);

float Gate(float x);
float Tanh(float x);

}  // namespace entente
