// SPDX-License-Identifier: Apache-2.0
#include "writer/delimited_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "base/utf8.h"
#include "writer/fields.h"

namespace entente {
namespace {

constexpr const char* kColumns[] = {
    "id", "report", "sentence", "date", "event", "mode", "context", "cameo", "quad", "score", "goldstein",
    "actor_code", "actor_sector", "actor_name", "actor_text", "recipient_code", "recipient_sector",
    "recipient_name", "recipient_text", "auxiliary", "said_by", "place", "place_country", "text", "span_begin",
    "span_end", "pattern", "confidence"};

std::string Cell(std::string value, char separator) {
  if (separator == '\t') {
    for (char& c : value) {
      if (c == '\t' || c == '\n' || c == '\r') c = ' ';
    }
    return value;
  }
  if (value.find_first_of(",\"\n\r") == std::string::npos) return value;
  std::string out = "\"";
  for (const char c : value) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

std::string Joined(const std::vector<Participant>& parties, const std::function<std::string(const ActorCode&)>& field) {
  std::string out;
  bool first = true;
  for (const Participant& party : parties) {
    for (const ActorCode& code : party.actors) {
      if (!first) out += ';';
      out += field(code);
      first = false;
    }
  }
  return out;
}

std::string JoinWords(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ";") + word;
  return out;
}

std::string Number(bool has, double value) { return has ? fmt::format("{:.1f}", value) : ""; }

// Cuts to so many code points, with an ellipsis.
std::string Cut(const std::string& text, size_t width) {
  std::string out;
  size_t n = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t before = at;
    const char32_t c = DecodeUtf8(text, at);
    if (n + 1 == width && at < text.size()) return out + "…";
    if (c < 32) {
      out += ' ';
    } else {
      out += text.substr(before, at - before);
    }
    n++;
  }
  return out;
}

std::string Pad(const std::string& text, size_t width) {
  const std::string cut = Cut(text, width);
  const size_t n = CountCodePoints(cut);
  return n < width ? cut + std::string(width - n, ' ') : cut;
}

}  // namespace

std::string DelimitedWriter::Begin() const {
  std::string out;
  for (const char* column : kColumns) {
    if (!out.empty()) out += separator_;
    out += column;
  }
  return out + "\n";
}

std::string DelimitedWriter::Write(const Document& document) const {
  std::string out;
  for (const Event& event : document.events) {
    const EventMention& m = document.event_mentions[event.mentions.front()];
    EventScores::Values values;
    if (options_.scores != nullptr) values = options_.scores->Of(m);
    const auto code = [](const ActorCode& c) { return c.code; };
    const auto sector = [](const ActorCode& c) { return c.sector; };
    const auto name = [](const ActorCode& c) { return c.name; };
    const auto [begin, end] = OriginalSpan(document, m.span);
    const std::vector<std::string> cells = {
        event.id, document.id, std::to_string(m.sentence), m.date.Text(), m.event, m.mode, JoinWords(m.contexts),
        m.cameo, values.quad, Number(values.has_score, values.score), Number(values.has_goldstein, values.goldstein),
        Joined(m.actor, code), Joined(m.actor, sector), Joined(m.actor, name), PartyNames(m.actor, ";"),
        Joined(m.recipient, code), Joined(m.recipient, sector), Joined(m.recipient, name),
        PartyNames(m.recipient, ";"), JoinWords(AuxiliaryNames(m.auxiliary)), PartyNames(m.said_by, ";"), m.place,
        m.place_code, m.text, std::to_string(begin), std::to_string(end), m.pattern,
        fmt::format("{:.2f}", m.confidence)};
    for (size_t i = 0; i < cells.size(); i++) {
      if (i > 0) out += separator_;
      out += Cell(cells[i], separator_);
    }
    out += '\n';
  }
  return out;
}

std::string TableWriter::Begin() const {
  return Pad("DATE", 11) + Pad("ACTOR", 20) + Pad("EVENT", 24) + Pad("RECIPIENT", 22) + "WORDS\n";
}

std::string TableWriter::Write(const Document& document) const {
  std::string out;
  for (const Event& event : document.events) {
    const EventMention& m = document.event_mentions[event.mentions.front()];
    std::string name = EventName(m);
    const auto auxiliaries = AuxiliaryNames(m.auxiliary);
    std::string words = "“" + m.text + "”";
    if (!auxiliaries.empty()) words += " (" + JoinWords(auxiliaries) + ")";
    const size_t left = static_cast<size_t>(std::max(20, options_.width - 77));
    out += Pad(m.date.Text(), 10) + " " + Pad(PartyCodes(m.actor), 19) + " " + Pad(name, 23) + " " +
           Pad(PartyCodes(m.recipient), 21) + " " + Cut(words, left) + "\n";
  }
  return out;
}

}  // namespace entente
