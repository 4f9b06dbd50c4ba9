// SPDX-License-Identifier: Apache-2.0
#include "lexicon/language.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>

#include "base/file.h"
#include "lexicon/records.h"

namespace entente {
namespace {

constexpr std::string_view kFunctions[] = {
    "negation", "negative_determiner", "future", "possible", "conditional", "obligation",
    "condition_mark", "purpose_mark", "past_habit", "habitual", "after_mark", "past_mark", "by",
    "of", "place", "from", "quantity", "between", "be", "example", "perfect", "without", "joined",
    "former", "lemma_ending", "day_preposition", "topic", "topic_verb", "work", "fiction",
    "telling", "about", "force", "aim", "place_noun", "site", "capital", "until_mark",
    "unreal_noun", "forthcoming", "scribe_note", "note_begin", "note_end", "implicative",
    "unreal_verb", "generic", "focus", "negative_adjunct", "near_future", "necessity", "ability",
    "let", "refrain", "demanding", "during", "when_mark", "with", "operation", "other", "directed", "foreign"};
static_assert(std::size(kFunctions) == kGrammarCount);

Status LoadGrammar(const std::string& path, StringMap<GrammarSet>& grammar, std::vector<Problem>& problems) {
  const auto file = ReadRecords(path, "grammar", problems);
  if (!file) return file.error();
  for (const Record& record : file->records) {
    const auto* const at = std::find(std::begin(kFunctions), std::end(kFunctions), record.Get("function"));
    if (at == std::end(kFunctions)) {
      problems.push_back({path, record.line, "unknown function `" + std::string(record.Get("function")) + "`"});
      continue;
    }
    for (const std::string_view word : record.List("words")) {
      grammar[std::string(word)].set(static_cast<size_t>(at - std::begin(kFunctions)));
    }
  }
  return {};
}

Status LoadContexts(const std::string& path, const Ontology& ontology, ContextIndex& contexts,
                    std::vector<Problem>& problems) {
  const auto file = ReadRecords(path, "context", problems);
  if (!file) return file.error();
  for (const Record& record : file->records) {
    const std::string name(record.Get("context"));
    if (!ontology.HasContext(name)) problems.push_back({path, record.line, "unknown context " + name});
    const auto index = static_cast<uint32_t>(contexts.names.size());
    contexts.names.push_back(name);
    for (const std::string_view word : record.List("words")) {
      contexts.phrases.Add(word, {index, NameKind::kName, false, false, false});
    }
  }
  contexts.phrases.Finish();
  return {};
}

// A learned model as a table: feature, weight.
Status LoadWeights(const std::string& path, StringMap<double>& out, std::vector<Problem>& problems) {
  const auto table = ReadTable(path, {"feature", "weight"}, problems);
  if (!table) return table.error();
  for (size_t i = 0; i < table->rows.size(); i++) {
    const std::string text(table->rows[i][Column(*table, "weight")]);
    char* end = nullptr;
    const double weight = std::strtod(text.c_str(), &end);
    if (text.empty() || *end != '\0') problems.push_back({table->path, table->lines[i], "`" + text + "` is no number"});
    out[std::string(table->rows[i][Column(*table, "feature")])] = weight;
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<Language>> Language::Load(const std::string& root, const std::string& tag,
                                                 std::vector<Problem>& problems) {
  auto language = std::make_unique<Language>();
  language->tag = tag;
  language->root = root;
  language->folder = root + "/data/languages/" + tag;
  if (!IsDirectory(language->folder)) {
    return Error{ErrorCode::kNotFound, "no data for the language `" + tag + "`", language->folder};
  }
  const auto info = ReadRecords(language->folder + "/language.rec", "language", problems);
  if (!info) return info.error();
  const std::string suffix(info->records.empty() ? "" : info->records.front().Get("names"));

  auto ontology = Ontology::Load(root + "/data/ontology", problems);
  if (!ontology) return ontology.error();
  language->ontology = std::move(*ontology);
  auto actors = Actors::Load(root + "/data/actors", suffix, language->ontology, problems);
  if (!actors) return actors.error();
  language->actors = std::move(*actors);
  auto agents = Agents::Load(language->folder + "/agents.rec", language->ontology, problems);
  if (!agents) return agents.error();
  language->agents = std::move(*agents);
  auto patterns = Patterns::Load(language->folder, language->ontology, problems);
  if (!patterns) return patterns.error();
  language->patterns = std::move(*patterns);
  auto numbers = Numbers::Load(language->folder + "/numbers.rec", problems);
  if (!numbers) return numbers.error();
  language->numbers = std::move(*numbers);
  auto dates = DateWords::Load(language->folder + "/dates.rec", problems);
  if (!dates) return dates.error();
  language->dates = std::move(*dates);
  auto places = Places::Load(root + "/data/places/cities.tsv", problems);
  if (!places) return places.error();
  language->places = std::move(*places);
  if (const Status status = LoadGrammar(language->folder + "/grammar.rec", language->grammar, problems);
      !status) {
    return status.error();
  }
  const auto lemmas = ReadTable(language->folder + "/lemmas.tsv", {"form", "upos", "lemma"}, problems);
  if (!lemmas) return lemmas.error();
  for (const auto& row : lemmas->rows) {
    language->lemmas[std::string(row[Column(*lemmas, "upos")]) + " " + std::string(row[Column(*lemmas, "form")])] =
        row[Column(*lemmas, "lemma")];
  }
  const auto counts = ReadRecords(language->folder + "/counts.rec", "count", problems);
  if (!counts) return counts.error();
  for (const Record& record : counts->records) {
    for (const std::string_view word : record.List("words")) {
      language->counts[std::string(word)] = record.Get("what");
    }
  }
  if (const Status status = LoadWeights(language->folder + "/confidence.tsv", language->confidence, problems); !status) {
    return status.error();
  }
  if (const auto least = language->confidence.find("least"); least != language->confidence.end()) {
    language->least_confidence = least->second;
    language->confidence.erase(least);
  }
  if (const Status status = LoadWeights(language->folder + "/antecedents.tsv", language->antecedents, problems); !status) {
    return status.error();
  }
  for (const auto& [word, functions] : language->grammar) {
    if (functions[static_cast<size_t>(Grammar::kLemmaEnding)]) language->lemma_endings.push_back(word);
  }
  std::sort(language->lemma_endings.begin(), language->lemma_endings.end());
  if (const Status status = LoadContexts(language->folder + "/contexts.rec", language->ontology,
                                         language->contexts, problems);
      !status) {
    return status.error();
  }
  return language;
}

}  // namespace entente
