// SPDX-License-Identifier: Apache-2.0
// Finds the places that a report names: cities of data/places with their coordinates, and countries. Which of several
// cities of one name is meant is told by the country named beside it, by those that the report speaks of, and by size:
// "Cordoba" is in Argentina where Argentine police are at work, else in Spain.
#pragma once

#include "document/document.h"
#include "lexicon/language.h"

namespace entente {

// Fills document.places and document.report_place; the mentions must be there.
void FindPlaces(Document& document, const Language& language);

}  // namespace entente
