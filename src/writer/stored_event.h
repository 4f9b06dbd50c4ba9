// SPDX-License-Identifier: Apache-2.0
// What is read back of an event's NDJSON record (docs/formats/events.md), and events as GeoJSON
// (RFC 7946).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace entente {

struct Point {
  double latitude = 0, longitude = 0;
};

struct StoredEvent {
  std::string place, country;  // name, else the words of the report; ISO 3166-1 alpha-3
  std::string place_how;       // empty if the place is named beside the act
  std::optional<Point> point;  // of the place, if the record has one that lies on Earth
  std::string topic;           // what a meeting or a statement is about, in the report's words
  bool composed = false;       // an act to come that is a promise, threat or refusal now
};
// What cannot be read is empty.
StoredEvent ReadStoredEvent(std::string_view record);

struct Property {
  std::string name, value;  // an empty value is null
  bool number = false;
};

std::string GeoJsonBegin();
std::string GeoJsonFeature(std::string_view id, const std::optional<Point>& point,
                           const std::vector<Property>& properties, bool first);
std::string GeoJsonEnd();

}  // namespace entente
