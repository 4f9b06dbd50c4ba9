// SPDX-License-Identifier: Apache-2.0
#include "resolver/confidence.h"

#include <algorithm>
#include <cmath>

namespace entente {
namespace {

constexpr double kLeast = 0.01, kMost = 0.99;

// How a side is known: by code, by sector alone, by words alone, not at all.
void AddSide(const std::string& side, const std::vector<Participant>& parties, std::vector<std::pair<std::string, double>>& out) {
  bool code = false, sector = false;
  for (const Participant& party : parties) {
    for (const ActorCode& one : party.actors) {
      code |= !one.code.empty();
      sector |= !one.sector.empty();
    }
    if (!party.how.empty()) out.emplace_back(side + "_" + party.how, 1);
  }
  out.emplace_back(side + (parties.empty() ? "_none" : code ? "_code" : sector ? "_sector" : "_words"), 1);
  if (parties.size() > 1) out.emplace_back(side + "_several", 1);
}

}  // namespace

std::vector<std::pair<std::string, double>> ConfidenceFeatures(const EventMention& event, const Language& language) {
  std::vector<std::pair<std::string, double>> out{{"bias", 1}, {"raw", event.confidence}};
  AddSide("actor", event.actor, out);
  AddSide("recipient", event.recipient, out);
  for (const auto& [bit, name] : {std::pair{kNegation, "negation"}, {kHypothetical, "hypothetical"}, {kFuture, "future"},
                                  {kHistorical, "historical"}, {kHabitual, "habitual"}}) {
    if ((event.auxiliary & bit) != 0) out.emplace_back(name, 1);
  }
  const bool composed = std::any_of(event.steps.begin(), event.steps.end(), [](const std::string& step) { return step.ends_with(')'); });
  if (composed) out.emplace_back("composed", 1);
  if (!event.said_by.empty()) out.emplace_back("said", 1);
  if (const EventType* type = language.ontology.Find(event.event, event.mode)) {
    out.emplace_back(type->IsVerbal() ? "verbal" : "material", 1);
  }
  if (!event.mode.empty()) out.emplace_back("mode", 1);
  out.emplace_back("event_" + event.event, 1);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

double CalibratedConfidence(const EventMention& event, const Language& language) {
  if (language.confidence.empty()) return event.confidence;
  double sum = 0;
  for (const auto& [name, value] : ConfidenceFeatures(event, language)) {
    if (const auto it = language.confidence.find(name); it != language.confidence.end()) sum += it->second * value;
  }
  return std::clamp(1 / (1 + std::exp(-sum)), kLeast, kMost);
}

}  // namespace entente
