// SPDX-License-Identifier: Apache-2.0
#include "writer/fields.h"

#include <fmt/format.h>

#include <algorithm>

namespace entente {

std::string CodeText(const ActorCode& code) {
  if (code.code.empty()) return code.sector;
  return code.sector.empty() ? code.code : code.code + " " + code.sector;
}

std::string PartyCodes(const std::vector<Participant>& parties) {
  std::vector<std::string> all;
  for (const Participant& party : parties) {
    std::string text;
    for (const ActorCode& code : party.actors) {
      text = CodeText(code);
      if (!text.empty() && std::find(all.begin(), all.end(), text) == all.end()) all.push_back(text);
    }
    if (text.empty() && !party.text.empty()) all.push_back("\"" + party.text + "\"");
  }
  std::string out;
  for (const std::string& one : all) out += (out.empty() ? "" : " + ") + one;
  return out;
}

std::string PartyNames(const std::vector<Participant>& parties, std::string_view separator) {
  std::string out;
  for (const Participant& party : parties) {
    std::string name = party.text;
    if (name.empty() && !party.actors.empty()) name = party.actors.front().name;
    if (!out.empty()) out += separator;
    out += name;
  }
  return out;
}

std::vector<std::string> AuxiliaryNames(uint8_t auxiliary) {
  std::vector<std::string> names;
  if (auxiliary & kFuture) names.emplace_back("future");
  if (auxiliary & kHistorical) names.emplace_back("historical");
  if (auxiliary & kHypothetical) names.emplace_back("hypothetical");
  if (auxiliary & kNegation) names.emplace_back("negation");
  if (auxiliary & kHabitual) names.emplace_back("habitual");
  return names;
}

std::pair<uint64_t, uint64_t> OriginalSpan(const Document& document, Span span) {
  if (span.size() == 0) {
    const uint64_t at = document.OriginalOffset(span.begin);
    return {at, at};
  }
  // The end is one past the last code point of the span, so that a gap after it does not count.
  uint32_t last = span.end - 1;
  while (last > span.begin && (static_cast<unsigned char>(document.text[last]) & 0xC0) == 0x80) last--;
  return {document.OriginalOffset(span.begin), document.OriginalOffset(last) + 1};
}

std::string EventName(const EventMention& event) {
  return event.mode.empty() ? event.event : event.event + "/" + event.mode;
}

std::string_view PrecisionName(Precision precision) {
  switch (precision) {
    case Precision::kYear: return "year";
    case Precision::kMonth: return "month";
    case Precision::kDay: return "day";
    case Precision::kNone: break;
  }
  return "";
}

std::string CountsText(const std::vector<EventCount>& counts) {
  std::string out;
  for (const EventCount& count : counts) {
    out += (out.empty() ? "" : ";") + count.what + ":" + (count.qualifier.empty() ? "exactly" : count.qualifier) + ":" +
           std::to_string(count.value);
  }
  return out;
}

std::string Degrees(const EventPlace& place, double degrees) {
  return place.located ? fmt::format("{:.4f}", degrees) : "";
}

std::vector<std::string> NoteCodes(const Document& document) {
  std::vector<std::string> codes;
  for (const Note& note : document.notes) {
    if (std::find(codes.begin(), codes.end(), note.code) == codes.end()) codes.push_back(note.code);
  }
  return codes;
}

}  // namespace entente
