// SPDX-License-Identifier: Apache-2.0
#include "trainer/syntax_trainer.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <numbers>
#include <system_error>
#include <utility>

#include "base/file.h"
#include "base/hash.h"
#include "lexicon/records.h"
#include "model/model_file.h"
#include "parser/parser.h"
#include "tagger/tagger.h"
#include "trainer/conllu.h"
#include "trainer/syntax_eval.h"
#include "trainer/syntax_model.h"
#include "trainer/vectors.h"

namespace entente {
namespace {

std::string Formatted(const char* format, double a, double b = 0, double c = 0, double d = 0) {
  char buffer[160];
  std::snprintf(buffer, sizeof buffer, format, a, b, c, d);
  return buffer;
}

// Fields of the recipe as numbers, with a problem for each that is none.
class Fields {
 public:
  Fields(const Record& record, const std::string& path, std::vector<Problem>& problems)
      : record_(record), path_(path), problems_(problems) {}

  template <class T>
  void Number(std::string_view name, double least, double most, T& out) const {
    if (!record_.Has(name)) return;
    const std::string_view text = record_.Get(name);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < least || value > most) {
      problems_.push_back(
          {path_, record_.LineOf(name),
           std::string(name) + " is a number from " + Formatted("%g to %g", least, most)});
      return;
    }
    out = static_cast<T>(value);
  }

 private:
  const Record& record_;
  const std::string& path_;
  std::vector<Problem>& problems_;
};

Status Write(const std::string& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) return Error{ErrorCode::kBadInput, "cannot write", path};
  return {};
}

// A batch is whole sentences with about as many words as the recipe says; each round goes through
// all in another order.
class Rounds {
 public:
  Rounds(const SyntaxRecipe& recipe, const Treebank& bank, const Vocabulary& vocabulary,
         Network& network)
      : recipe_(recipe),
        bank_(bank),
        vocabulary_(vocabulary),
        network_(network),
        random_(recipe.seed + 6) {
    for (const GoldSentence& sentence : bank) words_ += static_cast<long>(sentence.words.size());
    words_ *= recipe.rounds;
  }

  Losses Run() {
    std::vector<size_t> order(bank_.size());
    for (size_t i = 0; i < order.size(); i++) order[i] = i;
    for (size_t i = order.size(); i > 1; i--) std::swap(order[i - 1], order[random_() % i]);
    Losses sum;
    for (size_t i = 0; i < order.size();) {
      Batch batch;
      while (i < order.size() && batch.size() < recipe_.batch) {
        const GoldSentence varied = Vary(bank_[order[i++]], recipe_.variation, random_);
        AddToBatch(varied, vocabulary_, reader_, &random_, batch);
      }
      const Losses losses = network_.Learn(batch);
      sum.upos += losses.upos;
      sum.feats += losses.feats;
      sum.arc += losses.arc;
      sum.relation += losses.relation;
      sum.words += losses.words;
      done_ += losses.words;
      network_.Step(Rate(), static_cast<float>(recipe_.average));
    }
    return sum;
  }

 private:
  // Up in a straight line, then down along a cosine.
  float Rate() {
    constexpr int kWarmUp = 200;
    const double part = std::min(1.0, static_cast<double>(done_) / static_cast<double>(words_));
    const double cosine = 0.02 + 0.98 * 0.5 * (1 + std::cos(std::numbers::pi * part));
    step_++;
    return static_cast<float>(recipe_.rate * cosine *
                              std::min(1.0, static_cast<double>(step_) / kWarmUp));
  }

  const SyntaxRecipe& recipe_;
  const Treebank& bank_;
  const Vocabulary& vocabulary_;
  Network& network_;
  std::mt19937_64 random_;
  FeatureReader reader_;
  long words_ = 0, done_ = 0;
  int step_ = 0;
};

// Scores of the network itself, before rounding; heads need not be trees.
std::string QuickScores(Network& network, const Vocabulary& vocabulary, const Treebank& bank) {
  FeatureReader reader;
  Predictions predictions;
  double words = 0;
  double upos = 0;
  double uas = 0;
  double las = 0;
  for (size_t i = 0; i < bank.size();) {
    Batch batch;
    const size_t first = i;
    while (i < bank.size() && batch.size() < 1500)
      AddToBatch(bank[i++], vocabulary, reader, nullptr, batch);
    network.Predict(batch, predictions);
    size_t t = 0;
    for (size_t s = first; s < i; s++) {
      for (const GoldWord& word : bank[s].words) {
        words++;
        upos += vocabulary.upos.Find(word.upos) == predictions.upos[t] ? 1 : 0;
        if (word.head == predictions.heads[t]) {
          uas++;
          las += vocabulary.relations.Find(word.relation) == predictions.relations[t] ? 1 : 0;
        }
        t++;
      }
    }
  }
  words = std::max(words, 1.0) / 100;
  return Formatted("UPOS %.2f UAS %.2f LAS+subtypes %.2f", upos / words, uas / words, las / words);
}

Result<std::vector<std::pair<std::string, Treebank>>> ReadAll(const std::vector<std::string>& names,
                                                              const std::string& folder) {
  std::vector<std::pair<std::string, Treebank>> banks;
  for (const std::string& name : names) {
    Result<Treebank> bank = ReadTreebank(folder + "/" + name);
    if (!bank) return bank.error();
    banks.emplace_back(name, std::move(*bank));
  }
  return banks;
}

std::string ScoreLine(const std::string& name, const SyntaxScores& s) {
  return name + " UPOS " + Formatted("%.2f", s.upos.F1()) + " UFeats " +
         Formatted("%.2f", s.feats.F1()) + " Lemmas " + Formatted("%.2f", s.lemmas.F1()) + " UAS " +
         Formatted("%.2f", s.uas.F1()) + " LAS " + Formatted("%.2f", s.las.F1());
}

std::string Card(const SyntaxRecipe& recipe, const std::string& kind, const std::string& bytes,
                 const std::string& scores) {
  std::string out = "\nfile: " + kind + ".model\n";
  out += "recipe: " + recipe.path + "\n";
  out += "corpus: " + recipe.corpus + "\n";
  out += "licence: " + recipe.licence + "\n";
  out += "seed: " + std::to_string(recipe.seed) + "\n";
  out += "format: " + std::to_string(kModelVersion) + "\n";
  out += "bytes: " + std::to_string(bytes.size()) + "\n";
  out += "sha256: " + Sha256Hex(bytes) + "\n";
  return out + scores;
}

}  // namespace

Result<SyntaxRecipe> ReadSyntaxRecipe(const std::string& path) {
  std::vector<Problem> problems;
  const auto file = ReadRecords(path, "recipe", problems);
  if (!file) return file.error();
  SyntaxRecipe recipe;
  recipe.path = path;
  if (file->records.size() != 1) {
    problems.push_back({path, 1, "a recipe is one record"});
  } else {
    const Record& record = file->records.front();
    if (record.Get("kind") != "syntax") {
      problems.push_back({path, record.LineOf("kind"), "the kind of this recipe is `syntax`"});
    }
    recipe.language = record.Get("language");
    for (const std::string_view name : record.List("train")) recipe.train.emplace_back(name);
    for (const std::string_view name : record.List("own")) recipe.own.emplace_back(name);
    for (const std::string_view name : record.List("dev")) recipe.dev.emplace_back(name);
    for (const std::string_view name : record.List("test")) recipe.test.emplace_back(name);
    recipe.vectors = record.Get("vectors");
    recipe.corpus = record.Get("corpus");
    recipe.licence = record.Get("licence");
    const Fields fields(record, path, problems);
    fields.Number("words", 0, 1e6, recipe.words);
    fields.Number("piece_size", 4, 256, recipe.shape.piece);
    fields.Number("hidden", 32, 1024, recipe.shape.hidden);
    fields.Number("layers", 1, 16, recipe.shape.layers);
    fields.Number("tag_layer", 1, 16, recipe.shape.tag_layer);
    fields.Number("arc", 16, 512, recipe.shape.arc);
    fields.Number("label", 16, 512, recipe.shape.label);
    fields.Number("input_dropout", 0, 0.9, recipe.dropout.input_dropout);
    fields.Number("layer_dropout", 0, 0.9, recipe.dropout.layer_dropout);
    fields.Number("head_dropout", 0, 0.9, recipe.dropout.head_dropout);
    fields.Number("rounds", 1, 1000, recipe.rounds);
    fields.Number("batch", 1, 100000, recipe.batch);
    fields.Number("rate", 1e-6, 1, recipe.rate);
    fields.Number("average", 0, 0.99999, recipe.average);
    fields.Number("seed", 0, 1e9, recipe.seed);
    const NetworkShape& shape = recipe.shape;
    if (shape.tag_layer > shape.layers || shape.hidden % 32 != 0 || shape.arc % 16 != 0 ||
        shape.label % 16 != 0 || (shape.word + shape.piece) % 4 != 0) {
      problems.push_back(
          {path, record.line,
           "tag_layer is at most layers; hidden is a multiple of 32, arc and label of 16, "
           "piece_size of 4"});
    }
  }
  if (problems.empty()) return recipe;
  std::string message;
  for (const Problem& problem : problems) message += (message.empty() ? "" : "\n") + problem.Text();
  return Error{ErrorCode::kBadData, message, ""};
}

Status TrainSyntax(const SyntaxRecipe& recipe, const TrainingPlaces& places,
                   const std::function<void(const std::string&)>& report) {
  Treebank train;
  const std::string beside = std::filesystem::path(recipe.path).parent_path().string();
  for (const auto& [names, folder] :
       {std::pair{&recipe.train, places.treebanks}, {&recipe.own, beside}}) {
    auto banks = ReadAll(*names, folder.empty() ? "." : folder);
    if (!banks) return banks.error();
    for (auto& [name, bank] : *banks)
      std::move(bank.begin(), bank.end(), std::back_inserter(train));
  }
  auto dev = ReadAll(recipe.dev, places.treebanks);
  if (!dev) return dev.error();
  auto test = ReadAll(recipe.test, places.treebanks);
  if (!test) return test.error();
  NetworkShape shape = recipe.shape;
  Vocabulary vocabulary;
  {
    const auto vectors = ReadVectors(places.vectors + "/" + recipe.vectors);
    if (!vectors) return vectors.error();
    if (vectors->empty() || vectors->front().values.size() != static_cast<size_t>(shape.word)) {
      return Error{ErrorCode::kBadInput,
                   "word vectors of " + std::to_string(shape.word) + " numbers are needed",
                   places.vectors + "/" + recipe.vectors};
    }
    vocabulary = BuildVocabulary(train, *vectors, shape.word, recipe.words, 1);
  }
  shape.rows = static_cast<int>(vocabulary.counts.size());
  shape.upos = static_cast<int>(vocabulary.upos.names.size());
  shape.feats = static_cast<int>(vocabulary.feats.names.size());
  shape.relations = static_cast<int>(vocabulary.relations.names.size());
  report(std::to_string(train.size()) + " sentences, " + std::to_string(shape.rows) + " words");
  Network network(shape, vocabulary.given, recipe.seed);
  network.options() = recipe.dropout;
  Rounds rounds(recipe, train, vocabulary, network);
  for (int round = 1; round <= recipe.rounds; round++) {
    const Losses losses = rounds.Run();
    const double words = losses.words;
    report("round " + std::to_string(round) +
           Formatted(" loss: upos %.3f feats %.3f arc %.3f relation %.3f", losses.upos / words,
                     losses.feats / words, losses.arc / words, losses.relation / words));
    network.SwapAverages();
    for (const auto& [name, bank] : *dev)
      report("  " + name + " " + QuickScores(network, vocabulary, bank));
    network.SwapAverages();
  }
  network.SwapAverages();
  const SyntaxModels models = MakeModels(network, vocabulary, train, recipe.path);
  std::error_code error;
  std::filesystem::create_directories(places.out, error);
  if (error) return Error{ErrorCode::kBadInput, error.message(), places.out};
  for (const auto& [name, bytes] :
       {std::pair{"tagger", &models.tagger}, std::pair{"parser", &models.parser}}) {
    const Status status = Write(places.out + "/" + name + ".model", *bytes);
    if (!status) return status.error();
  }
  // What was written is what is scored.
  const auto tagger = Tagger::Load(places.out + "/tagger.model");
  if (!tagger) return tagger.error();
  const auto parser = Parser::Load(places.out + "/parser.model", tagger->id());
  if (!parser) return parser.error();
  std::string scores;
  const auto score = [&](const char* field, const std::string& name, const Treebank& bank) {
    const SyntaxScores s = EvaluateSyntax(bank, true, [&](Document& document) {
      tagger->Run(document);
      parser->Run(document);
    });
    const std::string line = ScoreLine(name, s);
    report(line);
    scores += std::string(field) + ": " + line + "\n";
  };
  for (const auto& [name, bank] : *dev) score("dev", name, bank);
  for (const auto& [name, bank] : *test) score("test", name, bank);
  std::string card =
      "# SPDX-License-Identifier: Apache-2.0\n"
      "# What each model was learned from and how well it does (gold tokens). Written by `entente "
      "train`.\n"
      "%rec: model\n%key: file\n%mandatory: recipe corpus licence seed format bytes sha256\n"
      "%allowed: file recipe corpus licence seed format bytes sha256 dev test\n";
  card += Card(recipe, "tagger", models.tagger, scores);
  card += Card(recipe, "parser", models.parser, scores);
  return Write(places.out + "/MODEL.rec", card);
}

}  // namespace entente
