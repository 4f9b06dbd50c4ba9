// SPDX-License-Identifier: Apache-2.0
#include "pipeline/examples.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "base/text.h"
#include "base/utf8.h"

namespace entente {
namespace {

// The day on which all examples are read.
constexpr Date kExampleDay{2019, 1, 11};

std::string Plain(std::string_view text) {
  std::string folded = Fold(text);
  std::string out;
  for (const std::string_view word : SplitWords(folded)) {
    std::string bare;
    for (const char c : word) {
      if (c != '.' && c != ',' && c != '\'' && c != '"') bare += c;
    }
    if (out.empty() && (bare == "the" || bare == "a" || bare == "an")) continue;
    if (!bare.empty()) out += (out.empty() ? "" : " ") + bare;
  }
  return out;
}

bool WordsWithin(const std::string& inner, const std::string& outer) {
  return (" " + outer + " ").find(" " + inner + " ") != std::string::npos;
}

bool PartyFits(const std::string& want, const Participant& party) {
  const std::string got = Plain(party.text);
  if (!got.empty() && (WordsWithin(want, got) || WordsWithin(got, want))) return true;
  return std::any_of(party.actors.begin(), party.actors.end(),
                     [&](const ActorCode& code) { return WordsWithin(want, Plain(code.name)); });
}

bool PartiesFit(std::string_view want, const std::vector<Participant>& parties) {
  std::vector<std::string> wanted;
  for (size_t at = 0; at <= want.size();) {
    size_t end = want.find(" + ", at);
    if (end == std::string_view::npos) end = want.size();
    const std::string one = Plain(Trim(want.substr(at, end - at)));
    if (!one.empty() && one != "-") wanted.push_back(one);
    at = end + 3;
  }
  if (wanted.size() != parties.size()) return false;
  std::vector<char> used(parties.size(), 0);
  for (const std::string& one : wanted) {
    bool found = false;
    for (size_t i = 0; i < parties.size() && !found; i++) {
      if (!used[i] && PartyFits(one, parties[i])) {
        used[i] = 1;
        found = true;
      }
    }
    if (!found) return false;
  }
  return true;
}

bool AuxiliaryFits(std::string_view want, uint8_t auxiliary) {
  if (want == "future") return (auxiliary & kFuture) != 0;
  if (want == "negation") return (auxiliary & kNegation) != 0;
  if (want == "hypothetical") return (auxiliary & kHypothetical) != 0;
  if (want == "historical") return (auxiliary & kHistorical) != 0;
  if (want == "habitual") return (auxiliary & kHabitual) != 0;
  return want.empty();
}

std::string Side(const std::vector<Participant>& parties) {
  std::string out;
  for (const Participant& p : parties) {
    out += (out.empty() ? "" : " + ") + (p.text.empty() && !p.actors.empty() ? p.actors.front().name : p.text);
  }
  return out.empty() ? "-" : out;
}

}  // namespace

Document PlainDocument(const std::string& text, const std::string& language, const Date& date) {
  Document doc;
  doc.text = MakeValidUtf8(text);
  doc.language = language;
  doc.date = date;
  doc.BuildOffsetIndex();
  size_t begin = 0;
  while (begin < doc.text.size()) {
    size_t end = doc.text.find("\n\n", begin);
    if (end == std::string::npos) end = doc.text.size();
    if (end > begin) {
      doc.paragraphs.push_back({{static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}, ParagraphKind::kBody});
    }
    begin = end + 2;
  }
  return doc;
}

std::string CheckExample(const Pipeline& pipeline, const std::string& text, const std::vector<std::string>& expect) {
  Document doc = PlainDocument(text, pipeline.language().tag, kExampleDay);
  pipeline.Run(doc);
  std::vector<std::string> wanted;
  for (const std::string& line : expect) {
    if (Trim(line) != "none") wanted.push_back(line);
  }
  std::vector<const EventMention*> got;
  for (const Event& event : doc.events) got.push_back(&doc.event_mentions[event.mentions.front()]);
  std::vector<char> used(got.size(), 0);
  bool all = wanted.size() == got.size();
  for (const std::string& line : wanted) {
    const auto cells = Split(line, '|');
    if (cells.size() < 3) return "`expect` is `Actor | EVENT/mode | Recipient` or `none`";
    bool found = false;
    for (size_t i = 0; i < got.size() && !found; i++) {
      const EventMention& m = *got[i];
      const std::string name = m.mode.empty() ? m.event : m.event + "/" + m.mode;
      if (used[i] || name != Trim(cells[1])) continue;
      if (!PartiesFit(Trim(cells[0]), m.actor) || !PartiesFit(Trim(cells[2]), m.recipient)) continue;
      if (cells.size() > 3 && !AuxiliaryFits(Trim(cells[3]), m.auxiliary)) continue;
      used[i] = 1;
      found = true;
    }
    all &= found;
  }
  if (all) return "";
  std::string out = "wanted";
  for (const std::string& line : expect) out += " [" + line + "]";
  out += ", got";
  if (got.empty()) out += " none";
  for (const EventMention* m : got) {
    out += " [" + Side(m->actor) + " | " + m->event + (m->mode.empty() ? "" : "/" + m->mode) + " | " + Side(m->recipient) +
           "]";
  }
  return out;
}

ExampleReport RunExamples(const Pipeline& pipeline, int threads, const std::string& only) {
  struct Task {
    const Pattern* pattern;
    const PatternExample* example;
    std::string failure;
  };
  std::vector<Task> tasks;
  for (const Pattern& pattern : pipeline.language().patterns.all()) {
    if (!only.empty() && pattern.id.find(only) == std::string::npos) continue;
    for (const PatternExample& example : pattern.examples) tasks.push_back({&pattern, &example, ""});
  }
  std::atomic<size_t> next{0};
  const auto work = [&] {
    for (size_t i = next++; i < tasks.size(); i = next++) {
      tasks[i].failure = CheckExample(pipeline, tasks[i].example->text, tasks[i].example->expect);
    }
  };
  std::vector<std::thread> workers;
  for (int i = 1; i < threads; i++) workers.emplace_back(work);
  work();
  for (std::thread& worker : workers) worker.join();
  ExampleReport report;
  report.examples = tasks.size();
  for (const Task& task : tasks) {
    if (task.example->todo) {
      report.todo++;
      report.examples--;
      if (task.failure.empty()) {
        report.failures.push_back({task.pattern->file, task.example->line, "passes now; write `example:` for `todo:`"});
      }
      continue;
    }
    if (task.failure.empty()) continue;
    report.failures.push_back({task.pattern->file, task.example->line, task.example->text + "\n    " + task.failure});
  }
  return report;
}

}  // namespace entente
