// SPDX-License-Identifier: Apache-2.0
// What flows: one report on its way through the stages. Plain structs; every layer is written by one
// stage and read-only afterwards.
//
//   layer                        written by   read by
//   text, paragraphs, meta       reader       all
//   tokens (form, place),
//   sentences                    tokenizer    all
//   tokens (upos, feats, lemma),
//   encodings                    tagger       parser (encodings), all
//   tokens (head, relation)      parser       linker, coder, resolver
//   mentions, places, report_place,
//   about                        linker       coder, resolver
//   event_mentions               coder        resolver
//   events, states               resolver     writer, ledger
//
// Layers refer to one another by index, never by pointer. Spans in tokens are bytes of `text`; the
// writers turn them into code points of the original by `OriginalOffset`.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "document/ud.h"

namespace entente {

// Bytes of Document::text, end exclusive.
struct Span {
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t size() const { return end - begin; }
  bool Overlaps(Span other) const { return begin < other.end && other.begin < end; }
  bool operator==(const Span&) const = default;
};

enum class ParagraphKind : uint8_t {
  kTitle,     // the report's own headline
  kBody,      // running text
  kRelated,   // the headline of another report that this one links to ("RELATED: ...")
  kQuote,     // a pull quote or summary line that stands apart
  kCaption,   // of a picture or table
};

struct Paragraph {
  Span span;
  ParagraphKind kind = ParagraphKind::kBody;
};

struct Token {
  std::string_view form;   // into Document::text, or into Document::arena for parts of a contraction
  std::string_view lemma;  // into the model or the arena
  std::string_view feats;  // UD FEATS, "_" if none; into the model
  std::string_view relation = "root";  // with its subtype: "nsubj:pass"
  Span span;               // of the surface token: parts of a contraction share it where they must
  uint32_t morph = 0;      // morph:: bits of feats
  int32_t head = -1;       // index into Document::tokens; -1 for a root
  Upos upos = Upos::kX;
  Rel rel = Rel::kRoot;
  RelSub rel_sub = RelSub::kNone;
  uint8_t contraction = 0;  // on the first word of a multiword token: its number of words; else 0
  bool space_before = true;
};

struct Sentence {
  uint32_t begin = 0;  // token indices, end exclusive
  uint32_t end = 0;
  uint32_t paragraph = 0;
  uint32_t size() const { return end - begin; }
};

// Who a name or noun stands for, as codes.
struct ActorCode {
  std::string code;    // "VEN", "UNASUR"; empty if not known
  std::string sector;  // "GOV"; empty if not known
  std::string name;    // display name: "Venezuela", "Nicolás Maduro"
  std::string id;      // the lexicon's record, "" if none
  bool operator==(const ActorCode&) const = default;
};

enum class MentionKind : uint8_t {
  kName,         // a name of the lexicon
  kAgent,        // a noun such as "police", with or without a country
  kPronoun,
  kDescription,  // "the oil-rich country", "the bloc": linked to what was said before
  kOther,        // a noun phrase in an actor's place that is not known to be an actor
};
enum class ActorKind : uint8_t {
  kNone, kCountry, kPerson, kOrganisation, kGroup, kRegion, kAgent, kThing,
};

struct Mention {
  uint32_t head = 0;  // the token that governs the phrase
  uint32_t begin = 0, end = 0;  // tokens, end exclusive: the phrase without relative clauses
  MentionKind kind = MentionKind::kName;
  ActorKind actor_kind = ActorKind::kNone;
  std::vector<ActorCode> actors;  // usually one; several for "the two leaders"; empty if not linked
  int32_t antecedent = -1;        // mention that a pronoun or description was resolved to
  int32_t count = 0;              // "six countries": 6; 0 if not said
  bool plural = false;
  char gender = 0;                // 'm', 'f', 'n' or 0
  bool as_place = false;          // a country or city name that here only says where
  bool city = false;              // a city's name that is no capital: it stands for the country's people
  bool modifier = false;          // an adjective or noun before another noun: "an Armenian proposal"
  bool definite = false;          // "the government", "this country"
  bool person = false;            // an agent noun for a human: "the shepherd"
  bool needs_owner = false;       // "the side", "the chief": nobody unless it is known whose
  bool abroad = false;            // "foreign journalists": of other countries than the report's
  bool of_body = false;           // "their members": of the sector of what they are part of
  int32_t owner_pronoun = -1;     // token of "his" in "his government"
  std::string office;             // "head of state" for "the Venezuelan president"
};

enum Auxiliary : uint8_t {
  kFuture = 1, kHistorical = 2, kHypothetical = 4, kNegation = 8, kHabitual = 16,
};

// A place that a sentence names: a city of data/places, or a country.
struct PlaceName {
  uint32_t begin = 0, end = 0;  // tokens of the name, end exclusive
  std::string name;             // as the lexicon has it: "Geneva", "Switzerland"
  std::string country;          // "CHE"
  double lat = 0, lon = 0;
  bool located = false;         // the coordinates are known: only of cities
  bool city = false;            // something smaller than a country
};

// Where an act took place.
struct EventPlace {
  std::string name, country;    // "Geneva", "CHE"; either may be empty
  std::string text;             // as the report has it
  Span span;
  double lat = 0, lon = 0;
  bool located = false;         // only of cities: a country is no point
  bool city = false;
  std::string how;              // "" beside the act, "target", "dateline"
  bool empty() const { return name.empty() && country.empty() && text.empty(); }
};

// A party to an event: from a mention, or a bare span of text, or implicit.
struct Participant {
  std::vector<ActorCode> actors;
  std::string text;
  Span span;                 // empty if implicit
  int32_t mention = -1;
  int32_t count = 0;         // "six countries": 6
  std::string how;           // "", "implicit", "pronoun", "description"
  bool thing = false;        // no name and no known actor: "the vote"
  bool owned = false;        // only an adjective of what stands there names it: "a *Belgian* rival"
};

// True if anybody whom a code or a sector names is among them.
bool AnyActor(const std::vector<Participant>& parties);

struct EventMention;
// True if one phrase is both sides: "the presidents met". They may be of several countries.
bool IsWithItself(const EventMention& event);

struct EventCount {
  std::string what;          // dead, injured, arrested, participants
  int64_t value = 0;
  std::string qualifier;     // "", at_least, at_most, about
};

// One act as one clause tells it.
struct EventMention {
  uint32_t sentence = 0;
  uint32_t predicate = 0;    // token
  std::string event, mode, cameo;  // event is empty for what only moves a state ("was sworn in")
  std::vector<std::string> contexts;
  std::vector<Participant> actor, recipient, said_by;
  bool actor_unknown = false;  // somebody or something acts, and nothing tells who it is
  std::vector<EventCount> counts;
  uint8_t auxiliary = 0;
  Span span;                 // of the words that carry the act
  std::string text;
  std::string how = "pattern";
  std::string pattern;
  std::vector<std::string> steps;  // composition and resolution, in words
  std::string state;         // what it moves in the ledger: "relations=severed"
  // Of a composed act, the act inside: what state it would move and between whom ("vowed to leave the union").
  std::string inner_state;
  std::vector<Participant> inner_actor, inner_recipient;
  bool told_before = false;  // nothing tells who did it, but it came about "in the attack" that was told before
  double confidence = 0;
  std::string pair;          // id of the marked pair that it answers
  Date date;
  std::string date_how;      // report, explicit, relative
  EventPlace place;
  std::string topic;         // of a meeting: what it is about, in the report's words
};

// One happening of the report, with the mentions that tell it: the first one is the most specific.
struct Event {
  std::vector<uint32_t> mentions;  // into event_mentions
  std::string id;                  // "e-" and 16 hexadecimal digits
};

// A remark about the input that the user should see: odd bytes, an ambiguous date.
struct Note {
  std::string code;  // "ambiguous_date"
  std::string text;
};

// A pair of actors marked in the input (code points of the input's text on arrival; bytes of `text`
// here). Either may be missing.
struct MarkedPair {
  std::string id;
  std::optional<Span> actor, recipient;
};

// From a byte of `text` on, code points of the original count from here.
struct OffsetSegment {
  uint32_t text_byte = 0;
  uint64_t original = 0;
};

struct Document {
  std::string id;
  std::string path;      // where it came from, for messages
  std::string title, source, url, language;
  Date date;
  std::string text;      // UTF-8, paragraphs separated by an empty line
  std::vector<OffsetSegment> offsets;  // empty: text is the original
  std::vector<Paragraph> paragraphs;
  std::vector<MarkedPair> pairs;
  std::vector<Note> notes;
  std::string dateline;  // the place of the dateline as written: "CARACAS, Venezuela"
  std::string station;   // who the dateline says it comes from: "Reuters", "Radio Free Europe"

  std::vector<Token> tokens;
  std::vector<Sentence> sentences;
  std::vector<int16_t> encodings;
  std::vector<Mention> mentions;
  std::vector<PlaceName> places;  // in the order of the text, without overlaps
  EventPlace report_place;        // of the dateline
  std::string about;              // code of the country that the report is about; empty if of several or none
  std::vector<EventMention> event_mentions;
  std::vector<Event> events;
  std::vector<Event> states;  // what is no event but moves a state of the ledger

  // Strings that are neither in `text` nor in a model. Moves with the document.
  std::shared_ptr<std::pmr::monotonic_buffer_resource> arena =
      std::make_shared<std::pmr::monotonic_buffer_resource>();

  Document() = default;
  Document(Document&&) = default;
  Document& operator=(Document&&) = default;
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  std::string_view Text(Span span) const {
    return std::string_view(text).substr(span.begin, span.end - span.begin);
  }
  // The text from the first to the last of the tokens begin..end, end exclusive.
  Span SpanOfTokens(uint32_t begin, uint32_t end) const {
    return begin < end ? Span{tokens[begin].span.begin, tokens[end - 1].span.end} : Span{};
  }
  // The party that a mention names, not counted; whoever takes it says how.
  Participant PartyOf(int32_t mention) const;
  // Keeps a copy of the string for as long as the document lives.
  std::string_view Keep(std::string_view string);
  // Code point of the original that this byte of `text` stands at. Costs O(distance) from the nearest
  // segment or checkpoint; `BuildOffsetIndex` must have been called after text was set.
  uint64_t OriginalOffset(uint32_t text_byte) const;
  void BuildOffsetIndex();

 private:
  std::vector<uint32_t> checkpoints_;  // code points before each 256th byte
};

// What a report is known by wherever it lies: SHA-256 of title, date, source, language, text and marked pairs, in 64
// hexadecimal digits. Needs only what the reader fills; name, path and address do not count.
std::string ContentHash(const Document& document);

}  // namespace entente
