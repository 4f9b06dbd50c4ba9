// SPDX-License-Identifier: Apache-2.0
// link: reader
#include "reader_fuzz.h"

// Text, Markdown, and whatever the bytes are guessed to be, packed data among it.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  entente::FuzzReader(data, size, entente::InputForm::kMarkdown);
  return entente::FuzzReader(data, size, entente::InputForm::kAuto);
}
