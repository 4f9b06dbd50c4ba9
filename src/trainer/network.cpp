// SPDX-License-Identifier: Apache-2.0
#include "trainer/network.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "trainer/clones.h"
#include "trainer/matrix.h"

namespace entente {
namespace {

float GateSlope(float x) {
  const float u = 1.0f - std::fabs(x) * 0.25f;
  return u > 0 ? u * 0.25f : 0.0f;
}
float TanhSlope(float x) {
  const float u = 1.0f - std::fabs(x) * 0.5f;
  return u > 0 ? u : 0.0f;
}

}  // namespace

float Gate(float x) {
  const float u = std::max(0.0f, 1.0f - std::fabs(x) * 0.25f);
  const float q = 0.5f * u * u;
  return x < 0 ? q : 1.0f - q;
}
float Tanh(float x) { return 2.0f * Gate(2.0f * x) - 1.0f; }

int DistanceClass(int delta) {
  const int d = delta < 0 ? -delta : delta;
  const int c = d <= 4 ? d - 1 : d <= 6 ? 4 : d <= 9 ? 5 : d <= 14 ? 6 : d <= 24 ? 7 : 8;
  return delta < 0 ? c : 9 + c;
}

float Network::Random() { return static_cast<float>(random_() >> 40) * (1.0f / (1 << 24)); }

int Network::Add(const std::string& name, int rows, int columns, float scale, bool sparse) {
  Parameter p;
  p.name = name;
  p.rows = rows;
  p.columns = columns;
  p.sparse = sparse;
  const size_t size = static_cast<size_t>(rows) * columns;
  p.value.resize(size);
  for (float& v : p.value) v = scale == 0 ? 0 : (Random() * 2 - 1) * scale;
  p.gradient.assign(size, 0);
  p.first.assign(size, 0);
  p.second.assign(size, 0);
  p.average = p.value;
  parameters_.push_back(std::move(p));
  return static_cast<int>(parameters_.size()) - 1;
}

Network::Network(const NetworkShape& shape, std::vector<float> given, uint64_t seed)
    : shape_(shape), given_(std::move(given)), random_(seed) {
  ENTENTE_CHECK(given_.size() == static_cast<size_t>(shape.rows) * shape.word);
  const int h = shape.hidden;
  word_ = Add("word", shape.rows, shape.word, 0.0f, true);
  piece_ = Add("piece", kPieceBuckets, shape.piece, 0.12f, true);
  for (int l = 0; l < shape.layers; l++) {
    const int in = l == 0 ? shape.word + shape.piece : h;
    const std::string name = "layer" + std::to_string(l);
    Layer layer;
    layer.w = Add(name + ".weights", 3 * h, in, std::sqrt(3.0f / static_cast<float>(in)));
    layer.b = Add(name + ".bias", 1, 3 * h, 0);
    for (int i = 0; i < h; i++) parameters_[layer.b].value[h + i] = 0.5f;
    layers_.push_back(std::move(layer));
  }
  const float scale = std::sqrt(3.0f / static_cast<float>(h));
  upos_w_ = Add("upos.weights", shape.upos, h, scale);
  upos_b_ = Add("upos.bias", 1, shape.upos, 0);
  feats_w_ = Add("feats.weights", shape.feats, h, scale);
  feats_b_ = Add("feats.bias", 1, shape.feats, 0);
  dep_w_ = Add("dep.weights", shape.arc, h, scale);
  dep_b_ = Add("dep.bias", 1, shape.arc, 0);
  head_w_ = Add("head.weights", shape.arc, h, scale);
  head_b_ = Add("head.bias", 1, shape.arc, 0);
  root_ = Add("head.root", 1, shape.arc, 0.3f);
  distance_ = Add("distance", 1, kDistanceClasses, 0);
  ldep_w_ = Add("label_dep.weights", shape.label, h, scale);
  ldep_b_ = Add("label_dep.bias", 1, shape.label, 0);
  lhead_w_ = Add("label_head.weights", shape.label, h, scale);
  lroot_ = Add("label_head.root", 1, shape.label, 0.3f);
  rel_w_ = Add("relation.weights", shape.relations, shape.label,
               std::sqrt(3.0f / static_cast<float>(shape.label)));
  rel_b_ = Add("relation.bias", 1, shape.relations, 0);
  for (Parameter& p : parameters_) p.average = p.value;
}

const Parameter& Network::Get(std::string_view name) const {
  for (const Parameter& p : parameters_) {
    if (p.name == name) return p;
  }
  ENTENTE_CHECK(false);
  return parameters_[0];
}

std::vector<float> Network::WordTable() const {
  std::vector<float> out = given_;
  for (size_t i = 0; i < out.size(); i++) out[i] += parameters_[word_].value[i];
  return out;
}

void Network::Mask(const Batch& batch, int columns, float rate, std::vector<float>& mask) {
  const size_t sentences = batch.begins.size() - 1;
  mask.resize(sentences * columns);
  const float keep = 1.0f / (1.0f - rate);
  for (float& m : mask) m = Random() < rate ? 0.0f : keep;
}

void Network::Linear(const std::vector<float>& x, int n, int w, int b, std::vector<float>& out) {
  const Parameter& p = parameters_[w];
  out.resize(static_cast<size_t>(n) * p.rows);
  Multiply(false, true, n, p.rows, p.columns, x.data(), p.columns, p.value.data(), p.columns,
           out.data(), p.rows, false);
  if (b < 0) return;
  const float* bias = parameters_[b].value.data();
  for (int i = 0; i < n; i++) {
    float* row = out.data() + static_cast<size_t>(i) * p.rows;
    for (int j = 0; j < p.rows; j++) row[j] += bias[j];
  }
}

void Network::LinearBack(const std::vector<float>& x, int n, int w, int b,
                         const std::vector<float>& dout, std::vector<float>& dx, bool add) {
  Parameter& p = parameters_[w];
  Multiply(true, false, p.rows, p.columns, n, dout.data(), p.rows, x.data(), p.columns,
           p.gradient.data(), p.columns, true);
  if (b >= 0) {
    float* gradient = parameters_[b].gradient.data();
    for (int i = 0; i < n; i++) {
      const float* row = dout.data() + static_cast<size_t>(i) * p.rows;
      for (int j = 0; j < p.rows; j++) gradient[j] += row[j];
    }
  }
  dx.resize(static_cast<size_t>(n) * p.columns);
  Multiply(false, false, n, p.columns, p.rows, dout.data(), p.rows, p.value.data(), p.columns,
           dx.data(), p.columns, add);
}

ENTENTE_CLONES
void Network::RunLayer(const Batch& batch, int index, bool training) {
  Layer& layer = layers_[index];
  const int n = batch.size();
  const int h = shape_.hidden;
  const int half = h / 2;
  const int in = parameters_[layer.w].columns;
  const std::vector<float>& x = index == 0 ? x0_ : layers_[index - 1].out;
  layer.dropped = x;
  if (training) {
    Mask(batch, in, index == 0 ? options_.input_dropout : options_.layer_dropout, layer.mask);
    for (size_t s = 0; s + 1 < batch.begins.size(); s++) {
      const float* mask = layer.mask.data() + s * in;
      for (int t = batch.begins[s]; t < batch.begins[s + 1]; t++) {
        float* row = layer.dropped.data() + static_cast<size_t>(t) * in;
        for (int i = 0; i < in; i++) row[i] *= mask[i];
      }
    }
  }
  Linear(layer.dropped, n, layer.w, layer.b, layer.a);
  const size_t size = static_cast<size_t>(n) * h;
  layer.z.resize(size);
  layer.f.resize(size);
  layer.r.resize(size);
  layer.c.resize(size);
  layer.out.resize(size);
  for (int t = 0; t < n; t++) {
    const float* a = layer.a.data() + static_cast<size_t>(t) * 3 * h;
    const size_t at = static_cast<size_t>(t) * h;
    for (int i = 0; i < h; i++) layer.z[at + i] = Tanh(a[i]);
    for (int i = 0; i < h; i++) layer.f[at + i] = Gate(a[h + i]);
    for (int i = 0; i < h; i++) layer.r[at + i] = Gate(a[2 * h + i]);
  }
  for (size_t s = 0; s + 1 < batch.begins.size(); s++) {
    const int begin = batch.begins[s];
    const int end = batch.begins[s + 1];
    for (int direction = 0; direction < 2; direction++) {
      const int offset = direction * half;
      std::vector<float> c(half, 0.0f);
      for (int k = 0; k < end - begin; k++) {
        const int t = direction == 0 ? begin + k : end - 1 - k;
        const size_t at = static_cast<size_t>(t) * h + offset;
        for (int i = 0; i < half; i++) {
          c[i] = layer.z[at + i] + layer.f[at + i] * (c[i] - layer.z[at + i]);
          layer.c[at + i] = c[i];
        }
      }
    }
  }
  if (index == 0) {
    for (size_t i = 0; i < size; i++) layer.out[i] = layer.r[i] * layer.c[i];
  } else {
    for (size_t i = 0; i < size; i++) layer.out[i] = x[i] + layer.r[i] * (layer.c[i] - x[i]);
  }
}

// dx_ holds the gradient of the layer's output; becomes that of its input.
ENTENTE_CLONES
void Network::LearnLayer(const Batch& batch, int index) {
  Layer& layer = layers_[index];
  const int n = batch.size();
  const int h = shape_.hidden;
  const int half = h / 2;
  const int in = parameters_[layer.w].columns;
  const std::vector<float>& x = index == 0 ? x0_ : layers_[index - 1].out;
  std::vector<float> da(static_cast<size_t>(n) * 3 * h);
  std::vector<float> skip;
  if (index > 0) skip.resize(static_cast<size_t>(n) * h);
  for (size_t s = 0; s + 1 < batch.begins.size(); s++) {
    const int begin = batch.begins[s];
    const int end = batch.begins[s + 1];
    for (int direction = 0; direction < 2; direction++) {
      const int offset = direction * half;
      std::vector<float> carry(half, 0.0f);
      const std::vector<float> zero(half, 0.0f);
      for (int k = end - begin - 1; k >= 0; k--) {
        const int t = direction == 0 ? begin + k : end - 1 - k;
        const size_t at = static_cast<size_t>(t) * h + offset;
        const float* before =
            k == 0 ? zero.data() : layer.c.data() + (direction == 0 ? at - h : at + h);
        const float* a = layer.a.data() + static_cast<size_t>(t) * 3 * h + offset;
        float* d = da.data() + static_cast<size_t>(t) * 3 * h + offset;
        const float* dout = dx_.data() + at;
        for (int i = 0; i < half; i++) {
          const float c = layer.c[at + i];
          const float z = layer.z[at + i];
          const float f = layer.f[at + i];
          const float r = layer.r[at + i];
          const float dc = dout[i] * r + carry[i];
          carry[i] = dc * f;
          d[i] = dc * (1.0f - f) * TanhSlope(a[i]);
          d[h + i] = dc * (before[i] - z) * GateSlope(a[h + i]);
          const float base = index == 0 ? 0.0f : x[at + i];
          d[2 * h + i] = dout[i] * (c - base) * GateSlope(a[2 * h + i]);
          if (index > 0) skip[at + i] = dout[i] * (1.0f - r);
        }
      }
    }
  }
  std::vector<float> dinput;
  LinearBack(layer.dropped, n, layer.w, layer.b, da, dinput, false);
  for (size_t s = 0; s + 1 < batch.begins.size(); s++) {
    const float* mask = layer.mask.data() + s * in;
    for (int t = batch.begins[s]; t < batch.begins[s + 1]; t++) {
      float* row = dinput.data() + static_cast<size_t>(t) * in;
      for (int i = 0; i < in; i++) row[i] *= mask[i];
    }
  }
  if (index > 0) {
    for (size_t i = 0; i < skip.size(); i++) dinput[i] += skip[i];
  }
  dx_.swap(dinput);
}

ENTENTE_CLONES
void Network::Forward(const Batch& batch, bool training) {
  const int n = batch.size();
  const int in = shape_.word + shape_.piece;
  x0_.assign(static_cast<size_t>(n) * in, 0.0f);
  const float* learned = parameters_[word_].value.data();
  const float* pieces = parameters_[piece_].value.data();
  for (int t = 0; t < n; t++) {
    float* x = x0_.data() + static_cast<size_t>(t) * in;
    const size_t row = static_cast<size_t>(batch.rows[t]) * shape_.word;
    const bool drop = training && batch.drop[t] != 0;
    for (int i = 0; i < shape_.word; i++) {
      const float v = given_[row + i] + (drop ? 0.0f : learned[row + i]);
      x[i] = std::clamp(v, -1.0f, 1.0f);
    }
    x += shape_.word;
    for (const uint32_t piece : batch.pieces[t]) {
      if (piece == kNoPiece) continue;
      const float* v = pieces + static_cast<size_t>(piece) * shape_.piece;
      for (int i = 0; i < shape_.piece; i++) x[i] += v[i];
    }
    for (int i = 0; i < shape_.piece; i++) x[i] = std::clamp(x[i], -1.0f, 1.0f);
  }
  for (int l = 0; l < shape_.layers; l++) RunLayer(batch, l, training);
  const int h = shape_.hidden;
  const auto masked = [&](const std::vector<float>& x, std::vector<float>& mask,
                          std::vector<float>& out) {
    out = x;
    if (!training) return;
    Mask(batch, h, options_.head_dropout, mask);
    for (size_t s = 0; s + 1 < batch.begins.size(); s++) {
      for (int t = batch.begins[s]; t < batch.begins[s + 1]; t++) {
        for (int i = 0; i < h; i++) out[static_cast<size_t>(t) * h + i] *= mask[s * h + i];
      }
    }
  };
  masked(layers_[shape_.tag_layer - 1].out, tag_mask_, tag_in_);
  masked(layers_[shape_.layers - 1].out, top_mask_, top_in_);
  Linear(tag_in_, n, upos_w_, upos_b_, upos_logits_);
  Linear(tag_in_, n, feats_w_, feats_b_, feats_logits_);
  Linear(top_in_, n, dep_w_, dep_b_, dep_a_);
  Linear(top_in_, n, head_w_, head_b_, head_a_);
  Linear(top_in_, n, ldep_w_, ldep_b_, ldep_);
  Linear(top_in_, n, lhead_w_, -1, lhead_);
  dep_.resize(dep_a_.size());
  head_.resize(head_a_.size());
  for (size_t i = 0; i < dep_.size(); i++) dep_[i] = Tanh(dep_a_[i]);
  for (size_t i = 0; i < head_.size(); i++) head_[i] = Tanh(head_a_[i]);
}

// scores: n rows of 1 + n: the root, then each word.
void Network::ScoreArcs(int begin, int n, std::vector<float>& scores) const {
  const int arc = shape_.arc;
  scores.resize(static_cast<size_t>(n) * (n + 1));
  const float* dep = dep_.data() + static_cast<size_t>(begin) * arc;
  const float* head = head_.data() + static_cast<size_t>(begin) * arc;
  Multiply(false, true, n, n, arc, dep, arc, head, arc, scores.data() + 1, n + 1, false);
  const float* root = parameters_[root_].value.data();
  const float* distance = parameters_[distance_].value.data();
  for (int i = 0; i < n; i++) {
    float* row = scores.data() + static_cast<size_t>(i) * (n + 1);
    float sum = 0;
    for (int k = 0; k < arc; k++) sum += dep[static_cast<size_t>(i) * arc + k] * Tanh(root[k]);
    row[0] = sum;
    for (int j = 0; j < n; j++) row[1 + j] += i == j ? 0 : distance[DistanceClass(j - i)];
    row[1 + i] = -1e9f;
  }
}

double Network::Classify(const std::vector<float>& logits, int n, int classes,
                         const std::vector<int>& gold, float weight,
                         std::vector<float>& dlogits) const {
  dlogits.assign(logits.size(), 0.0f);
  double loss = 0;
  for (int i = 0; i < n; i++) {
    if (gold[i] < 0) continue;
    const float* row = logits.data() + static_cast<size_t>(i) * classes;
    float* d = dlogits.data() + static_cast<size_t>(i) * classes;
    float most = row[0];
    for (int j = 1; j < classes; j++) most = std::max(most, row[j]);
    float sum = 0;
    for (int j = 0; j < classes; j++) {
      d[j] = std::exp(row[j] - most);
      sum += d[j];
    }
    loss -= std::log(std::max(d[gold[i]] / sum, 1e-12f));
    const float factor = weight / sum;
    for (int j = 0; j < classes; j++) d[j] *= factor;
    d[gold[i]] -= weight;
  }
  return loss;
}

ENTENTE_CLONES
Losses Network::Learn(const Batch& batch) {
  Forward(batch, true);
  const int n = batch.size();
  const int h = shape_.hidden;
  const int arc = shape_.arc;
  const int label = shape_.label;
  const float unit = 1.0f / static_cast<float>(n);
  Losses losses;
  losses.words = n;
  std::vector<float> dlogits;
  losses.upos =
      Classify(upos_logits_, n, shape_.upos, batch.upos, unit * options_.tag_weight, dlogits);
  LinearBack(tag_in_, n, upos_w_, upos_b_, dlogits, dtag_, false);
  losses.feats =
      Classify(feats_logits_, n, shape_.feats, batch.feats, unit * options_.feats_weight, dlogits);
  LinearBack(tag_in_, n, feats_w_, feats_b_, dlogits, dtag_, true);

  // Arcs.
  std::vector<float> ddep(dep_.size(), 0.0f);
  std::vector<float> dhead(head_.size(), 0.0f);
  std::vector<float> scores;
  std::vector<float> dscores;
  for (size_t s = 0; s + 1 < batch.begins.size(); s++) {
    const int begin = batch.begins[s];
    const int size = batch.begins[s + 1] - begin;
    ScoreArcs(begin, size, scores);
    std::vector<int> gold(size);
    for (int i = 0; i < size; i++) gold[i] = batch.heads[begin + i] + 1;
    losses.arc += Classify(scores, size, size + 1, gold, unit, dscores);
    const size_t at = static_cast<size_t>(begin) * arc;
    Multiply(false, false, size, arc, size, dscores.data() + 1, size + 1, head_.data() + at, arc,
             ddep.data() + at, arc, true);
    Multiply(true, false, size, arc, size, dscores.data() + 1, size + 1, dep_.data() + at, arc,
             dhead.data() + at, arc, true);
    const float* root = parameters_[root_].value.data();
    float* droot = parameters_[root_].gradient.data();
    float* ddistance = parameters_[distance_].gradient.data();
    for (int i = 0; i < size; i++) {
      const float* row = dscores.data() + static_cast<size_t>(i) * (size + 1);
      for (int k = 0; k < arc; k++) {
        ddep[at + static_cast<size_t>(i) * arc + k] += row[0] * Tanh(root[k]);
        droot[k] += row[0] * dep_[at + static_cast<size_t>(i) * arc + k] * TanhSlope(root[k]);
      }
      for (int j = 0; j < size; j++) {
        if (i != j) ddistance[DistanceClass(j - i)] += row[1 + j];
      }
    }
  }
  for (size_t i = 0; i < ddep.size(); i++) ddep[i] *= TanhSlope(dep_a_[i]);
  for (size_t i = 0; i < dhead.size(); i++) dhead[i] *= TanhSlope(head_a_[i]);
  LinearBack(top_in_, n, dep_w_, dep_b_, ddep, dtop_, false);
  LinearBack(top_in_, n, head_w_, head_b_, dhead, dtop_, true);

  // Labels, on the right heads.
  hidden_a_.resize(static_cast<size_t>(n) * label);
  hidden_.resize(hidden_a_.size());
  const float* lroot = parameters_[lroot_].value.data();
  const auto head_row = [&](size_t s, int t) -> const float* {
    const int head = batch.heads[t];
    return head < 0 ? lroot : lhead_.data() + static_cast<size_t>(batch.begins[s] + head) * label;
  };
  for (size_t s = 0; s + 1 < batch.begins.size(); s++) {
    for (int t = batch.begins[s]; t < batch.begins[s + 1]; t++) {
      const float* from = head_row(s, t);
      const size_t at = static_cast<size_t>(t) * label;
      for (int i = 0; i < label; i++) {
        hidden_a_[at + i] = ldep_[at + i] + from[i];
        hidden_[at + i] = Tanh(hidden_a_[at + i]);
      }
    }
  }
  Linear(hidden_, n, rel_w_, rel_b_, rel_logits_);
  losses.relation = Classify(rel_logits_, n, shape_.relations, batch.relations, unit, dlogits);
  std::vector<float> dhidden;
  LinearBack(hidden_, n, rel_w_, rel_b_, dlogits, dhidden, false);
  for (size_t i = 0; i < dhidden.size(); i++) dhidden[i] *= TanhSlope(hidden_a_[i]);
  std::vector<float> dlhead(static_cast<size_t>(n) * label, 0.0f);
  float* dlroot = parameters_[lroot_].gradient.data();
  for (size_t s = 0; s + 1 < batch.begins.size(); s++) {
    for (int t = batch.begins[s]; t < batch.begins[s + 1]; t++) {
      const int head = batch.heads[t];
      float* to =
          head < 0 ? dlroot : dlhead.data() + static_cast<size_t>(batch.begins[s] + head) * label;
      const float* from = dhidden.data() + static_cast<size_t>(t) * label;
      for (int i = 0; i < label; i++) to[i] += from[i];
    }
  }
  LinearBack(top_in_, n, ldep_w_, ldep_b_, dhidden, dtop_, true);
  LinearBack(top_in_, n, lhead_w_, -1, dlhead, dtop_, true);

  const auto unmask = [&](std::vector<float>& d, const std::vector<float>& mask) {
    for (size_t s = 0; s + 1 < batch.begins.size(); s++) {
      for (int t = batch.begins[s]; t < batch.begins[s + 1]; t++) {
        for (int i = 0; i < h; i++) d[static_cast<size_t>(t) * h + i] *= mask[s * h + i];
      }
    }
  };
  unmask(dtop_, top_mask_);
  unmask(dtag_, tag_mask_);
  dx_ = dtop_;
  Backward(batch);
  return losses;
}

ENTENTE_CLONES
void Network::Backward(const Batch& batch) {
  const int n = batch.size();
  for (int l = shape_.layers - 1; l >= 0; l--) {
    if (l == shape_.tag_layer - 1) {
      if (shape_.tag_layer == shape_.layers) {
        // dx_ is the top's gradient already.
      }
      for (size_t i = 0; i < dx_.size(); i++) dx_[i] += dtag_[i];
    }
    LearnLayer(batch, l);
  }
  const int in = shape_.word + shape_.piece;
  Parameter& word = parameters_[word_];
  Parameter& piece = parameters_[piece_];
  for (int t = 0; t < n; t++) {
    const float* d = dx_.data() + static_cast<size_t>(t) * in;
    if (batch.drop[t] == 0) {
      const int row = batch.rows[t];
      float* to = word.gradient.data() + static_cast<size_t>(row) * shape_.word;
      for (int i = 0; i < shape_.word; i++) to[i] += d[i];
      word.touched.push_back(row);
    }
    d += shape_.word;
    for (const uint32_t p : batch.pieces[t]) {
      if (p == kNoPiece) continue;
      float* to = piece.gradient.data() + static_cast<size_t>(p) * shape_.piece;
      for (int i = 0; i < shape_.piece; i++) to[i] += d[i];
      piece.touched.push_back(static_cast<int>(p));
    }
  }
}

ENTENTE_CLONES
void Network::Step(float rate, float decay_of_average) {
  steps_++;
  constexpr float kBeta1 = 0.9f;
  constexpr float kBeta2 = 0.98f;
  constexpr float kEpsilon = 1e-8f;
  constexpr float kLargestNorm = 2.0f;
  for (Parameter& p : parameters_) {
    if (!p.sparse) continue;
    std::sort(p.touched.begin(), p.touched.end());
    p.touched.erase(std::unique(p.touched.begin(), p.touched.end()), p.touched.end());
  }
  double norm = 0;
  const auto each_row = [](Parameter& p, auto&& function) {
    if (!p.sparse) {
      function(size_t{0}, p.value.size());
    } else {
      for (const int row : p.touched)
        function(static_cast<size_t>(row) * p.columns, static_cast<size_t>(p.columns));
    }
  };
  for (Parameter& p : parameters_) {
    each_row(p, [&](size_t at, size_t size) {
      double sum = 0;
      for (size_t i = at; i < at + size; i++)
        sum += static_cast<double>(p.gradient[i]) * p.gradient[i];
      norm += sum;
    });
  }
  norm = std::sqrt(norm);
  const float shrink = norm > kLargestNorm ? static_cast<float>(kLargestNorm / norm) : 1.0f;
  const float correct1 = 1.0f - std::pow(kBeta1, static_cast<float>(steps_));
  const float correct2 = 1.0f - std::pow(kBeta2, static_cast<float>(steps_));
  const float step = rate / correct1;
  const float root2 = 1.0f / std::sqrt(correct2);
  const float keep = std::min(decay_of_average, (1.0f + steps_) / (10.0f + steps_));
  for (Parameter& p : parameters_) {
    each_row(p, [&](size_t at, size_t size) {
      float* g = p.gradient.data() + at;
      float* m = p.first.data() + at;
      float* v = p.second.data() + at;
      float* w = p.value.data() + at;
      for (size_t i = 0; i < size; i++) {
        const float d = g[i] * shrink;
        m[i] = kBeta1 * m[i] + (1 - kBeta1) * d;
        v[i] = kBeta2 * v[i] + (1 - kBeta2) * d * d;
        w[i] -= step * m[i] / (std::sqrt(v[i]) * root2 + kEpsilon);
        g[i] = 0;
      }
    });
    if (!p.sparse) {
      for (size_t i = 0; i < p.value.size(); i++) {
        p.average[i] = keep * p.average[i] + (1 - keep) * p.value[i];
      }
    }
    p.touched.clear();
  }
  // Rows of the tables change rarely: their averages are brought up to date a few steps at a time.
  constexpr int kEvery = 16;
  if (steps_ % kEvery == 0) {
    const float keep_many = std::pow(keep, static_cast<float>(kEvery));
    for (Parameter& p : parameters_) {
      if (!p.sparse) continue;
      for (size_t i = 0; i < p.value.size(); i++) {
        p.average[i] = keep_many * p.average[i] + (1 - keep_many) * p.value[i];
      }
    }
  }
}

void Network::SwapAverages() {
  for (Parameter& p : parameters_) p.value.swap(p.average);
}

void Network::Predict(const Batch& batch, Predictions& out) {
  Forward(batch, false);
  const int n = batch.size();
  const int label = shape_.label;
  const auto best = [&](const std::vector<float>& logits, int classes, std::vector<int>& to) {
    to.resize(n);
    for (int i = 0; i < n; i++) {
      const float* row = logits.data() + static_cast<size_t>(i) * classes;
      to[i] = static_cast<int>(std::max_element(row, row + classes) - row);
    }
  };
  best(upos_logits_, shape_.upos, out.upos);
  best(feats_logits_, shape_.feats, out.feats);
  out.heads.resize(n);
  std::vector<float> scores;
  hidden_.resize(static_cast<size_t>(n) * label);
  const float* lroot = parameters_[lroot_].value.data();
  for (size_t s = 0; s + 1 < batch.begins.size(); s++) {
    const int begin = batch.begins[s];
    const int size = batch.begins[s + 1] - begin;
    ScoreArcs(begin, size, scores);
    for (int i = 0; i < size; i++) {
      const float* row = scores.data() + static_cast<size_t>(i) * (size + 1);
      const int head = static_cast<int>(std::max_element(row, row + size + 1) - row) - 1;
      out.heads[begin + i] = head;
      const float* from =
          head < 0 ? lroot : lhead_.data() + static_cast<size_t>(begin + head) * label;
      const size_t at = static_cast<size_t>(begin + i) * label;
      for (int k = 0; k < label; k++) hidden_[at + k] = Tanh(ldep_[at + k] + from[k]);
    }
  }
  Linear(hidden_, n, rel_w_, rel_b_, rel_logits_);
  best(rel_logits_, shape_.relations, out.relations);
}

}  // namespace entente
