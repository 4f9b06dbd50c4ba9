// SPDX-License-Identifier: Apache-2.0
// The layout of ICEWS on Dataverse, with the column names that R's `icews` and most scripts rely on. Event ID and
// Story ID are whole numbers there; ours are 31 bits of a hash.
#include "writer/icews_writer.h"

#include "writer/cells.h"
#include "writer/dyads.h"
#include "writer/fields.h"

namespace entente {
namespace {

const std::vector<std::string> kColumns = {
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City",
    "District", "Province", "Country", "Latitude", "Longitude"};

void AddParty(std::vector<std::string>& cells, const Party& party, const Codebook* codebook) {
  std::string sector(party.Sector()), name;
  if (codebook != nullptr) {
    if (const Codebook::Sector* words = codebook->FindSector(party.Sector())) sector = words->icews;
    if (const Codebook::Country* country = codebook->FindCountry(party.Code())) name = country->name;
  }
  cells.emplace_back(party.OwnName(codebook));
  cells.push_back(sector);
  cells.push_back(name);
}

}  // namespace

std::string IcewsWriter::Begin() const { return TabRow(kColumns, PlainCell); }

std::string IcewsWriter::Write(const Document& document) const {
  std::string out;
  for (const Event& event : document.events) {
    const EventMention& m = document.event_mentions[event.mentions.front()];
    if (!IsAsserted(m)) continue;
    EventScores::Values values;
    if (options_.scores != nullptr) values = options_.scores->Of(m);
    std::string label, country = m.place.country;
    if (options_.codebook != nullptr) {
      label = options_.codebook->CameoLabel(m.cameo);
      if (const Codebook::Country* found = options_.codebook->FindCountry(m.place.country)) country = found->name;
    }
    for (const Dyad& dyad : DyadsOf(event, m)) {
      std::vector<std::string> cells = {std::to_string(NumberOf(dyad.id, 31)), DayText(m.date)};
      AddParty(cells, dyad.actor, options_.codebook);
      cells.push_back(label);
      cells.push_back(m.cameo);
      cells.push_back(Decimal(values.has_goldstein, values.goldstein));
      AddParty(cells, dyad.recipient, options_.codebook);
      cells.push_back(std::to_string(NumberOf(document.id, 31)));
      cells.push_back(std::to_string(m.sentence + 1));
      cells.push_back(document.source);
      cells.push_back(m.place.city ? m.place.name : "");
      for (int i = 0; i < 2; i++) cells.emplace_back();  // district, province
      cells.push_back(country);
      cells.push_back(Degrees(m.place, m.place.lat));
      cells.push_back(Degrees(m.place, m.place.lon));
      out += TabRow(cells, PlainCell);
    }
  }
  return out;
}

}  // namespace entente
