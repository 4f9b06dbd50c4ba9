// SPDX-License-Identifier: Apache-2.0
// Learns the tables of tagger/lemmatizer.h from a treebank.
#pragma once

#include "model/model_file.h"
#include "trainer/conllu.h"
#include "trainer/syntax_data.h"

namespace entente {

// Adds the sections lemma.forms, lemma.texts, lemma.edits, lemma.endings and lemma.known.
void AddLemmas(const Treebank& bank, const Vocabulary& vocabulary, ModelBuilder& builder);

}  // namespace entente
