// SPDX-License-Identifier: Apache-2.0
// The inner loops of the syntax models, in integers: every machine and every instruction set gives
// the same numbers. Fixed point: activations "Q14" are int16 with 16384 = 1; sums that go into Gate
// and Tanh are "Q12"; bytes of activations are 128 + 128 x, within 1..255; weights are within
// -63..63, so that a pair of products never overflows 16 bits.
#pragma once

#include <cstdint>

namespace entente {

// Rows of a matrix are kept in blocks of 16; a block holds, for each four columns, 16 x 4 bytes.
constexpr int kRowBlock = 16;
constexpr int kLargestWeight = 63;

// y = (W x + bias) * multiplier >> shift, row by row. Points into a model file.
struct LinearView {
  const int8_t* weights = nullptr;
  const int32_t* bias = nullptr;        // includes the 128 that every byte of x has too much
  const int32_t* multiplier = nullptr;  // 0..255
  int rows = 0;                         // a multiple of kRowBlock, padding included
  int columns = 0;                      // a multiple of 4
  int shift = 1;
};

enum class Simd { kPlain, kAvx2, kAvx512 };
// The best that this machine has, unless a test has asked for another. Not for use while stages
// run.
Simd CurrentSimd();
// Falls back to what the machine has.
void SetSimd(Simd simd);

// out[t][row], saturated to 16 bits; x has `tokens` rows of `columns` bytes.
void Multiply(const LinearView& matrix, const uint8_t* x, int tokens, int16_t* out, int out_stride);
// The bare sums W x + bias.
void MultiplySums(const LinearView& matrix, const uint8_t* x, int tokens, int32_t* out,
                  int out_stride);

// One recurrent layer over one segment of words, in place of the formulas in trainer/network.h.
//   a      tokens x 3 hidden, Q12: candidate, forget gate, output gate
//   skip   tokens x hidden, Q14, or null for the first layer
//   out    tokens x hidden, Q14; may be `skip`
//   bytes  tokens x hidden
// `hidden` is a multiple of 32 and at most 1024.
void Recur(const int16_t* a, const int16_t* skip, int tokens, int hidden, int16_t* out,
           uint8_t* bytes);

// out = bytes of Tanh(a + b), size numbers in Q12; b may be null.
void TanhBytes(const int16_t* a, const int16_t* b, int size, uint8_t* out);
// out = Tanh(a) rounded into -63..63.
void TanhWeights(const int16_t* a, int size, int8_t* out);
// Bytes of Q14 numbers.
void ToBytes(const int16_t* x, int size, uint8_t* out);
// Sum of `count` rows of `size` signed bytes, shifted right with rounding, as bytes of activations.
void SumRows(const int8_t* const* rows, int count, int size, int shift, uint8_t* out);
// Index of the largest of scores[i] + bias[i]; the first of equals.
int BestSum(const int32_t* scores, const int32_t* bias, int size);

}  // namespace entente
