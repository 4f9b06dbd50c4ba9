// SPDX-License-Identifier: Apache-2.0
#include "writer/dyads.h"

#include <fmt/format.h>

#include <cstdlib>

#include "base/hash.h"

namespace entente {
namespace {

bool Same(const Party& a, const Party& b) {
  if (a.code == nullptr || b.code == nullptr) return false;
  return *a.code == *b.code && a.Raw() == b.Raw();
}

}  // namespace

std::string_view Party::Name() const {
  if (code != nullptr && !code->name.empty()) return code->name;
  return Raw();
}

std::string_view Party::OwnName(const Codebook* codebook) const {
  const bool shared = code != nullptr && participant->actors.size() > 1 && Name() == Raw();
  if (shared && codebook != nullptr) {
    if (const Codebook::Country* country = codebook->FindCountry(code->code)) return country->name;
  }
  return shared && !code->code.empty() ? std::string_view(code->code) : Name();
}

std::vector<Party> PartiesOf(const std::vector<Participant>& participants) {
  std::vector<Party> parties;
  for (const Participant& participant : participants) {
    if (participant.actors.empty()) parties.push_back({&participant, nullptr});
    for (const ActorCode& code : participant.actors) parties.push_back({&participant, &code});
  }
  return parties;
}

std::vector<Dyad> DyadsOf(const Event& event, const EventMention& mention) {
  std::vector<Party> actors = PartiesOf(mention.actor), recipients = PartiesOf(mention.recipient);
  if (actors.empty()) actors.emplace_back();
  if (recipients.empty()) recipients.emplace_back();
  std::vector<Dyad> dyads;
  const auto add = [&](const Party& actor, const Party& recipient) {
    const std::string number = dyads.empty() ? "" : "-" + std::to_string(dyads.size() + 1);
    dyads.push_back({event.id + number, actor, recipient});
  };
  for (const Party& actor : actors) {
    for (const Party& recipient : recipients) {
      if (!Same(actor, recipient)) add(actor, recipient);
    }
  }
  if (dyads.empty()) add(actors.front(), recipients.front());
  return dyads;
}

bool IsAsserted(const EventMention& mention) {
  if ((mention.auxiliary & (kNegation | kHypothetical)) != 0) return false;
  return (mention.auxiliary & kFuture) == 0 || !mention.steps.empty();
}

std::string CameoActor(const Party& party, const Codebook* codebook) {
  const std::string code(party.Code());
  std::string role(party.Sector());
  if (codebook == nullptr) return code + role;
  if (const Codebook::Sector* sector = codebook->FindSector(role)) role = sector->cameo;
  return code.empty() || codebook->FindCountry(code) != nullptr ? code + role : role + code;
}

uint64_t NumberOf(std::string_view text, int bits) {
  const uint64_t number = std::strtoull(Sha256Hex(text).substr(0, 16).c_str(), nullptr, 16) >> (64 - bits);
  return number == 0 ? 1 : number;
}

std::string Decimal(bool has, double value) { return has ? fmt::format("{:.1f}", value) : ""; }

std::string DayText(const Date& date) { return date.precision() == Precision::kDay ? date.Text() : ""; }

std::string DayDigits(const Date& date) {
  if (date.precision() != Precision::kDay) return "";
  return fmt::format("{:04}{:02}{:02}", date.year, date.month, date.day);
}

}  // namespace entente
