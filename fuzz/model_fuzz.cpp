// SPDX-License-Identifier: Apache-2.0
// Any bytes as tagger.model and parser.model: loading must give an Error or a model that can be
// run. The checksum is put right first, for otherwise nothing would get past it.
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

#include "document/document.h"
#include "model/model_file.h"
#include "parser/parser.h"
#include "tagger/tagger.h"

namespace {

entente::Document Example() {
  entente::Document document;
  document.text = "Paraguay severed relations .";
  for (const auto& [begin, end] : {std::pair{0u, 8u}, {9u, 16u}, {17u, 26u}, {27u, 28u}}) {
    entente::Token token;
    token.span = {begin, end};
    token.form = document.Text(token.span);
    document.tokens.push_back(token);
  }
  document.sentences.push_back({0, 4, 0});
  return document;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace entente;
  std::string bytes(reinterpret_cast<const char*>(data), size);
  SealModel(bytes);
  const size_t room = (bytes.size() + 64) / 64 * 64;
  char* aligned = static_cast<char*>(std::aligned_alloc(64, room));
  std::memcpy(aligned, bytes.data(), bytes.size());
  const std::string_view view(aligned, bytes.size());
  Document document = Example();
  const auto tagger = Tagger::FromBytes(view, "fuzz");
  if (tagger) tagger->Run(document);
  // The identifier is read from the file itself, so that it fits.
  if (const auto file = ModelFile::FromBytes(view, "fuzz", "parser")) {
    const uint64_t id = std::strtoull(std::string(file->Info("tagger")).c_str(), nullptr, 10);
    const auto parser = Parser::FromBytes(view, "fuzz", id);
    const auto hidden = file->Number("hidden", 32, 1024);
    if (parser && hidden) {
      document.encodings.assign(document.tokens.size() * static_cast<size_t>(*hidden), 123);
      parser->Run(document);
    }
  }
  std::free(aligned);
  return 0;
}
