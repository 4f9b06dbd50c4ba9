// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "writer/writer.h"

namespace entente {

// PETRARCH2's event file: tab-separated, no header, one row a pair of source and target.
class PetrarchWriter : public Writer {
 public:
  explicit PetrarchWriter(const WriterOptions& options) : options_(options) {}
  std::string Write(const Document& document) const override;

 private:
  WriterOptions options_;
};

}  // namespace entente
