// SPDX-License-Identifier: Apache-2.0
// The command line: reads options, calls one command. The only file that knows CLI11.
#include <CLI/CLI.hpp>

#include <csignal>
#include <cstdio>

#include "cli/commands.h"
#include "cli/ledger_options.h"
#include "pipeline/pipeline.h"

namespace {

using namespace entente;

void AddCommon(CLI::App& command, CommonOptions& common) {
  command.add_option("--data", common.root, "folder that holds data/ and models/ (else $ENTENTE_DATA)");
  command.add_flag("-q,--quiet", common.quiet, "no progress, no summary");
}

void AddStore(CLI::App& command, std::string& store) {
  command.add_option("--store", store, "file of the store")->envname("ENTENTE_STORE")->capture_default_str();
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
  code_command->add_option("--min-confidence", code.min_confidence, "leave out events less likely right than this, 0 to 1 (0 keeps all)")->check(CLI::Range(0.0, 1.0));
  code_command->add_flag("--patterns-only", code.patterns_only, "no events of the proposing model");
  code_command->add_option("--show", code.show, "print a layer instead: tokens, conllu, mentions, events, places, counts, notes");
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

  IngestOptions ingest;
  CLI::App* ingest_command = app.add_subcommand(
      "ingest", "read, code and keep reports; goes on where it was stopped\n\n  entente ingest news/ --store news.db\n"
                "  zcat news.ndjson.gz | entente ingest --from ndjson -\n");
  ingest_command->add_option("inputs", ingest.inputs, "files, folders or - for stdin")->required();
  AddStore(*ingest_command, ingest.store);
  ingest_command->add_option("--from", ingest.from, "form of the input")
      ->check(CLI::IsMember({"auto", "text", "markdown", "html", "ndjson", "csv", "feed"}));
  ingest_command->add_option("--lang", ingest.language, "language of the reports")->check(CLI::IsMember({"auto", "en", "es", "pt"}));
  ingest_command->add_option("--date", ingest.date, "date of the reports, YYYY-MM-DD, where they do not say it");
  ingest_command->add_option("--date-order", ingest.date_order, "how 11/01/2019 is read")->check(CLI::IsMember({"dmy", "mdy", "ymd"}));
  ingest_command->add_option("--threads", ingest.threads, "threads (default: all cores)")->check(CLI::Range(1, 256));
  ingest_command->add_option("--min-confidence", ingest.min_confidence, "leave out events less likely right than this, 0 to 1 (0 keeps all)")->check(CLI::Range(0.0, 1.0));
  AddCommon(*ingest_command, ingest.common);

  EventsOptions events;
  CLI::App* events_command = app.add_subcommand(
      "events", "the events of a store, one an act however many reports tell it\n\n  entente events --actor VEN --since 2019-01-01\n"
                "  entente events --event SANCTION --to csv > sanctions.csv\n  entente events --id e-6f1c0a2b3c4d5e6f --why\n"
                "  entente events --by dyad --per month --to csv > dyads.csv\n  entente events --to gexf > network.gexf\n"
                "  entente events --to geojson > map.geojson\n  entente events --since-known 2019-01-31 --to ndjson\n");
  AddStore(*events_command, events.store);
  events_command->add_option("--actor", events.actor, "code of an actor: VEN, UNASUR, \"COL REB\"");
  events_command->add_option("--recipient", events.recipient, "code of a recipient");
  events_command->add_option("--party", events.party, "code of an actor or recipient");
  events_command->add_option("--event", events.event, "SANCTION or SANCTION/discontinue");
  events_command->add_option("--id", events.id, "an event, or any telling of it");
  events_command->add_option("--since", events.since, "from this date on");
  events_command->add_option("--until", events.until, "up to this date");
  events_command->add_option("--known-at", events.known_at, "as known on this date: without what reports told later");
  events_command->add_option("--since-known", events.since_known, "what was learnt after this date: events that are new, corrected, confirmed, withdrawn");
  events_command->add_option("--limit", events.limit, "no more than so many")->check(CLI::NonNegativeNumber);
  events_command->add_flag("--why", events.why, "with every report and sentence that tells it");
  events_command->add_option("--by", events.by, "count acts instead: by who did them to whom")->check(CLI::IsMember({"dyad"}));
  events_command->add_option("--per", events.per, "with --by: a row a dyad and day, month (the default) or year, or for all time")
      ->check(CLI::IsMember({"day", "month", "year", "all"}));
  events_command->add_flag("--no-sectors", events.no_sectors, "in counts and networks VEN GOV and VEN OPP are one: VEN");
  events_command->add_option("--to", events.to, "form of the output (a table on a terminal, else ndjson); geojson is for maps, gexf and graphml are networks")
      ->check(CLI::IsMember({"ndjson", "csv", "tsv", "table", "geojson", "gexf", "graphml"}));
  AddCommon(*events_command, events.common);

  LedgerOptions ledger;
  CLI::App* ledger_command = app.add_subcommand(
      "ledger", "what holds on a day, since when, and how we know\n\n  entente ledger --of UNASUR --as-of 2019-01-11\n"
                "  entente ledger --kind relations --actor VEN --why\n  entente ledger timeline --of UNASUR\n"
                "  entente ledger diff 2018-01-01 2019-01-01 --actor VEN\n"
                "  entente ledger --since-known 2019-01-31 --to ndjson\n");
  AddStore(*ledger_command, ledger.store);
  ledger_command->add_option("--kind", ledger.kind, "relations, recognition, membership, office, sanction, agreement or meeting");
  ledger_command->add_option("--of", ledger.of, "of what: UNASUR, VEN");
  ledger_command->add_option("--actor", ledger.actor, "a party in any role: COL, \"Iván Duque\"");
  ledger_command->add_option("--state", ledger.state, "only this state: severed");
  ledger_command->add_option("--as-of", ledger.as_of, "what held on this date (default: that of the newest report)");
  ledger_command->add_option("--known-at", ledger.known_at, "what was known on this date");
  ledger_command->add_option("--since-known", ledger.since_known, "what was learnt after this date: states that are new, corrected, confirmed, withdrawn");
  ledger_command->add_flag("--past", ledger.past, "also what is over: offices left, meetings held");
  ledger_command->add_flag("--why", ledger.why, "with the reports and sentences behind it");
  ledger_command->add_option("--to", ledger.to, "form of the output (a table on a terminal, else ndjson)")
      ->check(CLI::IsMember({"ndjson", "csv", "tsv", "table"}));
  AddCommon(*ledger_command, ledger.common);
  ledger_command->require_subcommand(0, 1);
  CLI::App* rebuild_command = ledger_command->add_subcommand("rebuild", "derive events and states anew from what is kept\n\n  entente ledger rebuild --store news.db\n");
  CLI::App* timeline_command = ledger_command->add_subcommand("timeline", "all that held, by day\n\n  entente ledger timeline --of UNASUR\n  entente ledger timeline --kind relations --actor VEN --to csv\n");
  CLI::App* diff_command = ledger_command->add_subcommand("diff", "what began and ended between two days\n\n  entente ledger diff 2018-01-01 2019-01-01 --actor VEN\n");
  diff_command->add_option("from", ledger.from_day, "the earlier day")->required();
  diff_command->add_option("until", ledger.to_day, "the later day")->required();
  CLI::App* split_command = ledger_command->add_subcommand("split", "these tellings are an event of their own\n\n  entente ledger split e-6f1c0a2b3c4d5e6f\n");
  split_command->add_option("ids", ledger.ids, "ids of tellings, as `entente events --why` shows them")->required();
  CLI::App* merge_command = ledger_command->add_subcommand("merge", "these events are one\n\n  entente ledger merge e-6f1c0a2b3c4d5e6f e-051bcbd480c47591\n");
  merge_command->add_option("ids", ledger.ids, "ids of events")->required()->expected(2, 1000);
  for (CLI::App* one : {rebuild_command, timeline_command, diff_command, split_command, merge_command}) {
    one->fallthrough();
    one->footer("It takes the options of `entente ledger` too.");
  }

  SqlOptions sql;
  CLI::App* sql_command = app.add_subcommand(
      "sql", "read-only SQL on a store\n\n  entente sql -c \"SELECT event, COUNT(*) FROM events GROUP BY event\"\n");
  AddStore(*sql_command, sql.store);
  sql_command->add_option("-c,--command", sql.sql, "the statement (else stdin)");
  sql_command->add_option("--to", sql.to, "form of the output (a table on a terminal, else ndjson)")
      ->check(CLI::IsMember({"ndjson", "csv", "tsv", "table"}));
  sql_command->add_option("--timeout", sql.timeout, "seconds that the statement may run (default 60)")->check(CLI::Range(1, 1000000));
  AddCommon(*sql_command, sql.common);

  CLI::App* stages_command = app.add_subcommand("stages", "prints the stages in their order");

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int status = app.exit(error);
    return status == 0 ? 0 : 2;
  }
  for (CommonOptions* common : {&code.common, &explain.common, &lint.common, &eval.common, &train.common,
                                &ingest.common, &events.common, &ledger.common, &sql.common}) {
    common->root = FindRoot(common->root);
  }
  if (*code_command) return RunCode(code);
  if (*explain_command) return RunExplain(explain);
  if (*lint_command) return RunLint(lint);
  if (*eval_command) return RunEval(eval);
  if (*train_command) return RunTrain(train);
  if (*ingest_command) return RunIngest(ingest);
  if (*events_command) return RunEvents(events);
  if (*ledger_command) {
    for (const CLI::App* one : ledger_command->get_subcommands()) ledger.action = one->get_name();
    return RunLedger(ledger);
  }
  if (*sql_command) return RunSql(sql);
  if (*stages_command) return RunStages();
  return 2;
}
