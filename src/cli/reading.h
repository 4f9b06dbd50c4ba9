// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/result.h"
#include "reader/options.h"

namespace entente {

// What the options that `code` and `ingest` share ask of the reader. kBadRequest names the option that is wrong.
Result<ReaderOptions> ReadingOf(const std::string& from, const std::string& language, const std::string& date,
                                const std::string& date_order);

}  // namespace entente
