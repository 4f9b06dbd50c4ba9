// SPDX-License-Identifier: Apache-2.0
// The events of a store: one line an act, however many reports tell it.
#include "base/text.h"
#include "cli/ledger_options.h"
#include "cli/store_commands.h"

namespace entente {

int RunEvents(const EventsOptions& options) {
  const auto form = FormOf(options.to);
  if (!form) return Fail(form.error());
  EventFilter filter;
  filter.actor = options.actor;
  filter.recipient = options.recipient;
  filter.party = options.party;
  filter.id = options.id;
  filter.limit = options.limit;
  const size_t slash = options.event.find('/');
  filter.event = options.event.substr(0, slash);
  if (slash != std::string::npos) filter.mode = options.event.substr(slash + 1);
  for (const auto& [text, option, day] : {std::tuple{&options.since, "--since", &filter.since}, {&options.until, "--until", &filter.until},
                                          {&options.known_at, "--known-at", &filter.known_at}, {&options.since_known, "--since-known", &filter.since_known}}) {
    if (text->empty()) continue;
    const auto parsed = DayOf(*text, option);
    if (!parsed) return Fail(parsed.error());
    *day = *parsed;
    // "--since 2019" is from its first day on.
    if (day == &filter.since) {
      const Date first = ParseIsoDate(*text)->First();
      *day = DaysFromCivil(first.year, first.month, first.day);
    }
  }
  const auto data = LedgerData::Load(options.common.root);
  if (!data) return Fail(data.error());
  if (!filter.event.empty() && (*data)->ontology.Find(filter.event, filter.mode) == nullptr) {
    const std::string near = DidYouMean(options.event, (*data)->ontology.EventNames());
    return Fail({ErrorCode::kBadRequest, "unknown event `" + options.event + "`" + (near.empty() ? "" : "; did you mean " + near + "?"), "--event"});
  }
  auto ledger = OpenForReading(**data, options.store, options.common.quiet);
  if (!ledger) return Fail(ledger.error());
  Put(EventHeader(*form));
  Status inner;
  const auto write = [&](const EventRow& row) {
    std::vector<Evidence> why;
    if (options.why) {
      auto found = ledger->Tellings(row.id);
      if (!found) {
        inner = found.error();
        return false;
      }
      why = std::move(*found);
    }
    return Put(EventText(row, why, *form));
  };
  const Status status = ledger->Events(filter, write);
  if (!status) return Fail(status.error());
  if (!inner) return Fail(inner.error());
  return Finish();
}

}  // namespace entente
