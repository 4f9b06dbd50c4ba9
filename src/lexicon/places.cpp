// SPDX-License-Identifier: Apache-2.0
#include "lexicon/places.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <functional>

#include "base/text.h"
#include "lexicon/name_index.h"
#include "lexicon/records.h"

namespace entente {
namespace {

uint32_t HashOf(std::string_view key) {
  const size_t h = std::hash<std::string_view>{}(key);
  return static_cast<uint32_t>(h ^ (h >> 32));
}

template <class T>
bool Number(std::string_view text, T& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

Result<Places> Places::Load(const std::string& path, std::vector<Problem>& problems) {
  auto table = ReadTable(path, {"name", "country", "lat", "lon", "population", "capital", "names"}, problems);
  if (!table) return table.error();
  Places out;
  const auto name = static_cast<size_t>(Column(*table, "name")), country = static_cast<size_t>(Column(*table, "country")),
             lat = static_cast<size_t>(Column(*table, "lat")), lon = static_cast<size_t>(Column(*table, "lon")),
             population = static_cast<size_t>(Column(*table, "population")),
             capital = static_cast<size_t>(Column(*table, "capital")), names = static_cast<size_t>(Column(*table, "names"));
  out.text_ = std::move(table->text);
  out.cities_.reserve(table->rows.size());
  out.letters_.reserve(table->rows.size() * 16);
  out.slots_.resize(std::bit_ceil(table->rows.size() * 4 + 16));
  std::vector<std::string> words;
  for (size_t i = 0; i < table->rows.size(); i++) {
    const auto& row = table->rows[i];
    City city{row[name], row[country], 0, 0, 0, row[capital] == "yes"};
    if (!Number(row[lat], city.lat) || !Number(row[lon], city.lon) || !Number(row[population], city.population)) {
      problems.push_back({path, table->lines[i], "lat, lon and population are numbers"});
      continue;
    }
    if (city.lat < -90 || city.lat > 90 || city.lon < -180 || city.lon > 180) {
      problems.push_back({path, table->lines[i], "no such place on Earth"});
      continue;
    }
    const auto index = static_cast<uint32_t>(out.cities_.size());
    out.cities_.push_back(city);
    out.Add(city.name, index, words);
    for (const std::string_view other : SplitList(row[names])) out.Add(other, index, words);
  }
  return out;
}

void Places::Add(std::string_view name, uint32_t city, std::vector<std::string>& words) {
  NameIndex::SplitName(name, words);
  if (words.empty()) return;
  longest_ = std::max(longest_, static_cast<uint32_t>(words.size()));
  const auto begin = static_cast<uint32_t>(letters_.size());
  for (size_t i = 0; i < words.size(); i++) {
    if (i > 0) letters_ += ' ';
    letters_ += words[i];
  }
  const auto size = static_cast<uint32_t>(letters_.size()) - begin;
  const std::string_view key(letters_.data() + begin, size);
  const uint32_t hash = HashOf(key);
  size_t at = hash & (slots_.size() - 1);
  for (; slots_[at].city >= 0; at = (at + 1) & (slots_.size() - 1)) {
    const Slot& slot = slots_[at];
    if (slot.hash == hash && slot.city == static_cast<int32_t>(city) &&
        std::string_view(letters_.data() + slot.begin, slot.size) == key) {
      letters_.resize(begin);  // "Málaga | Malaga"
      return;
    }
  }
  slots_[at] = {begin, size, hash, static_cast<int32_t>(city)};
}

void Places::Find(std::string_view key, std::vector<const City*>& out) const {
  if (slots_.empty()) return;
  const uint32_t hash = HashOf(key);
  for (size_t at = hash & (slots_.size() - 1); slots_[at].city >= 0; at = (at + 1) & (slots_.size() - 1)) {
    const Slot& slot = slots_[at];
    if (slot.hash == hash && std::string_view(letters_.data() + slot.begin, slot.size) == key) {
      out.push_back(&cities_[static_cast<size_t>(slot.city)]);
    }
  }
}

const City* Places::CapitalOf(std::string_view country) const {
  const City* found = nullptr;
  for (const City& city : cities_) {
    if (!city.capital || city.country != country) continue;
    if (found != nullptr) return nullptr;
    found = &city;
  }
  return found;
}

}  // namespace entente
