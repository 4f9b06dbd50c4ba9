// SPDX-License-Identifier: Apache-2.0
// Each loop is written once as an inlined template and instantiated in functions for AVX-512
// (VNNI), AVX2 and whatever the compiler's target has; which one runs is asked of the processor
// once.
#include "model/kernels.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#if defined(__x86_64__)
#define ENTENTE_X86 1
#include <immintrin.h>
#endif
// GCC 12 takes the undefined operands within its own intrinsics for mistakes; clang does not know
// ivdep.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#define ENTENTE_NO_ALIAS _Pragma("GCC ivdep")
#else
#define ENTENTE_NO_ALIAS
#endif

#define ENTENTE_INLINE inline __attribute__((always_inline))
#ifdef ENTENTE_X86
#define ENTENTE_AVX2 __attribute__((target("avx2")))
#define ENTENTE_AVX512 __attribute__((target("avx2,avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")))
#endif

namespace entente {
namespace {

Simd Detect() {
#ifdef ENTENTE_X86
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vnni")) {
    return Simd::kAvx512;
  }
  if (__builtin_cpu_supports("avx2")) return Simd::kAvx2;
#endif
  return Simd::kPlain;
}

const Simd kMachine = Detect();
Simd current = kMachine;

// --- products ---

ENTENTE_INLINE int32_t Scale(int32_t sum, int32_t multiplier, int shift) {
  const uint32_t product = static_cast<uint32_t>(sum) * static_cast<uint32_t>(multiplier);
  return static_cast<int32_t>(product + (1u << (shift - 1))) >> shift;
}

void Finish(const LinearView& matrix, int row, const int32_t* sums, int16_t* out) {
  for (int i = 0; i < kRowBlock; i++) {
    const int32_t value = Scale(sums[i], matrix.multiplier[row + i], matrix.shift);
    out[i] = static_cast<int16_t>(std::clamp(value, -32768, 32767));
  }
}

// Four sums of a block: the sums of 16 rows for one word.
ENTENTE_INLINE void BlockPlain(const int8_t* weights, const int32_t* bias, const uint8_t* x,
                               int columns, int32_t* sums) {
#ifdef ENTENTE_X86
  __m128i acc[8];
  for (__m128i& a : acc) a = _mm_setzero_si128();
  const __m128i zero = _mm_setzero_si128();
  for (int k = 0; k < columns; k += 4) {
    int32_t four;
    std::memcpy(&four, x + k, 4);
    const __m128i bytes = _mm_set1_epi32(four);
    const __m128i wide = _mm_unpacklo_epi8(bytes, zero);
    for (int j = 0; j < 4; j++) {
      const __m128i w =
          _mm_loadu_si128(reinterpret_cast<const __m128i*>(weights + k * kRowBlock + j * 16));
      const __m128i sign = _mm_cmpgt_epi8(zero, w);
      acc[2 * j] = _mm_add_epi32(acc[2 * j], _mm_madd_epi16(wide, _mm_unpacklo_epi8(w, sign)));
      acc[2 * j + 1] =
          _mm_add_epi32(acc[2 * j + 1], _mm_madd_epi16(wide, _mm_unpackhi_epi8(w, sign)));
    }
  }
  for (int j = 0; j < 8; j++) {
    int32_t four[4];
    std::memcpy(four, &acc[j], sizeof four);
    sums[2 * j] = bias[2 * j] + four[0] + four[1];
    sums[2 * j + 1] = bias[2 * j + 1] + four[2] + four[3];
  }
#else
  for (int j = 0; j < kRowBlock; j++) sums[j] = bias[j];
  for (int k = 0; k < columns; k += 4) {
    for (int j = 0; j < kRowBlock; j++) {
      const int8_t* w = weights + k * kRowBlock + j * 4;
      sums[j] += x[k] * w[0] + x[k + 1] * w[1] + x[k + 2] * w[2] + x[k + 3] * w[3];
    }
  }
#endif
}

template <bool kSums>
void MultiplyPlain(const LinearView& m, const uint8_t* x, int tokens, int16_t* out, int32_t* sums,
                   int stride) {
  int32_t block[kRowBlock];
  for (int row = 0; row < m.rows; row += kRowBlock) {
    const int8_t* weights = m.weights + static_cast<long>(row) * m.columns;
    for (int t = 0; t < tokens; t++) {
      int32_t* to = kSums ? sums + static_cast<long>(t) * stride + row : block;
      BlockPlain(weights, m.bias + row, x + static_cast<long>(t) * m.columns, m.columns, to);
      if (!kSums) Finish(m, row, block, out + static_cast<long>(t) * stride + row);
    }
  }
}

#ifdef ENTENTE_X86

ENTENTE_AVX2 ENTENTE_INLINE __m256i Load256(const void* p) {
  return _mm256_loadu_si256(static_cast<const __m256i*>(p));
}

template <int kTokens, bool kSums>
ENTENTE_AVX2 ENTENTE_INLINE void TileAvx2(const LinearView& m, int row, const uint8_t* x,
                                          int16_t* out, int32_t* sums, int stride) {
  __m256i acc[kTokens][2];
  const int8_t* weights = m.weights + static_cast<long>(row) * m.columns;
  for (int t = 0; t < kTokens; t++) {
    acc[t][0] = Load256(m.bias + row);
    acc[t][1] = Load256(m.bias + row + 8);
  }
  const __m256i ones = _mm256_set1_epi16(1);
  for (int k = 0; k < m.columns; k += 4) {
    const __m256i w0 = Load256(weights + k * kRowBlock);
    const __m256i w1 = Load256(weights + k * kRowBlock + 32);
    for (int t = 0; t < kTokens; t++) {
      int32_t four;
      std::memcpy(&four, x + static_cast<long>(t) * m.columns + k, 4);
      const __m256i bytes = _mm256_set1_epi32(four);
      acc[t][0] =
          _mm256_add_epi32(acc[t][0], _mm256_madd_epi16(_mm256_maddubs_epi16(bytes, w0), ones));
      acc[t][1] =
          _mm256_add_epi32(acc[t][1], _mm256_madd_epi16(_mm256_maddubs_epi16(bytes, w1), ones));
    }
  }
  for (int t = 0; t < kTokens; t++) {
    if (kSums) {
      int32_t* to = sums + static_cast<long>(t) * stride + row;
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), acc[t][0]);
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(to + 8), acc[t][1]);
      continue;
    }
    const __m256i half = _mm256_set1_epi32(1 << (m.shift - 1));
    const __m128i count = _mm_cvtsi32_si128(m.shift);
    for (int j = 0; j < 2; j++) {
      acc[t][j] = _mm256_mullo_epi32(acc[t][j], Load256(m.multiplier + row + 8 * j));
      acc[t][j] = _mm256_sra_epi32(_mm256_add_epi32(acc[t][j], half), count);
    }
    const __m256i packed = _mm256_permute4x64_epi64(_mm256_packs_epi32(acc[t][0], acc[t][1]), 0xD8);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + static_cast<long>(t) * stride + row),
                        packed);
  }
}

template <bool kSums>
ENTENTE_AVX2 void MultiplyAvx2(const LinearView& m, const uint8_t* x, int tokens, int16_t* out,
                               int32_t* sums, int stride) {
  for (int row = 0; row < m.rows; row += kRowBlock) {
    int t = 0;
    const auto at = [&](int token) { return static_cast<long>(token) * stride; };
    for (; t + 4 <= tokens; t += 4) {
      TileAvx2<4, kSums>(m, row, x + static_cast<long>(t) * m.columns, out + (kSums ? 0 : at(t)),
                         sums + (kSums ? at(t) : 0), stride);
    }
    for (; t < tokens; t++) {
      TileAvx2<1, kSums>(m, row, x + static_cast<long>(t) * m.columns, out + (kSums ? 0 : at(t)),
                         sums + (kSums ? at(t) : 0), stride);
    }
  }
}

template <int kTokens, int kBlocks, bool kSums>
ENTENTE_AVX512 ENTENTE_INLINE void TileAvx512(const LinearView& m, int row, const uint8_t* x,
                                              int16_t* out, int32_t* sums, int stride) {
  __m512i acc[kTokens][kBlocks];
  const int8_t* weights = m.weights + static_cast<long>(row) * m.columns;
  const long next = static_cast<long>(kRowBlock) * m.columns;
  for (int t = 0; t < kTokens; t++) {
    for (int j = 0; j < kBlocks; j++) acc[t][j] = _mm512_loadu_si512(m.bias + row + j * kRowBlock);
  }
  for (int k = 0; k < m.columns; k += 4) {
    __m512i w[kBlocks];
    for (int j = 0; j < kBlocks; j++) w[j] = _mm512_loadu_si512(weights + j * next + k * kRowBlock);
#pragma GCC unroll 8
    for (int t = 0; t < kTokens; t++) {
      int32_t four;
      std::memcpy(&four, x + static_cast<long>(t) * m.columns + k, 4);
      const __m512i bytes = _mm512_set1_epi32(four);
#pragma GCC unroll 4
      for (int j = 0; j < kBlocks; j++) acc[t][j] = _mm512_dpbusd_epi32(acc[t][j], bytes, w[j]);
    }
  }
  const __m512i half = _mm512_set1_epi32(1 << (m.shift - 1));
  const __m128i count = _mm_cvtsi32_si128(m.shift);
  for (int t = 0; t < kTokens; t++) {
    for (int j = 0; j < kBlocks; j++) {
      const int r = row + j * kRowBlock;
      if (kSums) {
        _mm512_storeu_si512(sums + static_cast<long>(t) * stride + r, acc[t][j]);
        continue;
      }
      __m512i y = _mm512_mullo_epi32(acc[t][j], _mm512_loadu_si512(m.multiplier + r));
      y = _mm512_sra_epi32(_mm512_add_epi32(y, half), count);
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + static_cast<long>(t) * stride + r),
                          _mm512_cvtsepi32_epi16(y));
    }
  }
}

template <int kBlocks, bool kSums>
ENTENTE_AVX512 ENTENTE_INLINE void RowsAvx512(const LinearView& m, int row, const uint8_t* x,
                                              int tokens, int16_t* out, int32_t* sums, int stride) {
  int t = 0;
  const auto at = [&](int token) { return static_cast<long>(token) * stride; };
  for (; t + 8 <= tokens; t += 8) {
    TileAvx512<8, kBlocks, kSums>(m, row, x + static_cast<long>(t) * m.columns,
                                  out + (kSums ? 0 : at(t)), sums + (kSums ? at(t) : 0), stride);
  }
  for (; t + 2 <= tokens; t += 2) {
    TileAvx512<2, kBlocks, kSums>(m, row, x + static_cast<long>(t) * m.columns,
                                  out + (kSums ? 0 : at(t)), sums + (kSums ? at(t) : 0), stride);
  }
  for (; t < tokens; t++) {
    TileAvx512<1, kBlocks, kSums>(m, row, x + static_cast<long>(t) * m.columns,
                                  out + (kSums ? 0 : at(t)), sums + (kSums ? at(t) : 0), stride);
  }
}

template <bool kSums>
ENTENTE_AVX512 void MultiplyAvx512(const LinearView& m, const uint8_t* x, int tokens, int16_t* out,
                                   int32_t* sums, int stride) {
  int row = 0;
  for (; row + 2 * kRowBlock <= m.rows; row += 2 * kRowBlock) {
    RowsAvx512<2, kSums>(m, row, x, tokens, out, sums, stride);
  }
  for (; row < m.rows; row += kRowBlock) RowsAvx512<1, kSums>(m, row, x, tokens, out, sums, stride);
}

#endif  // ENTENTE_X86

// --- element by element ---

// (a b + 2^14) >> 15, written so that compilers see the one instruction that does it.
ENTENTE_INLINE int16_t Fraction(int16_t a, int16_t b) {
  return static_cast<int16_t>(((static_cast<int32_t>(a) * b >> 14) + 1) >> 1);
}

// 2 u with u = 4 - |a| in Q12, at least 0; a in Q12. 16 bits without sign.
ENTENTE_INLINE uint16_t HalfParabola(int16_t magnitude) {
  const auto u = static_cast<uint16_t>(2 * (16384 - magnitude));
  return static_cast<uint16_t>((static_cast<uint32_t>(u) * u) >> 16);
}

ENTENTE_INLINE int16_t Magnitude(int16_t a, int16_t most) {
  const auto absolute = static_cast<int16_t>(a < 0 ? -(a + (a == -32768)) : a);
  return std::min(absolute, most);
}

// Gate of a Q12 number, in 1/32768.
ENTENTE_INLINE int16_t GateOf(int16_t a) {
  const auto q = static_cast<int16_t>(HalfParabola(Magnitude(a, 16384)));
  return static_cast<int16_t>(a < 0 ? q : 32767 - q);
}

// Tanh of a Q12 number, in Q14, within -16383..16383.
ENTENTE_INLINE int16_t TanhOf(int16_t a) {
  const auto q = static_cast<int16_t>(HalfParabola(static_cast<int16_t>(2 * Magnitude(a, 8192))));
  const auto t = static_cast<int16_t>(std::max<int16_t>(static_cast<int16_t>(16383 - q), 0));
  return static_cast<int16_t>(a < 0 ? -t : t);
}

ENTENTE_INLINE uint8_t ByteOf(int16_t x) {
  const auto y = static_cast<int16_t>(static_cast<int16_t>(std::min<int16_t>(x, 16320) + 64) >> 7);
  return static_cast<uint8_t>(std::max<int16_t>(std::min<int16_t>(y, 127), -127) + 128);
}

template <bool kSkip>
ENTENTE_INLINE void RecurLoop(const int16_t* a, const int16_t* skip, int tokens, int hidden,
                              int16_t* out, uint8_t* bytes) {
  const int half = hidden / 2;
  alignas(64) int16_t state[512];
  for (int direction = 0; direction < 2; direction++) {
    const int offset = direction * half;
    std::memset(state, 0, sizeof state);
    for (int k = 0; k < tokens; k++) {
      const long t = direction == 0 ? k : tokens - 1 - k;
      const int16_t* __restrict az = a + t * 3 * hidden + offset;
      const int16_t* __restrict af = az + hidden;
      const int16_t* __restrict ar = af + hidden;
      int16_t* o = out + t * hidden + offset;
      const int16_t* s = kSkip ? skip + t * hidden + offset : o;
      uint8_t* __restrict b = bytes + t * hidden + offset;
      ENTENTE_NO_ALIAS
      for (int i = 0; i < half; i++) {
        const int16_t z = TanhOf(az[i]);
        const auto before = static_cast<int16_t>(state[i] - z);
        const auto c = static_cast<int16_t>(z + Fraction(GateOf(af[i]), before));
        state[i] = c;
        const int16_t x = kSkip ? s[i] : int16_t{0};
        const auto y =
            static_cast<int16_t>(x + Fraction(GateOf(ar[i]), static_cast<int16_t>(c - x)));
        o[i] = y;
        b[i] = ByteOf(y);
      }
    }
  }
}

ENTENTE_INLINE void RecurBody(const int16_t* a, const int16_t* skip, int tokens, int hidden,
                              int16_t* out, uint8_t* bytes) {
  if (skip != nullptr) {
    RecurLoop<true>(a, skip, tokens, hidden, out, bytes);
  } else {
    RecurLoop<false>(a, nullptr, tokens, hidden, out, bytes);
  }
}

ENTENTE_INLINE int16_t AddSaturated(int16_t a, int16_t b) {
  return static_cast<int16_t>(std::clamp(static_cast<int32_t>(a) + b, -32768, 32767));
}

ENTENTE_INLINE void TanhBytesBody(const int16_t* __restrict a, const int16_t* __restrict b,
                                  int size, uint8_t* __restrict out) {
  if (b != nullptr) {
    for (int i = 0; i < size; i++) out[i] = ByteOf(TanhOf(AddSaturated(a[i], b[i])));
  } else {
    for (int i = 0; i < size; i++) out[i] = ByteOf(TanhOf(a[i]));
  }
}

ENTENTE_INLINE void TanhWeightsBody(const int16_t* __restrict a, int size, int8_t* __restrict out) {
  for (int i = 0; i < size; i++) {
    const auto y = static_cast<int16_t>(static_cast<int16_t>(TanhOf(a[i]) + 128) >> 8);
    out[i] = static_cast<int8_t>(std::max<int16_t>(std::min<int16_t>(y, 63), -63));
  }
}

ENTENTE_INLINE void ToBytesBody(const int16_t* __restrict x, int size, uint8_t* __restrict out) {
  for (int i = 0; i < size; i++) out[i] = ByteOf(x[i]);
}

ENTENTE_INLINE void SumRowsBody(const int8_t* const* rows, int count, int size, int shift,
                                uint8_t* __restrict out) {
  alignas(64) int16_t sums[512];
  const auto half = static_cast<int16_t>(shift > 0 ? 1 << (shift - 1) : 0);
  for (int i = 0; i < size; i++) sums[i] = half;
  for (int r = 0; r < count; r++) {
    const int8_t* __restrict row = rows[r];
    for (int i = 0; i < size; i++) sums[i] = static_cast<int16_t>(sums[i] + row[i]);
  }
  for (int i = 0; i < size; i++) {
    const auto y = static_cast<int16_t>(sums[i] >> shift);
    out[i] = static_cast<uint8_t>(std::max<int16_t>(std::min<int16_t>(y, 127), -127) + 128);
  }
}

ENTENTE_INLINE int BestSumBody(const int32_t* __restrict scores, const int32_t* __restrict bias,
                               int size) {
  int32_t most = INT32_MIN;
  for (int i = 0; i < size; i++) most = std::max(most, scores[i] + bias[i]);
  for (int i = 0; i < size; i++) {
    if (scores[i] + bias[i] == most) return i;
  }
  return 0;
}

#ifdef ENTENTE_X86
#define ENTENTE_VERSIONS(Name, Return, Parameters, Arguments)                    \
  ENTENTE_AVX512 Return Name##Avx512 Parameters { return Name##Body Arguments; } \
  ENTENTE_AVX2 Return Name##Avx2 Parameters { return Name##Body Arguments; }     \
  Return Name##Plain Parameters { return Name##Body Arguments; }
#define ENTENTE_DISPATCH(Name, Arguments) \
  switch (current) {                      \
    case Simd::kAvx512:                   \
      return Name##Avx512 Arguments;      \
    case Simd::kAvx2:                     \
      return Name##Avx2 Arguments;        \
    case Simd::kPlain:                    \
      return Name##Plain Arguments;       \
  }                                       \
  std::abort()
#else
#define ENTENTE_VERSIONS(Name, Return, Parameters, Arguments) \
  Return Name##Plain Parameters { return Name##Body Arguments; }
#define ENTENTE_DISPATCH(Name, Arguments) return Name##Plain Arguments
#endif

ENTENTE_VERSIONS(Recur, void,
                 (const int16_t* a, const int16_t* skip, int tokens, int hidden, int16_t* out,
                  uint8_t* bytes),
                 (a, skip, tokens, hidden, out, bytes))
ENTENTE_VERSIONS(TanhBytes, void, (const int16_t* a, const int16_t* b, int size, uint8_t* out),
                 (a, b, size, out))
ENTENTE_VERSIONS(TanhWeights, void, (const int16_t* a, int size, int8_t* out), (a, size, out))
ENTENTE_VERSIONS(ToBytes, void, (const int16_t* x, int size, uint8_t* out), (x, size, out))
ENTENTE_VERSIONS(SumRows, void,
                 (const int8_t* const* rows, int count, int size, int shift, uint8_t* out),
                 (rows, count, size, shift, out))
ENTENTE_VERSIONS(BestSum, int, (const int32_t* scores, const int32_t* bias, int size),
                 (scores, bias, size))

}  // namespace

Simd CurrentSimd() { return current; }
void SetSimd(Simd simd) { current = std::min(simd, kMachine); }

void Multiply(const LinearView& m, const uint8_t* x, int tokens, int16_t* out, int out_stride) {
#ifdef ENTENTE_X86
  if (current == Simd::kAvx512)
    return MultiplyAvx512<false>(m, x, tokens, out, nullptr, out_stride);
  if (current == Simd::kAvx2) return MultiplyAvx2<false>(m, x, tokens, out, nullptr, out_stride);
#endif
  MultiplyPlain<false>(m, x, tokens, out, nullptr, out_stride);
}

void MultiplySums(const LinearView& m, const uint8_t* x, int tokens, int32_t* out, int out_stride) {
#ifdef ENTENTE_X86
  if (current == Simd::kAvx512) return MultiplyAvx512<true>(m, x, tokens, nullptr, out, out_stride);
  if (current == Simd::kAvx2) return MultiplyAvx2<true>(m, x, tokens, nullptr, out, out_stride);
#endif
  MultiplyPlain<true>(m, x, tokens, nullptr, out, out_stride);
}

void Recur(const int16_t* a, const int16_t* skip, int tokens, int hidden, int16_t* out,
           uint8_t* bytes) {
  ENTENTE_DISPATCH(Recur, (a, skip, tokens, hidden, out, bytes));
}
void TanhBytes(const int16_t* a, const int16_t* b, int size, uint8_t* out) {
  ENTENTE_DISPATCH(TanhBytes, (a, b, size, out));
}
void TanhWeights(const int16_t* a, int size, int8_t* out) {
  ENTENTE_DISPATCH(TanhWeights, (a, size, out));
}
void ToBytes(const int16_t* x, int size, uint8_t* out) {
  ENTENTE_DISPATCH(ToBytes, (x, size, out));
}
void SumRows(const int8_t* const* rows, int count, int size, int shift, uint8_t* out) {
  ENTENTE_DISPATCH(SumRows, (rows, count, size, shift, out));
}
int BestSum(const int32_t* scores, const int32_t* bias, int size) {
  ENTENTE_DISPATCH(BestSum, (scores, bias, size));
}

}  // namespace entente
