// SPDX-License-Identifier: Apache-2.0
// What must hold of any model, with encodings that come from no text. What the English parser makes
// of sentences is tested by tests/golden and, on treebanks, by the trainer's model_test.
#include "parser/parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "model/encoder.h"
#include "model/kernels.h"
#include "model/model_file.h"
#include "parser/tree.h"

namespace entente {
namespace {

constexpr char kPath[] = ENTENTE_SOURCE_DIR "/models/en/parser.model";

struct English {
  uint64_t tagger_id = 0;
  size_t hidden = 0;
  Parser parser;
};

const English& Model() {
  static const English model = [] {
    const auto file = ModelFile::Open(kPath, "parser");
    const uint64_t id = std::stoull(std::string(file->Info("tagger")));
    return English{id, static_cast<size_t>(*file->Number("hidden", 32, 1024)),
                   *Parser::Load(kPath, id)};
  }();
  return model;
}

// Sentences of these sizes with encodings drawn at random.
Document Example(const std::vector<uint32_t>& sizes) {
  Document document;
  std::mt19937 random(7);
  uint32_t at = 0;
  for (const uint32_t size : sizes) {
    document.sentences.push_back({at, at + size, 0});
    at += size;
  }
  document.tokens.resize(at);
  document.encodings.resize(at * Model().hidden);
  for (int16_t& value : document.encodings) {
    value = static_cast<int16_t>(static_cast<int>(random() % 32767) - 16383);
  }
  return document;
}

void ExpectTrees(const Document& document) {
  for (const Sentence& sentence : document.sentences) {
    std::vector<int> heads;
    for (uint32_t t = sentence.begin; t < sentence.end; t++) {
      const int head = document.tokens[t].head;
      EXPECT_EQ(head < 0, document.tokens[t].rel == Rel::kRoot);
      EXPECT_TRUE(head < 0 || (head >= static_cast<int>(sentence.begin) &&
                               head < static_cast<int>(sentence.end)));
      heads.push_back(head < 0 ? -1 : head - static_cast<int>(sentence.begin));
    }
    EXPECT_TRUE(IsTree(heads)) << sentence.size();
  }
}

TEST(ParserTest, EverySentenceGetsATree) {
  Document document = Example({1, 2, 3, 17, 40, 1, 5, 90, 300, 8});
  Model().parser.Run(document);
  ExpectTrees(document);
}

TEST(ParserTest, OverlongSentencesGetOneTreeToo) {
  Document document = Example({3, 3 * kLongestSegment + 5, 4});
  Model().parser.Run(document);
  ExpectTrees(document);
}

TEST(ParserTest, BlocksGiveWhatTheWholeGives) {
  Document whole = Example({9, 30, 4, 120, 7, 60, 60, 33});
  Document parts = Example({9, 30, 4, 120, 7, 60, 60, 33});
  Model().parser.Run(whole);
  const std::vector<int16_t> all = parts.encodings;
  for (uint32_t s = 0; s < parts.sentences.size(); s += 3) {
    const uint32_t last = std::min<uint32_t>(s + 3, static_cast<uint32_t>(parts.sentences.size()));
    const auto at = [&](uint32_t token) {
      return all.begin() + static_cast<long>(token * Model().hidden);
    };
    parts.encodings.assign(at(parts.sentences[s].begin), at(parts.sentences[last - 1].end));
    Model().parser.Run(parts, s, last);
  }
  for (size_t t = 0; t < whole.tokens.size(); t++) {
    EXPECT_EQ(whole.tokens[t].head, parts.tokens[t].head);
    EXPECT_EQ(whole.tokens[t].relation, parts.tokens[t].relation);
  }
}

TEST(ParserTest, EveryInstructionSetGivesTheSame) {
  Document first = Example({9, 30, 4, 120});
  Model().parser.Run(first);
  for (const Simd simd : {Simd::kPlain, Simd::kAvx2}) {
    SetSimd(simd);
    Document again = Example({9, 30, 4, 120});
    Model().parser.Run(again);
    for (size_t t = 0; t < first.tokens.size(); t++) {
      EXPECT_EQ(first.tokens[t].head, again.tokens[t].head);
      EXPECT_EQ(first.tokens[t].relation, again.tokens[t].relation);
    }
  }
  SetSimd(Simd::kAvx512);
}

TEST(ParserTest, AnotherTaggersParserIsRefused) {
  const auto parser = Parser::Load(kPath, Model().tagger_id + 1);
  ASSERT_FALSE(parser.ok());
  EXPECT_THAT(parser.error().Text(), testing::HasSubstr("another tagger"));
}

TEST(ParserTest, NothingToDo) {
  Document empty;
  Model().parser.Run(empty);
  EXPECT_TRUE(empty.tokens.empty());
}

}  // namespace
}  // namespace entente
