// SPDX-License-Identifier: Apache-2.0
#include "pipeline/pipeline.h"

#include <unistd.h>

#include <algorithm>
#include <climits>
#include <cstdlib>
#include <filesystem>

#include "base/file.h"
#include "linker/linker.h"
#include "parser/parser.h"
#include "resolver/resolver.h"
#include "tagger/tagger.h"
#include "tokenizer/tokenizer.h"

namespace entente {

const std::vector<StageName>& Stages() {
  static const std::vector<StageName> stages = {
      {"reader", "text, paragraphs, title, date, language"},
      {"tokenizer", "sentences and tokens"},
      {"tagger", "lemma, part of speech and features of each token"},
      {"parser", "head and relation of each token"},
      {"linker", "mentions of actors and places"},
      {"coder", "event mentions, sentence by sentence"},
      {"resolver", "events of the whole document"},
  };
  return stages;
}

namespace {

constexpr uint32_t kSentencesAtOnce = 64;

// What the language's list knows better than the model.
void CorrectLemmas(const Language& language, Document& doc) {
  const StringMap<std::string>& lemmas = language.lemmas;
  std::string key;
  for (Token& token : doc.tokens) {
    if (token.upos != Upos::kVerb && token.upos != Upos::kNoun) continue;
    key = Name(token.upos);
    key += ' ';
    for (const char c : token.form) key += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    if (const auto it = lemmas.find(key); it != lemmas.end()) {
      token.lemma = it->second;
    } else if (token.upos == Upos::kVerb && language.patterns.Find(PredicateKind::kVerb, token.lemma) == nullptr) {
      for (const std::string& ending : language.lemma_endings) {
        key.assign(token.lemma).append(ending);
        if (language.patterns.Find(PredicateKind::kVerb, key) != nullptr) token.lemma = doc.Keep(key);
      }
    }
  }
}

}  // namespace

struct Pipeline::Parts {
  void Tag(Document& doc) const {
    tagger.Run(doc);
    CorrectLemmas(*language, doc);
  }
  // Both stages by turns on some sentences at a time: the encodings between them are the largest layer by far.
  void TagAndParse(Document& doc) const {
    const auto count = static_cast<uint32_t>(doc.sentences.size());
    for (uint32_t first = 0; first < count; first += kSentencesAtOnce) {
      const uint32_t last = std::min(first + kSentencesAtOnce, count);
      tagger.Run(doc, first, last);
      parser.Run(doc, first, last);
    }
    doc.encodings = {};
    CorrectLemmas(*language, doc);
  }
  std::unique_ptr<Language> language;
  Tokenizer tokenizer;
  Tagger tagger;
  Parser parser;
  Linker linker;
  Coder coder;
  Resolver resolver;
};

Pipeline::Pipeline(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Pipeline::Pipeline(Pipeline&&) noexcept = default;
Pipeline& Pipeline::operator=(Pipeline&&) noexcept = default;
Pipeline::~Pipeline() = default;

Result<Pipeline> Pipeline::Load(const std::string& root, const std::string& tag) {
  std::vector<Problem> problems;
  auto language = Language::Load(root, tag, problems);
  if (!language) return language.error();
  if (!problems.empty()) {
    std::string message = "the data have mistakes:";
    for (size_t i = 0; i < problems.size() && i < 50; i++) message += "\n" + problems[i].Text();
    if (problems.size() > 50) message += "\nand " + std::to_string(problems.size() - 50) + " more";
    return Error{ErrorCode::kBadData, message, root + "/data"};
  }
  const std::string models = root + "/models/" + tag;
  auto tokenizer = Tokenizer::Load((*language)->folder);
  if (!tokenizer) return tokenizer.error();
  auto tagger = Tagger::Load(models + "/tagger.model");
  if (!tagger) return tagger.error();
  auto parser = Parser::Load(models + "/parser.model", tagger->id());
  if (!parser) return parser.error();
  auto linker = Linker::Load(**language);
  if (!linker) return linker.error();
  auto coder = Coder::Load(**language);
  if (!coder) return coder.error();
  auto resolver = Resolver::Load(**language);
  if (!resolver) return resolver.error();
  return Pipeline(std::unique_ptr<Parts>(
      new Parts{std::move(*language), std::move(*tokenizer), std::move(*tagger), std::move(*parser),
                std::move(*linker), std::move(*coder), std::move(*resolver)}));
}

void Pipeline::Run(Document& doc) const {
  parts_->tokenizer.Run(doc);  // fills doc.sentences, doc.tokens
  parts_->TagAndParse(doc);    // fills lemma, tag, features, then head and relation of each token
  // From here on the text layers are fixed: no stage below adds or moves a token.
  parts_->linker.Run(doc);    // fills doc.mentions
  parts_->coder.Run(doc);     // fills doc.event_mentions, sentence by sentence
  parts_->resolver.Run(doc);  // fills doc.events, looking at the whole document
}

void Pipeline::RunSyntax(Document& doc) const {
  parts_->tokenizer.Run(doc);
  RunTaggerAndParser(doc);
}

void Pipeline::RunTaggerAndParser(Document& doc) const {
  parts_->TagAndParse(doc);
}

void Pipeline::RunStage(std::string_view stage, Document& doc) const {
  if (stage == "tokenizer") parts_->tokenizer.Run(doc);
  if (stage == "tagger") parts_->Tag(doc);
  if (stage == "parser") parts_->parser.Run(doc);
  if (stage == "linker") parts_->linker.Run(doc);
  if (stage == "coder") parts_->coder.Run(doc);
  if (stage == "resolver") parts_->resolver.Run(doc);
}

const Language& Pipeline::language() const { return *parts_->language; }
const Coder& Pipeline::coder() const { return parts_->coder; }

void KeepConfident(Document& document, const Language& language, double least) {
  if (least < 0) least = language.least_confidence;
  std::erase_if(document.events, [&](const Event& event) {
    const EventMention& mention = document.event_mentions[event.mentions.front()];
    return mention.pair.empty() && mention.confidence < least;
  });
}

std::string FindRoot(const std::string& given) {
  if (!given.empty()) return given;
  if (const char* from = std::getenv("ENTENTE_DATA"); from != nullptr && *from != '\0') return from;
  char path[PATH_MAX];
  const ssize_t n = ::readlink("/proc/self/exe", path, sizeof path - 1);
  if (n > 0) {
    std::filesystem::path folder(std::string(path, static_cast<size_t>(n)));
    for (int up = 0; up < 5 && folder.has_parent_path(); up++) {
      folder = folder.parent_path();
      if (IsDirectory((folder / "data" / "languages").string())) return folder.string();
    }
  }
  return "/usr/share/entente";
}

}  // namespace entente
