// SPDX-License-Identifier: Apache-2.0
// Reads a file whole; one whose name ends in .xz is decompressed.
#pragma once

#include <string>

#include "base/result.h"

namespace entente {

Result<std::string> ReadMaybeCompressed(const std::string& path);

}  // namespace entente
