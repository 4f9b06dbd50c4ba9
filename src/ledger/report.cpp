// SPDX-License-Identifier: Apache-2.0
#include "ledger/report.h"

#include <algorithm>
#include <cstdlib>

#include "base/hash.h"
#include "base/text.h"
#include "base/utf8.h"
#include "ledger/json.h"

namespace entente {
namespace {

// Of an act that only the report's date is known of: so long before it may have come about.
constexpr int kNewsDays = 7;

void AddUnique(std::vector<std::string>& list, std::string value) {
  if (!value.empty() && std::find(list.begin(), list.end(), value) == list.end()) list.push_back(std::move(value));
}

std::string SortedJoin(std::vector<std::string> list) {
  std::sort(list.begin(), list.end());
  return Join(list, ";");
}

std::string_view PrecisionName(Precision precision) {
  switch (precision) {
    case Precision::kYear: return "year";
    case Precision::kMonth: return "month";
    case Precision::kDay: return "day";
    case Precision::kNone: break;
  }
  return "";
}

int Day(const Date& date) { return DaysFromCivil(date.year, date.month, date.day); }

// The outermost composition step of an event: "promise(SANCTION/withdraw)".
struct Step {
  std::string_view operation, inner_event, inner_mode;
};
Step OuterStep(const EventMention& mention) {
  for (size_t i = mention.steps.size(); i-- > 0;) {
    const std::string_view step = mention.steps[i];
    const size_t open = step.find('(');
    if (open == std::string_view::npos || !step.ends_with(')') || step.find(' ') != std::string_view::npos) continue;
    const std::string_view inner = step.substr(open + 1, step.size() - open - 2);
    const size_t slash = inner.find('/');
    return {step.substr(0, open), inner.substr(0, slash), slash == std::string_view::npos ? "" : inner.substr(slash + 1)};
  }
  return {};
}

std::vector<const ActorCode*> CodesOf(const std::vector<Participant>& parties) {
  std::vector<const ActorCode*> codes;
  for (const Participant& party : parties) {
    for (const ActorCode& code : party.actors) codes.push_back(&code);
  }
  return codes;
}

WriterOptions ScoredBy(const EventScores& scores) {
  WriterOptions options;
  options.scores = &scores;
  return options;
}

}  // namespace

std::string ReportId(const Document& document) { return "r-" + ContentHash(document).substr(0, 24); }

int64_t HashKey(std::string_view text) {
  return static_cast<int64_t>(std::strtoull(Sha256Hex(text).substr(0, 16).c_str(), nullptr, 16) & 0x7FFFFFFFFFFFFFFFull);
}

std::string_view KeyText(std::string_view text) {
  constexpr size_t kBytes = 600;
  if (text.size() <= kBytes) return text;
  size_t end = kBytes;
  while (end > kBytes - 4 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) end--;
  return text.substr(0, end);
}

std::string DayText(int day) { return day <= kAlways || day >= kNever ? "" : CivilFromDays(day).Text(); }

Subject MakeSubject(const Machine& machine, int kind, const RoleValues& values, std::string_view extra) {
  const KindSpec& spec = machine.kinds()[kind];
  Subject subject;
  subject.kind = kind;
  std::vector<std::string> parties;
  for (size_t r = 0; r < spec.roles.size(); r++) {
    const KindRole& role = spec.roles[r];
    if (!subject.roles.empty()) subject.roles += ',';
    if (role.shape == RoleShape::kOne && values[r].empty()) {
      if (!subject.roles.empty()) subject.roles.pop_back();
      continue;
    }
    AppendJson(subject.roles, role.name);
    subject.roles += ':';
    if (role.shape == RoleShape::kOne) {
      AppendJson(subject.roles, values[r].front());
    } else {
      subject.roles += '[';
      for (size_t i = 0; i < values[r].size(); i++) {
        if (i > 0) subject.roles += ',';
        AppendJson(subject.roles, values[r][i]);
      }
      subject.roles += ']';
    }
    for (const std::string& value : values[r]) {
      if (role.type == RoleType::kOffice) continue;
      AddUnique(parties, value);
      AddUnique(subject.codes, value);
      AddUnique(subject.codes, value.substr(0, value.find(' ')));
    }
  }
  if (spec.by_parties) {
    std::sort(parties.begin(), parties.end());
    subject.key = Join(parties, "+");
  } else {
    for (size_t r = 0; r < values.size(); r++) {
      if (r > 0) subject.key += '|';
      subject.key += Join(values[r], "+");
    }
  }
  if (!extra.empty()) subject.key += "|" + std::string(extra);
  // A person's first name is no code: only what it was split from by mistake.
  std::erase_if(subject.codes, [&](const std::string& code) {
    return std::find(parties.begin(), parties.end(), code) == parties.end() && !IsAllCapitals(code);
  });
  subject.id = HashKey(spec.name + '\n' + subject.key);
  return subject;
}

ReportBuilder::ReportBuilder(const Machine& machine, const Actors& actors, const Ontology& ontology, const EventScores& scores)
    : machine_(machine), actors_(actors), ontology_(ontology), scores_(scores), writer_(ScoredBy(scores)) {}

std::string ReportBuilder::PartyValue(const ActorCode& code) const {
  if (code.code.empty()) return "";
  if (machine_.IsStateSector(code.sector)) return code.code;
  const Actor* actor = actors_.FindByCode(code.code);
  if (actor != nullptr && actor->kind != ActorKind::kCountry) return code.code;
  return code.code + " " + code.sector;
}

bool ReportBuilder::Fits(const ActorCode& code, const KindRole& role) const {
  switch (role.type) {
    case RoleType::kAny: return !code.code.empty();
    case RoleType::kPerson: {
      const Actor* actor = code.id.empty() ? nullptr : actors_.FindById(code.id);
      return actor != nullptr && actor->kind == ActorKind::kPerson;
    }
    case RoleType::kState: {
      const Actor* actor = actors_.FindByCode(code.code);
      return actor != nullptr && actor->kind == ActorKind::kCountry && machine_.IsStateSector(code.sector);
    }
    case RoleType::kOrganisation: {
      const Actor* actor = actors_.FindByCode(code.code);
      return actor != nullptr && actor->kind == ActorKind::kOrganisation;
    }
    case RoleType::kHome:
    case RoleType::kOffice: break;
  }
  return false;
}

void ReportBuilder::Subjects(const StateSpec& state, int state_index, const Document& document, const EventMention& mention,
                             const std::vector<Participant>& actor, const std::vector<Participant>& recipient,
                             std::vector<Subject>& out) const {
  const auto actors = CodesOf(actor), recipients = CodesOf(recipient);
  const auto candidates = [&](const KindRole& role) {
    std::vector<const ActorCode*> found;
    const auto take = [&](const std::vector<const ActorCode*>& from) {
      for (const ActorCode* code : from) {
        if (Fits(*code, role)) found.push_back(code);
      }
    };
    const bool order[2] = {!role.recipient_first, role.recipient_first};
    for (const bool first : order) {
      if (first ? role.actor : role.recipient) take(first ? actors : recipients);
      if (!found.empty() && !role.all) break;
    }
    return found;
  };
  std::vector<RoleValues> rows{{}};
  std::vector<const ActorCode*> holders{nullptr};  // of each row: the party chosen last
  for (const KindRole& role : state.roles) {
    std::vector<RoleValues> next;
    std::vector<const ActorCode*> next_holders;
    const auto add = [&](size_t row, std::vector<std::string> values, const ActorCode* holder) {
      next.push_back(rows[row]);
      next.back().push_back(std::move(values));
      next_holders.push_back(holder);
    };
    for (size_t row = 0; row < rows.size(); row++) {
      const ActorCode* holder = holders[row];
      if (role.type == RoleType::kHome) {
        if (holder != nullptr && !holder->code.empty()) add(row, {holder->code}, holder);
        continue;
      }
      if (role.type == RoleType::kOffice) {
        std::string office;
        if (holder != nullptr) {
          if (const Actor* person = actors_.FindById(holder->id)) {
            bool past = false;
            const Role* held = actors_.RoleAt(*person, mention.date.known() ? mention.date : document.date, past);
            if (held != nullptr && !past && held->code == holder->code) office = held->office;
          }
        }
        add(row, office.empty() ? std::vector<std::string>{} : std::vector<std::string>{office}, holder);
        continue;
      }
      const auto found = candidates(role);
      if (role.shape == RoleShape::kOne) {
        bool any = false;
        std::vector<std::string> seen;
        for (const ActorCode* code : found) {
          // A person beside a code chosen before must be of that code: "Venezuela's Maduro".
          if (role.optional && role.type == RoleType::kPerson && holder != nullptr && code->code != holder->code) continue;
          const std::string value = role.type == RoleType::kPerson ? code->name : PartyValue(*code);
          if (std::find(seen.begin(), seen.end(), value) != seen.end()) continue;
          seen.push_back(value);
          add(row, {value}, code);
          any = true;
        }
        if (!any && role.optional) add(row, {}, holder);
      } else if (role.shape == RoleShape::kSet) {
        std::vector<std::string> values;
        for (const ActorCode* code : found) AddUnique(values, PartyValue(*code));
        std::sort(values.begin(), values.end());
        if (!values.empty() || role.optional) add(row, values, holder);
      } else {
        std::vector<std::string> left, right;
        for (const ActorCode* code : actors) {
          if (Fits(*code, role)) AddUnique(left, PartyValue(*code));
        }
        for (const ActorCode* code : recipients) {
          if (Fits(*code, role)) AddUnique(right, PartyValue(*code));
        }
        if (right.empty()) right = left;
        std::vector<std::vector<std::string>> pairs;
        for (const std::string& a : left) {
          for (const std::string& b : right) {
            if (a == b) continue;
            std::vector<std::string> pair{std::min(a, b), std::max(a, b)};
            if (std::find(pairs.begin(), pairs.end(), pair) == pairs.end()) pairs.push_back(std::move(pair));
          }
        }
        for (auto& pair : pairs) add(row, std::move(pair), holder);
      }
    }
    rows = std::move(next);
    holders = std::move(next_holders);
  }
  const KindSpec& kind = machine_.kinds()[state.kind];
  for (const RoleValues& values : rows) {
    std::string extra;
    if (kind.by_parties) {
      std::vector<std::string> parties;
      for (const auto& list : values) {
        for (const std::string& value : list) AddUnique(parties, value);
      }
      if (parties.empty()) continue;
      // The other parties are not named: it cannot be told from another of the same kind.
      if (parties.size() < 2) extra = machine_.states()[state_index].name;
    }
    bool same = false;  // nobody is in relation to itself
    for (size_t i = 0; i + 1 < values.size() && !kind.by_parties; i++) {
      same = same || (!values[i].empty() && values[i] == values[i + 1]);
    }
    if (same) continue;
    Subject subject = MakeSubject(machine_, state.kind, values, extra);
    if (std::none_of(out.begin(), out.end(), [&](const Subject& s) { return s.id == subject.id; })) out.push_back(std::move(subject));
  }
}

std::vector<Move> ReportBuilder::MovesOf(const Document& document, const EventMention& mention) const {
  int state = machine_.FindState(mention.state);
  std::string force;
  bool inner = false;  // the parties are those of the act inside
  if (state < 0) {
    const Step step = OuterStep(mention);
    for (const MoveRule& rule : machine_.rules()) {
      if (!rule.event.empty() && (rule.event != mention.event || (!rule.mode.empty() && rule.mode != mention.mode))) continue;
      if (!rule.operators.empty() &&
          std::find(rule.operators.begin(), rule.operators.end(), step.operation) == rule.operators.end()) {
        continue;
      }
      if (!rule.inner_event.empty() &&
          (rule.inner_event != step.inner_event || (!rule.inner_mode.empty() && rule.inner_mode != step.inner_mode))) {
        continue;
      }
      if (!rule.context.empty() &&
          std::find(mention.contexts.begin(), mention.contexts.end(), rule.context) == mention.contexts.end()) {
        continue;
      }
      if (rule.to_organisation) {
        KindRole organisation;
        organisation.type = RoleType::kOrganisation;
        const auto codes = CodesOf(mention.recipient);
        if (std::none_of(codes.begin(), codes.end(), [&](const ActorCode* code) { return Fits(*code, organisation); })) continue;
      }
      if (rule.to_inner && machine_.FindState(mention.inner_state) < 0) continue;
      state = rule.to_inner ? machine_.FindState(mention.inner_state) : rule.state;
      inner = rule.to_inner;
      force = rule.force;
      break;
    }
  }
  if (state < 0) return {};
  // What is told of the future is expected; what may be, or is done as a habit, says nothing of a state.
  if ((mention.auxiliary & (kHypothetical | kHabitual)) != 0) return {};
  if ((mention.auxiliary & kNegation) != 0) {
    if (!force.empty()) return {};
    force = "denial";
  }
  bool ahead_of_now = false;
  if ((mention.auxiliary & kFuture) != 0 && force.empty() && !machine_.states()[state].ahead) {
    if (machine_.states()[state].future >= 0) {
      state = machine_.states()[state].future;
      ahead_of_now = true;
    } else {
      force = "expectation";
    }
  }
  // What an actor says of others is a claim.
  if (force.empty() && !mention.said_by.empty()) {
    const auto speakers = CodesOf(mention.said_by), actors = CodesOf(mention.actor);
    const auto own = [&](const ActorCode* speaker) {
      if (speaker->code.empty() || machine_.IsWitness(speaker->sector)) return true;
      return std::any_of(actors.begin(), actors.end(), [&](const ActorCode* actor) { return actor->code == speaker->code; });
    };
    if (!speakers.empty() && std::none_of(speakers.begin(), speakers.end(), own)) force = "claim";
  }
  const StateSpec& spec = machine_.states()[state];
  std::vector<Subject> subjects;
  if (ahead_of_now) {
    // The parties of a future meeting stand where those of one that was held do.
    StateSpec as_told = machine_.states()[machine_.FindState(mention.state)];
    as_told.kind = spec.kind;
    Subjects(as_told, state, document, mention, mention.actor, mention.recipient, subjects);
  } else if (inner) {
    Subjects(spec, state, document, mention, mention.inner_actor.empty() ? mention.actor : mention.inner_actor,
             mention.inner_recipient, subjects);
  } else {
    Subjects(spec, state, document, mention, mention.actor, mention.recipient, subjects);
  }
  std::vector<Move> moves;
  const bool dated = document.date.precision() == Precision::kDay;
  const int known = dated ? Day(document.date) : kNever;
  for (Subject& subject : subjects) {
    Move move;
    move.subject = std::move(subject);
    move.state = state;
    move.force = force;
    move.topic = mention.topic;
    const bool told = mention.date.known() && mention.date_how != "report";
    if (spec.ahead || !force.empty()) {
      // Holds from when it was said; the date told is that of what is ahead.
      if (dated) {
        move.since = document.date;
        move.lo = move.hi = known;
        if (told && Day(mention.date.Last()) >= known && mention.date.precision() == Precision::kDay) move.on = Day(mention.date);
      } else if (told) {
        move.since = mention.date;
        move.lo = Day(mention.date.First());
        move.hi = Day(mention.date.Last());
      }
    } else if (told) {
      move.since = mention.date;
      move.lo = Day(mention.date.First());
      move.hi = Day(mention.date.Last());
      if (known < move.hi && known >= move.lo) move.hi = known;
    } else if (mention.date.known()) {
      move.since = mention.date;
      move.no_later = true;
      move.hi = Day(mention.date.Last());
      move.lo = Day(mention.date.First()) - kNewsDays;
    } else if (dated) {
      move.since = document.date;
      move.no_later = true;
      move.hi = known;
    }
    moves.push_back(std::move(move));
  }
  return moves;
}

Report HeadOf(const Document& document) {
  Report report;
  report.id = ReportId(document);
  report.name = document.id;
  report.path = document.path;
  report.title = document.title;
  report.source = document.source;
  report.url = document.url;
  report.language = document.language;
  report.date = document.date.Text();
  if (document.date.known()) report.known = Day(document.date.Last());
  return report;
}

Report ReportBuilder::Build(const Document& document) const {
  Report report = HeadOf(document);
  report.words = static_cast<int64_t>(document.tokens.size());
  std::vector<const Event*> told;
  for (const auto* events : {&document.events, &document.states}) {
    for (const Event& event : *events) told.push_back(&event);
  }
  for (const Event* one : told) {
    const Event& event = *one;
    const EventMention& mention = document.event_mentions[event.mentions.front()];
    ReportedEvent out;
    out.record = writer_.Record(document, event);
    if (out.record.ends_with('\n')) out.record.pop_back();
    if (std::any_of(report.events.begin(), report.events.end(), [&](const ReportedEvent& e) { return e.id == event.id; })) continue;
    out.id = event.id;
    out.event = mention.event;
    out.mode = mention.mode;
    out.cameo = mention.cameo;
    const EventScores::Values values = scores_.Of(mention);
    out.quad = values.quad;
    if (values.has_score) out.score = values.score;
    if (const EventType* type = ontology_.Find(mention.event, mention.mode)) out.recipient_required = type->recipient_required;
    const auto codes = [&](const std::vector<Participant>& parties, std::string& full, std::string& compared) {
      std::vector<std::string> all, short_ones;
      for (const Participant& party : parties) {
        for (const ActorCode& code : party.actors) {
          AddUnique(all, code.code.empty() || code.sector.empty() ? code.code + code.sector : code.code + " " + code.sector);
          const std::string value = PartyValue(code);
          AddUnique(short_ones, value.empty() ? code.sector : value);
        }
        if (party.actors.empty() && !party.text.empty()) {
          AddUnique(all, "\"" + party.text + "\"");
          AddUnique(short_ones, "\"" + Fold(party.text) + "\"");
        }
      }
      full = SortedJoin(std::move(all));
      compared = SortedJoin(std::move(short_ones));
    };
    codes(mention.actor, out.actor, out.actor_parties);
    codes(mention.recipient, out.recipient, out.recipient_parties);
    out.date = mention.date.Text();
    out.precision = PrecisionName(mention.date.precision());
    out.date_how = mention.date_how;
    if (mention.date.known()) {
      out.lo = Day(mention.date.First());
      out.hi = Day(mention.date.Last());
      out.exact = mention.date.precision() == Precision::kDay && mention.date_how != "report";
    } else {
      out.hi = report.known;
    }
    out.auxiliary = mention.auxiliary;
    out.operation = OuterStep(mention).operation;
    out.place = mention.place.how == "dateline" ? "" : mention.place.country.empty() ? mention.place.text : mention.place.country;
    out.text = mention.text;
    if (mention.sentence < document.sentences.size()) {
      const Sentence& sentence = document.sentences[mention.sentence];
      out.sentence = document.Text(document.SpanOfTokens(sentence.begin, sentence.end));
      std::replace(out.sentence.begin(), out.sentence.end(), '\n', ' ');
    }
    out.moves = MovesOf(document, mention);
    report.events.push_back(std::move(out));
  }
  return report;
}

}  // namespace entente
