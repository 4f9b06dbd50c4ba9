// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "writer/writer.h"

namespace entente {

// The 61 tab-separated columns of GDELT 2.0's event files, which have no header, one row a pair of actors.
class GdeltWriter : public Writer {
 public:
  explicit GdeltWriter(const WriterOptions& options) : options_(options) {}
  std::string Write(const Document& document) const override;

 private:
  WriterOptions options_;
};

}  // namespace entente
