// SPDX-License-Identifier: Apache-2.0
// What several formats share: joined codes, names of auxiliaries, offsets in the original.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "document/document.h"

namespace entente {

// "VEN GOV", "VEN", "GOV" or "".
std::string CodeText(const ActorCode& code);
// Codes of all participants: "VEN GOV + COL GOV"; a participant without code gives its text.
std::string PartyCodes(const std::vector<Participant>& parties);
std::string PartyNames(const std::vector<Participant>& parties, std::string_view separator);
std::vector<std::string> AuxiliaryNames(uint8_t auxiliary);
// Code points of the original, end exclusive.
std::pair<uint64_t, uint64_t> OriginalSpan(const Document& document, Span span);
std::string EventName(const EventMention& event);
// "day", "month", "year" or "".
std::string_view PrecisionName(Precision precision);
// "dead:at_least:400;injured:exactly:3"
std::string CountsText(const std::vector<EventCount>& counts);
// "46.2022", or "" where the place has no coordinates.
std::string Degrees(const EventPlace& place, double degrees);
// Codes of the document's notes, each once, in order.
std::vector<std::string> NoteCodes(const Document& document);

}  // namespace entente
