// SPDX-License-Identifier: Apache-2.0
#include "cli/event_exports.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "ledger/rows.h"
#include "lexicon/records.h"

namespace entente {
namespace {

// The parties of a row, "COL GOV;\"a man; unknown\"": the words of a party that is not coded stand
// in quotes.
std::vector<std::string> PartiesOf(const std::string& text) {
  std::vector<std::string> parties;
  for (size_t at = 0; at < text.size();) {
    size_t end = text[at] == '"' ? text.find("\";", at + 1) : text.find(';', at);
    if (end != std::string::npos && text[at] == '"') end++;
    if (end == std::string::npos) end = text.size();
    parties.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parties;
}

const char* TypeOf(ActorKind kind) {
  switch (kind) {
    case ActorKind::kCountry:
      return "country";
    case ActorKind::kOrganisation:
      return "organisation";
    case ActorKind::kPerson:
      return "person";
    case ActorKind::kGroup:
      return "group";
    case ActorKind::kRegion:
      return "region";
    default:
      return "";
  }
}

}  // namespace

Result<Capitals> Capitals::Load(const std::string& root) {
  std::vector<Problem> problems;
  const auto cities = ReadTable(root + "/data/places/cities.tsv",
                                {"country", "lat", "lon", "population", "capital"}, problems);
  if (!cities) return cities.error();
  if (!problems.empty()) return Error{ErrorCode::kBadData, problems.front().Text(), ""};
  const int country = Column(*cities, "country"), lat = Column(*cities, "lat"),
            lon = Column(*cities, "lon"), population = Column(*cities, "population"),
            capital = Column(*cities, "capital");
  Capitals capitals;
  std::map<std::string, long> greatest;  // of several capitals
  for (const auto& row : cities->rows) {
    if (row[capital].empty()) continue;
    const std::string code(row[country]);
    const long people = std::strtol(std::string(row[population]).c_str(), nullptr, 10);
    const auto [it, fresh] = greatest.emplace(code, people);
    if (!fresh && people <= it->second) continue;
    it->second = people;
    capitals.points_[code] = {std::strtod(std::string(row[lat]).c_str(), nullptr),
                              std::strtod(std::string(row[lon]).c_str(), nullptr)};
  }
  return capitals;
}

const Point* Capitals::Find(const std::string& country) const {
  const auto it = points_.find(country);
  return it == points_.end() ? nullptr : &it->second;
}

std::string EventFeature(const EventRow& row, const Capitals& capitals, bool first) {
  const StoredEvent stored = ReadStoredEvent(row.record);
  std::vector<Property> properties;
  for (const EventCell& cell : EventCells(row))
    properties.push_back({cell.name, cell.value, cell.number});
  std::optional<Point> point = stored.point;
  const char* how = point ? "place" : "";
  if (!point && !stored.country.empty()) {
    if (const Point* capital = capitals.Find(stored.country)) {
      point = *capital;
      how = "capital";
    }
  }
  properties.push_back({"point", how});
  return GeoJsonFeature(row.id, point, properties, first);
}

std::vector<TieActor> TieCounter::ActorsOf(const std::string& parties) const {
  std::vector<TieActor> actors;
  for (const std::string& party : PartiesOf(parties)) {
    if (party.empty() || party.front() == '"') continue;
    TieActor one;
    one.code = party.substr(0, party.find(' '));
    const Actor* actor = data_.actors.FindByCode(one.code);
    // "REB" alone: rebels of nowhere are nobody in particular.
    if (actor == nullptr && data_.ontology.HasSector(party)) continue;
    if (sectors_ && one.code.size() < party.size()) one.sector = party.substr(one.code.size() + 1);
    one.id = sectors_ ? party : one.code;
    if (actor != nullptr) {
      one.name = actor->name;
      one.type = TypeOf(actor->kind);
    }
    if (std::none_of(actors.begin(), actors.end(),
                     [&](const TieActor& other) { return other.id == one.id; }))
      actors.push_back(std::move(one));
  }
  return actors;
}

void TieCounter::Add(const EventRow& row) {
  events_++;
  const bool possible = (row.auxiliary & (kNegation | kHypothetical)) != 0;
  if (possible || ((row.auxiliary & kFuture) != 0 && !ReadStoredEvent(row.record).composed)) {
    not_asserted_++;
    return;
  }
  const std::vector<TieActor> actors = ActorsOf(row.actor), recipients = ActorsOf(row.recipient);
  if (actors.empty() || recipients.empty()) {
    one_sided_++;
    return;
  }
  const Date date = ParseIsoDate(row.date).value_or(Date());
  bool any = false;
  for (const TieActor& actor : actors) {
    for (const TieActor& recipient : recipients) {
      if (actor.id == recipient.id) continue;
      ties_.Add(actor, recipient, date, row.quad, row.score);
      any = true;
    }
  }
  if (!any) ties_.Add(actors.front(), recipients.front(), date, row.quad, row.score);
}

std::string TieCounter::LeftOut() const {
  if (not_asserted_ + one_sided_ == 0) return "";
  return fmt::format(
      "{} of {} events are not counted: {} did not take place (denied, possible, to come), {} have "
      "no coded actor or recipient",
      not_asserted_ + one_sided_, events_, not_asserted_, one_sided_);
}

}  // namespace entente
