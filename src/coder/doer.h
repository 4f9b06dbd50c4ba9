// SPDX-License-Identifier: Apache-2.0
// Who did what a clause leaves without a doer, where a happening beside it tells: "killed in a
// clash with the police", "wounded when rebels attacked the post", "an operation by the army in
// which four were arrested".
#pragma once

#include <vector>

#include "coder/act.h"

namespace entente {

struct DoersBeside {
  std::vector<uint32_t> heads;  // of phrases; empty if nothing tells
  // "in the attack", "in this clash": whoever did what was told before.
  bool told_before = false;
};

// For an act of conflict without a doer of its own.
DoersBeside FindDoersBeside(const Act& act, Acts& acts, const Document& document,
                            const Language& language);

}  // namespace entente
