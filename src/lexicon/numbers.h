// SPDX-License-Identifier: Apache-2.0
// Numbers in words and figures, with what qualifies them: "over 400", "two dozen", "1,200", "at least six".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/text.h"

namespace entente {

class Numbers {
 public:
  static Result<Numbers> Load(const std::string& path, std::vector<Problem>& problems);
  // The value of a row of lower-case words ("four", "hundred"; "1,200"); nothing if one is no number.
  std::optional<int64_t> Value(const std::vector<std::string>& words) const;
  bool IsNumberWord(std::string_view word) const;
  // "at_least", "at_most", "about" for one or more words that stand before a number; "" if none.
  std::string_view Qualifier(std::string_view words) const;

 private:
  StringMap<int64_t> values_, multipliers_;
  StringMap<std::string> qualifiers_;
};

}  // namespace entente
