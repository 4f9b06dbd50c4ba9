// SPDX-License-Identifier: Apache-2.0
// Moves to spells, subject by subject.
#include "ledger/fold.h"
#include "ledger/ledger.h"
#include "ledger/told.h"

namespace entente {

Status Ledger::DeriveStates(const Progress& progress) {
  const Machine& machine = data_->machine;
  Query *moves, *none, *no_pressure, *add, *press;
  const Status status =
      store_.Prepare({{&moves,
                       "SELECT v.subject, s.kind, v.state, v.since, v.no_later, v.first_day, "
                       "v.last_day, v.on_day, v.known, v.force, v.topic, e.event "
                       "FROM pending_subjects p JOIN moves v ON v.subject = p.subject JOIN "
                       "subjects s ON s.subject = p.subject "
                       "LEFT JOIN mention_events e ON e.mention = v.mention "
                       "WHERE p.subject <= $1 ORDER BY v.subject"},
                      {&none, "DELETE FROM states WHERE subject=$1"},
                      {&no_pressure, "DELETE FROM pressures WHERE subject=$1"},
                      {&add,
                       "INSERT INTO states(subject, version, kind, state, since, no_later, from_day, "
                       "to_day, on_day, lapsed, conflict, against, known_from, known_to, told, name, roles) "
                       "VALUES($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,"
                       "(SELECT u.name FROM subjects u WHERE u.subject=$1),(SELECT u.roles FROM subjects u WHERE u.subject=$1))"},
                      {&press,
                       "INSERT INTO pressures(subject, kind, force, state, last_day, on_day, known, "
                       "event, name, roles) VALUES($1,$2,$3,$4,$5,$6,$7,$8,"
                       "(SELECT u.name FROM subjects u WHERE u.subject=$1),(SELECT u.roles FROM subjects u WHERE u.subject=$1)) "
                       "ON CONFLICT DO NOTHING"}});
  if (!status) return status;
  const auto fold = [&](int64_t subject, const std::string& kind,
                        std::vector<ToldMove> list) -> Status {
    Status good;
    std::vector<FoldMove> folded;
    folded.reserve(list.size());
    for (const ToldMove& one : list) folded.push_back(one.move);
    const std::vector<Spell> spells = Fold(machine, std::move(folded));
    const std::vector<std::string> told = ToldBy(spells, std::move(list));
    for (size_t i = 0; i < spells.size() && good; i++) {
      const Spell& spell = spells[i];
      good = add->Int(subject)
                 .Int(static_cast<int64_t>(i))
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
                 .Text(told[i])
                 .Run();
    }
    return good;
  };
  return TakePending("pending_subjects", "subject", progress,
                     [&](const std::vector<int64_t>& subjects) -> Status {
                       for (const int64_t subject : subjects) {
                         if (const Status good = none->Int(subject).Run(); !good) return good;
                         if (const Status good = no_pressure->Int(subject).Run(); !good)
                           return good;
                       }
                       int64_t subject = -1;
                       std::string kind;
                       std::vector<ToldMove> list;
                       const Status read = moves->Int(subjects.back()).EachRow([&]() -> Status {
                         Status good;
                         if (moves->IntAt(0) != subject) {
                           good = fold(subject, kind, std::move(list));
                           list.clear();
                         }
                         subject = moves->IntAt(0);
                         kind = moves->TextAt(1);
                         if (good && !moves->TextAt(9).empty()) {
                           return press->Int(subject)
                               .Text(kind)
                               .Text(moves->TextAt(9))
                               .Text(moves->TextAt(2))
                               .Int(moves->IntAt(6))
                               .Int(moves->IntAt(7))
                               .Int(moves->IntAt(8))
                               .Text(moves->TextAt(11))
                               .Run();
                         }
                         ToldMove one;
                         FoldMove& move = one.move;
                         move.state = machine.FindState(kind, moves->TextAt(2));
                         if (move.state < 0) return good;  // a state that the data no longer have
                         if (const auto since = ParseIsoDate(moves->TextAt(3))) move.since = *since;
                         move.no_later = moves->IntAt(4) != 0;
                         move.lo = static_cast<int>(moves->IntAt(5));
                         move.hi = static_cast<int>(moves->IntAt(6));
                         move.on = static_cast<int>(moves->IntAt(7));
                         move.known = static_cast<int>(moves->IntAt(8));
                         one.topic = moves->TextAt(10);
                         one.event = moves->TextAt(11);
                         list.push_back(std::move(one));
                         return good;
                       });
                       return read ? fold(subject, kind, std::move(list)) : read;
                     });
}

}  // namespace entente
