// SPDX-License-Identifier: Apache-2.0
// GDELT 2.0's event file. Columns that have no meaning here (tone, religions, feature ids) stay empty; the quad class
// is GDELT's own, from the CAMEO root, so that its totals compare.
#include "writer/gdelt_writer.h"

#include <fmt/format.h>

#include <cstdlib>

#include "writer/cells.h"
#include "writer/dyads.h"
#include "writer/fields.h"

namespace entente {
namespace {

constexpr const char* kCountry = "1";  // types of a place
constexpr const char* kWorldCity = "4";

void Skip(std::vector<std::string>& cells, int count) {
  for (int i = 0; i < count; i++) cells.emplace_back();
}

// Verbal cooperation, material cooperation, verbal conflict, material conflict.
std::string QuadClass(const std::string& cameo) {
  const int root = std::atoi(cameo.substr(0, 2).c_str());
  if (root < 1 || root > 20) return "";
  return root <= 5 ? "1" : root <= 8 ? "2" : root <= 13 ? "3" : "4";
}

// Code, name, country, known group, ethnic, two religions, three types.
void AddActor(std::vector<std::string>& cells, const Party& party, const Codebook* codebook) {
  const std::string code(party.Code());
  const bool country = codebook == nullptr || codebook->FindCountry(code) != nullptr;
  std::string role(party.Sector());
  if (codebook != nullptr) {
    if (const Codebook::Sector* sector = codebook->FindSector(role)) role = sector->cameo;
  }
  cells.push_back(CameoActor(party, codebook));
  cells.emplace_back(party.OwnName(codebook));
  cells.push_back(country ? code : "");
  cells.push_back(country ? "" : code);
  Skip(cells, 3);
  cells.push_back(role);
  Skip(cells, 2);
}

// 1 if the act stands in the headline or the first paragraph of the text.
bool InLead(const Document& document, const EventMention& mention) {
  if (mention.sentence >= document.sentences.size()) return false;
  const uint32_t paragraph = document.sentences[mention.sentence].paragraph;
  for (uint32_t p = 0; p < document.paragraphs.size(); p++) {
    const ParagraphKind kind = document.paragraphs[p].kind;
    if (p == paragraph) return kind == ParagraphKind::kTitle || kind == ParagraphKind::kBody;
    if (kind == ParagraphKind::kBody) return false;
  }
  return false;
}

}  // namespace

std::string GdeltWriter::Write(const Document& document) const {
  std::string out;
  for (const Event& event : document.events) {
    const EventMention& m = document.event_mentions[event.mentions.front()];
    if (!IsAsserted(m)) continue;
    EventScores::Values values;
    if (options_.scores != nullptr) values = options_.scores->Of(m);
    const Date& date = m.date;
    const std::string month = date.month > 0 ? fmt::format("{:04}{:02}", date.year, date.month) : "";
    const std::string year = date.known() ? fmt::format("{:04}", date.year) : "";
    const std::string fraction =
        date.day > 0 ? fmt::format("{:.4f}", date.year + ((date.month - 1) * 30 + date.day) / 365.0) : "";
    std::string fips;
    if (options_.codebook != nullptr) {
      if (const Codebook::Country* country = options_.codebook->FindCountry(m.place.country)) fips = country->fips;
    }
    const std::string added = DayDigits(document.date);
    for (const Dyad& dyad : DyadsOf(event, m)) {
      std::vector<std::string> cells = {std::to_string(NumberOf(dyad.id, 52)), DayDigits(date), month, year, fraction};
      AddActor(cells, dyad.actor, options_.codebook);
      AddActor(cells, dyad.recipient, options_.codebook);
      cells.push_back(InLead(document, m) ? "1" : "0");
      cells.push_back(m.cameo);
      cells.push_back(m.cameo.substr(0, 3));
      cells.push_back(m.cameo.substr(0, 2));
      cells.push_back(QuadClass(m.cameo));
      cells.push_back(Decimal(values.has_goldstein, values.goldstein));
      cells.push_back(std::to_string(event.mentions.size()));
      cells.emplace_back("1");  // sources
      cells.emplace_back("1");  // articles
      cells.emplace_back();     // tone
      Skip(cells, 16);          // places of the two actors
      cells.emplace_back(m.place.country.empty() ? "" : m.place.city ? kWorldCity : kCountry);
      cells.push_back(m.place.country.empty() ? m.place.text : m.place.name);
      cells.push_back(fips);
      Skip(cells, 2);           // regions
      cells.push_back(Degrees(m.place, m.place.lat));
      cells.push_back(Degrees(m.place, m.place.lon));
      Skip(cells, 1);           // feature id
      cells.push_back(added.empty() ? "" : added + "000000");
      cells.push_back(document.url.empty() ? document.source : document.url);
      out += TabRow(cells, PlainCell);
    }
  }
  return out;
}

}  // namespace entente
