// SPDX-License-Identifier: Apache-2.0
#include "parser/tree.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>

namespace entente {
namespace {

int64_t Sum(const std::vector<int32_t>& scores, int n, const std::vector<int>& heads) {
  int64_t sum = 0;
  for (int i = 0; i < n; i++) {
    sum += scores[static_cast<size_t>(i) * static_cast<size_t>(n + 1) +
                  static_cast<size_t>(heads[static_cast<size_t>(i)] + 1)];
  }
  return sum;
}

// The best sum over all trees, by trying all.
int64_t TryAll(const std::vector<int32_t>& scores, int n) {
  std::vector<int> heads(static_cast<size_t>(n), -1);
  int64_t best = INT64_MIN;
  for (;;) {
    bool own = false;
    for (int i = 0; i < n; i++) own = own || heads[static_cast<size_t>(i)] == i;
    if (!own && IsTree(heads)) best = std::max(best, Sum(scores, n, heads));
    int at = 0;
    while (at < n && ++heads[static_cast<size_t>(at)] == n) heads[static_cast<size_t>(at++)] = -1;
    if (at == n) return best;
  }
}

TEST(TreeTest, KnowsTrees) {
  EXPECT_TRUE(IsTree({-1}));
  EXPECT_TRUE(IsTree({1, -1, 1}));
  EXPECT_FALSE(IsTree({-1, -1}));
  EXPECT_FALSE(IsTree({1, 0}));
  EXPECT_FALSE(IsTree({-1, 2, 1}));
}

TEST(TreeTest, FindsTheBestOfAllTrees) {
  std::mt19937 random(11);
  for (int round = 0; round < 600; round++) {
    const int n = 1 + round % 6;
    // Few different scores make many ties and cycles.
    std::uniform_int_distribution<int> score(-3, round % 2 == 0 ? 3 : 1000);
    std::vector<int32_t> scores(static_cast<size_t>(n) * static_cast<size_t>(n + 1));
    for (int32_t& s : scores) s = score(random);
    std::vector<int> heads;
    BestTree(scores, n, heads);
    ASSERT_TRUE(IsTree(heads));
    EXPECT_EQ(Sum(scores, n, heads), TryAll(scores, n)) << "round " << round;
  }
}

TEST(TreeTest, LongSentenceOfManyCycles) {
  const int n = 320;
  std::vector<int32_t> scores(static_cast<size_t>(n) * (n + 1), 0);
  // Each word prefers its neighbour, which prefers it.
  for (int i = 0; i < n; i++)
    scores[static_cast<size_t>(i) * (n + 1) + static_cast<size_t>((i ^ 1) + 1)] = 1000000;
  std::vector<int> heads;
  BestTree(scores, n, heads);
  EXPECT_TRUE(IsTree(heads));
}

}  // namespace
}  // namespace entente
