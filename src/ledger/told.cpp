// SPDX-License-Identifier: Apache-2.0
#include "ledger/told.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "writer/cells.h"

namespace entente {
namespace {

constexpr size_t kMostEvents = 64, kMostBytes = 4096;
// Moves that are looked at for one spell.
constexpr int kMostLooks = 512;

bool IsWord(std::string_view id) { return !id.empty() && id.find_first_of(" \n") == std::string_view::npos; }

}  // namespace

std::vector<std::string> ToldBy(const std::vector<Spell>& spells, std::vector<ToldMove> moves) {
  std::sort(moves.begin(), moves.end(), [](const ToldMove& a, const ToldMove& b) {
    return std::tie(a.move.state, a.move.hi) < std::tie(b.move.state, b.move.hi);
  });
  std::vector<std::string> all;
  for (const Spell& spell : spells) {
    // Moves that tell of the spell end the day before it at the earliest.
    auto it = std::lower_bound(moves.begin(), moves.end(), std::pair(spell.state, spell.from - 1),
                               [](const ToldMove& a, const std::pair<int, int>& b) { return std::pair(a.move.state, a.move.hi) < b; });
    std::set<std::tuple<int, std::string_view, std::string_view>> lines;
    bool whole = true;
    for (int looks = 0; it != moves.end() && it->move.state == spell.state && whole; ++it, looks++) {
      whole = looks < kMostLooks && lines.size() <= kMostEvents;
      // What was known only when the spell was no longer believed does not count.
      if (it->move.known >= spell.known_to || !TellsOf(spell, it->move.state, it->move.lo, it->move.hi)) continue;
      whole = whole && IsWord(it->event);
      lines.emplace(it->move.known, it->event, it->topic);
    }
    std::string text;
    std::set<std::string_view> events;
    for (const auto& [known, event, topic] : lines) {
      if (!events.insert(event).second && topic.empty()) continue;
      if (!text.empty()) text += '\n';
      text += std::to_string(known) + " ";
      text += event;
      if (!topic.empty()) text += " " + OneLine(topic);
    }
    all.push_back(whole && text.size() <= kMostBytes ? std::move(text) : "");
  }
  return all;
}

}  // namespace entente
