// SPDX-License-Identifier: Apache-2.0
// Every instruction set that the machine has must give the numbers of plain code.
#include "model/kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace entente {
namespace {

class KernelsTest : public testing::Test {
 protected:
  void TearDown() override { SetSimd(Simd::kAvx512); }

  template <class T>
  std::vector<T> Random(size_t size, int least, int most) {
    std::vector<T> out(size);
    for (T& value : out)
      value = static_cast<T>(std::uniform_int_distribution<int>(least, most)(random_));
    return out;
  }

  // What `compute` gives must not depend on the instruction set.
  template <class F>
  void SameEverywhere(F compute) {
    SetSimd(Simd::kPlain);
    const auto plain = compute();
    for (const Simd simd : {Simd::kAvx2, Simd::kAvx512}) {
      SetSimd(simd);
      if (CurrentSimd() != simd) continue;
      EXPECT_EQ(compute(), plain) << static_cast<int>(simd);
    }
  }

  std::mt19937 random_{5};
};

struct Matrix {
  std::vector<int8_t> weights;
  std::vector<int32_t> bias, multiplier;
  LinearView view;
  int At(int row, int column) const {
    const int block = row / kRowBlock * kRowBlock;
    return weights[static_cast<size_t>(block * view.columns + column / 4 * 64 +
                                       row % kRowBlock * 4 + column % 4)];
  }
};

TEST_F(KernelsTest, ProductsOnEveryInstructionSet) {
  for (const auto& [rows, columns, tokens] : {std::tuple{48, 64, 13}, {16, 4, 1}, {64, 320, 8}}) {
    Matrix m;
    m.weights =
        Random<int8_t>(static_cast<size_t>(rows * columns), -kLargestWeight, kLargestWeight);
    m.bias = Random<int32_t>(static_cast<size_t>(rows), -500000, 500000);
    m.multiplier = Random<int32_t>(static_cast<size_t>(rows), 0, 255);
    m.view = {m.weights.data(), m.bias.data(), m.multiplier.data(), rows, columns, 9};
    // Full range, to be sure that nothing saturates on the way.
    std::vector<uint8_t> x = Random<uint8_t>(static_cast<size_t>(tokens * columns), 0, 255);
    std::fill_n(x.begin(), columns, uint8_t{255});
    SameEverywhere([&] {
      std::vector<int16_t> out(static_cast<size_t>(tokens * rows));
      Multiply(m.view, x.data(), tokens, out.data(), rows);
      return out;
    });
    SameEverywhere([&] {
      std::vector<int32_t> out(static_cast<size_t>(tokens * rows));
      MultiplySums(m.view, x.data(), tokens, out.data(), rows);
      return out;
    });
    SetSimd(Simd::kPlain);
    std::vector<int32_t> sums(static_cast<size_t>(tokens * rows));
    MultiplySums(m.view, x.data(), tokens, sums.data(), rows);
    for (int t = 0; t < tokens; t++) {
      for (int r = 0; r < rows; r++) {
        int32_t sum = m.bias[static_cast<size_t>(r)];
        for (int k = 0; k < columns; k++)
          sum += m.At(r, k) * x[static_cast<size_t>(t * columns + k)];
        EXPECT_EQ(sums[static_cast<size_t>(t * rows + r)], sum);
      }
    }
  }
}

TEST_F(KernelsTest, TheWorstPairOfProductsDoesNotSaturate) {
  Matrix m;
  m.weights.assign(16 * 8, kLargestWeight);
  m.bias.assign(16, 0);
  m.multiplier.assign(16, 1);
  m.view = {m.weights.data(), m.bias.data(), m.multiplier.data(), 16, 8, 1};
  const std::vector<uint8_t> x(8, 255);
  for (const Simd simd : {Simd::kPlain, Simd::kAvx2, Simd::kAvx512}) {
    SetSimd(simd);
    std::vector<int32_t> out(16);
    MultiplySums(m.view, x.data(), 1, out.data(), 16);
    EXPECT_EQ(out[0], 8 * 255 * kLargestWeight);
  }
}

TEST_F(KernelsTest, RecurrenceOnEveryInstructionSet) {
  const int tokens = 7;
  const int hidden = 96;
  const auto a = Random<int16_t>(static_cast<size_t>(tokens * hidden * 3), -32768, 32767);
  const auto skip = Random<int16_t>(static_cast<size_t>(tokens * hidden), -16383, 16383);
  for (const bool with_skip : {false, true}) {
    SameEverywhere([&] {
      std::vector<int16_t> out(static_cast<size_t>(tokens * hidden));
      std::vector<uint8_t> bytes(out.size());
      Recur(a.data(), with_skip ? skip.data() : nullptr, tokens, hidden, out.data(), bytes.data());
      out.insert(out.end(), bytes.begin(), bytes.end());
      return out;
    });
  }
}

TEST_F(KernelsTest, RecurrenceFollowsTheFormulas) {
  const int tokens = 5;
  const int hidden = 32;
  const auto a = Random<int16_t>(static_cast<size_t>(tokens * hidden * 3), -12000, 12000);
  std::vector<int16_t> out(static_cast<size_t>(tokens * hidden));
  std::vector<uint8_t> bytes(out.size());
  Recur(a.data(), nullptr, tokens, hidden, out.data(), bytes.data());
  const auto gate = [](double x) {
    const double u = std::max(0.0, 1 - std::fabs(x) / 4);
    return x < 0 ? u * u / 2 : 1 - u * u / 2;
  };
  for (int i = 0; i < hidden; i++) {
    double c = 0;
    for (int k = 0; k < tokens; k++) {
      const int t = i < hidden / 2 ? k : tokens - 1 - k;
      const auto in = [&](int part) {
        return a[static_cast<size_t>((t * 3 + part) * hidden + i)] / 4096.0;
      };
      const double z = 2 * gate(2 * in(0)) - 1;
      c = z + gate(in(1)) * (c - z);
      const double y = gate(in(2)) * c;
      EXPECT_NEAR(out[static_cast<size_t>(t * hidden + i)] / 16384.0, y, 0.002);
      EXPECT_NEAR((bytes[static_cast<size_t>(t * hidden + i)] - 128) / 128.0, y, 0.008);
    }
  }
}

TEST_F(KernelsTest, SmallLoopsOnEveryInstructionSet) {
  auto a = Random<int16_t>(100, -32768, 32767);
  auto b = Random<int16_t>(100, -32768, 32767);
  a[0] = b[0] = -32768;
  a[1] = b[1] = 32767;
  SameEverywhere([&] {
    std::vector<uint8_t> out(300);
    TanhBytes(a.data(), b.data(), 100, out.data());
    TanhBytes(a.data(), nullptr, 100, out.data() + 100);
    ToBytes(a.data(), 100, out.data() + 200);
    return out;
  });
  SameEverywhere([&] {
    std::vector<int8_t> out(100);
    TanhWeights(a.data(), 100, out.data());
    EXPECT_LE(*std::max_element(out.begin(), out.end()), kLargestWeight);
    EXPECT_GE(*std::min_element(out.begin(), out.end()), -kLargestWeight);
    return out;
  });
  const auto rows = Random<int8_t>(14 * 92, -127, 127);
  std::vector<const int8_t*> places;
  for (int i = 0; i < 14; i++) places.push_back(rows.data() + i * 92);
  SameEverywhere([&] {
    std::vector<uint8_t> out(92);
    SumRows(places.data(), 14, 92, 2, out.data());
    EXPECT_GE(*std::min_element(out.begin(), out.end()), 1);
    return out;
  });
  const auto scores = Random<int32_t>(77, -1000, 1000);
  const auto bias = Random<int32_t>(77, -1000, 1000);
  SameEverywhere([&] { return BestSum(scores.data(), bias.data(), 77); });
  const std::vector<int32_t> equal(77, 3);
  SameEverywhere([&] { return BestSum(equal.data(), equal.data(), 77); });
  EXPECT_EQ(BestSum(equal.data(), equal.data(), 77), 0);
}

}  // namespace
}  // namespace entente
