// SPDX-License-Identifier: Apache-2.0
// What a spell is told by, as it stands beside it in the store: lines of `DAY EVENT` or `DAY EVENT TOPIC`, the day on
// which it was known. Left empty where there is too much of it: then the moves are asked. So what a spell takes is
// bounded, whatever the number of its tellings and of its versions.
#pragma once

#include <charconv>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/fold.h"

namespace entente {

// A move with the event that its telling is of ("" if that is not derived yet).
struct ToldMove {
  FoldMove move;
  std::string event, topic;
};

// For each spell of Fold the text of what it is told by.
std::vector<std::string> ToldBy(const std::vector<Spell>& spells, std::vector<ToldMove> moves);

// Calls `use(known, event, topic)` for each line.
template <class Use>
void EachTold(std::string_view told, Use use) {
  while (!told.empty()) {
    const size_t end = told.find('\n');
    std::string_view line = told.substr(0, end);
    told.remove_prefix(end == std::string_view::npos ? told.size() : end + 1);
    int known = 0;
    const size_t day = line.find(' ');
    if (day == std::string_view::npos) continue;
    std::from_chars(line.data(), line.data() + day, known);
    line.remove_prefix(day + 1);
    const size_t event = line.find(' ');
    use(known, line.substr(0, event), event == std::string_view::npos ? std::string_view() : line.substr(event + 1));
  }
}

}  // namespace entente
