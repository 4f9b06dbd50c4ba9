// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "writer/writer.h"

namespace entente {

// CSV (RFC 4180) and TSV with one row an event and several actors joined by ";" in their cell.
class DelimitedWriter : public Writer {
 public:
  DelimitedWriter(char separator, const WriterOptions& options) : separator_(separator), options_(options) {}
  std::string Begin() const override;
  std::string Write(const Document& document) const override;

 private:
  char separator_;
  WriterOptions options_;
};

// A table for people.
class TableWriter : public Writer {
 public:
  explicit TableWriter(const WriterOptions& options) : options_(options) {}
  std::string Begin() const override;
  std::string Write(const Document& document) const override;

 private:
  WriterOptions options_;
};

}  // namespace entente
