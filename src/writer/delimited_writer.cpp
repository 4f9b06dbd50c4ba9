// SPDX-License-Identifier: Apache-2.0
#include "writer/delimited_writer.h"

#include <fmt/format.h>

#include "writer/cells.h"
#include "writer/dyads.h"
#include "writer/fields.h"

namespace entente {
namespace {

constexpr const char* kColumns[] = {
    "id", "report", "sentence", "pair", "date", "date_precision", "date_how", "event", "mode", "context", "cameo",
    "quad", "score", "goldstein", "actor_code", "actor_sector", "actor_name", "actor_text", "actor_how",
    "recipient_code", "recipient_sector", "recipient_name", "recipient_text", "recipient_how", "auxiliary",
    "said_by_code", "said_by_text", "counts", "place", "place_name", "place_country", "lat", "lon", "place_how", "text", "span_begin", "span_end", "mentions",
    "how", "pattern", "confidence", "notes"};

// Code, sector, name, text, how it was found: an item a participant and code, so that the items of the cells match.
void AddParties(std::vector<std::string>& cells, const std::vector<Participant>& participants) {
  std::vector<std::string> codes, sectors, names, texts, how;
  for (const Party& party : PartiesOf(participants)) {
    codes.emplace_back(party.Code());
    sectors.emplace_back(party.Sector());
    names.emplace_back(party.Name());
    texts.emplace_back(party.Raw());
    how.push_back(party.participant->how);
  }
  bool any_how = false;
  for (const std::string& one : how) any_how = any_how || !one.empty();
  if (!any_how) how.clear();
  for (const auto& items : {codes, sectors, names, texts, how}) cells.push_back(JoinList(items));
}

}  // namespace

std::string DelimitedWriter::Begin() const {
  std::string out;
  for (const char* column : kColumns) {
    if (!out.empty()) out += separator_;
    out += column;
  }
  return out + "\n";
}

std::string DelimitedWriter::Write(const Document& document) const {
  std::string out;
  const std::string notes = JoinList(NoteCodes(document));
  for (const Event& event : document.events) {
    const EventMention& m = document.event_mentions[event.mentions.front()];
    EventScores::Values values;
    if (options_.scores != nullptr) values = options_.scores->Of(m);
    std::vector<std::string> cells = {
        event.id, document.id, std::to_string(m.sentence), m.pair, m.date.Text(),
        std::string(PrecisionName(m.date.precision())), m.date_how, m.event, m.mode, JoinList(m.contexts), m.cameo,
        values.quad, Decimal(values.has_score, values.score), Decimal(values.has_goldstein, values.goldstein)};
    AddParties(cells, m.actor);
    AddParties(cells, m.recipient);
    cells.push_back(JoinList(AuxiliaryNames(m.auxiliary)));
    std::vector<std::string> said_codes, said_texts;
    for (const Party& party : PartiesOf(m.said_by)) {
      said_codes.emplace_back(party.Code());
      said_texts.emplace_back(party.Raw().empty() ? party.Name() : party.Raw());
    }
    cells.push_back(JoinList(said_codes));
    cells.push_back(JoinList(said_texts));
    cells.push_back(CountsText(m.counts));
    cells.push_back(m.place.text);
    cells.push_back(m.place.name);
    cells.push_back(m.place.country);
    cells.push_back(Degrees(m.place, m.place.lat));
    cells.push_back(Degrees(m.place, m.place.lon));
    cells.push_back(m.place.how);
    cells.push_back(m.text);
    const auto [begin, end] = OriginalSpan(document, m.span);
    cells.push_back(std::to_string(begin));
    cells.push_back(std::to_string(end));
    cells.push_back(std::to_string(event.mentions.size()));
    cells.push_back(m.how);
    cells.push_back(m.pattern);
    cells.push_back(fmt::format("{:.2f}", m.confidence));
    cells.push_back(notes);
    for (size_t i = 0; i < cells.size(); i++) {
      if (i > 0) out += separator_;
      out += separator_ == ',' ? CsvCell(cells[i]) : TsvCell(cells[i]);
    }
    out += '\n';
  }
  return out;
}

}  // namespace entente
