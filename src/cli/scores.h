// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lexicon/ontology.h"
#include "writer/writer.h"

namespace entente {

// Quad class and scores of events from the ontology's tables.
class OntologyScores : public EventScores {
 public:
  explicit OntologyScores(const Ontology& ontology) : ontology_(&ontology) {}
  Values Of(const EventMention& event) const override {
    Values values;
    if (const EventType* type = ontology_->Find(event.event, event.mode)) {
      values.quad = type->quad;
      values.has_score = type->score.has_value();
      values.score = type->score.value_or(0);
    }
    if (const CameoType* cameo = ontology_->FindCameo(event.cameo)) {
      values.has_goldstein = cameo->goldstein.has_value();
      values.goldstein = cameo->goldstein.value_or(0);
    }
    return values;
  }

 private:
  const Ontology* ontology_;
};

}  // namespace entente
