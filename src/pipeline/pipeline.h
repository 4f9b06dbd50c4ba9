// SPDX-License-Identifier: Apache-2.0
// Loads a language pack and its models and runs the stages in order: the main path. `entente code`, the server
// and the worker all call this and nothing else of the stages.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "coder/coder.h"
#include "document/document.h"
#include "lexicon/language.h"

namespace entente {

struct StageName {
  std::string_view name, fills;
};
// The stages in their order, with what each fills; `entente stages` prints them.
const std::vector<StageName>& Stages();

class Pipeline {
 public:
  // `root` holds data/ and models/. Fails with all mistakes of the data in the message, or if a model is
  // missing or broken.
  static Result<Pipeline> Load(const std::string& root, const std::string& language);
  Pipeline(Pipeline&&) noexcept;
  Pipeline& operator=(Pipeline&&) noexcept;
  ~Pipeline();

  // Runs all stages. Const and safe to call from many threads at once, each with its own document.
  void Run(Document& document) const;
  // The text layers only: tokens, tags, tree.
  void RunSyntax(Document& document) const;
  // As RunSyntax, but keeps tokens and sentences that are there.
  void RunTaggerAndParser(Document& document) const;
  // One stage by its name, for benchmarks and `explain`.
  void RunStage(std::string_view stage, Document& document) const;

  const Language& language() const;
  const Coder& coder() const;

 private:
  struct Parts;
  explicit Pipeline(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

// Takes out the events that are less likely right than `least` (0 to 1; below 0 the language's own bound), not the
// answers to marked pairs.
void KeepConfident(Document& document, const Language& language, double least);

// Where data and models are: `given` if not empty, else $ENTENTE_DATA, else the folder above the program's own
// that holds data/, else /usr/share/entente.
std::string FindRoot(const std::string& given);

}  // namespace entente
