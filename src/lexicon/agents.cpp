// SPDX-License-Identifier: Apache-2.0
#include "lexicon/agents.h"

#include "lexicon/ontology.h"
#include "lexicon/records.h"

namespace entente {

Result<Agents> Agents::Load(const std::string& path, const Ontology& ontology,
                            std::vector<Problem>& problems) {
  const auto file = ReadRecords(path, "agent", problems);
  if (!file) return file.error();
  Agents out;
  for (const Record& record : file->records) {
    Agent agent;
    agent.id = record.Get("id");
    agent.sector = record.Get("sector");
    for (const std::string_view office : record.List("office")) agent.offices.emplace_back(office);
    const std::string_view animacy = record.Get("animacy");
    if (animacy == "group") agent.animacy = Animacy::kGroup;
    if (animacy == "thing") agent.animacy = Animacy::kThing;
    if (!animacy.empty() && animacy != "group" && animacy != "thing" && animacy != "person") {
      problems.push_back({path, record.LineOf("animacy"), "animacy is person, group or thing"});
    }
    if (!ontology.HasSector(agent.sector)) {
      problems.push_back({path, record.LineOf("sector"), "unknown sector `" + agent.sector + "`"});
    }
    if (!record.Get("gender").empty()) agent.gender = record.Get("gender")[0];
    agent.plural = record.Get("number") == "plural";
    agent.needs_owner = record.Get("needs") == "owner";
    agent.needs_country = agent.needs_owner || record.Get("needs") == "country";
    agent.of_body = record.Get("needs") == "body";
    agent.or_sector = record.Get("or");
    if (!agent.or_sector.empty() && !ontology.HasSector(agent.or_sector)) {
      problems.push_back({path, record.LineOf("or"), "unknown sector `" + agent.or_sector + "`"});
    }
    const std::string_view refers = record.Get("refers");
    if (refers == "country") agent.refers = ActorKind::kCountry;
    if (refers == "group") agent.refers = ActorKind::kGroup;
    if (refers == "organisation") agent.refers = ActorKind::kOrganisation;
    if (!refers.empty() && agent.refers == ActorKind::kNone) {
      problems.push_back({path, record.LineOf("refers"), "refers to a country, an organisation or a group"});
    }
    const auto index = static_cast<uint32_t>(out.agents_.size());
    for (const std::string_view noun : record.List("noun")) {
      out.nouns_.Add(noun, {index, NameKind::kName, false, false, false});
    }
    for (const std::string_view noun : record.List("plural")) {
      out.nouns_.Add(noun, {index, NameKind::kName, false, false, true});
    }
    out.agents_.push_back(std::move(agent));
  }
  out.nouns_.Finish();
  return out;
}

}  // namespace entente
