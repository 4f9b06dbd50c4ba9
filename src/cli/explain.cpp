// SPDX-License-Identifier: Apache-2.0
// Why a text gives the events it gives, and why it gives none: tree, mentions, the predicates with the pattern
// that won or the ones that came near and what they lacked, composition, links.
#include <cstdio>

#include "base/file.h"
#include "base/utf8.h"
#include "cli/commands.h"
#include "document/tree.h"
#include "pipeline/examples.h"
#include "pipeline/pipeline.h"
#include "reader/reader.h"
#include "writer/writer.h"

namespace entente {
namespace {

constexpr int kMostDepth = 40;

void PrintTree(const Document& doc, const Tree& tree, uint32_t token, int depth, std::string& out) {
  const Token& t = doc.tokens[token];
  std::string line(static_cast<size_t>(std::min(depth, kMostDepth)) * 2 + 2, ' ');
  line += t.form;
  size_t width = CountCodePoints(line);
  line += std::string(width < 40 ? 40 - width : 1, ' ');
  line += std::string(t.relation) + "  " + std::string(Name(t.upos));
  if (t.lemma != t.form) line += "  " + std::string(t.lemma);
  out += line + "\n";
  for (const uint32_t child : tree.Children(token)) PrintTree(doc, tree, child, depth + 1, out);
}

void Explain(const Pipeline& pipeline, const Document& doc, std::string& out) {
  const double least = pipeline.language().least_confidence;
  for (const Note& note : doc.notes) out += "note  " + note.code + ": " + note.text + "\n";
  for (uint32_t s = 0; s < doc.sentences.size(); s++) {
    const Sentence& sentence = doc.sentences[s];
    if (sentence.begin == sentence.end) continue;
    out += "\nsentence " + std::to_string(s) + "  " +
           std::string(doc.Text(doc.SpanOfTokens(sentence.begin, sentence.end))) + "\n";
    out += "  tree\n";
    const Tree tree(doc, sentence);
    for (uint32_t t = sentence.begin; t < sentence.end; t++) {
      if (!tree.HasHead(t)) PrintTree(doc, tree, t, 1, out);
    }
    out += "  mentions\n";
    for (const Mention& mention : doc.mentions) {
      if (mention.head < sentence.begin || mention.head >= sentence.end) continue;
      out += "    " + std::string(doc.Text(doc.SpanOfTokens(mention.begin, mention.end))) + " =";
      for (const ActorCode& code : mention.actors) {
        out += " " + (code.code.empty() ? "?" : code.code) + (code.sector.empty() ? "" : " " + code.sector);
        if (!code.name.empty()) out += " (" + code.name + ")";
      }
      if (mention.actors.empty()) out += " nobody known";
      if (mention.as_place) out += ", a place";
      if (mention.antecedent >= 0) {
        const Mention& a = doc.mentions[static_cast<size_t>(mention.antecedent)];
        out += ", taken from \"" + std::string(doc.Text(doc.SpanOfTokens(a.begin, a.end))) + "\"";
      }
      out += "\n";
    }
    out += "  predicates\n";
    const auto traces = pipeline.coder().Trace(doc, sentence);
    if (traces.empty()) out += "    none: the sentence has no verb and no noun of a pattern\n";
    for (const PredicateTrace& trace : traces) {
      out += "    " + std::string(doc.tokens[trace.predicate].form) + " (" + std::string(doc.tokens[trace.predicate].lemma) + ")";
      if (!trace.arguments.empty()) out += "  " + trace.arguments;
      out += "\n";
      if (!trace.pattern.empty()) {
        out += "      pattern " + trace.pattern + (trace.event.empty() ? "" : " gives " + trace.event) + "\n";
      }
      for (const std::string& step : trace.steps) out += "      composed " + step + "\n";
      out += "      " + trace.fate + "\n";
      if (trace.fate != "coded") {
        for (const auto& [pattern, lacked] : trace.failures) out += "      near: " + pattern + ": " + lacked + "\n";
      }
    }
    out += "  events\n";
    bool any = false;
    for (const Event& event : doc.events) {
      const EventMention& m = doc.event_mentions[event.mentions.front()];
      if (m.sentence != s) continue;
      any = true;
      out += "    " + EventLine(m) + "\n      words \"" + m.text + "\", pattern " + m.pattern + ", confidence " +
             std::to_string(static_cast<int>(m.confidence * 100 + 0.5)) + " %" +
             (m.confidence < least ? " (too low: `code` leaves it out unless --min-confidence is lower)\n" : "\n");
      for (const std::string& step : m.steps) out += "      " + step + "\n";
    }
    if (!any) out += "    none\n";
  }
}

}  // namespace

int RunExplain(const ExplainOptions& options) {
  Date date;
  if (!options.date.empty()) {
    const auto parsed = ParseIsoDate(options.date);
    if (!parsed) return Fail({ErrorCode::kBadRequest, "not a date: `" + options.date + "`; write YYYY-MM-DD", "--date"});
    date = *parsed;
  }
  std::string text;
  bool is_text = false;
  for (const std::string& input : options.inputs) {
    if (input != "-" && !FileExists(input)) is_text = true;
  }
  const std::string tag = options.language == "auto" ? "en" : options.language;
  const auto pipeline = Pipeline::Load(options.common.root, tag);
  if (!pipeline) return Fail(pipeline.error());
  std::string out;
  if (is_text) {
    for (const std::string& input : options.inputs) text += (text.empty() ? "" : " ") + input;
    Document doc = PlainDocument(text, tag, date);
    pipeline->Run(doc);
    Explain(*pipeline, doc, out);
    std::fwrite(out.data(), 1, out.size(), stdout);
    return 0;
  }
  const auto reader = Reader::Load(options.common.root + "/data");
  if (!reader) return Fail(reader.error());
  ReaderOptions reading;
  reading.language = tag;
  reading.date = date;
  int status = 0;
  auto stream = reader->Open(options.inputs, reading);
  while (auto next = stream->Next()) {
    if (!*next) {
      status = Fail(next->error());
      continue;
    }
    Document& doc = **next;
    pipeline->Run(doc);
    out.clear();
    Explain(*pipeline, doc, out);
    std::fwrite(out.data(), 1, out.size(), stdout);
  }
  return status;
}

}  // namespace entente
