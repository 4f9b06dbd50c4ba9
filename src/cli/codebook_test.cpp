// SPDX-License-Identifier: Apache-2.0
#include "cli/codebook.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace entente {
namespace {

const std::string kData = std::string(ENTENTE_SOURCE_DIR) + "/data";

class CodebookTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    std::vector<Problem> problems;
    auto ontology = Ontology::Load(kData + "/ontology", problems);
    ASSERT_TRUE(ontology.ok());
    ontology_ = new Ontology(std::move(*ontology));
    auto actors = Actors::Load(kData + "/actors", "", *ontology_, problems);
    ASSERT_TRUE(actors.ok());
    actors_ = new Actors(std::move(*actors));
  }
  static void TearDownTestSuite() {
    delete actors_;
    delete ontology_;
  }
  static inline Ontology* ontology_ = nullptr;
  static inline Actors* actors_ = nullptr;
};

TEST_F(CodebookTest, KnowsCountriesSectorsAndLabels) {
  const auto book = LexiconCodebook::Load(kData + "/ontology", *actors_, *ontology_);
  ASSERT_TRUE(book.ok()) << book.error().Text();
  const Codebook::Country* paraguay = book->FindCountry("PRY");
  ASSERT_NE(paraguay, nullptr);
  EXPECT_EQ(paraguay->name, "Paraguay");
  EXPECT_EQ(paraguay->cow, "150");
  EXPECT_EQ(paraguay->fips, "PA");
  EXPECT_EQ(book->FindCountry("UNASUR"), nullptr);
  EXPECT_EQ(book->FindCountry(""), nullptr);
  ASSERT_NE(book->FindSector("HLT"), nullptr);
  EXPECT_EQ(book->FindSector("HLT")->cameo, "HLH");
  EXPECT_EQ(book->FindSector("NONE"), nullptr);
  EXPECT_EQ(book->CameoLabel("042"), "Make a visit");
  EXPECT_EQ(book->CameoLabel(""), "");
}

TEST_F(CodebookTest, EveryStateHasAName) {
  const auto book = LexiconCodebook::Load(kData + "/ontology", *actors_, *ontology_);
  ASSERT_TRUE(book.ok());
  int countries = 0, cow = 0;
  for (const Actor& actor : actors_->all()) {
    if (actor.kind != ActorKind::kCountry || actor.code.empty()) continue;  // a region acts as its state
    const Codebook::Country* country = book->FindCountry(actor.code);
    ASSERT_NE(country, nullptr) << actor.id << " " << actor.code << " " << actor.file << ":" << actor.line;
    EXPECT_FALSE(country->name.empty()) << actor.code;
    countries++;
    cow += country->cow.empty() ? 0 : 1;
  }
  EXPECT_GE(countries, 240);
  EXPECT_GE(cow, 195);  // the members of the state system
}

TEST_F(CodebookTest, MistakesAreToldAllAtOnce) {
  const auto folder = std::filesystem::temp_directory_path() / ("codebook_test_" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "country_codes.tsv") << "code\tcow\tfips\nPRY\t150\tPA\nQQQ\t1\tQQ\n";
  std::ofstream(folder / "sector_codes.tsv") << "sector\tcameo\ticews\nGOV\tGOV\nXXX\tXXX\tX\n";
  const auto book = LexiconCodebook::Load(folder.string(), *actors_, *ontology_);
  ASSERT_FALSE(book.ok());
  EXPECT_EQ(book.error().code, ErrorCode::kBadData);
  EXPECT_NE(book.error().message.find("country_codes.tsv:3: no country has the code QQQ"), std::string::npos);
  EXPECT_NE(book.error().message.find("sector_codes.tsv:2: has 2 cells"), std::string::npos);
  EXPECT_NE(book.error().message.find("sector_codes.tsv:3: unknown sector XXX"), std::string::npos);
  std::filesystem::remove_all(folder);
  EXPECT_FALSE(LexiconCodebook::Load(folder.string(), *actors_, *ontology_).ok());
}

}  // namespace
}  // namespace entente
