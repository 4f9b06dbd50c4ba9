// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <string>

#include "cli/commands.h"
#include "pipeline/pipeline.h"

namespace entente {

int RunStages() {
  for (const StageName& stage : Stages()) {
    std::printf("%-10s fills %s\n", std::string(stage.name).c_str(), std::string(stage.fills).c_str());
  }
  return 0;
}

}  // namespace entente
