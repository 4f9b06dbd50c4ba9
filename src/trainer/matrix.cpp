// SPDX-License-Identifier: Apache-2.0
// A blocked product after Goto and van de Geijn: panels of A and B are copied into the order in
// which the innermost loop reads them; that loop keeps an 8 x 32 tile of C in registers.
#include "trainer/matrix.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "trainer/clones.h"

namespace entente {
namespace {

constexpr int kTileRows = 8;
constexpr int kTileColumns = 32;
constexpr int kDepth = 256;
constexpr int kRows = 96;
constexpr int kColumns = 1024;

using Vector = float __attribute__((vector_size(64), aligned(4)));

// acc (8 x 32) = sum over p of a[p][8] x b[p][32], written to c.
ENTENTE_CLONES
void Tile(int depth, const float* a, const float* b, float* c) {
  Vector acc[kTileRows][2] = {};
  for (int p = 0; p < depth; p++) {
    Vector b0, b1;
    std::memcpy(&b0, b, sizeof b0);
    std::memcpy(&b1, b + 16, sizeof b1);
#pragma GCC unroll 8
    for (int i = 0; i < kTileRows; i++) {
      acc[i][0] += a[i] * b0;
      acc[i][1] += a[i] * b1;
    }
    a += kTileRows;
    b += kTileColumns;
  }
#pragma GCC unroll 8
  for (int i = 0; i < kTileRows; i++) {
    std::memcpy(c + i * kTileColumns, &acc[i][0], sizeof(Vector));
    std::memcpy(c + i * kTileColumns + 16, &acc[i][1], sizeof(Vector));
  }
}

void PackA(bool transposed, const float* a, int lda, int row, int rows, int p0, int depth,
           float* out) {
  for (int i0 = 0; i0 < rows; i0 += kTileRows) {
    const int height = std::min(kTileRows, rows - i0);
    for (int p = 0; p < depth; p++) {
      for (int i = 0; i < kTileRows; i++) {
        const int r = row + i0 + i;
        const int q = p0 + p;
        *out++ = i < height ? (transposed ? a[static_cast<long>(q) * lda + r]
                                          : a[static_cast<long>(r) * lda + q])
                            : 0.0f;
      }
    }
  }
}

void PackB(bool transposed, const float* b, int ldb, int column, int columns, int p0, int depth,
           float* out) {
  for (int j0 = 0; j0 < columns; j0 += kTileColumns) {
    const int width = std::min(kTileColumns, columns - j0);
    if (!transposed) {
      for (int p = 0; p < depth; p++) {
        const float* from = b + static_cast<long>(p0 + p) * ldb + column + j0;
        for (int j = 0; j < width; j++) out[j] = from[j];
        for (int j = width; j < kTileColumns; j++) out[j] = 0;
        out += kTileColumns;
      }
    } else {
      for (int j = 0; j < kTileColumns; j++) {
        if (j < width) {
          const float* from = b + static_cast<long>(column + j0 + j) * ldb + p0;
          for (int p = 0; p < depth; p++) out[p * kTileColumns + j] = from[p];
        } else {
          for (int p = 0; p < depth; p++) out[p * kTileColumns + j] = 0;
        }
      }
      out += static_cast<long>(depth) * kTileColumns;
    }
  }
}

}  // namespace

void Multiply(bool a_transposed, bool b_transposed, int m, int n, int k, const float* a, int lda,
              const float* b, int ldb, float* c, int ldc, bool add) {
  static thread_local std::vector<float> packed_a(static_cast<size_t>(kRows) * kDepth);
  static thread_local std::vector<float> packed_b(static_cast<size_t>(kColumns) * kDepth);
  alignas(64) float tile[kTileRows * kTileColumns];
  if (!add) {
    for (int i = 0; i < m; i++) std::fill_n(c + static_cast<long>(i) * ldc, n, 0.0f);
  }
  for (int j0 = 0; j0 < n; j0 += kColumns) {
    const int columns = std::min(kColumns, n - j0);
    for (int p0 = 0; p0 < k; p0 += kDepth) {
      const int depth = std::min(kDepth, k - p0);
      PackB(b_transposed, b, ldb, j0, columns, p0, depth, packed_b.data());
      for (int i0 = 0; i0 < m; i0 += kRows) {
        const int rows = std::min(kRows, m - i0);
        PackA(a_transposed, a, lda, i0, rows, p0, depth, packed_a.data());
        for (int j = 0; j < columns; j += kTileColumns) {
          for (int i = 0; i < rows; i += kTileRows) {
            Tile(depth, packed_a.data() + static_cast<long>(i) * depth,
                 packed_b.data() + static_cast<long>(j) * depth, tile);
            const int height = std::min(kTileRows, rows - i);
            const int width = std::min(kTileColumns, columns - j);
            for (int y = 0; y < height; y++) {
              float* to = c + static_cast<long>(i0 + i + y) * ldc + j0 + j;
              const float* from = tile + y * kTileColumns;
              for (int x = 0; x < width; x++) to[x] += from[x];
            }
          }
        }
      }
    }
  }
}

}  // namespace entente
