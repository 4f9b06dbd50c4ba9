// SPDX-License-Identifier: Apache-2.0
// The tagger with the English model of this repository, on sentences where right answers are not in
// doubt; and what must hold of any model.
#include "tagger/tagger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <vector>

#include "model/encoder.h"
#include "model/kernels.h"

namespace entente {
namespace {

using testing::ElementsAre;

const Tagger& English() {
  static const Tagger tagger = *Tagger::Load(ENTENTE_SOURCE_DIR "/models/en/tagger.model");
  return tagger;
}

// One sentence a line, tokens between spaces.
Document Read(const std::string& text) {
  Document document;
  document.text = text;
  uint32_t first = 0;
  const auto add = [&](uint32_t begin, uint32_t end) {
    if (begin == end) return;
    Token token;
    token.span = {begin, end};
    token.form = document.Text(token.span);
    document.tokens.push_back(token);
  };
  uint32_t begin = 0;
  for (uint32_t at = 0; at <= document.text.size(); at++) {
    const char c = at < document.text.size() ? document.text[at] : '\n';
    if (c != ' ' && c != '\n') continue;
    add(begin, at);
    begin = at + 1;
    const auto end = static_cast<uint32_t>(document.tokens.size());
    if (c == '\n' && end > first) {
      document.sentences.push_back({first, end, 0});
      first = end;
    }
  }
  return document;
}

std::vector<std::string> Tags(const Document& document) {
  std::vector<std::string> out;
  for (const Token& token : document.tokens) out.emplace_back(Name(token.upos));
  return out;
}

std::vector<std::string> Lemmas(const Document& document) {
  std::vector<std::string> out;
  for (const Token& token : document.tokens) out.emplace_back(token.lemma);
  return out;
}

TEST(TaggerTest, TagsAndLemmas) {
  Document document = Read("The ministers of Peru and Chile were meeting in Lima .");
  English().Run(document);
  EXPECT_THAT(Tags(document), ElementsAre("DET", "NOUN", "ADP", "PROPN", "CCONJ", "PROPN", "AUX",
                                          "VERB", "ADP", "PROPN", "PUNCT"));
  EXPECT_THAT(Lemmas(document), ElementsAre("the", "minister", "of", "Peru", "and", "Chile", "be",
                                            "meet", "in", "Lima", "."));
  EXPECT_TRUE(document.tokens[1].morph & morph::kPlur);
  EXPECT_EQ(document.encodings.size(),
            document.tokens.size() * static_cast<size_t>(English().encoding_size()));
}

TEST(TaggerTest, CurlyQuotesAndCapitalsReadAsPlainOnes) {
  Document curly = Read("The president didn \u2019t sign Chile \u2019s treaty .");
  Document plain = Read("The president didn 't sign Chile 's treaty .");
  English().Run(curly);
  English().Run(plain);
  EXPECT_EQ(Tags(curly), Tags(plain));
}

TEST(TaggerTest, LemmasOfUnseenVerbs) {
  Document document = Read("He reopened the embassy and they extradited the suspects .");
  English().Run(document);
  EXPECT_EQ(document.tokens[1].lemma, "reopen");
  EXPECT_EQ(document.tokens[6].lemma, "extradite");
  EXPECT_EQ(document.tokens[8].lemma, "suspect");
}

TEST(TaggerTest, BlocksGiveWhatTheWholeGives) {
  std::string text;
  for (int i = 0; i < 60; i++)
    text += "Six countries left the bloc in " + std::to_string(1960 + i) + " .\n";
  Document whole = Read(text);
  Document parts = Read(text);
  English().Run(whole);
  std::vector<int16_t> encodings;
  const auto sentences = static_cast<uint32_t>(parts.sentences.size());
  for (uint32_t s = 0; s < sentences; s += 7) {
    English().Run(parts, s, std::min(s + 7, sentences));
    encodings.insert(encodings.end(), parts.encodings.begin(), parts.encodings.end());
  }
  EXPECT_EQ(Tags(whole), Tags(parts));
  EXPECT_EQ(whole.encodings, encodings);
}

TEST(TaggerTest, EveryInstructionSetGivesTheSame) {
  Document document =
      Read("Lawmakers in Caracas rejected the \u201C unfair \u201D 2018 vote , he said .");
  English().Run(document);
  const auto encodings = document.encodings;
  for (const Simd simd : {Simd::kPlain, Simd::kAvx2}) {
    SetSimd(simd);
    English().Run(document);
    EXPECT_EQ(document.encodings, encodings);
  }
  SetSimd(Simd::kAvx512);
}

TEST(TaggerTest, OddInput) {
  Document empty;
  English().Run(empty);
  EXPECT_TRUE(empty.encodings.empty());
  // A sentence of many words, bytes that are no text, a very long word.
  std::string text;
  for (int i = 0; i < 3000; i++)
    text += i % 7 == 0 ? "\xFF\xFE " : i % 11 == 0 ? "\u0416\u0417 " : "word ";
  text += std::string(100000, 'x');
  Document odd = Read(text);
  ASSERT_EQ(odd.sentences.size(), 1u);
  ASSERT_GT(odd.sentences[0].size(), kLongestSegment);
  English().Run(odd);
  for (const Token& token : odd.tokens) EXPECT_FALSE(token.feats.empty());
}

TEST(TaggerTest, MissingModelIsAnError) {
  const auto tagger = Tagger::Load(ENTENTE_SOURCE_DIR "/models/nowhere/tagger.model");
  ASSERT_FALSE(tagger.ok());
  EXPECT_EQ(tagger.error().code, ErrorCode::kNotFound);
}

TEST(TaggerTest, ParserModelIsRefused) {
  EXPECT_FALSE(Tagger::Load(ENTENTE_SOURCE_DIR "/models/en/parser.model").ok());
}

}  // namespace
}  // namespace entente
