// SPDX-License-Identifier: Apache-2.0
#include "resolver/resolver.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/hash.h"
#include "base/text.h"
#include "base/utf8.h"
#include "document/tree.h"
#include "resolver/confidence.h"
#include "resolver/dates.h"
#include "resolver/quotes.h"
#include "resolver/turns.h"

namespace entente {
namespace {

constexpr double kImplicitFactor = 0.85, kUnlinkedFactor = 0.6;
constexpr uint32_t kOpeningSentences = 2, kShortestOpening = 3;  // where a text says whose it is
constexpr std::string_view kMedia = "MED";
constexpr size_t kLeastOfOrgan = 2;  // words of a source's name
constexpr int kYearsToHistory = 2;
constexpr uint32_t kSentencesToReference = 2;  // "two days earlier" than what these tell
constexpr int kNewsDays = 7;  // a report tells what happened within them
constexpr std::string_view kParticipants = "participants";  // what counts.rec says of those who act

bool SameCodes(const std::vector<Participant>& a, const std::vector<Participant>& b) {
  const auto codes = [](const std::vector<Participant>& parties) {
    std::vector<std::string> out;
    for (const Participant& p : parties) {
      for (const ActorCode& code : p.actors) out.push_back(code.code + " " + code.sector);
      if (p.actors.empty()) out.push_back(Fold(p.text));
    }
    std::sort(out.begin(), out.end());
    return out;
  };
  return codes(a) == codes(b);
}

bool HasCode(const std::vector<Participant>& parties) {
  return std::any_of(parties.begin(), parties.end(), [](const Participant& p) {
    return std::any_of(p.actors.begin(), p.actors.end(), [](const ActorCode& c) { return !c.code.empty(); });
  });
}

class DocumentResolver {
 public:
  DocumentResolver(Document& document, const Language& language) : document_(document), language_(language) {}

  void Run() {
    Attribute();
    for (EventMention& event : document_.event_mentions) {
      Link(event.actor, event);
      Link(event.recipient, event);
      Link(event.said_by, event);
      Link(event.inner_actor, event);
      Link(event.inner_recipient, event);
      RemoveSelf(event);
    }
    for (size_t i = 0; i < document_.event_mentions.size(); i++) FillActor(i);
    for (size_t i = 0; i < document_.event_mentions.size(); i++) FillRecipient(i);
    FillCountry();
    // What is left without any known party is no event.
    std::erase_if(document_.event_mentions, [&](const EventMention& event) {
      if (!event.pair.empty()) return false;
      if (!AnyActor(event.actor) && !AnyActor(event.recipient)) return true;
      const EventType* type = language_.ontology.Find(event.event, event.mode);
      if (type != nullptr && type->recipient_required && event.recipient.empty()) return true;
      // Private people among themselves are no politics; violence against them is.
      if (event.event.empty()) return false;
      // Words are somebody's: "we urge the government", of whom nobody knows who they are.
      if (type != nullptr && type->IsVerbal() && event.actor_unknown) return true;
      const bool conflict = type != nullptr && type->IsConflict();
      return !conflict && !Political(event.actor) && !Political(event.recipient);
    });
    for (EventMention& event : document_.event_mentions) ForgetThings(event);
    FindAllDates();
    for (EventMention& event : document_.event_mentions) {
      SetDate(event);
      SetPlace(event);
      SetCounts(event);
      if (event.pair.empty()) event.confidence = CalibratedConfidence(event, language_);
    }
    Merge();
  }

 private:
  // Acts told in a quotation, or in somebody's turn of a transcript, are told by its speaker.
  void Attribute() {
    if (document_.event_mentions.empty()) return;
    const std::vector<Quote> quotes = FindQuotes(document_, language_);
    const std::vector<Turn> turns = FindTurns(document_, language_);
    for (EventMention& event : document_.event_mentions) {
      if (!event.pair.empty() || (!event.said_by.empty() && !SaidByFirstPerson(event))) continue;
      const Span span = document_.tokens[event.predicate].span;
      const auto quote = std::lower_bound(quotes.begin(), quotes.end(), span.begin, [](const Quote& q, uint32_t b) { return q.span.end <= b; });
      const auto turn = std::lower_bound(turns.begin(), turns.end(), span.begin, [](const Turn& t, uint32_t b) { return t.span.end <= b; });
      int speaker = -1;
      if (turn != turns.end() && turn->span.Overlaps(span)) {
        speaker = turn->speaker;
        in_words_.insert(event.predicate);
      }
      if (quote != quotes.end() && quote->span.Overlaps(span)) {
        if (quote->speaker >= 0) speaker = quote->speaker;
        in_words_.insert(event.predicate);
      }
      if (speaker < 0) continue;
      event.said_by = {document_.PartyOf(speaker)};
    }
  }

  // "I believe that ...": who that is, the passage says.
  bool SaidByFirstPerson(const EventMention& event) const {
    return std::all_of(event.said_by.begin(), event.said_by.end(), [&](const Participant& p) {
      return p.mention >= 0 && document_.mentions[p.mention].kind == MentionKind::kPronoun &&
             document_.mentions[p.mention].antecedent < 0 &&
             (document_.tokens[document_.mentions[p.mention].head].morph & morph::kFirst) != 0;
    });
  }

  // A state, an organisation, or anybody of a public sector.
  bool Political(const std::vector<Participant>& parties) const {
    return std::any_of(parties.begin(), parties.end(), [&](const Participant& p) {
      return std::any_of(p.actors.begin(), p.actors.end(), [&](const ActorCode& code) {
        return !code.code.empty() ||
               (!code.sector.empty() && !language_.ontology.IsPrivate(code.sector));
      });
    });
  }

  void Link(std::vector<Participant>& parties, EventMention& event) {
    std::vector<Participant> out;
    for (Participant& party : parties) {
      if (party.mention >= 0) {
        const Mention& mention = document_.mentions[party.mention];
        if (party.how != "place") party.actors = mention.actors;
        if (mention.kind == MentionKind::kPronoun) party.how = "pronoun";
        if (mention.kind == MentionKind::kDescription) party.how = "description";
        if (mention.kind == MentionKind::kPronoun && mention.antecedent < 0 && mention.actors.empty()) {
          const std::vector<ActorCode> speaker =
              &parties == &event.said_by ? std::vector<ActorCode>() : SpeakerFor(mention, event);
          if (!speaker.empty()) {
            party.actors = speaker;
            event.steps.push_back(party.text + " = " + speaker.front().name);
          } else {
            event.confidence *= kUnlinkedFactor;
            if (event.pair.empty()) continue;
          }
        }
        if (&parties != &event.said_by) OwnedBySpeaker(mention, party, event);
        if (mention.antecedent >= 0) {
          event.steps.push_back(party.text + " = " + document_.mentions[mention.antecedent].actors.front().name);
        }
      }
      out.push_back(std::move(party));
    }
    if (&parties == &event.actor) event.actor_unknown |= !parties.empty() && out.empty();
    parties = std::move(out);
  }

  // "Our troops" are those of whoever speaks: of a rebel's, rebels.
  void OwnedBySpeaker(const Mention& mention, Participant& party, const EventMention& event) {
    if (mention.owner_pronoun < 0 || mention.antecedent >= 0) return;
    if (mention.actor_kind == ActorKind::kCountry) return;  // "our enemy"
    const auto owner = static_cast<uint32_t>(mention.owner_pronoun);
    const Mention* pronoun = MentionAt(owner);
    if (pronoun == nullptr) return;
    const std::vector<ActorCode> speakers = SpeakerFor(*pronoun, event);
    if (speakers.empty() || speakers.front().code.empty()) return;
    const ActorCode& speaker = speakers.front();
    for (ActorCode& code : party.actors) {
      if (!code.code.empty()) continue;
      code.code = speaker.code;
      if (!Ontology::IsOfState(speaker.sector) && Ontology::IsOfState(code.sector)) code.sector = speaker.sector;
    }
  }

  // Whom a pronoun of the first person stands for: who says the words it stands in; of a text that speaks of itself so,
  // its author or the organ that publishes it. Empty if nothing tells.
  std::vector<ActorCode> SpeakerFor(const Mention& pronoun, const EventMention& event) {
    if ((document_.tokens[pronoun.head].morph & morph::kFirst) == 0) return {};
    if (!event.said_by.empty()) return event.said_by.front().actors;
    if (!pronoun.plural || in_words_.contains(event.predicate)) return {};
    FindAuthor();
    if (author_ >= 0 && document_.mentions[static_cast<size_t>(author_)].head < pronoun.head) {
      return document_.mentions[static_cast<size_t>(author_)].actors;
    }
    return organ_;
  }

  const Mention* MentionAt(uint32_t head) const {
    const auto here = std::lower_bound(document_.mentions.begin(), document_.mentions.end(), head,
                                       [](const Mention& m, uint32_t token) { return m.head < token; });
    return here != document_.mentions.end() && here->head == head ? &*here : nullptr;
  }

  // "The United States condemns the attack. We extend ...", "The General Command states:": the subject with which a
  // text opens, in the present tense. And whose organ the source is, if it is no medium but a party to what it tells.
  void FindAuthor() {
    if (author_known_) return;
    author_known_ = true;
    uint32_t seen = 0;
    for (uint32_t s = 0; s < document_.sentences.size() && seen < kOpeningSentences && author_ < 0; s++) {
      const Sentence& sentence = document_.sentences[s];
      if (document_.paragraphs[sentence.paragraph].kind != ParagraphKind::kBody || sentence.size() < kShortestOpening) continue;
      seen++;
      for (uint32_t t = sentence.begin; t < sentence.end; t++) {
        const Token& token = document_.tokens[t];
        if (token.rel != Rel::kNsubj || token.head < 0) continue;
        const Token& verb = document_.tokens[static_cast<size_t>(token.head)];
        if (verb.rel != Rel::kRoot || verb.upos != Upos::kVerb || (verb.morph & morph::kPres) == 0 || (verb.morph & morph::kFin) == 0) continue;
        const Mention* mention = MentionAt(t);
        if (mention == nullptr || mention->kind == MentionKind::kPronoun || mention->actors.empty()) continue;
        const bool body = mention->actor_kind != ActorKind::kPerson && mention->office.empty() && !mention->person;
        if (body && !mention->actors.front().code.empty()) author_ = static_cast<int>(mention - document_.mentions.data());
      }
    }
    std::vector<std::string> words;
    NameIndex::SplitName(ToLower(document_.station.empty() ? document_.source : document_.station), words);
    const NameIndex& names = language_.actors.names();
    size_t longest = 0;
    for (size_t begin = 0; begin < words.size(); begin++) {
      int node = 0;
      for (size_t at = begin; at < words.size(); at++) {
        const int word = names.Word(Fold(words[at]));
        node = word < 0 ? -1 : names.Walk(node, word);
        if (node < 0) break;
        for (const NameEntry& entry : names.Entries(node)) {
          const Actor& actor = language_.actors.all()[entry.actor];
          if (entry.kind != NameKind::kName || actor.kind == ActorKind::kPerson || at + 1 - begin <= longest) continue;
          const ActorCode code = language_.actors.CodeAt(actor, document_.date);
          if (code.code.empty() || code.sector == kMedia || language_.ontology.IsPrivate(code.sector) ||
              language_.ontology.IsTrade(code.sector))
            continue;
          longest = at + 1 - begin;
          organ_ = {code};
        }
      }
    }
    if (longest < kLeastOfOrgan) organ_.clear();
    if (!organ_.empty()) NameParty();
  }

  // The organ of a party speaks for it: by the name that the report has for it, if it names it.
  void NameParty() {
    std::map<std::string, std::pair<int, const Mention*>> named;
    const ActorCode organ = organ_.front();
    int most = 0;
    for (const Mention& mention : document_.mentions) {
      if (mention.kind != MentionKind::kName || mention.actors.size() != 1 || mention.actor_kind == ActorKind::kPerson) continue;
      const ActorCode& code = mention.actors.front();
      if (code.code != organ.code || code.sector != organ.sector || code.id.empty() || code.id == organ.id) continue;
      auto& [count, first] = named[code.id];
      if (first == nullptr) first = &mention;
      if (++count > most) {
        most = count;
        organ_ = first->actors;
      }
    }
  }

  static void RemoveSelf(EventMention& event) {
    if (!event.pair.empty()) return;
    std::erase_if(event.recipient, [&](const Participant& r) {
      return std::any_of(event.actor.begin(), event.actor.end(), [&](const Participant& a) {
        return !r.actors.empty() && r.how == "pronoun" && r.actors == a.actors;
      });
    });
  }

  // "Condemned the crime": a thing is nobody, whom no event but some is done to.
  void ForgetThings(EventMention& event) const {
    if (!event.pair.empty()) return;
    const EventType* type = language_.ontology.Find(event.event, event.mode);
    if (type != nullptr && type->tells_things) return;
    std::erase_if(event.recipient, [](const Participant& party) { return party.thing; });
  }

  uint32_t Paragraph(const EventMention& event) const { return document_.sentences[event.sentence].paragraph; }

  // Of the same sector, and of the same country as far as it is told.
  static bool MayBeSame(const Participant& a, const Participant& b) {
    for (const ActorCode& x : a.actors) {
      for (const ActorCode& y : b.actors) {
        if (x.sector == y.sector && (x.code == y.code || x.code.empty() || y.code.empty())) return true;
      }
    }
    return false;
  }

  // "Two soldiers were killed in the attack": by whoever attacked, as the sentence before told.
  void FillActor(size_t index) {
    EventMention& event = document_.event_mentions[index];
    if (!event.told_before || !event.pair.empty() || !event.actor.empty()) return;
    for (size_t i = index; i-- > 0;) {
      const EventMention& before = document_.event_mentions[i];
      if (before.sentence + kSentencesToReference < event.sentence || Paragraph(before) + 1 < Paragraph(event)) return;
      const EventType* type = language_.ontology.Find(before.event, before.mode);
      if (before.event != event.event || type == nullptr || !type->IsConflict()) continue;
      if ((before.auxiliary & (kNegation | kHypothetical | kFuture)) != 0 || !AnyActor(before.actor)) return;
      // Of a fight with losses on the side of those who fought, nothing tells whose doing they are.
      const bool self = std::any_of(before.actor.begin(), before.actor.end(), [&](const Participant& a) {
        return std::any_of(event.recipient.begin(), event.recipient.end(), [&](const Participant& r) { return MayBeSame(a, r); });
      });
      if (self) return;
      for (Participant party : before.actor) {
        if (party.actors.empty()) continue;
        party.how = "implicit";
        party.span = {};
        party.mention = -1;
        party.text.clear();
        event.steps.push_back("actor taken from \"" + before.text + "\"");
        event.actor.push_back(std::move(party));
      }
      if (!event.actor.empty()) event.confidence *= kImplicitFactor;
      return;
    }
  }

  // A recipient that the sentence leaves out: that of the same act in the sentence before, or, of a hostile
  // act, whoever the sentence before told to be under attack.
  void FillRecipient(size_t index) {
    EventMention& event = document_.event_mentions[index];
    if (!event.pair.empty() || !event.recipient.empty() || !AnyActor(event.actor)) return;
    const EventType* type = language_.ontology.Find(event.event, event.mode);
    if (type == nullptr || !type->recipient_required) return;
    for (size_t i = index; i-- > 0;) {
      const EventMention& before = document_.event_mentions[i];
      if (before.sentence + 1 < event.sentence) break;
      if (Paragraph(before) != Paragraph(event) || before.sentence == event.sentence || !HasCode(before.recipient)) continue;
      const EventType* other = language_.ontology.Find(before.event, before.mode);
      const bool same_act = before.event == event.event && before.mode == event.mode;
      const bool under_attack = other != nullptr && other->IsConflict() && type->IsConflict();
      if (!same_act && !under_attack) continue;
      for (Participant party : before.recipient) {
        const bool self = std::any_of(event.actor.begin(), event.actor.end(), [&](const Participant& a) {
          return SameCodes({a}, {party});
        });
        if (self || party.actors.empty()) continue;
        party.how = "implicit";
        event.steps.push_back("recipient taken from \"" + before.text + "\"");
        party.span = {};
        party.mention = -1;
        party.text.clear();
        event.recipient.push_back(std::move(party));
      }
      if (!event.recipient.empty()) {
        event.confidence *= kImplicitFactor;
        return;
      }
    }
  }

  // Police, guerrillas, villagers of whom no country is said are those of the country that the report is about.
  void FillCountry() {
    if (document_.about.empty()) return;
    for (EventMention& event : document_.event_mentions) {
      if (!event.pair.empty() || IsWithItself(event)) continue;
      for (auto* parties : {&event.actor, &event.recipient}) {
        for (Participant& party : *parties) {
          if (party.mention >= 0) {
            const Mention& mention = document_.mentions[static_cast<size_t>(party.mention)];
            // "The country" is the one that the report is about, "six countries" and "a country" are not.
            const bool country_itself = mention.actor_kind == ActorKind::kCountry && mention.definite && !mention.plural &&
                                        mention.count == 0 && !mention.needs_owner;
            if (mention.actor_kind != ActorKind::kAgent && !country_itself) continue;
            if (mention.abroad) continue;
          }
          for (ActorCode& code : party.actors) {
            if (!code.code.empty() || code.sector.empty() || !code.id.empty()) continue;
            code.code = document_.about;
            if (party.mention >= 0 && document_.mentions[static_cast<size_t>(party.mention)].actor_kind == ActorKind::kCountry) {
              const Actor* actor = language_.actors.FindByCode(document_.about);
              code.name = actor->name;
              code.id = actor->id;
            }
            if (party.how.empty() || party.how == "description") party.how = "report";
          }
        }
      }
    }
  }

  void FindAllDates() {
    if (document_.event_mentions.empty()) return;
    Date reference;
    dates_.resize(document_.sentences.size());
    trees_.reserve(document_.sentences.size());
    uint32_t last = 0;
    for (uint32_t s = 0; s < document_.sentences.size(); s++) {
      trees_.emplace_back(document_, document_.sentences[s]);
      const Date before = reference;
      // A headline says "attacks" of what is over; a line without a full stop is one.
      const Sentence& sentence = document_.sentences[s];
      const bool title = sentence.paragraph < document_.paragraphs.size() &&
                         document_.paragraphs[sentence.paragraph].kind != ParagraphKind::kBody;
      const bool open = sentence.begin < sentence.end && document_.tokens[sentence.end - 1].upos != Upos::kPunct;
      dates_[s] = FindDates(document_, trees_[s], language_, title || open, reference);
      if (reference != before) last = s;
      if (s > last + kSentencesToReference) reference = {};
    }
  }

  void SetDate(EventMention& event) {
    if (const TimeExpression* found = DateOfClause(trees_[event.sentence], dates_[event.sentence], event.predicate, language_)) {
      event.date = found->date;
      if (found->date.known()) event.date_how = found->how;
      const bool past = document_.date.known() && found->date.known() && found->date.year + kYearsToHistory <= document_.date.year;
      if (past || found->history) event.auxiliary |= kHistorical;
      return;
    }
    if (document_.date.known() && (event.auxiliary & kHistorical) == 0) {
      event.date = document_.date;
      event.date_how = "report";
    }
  }

  // The place of the dateline, where the act may be taken to be there: it took place now, and it is an act of those
  // whose country it is; what is done to somebody is done where he is.
  void SetPlace(EventMention& event) const {
    const EventPlace& place = document_.report_place;
    if (place.empty() || !event.place.empty() || !event.pair.empty() || event.auxiliary != 0) return;
    if (document_.paragraphs[Paragraph(event)].kind == ParagraphKind::kRelated) return;
    if (event.date_how == "explicit" || event.date.precision() != Precision::kDay) return;
    if (document_.date.precision() == Precision::kDay && event.date < AddDays(document_.date, -kNewsDays)) return;
    const EventType* type = language_.ontology.Find(event.event, event.mode);
    if (type == nullptr || type->target_country) return;  // a visit is elsewhere
    const auto& parties = type->place_is_recipient && !event.recipient.empty() ? event.recipient : event.actor;
    bool here = false;
    for (const Participant& party : parties) {
      for (const ActorCode& code : party.actors) {
        if (code.code.empty()) continue;
        if (code.code != place.country) return;
        here = true;
      }
    }
    if (here) event.place = place;
  }

  // The number before the head of a phrase, with what qualifies it: "at least 12 soldiers", "dozens of civilians",
  // "between 20 and 30 protesters" (two counts, the ends). Nothing if no number stands there.
  std::vector<EventCount> NumberBefore(uint32_t head, uint32_t phrase, uint32_t begin) const {
    constexpr uint32_t kFarthest = 9;
    uint32_t at = head;
    while (at > begin && head - at < kFarthest && !IsNumber(at - 1)) {
      const Upos upos = document_.tokens[at - 1].upos;
      if (upos == Upos::kVerb || upos == Upos::kPunct || upos == Upos::kSconj || upos == Upos::kPron || upos == Upos::kCconj) return {};
      // Before the phrase only what belongs to a number: "dozens of the".
      if (at <= phrase && upos != Upos::kDet && upos != Upos::kAdj && !language_.Is(ToLower(document_.tokens[at - 1].lemma), Grammar::kOf)) return {};
      at--;
    }
    if (at == begin || !IsNumber(at - 1)) return {};
    int64_t value = 0;
    bool several = false;
    uint32_t first = NumberFrom(at, begin, value, several);
    if (value <= 0) return {};
    EventCount count{"", value, several ? "at_least" : ""};
    // "20 to 30", "between 20 and 30"
    if (first >= begin + 2 && IsNumber(first - 2)) {
      const DateWord* joint = language_.dates.FindAny(ToLower(document_.tokens[first - 1].form));
      int64_t least = 0;
      bool vague = false;
      if (joint != nullptr && joint->Helps(DateHelper::kTo)) NumberFrom(first - 1, begin, least, vague);
      if (least > 0 && least < value) return {{"", least, "at_least"}, {"", value, "at_most"}};
    }
    std::string before;
    for (uint32_t back = 1; back <= 3 && first >= back + begin; back++) {
      const std::string word = ToLower(document_.tokens[first - back].form);
      before = before.empty() ? word : word + " " + before;
      if (const auto qualifier = language_.numbers.Qualifier(before); !qualifier.empty()) count.qualifier = qualifier;
    }
    return {count};
  }

  bool IsNumber(uint32_t t) const {
    const Token& token = document_.tokens[t];
    if (token.upos == Upos::kDet) return false;
    return language_.numbers.IsNumberWord(ToLower(token.form)) || language_.numbers.IsNumberWord(ToLower(token.lemma));
  }

  // Reads the number that ends before `end`; returns its first token. `several`: "dozens", twelve twice at least.
  uint32_t NumberFrom(uint32_t end, uint32_t begin, int64_t& value, bool& several) const {
    std::vector<std::string> words;
    uint32_t first = end;
    while (first > begin) {
      const Token& token = document_.tokens[first - 1];
      const bool of = language_.Is(ToLower(token.lemma), Grammar::kOf) && first < end && first >= begin + 2 && IsNumber(first - 2);
      if (of) {
        first--;
        continue;
      }
      if (!IsNumber(first - 1)) break;
      first--;
      const std::string form = ToLower(token.form);
      const bool known = language_.numbers.IsNumberWord(form);
      several = several || (!known && (token.morph & morph::kPlur) != 0);
      words.insert(words.begin(), known ? form : ToLower(token.lemma));
    }
    const auto number = language_.numbers.Value(words);
    value = number ? *number : 0;
    if (several && value > 1) value *= 2;
    return first;
  }

  void SetCounts(EventMention& event) {
    const EventType* type = language_.ontology.Find(event.event, event.mode);
    if (type == nullptr || !type->IsConflict()) return;
    const auto what = language_.counts.find(ToLower(document_.tokens[event.predicate].lemma));
    if (what == language_.counts.end()) return;
    // Those to whom it is done are counted; of a march, those who march.
    for (const Participant& party : what->second == kParticipants ? event.actor : event.recipient) {
      if (party.mention < 0) continue;
      std::vector<EventCount> counts = NumberBefore(document_.mentions[party.mention].head, document_.mentions[party.mention].begin, document_.sentences[event.sentence].begin);
      if (counts.empty() && party.count > 0) counts.push_back({"", party.count, ""});
      if (counts.empty()) continue;
      for (EventCount& count : counts) {
        count.what = what->second;
        event.counts.push_back(std::move(count));
      }
      return;
    }
  }

  static int Specificity(const EventMention& event) {
    return (event.actor.empty() ? 0 : 4) + (event.mode.empty() ? 0 : 2) + (event.recipient.empty() ? 0 : 1) + (event.place.empty() ? 0 : 1);
  }

  int Root(int mention) const {
    while (document_.mentions[mention].antecedent >= 0) mention = document_.mentions[mention].antecedent;
    return mention;
  }

  bool IsOther(const Mention& mention) const {
    for (uint32_t t = mention.begin; t < mention.end; t++) {
      if (language_.Is(ToLower(document_.tokens[t].lemma), Grammar::kOther)) return true;
    }
    return false;
  }

  // "three army soldiers": army, soldier
  std::set<std::string> Kind(const Mention& mention) const {
    std::set<std::string> out;
    for (uint32_t t = mention.begin; t < mention.end; t++) {
      const Token& token = document_.tokens[t];
      if (token.upos == Upos::kNoun || token.upos == Upos::kPropn || token.rel == Rel::kAmod) out.insert(ToLower(token.lemma));
    }
    return out;
  }

  // The very same one, and not only another of its kind: "two soldiers", then "the soldiers".
  bool SameReferent(const Participant& a, const Participant& b) const {
    if (a.mention < 0 || b.mention < 0 || !SameCodes({a}, {b})) return false;
    const int first = Root(std::min(a.mention, b.mention)), second = Root(std::max(a.mention, b.mention));
    if (first == second) return true;
    const Mention& before = document_.mentions[first];
    const Mention& after = document_.mentions[second];
    if (IsOther(before) || IsOther(after)) return false;
    if (before.actor_kind == ActorKind::kPerson || after.actor_kind == ActorKind::kPerson) {
      return a.actors.size() == 1 && b.actors.size() == 1 && !a.actors[0].name.empty() && a.actors[0].name == b.actors[0].name;
    }
    if (document_.tokens[before.head].lemma != document_.tokens[after.head].lemma) return false;
    if (before.count > 0 && after.count > 0 && !after.definite) return before.count == after.count && Kind(before) == Kind(after);
    if (before.count > 0 && after.count > 0) return before.count == after.count;
    return after.definite && (before.count > 0 || before.definite || !before.plural);
  }

  bool SameReferents(const std::vector<Participant>& a, const std::vector<Participant>& b) const {
    if (a.empty() || a.size() != b.size()) return false;
    for (size_t i = 0; i < a.size(); i++) {
      if (!SameReferent(a[i], b[i])) return false;
    }
    return true;
  }

  // "bombed and strafed the village", "were killed or wounded": one act in two words.
  bool OneActInTwoWords(const EventMention& a, const EventMention& b) const {
    const uint32_t first = std::min(a.predicate, b.predicate), second = std::max(a.predicate, b.predicate);
    const Token& joined = document_.tokens[second];
    if (document_.tokens[first].upos != Upos::kVerb || joined.upos != Upos::kVerb || joined.rel != Rel::kConj) return false;
    if (joined.head != static_cast<int32_t>(first) || a.mode != b.mode || a.event.empty()) return false;
    if (!a.actor.empty() && !b.actor.empty() && !SameCodes(a.actor, b.actor)) return false;
    if (a.recipient.empty() || b.recipient.empty()) return a.pattern == b.pattern && SameReferents(a.actor, b.actor);
    return SameReferents(a.recipient, b.recipient);
  }

  bool SameAct(const EventMention& a, const EventMention& b) const {
    if (!a.pair.empty() || !b.pair.empty()) return false;
    if (a.event != b.event || a.auxiliary != b.auxiliary) return false;
    if (!a.mode.empty() && !b.mode.empty() && a.mode != b.mode) return false;
    if (a.sentence == b.sentence) return OneActInTwoWords(a, b);
    if (a.date.known() && b.date.known() && a.date != b.date && a.date_how != "report" && b.date_how != "report") return false;
    const bool same_words = document_.tokens[a.predicate].lemma == document_.tokens[b.predicate].lemma || a.pattern == b.pattern;
    // Who did it is told once, or never: "two soldiers were kidnapped".
    if (!a.event.empty() && (a.actor.empty() || b.actor.empty())) return same_words && SameReferents(a.recipient, b.recipient);
    if (a.event.empty() ? a.state != b.state : !AnyActor(a.actor) || !AnyActor(a.recipient)) return false;
    if (!SameCodes(a.actor, b.actor) || !SameCodes(a.recipient, b.recipient)) return false;
    const bool headline = document_.paragraphs[Paragraph(a)].kind != ParagraphKind::kBody;
    return headline || same_words;
  }

  static void AddCounts(EventMention& to, const EventMention& from) {
    for (const EventCount& count : from.counts) {
      const auto known = [&](const EventCount& c) { return c.what == count.what; };
      if (std::none_of(to.counts.begin(), to.counts.end(), known)) to.counts.push_back(count);
    }
  }

  void Merge() {
    document_.events.clear();
    document_.states.clear();
    std::vector<EventMention>& all = document_.event_mentions;
    for (uint32_t i = 0; i < all.size(); i++) {
      Event* same = nullptr;
      std::vector<Event>& events = all[i].event.empty() ? document_.states : document_.events;
      for (Event& event : events) {
        if (SameAct(all[event.mentions.front()], all[i])) {
          same = &event;
          break;
        }
      }
      if (same == nullptr) {
        events.push_back({{i}, ""});
        continue;
      }
      EventMention& first = all[same->mentions.front()];
      same->mentions.push_back(i);
      if (first.sentence == all[i].sentence) {  // "four were killed and six wounded"
        AddCounts(first, all[i]);
        AddCounts(all[i], first);
      }
      if (Specificity(all[i]) > Specificity(all[same->mentions.front()])) {
        std::swap(same->mentions.front(), same->mentions.back());
      }
    }
    if (document_.events.empty() && document_.states.empty()) return;
    const std::string content = ContentHash(document_);
    for (auto* events : {&document_.events, &document_.states}) {
      for (Event& event : *events) SetId(event, content);
    }
  }

  void SetId(Event& event, const std::string& content) const {
    const EventMention& m = document_.event_mentions[event.mentions.front()];
    std::string key = content + '\n' + document_.text.substr(document_.paragraphs.empty() ? 0 : m.span.begin, m.span.size());
    key += '\n' + std::to_string(m.span.begin) + '\n' + m.event + '/' + m.mode + '\n' + m.pair;
    for (const auto* parties : {&m.actor, &m.recipient}) {
      key += '\n';
      for (const Participant& p : *parties) {
        for (const ActorCode& code : p.actors) key += code.code + ' ' + code.sector + ';';
        key += p.text + ';';
      }
    }
    event.id = "e-" + Sha256Hex(key).substr(0, 16);
  }

  Document& document_;
  const Language& language_;
  std::set<uint32_t> in_words_;                     // predicates that stand in a quotation or a turn of a transcript
  bool author_known_ = false;
  int author_ = -1;                // mention of whoever the whole text is by
  std::vector<ActorCode> organ_;   // whoever speaks through the source
  std::vector<Tree> trees_;                         // a sentence each
  std::vector<std::vector<TimeExpression>> dates_;  // a sentence each
};

}  // namespace

Result<Resolver> Resolver::Load(const Language& language) { return Resolver(language); }

void Resolver::Run(Document& document) const { DocumentResolver(document, *language_).Run(); }

}  // namespace entente
