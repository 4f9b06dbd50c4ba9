// SPDX-License-Identifier: Apache-2.0
#include "trainer/matrix.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace entente {
namespace {

TEST(MatrixTest, AllFourKindsOfProduct) {
  std::mt19937 random(3);
  std::uniform_real_distribution<float> unit(-1, 1);
  for (const auto& [m, n, k] : {std::tuple{1, 1, 1}, {7, 33, 5}, {100, 70, 300}, {8, 32, 256}}) {
    for (const bool ta : {false, true}) {
      for (const bool tb : {false, true}) {
        std::vector<float> a(static_cast<size_t>(m * k));
        std::vector<float> b(static_cast<size_t>(k * n));
        for (float& v : a) v = unit(random);
        for (float& v : b) v = unit(random);
        std::vector<float> c(static_cast<size_t>(m * n), 1.0f);
        Multiply(ta, tb, m, n, k, a.data(), ta ? m : k, b.data(), tb ? k : n, c.data(), n, true);
        for (int i = 0; i < m; i++) {
          for (int j = 0; j < n; j++) {
            double sum = 1;
            for (int p = 0; p < k; p++) {
              sum += static_cast<double>(a[static_cast<size_t>(ta ? p * m + i : i * k + p)]) *
                     b[static_cast<size_t>(tb ? j * k + p : p * n + j)];
            }
            ASSERT_NEAR(c[static_cast<size_t>(i * n + j)], sum, 1e-3) << m << " " << ta << tb;
          }
        }
      }
    }
  }
}

}  // namespace
}  // namespace entente
