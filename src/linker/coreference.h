// SPDX-License-Identifier: Apache-2.0
// Links pronouns ("she", "its") and descriptions ("the government", "the bloc") to the mention they mean: pronouns by the
// choice of linker/antecedents.h, descriptions by recency, grammatical role, number and kind (after S. Lappin, H. Leass,
// "An algorithm for pronominal anaphora resolution", 1994, much reduced).
#pragma once

#include "document/document.h"
#include "lexicon/language.h"
#include "linker/antecedents.h"

namespace entente {

// Sets Mention::antecedent and fills Mention::actors of those it can link. Never fails.
void LinkReferences(Document& document, const Language& language, const AntecedentWeights& weights);

}  // namespace entente
