// SPDX-License-Identifier: Apache-2.0
// Runs the examples that pattern records carry: the events that come out must be exactly those expected.
#pragma once

#include <string>
#include <vector>

#include "pipeline/pipeline.h"

namespace entente {

struct ExampleReport {
  size_t examples = 0, todo = 0;
  std::vector<Problem> failures;  // at the example's line: what was wanted, what came
};

// Runs every example on `threads` threads; failures are in the order of the files. `only` restricts to pattern
// ids that contain it.
ExampleReport RunExamples(const Pipeline& pipeline, int threads, const std::string& only = "");

// A document of one paragraph, as examples, `explain` and tests use it.
Document PlainDocument(const std::string& text, const std::string& language, const Date& date);

// One example against one line of expectations each; "" if they agree, else what came instead.
std::string CheckExample(const Pipeline& pipeline, const std::string& text, const std::vector<std::string>& expect);

}  // namespace entente
