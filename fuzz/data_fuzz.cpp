// SPDX-License-Identifier: Apache-2.0
// link: lexicon
// Any bytes as a file of our data: the first byte says which one. Loading must end with tables or with problems that
// name a line, and never otherwise.
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "lexicon/actors.h"
#include "lexicon/agents.h"
#include "lexicon/date_words.h"
#include "lexicon/numbers.h"
#include "lexicon/ontology.h"
#include "lexicon/patterns.h"
#include "lexicon/records.h"

namespace {

namespace fs = std::filesystem;

void Require(bool condition) {
  if (!condition) std::abort();
}

// A folder of this process that goes with it.
struct Folder {
  fs::path path = fs::temp_directory_path() / ("entente-data-fuzz-" + std::to_string(::getpid()));
  Folder() {
    for (const char* part : {"actors", "language/patterns", "language/classes"}) fs::create_directories(path / part);
    std::ofstream(path / "language/light_verbs.rec") << "%rec: light_verb\n%key: id\n%mandatory: verb object\n\nid: hold\nverb: hold\nobject: *\n";
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace entente;
  static const Folder folder;
  static const Ontology ontology = [] {
    std::vector<Problem> problems;
    auto loaded = Ontology::Load(ENTENTE_SOURCE_DIR "/data/ontology", problems);
    Require(loaded.ok() && problems.empty());
    return std::move(*loaded);
  }();
  if (size == 0) return 0;
  const std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto write = [&](const char* name) {
    const fs::path path = folder.path / name;
    std::ofstream(path, std::ios::binary | std::ios::trunc) << rest;
    return path.string();
  };
  std::vector<Problem> problems;
  switch (data[0]) {
    case 'a':
      write("actors/x.rec");
      (void)Actors::Load((folder.path / "actors").string(), "", ontology, problems);
      break;
    case 'p':
      write("language/patterns/assault.rec");
      (void)Patterns::Load((folder.path / "language").string(), ontology, problems);
      break;
    case 'g': (void)Agents::Load(write("agents.rec"), ontology, problems); break;
    case 'n': (void)Numbers::Load(write("numbers.rec"), problems); break;
    case 'd': (void)DateWords::Load(write("dates.rec"), problems); break;
    case 't': (void)ReadTable(write("table.tsv"), {"name", "country"}, problems); break;
    default: {
      const RecordFile file = ParseRecords(std::string(rest), "fuzz.rec", "pattern", problems);
      for (const Record& record : file.records) {
        for (const RecordField& field : record.fields) Require(!record.All(field.name).empty());
      }
    }
  }
  for (const Problem& problem : problems) Require(!problem.message.empty() && problem.line >= 0);
  return 0;
}
