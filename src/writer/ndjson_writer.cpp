// SPDX-License-Identifier: Apache-2.0
// One event a line, fields as docs/formats/events.md says; fields that do not apply are absent.
#include "writer/ndjson_writer.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <cmath>

#include "base/utf8.h"
#include "writer/fields.h"

namespace entente {
namespace {

using JsonWriter = rapidjson::Writer<rapidjson::StringBuffer>;

// NUL is a code point that many readers of JSON (R, PostgreSQL) refuse: U+FFFD stands for it, one for one.
void String(JsonWriter& json, std::string_view value) {
  if (value.find('\0') == std::string_view::npos) {
    json.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
    return;
  }
  std::string clean;
  for (const char c : value) c == '\0' ? AppendUtf8(clean, kReplacement) : clean.push_back(c);
  json.String(clean.data(), static_cast<rapidjson::SizeType>(clean.size()));
}

void Strings(JsonWriter& json, const char* key, const std::vector<std::string>& values) {
  if (values.empty()) return;
  json.Key(key);
  json.StartArray();
  for (const std::string& value : values) String(json, value);
  json.EndArray();
}

// Characters that end a line for some readers (NEL, U+2028, U+2029) are escaped, bad bytes become U+FFFD; both can
// only stand inside strings.
void AppendLine(std::string& out, std::string_view json) {
  const bool ascii = std::all_of(json.begin(), json.end(), [](char c) { return static_cast<signed char>(c) >= 0; });
  if (ascii) {
    out.append(json).push_back('\n');
    return;
  }
  for (size_t at = 0; at < json.size();) {
    if (static_cast<signed char>(json[at]) >= 0) {
      out += json[at++];
      continue;
    }
    const char32_t c = DecodeUtf8(json, at);
    if (c == 0x85) {
      out += "\\u0085";
    } else if (c == 0x2028 || c == 0x2029) {
      out += c == 0x2028 ? "\\u2028" : "\\u2029";
    } else {
      AppendUtf8(out, c);
    }
  }
  out += '\n';
}

void Text(JsonWriter& json, const char* key, std::string_view value) {
  if (value.empty()) return;
  json.Key(key);
  String(json, value);
}

void SpanField(JsonWriter& json, const Document& document, Span span) {
  const auto [begin, end] = OriginalSpan(document, span);
  json.Key("span");
  json.StartArray();
  json.Uint64(begin);
  json.Uint64(end);
  json.EndArray();
}

void Parties(JsonWriter& json, const char* key, const Document& document, const std::vector<Participant>& parties) {
  if (parties.empty()) return;
  json.Key(key);
  json.StartArray();
  for (const Participant& party : parties) {
    const std::vector<ActorCode> none{ActorCode{}};
    for (const ActorCode& code : party.actors.empty() ? none : party.actors) {
      json.StartObject();
      Text(json, "code", code.code);
      Text(json, "sector", code.sector);
      Text(json, "name", code.name.empty() ? party.text : code.name);
      Text(json, "text", party.text);
      if (party.span.size() > 0) SpanField(json, document, party.span);
      if (party.count > 0) {
        json.Key("count");
        json.Int(party.count);
      }
      Text(json, "how", party.how);
      json.EndObject();
    }
  }
  json.EndArray();
}

double Round(double value, double scale) { return std::isfinite(value) ? std::round(value * scale) / scale : 0; }

void Place(JsonWriter& json, const Document& document, const EventPlace& place) {
  json.Key("place");
  json.StartObject();
  Text(json, "name", place.name);
  Text(json, "country", place.country);
  if (place.located) {
    json.Key("lat");
    json.Double(Round(place.lat, 10000));
    json.Key("lon");
    json.Double(Round(place.lon, 10000));
  }
  Text(json, "text", place.text);
  if (place.span.size() > 0) SpanField(json, document, place.span);
  Text(json, "how", place.how);
  json.EndObject();
}

}  // namespace

std::string NdjsonWriter::Write(const Document& document) const {
  std::string out;
  for (const Event& event : document.events) out += Record(document, event);
  return out;
}

std::string NdjsonWriter::Record(const Document& document, const Event& event) const {
  std::string out;
  const std::vector<std::string> notes = NoteCodes(document);
  rapidjson::StringBuffer buffer;
  JsonWriter json(buffer);
  const EventMention& m = document.event_mentions[event.mentions.front()];
  json.StartObject();
  Text(json, "id", event.id);
  Text(json, "report", document.id);
  json.Key("sentence");
  json.Uint(m.sentence);
  Text(json, "pair", m.pair);
  Text(json, "event", m.event);
  Text(json, "mode", m.mode);
  if (m.event.empty()) Text(json, "state", m.state);
  Strings(json, "context", m.contexts);
  Text(json, "cameo", m.cameo);
  if (options_.scores != nullptr) {
    const EventScores::Values values = options_.scores->Of(m);
    Text(json, "quad", values.quad);
    if (values.has_score) {
      json.Key("score");
      json.Double(values.score);
    }
    if (values.has_goldstein) {
      json.Key("goldstein");
      json.Double(values.goldstein);
    }
  }
  Parties(json, "actor", document, m.actor);
  Parties(json, "recipient", document, m.recipient);
  Text(json, "date", m.date.Text());
  Text(json, "date_precision", PrecisionName(m.date.precision()));
  Text(json, "date_how", m.date_how);
  Strings(json, "auxiliary", AuxiliaryNames(m.auxiliary));
  Parties(json, "said_by", document, m.said_by);
  if (!m.counts.empty()) {
    json.Key("counts");
    json.StartObject();
    for (size_t i = 0; i < m.counts.size(); i++) {
      const EventCount& count = m.counts[i];
      const bool same = i > 0 && m.counts[i - 1].what == count.what;  // the two ends of a range
      if (!same) {
        json.Key(count.what.data(), static_cast<rapidjson::SizeType>(count.what.size()));
        json.StartObject();
      }
      json.Key(count.qualifier.empty() ? "exactly" : count.qualifier.c_str());
      json.Int64(count.value);
      if (i + 1 == m.counts.size() || m.counts[i + 1].what != count.what) json.EndObject();
    }
    json.EndObject();
  }
  if (!m.place.empty()) Place(json, document, m.place);
  Text(json, "topic", m.topic);
  Text(json, "text", m.text);
  SpanField(json, document, m.span);
  Text(json, "how", m.how);
  Text(json, "pattern", m.pattern);
  Strings(json, "steps", m.steps);
  json.Key("confidence");
  json.Double(Round(m.confidence, 100));
  if (event.mentions.size() > 1) {
    json.Key("mentions");
    json.StartArray();
    for (size_t i = 1; i < event.mentions.size(); i++) {
      const EventMention& other = document.event_mentions[event.mentions[i]];
      json.StartObject();
      json.Key("sentence");
      json.Uint(other.sentence);
      Text(json, "text", other.text);
      SpanField(json, document, other.span);
      json.EndObject();
    }
    json.EndArray();
  }
  Strings(json, "notes", notes);
  json.EndObject();
  AppendLine(out, std::string_view(buffer.GetString(), buffer.GetSize()));
  return out;
}

}  // namespace entente
