// SPDX-License-Identifier: Apache-2.0
#include "ledger/ledger.h"

#include <algorithm>

#include "base/text.h"

namespace entente {
namespace {

Status ReadData(const std::string& root, LedgerData& data, std::vector<Problem>& problems) {
  auto ontology = Ontology::Load(root + "/data/ontology", problems);
  if (!ontology) return ontology.error();
  data.ontology = std::move(*ontology);
  auto actors = Actors::Load(root + "/data/actors", "", data.ontology, problems);
  if (!actors) return actors.error();
  data.actors = std::move(*actors);
  auto machine = Machine::Load(root + "/data/ontology", data.ontology, problems);
  if (!machine) return machine.error();
  data.machine = std::move(*machine);
  if (!problems.empty()) return {};  // facts are folded by the machine: it must be sound
  auto facts = Facts::Load(root + "/data/facts", data.machine, data.actors, problems);
  if (!facts) return facts.error();
  data.facts = std::move(*facts);
  return {};
}

}  // namespace

Result<std::unique_ptr<LedgerData>> LedgerData::Load(const std::string& root) {
  auto data = std::make_unique<LedgerData>();
  std::vector<Problem> problems;
  if (const Status status = ReadData(root, *data, problems); !status) return status.error();
  if (!problems.empty()) {
    std::string all = "the data have mistakes:";
    for (const Problem& problem : problems) all += "\n" + problem.Text();
    return Error{ErrorCode::kBadData, all, ""};
  }
  return data;
}

Status LedgerData::Check(const std::string& root, const Ontology& ontology, const Actors& actors, std::vector<Problem>& problems) {
  const size_t before = problems.size();
  const auto machine = Machine::Load(root + "/data/ontology", ontology, problems);
  if (!machine) return machine.error();
  if (problems.size() > before) return {};
  const auto facts = Facts::Load(root + "/data/facts", *machine, actors, problems);
  if (!facts) return facts.error();
  return {};
}

Result<Ledger> Ledger::Open(const LedgerData& data, const std::string& address, Store::Mode mode) {
  auto store = Store::Open(address, mode);
  if (!store) return store.error();
  return Ledger(data, std::move(*store));
}

namespace {

// A row for `corrections`, and the blocks of the tellings it names made pending.
Status Correct(Store& store, const std::string& action, const std::vector<std::string>& ids) {
  std::vector<std::string> sorted = ids;
  std::sort(sorted.begin(), sorted.end());
  const std::string joined = Join(sorted, " ");
  const auto add = store.Prepared("INSERT INTO corrections(id, action, mentions) VALUES($1,$2,$3) ON CONFLICT DO NOTHING");
  if (!add) return add.error();
  Status status = (*add)->Text("c-" + std::to_string(HashKey(action + " " + joined))).Text(action).Text(joined).Run();
  if (!status) return status;
  const auto pending =
      store.Prepared("INSERT INTO pending_blocks(block) SELECT DISTINCT block FROM mentions WHERE id=$1 ON CONFLICT DO NOTHING");
  if (!pending) return pending.error();
  for (const std::string& id : sorted) {
    if (status) status = (*pending)->Text(id).Run();
  }
  return status;
}

}  // namespace

Status Ledger::Split(const std::vector<std::string>& mentions) {
  Database& db = store_.database();
  if (const Status status = db.BeginWrite(); !status) return status;
  const auto work = [&]() -> Status {
    const auto find = store_.Prepared("SELECT block FROM mentions WHERE id=$1");
    if (!find) return find.error();
    int64_t block = -1;
    for (const std::string& id : mentions) {
      const auto row = (*find)->Text(id).Step();
      if (!row) return row.error();
      if (!*row) return Error{ErrorCode::kNotFound, "no telling has the id `" + id + "`", ""};
      if (block >= 0 && block != (*find)->IntAt(0)) {
        return Error{ErrorCode::kBadRequest, "`" + id + "` is of another event than the others; split them one by one", ""};
      }
      block = (*find)->IntAt(0);
      (*find)->Reset();
    }
    return Correct(store_, "split", mentions);
  };
  const Status status = work();
  if (!status) {
    db.Rollback();
    return status;
  }
  if (const Status committed = db.Commit(); !committed) return committed;
  return Derive({});
}

Status Ledger::Merge(const std::vector<std::string>& events) {
  Database& db = store_.database();
  if (const Status status = db.BeginWrite(); !status) return status;
  const auto work = [&]() -> Status {
    const auto find = store_.Prepared(
        "SELECT m.id, m.block FROM mention_events e JOIN mentions m ON m.mention = e.mention WHERE e.event = "
        "(SELECT x.event FROM mention_events x JOIN mentions y ON y.mention = x.mention WHERE y.id = $1 LIMIT 1) ORDER BY m.known, m.id");
    const auto move = store_.Prepared("UPDATE mentions SET block=$1 WHERE id=$2");
    const auto pending = store_.Prepared("INSERT INTO pending_blocks(block) VALUES($1) ON CONFLICT DO NOTHING");
    for (const auto* query : {&find, &move, &pending}) {
      if (!*query) return query->error();
    }
    std::vector<std::string> ids;
    std::vector<std::pair<std::string, int64_t>> all;
    for (const std::string& event : events) {
      (*find)->Text(event);
      bool any = false;
      for (;;) {
        const auto row = (*find)->Step();
        if (!row) return row.error();
        if (!*row) break;
        all.emplace_back((*find)->TextAt(0), (*find)->IntAt(1));
        any = true;
      }
      if (!any) return Error{ErrorCode::kNotFound, "no event has the id `" + event + "`", ""};
    }
    // All tellings go to the block of the first event, so that it knows them.
    const int64_t block = all.front().second;
    for (const auto& [id, old] : all) {
      ids.push_back(id);
      if (old == block) continue;
      Status status = (*move)->Int(block).Text(id).Run();
      if (status) status = (*pending)->Int(old).Run();
      if (!status) return status;
    }
    return Correct(store_, "merge", ids);
  };
  const Status status = work();
  if (!status) {
    db.Rollback();
    return status;
  }
  if (const Status committed = db.Commit(); !committed) return committed;
  return Derive({});
}

}  // namespace entente
