// SPDX-License-Identifier: Apache-2.0
// Cities with their countries and coordinates (data/places/cities.tsv), found by any of their names. Read at every
// start: one text, one flat table of rows and one of names, nothing allocated a city.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace entente {

struct City {
  std::string_view name, country;
  float lat = 0, lon = 0;
  uint32_t population = 0;
  bool capital = false;
};

class Places {
 public:
  static Result<Places> Load(const std::string& path, std::vector<Problem>& problems);
  // The words of the longest name.
  uint32_t longest_name() const { return longest_; }
  // All cities of that name: its words as NameIndex::SplitName gives them, joined by spaces. Appends to `out`.
  void Find(std::string_view key, std::vector<const City*>& out) const;
  // The one capital of a country; null if it has several or none is known.
  const City* CapitalOf(std::string_view country) const;

 private:
  struct Slot {
    uint32_t begin = 0, size = 0;  // of the name in letters_
    uint32_t hash = 0;
    int32_t city = -1;
  };
  void Add(std::string_view name, uint32_t city, std::vector<std::string>& words);

  std::unique_ptr<std::string> text_;  // of the table
  std::string letters_;
  std::vector<City> cities_;
  std::vector<Slot> slots_;  // open addressing, a power of two
  uint32_t longest_ = 0;
};

}  // namespace entente
