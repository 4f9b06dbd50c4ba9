// SPDX-License-Identifier: Apache-2.0
// Acts counted by who did them to whom: a table with a row a dyad and span of time, and the same as
// a network for Gephi, igraph and networkx. docs/formats/answers.md tells columns and attributes.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/date.h"
#include "base/result.h"

namespace entente {

struct TieActor {
  std::string id;    // "VEN OPP"
  std::string code;  // "VEN"
  std::string sector, name, type;
};

// What a row of the table stands for in time.
enum class Per { kDay, kMonth, kYear, kAll };
std::optional<Per> PerFromName(std::string_view name);  // day, month, year, all

class Ties {
 public:
  explicit Ties(Per per) : per_(per) {}

  void Add(const TieActor& actor, const TieActor& recipient, const Date& date,
           std::string_view quad, std::optional<double> score);

  static constexpr std::array<std::string_view, 4> kQuads{
      "verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"};
  struct Tie {
    std::array<int64_t, 4> quads{};
    int64_t total = 0, scored = 0;
    double scores = 0;
    Date first,
        last;  // the first and the last day that an act may be of; unknown if no date is known
    std::string MeanScore() const;  // "-3.25"; "" if no act has a score
  };
  // Span ("2019-01"; "" for an act whose date is not known so well), actor, recipient.
  using Key = std::tuple<std::string, std::string, std::string>;
  const std::map<Key, Tie>& all() const { return ties_; }
  const std::map<std::string, TieActor>& actors() const { return actors_; }
  Per per() const { return per_; }

 private:
  Per per_;
  std::map<Key, Tie> ties_;
  std::map<std::string, TieActor> actors_;
};

// The table as csv, tsv, ndjson or a table for people; kBadRequest for another form.
Result<std::string> TieTable(const Ties& ties, std::string_view form);
// A directed network: nodes are actors, edges ties. `version` is of the program.
std::string Gexf(const Ties& ties, std::string_view version);
std::string GraphMl(const Ties& ties);

}  // namespace entente
