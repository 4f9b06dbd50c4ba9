// SPDX-License-Identifier: Apache-2.0
// Trains what a recipe describes and writes models beside their card.
#include <cstdio>
#include <cstdlib>

#include "cli/commands.h"
#include "trainer/syntax_trainer.h"

namespace entente {

int RunTrain(const TrainOptions& options) {
  const auto recipe = ReadSyntaxRecipe(options.recipe);
  if (!recipe) return Fail(recipe.error());
  const auto from = [](const char* name, const std::string& otherwise) {
    const char* value = std::getenv(name);
    return value != nullptr && *value != '\0' ? std::string(value) : otherwise;
  };
  TrainingPlaces places;
  places.treebanks = from("ENTENTE_UD", options.common.root + "/../shared/data/ud");
  places.vectors = from("ENTENTE_VECTORS", options.common.root + "/build/vectors");
  places.out = from("ENTENTE_MODELS", options.common.root + "/models/" + recipe->language);
  const Status status = TrainSyntax(*recipe, places, [](const std::string& line) {
    std::printf("%s\n", line.c_str());
    std::fflush(stdout);
  });
  return status.ok() ? 0 : Fail(status.error());
}

}  // namespace entente
