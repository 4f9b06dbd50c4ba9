// SPDX-License-Identifier: Apache-2.0
// The command line: reads options, calls one command. The only file that knows CLI11.
#include <CLI/CLI.hpp>

#include <csignal>
#include <cstdio>

#include "cli/commands.h"
#include "pipeline/pipeline.h"

namespace {

using namespace entente;

void AddCommon(CLI::App& command, CommonOptions& common) {
  command.add_option("--data", common.root, "folder that holds data/ and models/ (else $ENTENTE_DATA)");
  command.add_flag("-q,--quiet", common.quiet, "no progress, no summary");
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  CLI::App app{"Entente reads news reports and finds who did what to whom.\n\n"
               "  entente code report.txt                    events as a table or NDJSON\n"
               "  entente explain \"Paraguay cut ties with Venezuela.\"   why\n"};
  app.name("entente");
  app.set_version_flag("--version", std::string("entente ") + kVersion);
  app.require_subcommand(1);

  CodeOptions code;
  CLI::App* code_command = app.add_subcommand(
      "code", "reports in, events out\n\n  entente code report.md\n  entente code --to csv reports/ > events.csv\n"
              "  zcat news.ndjson.gz | entente code --from ndjson - > events.ndjson\n");
  code_command->add_option("inputs", code.inputs, "files, folders or - for stdin");
  code_command->add_option("--from", code.from, "form of the input")
      ->check(CLI::IsMember({"auto", "text", "markdown", "html", "ndjson", "csv", "feed"}));
  code_command->add_option("--to", code.to, "form of the output: ndjson, csv, tsv, table, polecat, icews, petrarch, gdelt "
                                            "(a table on a terminal, else ndjson)");
  code_command->add_option("--lang", code.language, "language of the reports")->check(CLI::IsMember({"auto", "en", "es", "pt"}));
  code_command->add_option("--date", code.date, "date of the reports, YYYY-MM-DD, where they do not say it");
  code_command->add_option("--date-order", code.date_order, "how 11/01/2019 is read")->check(CLI::IsMember({"dmy", "mdy", "ymd"}));
  code_command->add_option("--threads", code.threads, "threads (default: all cores)")->check(CLI::Range(1, 256));
  code_command->add_flag("--patterns-only", code.patterns_only, "no events of the proposing model");
  code_command->add_option("--show", code.show, "print a layer instead: tokens, conllu, mentions, events, notes");
  code_command->add_option("--color", code.color, "colours of the table: auto (on a terminal, unless NO_COLOR is set), always, never")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  code_command->add_flag("--stats", code.stats, "print reports, words and words/s to stderr at the end");
  AddCommon(*code_command, code.common);

  ExplainOptions explain;
  CLI::App* explain_command = app.add_subcommand(
      "explain", "why, or why not: tree, mentions, patterns tried, composition\n\n"
                 "  entente explain \"Paraguay severed relations with Venezuela.\"\n  entente explain report.md\n");
  explain_command->add_option("inputs", explain.inputs, "a text, a file or -")->required();
  explain_command->add_option("--lang", explain.language, "language")->check(CLI::IsMember({"auto", "en", "es", "pt"}));
  explain_command->add_option("--date", explain.date, "date of the report, YYYY-MM-DD");
  AddCommon(*explain_command, explain.common);

  LintOptions lint;
  CLI::App* lint_command =
      app.add_subcommand("lint", "checks data and runs the patterns' examples\n\n  entente lint\n  entente lint data --only sanction/\n");
  lint_command->add_option("folder", lint.folder, "the data folder");
  lint_command->add_option("--lang", lint.language, "language");
  lint_command->add_option("--only", lint.only, "only examples of patterns whose id contains this");
  lint_command->add_flag("--no-examples", lint.no_examples, "check the data only");
  lint_command->add_option("--threads", lint.threads, "threads");
  AddCommon(*lint_command, lint.common);

  EvalOptions eval;
  CLI::App* eval_command = app.add_subcommand(
      "eval", "measures against gold files\n\n  entente eval syntax --gold-tokens dev.conllu\n  entente eval events gold.ndjson\n");
  eval_command->add_option("what", eval.what, "events or syntax")->required()->check(CLI::IsMember({"events", "syntax"}));
  eval_command->add_option("files", eval.files, "gold files")->required();
  eval_command->add_option("--lang", eval.language, "language");
  eval_command->add_flag("--gold-tokens", eval.gold_tokens, "keep the gold file's tokens and sentences");
  AddCommon(*eval_command, eval.common);

  TrainOptions train;
  CLI::App* train_command = app.add_subcommand("train", "trains models\n\n  entente train training/en/syntax.rec\n");
  train_command->add_option("recipe", train.recipe, "the recipe")->required();
  AddCommon(*train_command, train.common);

  CLI::App* stages_command = app.add_subcommand("stages", "prints the stages in their order");

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int status = app.exit(error);
    return status == 0 ? 0 : 2;
  }
  for (CommonOptions* common : {&code.common, &explain.common, &lint.common, &eval.common, &train.common}) {
    common->root = FindRoot(common->root);
  }
  if (*code_command) return RunCode(code);
  if (*explain_command) return RunExplain(explain);
  if (*lint_command) return RunLint(lint);
  if (*eval_command) return RunEval(eval);
  if (*train_command) return RunTrain(train);
  if (*stages_command) return RunStages();
  return 2;
}
