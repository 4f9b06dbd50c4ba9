// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "writer/writer.h"

namespace entente {

// CSV (RFC 4180) and TSV: one row an event; several participants stand in one cell, joined by ";", in the same order
// in every column of the side.
class DelimitedWriter : public Writer {
 public:
  DelimitedWriter(char separator, const WriterOptions& options) : separator_(separator), options_(options) {}
  std::string Begin() const override;
  std::string Write(const Document& document) const override;

 private:
  char separator_;
  WriterOptions options_;
};

}  // namespace entente
