// SPDX-License-Identifier: Apache-2.0
// The models in models/ are those that their cards describe: hash, format, size, and, where the
// treebanks are at hand, the score. They are looked for in $ENTENTE_UD, else beside the repository
// in shared/data/ud.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "lexicon/records.h"
#include "model/model_file.h"
#include "parser/parser.h"
#include "tagger/tagger.h"
#include "trainer/conllu.h"
#include "trainer/syntax_eval.h"

namespace entente {
namespace {

const std::string kModels = ENTENTE_SOURCE_DIR "/models";

std::vector<std::string> Folders() {
  std::vector<std::string> out;
  for (const std::string& path : ListFiles(kModels, "MODEL.rec", true)) {
    out.push_back(path.substr(0, path.rfind('/')));
  }
  return out;
}

RecordFile Card(const std::string& folder) {
  std::vector<Problem> problems;
  auto card = ReadRecords(folder + "/MODEL.rec", "model", problems);
  for (const Problem& problem : problems) ADD_FAILURE() << problem.Text();
  EXPECT_TRUE(card.ok());
  return std::move(*card);
}

TEST(ModelCardTest, CardsDescribeTheirFiles) {
  ASSERT_FALSE(Folders().empty());
  for (const std::string& folder : Folders()) {
    const RecordFile card = Card(folder);
    EXPECT_GE(card.records.size(), 2u);
    for (const Record& record : card.records) {
      const std::string path = folder + "/" + std::string(record.Get("file"));
      const auto bytes = ReadFile(path);
      ASSERT_TRUE(bytes.ok()) << path;
      EXPECT_EQ(Sha256Hex(*bytes), record.Get("sha256")) << path;
      EXPECT_EQ(std::to_string(bytes->size()), record.Get("bytes")) << path;
      EXPECT_EQ(std::to_string(kModelVersion), record.Get("format")) << path;
      EXPECT_TRUE(FileExists(ENTENTE_SOURCE_DIR "/" + std::string(record.Get("recipe")))) << path;
    }
  }
}

TEST(ModelCardTest, DevScoresAreReachedAgain) {
  const char* given = std::getenv("ENTENTE_UD");
  const std::string treebanks = given != nullptr ? given : ENTENTE_SOURCE_DIR "/../shared/data/ud";
  if (!IsDirectory(treebanks)) GTEST_SKIP() << "no treebanks in " << treebanks;
  for (const std::string& folder : Folders()) {
    const auto tagger = Tagger::Load(folder + "/tagger.model");
    ASSERT_TRUE(tagger.ok());
    const auto parser = Parser::Load(folder + "/parser.model", tagger->id());
    ASSERT_TRUE(parser.ok());
    const RecordFile card = Card(folder);
    for (const std::string_view line : card.records.front().All("dev")) {
      const std::vector<std::string_view> words = SplitWords(line);
      ASSERT_FALSE(words.empty());
      const auto bank = ReadTreebank(treebanks + "/" + std::string(words[0]));
      ASSERT_TRUE(bank.ok()) << bank.error().Text();
      const SyntaxScores scores = EvaluateSyntax(*bank, true, [&](Document& document) {
        tagger->Run(document);
        parser->Run(document);
      });
      char reached[64];
      std::snprintf(reached, sizeof reached, "UAS %.2f LAS %.2f", scores.uas.F1(), scores.las.F1());
      EXPECT_THAT(std::string(line), testing::HasSubstr(reached));
    }
  }
}

}  // namespace
}  // namespace entente
