// SPDX-License-Identifier: Apache-2.0
#include "lexicon/ontology.h"

#include <algorithm>
#include <iterator>
#include <cstdlib>

#include "base/file.h"
#include "lexicon/records.h"

namespace entente {
namespace {

constexpr std::string_view kStateSectors[] = {"GOV", "MIL", "COP", "LEG", "JUD", "SPY"};

std::optional<double> Number(std::string_view text) {
  if (text.empty()) return std::nullopt;
  return std::strtod(std::string(text).c_str(), nullptr);
}

}  // namespace

Result<Ontology> Ontology::Load(const std::string& folder, std::vector<Problem>& problems) {
  Ontology o;
  const auto plover = ReadTable(folder + "/plover.tsv",
                                {"event", "mode", "quad", "recipient_required", "score"}, problems);
  if (!plover) return plover.error();
  for (const auto& row : plover->rows) {
    EventType type;
    type.event = row[Column(*plover, "event")];
    type.mode = row[Column(*plover, "mode")];
    type.quad = row[Column(*plover, "quad")];
    type.recipient_required = row[Column(*plover, "recipient_required")] == "yes";
    type.score = Number(row[Column(*plover, "score")]);
    o.events_.push_back(std::move(type));
  }
  const auto cameo = ReadTable(
      folder + "/cameo.tsv",
      {"code", "label", "goldstein", "plover_event", "plover_mode", "plover_context"}, problems);
  if (!cameo) return cameo.error();
  for (size_t i = 0; i < cameo->rows.size(); i++) {
    const auto& row = cameo->rows[i];
    CameoType type;
    type.code = row[Column(*cameo, "code")];
    type.label = row[Column(*cameo, "label")];
    type.goldstein = Number(row[Column(*cameo, "goldstein")]);
    type.event = row[Column(*cameo, "plover_event")];
    type.mode = row[Column(*cameo, "plover_mode")];
    type.context = row[Column(*cameo, "plover_context")];
    if (!type.event.empty() && o.Find(type.event, "") == nullptr) {
      problems.push_back({cameo->path, cameo->lines[i], "unknown event " + type.event});
    }
    o.cameo_.push_back(std::move(type));
  }
  const auto contexts = ReadFile(folder + "/contexts.txt");
  if (!contexts) return contexts.error();
  for (const std::string_view line : Split(*contexts, '\n')) {
    const std::string_view word = Trim(line);
    if (!word.empty() && word[0] != '#') o.contexts_.emplace_back(word);
  }
  const auto sectors = ReadTable(folder + "/sectors.tsv", {"sector", "name", "life"}, problems);
  if (!sectors) return sectors.error();
  for (const auto& row : sectors->rows) {
    o.sectors_.emplace_back(row[Column(*sectors, "sector")]);
    const std::string_view sector = row[Column(*sectors, "sector")],
                           life = row[Column(*sectors, "life")];
    if (life == "private" || life == "trade") o.private_sectors_.emplace_back(sector);
    if (life == "trade") o.trade_sectors_.emplace_back(sector);
  }

  const auto roles = ReadTable(folder + "/roles.tsv",
                               {"event", "fallback", "target", "act", "thing", "town"}, problems);
  if (!roles) return roles.error();
  for (const auto& row : roles->rows) {
    for (EventType& type : o.events_) {
      const std::string_view name = row[Column(*roles, "event")];
      if (type.event != name && type.event + "/" + type.mode != name) continue;
      type.place_is_recipient = row[Column(*roles, "fallback")] == "place";
      const std::string_view target = row[Column(*roles, "target")];
      type.tells_things = row[Column(*roles, "thing")] == "told";
      type.doer_of_act = row[Column(*roles, "act")] == "doer";
      type.foreign_town = row[Column(*roles, "town")] == "foreign";
      type.target_city = !target.empty();
      type.target_country = target == "any";
    }
  }
  const auto sets = ReadTable(folder + "/sets.tsv", {"set", "events"}, problems);
  if (!sets) return sets.error();
  std::vector<std::string> set_names;
  for (const auto& row : sets->rows) {
    set_names.emplace_back(row[Column(*sets, "set")]);
    for (const std::string_view event : SplitList(row[Column(*sets, "events")])) {
      o.sets_[std::string(event)].push_back(set_names.back());
    }
  }
  const auto composition =
      ReadTable(folder + "/composition.tsv", {"operator", "inner", "event", "recipient"}, problems);
  if (!composition) return composition.error();
  for (size_t i = 0; i < composition->rows.size(); i++) {
    const auto& row = composition->rows[i];
    CompositionRow out;
    out.operation = row[Column(*composition, "operator")];
    out.inner = row[Column(*composition, "inner")];
    const std::string_view event = row[Column(*composition, "event")];
    for (const std::string_view item : SplitList(row[Column(*composition, "recipient")])) {
      out.recipient.emplace_back(item);
    }
    const auto known = [&](std::string_view name) {
      const size_t slash = name.find('/');
      return o.Find(name.substr(0, slash),
                    slash == std::string_view::npos ? "" : name.substr(slash + 1)) != nullptr;
    };
    if (event == "=" || event == "~") {
      out.keep = true;
      out.keep_state = event == "=";
    } else if (event == "none") {
      out.none = true;
    } else if (known(event)) {
      const size_t slash = event.find('/');
      out.event = event.substr(0, slash);
      if (slash != std::string_view::npos) out.mode = event.substr(slash + 1);
    } else {
      problems.push_back({composition->path, composition->lines[i],
                          "unknown event " + std::string(event) + "; did you mean " +
                              DidYouMean(event, o.EventNames()) + "?"});
    }
    if (out.inner != "ANY" && !known(out.inner) &&
        std::find(set_names.begin(), set_names.end(), out.inner) == set_names.end()) {
      problems.push_back({composition->path, composition->lines[i], "unknown inner event " + out.inner});
    }
    std::string key = out.operation + " " + out.inner;
    o.composition_index_[key].push_back(static_cast<int>(o.composition_.size()));
    o.composition_.push_back(std::move(out));
  }
  return o;
}

const EventType* Ontology::Find(std::string_view event, std::string_view mode) const {
  for (const EventType& type : events_) {
    if (type.event == event && type.mode == mode) return &type;
  }
  return nullptr;
}

const CameoType* Ontology::FindCameo(std::string_view code) const {
  for (const CameoType& type : cameo_) {
    if (type.code == code) return &type;
  }
  return nullptr;
}

bool Ontology::HasContext(std::string_view context) const {
  return std::find(contexts_.begin(), contexts_.end(), context) != contexts_.end();
}

bool Ontology::IsOfState(std::string_view sector) {
  return std::find(std::begin(kStateSectors), std::end(kStateSectors), sector) != std::end(kStateSectors);
}

bool Ontology::IsPrivate(std::string_view sector) const {
  return std::find(private_sectors_.begin(), private_sectors_.end(), sector) !=
         private_sectors_.end();
}

bool Ontology::IsTrade(std::string_view sector) const {
  return std::find(trade_sectors_.begin(), trade_sectors_.end(), sector) != trade_sectors_.end();
}

bool Ontology::HasSector(std::string_view sector) const {
  return std::find(sectors_.begin(), sectors_.end(), sector) != sectors_.end();
}

std::string Ontology::CameoFor(std::string_view event, std::string_view mode,
                               const std::vector<std::string>& contexts) const {
  const CameoType* best = nullptr;
  int best_score = -1;
  for (const CameoType& type : cameo_) {
    if (type.event != event) continue;
    int score = 0;
    if (type.mode == mode) {
      score += 8;
    } else if (!type.mode.empty()) {
      continue;
    }
    if (type.context.empty()) {
      score += 1;
    } else if (std::find(contexts.begin(), contexts.end(), type.context) != contexts.end()) {
      score += 2;
    } else if (type.code.size() > 3) {
      continue;
    }
    // Among equals the shorter code is the more general one; the table is in order of code.
    if (type.code.size() == 3 && type.code.back() == '0') score += 1;
    if (score > best_score) {
      best_score = score;
      best = &type;
    }
  }
  return best == nullptr ? "" : best->code;
}

bool Ontology::HasOperator(std::string_view operation) const {
  return std::any_of(composition_.begin(), composition_.end(),
                     [&](const CompositionRow& row) { return row.operation == operation; });
}

const CompositionRow* Ontology::Compose(std::string_view operation, std::string_view event,
                                        std::string_view mode) const {
  const auto find = [&](std::string_view inner) -> const CompositionRow* {
    std::string key(operation);
    key += ' ';
    key += inner;
    const auto it = composition_index_.find(key);
    return it == composition_index_.end() ? nullptr : &composition_[it->second.front()];
  };
  if (!mode.empty()) {
    if (const auto* row = find(std::string(event) + "/" + std::string(mode))) return row;
  }
  if (const auto* row = find(event)) return row;
  if (const auto it = sets_.find(event); it != sets_.end()) {
    for (const std::string& set : it->second) {
      if (const auto* row = find(set)) return row;
    }
  }
  return find("ANY");
}

std::vector<std::string> Ontology::EventNames() const {
  std::vector<std::string> names;
  for (const EventType& type : events_) {
    names.push_back(type.mode.empty() ? type.event : type.event + "/" + type.mode);
  }
  return names;
}

}  // namespace entente
