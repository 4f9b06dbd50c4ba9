// SPDX-License-Identifier: Apache-2.0
// Products of dense row-major float matrices for training, in one thread and in a fixed order of
// additions, so that a training run gives the same numbers twice.
#pragma once

namespace entente {

// C (m x n) = op(A) op(B), or += if `add`. op(A) is m x k; with `a_transposed` A is stored as k x
// m. lda, ldb, ldc are the distances of rows as stored.
void Multiply(bool a_transposed, bool b_transposed, int m, int n, int k, const float* a, int lda,
              const float* b, int ldb, float* c, int ldc, bool add);

}  // namespace entente
