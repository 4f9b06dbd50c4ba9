// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "lexicon/actors.h"
#include "lexicon/ontology.h"
#include "writer/writer.h"

namespace entente {

// The writers' codebook from the lexicon and the tables country_codes.tsv and sector_codes.tsv. Immutable after
// loading; must not outlive the ontology.
class LexiconCodebook : public Codebook {
 public:
  // `folder` is data/ontology. All mistakes of both tables are in the message.
  static Result<LexiconCodebook> Load(const std::string& folder, const Actors& actors, const Ontology& ontology);

  const Country* FindCountry(std::string_view code) const override;
  const Sector* FindSector(std::string_view sector) const override;
  std::string CameoLabel(std::string_view code) const override;

 private:
  std::map<std::string, Country, std::less<>> countries_;
  std::map<std::string, Sector, std::less<>> sectors_;
  const Ontology* ontology_ = nullptr;
};

}  // namespace entente
