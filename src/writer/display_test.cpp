// SPDX-License-Identifier: Apache-2.0
#include "writer/display.h"

#include <gtest/gtest.h>

namespace entente {
namespace {

TEST(Display, Widths) {
  EXPECT_EQ(DisplayWidth("Paraguay"), 8u);
  EXPECT_EQ(DisplayWidth("Nicolás"), 7u);
  EXPECT_EQ(DisplayWidth("Nicola\xCC\x81s"), 7u);  // a combining accent
  EXPECT_EQ(DisplayWidth("中国"), 4u);
  EXPECT_EQ(DisplayWidth("한국"), 4u);
  EXPECT_EQ(DisplayWidth("カ"), 2u);
  EXPECT_EQ(DisplayWidth("🕊"), 1u);
  EXPECT_EQ(DisplayWidth("🎉"), 2u);
  EXPECT_EQ(DisplayWidth("Путин"), 5u);
  EXPECT_EQ(DisplayWidth(""), 0u);
}

TEST(Display, FitCutsAtColumnsWithAnEllipsis) {
  EXPECT_EQ(FitWidth("Paraguay", 8), "Paraguay");
  EXPECT_EQ(FitWidth("Paraguay", 7), "Paragu…");
  EXPECT_EQ(FitWidth("中国人", 6), "中国人");
  EXPECT_EQ(FitWidth("中国人", 5), "中国…");
  EXPECT_EQ(FitWidth("中国人", 4), "中…");  // two columns do not fit beside the ellipsis
  EXPECT_EQ(FitWidth("ab", 1), "…");
  EXPECT_EQ(FitWidth("ab", 0), "");
  EXPECT_EQ(FitWidth("", 5), "");
}

TEST(Display, PadsToTheWidth) {
  EXPECT_EQ(PadWidth("ab", 4), "ab  ");
  EXPECT_EQ(PadWidth("中", 4), "中  ");
  EXPECT_EQ(PadWidth("Nicolás Maduro", 8), "Nicolás…");
  for (const char* text : {"中国人民", "aé中🎉", "", "x", "\xF0\x9F\x87\xB5\xF0\x9F\x87\xBE"}) {
    for (size_t width = 0; width < 12; width++) EXPECT_EQ(DisplayWidth(PadWidth(text, width)), width) << text;
  }
}

TEST(Display, NothingThatMovesTheTerminal) {
  EXPECT_EQ(FitWidth("a\x1b[2Jb", 20), "a [2Jb");
  EXPECT_EQ(FitWidth("a\xE2\x80\xAE" "b\xE2\x81\xA6" "c", 20), "abc");  // right-to-left override, isolate
}

}  // namespace
}  // namespace entente
