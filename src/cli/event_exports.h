// SPDX-License-Identifier: Apache-2.0
// Events of a store in other people's forms: points on a map, counts of dyads, networks.
#pragma once

#include <map>
#include <string>

#include "base/result.h"
#include "ledger/ledger.h"
#include "writer/stored_event.h"
#include "writer/ties.h"

namespace entente {

// Where the capitals of countries are: for events of which only the country is known.
class Capitals {
 public:
  // `root` holds data/.
  static Result<Capitals> Load(const std::string& root);
  // Null if the country has none in the data.
  const Point* Find(const std::string& country) const;

 private:
  std::map<std::string, Point> points_;
};

// The event as a feature of GeoJSON.
std::string EventFeature(const EventRow& row, const Capitals& capitals, bool first);

// Counts acts by who did them to whom.
class TieCounter {
 public:
  // With `sectors` the government and the opposition of a state are two actors, else they are one.
  TieCounter(const LedgerData& data, Per per, bool sectors)
      : data_(data), sectors_(sectors), ties_(per) {}
  void Add(const EventRow& row);
  const Ties& ties() const { return ties_; }
  // "3 of 40 events are not counted: ..."; empty if all are.
  std::string LeftOut() const;

 private:
  std::vector<TieActor> ActorsOf(const std::string& parties) const;

  const LedgerData& data_;
  bool sectors_;
  Ties ties_;
  int64_t events_ = 0, not_asserted_ = 0, one_sided_ = 0;
};

}  // namespace entente
