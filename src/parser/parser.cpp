// SPDX-License-Identifier: Apache-2.0
#include "parser/parser.h"

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

#include "model/encoder.h"
#include "model/model_file.h"
#include "parser/tree.h"

namespace entente {
namespace {

// The joint that ties the parts of an overlong sentence to its first part.
constexpr std::string_view kJoint = "parataxis";
constexpr std::string_view kRootName = "root";
constexpr int32_t kForbidden = -(1 << 29);

struct Scratch {
  EncoderScratch encoder;
  std::vector<std::pair<uint32_t, uint32_t>> segments, rows;
  std::vector<int16_t> roles;       // tokens x (2 arc + 2 label), Q12
  std::vector<uint8_t> dependents;  // of one segment
  std::vector<int8_t> heads;
  std::vector<int8_t> packed;
  std::vector<int32_t> bias, multiplier, scores, biased;
  std::vector<int> tree;
  std::vector<uint8_t> hidden;  // of all tokens of a block
  std::vector<int16_t> labels;
};

}  // namespace

struct Parser::Parts {
  explicit Parts(ModelFile model) : file(std::move(model)) {}
  ModelFile file;
  Encoder encoder;
  LinearView roles, relations;
  int hidden = 0, arc = 0, label = 0;
  std::vector<int8_t> root_arc;
  std::span<const int16_t> root_label;
  std::vector<int32_t> distance;  // by head - dependent, from -kLongestSegment; itself forbidden
  std::vector<std::string_view> names;
  std::vector<Rel> rel;
  std::vector<RelSub> rel_sub;
  int root_name = 0;

  Status Read(uint64_t tagger_id);
  void ChooseHeads(int begin, int n, Scratch& scratch) const;
  void ParseBlock(Document& document, uint32_t begin, uint32_t end, Scratch& scratch) const;
};

Status Parser::Parts::Read(uint64_t tagger_id) {
  if (file.Info("tagger") != std::to_string(tagger_id)) {
    return Error{
        ErrorCode::kBadData,
        "this parser was trained with another tagger; install both files of one release, or "
        "rebuild both with `entente train`",
        file.name()};
  }
  const auto hidden_size = file.Number("hidden", 32, 1024);
  const auto first = file.Number("first_layer", 1, 16);
  const auto layers = file.Number("layers", 0, 16);
  const auto arc_size = file.Number("arc", 16, 512);
  const auto label_size = file.Number("label", 16, 512);
  for (const auto* number : {&hidden_size, &first, &layers, &arc_size, &label_size}) {
    if (!*number) return number->error();
  }
  hidden = *hidden_size;
  arc = *arc_size;
  label = *label_size;
  if (arc % 16 != 0 || label % 16 != 0) return file.Broken("sizes");
  auto upper = Encoder::Read(file, *first, *layers, hidden, hidden);
  if (!upper) return upper.error();
  encoder = std::move(*upper);
  const auto roles_view = file.Linear("roles", hidden);
  const auto relations_view = file.Linear("relations", label);
  const auto root_arc_values = file.Array<int16_t>("root.arc");
  const auto root_label_values = file.Array<int16_t>("root.label");
  const auto classes = file.Array<int32_t>("distance");
  const auto name_list = file.Lines("relations.names");
  if (!roles_view) return roles_view.error();
  if (!relations_view) return relations_view.error();
  if (!root_arc_values) return root_arc_values.error();
  if (!root_label_values) return root_label_values.error();
  if (!classes) return classes.error();
  if (!name_list) return name_list.error();
  roles = *roles_view;
  relations = *relations_view;
  root_label = *root_label_values;
  if (roles.rows != 2 * (arc + label) || root_arc_values->size() != static_cast<size_t>(arc) ||
      root_label.size() != static_cast<size_t>(label) || classes->size() % 2 != 1 ||
      name_list->size() > static_cast<size_t>(relations.rows)) {
    return file.Broken("sizes");
  }
  root_arc.resize(root_arc_values->size());
  TanhWeights(root_arc_values->data(), arc, root_arc.data());
  // Beyond the ends of the table all distances are alike.
  const auto reach = static_cast<int>(classes->size() / 2);
  const auto longest = static_cast<int>(kLongestSegment);
  for (int delta = -longest; delta <= longest; delta++) {
    const int32_t value = (*classes)[static_cast<size_t>(std::clamp(delta, -reach, reach) + reach)];
    if (value < -(1 << 24) || value > (1 << 24)) return file.Broken("distances");
    distance.push_back(delta == 0 ? kForbidden : value);
  }
  root_name = -1;
  for (const std::string_view name : *name_list) {
    if (name == kRootName) root_name = static_cast<int>(names.size());
    names.push_back(name);
    rel.push_back(RelFromName(name));
    rel_sub.push_back(RelSubFromName(name));
  }
  if (root_name < 0 || names.size() < 2) return file.Broken("names of relations");
  return {};
}

Result<Parser> Parser::Load(const std::string& path, uint64_t tagger_id) {
  auto file = ModelFile::Open(path, "parser");
  if (!file) return file.error();
  return Read(std::make_shared<Parts>(std::move(*file)), tagger_id);
}

Result<Parser> Parser::FromBytes(std::string_view bytes, const std::string& name,
                                 uint64_t tagger_id) {
  auto file = ModelFile::FromBytes(bytes, name, "parser");
  if (!file) return file.error();
  return Read(std::make_shared<Parts>(std::move(*file)), tagger_id);
}

Result<Parser> Parser::Read(std::shared_ptr<Parts> parts, uint64_t tagger_id) {
  const Status status = parts->Read(tagger_id);
  if (!status) return status.error();
  Parser parser;
  parser.parts_ = std::move(parts);
  return parser;
}

// Heads of rows begin .. begin + n - 1 of the block, as one tree, into scratch.tree.
void Parser::Parts::ChooseHeads(int begin, int n, Scratch& scratch) const {
  const auto width = static_cast<size_t>(arc);
  const auto row_size = static_cast<size_t>(roles.rows);
  const int16_t* rows = scratch.roles.data() + static_cast<size_t>(begin) * row_size;
  scratch.tree.assign(static_cast<size_t>(n), -1);
  if (n == 1) return;
  // Candidates are the rows of a matrix: the root, then each word.
  const int padded = (n + 1 + kRowBlock - 1) / kRowBlock * kRowBlock;
  scratch.dependents.resize(static_cast<size_t>(n) * width);
  scratch.heads.assign(static_cast<size_t>(padded) * width, 0);
  std::copy(root_arc.begin(), root_arc.end(), scratch.heads.begin());
  for (int i = 0; i < n; i++) {
    const int16_t* row = rows + static_cast<size_t>(i) * row_size;
    TanhBytes(row, nullptr, arc, scratch.dependents.data() + static_cast<size_t>(i) * width);
    TanhWeights(row + arc, arc, scratch.heads.data() + static_cast<size_t>(i + 1) * width);
  }
  scratch.packed.resize(scratch.heads.size());
  scratch.bias.resize(static_cast<size_t>(padded));
  for (int block = 0; block < padded; block += kRowBlock) {
    int8_t* to = scratch.packed.data() + static_cast<size_t>(block) * width;
    for (int r = 0; r < kRowBlock; r++) {
      const int8_t* from = scratch.heads.data() + static_cast<size_t>(block + r) * width;
      int sum = 0;
      for (int k = 0; k < arc; k++) sum += from[k];
      scratch.bias[static_cast<size_t>(block + r)] = -128 * sum;
      for (int k = 0; k < arc; k += 4) std::memcpy(to + k * kRowBlock + r * 4, from + k, 4);
    }
  }
  LinearView candidates;
  candidates.weights = scratch.packed.data();
  candidates.bias = scratch.bias.data();
  candidates.multiplier = nullptr;  // the bare sums are wanted
  candidates.rows = padded;
  candidates.columns = arc;
  scratch.scores.resize(static_cast<size_t>(n) * static_cast<size_t>(padded));
  MultiplySums(candidates, scratch.dependents.data(), n, scratch.scores.data(), padded);
  for (int i = 0; i < n; i++) {
    const int32_t* row =
        scratch.scores.data() + static_cast<size_t>(i) * static_cast<size_t>(padded);
    const int32_t* by_distance = distance.data() + kLongestSegment - i;
    const int best = BestSum(row + 1, by_distance, n);
    const bool root = row[0] >= row[1 + best] + by_distance[best];
    scratch.tree[static_cast<size_t>(i)] = root ? -1 : best;
  }
  if (IsTree(scratch.tree)) return;
  scratch.biased.resize(static_cast<size_t>(n) * static_cast<size_t>(n + 1));
  for (int i = 0; i < n; i++) {
    const int32_t* row =
        scratch.scores.data() + static_cast<size_t>(i) * static_cast<size_t>(padded);
    int32_t* to = scratch.biased.data() + static_cast<size_t>(i) * static_cast<size_t>(n + 1);
    to[0] = row[0];
    const int32_t* by_distance = distance.data() + kLongestSegment - i;
    for (int j = 0; j < n; j++) to[1 + j] = i == j ? 0 : row[1 + j] + by_distance[j];
  }
  BestTree(scratch.biased, n, scratch.tree);
}

// Rows of the scratch are the tokens from `begin` on; scratch.rows are the segments within.
void Parser::Parts::ParseBlock(Document& document, uint32_t begin, uint32_t end,
                               Scratch& scratch) const {
  const uint32_t count = end - begin;
  const auto row_size = static_cast<size_t>(roles.rows);
  encoder.Run(scratch.rows, scratch.encoder);
  scratch.roles.resize(count * row_size);
  Multiply(roles, scratch.encoder.bytes.data(), static_cast<int>(count), scratch.roles.data(),
           roles.rows);
  scratch.hidden.resize(static_cast<size_t>(count) * static_cast<size_t>(label));
  for (const auto& [from, to] : scratch.rows) {
    ChooseHeads(static_cast<int>(from), static_cast<int>(to - from), scratch);
    for (uint32_t t = from; t < to; t++) {
      const int head = scratch.tree[t - from];
      const int16_t* own = scratch.roles.data() + t * row_size + 2 * static_cast<size_t>(arc);
      const int16_t* other =
          head < 0 ? root_label.data()
                   : scratch.roles.data() + (from + static_cast<size_t>(head)) * row_size +
                         2 * static_cast<size_t>(arc) + static_cast<size_t>(label);
      TanhBytes(own, other, label, scratch.hidden.data() + t * static_cast<size_t>(label));
      document.tokens[begin + t].head =
          head < 0 ? -1 : static_cast<int32_t>(begin + from) + static_cast<int32_t>(head);
    }
  }
  scratch.labels.resize(static_cast<size_t>(count) * static_cast<size_t>(relations.rows));
  Multiply(relations, scratch.hidden.data(), static_cast<int>(count), scratch.labels.data(),
           relations.rows);
  for (uint32_t t = 0; t < count; t++) {
    Token& token = document.tokens[begin + t];
    int16_t* row =
        scratch.labels.data() + static_cast<size_t>(t) * static_cast<size_t>(relations.rows);
    int best = root_name;
    if (token.head >= 0) {
      best = root_name == 0 ? 1 : 0;
      for (int i = best + 1; i < static_cast<int>(names.size()); i++) {
        if (i != root_name && row[i] > row[best]) best = i;
      }
    }
    token.relation = names[static_cast<size_t>(best)];
    token.rel = rel[static_cast<size_t>(best)];
    token.rel_sub = rel_sub[static_cast<size_t>(best)];
  }
}

void Parser::Run(Document& document) const {
  Run(document, 0, static_cast<uint32_t>(document.sentences.size()));
}

void Parser::Run(Document& document, uint32_t first, uint32_t last) const {
  static thread_local Scratch scratch;
  const Parts& parts = *parts_;
  if (first >= last) return;
  const auto hidden = static_cast<size_t>(parts.hidden);
  const uint32_t origin = document.sentences[first].begin;
  ENTENTE_CHECK(document.encodings.size() == (document.sentences[last - 1].end - origin) * hidden);
  scratch.segments.clear();
  for (uint32_t s = first; s < last; s++) {
    AddSegments(document.sentences[s].begin, document.sentences[s].end, scratch.segments);
  }
  for (size_t i = 0; i < scratch.segments.size();) {
    const uint32_t begin = scratch.segments[i].first;
    uint32_t end = begin;
    scratch.rows.clear();
    for (; i < scratch.segments.size() &&
           (scratch.rows.empty() || scratch.segments[i].second - begin <= kWordsAtOnce);
         i++) {
      scratch.rows.emplace_back(scratch.segments[i].first - begin,
                                scratch.segments[i].second - begin);
      end = scratch.segments[i].second;
    }
    const size_t size = (end - begin) * hidden;
    const int16_t* from = document.encodings.data() + (begin - origin) * hidden;
    scratch.encoder.state.assign(from, from + size);
    scratch.encoder.bytes.resize(size);
    ToBytes(from, static_cast<int>(size), scratch.encoder.bytes.data());
    parts.ParseBlock(document, begin, end, scratch);
  }
  // The parts of an overlong sentence hang on its first root.
  for (uint32_t s = first; s < last; s++) {
    const Sentence& sentence = document.sentences[s];
    if (sentence.size() <= kLongestSegment) continue;
    int32_t root = -1;
    for (uint32_t t = sentence.begin; t < sentence.end; t++) {
      Token& token = document.tokens[t];
      if (token.head >= 0) continue;
      if (root < 0) {
        root = static_cast<int32_t>(t);
        continue;
      }
      token.head = root;
      token.relation = kJoint;
      token.rel = RelFromName(kJoint);
      token.rel_sub = RelSub::kNone;
    }
  }
}

}  // namespace entente
