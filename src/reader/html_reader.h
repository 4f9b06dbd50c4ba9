// SPDX-License-Identifier: Apache-2.0
// Pages of news sites: what is the report is kept, what surrounds it is dropped.
#pragma once

#include "reader/finish.h"
#include "reader/original.h"

namespace entente {

// Fills text, paragraphs, title, source, url and language of draft.doc and draft.date_text. `whole`
// keeps every block: for the HTML inside a feed, which has no navigation.
void ReadHtml(const Original& original, const ReaderData& data, bool whole, Draft& draft);

}  // namespace entente
