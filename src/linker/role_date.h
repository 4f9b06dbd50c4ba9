// SPDX-License-Identifier: Apache-2.0
// The day at which the roles of those that a report names are looked up.
#pragma once

#include <vector>

#include "base/date.h"
#include "document/document.h"
#include "lexicon/language.h"
#include "linker/matcher.h"

namespace entente {

// The report's own date. One without a date is taken to be of the time in which most of the people
// and groups that it names in full had a role; unknown if nothing tells.
Date RoleDate(const Document& document, const std::vector<std::vector<NameMatch>>& matches,
              const Language& language);

}  // namespace entente
