// SPDX-License-Identifier: Apache-2.0
#include "ledger/rows.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "base/utf8.h"
#include "ledger/json.h"
#include "writer/fields.h"
#include "writer/stored_event.h"

namespace entente {
namespace {

void Pad(std::string& out, std::string_view text, size_t width) {
  out += text;
  for (size_t n = CountCodePoints(text); n < width; n++) out += ' ';
  out += "  ";
}

template <class Text>
void JsonList(std::string& out, const char* name, const std::vector<Text>& list) {
  out += fmt::format(",\"{}\":[", name);
  for (size_t i = 0; i < list.size(); i++) {
    if (i > 0) out += ',';
    AppendJson(out, list[i]);
  }
  out += ']';
}

void JsonField(std::string& out, const char* name, std::string_view value) {
  if (value.empty()) return;
  out += fmt::format(",\"{}\":", name);
  AppendJson(out, value);
}

void JsonWhy(std::string& out, const std::vector<Evidence>& why) {
  if (why.empty()) return;
  out += ",\"why\":[";
  for (size_t i = 0; i < why.size(); i++) {
    const Evidence& e = why[i];
    std::string one;
    JsonField(one, "says", e.says);
    JsonField(one, "event", e.event);
    JsonField(one, "mention", e.mention == e.event ? "" : e.mention);
    JsonField(one, "report", e.report);
    JsonField(one, "title", e.title);
    JsonField(one, "source", e.source);
    JsonField(one, "date", e.date);
    JsonField(one, "text", e.text);
    JsonField(one, "sentence", e.sentence);
    out += i > 0 ? ",{" : "{";
    out += one.substr(1) + "}";
  }
  out += ']';
}

void TableWhy(std::string& out, const std::vector<Evidence>& why) {
  for (const Evidence& e : why) {
    out += fmt::format("    {} {}{}: \"{}\"\n", e.event, e.date.empty() ? "undated" : e.date,
                       e.source.empty() ? (e.report.empty() ? "" : ", " + e.report) : ", " + e.source, e.sentence);
    if (!e.says.empty() && e.says.find(':') != std::string::npos) out += "        (" + e.says + ")\n";
  }
}

using Old = std::vector<std::pair<std::string, std::string>>;

// "date: 2019-01-10 | mode:"
std::string OldText(const Old& was) {
  std::string out;
  for (const auto& [name, value] : was) out += (out.empty() ? "" : " | ") + name + ":" + (value.empty() ? "" : " " + value);
  return out;
}

void JsonOld(std::string& out, const Old& was) {
  if (was.empty()) return;
  out += ",\"was\":{";
  for (size_t i = 0; i < was.size(); i++) {
    if (i > 0) out += ',';
    AppendJson(out, was[i].first);
    out += ':';
    if (was[i].second.empty()) {
      out += "null";
    } else {
      AppendJson(out, was[i].second);
    }
  }
  out += '}';
}

std::string OrUnknown(std::string_view text, const char* unknown) { return std::string(text.empty() ? unknown : text); }

// "threat:withdrawn:2019-03-02", with the day that it is for as a fourth part.
std::string PressureText(const std::vector<Pressure>& pressure) {
  std::string out;
  for (const Pressure& p : pressure) {
    out += (out.empty() ? "" : ";") + p.force + ":" + p.state + ":" + p.date + (p.on.empty() ? "" : ":" + p.on);
  }
  return out;
}

std::string SinceText(const StateRow& row) {
  if (row.since.empty()) return "?";
  return row.since_precision == "no later than" ? "<=" + row.since : row.since;
}

std::string Line(const std::vector<std::string>& cells, RowForm form) {
  std::string out;
  for (size_t i = 0; i < cells.size(); i++) {
    if (i > 0) out += form == RowForm::kCsv ? ',' : '\t';
    out += Field(cells[i], form);
  }
  return out + "\n";
}

}  // namespace

Result<RowForm> RowFormFromName(std::string_view name) {
  if (name == "ndjson") return RowForm::kNdjson;
  if (name == "csv") return RowForm::kCsv;
  if (name == "tsv") return RowForm::kTsv;
  if (name == "table") return RowForm::kTable;
  return Error{ErrorCode::kBadRequest, "unknown form `" + std::string(name) + "`; one of ndjson, csv, tsv, table", "--to"};
}

std::string Field(std::string_view text, RowForm form) {
  std::string out(text);
  if (form == RowForm::kTsv) {
    std::replace_if(out.begin(), out.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
    return out;
  }
  if (out.find_first_of(",\"\n\r") == std::string::npos) return out;
  std::string quoted = "\"";
  for (const char c : out) {
    quoted += c;
    if (c == '"') quoted += '"';
  }
  return quoted + "\"";
}

std::string StateHeader(RowForm form, bool change, bool was) {
  if (form == RowForm::kNdjson) return "";
  if (form == RowForm::kTable) {
    std::string out;
    if (change) Pad(out, "CHANGE", was ? 9 : 6);
    Pad(out, "SINCE", 12);
    Pad(out, "UNTIL", 10);
    Pad(out, "KIND", 11);
    Pad(out, "WHO", 40);
    Pad(out, "STATE", 24);
    return out + "FROM\n";
  }
  std::vector<std::string> names{"kind", "subject", "state", "since", "since_precision", "until", "known_since", "origin", "events", "facts", "conflict", "against", "on", "lapses", "pressure", "topic"};
  if (change) names.insert(names.begin(), "change");
  if (was) names.insert(names.begin() + 1, "was");
  return Line(names, form);
}

std::string StateText(const StateRow& row, const std::vector<Evidence>& why, RowForm form, bool change, bool was) {
  std::string out;
  if (form == RowForm::kNdjson) {
    out = "{";
    if (change) {
      out += "\"change\":";
      AppendJson(out, row.change);
      JsonOld(out, row.was);
      out += ",";
    }
    out += "\"kind\":";
    AppendJson(out, row.kind);
    if (!row.roles.empty()) out += "," + row.roles;
    const auto nullable = [&](const char* name, std::string_view value) {
      out += fmt::format(",\"{}\":", name);
      if (value.empty()) {
        out += "null";
      } else {
        AppendJson(out, value);
      }
    };
    nullable("state", row.state);
    JsonField(out, "topic", row.topic);
    nullable("since", row.since);
    if (!row.since.empty()) JsonField(out, "since_precision", row.since_precision);
    nullable("until", row.until);
    JsonField(out, "lapses", row.lapses);
    JsonField(out, "on", row.on);
    nullable("known_since", row.known_since);
    out += row.from_facts ? ",\"origin\":\"facts\"" : ",\"origin\":\"reports\"";
    JsonList(out, "events", row.events);
    if (!row.facts.empty()) {
      JsonList(out, "facts", row.facts);
      JsonList(out, "fact_sources", row.sources);
    }
    out += row.conflict ? ",\"conflict\":true" : ",\"conflict\":false";
    JsonField(out, "against", row.against);
    if (!row.pressure.empty()) {
      out += ",\"pressure\":[";
      for (size_t i = 0; i < row.pressure.size(); i++) {
        const Pressure& p = row.pressure[i];
        std::string one;
        JsonField(one, "force", p.force);
        JsonField(one, "state", p.state);
        JsonField(one, "date", p.date);
        JsonField(one, "on", p.on);
        JsonList(one, "events", p.events);
        out += (i > 0 ? ",{" : "{") + one.substr(1) + "}";
      }
      out += ']';
    }
    JsonWhy(out, why);
    return out + "}\n";
  }
  if (form == RowForm::kTable) {
    if (change) Pad(out, row.change, was ? 9 : 6);
    Pad(out, SinceText(row), 12);
    Pad(out, row.until.empty() ? (row.lapses.empty() ? "" : "(" + row.lapses + ")") : row.until, 10);
    Pad(out, row.kind, 11);
    Pad(out, row.name, 40);
    Pad(out, std::string(row.state) + (row.on.empty() ? "" : " on " + row.on), 24);
    out += row.from_facts ? "facts" : fmt::format("{} event{}{}", row.events.size(), row.events.size() == 1 ? "" : "s", row.facts.empty() ? "" : ", facts");
    if (row.conflict) out += ", CONFLICT with `" + OrUnknown(row.against, "?") + "`";
    if (!row.was.empty()) out += "; was " + OldText(row.was);
    out += '\n';
    if (!row.topic.empty()) out += "    topic: " + row.topic + "\n";
    for (const Pressure& p : row.pressure) {
      out += fmt::format("    pressure: {} `{}`, {}{}\n", p.force, p.state, p.date, p.on.empty() ? "" : " for " + p.on);
    }
    if (!why.empty() || !row.facts.empty()) {
      TableWhy(out, why);
    }
    return out;
  }
  std::vector<std::string> cells{std::string(row.kind), row.name, std::string(row.state), row.since, std::string(row.since_precision), row.until, row.known_since,
                                 row.from_facts ? "facts" : "reports", Join(row.events, ";"), Join(std::vector<std::string>(row.facts.begin(), row.facts.end()), ";"),
                                 row.conflict ? "true" : "false", std::string(row.against), row.on, row.lapses, PressureText(row.pressure), row.topic};
  if (change) cells.insert(cells.begin(), std::string(row.change));
  if (was) cells.insert(cells.begin() + 1, OldText(row.was));
  return Line(cells, form);
}

std::string EventHeader(RowForm form) {
  if (form == RowForm::kNdjson) return "";
  if (form == RowForm::kTable) {
    std::string out;
    Pad(out, "DATE", 10);
    Pad(out, "ACTOR", 18);
    Pad(out, "EVENT", 22);
    Pad(out, "RECIPIENT", 18);
    Pad(out, "REPORTS", 7);
    return out + "WORDS\n";
  }
  std::vector<std::string> names;
  for (const EventCell& cell : EventCells({})) names.emplace_back(cell.name);
  return Line(names, form);
}

std::vector<EventCell> EventCells(const EventRow& row) {
  const StoredEvent stored = ReadStoredEvent(row.record);
  return {{"id", row.id},
          {"date", row.date},
          {"event", row.event},
          {"mode", row.mode},
          {"cameo", row.cameo},
          {"quad", row.quad},
          {"score", row.score ? fmt::format("{}", *row.score) : "", true},
          {"actor", row.actor},
          {"recipient", row.recipient},
          {"auxiliary", Join(AuxiliaryNames(static_cast<uint8_t>(row.auxiliary)), ";")},
          {"place", row.place},
          {"place_name", stored.place},
          {"place_country", stored.country},
          {"place_how", stored.place_how},
          {"lat", stored.point ? fmt::format("{}", stored.point->latitude) : "", true},
          {"lon", stored.point ? fmt::format("{}", stored.point->longitude) : "", true},
          {"first_known", row.first_known},
          {"last_known", row.last_known},
          {"reports", std::to_string(row.reports), true},
          {"sources", std::to_string(row.sources), true},
          {"text", row.text},
          {"sentence", row.sentence}};
}

std::string EventText(const EventRow& row, const std::vector<Evidence>& why, RowForm form) {
  std::string out;
  if (form == RowForm::kNdjson) {
    // The record of the telling that says most, with what is known of the event across reports.
    // The record begins with the telling's own id; the event's goes in its place.
    const std::string_view record = row.record;
    const size_t rest = record.find(',');
    out = "{\"id\":";
    AppendJson(out, row.id);
    out += record.substr(std::min(rest, record.size()));
    if (out.ends_with('}')) out.pop_back();
    out += ",\"ledger\":{\"date\":";
    AppendJson(out, row.date);
    out += fmt::format(",\"reports\":{},\"sources\":{}", row.reports, row.sources);
    JsonField(out, "first_known", row.first_known);
    JsonField(out, "last_known", row.last_known);
    JsonField(out, "sentence", row.sentence);
    JsonWhy(out, why);
    return out + "}}\n";
  }
  if (form == RowForm::kTable) {
    const std::string auxiliary = Join(AuxiliaryNames(static_cast<uint8_t>(row.auxiliary)), ", ");
    Pad(out, row.date, 10);
    Pad(out, row.actor, 18);
    Pad(out, row.mode.empty() ? row.event : row.event + "/" + row.mode, 22);
    Pad(out, row.recipient, 18);
    Pad(out, std::to_string(row.reports), 7);
    out += row.text + (auxiliary.empty() ? "" : " (" + auxiliary + ")") + "\n";
    TableWhy(out, why);
    return out;
  }
  std::vector<std::string> cells;
  for (EventCell& cell : EventCells(row)) cells.push_back(std::move(cell.value));
  return Line(cells, form);
}

std::string EventChangeHeader(RowForm form) {
  if (form == RowForm::kNdjson) return "";
  std::string out;
  if (form == RowForm::kTable) {
    Pad(out, "CHANGE", 9);
    return out + EventHeader(form);
  }
  std::vector<std::string> names{"change", "was", "from", "into"};
  for (const EventCell& cell : EventCells({})) names.emplace_back(cell.name);
  return Line(names, form);
}

std::string EventChangeText(const EventChange& change, RowForm form) {
  std::string out;
  if (form == RowForm::kNdjson) {
    out = "{\"change\":";
    AppendJson(out, change.change);
    JsonOld(out, change.was);
    if (!change.from.empty()) JsonList(out, "from", change.from);
    if (!change.into.empty()) JsonList(out, "into", change.into);
    return out + "," + EventText(change.row, change.row.why, form).substr(1);
  }
  if (form == RowForm::kTable) {
    Pad(out, change.change, 9);
    out += EventText(change.row, {}, form);
    if (!change.was.empty()) out += "    was " + OldText(change.was) + "\n";
    if (!change.from.empty()) out += "    tellings from " + Join(change.from, ", ") + "\n";
    if (!change.into.empty()) out += "    tellings into " + Join(change.into, ", ") + "\n";
    TableWhy(out, change.row.why);
    return out;
  }
  std::vector<std::string> cells{change.change, OldText(change.was), Join(change.from, ";"), Join(change.into, ";")};
  for (EventCell& cell : EventCells(change.row)) cells.push_back(std::move(cell.value));
  return Line(cells, form);
}

}  // namespace entente
