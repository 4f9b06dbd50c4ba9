// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "writer/writer.h"

namespace entente {

// The 20 tab-separated columns of the ICEWS coded event data (.tab), one row a pair of source and target.
class IcewsWriter : public Writer {
 public:
  explicit IcewsWriter(const WriterOptions& options) : options_(options) {}
  std::string Begin() const override;
  std::string Write(const Document& document) const override;

 private:
  WriterOptions options_;
};

}  // namespace entente
