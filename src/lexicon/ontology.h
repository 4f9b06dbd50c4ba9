// SPDX-License-Identifier: Apache-2.0
// The event ontology as tables of data/ontology: PLOVER events and modes with their scores, CAMEO codes
// and their mapping, contexts, sectors, and the composition of acts inside acts.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/text.h"

namespace entente {

struct EventType {
  std::string event, mode, quad;
  bool recipient_required = false;
  bool place_is_recipient = false;  // where it happened stands in for a recipient that is not named
  bool doer_of_act = false;   // of an act of conflict that stands as recipient, its doer is meant
  bool tells_things = false;  // a recipient that is nobody's is told all the same
  bool foreign_town =
      false;  // a town where it happened is a recipient only for actors of another state
  bool target_city = false;         // a recipient named by a city says where it happened
  bool target_country = false;      // and one named by a country
  std::optional<double> score;
  bool IsConflict() const { return quad == "material_conflict"; }
  bool IsVerbal() const { return quad.starts_with("verbal"); }
};

struct CameoType {
  std::string code, label;
  std::optional<double> goldstein;
  std::string event, mode, context;
};

// What (operator, inner event) means.
struct CompositionRow {
  std::string operation, inner, event, mode, note;
  bool keep = false;  // the inner event stays as it is
  bool keep_state = false;  // and with it what it moves in the ledger
  bool none = false;  // no event
  std::vector<std::string> recipient;
};

class Ontology {
 public:
  // Reads plover.tsv, cameo.tsv, contexts.txt, sectors.tsv, composition.tsv of the folder.
  static Result<Ontology> Load(const std::string& folder, std::vector<Problem>& problems);

  // Null if there is no such event or mode.
  const EventType* Find(std::string_view event, std::string_view mode) const;
  const CameoType* FindCameo(std::string_view code) const;
  bool HasContext(std::string_view context) const;
  bool HasSector(std::string_view sector) const;
  // People and firms of private life: what they do among themselves is no politics.
  bool IsPrivate(std::string_view sector) const;
  // The organs of a state: its government, forces, courts and services.
  static bool IsOfState(std::string_view sector);
  // Those of them that work for a market or an audience: what they do to a thing is trade.
  bool IsTrade(std::string_view sector) const;
  // The CAMEO code nearest to an event, by mode and contexts; "" if there is none.
  std::string CameoFor(std::string_view event, std::string_view mode,
                       const std::vector<std::string>& contexts) const;
  // The most specific row for the operator and the inner event; null if there is none.
  const CompositionRow* Compose(std::string_view operation, std::string_view event,
                                std::string_view mode) const;
  bool HasOperator(std::string_view operation) const;
  std::vector<std::string> EventNames() const;  // "EVENT" and "EVENT/mode"
  const std::vector<std::string>& contexts() const { return contexts_; }
  const std::vector<EventType>& events() const { return events_; }

 private:
  std::vector<EventType> events_;
  std::vector<CameoType> cameo_;
  std::vector<std::string> contexts_, sectors_, private_sectors_, trade_sectors_;
  StringMap<std::vector<std::string>> sets_;  // event -> names of the sets it is in
  std::vector<CompositionRow> composition_;
  StringMap<std::vector<int>> composition_index_;  // "operator inner"
};

}  // namespace entente
