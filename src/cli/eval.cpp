// SPDX-License-Identifier: Apache-2.0
// Measures: the tagger and parser on a treebank, a line a measure; events on a gold file by category.
#include <rapidjson/document.h>

#include <algorithm>
#include <cstdio>
#include <map>

#include "base/file.h"
#include "base/text.h"
#include "cli/commands.h"
#include "pipeline/examples.h"
#include "pipeline/pipeline.h"
#include "reader/reader.h"
#include "trainer/syntax_eval.h"
#include "writer/fields.h"

namespace entente {
namespace {

int EvalSyntax(const EvalOptions& options, const Pipeline& pipeline) {
  Treebank all;
  for (const std::string& file : options.files) {
    auto bank = ReadTreebank(file);
    if (!bank) return Fail(bank.error());
    all.insert(all.end(), bank->begin(), bank->end());
  }
  const SyntaxScores scores = EvaluateSyntax(all, options.gold_tokens, [&](Document& doc) {
    if (options.gold_tokens) {
      pipeline.RunTaggerAndParser(doc);
    } else {
      pipeline.RunSyntax(doc);
    }
  });
  std::fputs(scores.Text().c_str(), stdout);
  return 0;
}

struct GoldEvent {
  std::string event, mode;
  std::vector<std::string> actor, recipient;  // codes "VEN GOV"
};

struct Counts {
  int gold = 0, system = 0, right = 0;
  std::string Text() const {
    const double p = system == 0 ? 0 : static_cast<double>(right) / system;
    const double r = gold == 0 ? 0 : static_cast<double>(right) / gold;
    char buffer[96];
    std::snprintf(buffer, sizeof buffer, "P %.3f R %.3f F1 %.3f (%d gold, %d coded)", p, r, p + r > 0 ? 2 * p * r / (p + r) : 0, gold, system);
    return buffer;
  }
};

bool CodesFit(const std::vector<std::string>& want, const std::vector<Participant>& got) {
  return std::all_of(want.begin(), want.end(), [&](const std::string& code) {
    return std::any_of(got.begin(), got.end(), [&](const Participant& p) {
      return std::any_of(p.actors.begin(), p.actors.end(), [&](const ActorCode& c) {
        return code.find(' ') == std::string::npos ? c.code == code : CodeText(c) == code;
      });
    });
  });
}

// docs/formats/gold.md: a line a report as for `entente code`, with "events": [{"event": "SANCTION/discontinue",
// "actor": ["PRY GOV"], "recipient": ["VEN"]}].
int EvalEvents(const EvalOptions& options, const Pipeline& pipeline) {
  std::map<std::string, Counts> by_event;
  Counts event, roles, total;
  for (const std::string& file : options.files) {
    const auto text = ReadFile(file);
    if (!text) return Fail(text.error());
    int line = 0;
    for (const std::string_view row : Split(*text, '\n')) {
      line++;
      if (Trim(row).empty()) continue;
      rapidjson::Document json;
      json.Parse(row.data(), row.size());
      const std::string where = file + ":" + std::to_string(line);
      if (json.HasParseError() || !json.IsObject() || !json.HasMember("text") || !json["text"].IsString() ||
          !json.HasMember("events") || !json["events"].IsArray()) {
        return Fail({ErrorCode::kBadInput, "expected an object with `text` and `events`", where});
      }
      Date date;
      if (json.HasMember("date") && json["date"].IsString()) date = ParseIsoDate(json["date"].GetString()).value_or(Date());
      std::vector<GoldEvent> gold;
      for (const auto& item : json["events"].GetArray()) {
        if (!item.IsObject() || !item.HasMember("event") || !item["event"].IsString()) {
          return Fail({ErrorCode::kBadInput, "an event without `event`", where});
        }
        GoldEvent one;
        const std::string name = item["event"].GetString();
        one.event = name.substr(0, name.find('/'));
        if (name.find('/') != std::string::npos) one.mode = name.substr(name.find('/') + 1);
        for (const auto& [key, list] : {std::pair{"actor", &one.actor}, std::pair{"recipient", &one.recipient}}) {
          if (!item.HasMember(key)) continue;
          if (!item[key].IsArray()) return Fail({ErrorCode::kBadInput, std::string("`") + key + "` is a list of codes", where});
          for (const auto& code : item[key].GetArray()) {
            if (code.IsString()) list->emplace_back(code.GetString());
          }
        }
        gold.push_back(std::move(one));
      }
      Document doc = PlainDocument(json["text"].GetString(), options.language, date);
      pipeline.Run(doc);
      std::vector<char> used(doc.events.size(), 0);
      for (const Event& e : doc.events) by_event[doc.event_mentions[e.mentions.front()].event].system++;
      event.system += static_cast<int>(doc.events.size());
      roles.system += static_cast<int>(doc.events.size());
      total.system += static_cast<int>(doc.events.size());
      for (const GoldEvent& one : gold) {
        by_event[one.event].gold++;
        event.gold++;
        roles.gold++;
        total.gold++;
        int best = -1, best_score = 0;
        for (size_t i = 0; i < doc.events.size(); i++) {
          const EventMention& m = doc.event_mentions[doc.events[i].mentions.front()];
          if (used[i] || m.event != one.event) continue;
          const int score = 1 + 2 * (CodesFit(one.actor, m.actor) && CodesFit(one.recipient, m.recipient)) + (m.mode == one.mode);
          if (score > best_score) {
            best_score = score;
            best = static_cast<int>(i);
          }
        }
        if (best < 0) continue;
        used[static_cast<size_t>(best)] = 1;
        by_event[one.event].right++;
        event.right++;
        if (best_score >= 3) roles.right++;
        if (best_score == 4) total.right++;
      }
    }
  }
  for (const auto& [name, counts] : by_event) std::printf("%-10s %s\n", name.c_str(), counts.Text().c_str());
  std::printf("%-10s %s\n", "event", event.Text().c_str());
  std::printf("%-10s %s\n", "+roles", roles.Text().c_str());
  std::printf("%-10s %s\n", "+mode", total.Text().c_str());
  return 0;
}

}  // namespace

int RunEval(const EvalOptions& options) {
  const auto pipeline = Pipeline::Load(options.common.root, options.language);
  if (!pipeline) return Fail(pipeline.error());
  return options.what == "syntax" ? EvalSyntax(options, *pipeline) : EvalEvents(options, *pipeline);
}

}  // namespace entente
