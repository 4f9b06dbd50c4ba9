// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace entente {

// SHA-256 in lower-case hexadecimal digits, 64 of them.
std::string Sha256Hex(std::string_view bytes);

}  // namespace entente
