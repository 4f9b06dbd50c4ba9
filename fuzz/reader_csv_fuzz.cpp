// SPDX-License-Identifier: Apache-2.0
// link: reader
#include "reader_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  return entente::FuzzReader(data, size, entente::InputForm::kCsv);
}
