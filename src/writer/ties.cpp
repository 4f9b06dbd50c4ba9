// SPDX-License-Identifier: Apache-2.0
#include "writer/ties.h"

#include <fmt/format.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>

#include "writer/cells.h"
#include "writer/display.h"

namespace entente {
namespace {

constexpr const char* kPerNames[] = {"day", "month", "year", "all"};

std::string SpanOf(const Date& date, Per per) {
  switch (per) {
    case Per::kDay:
      return date.day > 0 ? date.Text() : "";
    case Per::kMonth:
      return date.month > 0 ? Date{date.year, date.month, 0}.Text() : "";
    case Per::kYear:
      return date.year > 0 ? Date{date.year, 0, 0}.Text() : "";
    case Per::kAll:
      break;
  }
  return "";
}

struct Row {
  std::vector<std::string> names, cells;
  std::vector<bool> number;
  void Text(std::string name, std::string value) { Put(std::move(name), std::move(value), false); }
  void Number(std::string name, std::string value) { Put(std::move(name), std::move(value), true); }
  void Put(std::string name, std::string value, bool is_number) {
    names.push_back(std::move(name));
    cells.push_back(std::move(value));
    number.push_back(is_number);
  }
};

Row RowOf(const Ties& ties, const Ties::Key& key, const Ties::Tie& tie) {
  Row row;
  const auto& [span, actor, recipient] = key;
  if (ties.per() != Per::kAll) row.Text(kPerNames[static_cast<int>(ties.per())], span);
  for (const auto& [side, id] :
       {std::pair<std::string, const std::string&>{"actor", actor}, {"recipient", recipient}}) {
    const auto it = ties.actors().find(id);
    const TieActor& party = it == ties.actors().end() ? TieActor() : it->second;
    row.Text(side, id);
    row.Text(side + "_code", party.code);
    row.Text(side + "_sector", party.sector);
    row.Text(side + "_name", party.name);
  }
  for (size_t q = 0; q < Ties::kQuads.size(); q++)
    row.Number(std::string(Ties::kQuads[q]), std::to_string(tie.quads[q]));
  row.Number("total", std::to_string(tie.total));
  row.Number("mean_score", tie.MeanScore());
  row.Text("first_date", tie.first.Text());
  row.Text("last_date", tie.last.Text());
  return row;
}

std::string Delimited(const std::vector<std::string>& cells, char separator) {
  std::string out;
  for (size_t i = 0; i < cells.size(); i++) {
    if (i > 0) out += separator;
    out += separator == ',' ? CsvCell(cells[i]) : TsvCell(cells[i]);
  }
  return out + "\n";
}

std::string JsonLine(const Row& row) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> json(buffer);
  json.StartObject();
  for (size_t i = 0; i < row.cells.size(); i++) {
    if (row.cells[i].empty()) continue;
    json.Key(row.names[i].c_str());
    if (row.number[i]) {
      json.RawValue(row.cells[i].data(), row.cells[i].size(), rapidjson::kNumberType);
    } else {
      const std::string text = OneLine(row.cells[i]);
      json.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
    }
  }
  json.EndObject();
  return std::string(buffer.GetString(), buffer.GetSize()) + "\n";
}

std::string ForPeople(const Ties& ties) {
  std::string out;
  const auto line = [&](const std::string& span, const std::string& actor,
                        const std::string& recipient, const std::array<std::string, 6>& numbers) {
    if (ties.per() != Per::kAll) out += PadWidth(span, 10) + "  ";
    out += PadWidth(actor, 18) + "  " + PadWidth(recipient, 18);
    for (const std::string& number : numbers) out += fmt::format("  {:>8}", number);
    out += '\n';
  };
  line(ties.per() == Per::kDay     ? "DAY"
       : ties.per() == Per::kMonth ? "MONTH"
                                   : "YEAR",
       "ACTOR", "RECIPIENT", {"VERB+", "MATER+", "VERB-", "MATER-", "TOTAL", "SCORE"});
  for (const auto& [key, tie] : ties.all()) {
    line(std::get<0>(key), std::get<1>(key), std::get<2>(key),
         {std::to_string(tie.quads[0]), std::to_string(tie.quads[1]), std::to_string(tie.quads[2]),
          std::to_string(tie.quads[3]), std::to_string(tie.total), tie.MeanScore()});
  }
  return out;
}

std::string Xml(std::string_view text) {
  std::string out;
  for (const char c : OneLine(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

// Name, type in GraphML, value of each attribute; GEXF's types are the same but for "int".
struct Attribute {
  const char *name, *type;
  std::string value;
};

std::string Label(const TieActor& actor) {
  const std::string& name = actor.name.empty() ? actor.code : actor.name;
  return actor.sector.empty() ? name : name + " (" + actor.sector + ")";
}

std::vector<Attribute> AttributesOf(const TieActor& actor) {
  return {{"code", "string", actor.code},
          {"sector", "string", actor.sector},
          {"type", "string", actor.type}};
}

std::vector<Attribute> AttributesOf(const Ties::Tie& tie) {
  std::vector<Attribute> all;
  for (size_t q = 0; q < Ties::kQuads.size(); q++)
    all.push_back({Ties::kQuads[q].data(), "int", std::to_string(tie.quads[q])});
  all.push_back({"total", "int", std::to_string(tie.total)});
  all.push_back({"mean_score", "double", tie.MeanScore()});
  all.push_back({"first_date", "string", tie.first.Text()});
  all.push_back({"last_date", "string", tie.last.Text()});
  return all;
}

// Of actors too: from the first to the last act that they take part in.
std::map<std::string, Ties::Tie> Presence(const Ties& ties) {
  std::map<std::string, Ties::Tie> presence;
  for (const auto& [key, tie] : ties.all()) {
    for (const std::string* id : {&std::get<1>(key), &std::get<2>(key)}) {
      Ties::Tie& one = presence[*id];
      if (!tie.first.known()) continue;
      if (!one.first.known() || tie.first < one.first) one.first = tie.first;
      if (!one.last.known() || one.last < tie.last) one.last = tie.last;
    }
  }
  return presence;
}

std::string StartEnd(const Ties::Tie& tie) {
  return tie.first.known() ? " start=\"" + tie.first.Text() + "\" end=\"" + tie.last.Text() + "\""
                           : "";
}

std::string GexfDeclaration(const char* of, const std::vector<Attribute>& attributes) {
  std::string out = fmt::format("    <attributes class=\"{}\" mode=\"static\">\n", of);
  for (const Attribute& one : attributes) {
    const std::string_view type = one.type;
    out += fmt::format("      <attribute id=\"{0}\" title=\"{0}\" type=\"{1}\"/>\n", one.name,
                       type == "int" ? "integer" : type);
  }
  return out + "    </attributes>\n";
}

std::string GexfValues(const std::vector<Attribute>& attributes) {
  std::string out = "        <attvalues>\n";
  for (const Attribute& one : attributes) {
    if (!one.value.empty())
      out +=
          fmt::format("          <attvalue for=\"{}\" value=\"{}\"/>\n", one.name, Xml(one.value));
  }
  return out + "        </attvalues>\n";
}

}  // namespace

std::optional<Per> PerFromName(std::string_view name) {
  for (size_t i = 0; i < std::size(kPerNames); i++) {
    if (name == kPerNames[i]) return static_cast<Per>(i);
  }
  return {};
}

void Ties::Add(const TieActor& actor, const TieActor& recipient, const Date& date,
               std::string_view quad, std::optional<double> score) {
  actors_.emplace(actor.id, actor);
  actors_.emplace(recipient.id, recipient);
  Tie& tie = ties_[{SpanOf(date, per_), actor.id, recipient.id}];
  const auto it = std::find(kQuads.begin(), kQuads.end(), quad);
  if (it != kQuads.end()) tie.quads[static_cast<size_t>(it - kQuads.begin())]++;
  tie.total++;
  if (score) {
    tie.scored++;
    tie.scores += *score;
  }
  if (!date.known()) return;
  const Date first = date.First(), last = date.Last();
  if (!tie.first.known() || first < tie.first) tie.first = first;
  if (!tie.last.known() || tie.last < last) tie.last = last;
}

std::string Ties::Tie::MeanScore() const {
  return scored > 0 ? fmt::format("{:.2f}", scores / static_cast<double>(scored)) : "";
}

Result<std::string> TieTable(const Ties& ties, std::string_view form) {
  if (form == "table") return ForPeople(ties);
  if (form != "csv" && form != "tsv" && form != "ndjson") {
    return Error{ErrorCode::kBadRequest,
                 "counts of dyads are written as csv, tsv, ndjson or table, not as `" +
                     std::string(form) + "`",
                 "--to"};
  }
  const char separator = form == "csv" ? ',' : '\t';
  std::string out = form == "ndjson" ? "" : Delimited(RowOf(ties, {}, {}).names, separator);
  for (const auto& [key, tie] : ties.all()) {
    const Row row = RowOf(ties, key, tie);
    out += form == "ndjson" ? JsonLine(row) : Delimited(row.cells, separator);
  }
  return out;
}

std::string Gexf(const Ties& ties, std::string_view version) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<gexf xmlns=\"http://gexf.net/1.3\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
      "xsi:schemaLocation=\"http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd\" version=\"1.3\">\n"
      "  <meta>\n    <creator>" +
      Xml(version) +
      "</creator>\n    <description>Who did what to whom</description>\n  </meta>\n"
      "  <graph defaultedgetype=\"directed\" mode=\"dynamic\" timeformat=\"date\">\n";
  out += GexfDeclaration("node", AttributesOf(TieActor()));
  out += GexfDeclaration("edge", AttributesOf(Ties::Tie()));
  const auto presence = Presence(ties);
  out += "    <nodes>\n";
  for (const auto& [id, actor] : ties.actors()) {
    const auto it = presence.find(id);
    out += fmt::format("      <node id=\"{}\" label=\"{}\"{}>\n", Xml(id), Xml(Label(actor)),
                       it == presence.end() ? "" : StartEnd(it->second));
    out += GexfValues(AttributesOf(actor)) + "      </node>\n";
  }
  out += "    </nodes>\n    <edges>\n";
  int64_t number = 0;
  for (const auto& [key, tie] : ties.all()) {
    out += fmt::format("      <edge id=\"{}\" source=\"{}\" target=\"{}\" weight=\"{}\"{}>\n",
                       number++, Xml(std::get<1>(key)), Xml(std::get<2>(key)), tie.total,
                       StartEnd(tie));
    out += GexfValues(AttributesOf(tie)) + "      </edge>\n";
  }
  return out + "    </edges>\n  </graph>\n</gexf>\n";
}

std::string GraphMl(const Ties& ties) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" "
      "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
      "xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns "
      "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n";
  const auto declare = [&](const char* of, const Attribute& one) {
    out += fmt::format("  <key id=\"{0}_{1}\" for=\"{0}\" attr.name=\"{1}\" attr.type=\"{2}\"/>\n",
                       of, one.name, one.type);
  };
  const auto value = [&](const char* of, const Attribute& one) {
    if (!one.value.empty())
      out += fmt::format("      <data key=\"{}_{}\">{}</data>\n", of, one.name, Xml(one.value));
  };
  // igraph takes "name" for a vertex's key, Gephi and yEd show "label".
  declare("node", {"label", "string", ""});
  for (const Attribute& one : AttributesOf(TieActor())) declare("node", one);
  declare("edge", {"weight", "double", ""});
  for (const Attribute& one : AttributesOf(Ties::Tie())) declare("edge", one);
  out += "  <graph id=\"entente\" edgedefault=\"directed\">\n";
  for (const auto& [id, actor] : ties.actors()) {
    out += fmt::format("    <node id=\"{}\">\n", Xml(id));
    value("node", {"label", "string", Label(actor)});
    for (const Attribute& one : AttributesOf(actor)) value("node", one);
    out += "    </node>\n";
  }
  int64_t number = 0;
  for (const auto& [key, tie] : ties.all()) {
    out += fmt::format("    <edge id=\"e{}\" source=\"{}\" target=\"{}\">\n", number++,
                       Xml(std::get<1>(key)), Xml(std::get<2>(key)));
    value("edge", {"weight", "double", std::to_string(tie.total)});
    for (const Attribute& one : AttributesOf(tie)) value("edge", one);
    out += "    </edge>\n";
  }
  return out + "  </graph>\n</graphml>\n";
}

}  // namespace entente
