// SPDX-License-Identifier: Apache-2.0
#include "trainer/network.h"

#include <gtest/gtest.h>

#include <cmath>

namespace entente {
namespace {

NetworkShape SmallShape() {
  NetworkShape shape;
  shape.word = 8;
  shape.piece = 8;
  shape.hidden = 32;
  shape.layers = 3;
  shape.tag_layer = 2;
  shape.arc = 16;
  shape.label = 16;
  shape.rows = 5;
  shape.upos = 3;
  shape.feats = 4;
  shape.relations = 3;
  return shape;
}

Batch SmallBatch() {
  Batch batch;
  batch.begins = {0, 3, 7};
  for (uint32_t t = 0; t < 7; t++) {
    batch.rows.push_back(static_cast<int>(t % 5));
    std::array<uint32_t, kPieceCount> pieces;
    pieces.fill(kNoPiece);
    pieces[0] = t;
    pieces[3] = 100 + t % 3;
    batch.pieces.push_back(pieces);
    batch.upos.push_back(static_cast<int>(t % 3));
    batch.feats.push_back(t == 2 ? -1 : static_cast<int>(t % 4));
    batch.relations.push_back(static_cast<int>((t + 1) % 3));
    batch.drop.push_back(t == 4 ? 1 : 0);
  }
  batch.heads = {1, -1, 1, -1, 0, 3, 0};
  return batch;
}

double Total(const Losses& losses, const Network::Options& options, int words) {
  return (losses.upos * options.tag_weight + losses.feats * options.feats_weight + losses.arc +
          losses.relation) /
         words;
}

// The gradients agree with differences of the loss.
TEST(NetworkTest, GradientsAreDerivatives) {
  Network network(SmallShape(), std::vector<float>(5 * 8, 0.1f), 3);
  network.options().input_dropout = network.options().layer_dropout =
      network.options().head_dropout = 0;
  const Batch batch = SmallBatch();
  const auto loss = [&] {
    const double total = Total(network.Learn(batch), network.options(), batch.size());
    return total;
  };
  loss();
  std::vector<std::vector<float>> gradients;
  for (Parameter& p : network.parameters()) {
    gradients.push_back(p.gradient);
    std::fill(p.gradient.begin(), p.gradient.end(), 0.0f);
  }
  int checked = 0;
  for (size_t i = 0; i < network.parameters().size(); i++) {
    Parameter& p = network.parameters()[i];
    // The steepest place of each parameter, and one chosen blindly.
    size_t steepest = 0;
    for (size_t k = 0; k < p.value.size(); k++) {
      if (std::fabs(gradients[i][k]) > std::fabs(gradients[i][steepest])) steepest = k;
    }
    for (const size_t k : {steepest, p.value.size() / 3}) {
      const float before = p.value[k];
      constexpr float kStep = 2e-3f;
      p.value[k] = before + kStep;
      const double up = loss();
      p.value[k] = before - kStep;
      const double down = loss();
      p.value[k] = before;
      const double slope = (up - down) / (2 * kStep);
      EXPECT_NEAR(gradients[i][k], slope, 2e-3 + 0.03 * std::fabs(slope)) << p.name << " " << k;
      checked++;
    }
  }
  EXPECT_GT(checked, 30);
}

TEST(NetworkTest, LearnsASmallBatchByHeart) {
  Network network(SmallShape(), std::vector<float>(5 * 8, 0.1f), 3);
  network.options().input_dropout = network.options().layer_dropout =
      network.options().head_dropout = 0;
  const Batch batch = SmallBatch();
  for (int i = 0; i < 150; i++) {
    network.Learn(batch);
    network.Step(0.01f, 0.9f);
  }
  Predictions predictions;
  network.SwapAverages();
  network.Predict(batch, predictions);
  EXPECT_EQ(predictions.upos, batch.upos);
  EXPECT_EQ(predictions.heads, batch.heads);
  EXPECT_EQ(predictions.relations, batch.relations);
}

TEST(NetworkTest, DistanceClassesCoverAllDistances) {
  for (int delta = -400; delta <= 400; delta++) {
    if (delta == 0) continue;
    EXPECT_GE(DistanceClass(delta), 0);
    EXPECT_LT(DistanceClass(delta), kDistanceClasses);
    EXPECT_NE(DistanceClass(delta), DistanceClass(-delta));
  }
}

}  // namespace
}  // namespace entente
