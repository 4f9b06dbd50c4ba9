// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <atomic>

#include "writer/writer.h"

namespace entente {

// A table for people: date, actor, event, recipient and the words of the report, as wide as the terminal. With
// `colour` the event has the colour of its quad class and acts that did not take place are dim; with `headings` a
// line names each report that has events, and the last line counts them by quad class.
class TableWriter : public Writer {
 public:
  explicit TableWriter(const WriterOptions& options) : options_(options) {}
  std::string Begin() const override;
  std::string Write(const Document& document) const override;
  std::string End() const override;

 private:
  static constexpr size_t kKinds = 6;  // the four quad classes, no class, acts that did not take place

  std::string Row(const std::string& date, const std::string& actor, const std::string& event,
                  const std::string& recipient, const std::string& words, const char* event_style,
                  const char* row_style) const;
  std::string Styled(const std::string& text, const char* style) const;

  WriterOptions options_;
  // Sums only, so the order in which threads add does not matter.
  mutable std::array<std::atomic<size_t>, kKinds> events_{};
  mutable std::atomic<size_t> reports_{0};
};

}  // namespace entente
