// SPDX-License-Identifier: Apache-2.0
#include "lexicon/places.h"

#include <gtest/gtest.h>

#include <fstream>

namespace entente {
namespace {

constexpr const char* kHeader = "name\tcountry\tlat\tlon\tpopulation\tcapital\tnames\n";

Places Load(const std::string& rows, std::vector<Problem>& problems) {
  const std::string path = testing::TempDir() + "/places_test.tsv";
  std::ofstream(path) << kHeader << rows;
  auto places = Places::Load(path, problems);
  EXPECT_TRUE(places.ok());
  return std::move(*places);
}

std::vector<std::string> Countries(const Places& places, std::string_view key) {
  std::vector<const City*> found;
  places.Find(key, found);
  std::vector<std::string> out;
  for (const City* city : found) out.emplace_back(city->country);
  return out;
}

TEST(Places, FoundByAnyName) {
  std::vector<Problem> problems;
  const Places places = Load("Kyiv\tUKR\t50.4547\t30.5238\t2797553\tyes\tKiev|Kíev\nSaint-Denis\tFRA\t48.9\t2.3\t96128\t\t\n", problems);
  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(Countries(places, "kiev"), std::vector<std::string>{"UKR"});
  EXPECT_EQ(Countries(places, "saint denis"), std::vector<std::string>{"FRA"});
  EXPECT_TRUE(Countries(places, "saint").empty());
  EXPECT_EQ(places.longest_name(), 2u);
}

TEST(Places, SeveralOfOneName) {
  std::vector<Problem> problems;
  const Places places = Load("Cordoba\tARG\t-31.4\t-64.2\t1428214\t\t\nCordoba\tESP\t37.9\t-4.8\t328428\t\t\n", problems);
  EXPECT_EQ(Countries(places, "cordoba").size(), 2u);
}

TEST(Places, OneCapitalOrNone) {
  std::vector<Problem> problems;
  const Places places = Load("Nairobi\tKEN\t-1.3\t36.8\t2750547\tyes\t\nSucre\tBOL\t-19\t-65\t224838\tyes\t\nLa Paz\tBOL\t-16.5\t-68\t812799\tyes\t\n", problems);
  ASSERT_NE(places.CapitalOf("KEN"), nullptr);
  EXPECT_EQ(places.CapitalOf("KEN")->name, "Nairobi");
  EXPECT_EQ(places.CapitalOf("BOL"), nullptr);
  EXPECT_EQ(places.CapitalOf("ATL"), nullptr);
}

TEST(Places, BadRowsAreAllTold) {
  std::vector<Problem> problems;
  Load("A\tAAA\tnorth\t1\t1\t\t\nB\tBBB\t91\t1\t1\t\t\nC\tCCC\t1\t1\t1\t\t\n", problems);
  EXPECT_EQ(problems.size(), 2u);
}

}  // namespace
}  // namespace entente
