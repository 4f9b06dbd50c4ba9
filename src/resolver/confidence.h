// SPDX-License-Identifier: Apache-2.0
// How likely an event is right in event, actor and recipient: a logistic regression on what is known of it.
// The weights are data/languages/<tag>/confidence.tsv, fitted on judged events (training/en/confidence.py;
// docs/accuracy.md shows how well they hold).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "document/document.h"
#include "lexicon/language.h"

namespace entente {

// What the regression sees of a linked event; `raw` is the coder's own estimate.
std::vector<std::pair<std::string, double>> ConfidenceFeatures(const EventMention& event, const Language& language);

// 0.01 to 0.99. Without weights the coder's own estimate.
double CalibratedConfidence(const EventMention& event, const Language& language);

}  // namespace entente
