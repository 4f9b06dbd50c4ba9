// SPDX-License-Identifier: Apache-2.0
// Events as pairs of one actor and one recipient: what the layouts of POLECAT, ICEWS, PETRARCH2 and GDELT want. An
// event of two actors and three recipients is six rows; "China and India met" is two, China to India and back.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "writer/writer.h"

namespace entente {

// One code of one participant. Both are null for a side that the report leaves open; `code` alone is null for a
// participant who is not known to the lexicon.
struct Party {
  const Participant* participant = nullptr;
  const ActorCode* code = nullptr;

  std::string_view Code() const { return code == nullptr ? std::string_view() : code->code; }
  std::string_view Sector() const { return code == nullptr ? std::string_view() : code->sector; }
  // The display name, else the words of the report.
  std::string_view Name() const;
  // As Name, but one of several behind one phrase ("the presidents of China and India") has its country's name, so
  // that the two sides of a row differ.
  std::string_view OwnName(const Codebook* codebook) const;
  // The words of the report; empty for a participant that it does not name.
  std::string_view Raw() const { return participant == nullptr ? std::string_view() : participant->text; }
};

struct Dyad {
  std::string id;  // of the event; from the second pair on with its number: "e-6f1c...-2"
  Party actor, recipient;
};

// Participants by their codes, in order.
std::vector<Party> PartiesOf(const std::vector<Participant>& participants);
// Never empty. A party is not paired with itself unless there is no other pair.
std::vector<Dyad> DyadsOf(const Event& event, const EventMention& mention);

// True for acts that the report says took place (or take place again and again). An act to come was composed to the
// promise, threat or refusal that it is now (its steps say so) and counts as that; one that nobody promised ("talks
// will be held") does not. Layouts without a column for "did not", "may" and "will" hold asserted acts only, so that
// no reader takes a denied act for an act.
bool IsAsserted(const EventMention& mention);

// Code as CAMEO composes it: country and role, "VENGOV"; an organisation's role comes first, "IGOUNASUR".
std::string CameoActor(const Party& party, const Codebook* codebook);
// A positive whole number of so many bits, made of the text by SHA-256: for columns that hold numbers.
uint64_t NumberOf(std::string_view text, int bits);
// "-6.0"; empty if there is no value.
std::string Decimal(bool has, double value);
// Empty unless the date is known to the day.
std::string DayText(const Date& date);     // 2019-01-10
std::string DayDigits(const Date& date);   // 20190110

}  // namespace entente
