// SPDX-License-Identifier: Apache-2.0
#include "writer/table_writer.h"

#include <algorithm>
#include <iterator>

#include "writer/cells.h"
#include "writer/display.h"
#include "writer/dyads.h"
#include "writer/fields.h"

namespace entente {
namespace {

constexpr const char* kBold = "1";
constexpr const char* kDim = "2";

struct Quad {
  std::string_view name, words;
  const char* style;
};
// Cooperation green, conflict from yellow to red; material acts are bold.
constexpr Quad kQuad[] = {{"verbal_cooperation", "verbal cooperation", "32"},
                          {"material_cooperation", "material cooperation", "1;32"},
                          {"verbal_conflict", "verbal conflict", "33"},
                          {"material_conflict", "material conflict", "1;31"},
                          {"", "other", ""},
                          {"", "denied, possible or to come", kDim}};
constexpr size_t kNoQuad = 4, kNotDone = 5;

size_t QuadIndex(std::string_view name) {
  size_t i = 0;
  while (i < kNoQuad && kQuad[i].name != name) i++;
  return i;
}

struct Widths {
  size_t date = 10, actor = 0, event = 0, recipient = 0, words = 0;
};

// The words get what the codes leave; on a narrow terminal all shrink, and the words go first.
Widths WidthsFor(int terminal) {
  const size_t width = static_cast<size_t>(std::clamp(terminal, 40, 400));
  const size_t free = width - 10 - 4;  // the date, and a space before each other column
  Widths widths;
  widths.event = std::clamp<size_t>(free * 22 / 100, 10, 24);
  widths.actor = std::clamp<size_t>(free * 19 / 100, 7, 26);
  widths.recipient = widths.actor;
  const size_t taken = widths.event + widths.actor + widths.recipient;
  widths.words = free > taken ? free - taken : 0;
  return widths;
}

std::string Counted(size_t n, const std::string& what) { return std::to_string(n) + " " + what + (n == 1 ? "" : "s"); }

}  // namespace

std::string TableWriter::Styled(const std::string& text, const char* style) const {
  if (!options_.colour || *style == '\0') return text;
  return std::string("\x1b[") + style + "m" + text + "\x1b[0m";
}

std::string TableWriter::Row(const std::string& date, const std::string& actor, const std::string& event,
                             const std::string& recipient, const std::string& words, const char* event_style,
                             const char* row_style) const {
  const Widths widths = WidthsFor(options_.width);
  std::string out = Styled(PadWidth(date, widths.date), row_style) + " " +
                    Styled(PadWidth(actor, widths.actor), row_style) + " " +
                    Styled(PadWidth(event, widths.event), event_style) + " " +
                    Styled(PadWidth(recipient, widths.recipient), row_style) + " " +
                    Styled(FitWidth(words, widths.words), row_style);
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out + "\n";
}

std::string TableWriter::Begin() const { return Row("DATE", "ACTOR", "EVENT", "RECIPIENT", "WORDS", kBold, kBold); }

std::string TableWriter::Write(const Document& document) const {
  reports_++;
  std::string out;
  if (document.events.empty()) return out;
  if (options_.headings) {
    std::string heading = document.title.empty() ? document.id : document.title;
    if (document.date.known()) heading += (heading.empty() ? "" : ", ") + document.date.Text();
    const size_t width = static_cast<size_t>(std::clamp(options_.width, 40, 400));
    out += Styled(FitWidth("── " + heading, width), kDim) + "\n";
  }
  for (const Event& event : document.events) {
    const EventMention& m = document.event_mentions[event.mentions.front()];
    EventScores::Values values;
    if (options_.scores != nullptr) values = options_.scores->Of(m);
    const size_t quad = IsAsserted(m) ? QuadIndex(values.quad) : kNotDone;
    events_[quad]++;
    const auto auxiliaries = AuxiliaryNames(m.auxiliary);
    std::string words = m.text.empty() ? "" : "“" + m.text + "”";
    if (!auxiliaries.empty()) words = JoinList(auxiliaries) + ": " + words;
    if (!m.place.text.empty() && m.place.how != "dateline") words += ", " + m.place.text;
    out += Row(m.date.Text(), PartyCodes(m.actor), EventName(m), PartyCodes(m.recipient), words,
               kQuad[quad].style, quad == kNotDone ? kDim : "");
  }
  return out;
}

std::string TableWriter::End() const {
  size_t total = 0;
  for (const auto& count : events_) total += count;
  if (!options_.headings || total == 0) return "";
  std::string out = Counted(total, "event") + " in " + Counted(reports_, "report");
  std::string parts;
  for (size_t quad = 0; quad < events_.size(); quad++) {
    if (events_[quad] == 0) continue;
    parts += (parts.empty() ? ": " : ", ") +
             Styled(std::to_string(events_[quad]) + " " + std::string(kQuad[quad].words), kQuad[quad].style);
  }
  return out + parts + "\n";
}

}  // namespace entente
