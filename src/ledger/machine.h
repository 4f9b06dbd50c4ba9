// SPDX-License-Identifier: Apache-2.0
// The state machines of the ledger as data: kinds with their roles, states with what may follow what, which
// events move which state, and how two tellings of one act are known (data/ontology/kinds.rec, states.rec,
// moves.rec, identity.rec; docs/formats/ledger.md). Immutable after loading.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "lexicon/ontology.h"

namespace entente {

enum class RoleShape : uint8_t { kOne, kSet, kPair };
enum class RoleType : uint8_t { kAny, kState, kOrganisation, kPerson, kHome, kOffice };

struct KindRole {
  std::string name;
  RoleShape shape = RoleShape::kOne;
  RoleType type = RoleType::kAny;
  bool actor = false, recipient = false;  // whose parties are asked
  bool recipient_first = false;
  bool all = false;       // both, not the first that has one
  bool optional = false;  // may be missing
};

struct KindSpec {
  std::string name;
  std::vector<KindRole> roles;
  bool by_parties = false;  // `key: parties`
  std::vector<std::string> offices;  // that are kept
  int begin = -1;           // state of dated members and roles
  std::vector<int> end;     // states after them, the plain one first
};

struct StateSpec {
  int kind = 0;  // index into kinds()
  std::string name;
  bool from_any = false;
  std::vector<int> from, beside, agrees;  // indices into states()
  bool past = false, ahead = false, repeats = false;
  int lapses = 0;   // days; 0 never
  int future = -1;  // the state that it is when told of the future
  std::vector<KindRole> roles;  // the kind's, with this state's own
};

struct MoveRule {
  std::string event, mode, context;
  std::vector<std::string> operators;
  std::string inner_event, inner_mode;
  bool to_organisation = false;
  int state = -1;        // -1 if to_inner
  bool to_inner = false;  // the state that the act inside would move
  std::string force;     // "" for a move
};

class Machine {
 public:
  // `folder` is data/ontology. Mistakes go to `problems`; then the machine is not to be used.
  static Result<Machine> Load(const std::string& folder, const Ontology& ontology, std::vector<Problem>& problems);

  const std::vector<KindSpec>& kinds() const { return kinds_; }
  const std::vector<StateSpec>& states() const { return states_; }
  const std::vector<MoveRule>& rules() const { return rules_; }
  int FindKind(std::string_view kind) const;                          // -1 if there is none
  int FindState(std::string_view kind, std::string_view name) const;  // -1 if there is none
  int FindState(std::string_view kind_and_name) const;                // "relations=severed"
  // True if the move is one that the machine allows.
  bool Allows(int from, int to) const;
  bool Beside(int a, int b) const;   // both hold at once
  bool Agrees(int a, int b) const;   // one says what the other says, perhaps in less detail

  bool IsStateSector(std::string_view sector) const;
  bool IsWitness(std::string_view sector) const;
  bool IsSymmetric(std::string_view event) const;
  bool IsDaily(std::string_view event) const;
  // Changes when any of the four files does.
  const std::string& fingerprint() const { return fingerprint_; }

 private:
  std::vector<KindSpec> kinds_;
  std::vector<StateSpec> states_;
  std::vector<MoveRule> rules_;
  std::vector<std::string> state_sectors_, witness_, symmetric_, daily_;
  std::string fingerprint_;
};

}  // namespace entente
