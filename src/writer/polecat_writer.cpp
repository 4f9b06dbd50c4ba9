// SPDX-License-Identifier: Apache-2.0
// POLECAT's layout. What we do not know stays empty (ids of Wikipedia and GeoNames, coordinates); the page
// docs/formats/exports.md says so column by column.
#include "writer/polecat_writer.h"

#include <algorithm>
#include <cctype>

#include "writer/cells.h"
#include "writer/dyads.h"
#include "writer/fields.h"

namespace entente {
namespace {

const std::vector<std::string> kColumns = {
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name",
    "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw",
    "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector",
    "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City",
    "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type",
    "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version"};

// "material_conflict" is "MATERIAL CONFLICT" there.
std::string QuadWords(std::string quad) {
  for (char& c : quad) c = c == '_' ? ' ' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return quad;
}

// Names of everybody and everything that the whole report mentions, each once, in order.
struct Story {
  std::vector<std::string> people, organisations, places;
};

void AddOnce(std::vector<std::string>& names, const std::string& name) {
  if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

Story StoryOf(const Document& document) {
  Story story;
  for (const Mention& mention : document.mentions) {
    if (mention.kind != MentionKind::kName || mention.actors.empty()) continue;
    const std::string& name = mention.actors.front().name;
    switch (mention.actor_kind) {
      case ActorKind::kPerson: AddOnce(story.people, name); break;
      case ActorKind::kOrganisation:
      case ActorKind::kGroup: AddOnce(story.organisations, name); break;
      case ActorKind::kCountry:
      case ActorKind::kRegion: AddOnce(story.places, name); break;
      default: break;
    }
  }
  for (const EventMention& mention : document.event_mentions) AddOnce(story.places, mention.place.name.empty() ? mention.place.text : mention.place.name);
  return story;
}

void AddParty(std::vector<std::string>& cells, const Party& party, const Document& document, const Codebook* codebook) {
  const Codebook::Country* country = codebook == nullptr ? nullptr : codebook->FindCountry(party.Code());
  std::string title;
  if (party.participant != nullptr && party.participant->mention >= 0 &&
      static_cast<size_t>(party.participant->mention) < document.mentions.size()) {
    title = document.mentions[static_cast<size_t>(party.participant->mention)].office;
  }
  cells.emplace_back(party.OwnName(codebook));
  cells.push_back(country == nullptr ? "" : std::string(party.Code()));
  cells.push_back(country == nullptr ? "" : country->cow);
  cells.emplace_back(party.Sector());
  cells.emplace_back(party.Sector());
  cells.push_back(title);
  cells.emplace_back(party.Raw());
  cells.emplace_back();
}

}  // namespace

std::string PolecatWriter::Begin() const { return TabRow(kColumns, TsvCell); }

std::string PolecatWriter::Write(const Document& document) const {
  std::string out;
  if (document.events.empty()) return out;
  const Story story = StoryOf(document);
  for (const Event& event : document.events) {
    const EventMention& m = document.event_mentions[event.mentions.front()];
    if (!IsAsserted(m)) continue;
    EventScores::Values values;
    if (options_.scores != nullptr) values = options_.scores->Of(m);
    for (const Dyad& dyad : DyadsOf(event, m)) {
      std::vector<std::string> cells = {dyad.id, DayText(m.date), m.event, m.mode,
                                        Decimal(values.has_score, values.score), QuadWords(values.quad),
                                        JoinList(m.contexts)};
      AddParty(cells, dyad.actor, document, options_.codebook);
      AddParty(cells, dyad.recipient, document, options_.codebook);
      cells.push_back(m.place.country.empty() ? "" : m.place.name);  // a name that was linked
      cells.push_back(m.place.city ? m.place.name : "");
      for (int i = 0; i < 2; i++) cells.emplace_back();      // district, province
      cells.push_back(m.place.country);
      cells.push_back(Degrees(m.place, m.place.lat));
      cells.push_back(Degrees(m.place, m.place.lon));
      cells.emplace_back();                                  // GeoNames id
      cells.push_back(m.place.text);
      cells.emplace_back();                                  // feature type
      cells.push_back(document.source);
      cells.push_back(DayText(document.date));
      cells.push_back(JoinList(story.people));
      cells.push_back(JoinList(story.organisations));
      cells.push_back(JoinList(story.places));
      cells.push_back(document.language);
      cells.push_back(options_.version);
      out += TabRow(cells, TsvCell);
    }
  }
  return out;
}

}  // namespace entente
