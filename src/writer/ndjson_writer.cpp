// SPDX-License-Identifier: Apache-2.0
// One event a line, fields as docs/formats/events.md says; fields that do not apply are absent.
#include "writer/ndjson_writer.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cmath>

#include "writer/fields.h"

namespace entente {
namespace {

using JsonWriter = rapidjson::Writer<rapidjson::StringBuffer>;

void Text(JsonWriter& json, const char* key, std::string_view value) {
  if (value.empty()) return;
  json.Key(key);
  json.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
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

std::string_view PrecisionName(Precision precision) {
  switch (precision) {
    case Precision::kYear: return "year";
    case Precision::kMonth: return "month";
    case Precision::kDay: return "day";
    case Precision::kNone: break;
  }
  return "";
}

double Round(double value, double scale) { return std::round(value * scale) / scale; }

}  // namespace

std::string NdjsonWriter::Write(const Document& document) const {
  std::string out;
  rapidjson::StringBuffer buffer;
  for (const Event& event : document.events) {
    buffer.Clear();
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
    if (!m.contexts.empty()) {
      json.Key("context");
      json.StartArray();
      for (const std::string& context : m.contexts) json.String(context.c_str());
      json.EndArray();
    }
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
    const auto auxiliaries = AuxiliaryNames(m.auxiliary);
    if (!auxiliaries.empty()) {
      json.Key("auxiliary");
      json.StartArray();
      for (const std::string& name : auxiliaries) json.String(name.c_str());
      json.EndArray();
    }
    Parties(json, "said_by", document, m.said_by);
    if (!m.counts.empty()) {
      json.Key("counts");
      json.StartObject();
      for (const EventCount& count : m.counts) {
        json.Key(count.what.c_str());
        json.StartObject();
        json.Key(count.qualifier.empty() ? "exactly" : count.qualifier.c_str());
        json.Int64(count.value);
        json.EndObject();
      }
      json.EndObject();
    }
    if (!m.place.empty()) {
      json.Key("place");
      json.StartObject();
      Text(json, "text", m.place);
      Text(json, "country", m.place_code);
      json.EndObject();
    }
    Text(json, "text", m.text);
    SpanField(json, document, m.span);
    Text(json, "how", m.how);
    Text(json, "pattern", m.pattern);
    if (!m.steps.empty()) {
      json.Key("steps");
      json.StartArray();
      for (const std::string& step : m.steps) json.String(step.data(), static_cast<rapidjson::SizeType>(step.size()));
      json.EndArray();
    }
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
    json.EndObject();
    out.append(buffer.GetString(), buffer.GetSize());
    out += '\n';
  }
  return out;
}

}  // namespace entente
