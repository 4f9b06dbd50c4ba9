// SPDX-License-Identifier: Apache-2.0
#include "trainer/conllu.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace entente {
namespace {

using testing::HasSubstr;

constexpr std::string_view kGood =
    "# newpar\n# treebank = T\n"
    "1-2\tdidn't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n"
    "1\tdid\tdo\tAUX\t_\tTense=Past\t3\taux\t_\t_\n"
    "2\tn't\tnot\tPART\t_\t_\t3\tadvmod\t_\t_\n"
    "2.1\tempty\t_\t_\t_\t_\t_\t_\t_\t_\n"
    "3\tsign\tsign\tVERB\t_\t_\t0\troot\t_\t_\n"
    "\n";

std::string ErrorOf(std::string_view text) {
  const auto bank = ParseTreebank(text, "t.conllu");
  return bank ? "" : bank.error().Text();
}

TEST(ConlluTest, ReadsWordsAndMultiwordTokens) {
  const auto bank = ParseTreebank(kGood, "t.conllu");
  ASSERT_TRUE(bank.ok());
  ASSERT_EQ(bank->size(), 1u);
  const GoldSentence& sentence = bank->front();
  EXPECT_EQ(sentence.treebank, "T");
  EXPECT_TRUE(sentence.new_paragraph);
  EXPECT_EQ(sentence.text, "didn'tsign");
  ASSERT_EQ(sentence.words.size(), 3u);
  ASSERT_EQ(sentence.tokens.size(), 2u);
  EXPECT_EQ(sentence.tokens[0].words, 2);
  EXPECT_EQ(sentence.words[1].token, 0);
  EXPECT_EQ(sentence.words[2].token, 1);
  EXPECT_EQ(sentence.words[0].head, 2);
  EXPECT_EQ(sentence.words[2].head, -1);
}

TEST(ConlluTest, LastSentenceNeedsNoEmptyLineAndLinesMayEndInReturn) {
  EXPECT_EQ(ErrorOf("1\ta\ta\tX\t_\t_\t0\troot\t_\t_"), "");
  EXPECT_EQ(ErrorOf("1\ta\ta\tX\t_\t_\t0\troot\t_\t_\r\n\r\n"), "");
  EXPECT_EQ(ErrorOf(""), "");
}

TEST(ConlluTest, ErrorsNameTheLine) {
  EXPECT_THAT(ErrorOf("1\ta\n"), HasSubstr("t.conllu:1: a word has 10 columns"));
  EXPECT_THAT(ErrorOf("\n2\ta\ta\tX\t_\t_\t0\troot\t_\t_\n"),
              HasSubstr("t.conllu:2: expected id 1"));
  EXPECT_THAT(ErrorOf("1\ta\ta\tX\t_\t_\tx\troot\t_\t_\n"), HasSubstr("bad head"));
  EXPECT_THAT(ErrorOf("1\ta\ta\tX\t_\t_\t9\tdep\t_\t_\n\n"), HasSubstr("outside its sentence: 9"));
  EXPECT_THAT(ErrorOf("1\ta\ta\tX\t_\t_\t1\tdep\t_\t_\n\n"), HasSubstr("has 0"));
  EXPECT_THAT(ErrorOf("1\ta\ta\tX\t_\t_\t0\troot\t_\t_\n2\tb\tb\tX\t_\t_\t3\tx\t_\t_\n"
                      "3\tc\tc\tX\t_\t_\t2\tx\t_\t_\n\n"),
              HasSubstr("cycle"));
  EXPECT_THAT(ErrorOf("1-9\tab\t_\t_\t_\t_\t_\t_\t_\t_\n1\ta\ta\tX\t_\t_\t0\troot\t_\t_\n\n"),
              HasSubstr("within a multiword token"));
  EXPECT_THAT(ErrorOf("1-999999999999\tab\t_\t_\t_\t_\t_\t_\t_\t_\n"), HasSubstr("bad range"));
}

TEST(ConlluTest, MissingFileIsAnError) { EXPECT_FALSE(ReadTreebank("/nowhere/x.conllu.xz").ok()); }

}  // namespace
}  // namespace entente
