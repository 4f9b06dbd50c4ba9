// SPDX-License-Identifier: Apache-2.0
#include "trainer/syntax_eval.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace entente {
namespace {

Treebank Example() {
  const auto bank = ParseTreebank(
      "# newpar\n"
      "1\tPeru\tPeru\tPROPN\t_\tNumber=Sing\t4\tnsubj\t_\t_\n"
      "2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_\n"
      "2\tdid\tdo\tAUX\t_\t_\t4\taux\t_\t_\n"
      "3\tn't\tnot\tPART\t_\t_\t4\tadvmod\t_\t_\n"
      "4\tsign\tsign\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No\n"
      "5\t.\t.\tPUNCT\t_\t_\t4\tpunct\t_\t_\n\n"
      "1\tChile\tChile\tPROPN\t_\t_\t2\tnsubj:pass\t_\t_\n"
      "2\tsigned\tsign\tVERB\t_\t_\t0\troot\t_\t_\n\n",
      "t");
  return *bank;
}

// Copies the gold analysis into a document that has the gold tokens.
void Copy(const Treebank& gold, Document& document) {
  size_t t = 0;
  for (const GoldSentence& sentence : gold) {
    const auto base = static_cast<int32_t>(t);
    for (const GoldWord& word : sentence.words) {
      Token& token = document.tokens[t++];
      token.upos = UposFromName(word.upos);
      token.feats = document.Keep(word.feats);
      token.lemma = document.Keep(word.lemma);
      token.relation = document.Keep(word.relation);
      token.head = word.head < 0 ? -1 : base + word.head;
    }
  }
}

TEST(SyntaxEvalTest, GoldAgainstItselfIsPerfect) {
  const Treebank gold = Example();
  const SyntaxScores scores = EvaluateSyntax(gold, true, [&](Document& d) { Copy(gold, d); });
  EXPECT_EQ(
      scores.Text(),
      "Tokens 100.00\nSentences 100.00\nWords 100.00\nUPOS 100.00\nUFeats 100.00\nLemmas 100.00\n"
      "UAS 100.00\nLAS 100.00\nLAS+subtypes 100.00\n");
  EXPECT_EQ(scores.tokens.gold, 6);
  EXPECT_EQ(scores.words.gold, 7);
}

TEST(SyntaxEvalTest, CountsMistakes) {
  const Treebank gold = Example();
  const SyntaxScores scores = EvaluateSyntax(gold, true, [&](Document& d) {
    Copy(gold, d);
    d.tokens[0].head = 2;          // a wrong head
    d.tokens[1].relation = "cop";  // a wrong label
    d.tokens[3].upos = Upos::kNoun;
    d.tokens[5].relation = "nsubj";  // a missing subtype
  });
  EXPECT_EQ(scores.upos.right, 6);
  EXPECT_EQ(scores.uas.right, 6);
  EXPECT_EQ(scores.las.right, 5);
  EXPECT_EQ(scores.las_with_subtypes.right, 4);
  EXPECT_THAT(scores.RelationText(), testing::HasSubstr("nsubj 0.00 0.00 0.00 (1)"));
}

// Other tokens than the gold's: words are aligned by their characters.
TEST(SyntaxEvalTest, AlignsOtherTokens) {
  const Treebank gold = Example();
  const SyntaxScores scores = EvaluateSyntax(gold, false, [&](Document& d) {
    ASSERT_EQ(d.text, "Peru didn't sign. Chile signed");
    const auto add = [&](uint32_t begin, uint32_t end, const char* form, uint8_t contraction,
                         int head) {
      Token token;
      token.span = {begin, end};
      token.form = form;
      token.contraction = contraction;
      token.head = head;
      d.tokens.push_back(token);
    };
    add(0, 4, "Peru", 0, 3);
    add(5, 11, "did", 2, 3);
    add(5, 11, "n't", 0, 3);
    add(12, 17, "sign.", 0, -1);
    add(18, 23, "Chile", 0, 5);
    add(24, 30, "signed", 0, -1);
    d.sentences = {{0, 6, 0}};
  });
  EXPECT_EQ(scores.sentences.right, 0);
  EXPECT_EQ(scores.tokens.right, 4);
  EXPECT_EQ(scores.words.right, 5);  // Peru, did, n't, Chile, signed
  EXPECT_EQ(scores.uas.right, 2);    // Chile and signed; the head of the others is not aligned
}

TEST(SyntaxEvalTest, NoTokensAtAll) {
  const SyntaxScores scores = EvaluateSyntax(Example(), false, [](Document&) {});
  EXPECT_EQ(scores.words.right, 0);
  EXPECT_EQ(scores.words.system, 0);
}

}  // namespace
}  // namespace entente
