// SPDX-License-Identifier: Apache-2.0
#include "tagger/tagger.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "model/encoder.h"
#include "model/features.h"
#include "model/model_file.h"
#include "tagger/lemmatizer.h"
#include "tagger/word_table.h"

namespace entente {
namespace {

struct Scratch {
  EncoderScratch encoder;
  FeatureReader features;
  std::vector<std::pair<uint32_t, uint32_t>> segments;
  std::vector<int16_t> upos, feats;
  std::string lower, lemma;
};

// "Paris" -> "paris" without a call for plain letters.
void Lower(std::string_view form, std::string& out) {
  out.assign(form);
  bool plain = true;
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    plain = plain && static_cast<signed char>(c) >= 0;
  }
  if (!plain) out = ToLower(form);
}

}  // namespace

struct Tagger::Parts {
  explicit Parts(ModelFile model) : file(std::move(model)) {}
  ModelFile file;
  WordTable words;
  Encoder encoder;
  LinearView upos, feats;
  Lemmatizer lemmatizer;
  std::vector<Upos> upos_of;
  std::vector<std::string_view> feats_of;
  std::vector<uint32_t> morph_of;
  std::vector<std::vector<int>>
      feats_with;  // for each part of speech, the features that it can have
  int hidden = 0;

  Status Read();
  void TagSentence(Document& document, uint32_t begin, uint32_t end, uint32_t base,
                   Scratch& scratch) const;
  void ReadWords(const Document& document, uint32_t begin, uint32_t end, uint8_t* out,
                 Scratch& scratch) const;
};

Status Tagger::Parts::Read() {
  if (file.Info("features") != kFeatureNames) {
    return Error{
        ErrorCode::kBadData,
        "the model uses other features than this program; use the models of the same release, or "
        "rebuild them with `entente train`",
        file.name()};
  }
  auto table = WordTable::Read(file);
  if (!table) return table.error();
  words = *table;
  const auto size = file.Number("hidden", 32, 1024);
  const auto layers = file.Number("layers", 1, 16);
  if (!size) return size.error();
  if (!layers) return layers.error();
  hidden = *size;
  auto lower_layers = Encoder::Read(file, 0, *layers, words.input(), hidden);
  if (!lower_layers) return lower_layers.error();
  encoder = std::move(*lower_layers);
  const auto upos_scores = file.Linear("upos", hidden);
  const auto feats_scores = file.Linear("feats", hidden);
  const auto upos_names = file.Lines("upos.names");
  const auto feats_names = file.Lines("feats.names");
  const auto pairs = file.Array<uint8_t>("feats.pairs");
  if (!upos_scores) return upos_scores.error();
  if (!feats_scores) return feats_scores.error();
  if (!upos_names) return upos_names.error();
  if (!feats_names) return feats_names.error();
  if (!pairs) return pairs.error();
  upos = *upos_scores;
  feats = *feats_scores;
  if (upos_names->size() > static_cast<size_t>(upos.rows) ||
      feats_names->size() > static_cast<size_t>(feats.rows) ||
      pairs->size() != upos_names->size() * feats_names->size()) {
    return file.Broken("numbers of labels");
  }
  for (const std::string_view name : *upos_names) upos_of.push_back(UposFromName(name));
  for (const std::string_view name : *feats_names) {
    feats_of.push_back(name);
    morph_of.push_back(MorphFromFeats(name));
  }
  for (size_t u = 0; u < upos_of.size(); u++) {
    std::vector<int> with;
    for (size_t f = 0; f < feats_of.size(); f++) {
      if ((*pairs)[u * feats_of.size() + f] != 0) with.push_back(static_cast<int>(f));
    }
    if (with.empty()) return file.Broken("features of a part of speech");
    feats_with.push_back(std::move(with));
  }
  auto lemmas = Lemmatizer::Read(file);
  if (!lemmas) return lemmas.error();
  lemmatizer = std::move(*lemmas);
  return {};
}

Result<Tagger> Tagger::Load(const std::string& path) {
  auto file = ModelFile::Open(path, "tagger");
  if (!file) return file.error();
  return Read(std::make_shared<Parts>(std::move(*file)));
}

Result<Tagger> Tagger::FromBytes(std::string_view bytes, const std::string& name) {
  auto file = ModelFile::FromBytes(bytes, name, "tagger");
  if (!file) return file.error();
  return Read(std::make_shared<Parts>(std::move(*file)));
}

Result<Tagger> Tagger::Read(std::shared_ptr<Parts> parts) {
  const Status status = parts->Read();
  if (!status) return status.error();
  Tagger tagger;
  tagger.parts_ = std::move(parts);
  return tagger;
}

uint64_t Tagger::id() const { return parts_->file.checksum(); }
int Tagger::encoding_size() const { return parts_->hidden; }

void Tagger::Parts::ReadWords(const Document& document, uint32_t begin, uint32_t end, uint8_t* out,
                              Scratch& scratch) const {
  CasingCounter counter;
  for (uint32_t t = begin; t < end; t++) counter.Add(document.tokens[t].form);
  const Casing casing = counter.Get();
  bool started = false;
  WordFeatures features;
  for (uint32_t t = begin; t < end; t++) {
    const std::string_view form = document.tokens[t].form;
    const bool starts = !started && BeginsWithLetter(form);
    started = started || starts;
    scratch.features.Read(form, starts, casing, features);
    words.Write(features,
                out + static_cast<size_t>(t - begin) * static_cast<size_t>(words.input()));
  }
}

// Rows begin - base ... of the scratch belong to these tokens.
void Tagger::Parts::TagSentence(Document& document, uint32_t begin, uint32_t end, uint32_t base,
                                Scratch& scratch) const {
  for (uint32_t t = begin; t < end; t++) {
    Token& token = document.tokens[t];
    const int16_t* upos_row =
        scratch.upos.data() + static_cast<size_t>(t - base) * static_cast<size_t>(upos.rows);
    const int16_t* feats_row =
        scratch.feats.data() + static_cast<size_t>(t - base) * static_cast<size_t>(feats.rows);
    const auto u =
        static_cast<int>(std::max_element(upos_row, upos_row + upos_of.size()) - upos_row);
    int f = feats_with[static_cast<size_t>(u)].front();
    for (const int other : feats_with[static_cast<size_t>(u)]) {
      if (feats_row[other] > feats_row[f]) f = other;
    }
    token.upos = upos_of[static_cast<size_t>(u)];
    token.feats = feats_of[static_cast<size_t>(f)];
    token.morph = morph_of[static_cast<size_t>(f)];
    Lower(token.form, scratch.lower);
    std::string_view lemma =
        lemmatizer.Lemma(token.form, scratch.lower, u, f, scratch.features, scratch.lemma);
    // A name keeps its capitals, even if the treebank has it in small letters only.
    if (token.upos == Upos::kPropn && lemma == scratch.lower) lemma = token.form;
    token.lemma = lemma.data() == scratch.lemma.data() ? document.Keep(lemma) : lemma;
  }
}

void Tagger::Run(Document& document) const {
  Run(document, 0, static_cast<uint32_t>(document.sentences.size()));
}

void Tagger::Run(Document& document, uint32_t first, uint32_t last) const {
  static thread_local Scratch scratch;
  const Parts& parts = *parts_;
  document.encodings.clear();
  if (first >= last) return;
  const auto hidden = static_cast<size_t>(parts.hidden);
  const uint32_t origin = document.sentences[first].begin;
  document.encodings.resize((document.sentences[last - 1].end - origin) * hidden);
  for (uint32_t s = first; s < last;) {
    const uint32_t base = document.sentences[s].begin;
    uint32_t next = s;
    scratch.segments.clear();
    // A sentence longer than a block is worked on in several blocks.
    std::vector<std::pair<uint32_t, uint32_t>>& segments = scratch.segments;
    while (next < last && (next == s || document.sentences[next].end - base <= kWordsAtOnce)) {
      AddSegments(document.sentences[next].begin, document.sentences[next].end, segments);
      next++;
    }
    for (size_t i = 0; i < segments.size();) {
      const uint32_t begin = segments[i].first;
      static thread_local std::vector<std::pair<uint32_t, uint32_t>> rows;
      rows.clear();
      uint32_t end = begin;
      for (; i < segments.size() && (rows.empty() || segments[i].second - begin <= kLongestSegment);
           i++) {
        rows.emplace_back(segments[i].first - begin, segments[i].second - begin);
        end = segments[i].second;
      }
      const uint32_t count = end - begin;
      scratch.encoder.bytes.resize(static_cast<size_t>(count) *
                                   static_cast<size_t>(parts.words.input()));
      for (const auto& [from, to] : rows) {
        parts.ReadWords(document, begin + from, begin + to,
                        scratch.encoder.bytes.data() +
                            static_cast<size_t>(from) * static_cast<size_t>(parts.words.input()),
                        scratch);
      }
      parts.encoder.Run(rows, scratch.encoder);
      std::copy_n(scratch.encoder.state.data(), count * hidden,
                  document.encodings.data() + (begin - origin) * hidden);
      scratch.upos.resize(static_cast<size_t>(count) * static_cast<size_t>(parts.upos.rows));
      scratch.feats.resize(static_cast<size_t>(count) * static_cast<size_t>(parts.feats.rows));
      Multiply(parts.upos, scratch.encoder.bytes.data(), static_cast<int>(count),
               scratch.upos.data(), parts.upos.rows);
      Multiply(parts.feats, scratch.encoder.bytes.data(), static_cast<int>(count),
               scratch.feats.data(), parts.feats.rows);
      parts.TagSentence(document, begin, end, begin, scratch);
    }
    s = next;
  }
}

}  // namespace entente
