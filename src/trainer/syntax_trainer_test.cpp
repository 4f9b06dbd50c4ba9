// SPDX-License-Identifier: Apache-2.0
// A whole training run on a treebank of a few sentences: it learns them, and gives the same bytes
// twice.
#include "trainer/syntax_trainer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/file.h"
#include "parser/parser.h"
#include "tagger/tagger.h"
#include "trainer/syntax_eval.h"

namespace entente {
namespace {

using testing::HasSubstr;

// "Peru signed the treaty ." and the like, with other countries, verbs and things.
std::string Sentences() {
  std::string out;
  const std::pair<const char*, const char*> verbs[] = {
      {"signed", "sign"}, {"rejected", "reject"}, {"praised", "praise"}};
  for (const char* country : {"Peru", "Chile", "Ghana", "Nepal"}) {
    for (const auto& [form, lemma] : verbs) {
      for (const char* thing : {"treaty", "plan"}) {
        const auto word = [&](int id, const std::string& word_form, const std::string& word_lemma,
                              const std::string& upos, const std::string& feats, int head,
                              const std::string& relation) {
          out += std::to_string(id) + "\t" + word_form + "\t" + word_lemma + "\t" + upos + "\t_\t" +
                 feats + "\t" + std::to_string(head) + "\t" + relation + "\t_\t_\n";
        };
        word(1, country, country, "PROPN", "Number=Sing", 2, "nsubj");
        word(2, form, lemma, "VERB", "Tense=Past", 0, "root");
        word(3, "the", "the", "DET", "_", 4, "det");
        word(4, thing, thing, "NOUN", "Number=Sing", 2, "obj");
        word(5, ".", ".", "PUNCT", "_", 2, "punct");
        out += "\n";
      }
    }
  }
  return out;
}

std::string Vectors() {
  std::string out = "{\"precision\":8,\"dimensions\":100,\"words\":[],\"vectors\":{";
  const char* const words[] = {"peru", "chile", "the", "plan"};
  for (int w = 0; w < 4; w++) {
    out += (w > 0 ? ",\"" : "\"") + std::string(words[w]) + "\":[";
    for (int i = 0; i < 100; i++) out += std::to_string(((i * 7 + w * 13) % 11) * 0.1 - 0.5) + ",";
    out += "1.0," + std::to_string(w) + "]";
  }
  return out + "},\"unkVector\":[]}";
}

constexpr char kRecipe[] =
    "%rec: recipe\n\n"
    "kind: syntax\nlanguage: xx\ntrain: train.conllu\ndev: train.conllu\nvectors: vectors.json\n"
    "corpus: our own\nlicence: Apache-2.0\nwords: 10\npiece_size: 12\nhidden: 32\nlayers: "
    "2\ntag_layer: 1\n"
    "arc: 16\nlabel: 16\ninput_dropout: 0\nlayer_dropout: 0\nhead_dropout: 0\nrounds: 40\nbatch: "
    "20\n"
    "rate: 0.01\naverage: 0.9\nseed: 5\n";

class SyntaxTrainerTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              ("entente_trainer_test_" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
    Write("train.conllu", Sentences());
    Write("vectors.json", Vectors());
    Write("syntax.rec", kRecipe);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(Path(name)) << text;
  }
  std::string Path(const std::string& name) const { return (folder_ / name).string(); }
  Status Train(const std::string& out) const {
    const auto recipe = ReadSyntaxRecipe(Path("syntax.rec"));
    if (!recipe) return recipe.error();
    return TrainSyntax(*recipe, {folder_.string(), folder_.string(), Path(out)},
                       [](const std::string&) {});
  }

  std::filesystem::path folder_;
};

TEST_F(SyntaxTrainerTest, LearnsAndGivesTheSameBytesTwice) {
  for (const char* out : {"one", "two"}) {
    const Status status = Train(out);
    ASSERT_TRUE(status.ok()) << status.error().Text();
  }
  for (const char* file : {"tagger.model", "parser.model", "MODEL.rec"}) {
    EXPECT_EQ(*ReadFile(Path("one/" + std::string(file))),
              *ReadFile(Path("two/" + std::string(file))))
        << file;
  }
  const auto tagger = Tagger::Load(Path("one/tagger.model"));
  ASSERT_TRUE(tagger.ok()) << tagger.error().Text();
  const auto parser = Parser::Load(Path("one/parser.model"), tagger->id());
  ASSERT_TRUE(parser.ok()) << parser.error().Text();
  const auto bank = ReadTreebank(Path("train.conllu"));
  const SyntaxScores scores = EvaluateSyntax(*bank, true, [&](Document& document) {
    tagger->Run(document);
    parser->Run(document);
  });
  EXPECT_GT(scores.upos.F1(), 99);
  EXPECT_GT(scores.las.F1(), 99);
  EXPECT_GT(scores.lemmas.F1(), 99);
}

TEST_F(SyntaxTrainerTest, SaysWhatIsWrongWithARecipe) {
  Write("bad.rec", "%rec: recipe\n\nkind: syntax\ntrain: a\nhidden: 33\nrate: fast\n");
  const auto recipe = ReadSyntaxRecipe(Path("bad.rec"));
  ASSERT_FALSE(recipe.ok());
  EXPECT_THAT(recipe.error().Text(), HasSubstr("bad.rec:6: rate is a number"));
  EXPECT_THAT(recipe.error().Text(), HasSubstr("hidden is a multiple of 32"));
}

TEST_F(SyntaxTrainerTest, MissingAndBrokenCorporaAreErrors) {
  std::filesystem::remove(Path("train.conllu"));
  EXPECT_FALSE(Train("out").ok());
  Write("train.conllu", "not a treebank\n");
  EXPECT_FALSE(Train("out").ok());
  Write("train.conllu", Sentences());
  Write("vectors.json", "{\"dimensions\":100,\"vectors\":{\"peru\":[1,2");
  EXPECT_FALSE(Train("out").ok());
}

}  // namespace
}  // namespace entente
