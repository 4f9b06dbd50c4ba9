// SPDX-License-Identifier: Apache-2.0
// PETRARCH2 writes date, source, target, code, issues, ids, url, source of the report, then (if asked for) the words
// of the actors and of the event. Ours has all of them, always, so that every row has eleven columns.
#include "writer/petrarch_writer.h"

#include "writer/cells.h"
#include "writer/dyads.h"

namespace entente {

std::string PetrarchWriter::Write(const Document& document) const {
  std::string out;
  for (const Event& event : document.events) {
    const EventMention& m = document.event_mentions[event.mentions.front()];
    if (!IsAsserted(m)) continue;
    std::string issues, ids;
    for (const std::string& context : m.contexts) issues += (issues.empty() ? "" : ";") + ListItem(context) + ",1";
    for (const uint32_t index : event.mentions) {
      const std::string id = ListItem(document.id) + "_" + std::to_string(document.event_mentions[index].sentence + 1);
      ids += (ids.empty() ? "" : ";") + id;
    }
    for (const Dyad& dyad : DyadsOf(event, m)) {
      out += TabRow({DayDigits(m.date), CameoActor(dyad.actor, options_.codebook),
                     CameoActor(dyad.recipient, options_.codebook), m.cameo, issues, ids, document.url, document.source,
                     std::string(dyad.actor.Raw()), std::string(dyad.recipient.Raw()), m.text},
                    PlainCell);
    }
  }
  return out;
}

}  // namespace entente
