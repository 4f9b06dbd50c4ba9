// SPDX-License-Identifier: Apache-2.0
#include "ledger/ledger.h"

#include "ledger/corrections.h"

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

Status Ledger::Split(const std::vector<std::string>& mentions) {
  const Status status = store_.database().Write([&]() -> Status {
    const auto find = store_.Prepared("SELECT e.event FROM mention_events e JOIN mentions m ON m.mention = e.mention WHERE m.id=$1");
    if (!find) return find.error();
    std::string event;
    for (const std::string& id : mentions) {
      const auto row = (*find)->Text(id).Step();
      if (!row) return row.error();
      if (!*row) return Error{ErrorCode::kNotFound, "no telling has the id `" + id + "`", ""};
      if (!event.empty() && event != (*find)->TextAt(0)) {
        return Error{ErrorCode::kBadRequest, "`" + id + "` is of another event than the others; split them one by one", ""};
      }
      event = (*find)->TextAt(0);
      (*find)->Reset();
    }
    return Corrections::AddSplit(store_, mentions);
  });
  return status ? Derive({}) : status;
}

Status Ledger::Merge(const std::vector<std::string>& events) {
  const Status status = store_.database().Write([&]() -> Status {
    const auto find = store_.Prepared(
        "SELECT m.id FROM mention_events e JOIN mentions m ON m.mention = e.mention WHERE e.event = "
        "(SELECT x.event FROM mention_events x JOIN mentions y ON y.mention = x.mention WHERE y.id = $1 LIMIT 1)");
    if (!find) return find.error();
    std::vector<std::string> ids;
    for (const std::string& event : events) {
      const size_t before = ids.size();
      (*find)->Text(event);
      if (const Status read = (*find)->EachRow([&] { ids.emplace_back((*find)->TextAt(0)); }); !read) return read;
      if (ids.size() == before) return Error{ErrorCode::kNotFound, "no event has the id `" + event + "`", ""};
    }
    return Corrections::AddMerge(store_, ids);
  });
  return status ? Derive({}) : status;
}

}  // namespace entente
