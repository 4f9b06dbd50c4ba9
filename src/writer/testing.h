// SPDX-License-Identifier: Apache-2.0
// For the tests of this folder only: documents with events, made by hand.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "document/document.h"
#include "writer/writer.h"

namespace entente::testing {

inline Document MakeDocument(std::string text) {
  Document document;
  document.id = "r1";
  document.language = "en";
  document.date = {2019, 1, 11};
  document.text = std::move(text);
  document.BuildOffsetIndex();
  return document;
}

inline Span Find(const Document& document, std::string_view words) {
  const size_t at = document.text.find(words);
  return {static_cast<uint32_t>(at), static_cast<uint32_t>(at + words.size())};
}

inline Participant Who(const Document& document, std::string_view words, std::vector<ActorCode> actors) {
  Participant participant;
  participant.text = words;
  if (!words.empty()) participant.span = Find(document, words);
  participant.actors = std::move(actors);
  return participant;
}

inline EventMention Severing(const Document& document, std::string_view words) {
  EventMention mention;
  mention.event = "SANCTION";
  mention.mode = "discontinue";
  mention.cameo = "042";
  mention.contexts = {"diplomatic"};
  mention.text = words;
  mention.span = Find(document, words);
  mention.pattern = "en/sanction/sever-relations";
  mention.confidence = 0.925;
  mention.date = {2019, 1, 10};
  mention.date_how = "relative";
  return mention;
}

inline void Add(Document& document, EventMention mention, const std::string& id) {
  document.events.push_back({{static_cast<uint32_t>(document.event_mentions.size())}, id});
  document.event_mentions.push_back(std::move(mention));
}

// "Paraguay severed relations with Venezuela." with its event.
inline Document Paraguay() {
  Document document = MakeDocument("Paraguay severed relations with Venezuela.");
  EventMention mention = Severing(document, "severed relations");
  mention.actor = {Who(document, "Paraguay", {{"PRY", "GOV", "Paraguay", "pry"}})};
  mention.recipient = {Who(document, "Venezuela", {{"VEN", "GOV", "Venezuela", "ven"}})};
  Add(document, std::move(mention), "e-6f1c000000000001");
  return document;
}

class FixedScores : public EventScores {
 public:
  Values Of(const EventMention&) const override {
    Values values;
    values.quad = "material_conflict";
    values.has_score = values.has_goldstein = true;
    values.score = -6;
    values.goldstein = -4;
    return values;
  }
};

class SmallCodebook : public Codebook {
 public:
  const Country* FindCountry(std::string_view code) const override {
    if (code == "PRY") return &paraguay_;
    if (code == "VEN") return &venezuela_;
    if (code == "CHN") return &china_;
    return nullptr;
  }
  const Sector* FindSector(std::string_view sector) const override {
    if (sector == "GOV") return &government_;
    if (sector == "HLT") return &health_;
    return nullptr;
  }
  std::string CameoLabel(std::string_view code) const override { return code == "042" ? "Make a visit" : ""; }

 private:
  Country paraguay_{"Paraguay", "150", "PA"}, venezuela_{"Venezuela", "101", "VE"}, china_{"China", "710", "CH"};
  Sector government_{"GOV", "Government"}, health_{"HLH", "Medical / Health"};
};

// What a report may hold to break a row: tab, newlines, NUL, escape, both quotes, NEL, line separator, bad bytes.
inline std::string Hostile() {
  std::string text = "=SUM(A1)\t\"a\",\r\n'b';\x1b[31m";
  text += '\0';
  return text + "\xC2\x85\xE2\x80\xA8\xFF\xC3|end";
}

inline size_t Lines(std::string_view text) {
  size_t n = 0;
  for (const char c : text) n += c == '\n';
  return n;
}

// The cells of one row without quotes.
inline std::vector<std::string> TabCells(std::string_view row) {
  std::vector<std::string> cells(1);
  for (const char c : row) {
    if (c == '\n') break;
    if (c == '\t') {
      cells.emplace_back();
    } else {
      cells.back() += c;
    }
  }
  return cells;
}

// Rows of separated values with quotes (RFC 4180), as pandas and readr read them.
inline std::vector<std::vector<std::string>> ParseDelimited(std::string_view text, char separator) {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> row(1);
  bool quoted = false;
  for (size_t i = 0; i < text.size(); i++) {
    const char c = text[i];
    if (quoted) {
      if (c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
        row.back() += '"';
        i++;
      } else if (c == '"') {
        quoted = false;
      } else {
        row.back() += c;
      }
    } else if (c == '"' && row.back().empty()) {
      quoted = true;
    } else if (c == separator) {
      row.emplace_back();
    } else if (c == '\n') {
      rows.push_back(std::move(row));
      row.assign(1, "");
    } else {
      row.back() += c;
    }
  }
  return rows;
}

}  // namespace entente::testing
