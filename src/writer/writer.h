// SPDX-License-Identifier: Apache-2.0
// Events as text: NDJSON (the record of DESIGN), CSV and TSV, a table for people, and the layouts that users'
// scripts load. One file a format; to add one is a file and a line in writer.cpp.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "document/document.h"

namespace entente {

// What writers need to know of the ontology, so that they need not know where it comes from.
class EventScores {
 public:
  virtual ~EventScores() = default;
  struct Values {
    std::string quad;
    bool has_score = false, has_goldstein = false;
    double score = 0, goldstein = 0;
  };
  virtual Values Of(const EventMention& event) const = 0;
};

struct WriterOptions {
  const EventScores* scores = nullptr;  // may be null
  int width = 100;                      // of the table
  bool colour = false;
};

class Writer {
 public:
  virtual ~Writer() = default;
  // The header, if the format has one.
  virtual std::string Begin() const { return ""; }
  // The events of one document in the order of its text. Safe to call from many threads.
  virtual std::string Write(const Document& document) const = 0;
};

// kBadRequest for an unknown format; the message names the known ones.
Result<std::unique_ptr<Writer>> MakeWriter(std::string_view format, const WriterOptions& options);
const std::vector<std::string>& WriterFormats();

// A layer of the document as text for people and golden tests: tokens, conllu, mentions, events, notes.
Result<std::string> ShowLayer(const Document& document, std::string_view layer);
// One event as golden tests write it: "2019-01-10 | PRY GOV | SANCTION/discontinue | VEN GOV | ".
std::string EventLine(const EventMention& event);

}  // namespace entente
