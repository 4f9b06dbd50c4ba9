// SPDX-License-Identifier: Apache-2.0
// Events as text: NDJSON (docs/formats/events.md), CSV and TSV, a table for people, and the layouts that users'
// scripts load (docs/formats/exports.md). One file a format; to add one is a file and a line in writer.cpp.
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

// What the layouts of other projects call countries, sectors and CAMEO codes.
class Codebook {
 public:
  struct Country {
    std::string name;  // "Paraguay"
    std::string cow;   // Correlates of War, "150"; empty if it has none
    std::string fips;  // FIPS 10-4, "PA"; empty if it has none
  };
  struct Sector {
    std::string cameo;  // role in an actor's code, "GOV"; empty if CAMEO has none
    std::string icews;  // "Government"
  };
  virtual ~Codebook() = default;
  // Null if the code is none of a country; by ISO 3166-1 alpha-3.
  virtual const Country* FindCountry(std::string_view code) const = 0;
  // Null for a sector that the table does not know.
  virtual const Sector* FindSector(std::string_view sector) const = 0;
  // "Reduce or break diplomatic relations"; empty for an unknown code.
  virtual std::string CameoLabel(std::string_view code) const = 0;
};

struct WriterOptions {
  const EventScores* scores = nullptr;  // may be null, as may the codebook
  const Codebook* codebook = nullptr;
  std::string version;   // of the program, for layouts that have a column for it
  int width = 100;       // of the table, in columns of the terminal
  bool colour = false;   // of the table
  bool headings = false; // of the table: a line before each report, and the totals at the end
};

class Writer {
 public:
  virtual ~Writer() = default;
  // The header, if the format has one.
  virtual std::string Begin() const { return ""; }
  // The events of one document in the order of its text. Safe to call from many threads.
  virtual std::string Write(const Document& document) const = 0;
  // After the last document.
  virtual std::string End() const { return ""; }
};

// kBadRequest for an unknown format; the message names the known ones.
Result<std::unique_ptr<Writer>> MakeWriter(std::string_view format, const WriterOptions& options);
const std::vector<std::string>& WriterFormats();

// A layer of the document as text for people and golden tests: tokens, conllu, mentions, events, places,
// counts, notes.
Result<std::string> ShowLayer(const Document& document, std::string_view layer);
// One event as golden tests write it: "2019-01-10 | PRY GOV | SANCTION/discontinue | VEN GOV | ".
std::string EventLine(const EventMention& event);

}  // namespace entente
