// SPDX-License-Identifier: Apache-2.0
// Names come from the lexicon's countries, codes from the tables; a row for a country that the lexicon does not have,
// or for an unknown sector, is a mistake of the data.
#include "cli/codebook.h"

#include "lexicon/records.h"

namespace entente {

Result<LexiconCodebook> LexiconCodebook::Load(const std::string& folder, const Actors& actors, const Ontology& ontology) {
  LexiconCodebook book;
  book.ontology_ = &ontology;
  for (const Actor& actor : actors.all()) {
    if (actor.kind != ActorKind::kCountry || actor.code.empty()) continue;
    std::string& name = book.countries_[actor.code].name;
    if (name.empty() || !actor.territory) name = actor.name;
  }
  std::vector<Problem> problems;
  const auto countries = ReadTable(folder + "/country_codes.tsv", {"code", "cow", "fips"}, problems);
  if (!countries) return countries.error();
  for (size_t i = 0; i < countries->rows.size(); i++) {
    const auto& row = countries->rows[i];
    const auto it = book.countries_.find(row[Column(*countries, "code")]);
    if (it == book.countries_.end()) {
      problems.push_back({countries->path, countries->lines[i],
                          "no country has the code " + std::string(row[Column(*countries, "code")])});
      continue;
    }
    it->second.cow = row[Column(*countries, "cow")];
    it->second.fips = row[Column(*countries, "fips")];
  }
  const auto sectors = ReadTable(folder + "/sector_codes.tsv", {"sector", "cameo", "icews"}, problems);
  if (!sectors) return sectors.error();
  for (size_t i = 0; i < sectors->rows.size(); i++) {
    const auto& row = sectors->rows[i];
    const std::string sector(row[Column(*sectors, "sector")]);
    if (!ontology.HasSector(sector)) problems.push_back({sectors->path, sectors->lines[i], "unknown sector " + sector});
    book.sectors_[sector] = {std::string(row[Column(*sectors, "cameo")]), std::string(row[Column(*sectors, "icews")])};
  }
  if (!problems.empty()) {
    std::string message;
    for (const Problem& problem : problems) message += (message.empty() ? "" : "\n") + problem.Text();
    return Error{ErrorCode::kBadData, message, ""};
  }
  return book;
}

const Codebook::Country* LexiconCodebook::FindCountry(std::string_view code) const {
  const auto it = countries_.find(code);
  return it == countries_.end() ? nullptr : &it->second;
}

const Codebook::Sector* LexiconCodebook::FindSector(std::string_view sector) const {
  const auto it = sectors_.find(sector);
  return it == sectors_.end() ? nullptr : &it->second;
}

std::string LexiconCodebook::CameoLabel(std::string_view code) const {
  const CameoType* type = ontology_->FindCameo(code);
  return type == nullptr ? "" : type->label;
}

}  // namespace entente
