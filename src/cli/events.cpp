// SPDX-License-Identifier: Apache-2.0
// The events of a store: one line an act, however many reports tell it.
#include "base/text.h"
#include "cli/event_exports.h"
#include "cli/ledger_options.h"
#include "cli/store_commands.h"

namespace entente {

namespace {

constexpr const char* kGeoJson = "geojson";
constexpr const char* kGexf = "gexf";
constexpr const char* kGraphMl = "graphml";

// What cannot go together is said before anything is read.
Status Check(const EventsOptions& options, bool network) {
  const auto bad = [](const char* message, const char* option) {
    return Error{ErrorCode::kBadRequest, message, option};
  };
  const bool counts = network || !options.by.empty();
  if (!options.by.empty() && options.to == kGeoJson)
    return bad("counts of dyads have no place on a map; drop --by or take another form", "--to");
  if (!options.per.empty() && options.by.empty()) return bad("goes with --by dyad", "--per");
  if (!options.per.empty() && network)
    return bad("a network has one edge a dyad; take --to csv, or narrow it by --since and --until",
               "--per");
  if (options.no_sectors && !counts)
    return bad("goes with --by dyad, --to gexf and --to graphml", "--no-sectors");
  if (options.limit > 0 && counts)
    return bad("would count some of the events only; narrow them by --since and --until",
               "--limit");
  if (!options.since_known.empty() && (counts || options.to == kGeoJson))
    return bad("what was withdrawn has no place here; take ndjson, csv, tsv or table",
               "--since-known");
  if (options.why &&
      (counts || (!options.to.empty() && options.to != "ndjson" && options.to != "table"))) {
    return bad("sentences have no column here; take --to ndjson or --to table", "--why");
  }
  return {};
}

Result<EventFilter> FilterOf(const EventsOptions& options) {
  EventFilter filter;
  filter.actor = options.actor;
  filter.recipient = options.recipient;
  filter.party = options.party;
  filter.id = options.id;
  filter.limit = options.limit;
  const size_t slash = options.event.find('/');
  filter.event = options.event.substr(0, slash);
  if (slash != std::string::npos) filter.mode = options.event.substr(slash + 1);
  filter.why = options.why;
  for (const auto& [text, option, day] : {std::tuple{&options.since, "--since", &filter.since},
                                          {&options.until, "--until", &filter.until},
                                          {&options.known_at, "--known-at", &filter.known_at}}) {
    if (text->empty()) continue;
    const auto parsed = DayOf(*text, option);
    if (!parsed) return parsed.error();
    *day = *parsed;
    // "--since 2019" is from its first day on.
    if (day == &filter.since) {
      const Date first = ParseIsoDate(*text)->First();
      *day = DaysFromCivil(first.year, first.month, first.day);
    }
  }
  if (filter.since > filter.until) return Error{ErrorCode::kBadRequest, "is later than --until", "--since"};
  return filter;
}

int WriteTies(Ledger& ledger, const LedgerData& data, const EventFilter& filter,
              const EventsOptions& options) {
  const bool network = options.to == kGexf || options.to == kGraphMl;
  const Per per = network ? Per::kAll : PerFromName(options.per).value_or(Per::kMonth);
  TieCounter counter(data, per, !options.no_sectors);
  const Status status = ledger.Events(filter, [&](const EventRow& row) {
    counter.Add(row);
    return true;
  });
  if (!status) return Fail(status.error());
  if (options.to == kGexf) {
    Put(Gexf(counter.ties(), std::string("entente ") + kVersion));
  } else if (network) {
    Put(GraphMl(counter.ties()));
  } else {
    const auto table = TieTable(counter.ties(), FormName(options.to));
    if (!table) return Fail(table.error());
    Put(*table);
  }
  if (!options.common.quiet && !counter.LeftOut().empty())
    std::fprintf(stderr, "entente: note: %s\n", counter.LeftOut().c_str());
  return Finish();
}

int WriteGeoJson(Ledger& ledger, const EventFilter& filter, const EventsOptions& options) {
  const auto capitals = Capitals::Load(options.common.root);
  if (!capitals) return Fail(capitals.error());
  Put(GeoJsonBegin());
  bool first = true;
  const Status status = ledger.Events(filter, [&](const EventRow& row) {
    const bool good = Put(EventFeature(row, *capitals, first));
    first = false;
    return good;
  });
  if (!status) return Fail(status.error());
  Put(GeoJsonEnd());
  return Finish();
}

int WriteRows(Ledger& ledger, const EventFilter& filter, RowForm form) {
  Put(EventHeader(form));
  const Status status = ledger.Events(filter, [&](const EventRow& row) { return Put(EventText(row, row.why, form)); });
  return status ? Finish() : Fail(status.error());
}

int WriteChanges(Ledger& ledger, const EventFilter& filter, int since, RowForm form) {
  Put(EventChangeHeader(form));
  const Status status = ledger.EventChanges(filter, since, [&](const EventChange& change) { return Put(EventChangeText(change, form)); });
  return status ? Finish() : Fail(status.error());
}

}  // namespace

int RunEvents(const EventsOptions& options) {
  const bool network = options.to == kGexf || options.to == kGraphMl;
  if (const Status status = Check(options, network); !status) return Fail(status.error());
  const auto filter = FilterOf(options);
  if (!filter) return Fail(filter.error());
  const auto since_known = SinceKnown(options.since_known, filter->known_at);
  if (!since_known) return Fail(since_known.error());
  const auto data = LedgerData::Load(options.common.root);
  if (!data) return Fail(data.error());
  if (!filter->event.empty() && (*data)->ontology.Find(filter->event, filter->mode) == nullptr) {
    const std::string near = DidYouMean(options.event, (*data)->ontology.EventNames());
    return Fail({ErrorCode::kBadRequest,
                 "unknown event `" + options.event + "`" +
                     (near.empty() ? "" : "; did you mean " + near + "?"),
                 "--event"});
  }
  auto ledger = OpenForReading(**data, options.store, options.common.quiet);
  if (!ledger) return Fail(ledger.error());
  for (const auto& [party, option] : {std::pair{&options.actor, "--actor"},
                                      {&options.recipient, "--recipient"},
                                      {&options.party, "--party"}}) {
    if (const Status status = CheckParty(**data, *ledger, *party, false, option); !status)
      return Fail(status.error());
  }
  if (!options.id.empty()) {
    const auto tellings = ledger->Tellings(options.id);
    if (!tellings) return Fail(tellings.error());
    if (tellings->empty())
      return Fail({ErrorCode::kNotFound, "no event and no telling has the id `" + options.id + "`", "--id"});
  }
  if (network || !options.by.empty()) return WriteTies(*ledger, **data, *filter, options);
  if (options.to == kGeoJson) return WriteGeoJson(*ledger, *filter, options);
  const auto form = FormOf(options.to);
  if (!form) return Fail(form.error());
  return !options.since_known.empty() ? WriteChanges(*ledger, *filter, *since_known, *form) : WriteRows(*ledger, *filter, *form);
}

}  // namespace entente
