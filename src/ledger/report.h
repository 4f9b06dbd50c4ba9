// SPDX-License-Identifier: Apache-2.0
// What the store keeps of a report that was read: who published what and when, its events as told, and the moves
// of the ledger's states that they tell. Made from a Document and the data alone, so that it is the same on
// every machine and in whatever order reports come.
#pragma once

#include <climits>
#include <optional>
#include <string>
#include <vector>

#include "document/document.h"
#include "ledger/machine.h"
#include "lexicon/actors.h"
#include "writer/ndjson_writer.h"

namespace entente {

// Days since 1970-01-01 that stand for open ends.
constexpr int kNever = INT_MAX / 2;
constexpr int kAlways = -kNever;

// What a state is about: PRY and VEN for relations, COL and UNASUR for membership.
struct Subject {
  int64_t id = 0;     // hash of kind and key
  int kind = 0;
  std::string key;    // the roles' values, in a fixed order
  std::string roles;  // members of a JSON object: "between":["PRY","VEN"]
  std::vector<std::string> codes;  // all that a question can name it by
};

// A claim that a subject came into a state, or (with a force) that somebody wants, fears or denies it.
struct Move {
  Subject subject;
  int state = 0;
  std::string force;      // "" asserted; promise, demand, threat, refusal, expectation, denial, claim
  Date since;             // as told
  bool no_later = false;  // only the report's date is known: then or before
  int lo = kAlways, hi = kNever;  // days between which it came about
  int on = kNever;                // of states that look ahead: the day that it is about
  std::string topic;              // what it is about, in the report's words
};

struct ReportedEvent {
  std::string id;          // of the event in the report: "e-6f1c..."
  std::string event, mode, cameo, quad;
  std::optional<double> score;
  std::string actor, recipient;  // "COL GOV;VEN GOV": codes with sectors, sorted, joined
  std::string actor_parties, recipient_parties;  // as identity compares them: sectors of a state left out
  std::string date, precision, date_how;
  int lo = kAlways, hi = kNever;  // days between which it happened
  bool exact = false;             // the day is told
  uint8_t auxiliary = 0;
  bool recipient_required = false;
  std::string operation;  // of the outermost composition, ""
  std::string place;
  std::string text, sentence;
  std::string record;     // the NDJSON record
  std::vector<Move> moves;
};

struct Report {
  std::string id;    // "r-" and 24 hexadecimal digits: hash of title, date, source, language and text
  std::string name;  // the document's own id
  std::string path, title, source, url, language;
  std::string date;  // "" if not known
  int known = kNever;  // first day on which it was known
  int64_t words = 0;
  std::vector<ReportedEvent> events;
};

// What is known of a report before it is coded.
Report HeadOf(const Document& document);

// Identity of a report by its content; needs only what the reader fills.
std::string ReportId(const Document& document);
int64_t HashKey(std::string_view text);  // 63 bits, never negative
std::string_view KeyText(std::string_view text);  // as much of a text as every database takes into an index
std::string DayText(int day);            // "2019-01-11"; "" for open ends

// `actors` and `machine` must outlive the builder. Safe to call from many threads.
class ReportBuilder {
 public:
  ReportBuilder(const Machine& machine, const Actors& actors, const Ontology& ontology, const EventScores& scores);
  Report Build(const Document& document) const;
  // The moves that an event mention tells; `known` is the report's date in days.
  std::vector<Move> MovesOf(const Document& document, const EventMention& mention) const;
  // The subjects of a state for parties given by hand, as facts do.
  const Machine& machine() const { return machine_; }

 private:
  std::string PartyValue(const ActorCode& code) const;
  bool Fits(const ActorCode& code, const KindRole& role) const;
  void Subjects(const StateSpec& state, int state_index, const Document& document, const EventMention& mention,
                const std::vector<Participant>& actor, const std::vector<Participant>& recipient,
                std::vector<Subject>& out) const;

  const Machine& machine_;
  const Actors& actors_;
  const Ontology& ontology_;
  const EventScores& scores_;
  NdjsonWriter writer_;
};

// Values of a subject's roles, in the kind's order; those of `pair` and `set` are sorted.
using RoleValues = std::vector<std::vector<std::string>>;
// `extra` tells subjects apart that have the same roles ("" mostly).
Subject MakeSubject(const Machine& machine, int kind, const RoleValues& values, std::string_view extra);

}  // namespace entente
