// SPDX-License-Identifier: Apache-2.0
#include "writer/cells.h"

#include <gtest/gtest.h>

#include "base/utf8.h"
#include "writer/testing.h"

namespace entente {
namespace {

TEST(Cells, OneLineKeepsOrdinaryText) {
  EXPECT_EQ(OneLine(""), "");
  EXPECT_EQ(OneLine("Nicolás Maduro, 中国 🇵🇾"), "Nicolás Maduro, 中国 🇵🇾");
  EXPECT_EQ(OneLine("=1+1"), "=1+1");
}

TEST(Cells, RunsOfControlCharactersBecomeOneSpace) {
  EXPECT_EQ(OneLine("cut\r\n\r\nties"), "cut ties");
  EXPECT_EQ(OneLine("a\tb"), "a b");
  EXPECT_EQ(OneLine(std::string("a\0b", 3)), "a b");
  EXPECT_EQ(OneLine("a\xC2\x85" "b\xE2\x80\xA8" "c\xE2\x80\xA9" "d\x7F" "e"), "a b c d e");
  EXPECT_EQ(OneLine("\x1b[31mred"), " [31mred");
}

TEST(Cells, BadBytesBecomeReplacementCharacters) {
  EXPECT_EQ(OneLine("a\xFF" "b"), "a\xEF\xBF\xBD" "b");
  EXPECT_TRUE(IsValidUtf8(OneLine(testing::Hostile())));
}

TEST(Cells, CsvQuotesOnlyWhereNeeded) {
  EXPECT_EQ(CsvCell("plain"), "plain");
  EXPECT_EQ(CsvCell("a,b"), "\"a,b\"");
  EXPECT_EQ(CsvCell("the \"bloc\""), "\"the \"\"bloc\"\"\"");
  EXPECT_EQ(CsvCell("a\nb"), "a b");
}

TEST(Cells, TabCells) {
  EXPECT_EQ(TsvCell("a,b"), "a,b");
  EXPECT_EQ(TsvCell("the \"bloc\""), "\"the \"\"bloc\"\"\"");
  EXPECT_EQ(PlainCell("the \"bloc\""), "the 'bloc'");
  EXPECT_EQ(TabRow({"a", "", "b\tc"}, PlainCell), "a\t\tb c\n");
}

TEST(Cells, ListsKeepTheNumberOfTheirItems) {
  EXPECT_EQ(JoinList({}), "");
  EXPECT_EQ(JoinList({"a", "", "b"}), "a;;b");
  EXPECT_EQ(JoinList({"a;b", "c"}), "a,b;c");
}

}  // namespace
}  // namespace entente
