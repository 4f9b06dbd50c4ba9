// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "writer/writer.h"

namespace entente {

class NdjsonWriter : public Writer {
 public:
  explicit NdjsonWriter(const WriterOptions& options) : options_(options) {}
  std::string Write(const Document& document) const override;
  // The line of one event, or of one of document.states.
  std::string Record(const Document& document, const Event& event) const;

 private:
  WriterOptions options_;
};

}  // namespace entente
