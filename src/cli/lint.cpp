// SPDX-License-Identifier: Apache-2.0
// Checks all data and runs the patterns' examples; prints `file:line: message`, all at once.
#include <algorithm>
#include <cstdio>

#include "base/file.h"
#include "cli/commands.h"
#include "ledger/ledger.h"
#include "lexicon/language.h"
#include "pipeline/examples.h"

namespace entente {
namespace {

void Print(const std::vector<Problem>& problems) {
  for (const Problem& problem : problems) std::printf("%s\n", problem.Text().c_str());
}

}  // namespace

int RunLint(const LintOptions& options) {
  std::string root = options.common.root;
  if (!options.folder.empty()) {
    // The folder given is data/ itself or the one above it.
    root = IsDirectory(options.folder + "/languages") ? options.folder + "/.." : options.folder;
  }
  std::vector<Problem> problems;
  const auto language = Language::Load(root, options.language, problems);
  if (!language) {
    Print(problems);
    return Fail(language.error());
  }
  if (const Status status = LedgerData::Check(root, (*language)->ontology, (*language)->actors, problems); !status) {
    Print(problems);
    return Fail(status.error());
  }
  Print(problems);
  if (!problems.empty()) {
    std::fprintf(stderr, "entente: %zu mistakes\n", problems.size());
    return 3;
  }
  const size_t patterns = (*language)->patterns.all().size();
  if (options.no_examples) {
    std::fprintf(stderr, "entente: %zu actors, %zu patterns, no mistakes; examples were not run\n",
                 (*language)->actors.all().size(), patterns);
    return 0;
  }
  const auto pipeline = Pipeline::Load(root, options.language);
  if (!pipeline) return Fail(pipeline.error());
  const ExampleReport report = RunExamples(*pipeline, ThreadCount(options.threads), options.only);
  Print(report.failures);
  std::fprintf(stderr, "entente: %zu actors, %zu patterns, %zu of %zu examples right, %zu more are still to do\n",
               (*language)->actors.all().size(), patterns, report.examples - std::min(report.failures.size(), report.examples),
               report.examples, report.todo);
  return report.failures.empty() ? 0 : 3;
}

}  // namespace entente
