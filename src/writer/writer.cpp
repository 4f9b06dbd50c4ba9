// SPDX-License-Identifier: Apache-2.0
#include "writer/writer.h"

#include "base/text.h"
#include "writer/cells.h"
#include "writer/delimited_writer.h"
#include "writer/fields.h"
#include "writer/gdelt_writer.h"
#include "writer/icews_writer.h"
#include "writer/ndjson_writer.h"
#include "writer/petrarch_writer.h"
#include "writer/polecat_writer.h"
#include "writer/table_writer.h"

namespace entente {

const std::vector<std::string>& WriterFormats() {
  static const std::vector<std::string> formats = {"ndjson", "csv", "tsv", "table", "polecat", "icews", "petrarch", "gdelt"};
  return formats;
}

Result<std::unique_ptr<Writer>> MakeWriter(std::string_view format, const WriterOptions& options) {
  std::unique_ptr<Writer> writer;
  if (format == "ndjson") writer = std::make_unique<NdjsonWriter>(options);
  if (format == "csv") writer = std::make_unique<DelimitedWriter>(',', options);
  if (format == "tsv") writer = std::make_unique<DelimitedWriter>('\t', options);
  if (format == "table") writer = std::make_unique<TableWriter>(options);
  if (format == "polecat") writer = std::make_unique<PolecatWriter>(options);
  if (format == "icews") writer = std::make_unique<IcewsWriter>(options);
  if (format == "petrarch") writer = std::make_unique<PetrarchWriter>(options);
  if (format == "gdelt") writer = std::make_unique<GdeltWriter>(options);
  if (writer != nullptr) return writer;
  std::string known;
  for (const std::string& name : WriterFormats()) known += (known.empty() ? "" : ", ") + name;
  const std::string meant = DidYouMean(format, WriterFormats());
  return Error{ErrorCode::kBadRequest,
               "unknown format `" + OneLine(format) + "`; " +
                   (meant.empty() ? "" : "did you mean `" + meant + "`? ") + "Known are " + known,
               ""};
}

std::string EventLine(const EventMention& event) {
  std::string name = EventName(event);
  const auto auxiliaries = AuxiliaryNames(event.auxiliary);
  if (!auxiliaries.empty()) {
    name += " [";
    for (size_t i = 0; i < auxiliaries.size(); i++) name += (i > 0 ? "," : "") + auxiliaries[i];
    name += "]";
  }
  const auto or_dash = [](std::string text) { return text.empty() ? std::string("-") : text; };
  std::string line = or_dash(event.date.Text()) + " | " + or_dash(PartyCodes(event.actor)) + " | " + name + " | " +
                     or_dash(PartyCodes(event.recipient));
  if (!event.place.text.empty() && event.place.how != "dateline") line += " | " + event.place.text;
  return OneLine(line);
}

namespace {

std::string ShowTokens(const Document& document) {
  std::string out;
  for (const Sentence& sentence : document.sentences) {
    for (uint32_t t = sentence.begin; t < sentence.end; t++) {
      if (t > sentence.begin) out += ' ';
      out += OneLine(document.tokens[t].form);
    }
    out += '\n';
  }
  return out;
}

std::string ShowConllu(const Document& document) {
  std::string out;
  for (uint32_t s = 0; s < document.sentences.size(); s++) {
    const Sentence& sentence = document.sentences[s];
    out += "# sent_id = " + (document.id.empty() ? "" : OneLine(document.id) + "-") + std::to_string(s + 1) + "\n";
    if (sentence.begin < sentence.end) {
      out += "# text = " + OneLine(document.Text(document.SpanOfTokens(sentence.begin, sentence.end))) + "\n";
    }
    for (uint32_t t = sentence.begin; t < sentence.end; t++) {
      const Token& token = document.tokens[t];
      const uint32_t id = t - sentence.begin + 1;
      const bool space = t + 1 < sentence.end ? document.tokens[t + 1].space_before : true;
      if (token.contraction > 1) {
        const Span whole{token.span.begin, document.tokens[t + token.contraction - 1].span.end};
        out += std::to_string(id) + "-" + std::to_string(id + token.contraction - 1u) + "\t" +
               OneLine(document.Text(whole)) + "\t_\t_\t_\t_\t_\t_\t_\t_\n";
      }
      const int head = token.head < 0 ? 0 : token.head - static_cast<int>(sentence.begin) + 1;
      out += std::to_string(id) + "\t" + OneLine(token.form) + "\t" + (token.lemma.empty() ? "_" : OneLine(token.lemma)) + "\t" +
             std::string(Name(token.upos)) + "\t_\t" + (token.feats.empty() ? "_" : std::string(token.feats)) + "\t" +
             std::to_string(head) + "\t" + std::string(token.relation) + "\t_\t" + (space ? "_" : "SpaceAfter=No") + "\n";
    }
    out += '\n';
  }
  return out;
}

std::string ShowMentions(const Document& document) {
  std::string out;
  for (const Mention& mention : document.mentions) {
    out += OneLine(document.Text(document.SpanOfTokens(mention.begin, mention.end))) + " | ";
    std::string codes;
    for (const ActorCode& code : mention.actors) {
      if (!codes.empty()) codes += " + ";
      codes += CodeText(code);
      if (!code.name.empty()) codes += " (" + OneLine(code.name) + ")";
    }
    out += codes.empty() ? "-" : codes;
    if (mention.antecedent >= 0) {
      const Mention& a = document.mentions[static_cast<size_t>(mention.antecedent)];
      out += " | = " + OneLine(document.Text(document.SpanOfTokens(a.begin, a.end)));
    }
    out += '\n';
  }
  return out;
}

// "PROTEST/demo | Geneva | CHE | 46.2022 6.1457 | Geneva": name, country, coordinates, the words, how.
std::string ShowPlaces(const Document& document) {
  std::string out;
  for (const Event& event : document.events) {
    const EventMention& m = document.event_mentions[event.mentions.front()];
    const EventPlace& place = m.place;
    const auto or_dash = [](const std::string& text) { return text.empty() ? std::string("-") : OneLine(text); };
    out += EventName(m);
    if (place.empty()) {
      out += " | -\n";
      continue;
    }
    out += " | " + or_dash(place.name) + " | " + or_dash(place.country) + " | ";
    out += place.located ? Degrees(place, place.lat) + " " + Degrees(place, place.lon) : "-";
    out += " | " + or_dash(place.text) + (place.how.empty() ? "" : " (" + place.how + ")") + "\n";
  }
  return out;
}

}  // namespace

Result<std::string> ShowLayer(const Document& document, std::string_view layer) {
  if (layer == "tokens") return ShowTokens(document);
  if (layer == "conllu") return ShowConllu(document);
  if (layer == "mentions") return ShowMentions(document);
  if (layer == "events") {
    std::string out;
    for (const Event& event : document.events) out += EventLine(document.event_mentions[event.mentions.front()]) + "\n";
    return out;
  }
  if (layer == "places") return ShowPlaces(document);
  if (layer == "counts") {
    std::string out;
    for (const Event& event : document.events) {
      const EventMention& m = document.event_mentions[event.mentions.front()];
      out += EventName(m) + " | " + (m.counts.empty() ? "-" : CountsText(m.counts)) + "\n";
    }
    return out;
  }
  if (layer == "notes") {
    std::string out;
    for (const Note& note : document.notes) out += OneLine(note.code + ": " + note.text) + "\n";
    return out;
  }
  return Error{ErrorCode::kBadRequest,
               "unknown layer `" + std::string(layer) + "`; known are tokens, conllu, mentions, events, places, counts, notes", ""};
}

}  // namespace entente
