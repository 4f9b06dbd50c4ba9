// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "writer/writer.h"

namespace entente {

// The 40 tab-separated columns of the POLECAT data set, one row a pair of actor and recipient.
class PolecatWriter : public Writer {
 public:
  explicit PolecatWriter(const WriterOptions& options) : options_(options) {}
  std::string Begin() const override;
  std::string Write(const Document& document) const override;

 private:
  WriterOptions options_;
};

}  // namespace entente
