// SPDX-License-Identifier: Apache-2.0
#include "document/document.h"

#include <algorithm>
#include <cstring>

#include "base/hash.h"
#include "base/utf8.h"

namespace entente {
namespace {

constexpr uint32_t kStride = 256;

uint32_t CodePoints(std::string_view text) {
  uint32_t n = 0;
  for (const char c : text) n += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return n;
}

}  // namespace

std::string_view Document::Keep(std::string_view string) {
  if (string.empty()) return {};
  char* copy = static_cast<char*>(arena->allocate(string.size(), 1));
  std::memcpy(copy, string.data(), string.size());
  return {copy, string.size()};
}

void Document::BuildOffsetIndex() {
  text.reserve(64);  // on the heap: views into it survive a move of the document
  checkpoints_.clear();
  uint32_t n = 0;
  for (uint32_t at = 0; at <= text.size(); at += kStride) {
    checkpoints_.push_back(n);
    n += CodePoints(std::string_view(text).substr(at, kStride));
  }
}

uint64_t Document::OriginalOffset(uint32_t text_byte) const {
  const auto count = [&](uint32_t byte) {
    const uint32_t checkpoint = std::min<uint32_t>(byte / kStride, checkpoints_.empty() ? 0 : checkpoints_.size() - 1);
    const uint32_t before = checkpoints_.empty() ? 0 : checkpoints_[checkpoint];
    return before + CodePoints(std::string_view(text).substr(checkpoint * kStride, byte - checkpoint * kStride));
  };
  if (offsets.empty()) return count(text_byte);
  auto it = std::upper_bound(offsets.begin(), offsets.end(), text_byte,
                             [](uint32_t byte, const OffsetSegment& s) { return byte < s.text_byte; });
  if (it != offsets.begin()) --it;
  return it->original + (count(text_byte) - count(it->text_byte));
}

std::string ContentHash(const Document& document) {
  std::string content = document.title + '\0' + document.date.Text() + '\0' + document.source + '\0' + document.language + '\0';
  content += document.text;
  for (const MarkedPair& pair : document.pairs) {
    content += '\0' + pair.id;
    for (const auto& span : {pair.actor, pair.recipient}) {
      content += span ? ' ' + std::to_string(span->begin) + '-' + std::to_string(span->end) : " -";
    }
  }
  return Sha256Hex(content);
}

Participant Document::PartyOf(int32_t mention) const {
  const Mention& m = mentions[static_cast<size_t>(mention)];
  Participant party;
  party.mention = mention;
  party.actors = m.actors;
  party.span = SpanOfTokens(m.begin, m.end);
  party.text = std::string(Text(party.span));
  return party;
}

bool IsWithItself(const EventMention& event) {
  return event.actor.size() == 1 && event.recipient.size() == 1 &&
         event.actor.front().mention >= 0 &&
         event.actor.front().mention == event.recipient.front().mention;
}

bool AnyActor(const std::vector<Participant>& parties) {
  return std::any_of(parties.begin(), parties.end(), [](const Participant& p) { return !p.actors.empty(); });
}

}  // namespace entente
