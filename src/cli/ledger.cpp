// SPDX-License-Identifier: Apache-2.0
// What holds, since when, and how we know.
#include <algorithm>

#include "base/text.h"
#include "cli/ledger_options.h"
#include "cli/store_commands.h"

namespace entente {
namespace {

int Write(Ledger& ledger, const std::vector<StateRow>& rows, const LedgerOptions& options, RowForm form, int known_at, bool change, bool was = false) {
  Put(StateHeader(form, change, was));
  for (const StateRow& row : rows) {
    std::vector<Evidence> why;
    if (options.why) {
      auto found = ledger.Why(row, known_at);
      if (!found) return Fail(found.error());
      why = std::move(*found);
    }
    std::string text = StateText(row, why, form, change, was);
    if (options.why && form == RowForm::kTable) {
      for (size_t i = 0; i < row.facts.size(); i++) text += "    fact " + std::string(row.facts[i]) + ": " + std::string(row.sources[i]) + "\n";
    }
    if (!Put(text)) break;
  }
  return Finish();
}

}  // namespace

int RunLedger(const LedgerOptions& options) {
  const auto form = FormOf(options.to);
  if (!form) return Fail(form.error());
  StateFilter filter;
  filter.kind = options.kind;
  filter.of = options.of;
  filter.actor = options.actor;
  filter.state = options.state;
  filter.past = options.past;
  if (!options.as_of.empty()) {
    const auto day = DayOf(options.as_of, "--as-of");
    if (!day) return Fail(day.error());
    filter.as_of = *day;
  }
  if (!options.known_at.empty()) {
    const auto day = DayOf(options.known_at, "--known-at");
    if (!day) return Fail(day.error());
    filter.known_at = *day;
  }
  const auto since_known = SinceKnown(options.since_known, filter.known_at);
  if (!since_known) return Fail(since_known.error());
  if (!options.since_known.empty() && !options.action.empty() && options.action != "timeline") {
    return Fail({ErrorCode::kBadRequest, "`ledger " + options.action + "` does not take it", "--since-known"});
  }
  if (options.why && (options.to == "csv" || options.to == "tsv")) {
    return Fail({ErrorCode::kBadRequest, "sentences have no column here; take --to ndjson or --to table", "--why"});
  }
  const auto data = LedgerData::Load(options.common.root);
  if (!data) return Fail(data.error());

  if (options.action == "rebuild" || options.action == "split" || options.action == "merge") {
    auto ledger = Ledger::Open(**data, options.store, Store::Mode::kWrite);
    if (!ledger) return Fail(ledger.error());
    ProgressLine line(options.common.quiet);
    const Status status = options.action == "rebuild" ? ledger->Rebuild(ShowProgress(line, "deriving"))
                          : options.action == "split" ? ledger->Split(options.ids)
                                                      : ledger->Merge(options.ids);
    line.Clear();
    if (!status) return Fail(status.error());
    if (!options.common.quiet) {
      const auto counts = ledger->store().Counts();
      if (!counts) return Fail(counts.error());
      std::fprintf(stderr, "entente: %s holds %lld events, told %lld times in %lld reports\n", options.store.c_str(),
                   static_cast<long long>(counts->events), static_cast<long long>(counts->mentions), static_cast<long long>(counts->reports));
    }
    return 0;
  }
  auto ledger = OpenForReading(**data, options.store, options.common.quiet);
  if (!ledger) return Fail(ledger.error());
  for (const auto& [party, option] : {std::pair{&options.actor, "--actor"}, {&options.of, "--of"}}) {
    if (const Status status = CheckParty(**data, *ledger, *party, true, option); !status) return Fail(status.error());
  }
  std::vector<std::string> states;
  for (const StateSpec& state : (*data)->machine.states()) {
    const std::string& kind = (*data)->machine.kinds()[static_cast<size_t>(state.kind)].name;
    if (options.kind.empty() || options.kind == kind) states.push_back(state.name);
  }
  if (!options.state.empty() && !states.empty() && std::find(states.begin(), states.end(), options.state) == states.end()) {
    const std::string meant = DidYouMean(options.state, states);
    return Fail({ErrorCode::kBadRequest, "unknown state `" + options.state + "`; " + (meant.empty() ? "one of " + Join(states, ", ") : "did you mean " + meant + "?"), "--state"});
  }
  if (options.action == "diff") {
    const auto from = DayOf(options.from_day, "FROM"), to = DayOf(options.to_day, "TO");
    if (!from) return Fail(from.error());
    if (!to) return Fail(to.error());
    if (*from > *to) return Fail({ErrorCode::kBadRequest, "the earlier day comes first", "ledger diff"});
    const auto rows = ledger->Diff(filter, *from, *to);
    if (!rows) return Fail(rows.error());
    return Write(*ledger, *rows, options, *form, filter.known_at, true);
  }
  if (!options.since_known.empty()) {
    const auto rows = ledger->StateChanges(filter, *since_known);
    if (!rows) return Fail(rows.error());
    return Write(*ledger, *rows, options, *form, filter.known_at, true, true);
  }
  const auto rows = options.action == "timeline" ? ledger->Timeline(filter) : ledger->Ask(filter);
  if (!rows) return Fail(rows.error());
  return Write(*ledger, *rows, options, *form, filter.known_at, false);
}

}  // namespace entente
