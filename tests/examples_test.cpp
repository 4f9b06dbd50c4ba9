// SPDX-License-Identifier: Apache-2.0
// The examples of all pattern records must come out as their records say.
#include <gtest/gtest.h>

#include "pipeline/examples.h"

namespace entente {
namespace {

TEST(Examples, AllOfEnglish) {
  const auto pipeline = Pipeline::Load(ENTENTE_SOURCE_DIR, "en");
  ASSERT_TRUE(pipeline.ok()) << pipeline.error().Text();
  const ExampleReport report = RunExamples(*pipeline, 2);
  EXPECT_GT(report.examples, 1000u);
  for (const Problem& failure : report.failures) ADD_FAILURE() << failure.Text();
}

}  // namespace
}  // namespace entente
