// SPDX-License-Identifier: Apache-2.0
#include "model/encoder.h"

#include <gtest/gtest.h>

namespace entente {
namespace {

TEST(EncoderTest, LongSentencesAreCutIntoEqualParts) {
  std::vector<std::pair<uint32_t, uint32_t>> segments;
  AddSegments(10, 10, segments);
  EXPECT_TRUE(segments.empty());
  AddSegments(10, 10 + kLongestSegment, segments);
  ASSERT_EQ(segments.size(), 1u);
  segments.clear();
  AddSegments(10, 10 + 3 * kLongestSegment + 1, segments);
  ASSERT_EQ(segments.size(), 4u);
  uint32_t at = 10;
  for (const auto& [begin, end] : segments) {
    EXPECT_EQ(begin, at);
    EXPECT_GT(end, begin);
    EXPECT_LE(end - begin, kLongestSegment);
    at = end;
  }
  EXPECT_EQ(at, 10 + 3 * kLongestSegment + 1);
}

}  // namespace
}  // namespace entente
