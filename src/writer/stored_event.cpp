// SPDX-License-Identifier: Apache-2.0
#include "writer/stored_event.h"

#include <fmt/format.h>
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cmath>

#include "writer/cells.h"

namespace entente {
namespace {

using Json = rapidjson::Writer<rapidjson::StringBuffer>;

void Text(Json& json, std::string_view text) {
  const std::string line = OneLine(text);
  json.String(line.data(), static_cast<rapidjson::SizeType>(line.size()));
}

std::string TextOf(const rapidjson::Value& object, const char* name) {
  const auto it = object.FindMember(name);
  return it != object.MemberEnd() && it->value.IsString()
             ? std::string(it->value.GetString(), it->value.GetStringLength())
             : "";
}

// Six decimals are a decimetre; more would only pretend.
std::string Degrees(double value) {
  std::string out = fmt::format("{:.6f}", value);
  out.erase(out.find_last_not_of('0') + 1);
  if (out.back() == '.') out.pop_back();
  return out == "-0" ? "0" : out;
}

}  // namespace

StoredEvent ReadStoredEvent(std::string_view record) {
  StoredEvent event;
  rapidjson::Document json;
  json.Parse<rapidjson::kParseIterativeFlag>(record.data(), record.size());
  if (json.HasParseError() || !json.IsObject()) return event;
  const auto steps = json.FindMember("steps");
  event.composed = steps != json.MemberEnd() && steps->value.IsArray() && !steps->value.Empty();
  event.topic = TextOf(json, "topic");
  const auto place = json.FindMember("place");
  if (place == json.MemberEnd() || !place->value.IsObject()) return event;
  event.place = TextOf(place->value, "name");
  if (event.place.empty()) event.place = TextOf(place->value, "text");
  event.country = TextOf(place->value, "country");
  event.place_how = TextOf(place->value, "how");
  const auto latitude = place->value.FindMember("lat"), longitude = place->value.FindMember("lon");
  if (latitude == place->value.MemberEnd() || longitude == place->value.MemberEnd()) return event;
  if (!latitude->value.IsNumber() || !longitude->value.IsNumber()) return event;
  const Point point{latitude->value.GetDouble(), longitude->value.GetDouble()};
  if (std::abs(point.latitude) <= 90 && std::abs(point.longitude) <= 180) event.point = point;
  return event;
}

std::string GeoJsonBegin() { return "{\"type\":\"FeatureCollection\",\"features\":["; }

std::string GeoJsonFeature(std::string_view id, const std::optional<Point>& point,
                           const std::vector<Property>& properties, bool first) {
  rapidjson::StringBuffer buffer;
  Json json(buffer);
  json.StartObject();
  json.Key("type");
  json.String("Feature");
  json.Key("id");
  Text(json, id);
  json.Key("geometry");
  if (point) {
    const std::string geometry = "{\"type\":\"Point\",\"coordinates\":[" +
                                 Degrees(point->longitude) + "," + Degrees(point->latitude) + "]}";
    json.RawValue(geometry.data(), geometry.size(), rapidjson::kObjectType);
  } else {
    json.Null();
  }
  json.Key("properties");
  json.StartObject();
  for (const Property& property : properties) {
    json.Key(property.name.c_str());
    if (property.value.empty()) {
      json.Null();
    } else if (property.number) {
      json.RawValue(property.value.data(), property.value.size(), rapidjson::kNumberType);
    } else {
      Text(json, property.value);
    }
  }
  json.EndObject();
  json.EndObject();
  return (first ? "\n" : ",\n") + std::string(buffer.GetString(), buffer.GetSize());
}

std::string GeoJsonEnd() { return "\n]}\n"; }

}  // namespace entente
