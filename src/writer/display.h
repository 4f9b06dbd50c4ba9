// SPDX-License-Identifier: Apache-2.0
// Text on a terminal: how many columns it takes, and cutting and padding by columns. East Asian characters and
// emoji take two, combining marks none.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace entente {

// Columns of a code point: 0, 1 or 2.
int DisplayWidth(char32_t code_point);
size_t DisplayWidth(std::string_view text);
// The text in one line of at most so many columns, with an ellipsis where it was cut. Characters that turn the
// direction of writing around are left out: they would disorder the row.
std::string FitWidth(std::string_view text, size_t width);
// FitWidth, then spaces up to the width.
std::string PadWidth(std::string_view text, size_t width);

}  // namespace entente
