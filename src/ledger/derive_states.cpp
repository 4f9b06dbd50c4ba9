// SPDX-License-Identifier: Apache-2.0
// Moves to spells, subject by subject.
#include "ledger/fold.h"
#include "ledger/ledger.h"

namespace entente {

Status Ledger::DeriveStates(const Progress& progress) {
  const Machine& machine = data_->machine;
  Query *moves, *none, *add;
  const Status status =
      store_.Prepare({{&moves,
                       "SELECT v.subject, s.kind, v.state, v.since, v.no_later, v.first_day, "
                       "v.last_day, v.on_day, v.known "
                       "FROM pending_subjects p JOIN moves v ON v.subject = p.subject JOIN "
                       "subjects s ON s.subject = p.subject "
                       "WHERE p.subject <= $1 AND v.force = '' ORDER BY v.subject"},
                      {&none, "DELETE FROM states WHERE subject=$1"},
                      {&add,
                       "INSERT INTO states(subject, kind, state, since, no_later, from_day, "
                       "to_day, on_day, lapsed, conflict, against, known_from, known_to) "
                       "VALUES($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)"}});
  if (!status) return status;
  const auto fold = [&](int64_t subject, const std::string& kind,
                        std::vector<FoldMove> list) -> Status {
    Status good;
    for (const Spell& spell : Fold(machine, std::move(list))) {
      if (!good) break;
      good = add->Int(subject)
                 .Text(kind)
                 .Text(machine.states()[spell.state].name)
                 .Text(spell.since.Text())
                 .Int(spell.no_later)
                 .Int(spell.from)
                 .Int(spell.to)
                 .Int(spell.on)
                 .Int(spell.lapsed)
                 .Int(spell.conflict)
                 .Text(spell.against < 0 ? "" : machine.states()[spell.against].name)
                 .Int(spell.known_from)
                 .Int(spell.known_to)
                 .Run();
    }
    return good;
  };
  return TakePending("pending_subjects", "subject", progress,
                     [&](const std::vector<int64_t>& subjects) -> Status {
                       for (const int64_t subject : subjects) {
                         if (const Status good = none->Int(subject).Run(); !good) return good;
                       }
                       int64_t subject = -1;
                       std::string kind;
                       std::vector<FoldMove> list;
                       const Status read = moves->Int(subjects.back()).EachRow([&]() -> Status {
                         Status good;
                         if (moves->IntAt(0) != subject) {
                           good = fold(subject, kind, std::move(list));
                           list.clear();
                         }
                         subject = moves->IntAt(0);
                         kind = moves->TextAt(1);
                         FoldMove move;
                         move.state = machine.FindState(kind, moves->TextAt(2));
                         if (move.state < 0) return good;  // a state that the data no longer have
                         if (const auto since = ParseIsoDate(moves->TextAt(3))) move.since = *since;
                         move.no_later = moves->IntAt(4) != 0;
                         move.lo = static_cast<int>(moves->IntAt(5));
                         move.hi = static_cast<int>(moves->IntAt(6));
                         move.on = static_cast<int>(moves->IntAt(7));
                         move.known = static_cast<int>(moves->IntAt(8));
                         list.push_back(move);
                         return good;
                       });
                       return read ? fold(subject, kind, std::move(list)) : read;
                     });
}

}  // namespace entente
