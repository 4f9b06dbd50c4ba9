// SPDX-License-Identifier: Apache-2.0
#include "model/features.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace entente {
namespace {

TEST(FeaturesTest, KeysForgetCaseQuotesDashesAndDigits) {
  FeatureReader reader;
  EXPECT_EQ(reader.Key("Embassy"), reader.Key("EMBASSY"));
  EXPECT_EQ(reader.Key("don\u2019t"), reader.Key("don't"));
  EXPECT_EQ(reader.Key("\u201C"), reader.Key("\""));
  EXPECT_EQ(reader.Key("''"), reader.Key("\""));
  EXPECT_EQ(reader.Key("1,250"), reader.Key("9,731"));
  EXPECT_NE(reader.Key("1,250"), reader.Key("12,50"));
  EXPECT_NE(reader.Key("talk"), reader.Key("talks"));
}

TEST(FeaturesTest, FoldedKeyLacksDiacritics) {
  FeatureReader reader;
  WordFeatures with, without;
  reader.Read("Nicol\u00E1s", true, Casing::kNormal, with);
  reader.Read("Nicolas", true, Casing::kNormal, without);
  EXPECT_NE(with.key, without.key);
  EXPECT_EQ(with.folded_key, without.key);
  EXPECT_EQ(without.folded_key, without.key);
}

TEST(FeaturesTest, PiecesAreBucketsOrNone) {
  FeatureReader reader;
  WordFeatures features;
  for (const char* form : {"a", "Re-elected", "2019-01-11", "\xFF\xFE", "\u20AC5bn", "x"}) {
    reader.Read(form, false, Casing::kNormal, features);
    for (const uint32_t piece : features.pieces) {
      EXPECT_TRUE(piece < kPieceBuckets || piece == kNoPiece) << form;
    }
  }
  // A word of one letter has no endings: what is left is the word itself, pattern, case and size.
  reader.Read("x", false, Casing::kNormal, features);
  EXPECT_EQ(std::count(features.pieces.begin(), features.pieces.end(), kNoPiece), 10);
}

TEST(FeaturesTest, TailOfACompoundIsTheWordItself) {
  FeatureReader reader;
  WordFeatures compound, word;
  reader.Read("anti-government", false, Casing::kNormal, compound);
  reader.Read("government", false, Casing::kNormal, word);
  EXPECT_EQ(compound.pieces[1], word.pieces[0]);
}

TEST(FeaturesTest, VeryLongWordsAreCut) {
  FeatureReader reader;
  WordFeatures features;
  reader.Read(std::string(1 << 20, 'a'), false, Casing::kNormal, features);
  EXPECT_EQ(features.key, reader.Key(std::string(1 << 16, 'A')));
}

TEST(FeaturesTest, CasingOfSentences) {
  const auto casing = [](std::initializer_list<const char*> forms) {
    CasingCounter counter;
    for (const char* form : forms) counter.Add(form);
    return counter.Get();
  };
  EXPECT_EQ(casing({"Paraguay", "cuts", "ties", "with", "its", "neighbour"}), Casing::kNormal);
  EXPECT_EQ(casing({"Paraguay", "Severs", "Relations", "with", "Caracas"}), Casing::kTitle);
  EXPECT_EQ(casing({"PARAGUAY", "CUTS", "TIES"}), Casing::kUpper);
  EXPECT_EQ(casing({}), Casing::kNormal);
}

}  // namespace
}  // namespace entente
