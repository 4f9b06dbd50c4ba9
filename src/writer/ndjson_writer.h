// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "writer/writer.h"

namespace entente {

class NdjsonWriter : public Writer {
 public:
  explicit NdjsonWriter(const WriterOptions& options) : options_(options) {}
  std::string Write(const Document& document) const override;

 private:
  WriterOptions options_;
};

}  // namespace entente
