// SPDX-License-Identifier: Apache-2.0
#include "coder/act.h"

#include <algorithm>

#include "base/text.h"
#include "base/utf8.h"

namespace entente {
namespace {

constexpr int kMaxNesting = 8;
constexpr int kDeepestPhrase = 4;
constexpr double kFormWordScore = 2, kRoleBonus = 0.8;
// A report is about a class of words if it has so many of them, and one in so many words is one.
constexpr size_t kTopicLeast = 3, kTopicWords = 40;

// Operators that the grammar itself brings; their meaning is in composition.tsv.
constexpr std::string_view kVerbalConflict = "verbal_conflict";
// In a predicate this word stands for any reflexive pronoun: "turn self in".
constexpr std::string_view kSelf = "self";
constexpr std::string_view kPromise = "promise", kRefuse = "refuse", kRequest = "request", kSay = "say", kWarn = "warn", kAccuse = "accuse";

template <typename T>
bool Contains(const std::vector<T>& list, T item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

void AddUnique(std::vector<uint32_t>& list, uint32_t item) {
  if (!Contains(list, item)) list.push_back(item);
}

}  // namespace

bool Topics::Has(int class_index) {
  const auto index = static_cast<size_t>(class_index);
  if (index >= known_.size()) known_.resize(index + 1, -1);
  if (known_[index] < 0) {
    size_t found = 0;
    for (const Token& token : document_.tokens) {
      if (token.upos == Upos::kNoun || token.upos == Upos::kVerb)
        found += language_.patterns.InClass(class_index, token.lemma);
    }
    known_[index] = found >= kTopicLeast && found * kTopicWords >= document_.tokens.size() ? 1 : 0;
  }
  return known_[index] == 1;
}

Acts::Acts(const Document& document, const Sentence& sentence, const Language& language,
           Topics& topics)
    : document_(document),
      language_(language),
      topics_(topics),
      tree_(document, sentence),
      mention_at_(sentence.size(), -1),
      builder_(tree_, language, mention_at_),
      slots_(sentence.size()) {
  const auto first = std::lower_bound(document.mentions.begin(), document.mentions.end(), sentence.begin,
                                      [](const Mention& m, uint32_t token) { return m.head < token; });
  for (auto it = first; it != document.mentions.end() && it->head < sentence.end; ++it) {
    int& slot = mention_at_[it->head - sentence.begin];
    if (slot < 0) slot = static_cast<int>(it - document.mentions.begin());
  }
  // The other words of a name stand for it too, should the tree tear them from its head.
  for (auto it = first; it != document.mentions.end() && it->head < sentence.end; ++it) {
    if (it->kind != MentionKind::kName || it->actor_kind != ActorKind::kPerson) continue;
    for (uint32_t t = std::max(it->begin, sentence.begin); t < std::min(it->end, sentence.end); t++) {
      int& slot = mention_at_[t - sentence.begin];
      if (slot < 0 && document.tokens[t].upos == Upos::kPropn) slot = static_cast<int>(it - document.mentions.begin());
    }
  }
}

Act* Acts::At(uint32_t token) {
  Slot& slot = slots_[token - tree_.begin()];
  if (slot.state == Slot::kOpen) return nullptr;  // an act inside itself
  if (slot.state == Slot::kUnknown) {
    if (depth_ > kMaxNesting) return nullptr;
    slot.state = Slot::kOpen;
    depth_++;
    std::unique_ptr<Act> act = Make(token, nullptr);
    depth_--;
    slots_[token - tree_.begin()].act = std::move(act);
    slots_[token - tree_.begin()].state = Slot::kDone;
  }
  return slots_[token - tree_.begin()].act.get();
}

std::vector<Act*> Acts::All() {
  std::vector<Act*> all;
  for (uint32_t t = tree_.begin(); t < tree_.end(); t++) {
    if (Act* act = At(t)) all.push_back(act);
  }
  // "made concessions", "approved the sale": verb and noun are one act. The verb's pattern holds the noun in a
  // condition, or the noun's act has the verb as its light verb; the better of the two stays.
  for (Act* act : all) {
    if (act->dropped || act->event.empty()) continue;
    std::vector<uint32_t> held = act->objects;
    for (const Argument& argument : act->frame.arguments) {
      if (ConditionHolds(*act, argument.function)) held.push_back(argument.head);
    }
    for (const uint32_t one : held) {
      const uint32_t head = builder_.Transparent(one);
      Act* noun = slots_[head - tree_.begin()].act.get();
      if (noun == nullptr || noun == act) continue;
      noun->consumed = true;
      // "stopped attacking Saudi Arabia", "called for Russian mediation": the parties of what it holds.
      if (act->pattern->recipient_none || !act->recipients.empty()) {
        bool owned = false;
        const bool known = act->pattern->recipient_none ||
                           std::any_of(act->recipients.begin(), act->recipients.end(), [&](uint32_t one_head) {
                             return IsActorLike(one_head) || !MentionsOf(one_head, owned).empty();
                           });
        if (known) continue;
      }
      std::vector<uint32_t> others;
      for (const auto* from : {&noun->actors, &noun->recipients}) {
        for (const uint32_t one_head : *from) {
          if (others.empty() || from == &noun->actors) {
            if (!Contains(act->actors, one_head) && IsActorLike(one_head)) others.push_back(one_head);
          }
        }
      }
      if (!others.empty()) act->recipients = others;
    }
  }
  // What lies inside the act that an operator took in, with the same doer, is told with it.
  for (Act* act : all) {
    if (act->inner < 0 || !act->composed) continue;
    const auto inner = static_cast<uint32_t>(act->inner);
    const Act* whole = slots_[inner - tree_.begin()].act.get();
    for (Act* other : all) {
      if (other == act || other->consumed || other->predicate == inner) continue;
      if (!tree_.Below(other->predicate, inner) && !(whole != nullptr && tree_.Below(other->predicate, whole->governor) && other->predicate != act->predicate)) continue;
      const bool same = std::all_of(other->actors.begin(), other->actors.end(), [&](uint32_t head) {
        return Contains(act->actors, head) || Contains(act->recipients, head) || (whole != nullptr && Contains(whole->actors, head));
      });
      if (same) other->consumed = true;
    }
  }
  // "met to discuss": the purpose of an act that is the same act.
  for (Act* act : all) {
    if (act->consumed || act->dropped || !tree_.HasHead(act->governor)) continue;
    const Rel rel = Tok(act->governor).rel;
    // "The attack by the rebels killed two": one act.
    const bool subject = rel == Rel::kNsubj && act->frame.kind == PredicateKind::kNoun &&
                         !act->actors.empty() && act->recipients.empty();
    if (!subject && rel != Rel::kXcomp && rel != Rel::kAdvcl) continue;
    const Act* above = slots_[tree_.Head(act->governor) - tree_.begin()].act.get();
    if (above == nullptr || above->consumed || above->dropped || above->event != act->event) continue;
    if ((subject && Contains(above->actors, act->governor)) ||
        std::includes(above->actors.begin(), above->actors.end(), act->actors.begin(), act->actors.end())) {
      act->consumed = true;
    }
  }
  for (Act* act : all) {
    if (act->frame.light_verb < 0 || act->consumed || act->dropped) continue;
    Act* verb = slots_[static_cast<uint32_t>(act->frame.light_verb) - tree_.begin()].act.get();
    if (verb == nullptr || verb->event.empty() || verb->dropped || verb->consumed) continue;
    if (verb->inner == static_cast<int>(act->predicate)) continue;
    (verb->score >= act->score ? act : verb)->consumed = true;
  }
  for (Act* act : all) {
    if (!act->consumed && !act->dropped && IsUnasserted(*act)) act->dropped = true;
  }
  return all;
}

// True if the act's pattern asks for words in this function.
bool Acts::ConditionHolds(const Act& act, int16_t function) const {
  for (const Condition& condition : act.pattern->conditions) {
    if (condition.function != function) continue;
    for (const Alternative& a : condition.alternatives) {
      if (!a.negated && (a.kind == Alternative::kWord || a.kind == Alternative::kClass || a.kind == Alternative::kEvent)) {
        return true;
      }
    }
  }
  return false;
}

std::vector<Tried> Acts::TriedAt(uint32_t token) {
  std::vector<Tried> tried;
  (void)Make(token, &tried);
  std::stable_sort(tried.begin(), tried.end(), [](const Tried& a, const Tried& b) { return a.score > b.score; });
  return tried;
}

bool Acts::IsActorLike(uint32_t head) const {
  const int mention = MentionAt(head);
  return mention >= 0 || Tok(head).upos == Upos::kPropn;
}

std::vector<int> Acts::MentionsOf(uint32_t head, bool& owned) {
  owned = false;
  std::vector<int> out;
  head = builder_.Transparent(head);
  if (const int own = MentionAt(head); own >= 0) {
    out.push_back(own);
    return out;
  }
  // "his counterpart, Li Wei"
  for (const uint32_t child : tree_.Children(head)) {
    if (Tok(child).rel != Rel::kAppos) continue;
    if (const int named = MentionAt(child); named >= 0) out.push_back(named);
  }
  if (!out.empty()) return out;
  owned = true;
  // Who owns it: possessor, then adjective, then of-, by-, from-phrase; two levels deep.
  std::vector<uint32_t> level{head};
  for (int depth = 0; depth < 3 && out.empty(); depth++) {
    std::vector<uint32_t> next;
    for (const uint32_t node : level) {
      // Possessor, by-phrase, adjective, of- and from-phrase, any other phrase that is no place.
      for (int pass = 0; pass < 5 && out.empty(); pass++) {
        for (const uint32_t child : tree_.Children(node)) {
          const Token& token = Tok(child);
          const bool possessor = token.rel == Rel::kNmod && token.rel_sub == RelSub::kPoss;
          const bool adjective = token.rel == Rel::kAmod || token.rel == Rel::kCompound;
          bool take = false;
          if (token.rel == Rel::kNmod && !possessor) {
            const std::string_view preposition = builder_.Preposition(child);
            const bool by = language_.Is(preposition, Grammar::kBy);
            const bool of = language_.Is(preposition, Grammar::kOf) || language_.Is(preposition, Grammar::kFrom) ||
                            language_.Is(preposition, Grammar::kBetween);
            take = (pass == 1 && by) || (pass == 3 && of) ||
                   (pass == 4 && !by && !of && !language_.Is(preposition, Grammar::kPlace));
          } else {
            take = (pass == 0 && possessor) || (pass == 2 && adjective);
          }
          if (!take || !out.empty()) continue;
          for (const uint32_t conjunct : tree_.Conjuncts(child)) {
            if (const int mention = MentionAt(conjunct); mention >= 0) out.push_back(mention);
          }
          if (pass != 2) next.push_back(child);
        }
      }
      if (out.empty()) {
        for (const uint32_t child : tree_.Children(node)) {
          // "a plan drawn up by France"; not "Ana Ruiz, kidnapped by rebels".
          if (Tok(child).rel != Rel::kAcl || Tok(node).upos == Upos::kPropn) continue;
          for (const uint32_t deep : tree_.Children(child)) {
            if (Tok(deep).rel == Rel::kObl && language_.Is(builder_.Preposition(deep), Grammar::kBy)) {
              if (const int mention = MentionAt(deep); mention >= 0) out.push_back(mention);
            }
          }
        }
      }
    }
    level = std::move(next);
  }
  return out;
}

// The word before a token; a hyphen between them does not count.
std::string Acts::WordBefore(uint32_t token) const {
  if (token <= tree_.begin()) return "";
  uint32_t before = token - 1;
  if (Tok(before).form == "-" && before > tree_.begin()) before--;
  return ToLower(Tok(before).lemma);
}

bool Acts::WordFits(const Alternative& a, uint32_t head) const {
  const Token& token = Tok(head);
  const bool plain = token.lemma == a.text;
  if (!plain && ToLower(token.lemma) != a.text) return false;
  for (const std::string& word : a.before) {
    bool found = WordBefore(head) == word;
    for (const uint32_t child : tree_.Children(head)) {
      if (child < head && ToLower(Tok(child).lemma) == word) found = true;
    }
    if (!found) return false;
  }
  return true;
}

bool Acts::TypeFits(std::string_view type, uint32_t head) {
  if (type == "actor") {
    if (IsActorLike(head)) return true;
    bool owned = false;
    return !MentionsOf(head, owned).empty() && !owned;
  }
  if (type == "owned") {
    bool owned = false;
    return !MentionsOf(head, owned).empty() && owned;
  }
  const int mention = MentionAt(head);
  if (mention < 0) return type == "person" && Tok(head).upos == Upos::kPropn;
  const Mention& m = document_.mentions[mention];
  const bool pronoun = m.kind == MentionKind::kPronoun;
  if (pronoun && m.actors.empty()) {
    // The resolver will say who it is; until then it can be anybody that its gender allows.
    const bool person = m.gender == 'm' || m.gender == 'f';
    return type != "place" && !(person && (type == "country" || type == "organisation" || type == "group")) &&
           !(m.gender == 'n' && type == "person");
  }
  if (type == "country") return m.actor_kind == ActorKind::kCountry;
  if (type == "organisation") return m.actor_kind == ActorKind::kOrganisation;
  if (type == "group") return m.actor_kind == ActorKind::kGroup;
  if (type == "place") return m.actor_kind == ActorKind::kCountry || m.actor_kind == ActorKind::kRegion;
  if (type == "person") {
    return m.actor_kind == ActorKind::kPerson || m.actor_kind == ActorKind::kAgent || pronoun;
  }
  return std::any_of(m.actors.begin(), m.actors.end(), [&](const ActorCode& code) { return code.sector == type; });
}

// One of the other words of the sentence, or what the whole report is about.
bool Acts::SceneFits(const Alternative& a, uint32_t predicate) {
  if (a.kind == Alternative::kClass && topics_.Has(a.class_index)) return true;
  for (uint32_t t = tree_.begin(); t < tree_.end(); t++) {
    if (t == predicate) continue;
    const Upos upos = Tok(t).upos;
    if (upos != Upos::kNoun && upos != Upos::kPropn && upos != Upos::kVerb && upos != Upos::kAdj &&
        upos != Upos::kAdv)
      continue;
    if (a.kind == Alternative::kWord) {
      if (WordFits(a, t)) return true;
      continue;
    }
    const Patterns& patterns = language_.patterns;
    const std::string lower = ToLower(Tok(t).lemma);
    if (patterns.InClass(a.class_index, lower)) return true;
    const std::string before = WordBefore(t);
    if (!before.empty() && (patterns.InClass(a.class_index, before + " " + lower) ||
                            patterns.InClass(a.class_index, before + "-" + lower))) {
      return true;
    }
  }
  return false;
}

bool Acts::AlternativeFits(const Alternative& a, const std::vector<uint32_t>& heads) {
  if (a.kind == Alternative::kEmpty) return heads.empty();
  if (a.kind == Alternative::kAny) return !heads.empty();
  for (uint32_t head : heads) {
    for (const uint32_t one : {head, builder_.Transparent(head)}) {
      switch (a.kind) {
        case Alternative::kWord:
          if (WordFits(a, one)) return true;
          break;
        case Alternative::kClass: {
          const Patterns& patterns = language_.patterns;
          const Token& token = Tok(one);
          if (patterns.InClass(a.class_index, token.lemma)) return true;
          const std::string lower = ToLower(token.lemma);
          if (patterns.InClass(a.class_index, lower)) return true;
          const std::string before = WordBefore(one);
          if (!before.empty() && (patterns.InClass(a.class_index, before + " " + lower) ||
                                  patterns.InClass(a.class_index, before + "-" + lower))) {
            return true;
          }
          // "state of emergency"
          for (const uint32_t child : tree_.Children(one)) {
            if (Tok(child).rel != Rel::kNmod || child < one) continue;
            const std::string phrase = lower + " " + std::string(builder_.Preposition(child)) + " " + ToLower(Tok(child).lemma);
            if (patterns.InClass(a.class_index, phrase)) return true;
          }
          if (one + 1 < tree_.end() && Tok(one + 1).rel == Rel::kFixed &&
              patterns.InClass(a.class_index, lower + " " + ToLower(Tok(one + 1).lemma))) {
            return true;
          }
          break;
        }
        case Alternative::kType:
          if (TypeFits(a.text, one)) return true;
          break;
        case Alternative::kEvent: {
          const Act* inner = InnerAct(one, 0);
          if (inner != nullptr && (inner->event == a.text || inner->event + "/" + inner->mode == a.text)) return true;
          break;
        }
        case Alternative::kAny:
        case Alternative::kEmpty: break;
      }
    }
  }
  return false;
}

std::vector<uint32_t> Acts::Heads(const Frame& frame, const Pattern& pattern, const std::vector<uint32_t>* objects,
                                  int16_t function) const {
  if (objects == nullptr) return frame.Heads(function, pattern);
  if (function == kFnObject) return *objects;
  std::vector<uint32_t> heads = frame.Heads(function, pattern);
  if (function < kFirstPreposition && function != kFnClause) return heads;
  // What hangs on the object: "called for talks *between* A and B", "agreed on a treaty *with* Canada".
  std::vector<uint32_t> level = *objects;
  for (int depth = 0; depth < 2; depth++) {
    std::vector<uint32_t> next;
    for (const uint32_t object : level) {
      for (const uint32_t child : tree_.Children(object)) {
        const Token& token = Tok(child);
        if (function == kFnClause) {
          if (token.rel == Rel::kAcl && (token.morph & morph::kInf) != 0) AddUnique(heads, child);
          continue;
        }
        if (token.rel != Rel::kNmod || token.rel_sub == RelSub::kPoss) continue;
        const std::string_view preposition = builder_.Preposition(child);
        if (language_.patterns.Preposition(preposition) == function) AddUnique(heads, builder_.Antecedent(child));
        if (language_.Is(preposition, Grammar::kOf) && MentionAt(child) < 0) next.push_back(child);
      }
    }
    level = std::move(next);
  }
  return heads;
}

// The words of a predicate beside its head. `objects` gets what follows a final preposition.
bool Acts::FormFits(const Frame& frame, const PredicateForm& form, std::vector<uint32_t>& objects, double& score) {
  const uint32_t head = frame.predicate;
  for (const std::string& word : form.before) {
    bool found = WordBefore(head) == word;
    for (const uint32_t child : tree_.Children(head)) {
      if (child < head && ToLower(Tok(child).lemma) == word) found = true;
    }
    if (!found) return false;
    score += kFormWordScore;
  }
  if (form.after.empty()) return true;
  // What the words may be: children, their prepositions, and those of the objects' dependents.
  struct Place {
    uint32_t token;
    uint32_t phrase;  // the phrase that a preposition opens, else the token
  };
  std::vector<Place> places;
  for (const uint32_t child : tree_.Children(head)) {
    places.push_back({child, child});
    for (const uint32_t deep : tree_.Children(child)) {
      const Rel rel = Tok(deep).rel;
      places.push_back({deep, rel == Rel::kCase || rel == Rel::kMark || rel == Rel::kFixed ? child : deep});
      if (rel == Rel::kCase || rel == Rel::kMark) {
        for (const uint32_t part : tree_.Children(deep)) places.push_back({part, child});  // "out of"
      }
      if (rel == Rel::kNmod) {
        for (const uint32_t third : tree_.Children(deep)) {
          if (Tok(third).rel == Rel::kCase) places.push_back({third, deep});
        }
      }
    }
  }
  std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return a.token < b.token; });
  size_t at = 0;
  uint32_t last_phrase = head;
  bool last_is_preposition = false;
  for (const std::string& word : form.after) {
    bool found = false;
    for (; at < places.size() && !found; at++) {
      // Only an adverb may stand before its verb: "temporarily withdrew from".
      if (places[at].token < head && !frame.passive && Tok(places[at].token).rel != Rel::kAdvmod) continue;
      const Token& token = Tok(places[at].token);
      const bool self = word == kSelf && (token.morph & morph::kReflex) != 0;
      if (!self && token.lemma != word && token.form != word && ToLower(token.form) != word) continue;
      if (places[at].phrase != places[at].token && MentionAt(places[at].phrase) < 0) {
        // "called him on Friday" is not "call on".
        const DateWord* date = language_.dates.Find(ToLower(Tok(places[at].phrase).lemma));
        if (date != nullptr && date->weekday && frame.passive && !language_.Is(word, Grammar::kDayPreposition)) {
          // "was sworn in Thursday": no weekday takes this preposition, so it is the verb's.
          found = true;
          last_phrase = head;
          last_is_preposition = false;
          continue;
        }
        if (date != nullptr && (date->weekday || date->month || date->unit)) continue;
      }
      found = true;
      last_phrase = places[at].phrase;
      last_is_preposition = places[at].phrase != places[at].token;
    }
    if (!found) return false;
    score += kFormWordScore;
  }
  if (form.object_preposition != kFnNone || last_is_preposition) {
    if (last_is_preposition) {
      objects.push_back(builder_.Antecedent(last_phrase));
    } else if (frame.passive || tree_.Child(head, Rel::kCompound, RelSub::kPrt) >= 0) {
      // "the strike was called off"; "called off the strike", the word read as a particle.
      for (const Argument& argument : frame.arguments) {
        if (argument.function == kFnObject) objects.push_back(argument.head);
      }
    }
    if (objects.empty()) return false;
  }
  return true;
}

bool Acts::Fits(const Frame& frame, const Pattern& pattern, const std::vector<uint32_t>* objects, double& score,
                std::string* lacked) {
  for (const Condition& condition : pattern.conditions) {
    const bool scene = condition.function == kFnScene;
    const std::vector<uint32_t> heads =
        scene ? std::vector<uint32_t>() : Heads(frame, pattern, objects, condition.function);
    const auto fits = [&](const Alternative& a) {
      return scene ? SceneFits(a, frame.predicate) : AlternativeFits(a, heads);
    };
    bool positive = false, any_positive = false, negative = false;
    double weight = 0;
    for (const Alternative& a : condition.alternatives) {
      if (a.negated) {
        negative |= fits(a);
        weight = std::max(weight, WeightOf(a));
        continue;
      }
      any_positive = true;
      if (WeightOf(a) > weight || !positive) {
        if (fits(a)) {
          positive = true;
          weight = std::max(weight, WeightOf(a));
        }
      }
    }
    if (negative || (any_positive && !positive)) {
      if (lacked != nullptr) {
        *lacked = language_.patterns.FunctionName(condition.function);
        *lacked += heads.empty() ? " is empty, wanted" : " is `" + std::string(Tok(heads.front()).form) + "`, wanted";
        for (const Alternative& a : condition.alternatives) {
          *lacked += a.negated ? " not " : " ";
          for (const std::string& word : a.before) *lacked += word + " ";
          switch (a.kind) {
            case Alternative::kClass: *lacked += "@" + a.text; break;
            case Alternative::kType: *lacked += "#" + a.text; break;
            case Alternative::kEvent: *lacked += "=" + a.text; break;
            case Alternative::kAny: *lacked += "*"; break;
            case Alternative::kEmpty: *lacked += "-"; break;
            case Alternative::kWord: *lacked += a.text; break;
          }
        }
      }
      return false;
    }
    score += weight;
  }
  return true;
}

Act* Acts::InnerAct(uint32_t head, int depth) {
  if (depth > 3) return nullptr;
  head = builder_.Transparent(head);
  if (Act* act = At(head)) return act;
  // "suggested holding talks": the noun is the act of its light verb.
  if (Tok(head).upos == Upos::kVerb) {
    for (const uint32_t child : tree_.Children(head)) {
      const Rel rel = Tok(child).rel;
      if (rel != Rel::kObj && rel != Rel::kObl && rel != Rel::kNsubj) continue;
      Act* act = At(builder_.Transparent(child));
      if (act != nullptr && act->frame.light_verb == static_cast<int>(head)) return act;
    }
  }
  // "the need for talks", "an end to attacks": nouns that no pattern knows carry the act below them.
  if (Tok(head).upos == Upos::kNoun && MentionAt(head) < 0) {
    for (const uint32_t child : tree_.Children(head)) {
      const Token& token = Tok(child);
      if ((token.rel == Rel::kNmod && token.rel_sub != RelSub::kPoss &&
           language_.Is(builder_.Preposition(child), Grammar::kOf)) ||
          (token.rel == Rel::kAcl && (token.morph & morph::kInf) != 0)) {
        if (Act* act = InnerAct(child, depth + 1)) return act;
      }
    }
  }
  return nullptr;
}

std::unique_ptr<Act> Acts::Make(uint32_t token, std::vector<Tried>* tried) {
  const Token& t = Tok(token);
  PredicateKind kind;
  std::string lower;
  std::string_view lemma = t.lemma;
  switch (t.upos) {
    case Upos::kVerb: kind = PredicateKind::kVerb; break;
    case Upos::kPropn:
    case Upos::kNoun: kind = PredicateKind::kNoun; break;
    case Upos::kAdj: kind = PredicateKind::kAdjective; break;
    default: return nullptr;
  }
  if (t.upos == Upos::kPropn || (!lemma.empty() && IsUpper(static_cast<unsigned char>(lemma[0])))) {
    if (MentionAt(token) >= 0) return nullptr;
    lower = ToLower(lemma);
    lemma = lower;
  }
  struct Reading {
    PredicateKind kind;
    const std::vector<PatternRef>* refs;
  };
  std::vector<Reading> readings;
  if (const auto* refs = language_.patterns.Find(kind, lemma)) readings.push_back({kind, refs});
  if (kind == PredicateKind::kAdjective || (kind == PredicateKind::kVerb && (t.morph & morph::kPart) != 0)) {
    // "is opposed to", "remains committed": a participle that patterns know as an adjective.
    const std::string form = ToLower(t.form);
    if (kind == PredicateKind::kVerb || form != lemma) {
      if (const auto* refs = language_.patterns.Find(PredicateKind::kAdjective, form)) {
        readings.push_back({PredicateKind::kAdjective, refs});
      }
    }
  }
  if (readings.empty()) return nullptr;
  // Names are no predicates: "the Peace Talks Party", an actor's noun.
  if (kind == PredicateKind::kNoun && (t.rel == Rel::kFlat || (t.rel == Rel::kCompound && tree_.HasHead(token) && MentionAt(tree_.Head(token)) >= 0))) {
    return nullptr;
  }
  Frame best_frame;
  const Pattern* best = nullptr;
  std::vector<uint32_t> best_objects;
  bool best_has_objects = false;
  double best_score = -1;
  for (const Reading& reading : readings) {
  const Frame frame = builder_.Build(token, reading.kind);
  for (const PatternRef& ref : *reading.refs) {
    const Pattern& pattern = language_.patterns.all()[ref.pattern];
    const PredicateForm& form = pattern.forms[ref.form];
    std::vector<uint32_t> objects;
    double score = 0;
    if (!FormFits(frame, form, objects, score)) {
      if (tried != nullptr) {
        tried->push_back({&pattern, "the words `" + Join(form.before, " ") + (form.before.empty() ? "" : " ") + form.head +
                                        (form.after.empty() ? "" : " ") + Join(form.after, " ") + "`", score});
      }
      continue;
    }
    const std::vector<uint32_t>* given = !objects.empty() ? &objects : nullptr;
    const Frame* used = &frame;
    Frame active;
    if (given != nullptr && frame.passive && tree_.Child(frame.predicate, Rel::kAux, RelSub::kPass) < 0) {
      // "Barbados called for action", read as a passive: the preposition's phrase is the object, so it is none.
      active = frame;
      active.passive = false;
      for (Argument& argument : active.arguments) {
        if (argument.function == kFnObject) argument.function = kFnAgent;
      }
      used = &active;
    }
    std::string lacked;
    if (!Fits(*used, pattern, given, score, tried != nullptr ? &lacked : nullptr)) {
      if (tried != nullptr) tried->push_back({&pattern, lacked, score});
      continue;
    }
    // Who is there decides between patterns of equal conditions.
    bool actor = false, recipient = false;
    for (const uint32_t head : Heads(*used, pattern, given, kFnAgent)) actor |= IsActorLike(head);
    if (pattern.recipient.empty() && !pattern.recipient_none) {
      for (const uint32_t head : Heads(*used, pattern, given, kFnObject)) recipient |= IsActorLike(head);
    }
    for (const int16_t function : pattern.recipient) {
      for (const uint32_t head : Heads(*used, pattern, given, function)) recipient |= IsActorLike(head);
    }
    score += kRoleBonus * (actor + recipient) + pattern.priority * 0.01;
    // An operator whose act is missing is only what its own event says.
    if (!pattern.operation.empty()) {
      bool inner = false;
      for (const int16_t function : pattern.inner) {
        for (const uint32_t head : Heads(*used, pattern, given, function)) inner |= InnerAct(head, 0) != nullptr;
      }
      if (inner) {
        score += 2;
      } else if (pattern.event.empty() && ObligedClause(*used, pattern) < 0) {
        if (tried != nullptr) tried->push_back({&pattern, "an act inside it", score});
        continue;
      }
    }
    if (tried != nullptr) tried->push_back({&pattern, "", score});
    if (score > best_score) {
      best_score = score;
      best = &pattern;
      best_objects = objects;
      best_has_objects = given != nullptr;
      best_frame = *used;
    }
  }
  }
  if (best == nullptr || tried != nullptr) return nullptr;
  auto act = std::make_unique<Act>();
  act->predicate = token;
  act->governor = best_frame.Governor();
  act->pattern = best;
  act->frame = best_frame;
  if (best->no_event && best->state.empty()) return nullptr;
  act->state_only = best->no_event;
  act->event = best->event;
  act->mode = best->mode;
  act->cameo = best->cameo;
  act->reciprocal = best->reciprocal;
  act->contexts = best->contexts;
  act->state = best->state;
  act->score = best_score;
  const std::vector<uint32_t>* objects = best_has_objects ? &best_objects : nullptr;
  act->objects = best_objects;
  FillParties(*act, objects);
  if (!best->operation.empty()) ApplyOperator(*act, objects);
  ApplyMood(*act);
  if (act->event.empty() && !act->state_only) act->dropped = true;
  return act;
}

void Acts::FillParties(Act& act, const std::vector<uint32_t>* objects) {
  const Pattern& pattern = *act.pattern;
  const auto heads_of = [&](int16_t function) {
    std::vector<uint32_t> all;
    std::vector<uint32_t> found = Heads(act.frame, pattern, objects, function);
    if (function == kFnClause) {
      // Of a clause it is who acts in it, or of whom it says something.
      std::vector<uint32_t> subjects;
      for (const uint32_t head : found) {
        // "demanded that the text be published": by whom, nothing says.
        if (pattern.operation == kRequest && Tok(head).upos == Upos::kVerb &&
            builder_.IsPassive(head))
          continue;
        bool shared = false;
        for (const uint32_t subject : builder_.SurfaceSubjects(head, 0, shared)) AddUnique(subjects, subject);
      }
      found = std::move(subjects);
    }
    for (const uint32_t head : found) {
      for (const uint32_t conjunct : tree_.Conjuncts(head)) AddUnique(all, conjunct);
    }
    return all;
  };
  // The first function that holds an actor; failing that, the first that holds anything.
  const auto fill = [&](const std::vector<int16_t>& functions, std::vector<uint32_t>& out, bool skip_actors) {
    std::vector<uint32_t> anything;
    for (const int16_t function : functions) {
      std::vector<uint32_t> heads = heads_of(function);
      if (skip_actors) std::erase_if(heads, [&](uint32_t head) { return Contains(act.actors, head); });
      if (heads.empty()) continue;
      bool owned = false;
      const bool actor = std::any_of(heads.begin(), heads.end(), [&](uint32_t head) {
        return IsActorLike(head) || !MentionsOf(head, owned).empty();
      });
      if (actor) {
        out = heads;
        return;
      }
      if (anything.empty()) anything = heads;
    }
    out = anything;
  };
  static const std::vector<int16_t> kAgentFirst{kFnAgent};
  static const std::vector<int16_t> kObjectFirst{kFnObject};
  fill(pattern.actor.empty() ? kAgentFirst : pattern.actor, act.actors, false);
  // "governments, accompanied by envoys, met": the envoys too.
  for (size_t i = 0; i < act.actors.size() && i < 8; i++) {
    for (const uint32_t child : tree_.Children(act.actors[i])) {
      if (Tok(child).rel != Rel::kAcl || !language_.Is(Tok(child).lemma, Grammar::kJoined)) continue;
      for (const uint32_t deep : tree_.Children(child)) {
        if (Tok(deep).rel != Rel::kObl || !language_.Is(builder_.Preposition(deep), Grammar::kBy)) continue;
        for (const uint32_t conjunct : tree_.Conjuncts(deep)) {
          if (MentionAt(conjunct) >= 0) AddUnique(act.actors, conjunct);
        }
      }
    }
  }
  if (pattern.recipient_none) return;
  fill(pattern.recipient.empty() ? kObjectFirst : pattern.recipient, act.recipients, true);
  // "asks Germany for tanks": the form's preposition has the object, the direct object is whom it is asked of.
  if (objects != nullptr && std::none_of(act.recipients.begin(), act.recipients.end(), [&](uint32_t head) { return IsActorLike(head); })) {
    for (const uint32_t head : act.frame.Heads(kFnObject, pattern)) {
      if (!IsActorLike(head) || Contains(*objects, head) || Contains(act.actors, head)) continue;
      act.recipients = tree_.Conjuncts(head);
      break;
    }
  }
  bool owned = false;
  const auto somebody = [&](uint32_t head) {
    return IsActorLike(head) || !MentionsOf(head, owned).empty();
  };
  if (std::none_of(act.recipients.begin(), act.recipients.end(), somebody)) {
    const std::vector<uint32_t> directed = DirectedAt(act);
    if (!directed.empty()) act.recipients = directed;
  }
  // "gave Ukraine jets": the tree may take the first object for a part of the second.
  const bool found = std::any_of(act.recipients.begin(), act.recipients.end(), [&](uint32_t head) { return IsActorLike(head); });
  if (!found && std::find(pattern.recipient.begin(), pattern.recipient.end(), int16_t{kFnIndirect}) != pattern.recipient.end()) {
    for (const uint32_t object : heads_of(kFnObject)) {
      for (const uint32_t child : tree_.Children(object)) {
        if (Tok(child).rel == Rel::kCompound && child < object && MentionAt(child) >= 0 && !Contains(act.actors, child)) {
          act.recipients = {child};
        }
      }
    }
  }
}

// The actors of a phrase below the act that says at whom it is directed, though the tree hangs it
// on a phrase of place or time: "filed a lawsuit in a court *of Lyon against the firm*".
std::vector<uint32_t> Acts::DirectedAt(const Act& act) const {
  std::vector<uint32_t> level{act.governor};
  if (act.predicate != act.governor) level.push_back(act.predicate);
  // What the object itself is directed at belongs to it: "condemned the threats against the press".
  if (const int object = tree_.Child(act.governor, Rel::kObj); object >= 0) {
    for (const uint32_t child : tree_.Children(static_cast<uint32_t>(object))) {
      if (Tok(child).rel == Rel::kNmod &&
          language_.Is(builder_.Preposition(child), Grammar::kPlace))
        level.push_back(child);
    }
  }
  for (int depth = 0; depth < kDeepestPhrase && !level.empty(); depth++) {
    std::vector<uint32_t> next;
    for (const uint32_t node : level) {
      for (const uint32_t child : tree_.Children(node)) {
        const Rel rel = Tok(child).rel;
        if ((rel != Rel::kObl && rel != Rel::kNmod) || child < node) continue;
        const std::string_view preposition = builder_.Preposition(child);
        if (language_.Is(preposition, Grammar::kDirected)) {
          std::vector<uint32_t> found;
          for (const uint32_t conjunct : tree_.Conjuncts(child)) {
            if (!Contains(act.actors, conjunct)) found.push_back(conjunct);
          }
          if (std::any_of(found.begin(), found.end(),
                          [&](uint32_t head) { return IsActorLike(head); }))
            return found;
        } else if (preposition.empty() || language_.Is(preposition, Grammar::kPlace) || depth > 0) {
          next.push_back(child);
        }
      }
    }
    level = std::move(next);
  }
  return {};
}

void Acts::Compose(Act& act, std::string_view operation, const Act& inner, const std::vector<uint32_t>& outer_recipients) {
  const CompositionRow* row = language_.ontology.Compose(operation, inner.event, inner.mode);
  if (row == nullptr) return;
  act.composed = true;
  act.reciprocal = inner.reciprocal;
  act.steps.push_back(std::string(operation) + "(" + inner.event + (inner.mode.empty() ? "" : "/" + inner.mode) + ")");
  if (row->none) {
    act.event.clear();
    act.dropped = true;
    return;
  }
  if (!row->keep) {
    act.event = row->event;
    act.mode = row->mode;
    act.cameo.clear();
    act.state.clear();
    act.inner_state = inner.state.empty() ? inner.inner_state : inner.state;
    act.inner_actors = inner.state.empty() ? inner.inner_actors : inner.actors;
    act.inner_recipients = inner.state.empty() ? inner.inner_recipients : inner.recipients;
  } else {
    act.event = inner.event;
    act.mode = inner.mode;
    act.cameo = inner.cameo;
    act.state = row->keep_state ? inner.state : "";
  }
  for (const std::string& context : inner.contexts) {
    if (std::find(act.contexts.begin(), act.contexts.end(), context) == act.contexts.end()) act.contexts.push_back(context);
  }
  static const std::vector<std::string> kDefault{"outer", "inner_agent", "inner_recipient"};
  std::vector<uint32_t> chosen;
  for (const std::string& source : row->recipient.empty() ? kDefault : row->recipient) {
    const std::vector<uint32_t>& from = source == "outer" ? outer_recipients : source == "inner_agent" ? inner.actors : inner.recipients;
    for (const uint32_t head : from) {
      if (!Contains(act.actors, head)) AddUnique(chosen, head);
    }
    bool owned = false;
    const bool any = std::any_of(chosen.begin(), chosen.end(), [&](uint32_t head) {
      return IsActorLike(head) || !MentionsOf(head, owned).empty();
    });
    if (any) break;
    if (source != row->recipient.back()) chosen.clear();
  }
  act.recipients = chosen;
}

void Acts::ApplyOperator(Act& act, const std::vector<uint32_t>* objects) {
  const Pattern& pattern = *act.pattern;
  Act* inner = nullptr;
  for (const int16_t function : pattern.inner) {
    for (const uint32_t head : Heads(act.frame, pattern, objects, function)) {
      inner = InnerAct(head, 0);
      if (inner != nullptr) break;
    }
    if (inner != nullptr) break;
  }
  if (inner == nullptr) {
    // "did not let him work": what is not let or agreed to need not be an event itself.
    const std::string denied = "not-" + pattern.operation;
    if (pattern.operation != kRequest && !act.event.empty() && Negated(act.governor) && language_.ontology.HasOperator(denied)) {
      const std::vector<uint32_t> outer = act.recipients;
      Compose(act, denied, Act(), outer);
      act.negation_done = true;
      return;
    }
    // "X says that Y must be ready": a request, though no pattern knows what for.
    const int obliged = ObligedClause(act.frame, pattern);
    if (obliged >= 0) {
      bool shared = false;
      Act unknown;
      for (const uint32_t head : builder_.SurfaceSubjects(static_cast<uint32_t>(obliged), 0, shared)) {
        for (const uint32_t conjunct : tree_.Conjuncts(head)) unknown.actors.push_back(conjunct);
      }
      if (unknown.actors != act.actors && !SpeaksForItself(unknown.actors, act.actors)) {
        Compose(act, kRequest, unknown, unknown.actors);
        act.inner = obliged;
      }
    }
    // "agreed to provide Sri Lanka with technology": no pattern knows the act, but who it is for stands there.
    bool owned = false;
    const bool found = std::any_of(act.recipients.begin(), act.recipients.end(), [&](uint32_t head) {
      return IsActorLike(head) || !MentionsOf(head, owned).empty();
    });
    if (found || act.event.empty() || pattern.recipient_none) return;
    for (const Argument& argument : act.frame.arguments) {
      if (argument.function != kFnClause || Tok(argument.head).upos != Upos::kVerb) continue;
      const Frame clause = builder_.Build(argument.head, PredicateKind::kVerb);
      for (const int16_t pass : {kFnIndirect, kFnObject, kFirstPreposition}) {
        for (const Argument& inner_argument : clause.arguments) {
          const bool here = pass == kFirstPreposition ? inner_argument.function >= kFirstPreposition && !inner_argument.via_object
                                                      : inner_argument.function == pass;
          if (!here || Contains(act.actors, inner_argument.head) || MentionAt(inner_argument.head) < 0) continue;
          const Mention& mention = document_.mentions[MentionAt(inner_argument.head)];
          if (mention.kind == MentionKind::kPronoun && mention.modifier) continue;
          for (const uint32_t conjunct : tree_.Conjuncts(inner_argument.head)) act.recipients.push_back(conjunct);
          return;
        }
      }
    }
    return;
  }
  // "claims that three soldiers were killed": nobody is accused, whoever suffers it least of all.
  const EventType* inner_type = language_.ontology.Find(inner->event, inner->mode);
  const bool accuses_nobody = pattern.operation == kAccuse && pattern.event.empty() && inner->actors.empty() && inner->frame.passive &&
                              inner_type != nullptr && inner_type->IsConflict() && Tok(inner->governor).rel == Rel::kCcomp &&
                              std::none_of(act.recipients.begin(), act.recipients.end(), [&](uint32_t head) {
                                return head != inner->predicate && head != inner->governor;
                              });
  if (pattern.operation == kSay || accuses_nobody) {
    // Speech asserts what it says: the inner act stands by itself, with its speaker.
    const bool own = inner->actors == act.actors;
    if (!own) {
      for (const uint32_t head : act.actors) AddUnique(inner->said_by, head);
    }
    if (inner->actors.empty() && inner->frame.kind == PredicateKind::kNoun) inner->actors = act.actors;
    if (pattern.event.empty()) act.event.clear();
    return;
  }
  std::string operation = pattern.operation;
  if ((inner->auxiliary & kNegation) != 0 && language_.ontology.HasOperator(operation + "-not")) {
    operation += "-not";
  } else if (Negated(act.governor) && language_.ontology.HasOperator("not-" + operation)) {
    operation = "not-" + operation;
    act.negation_done = true;
  }
  // "insisted that the attack was planned by the army" says so.
  if (pattern.operation == kRequest && Tok(inner->governor).rel == Rel::kCcomp && IsPastFinite(inner->governor)) {
    act.dropped = true;
    return;
  }
  if ((pattern.operation == kPromise || pattern.operation == kWarn) && IsOfOthers(act)) {
    act.dropped = true;
    return;
  }
  const CompositionRow* row = language_.ontology.Compose(operation, inner->event, inner->mode);
  if (row == nullptr) return;
  std::vector<uint32_t> outer;
  for (const uint32_t head : act.recipients) {
    if (head != inner->predicate && head != inner->governor) outer.push_back(head);
  }
  if (!pattern.recipient.empty() || !outer.empty()) {
    // The object of an operator that takes its act as object is no recipient.
    // But whose it is may be one: "refused a request *by the union* to leave".
    std::erase_if(outer, [&](uint32_t head) {
      if (!tree_.Below(inner->predicate, head) || IsActorLike(head)) return false;
      const int by = tree_.Child(head, Rel::kNmod);
      return by < 0 || !language_.Is(builder_.Preposition(static_cast<uint32_t>(by)), Grammar::kBy);
    });
  }
  // "an attempt by rebels to kill", but not "asking workers to march": whoever is asked asks nobody.
  const bool asked = pattern.operation == kRequest ||
                     std::any_of(act.frame.arguments.begin(), act.frame.arguments.end(), [&](const Argument& argument) {
                       return (argument.function == kFnObject || argument.function == kFnIndirect) &&
                              Contains(inner->actors, argument.head);
                     });
  if (act.actors.empty() && !act.frame.passive && !asked) act.actors = inner->actors;
  const std::vector<uint32_t> actors = act.actors;
  Compose(act, operation, *inner, outer);
  act.actors = actors;
  act.inner = static_cast<int>(inner->predicate);
  if (row->keep && act.actors.empty()) act.actors = inner->actors;
  // "continues to be banned": whoever goes on is whoever suffers it.
  if (row->keep && inner->frame.passive && Tok(inner->governor).rel == Rel::kXcomp) {
    act.actors = inner->actors;
    act.recipients = inner->recipients;
  }
  inner->consumed = true;
  act.auxiliary |= inner->auxiliary & kHypothetical;
}

// "hopes that Bolivia will release them": what is looked forward to is another's act.
bool Acts::IsOfOthers(const Act& act) const {
  for (const Argument& argument : act.frame.arguments) {
    if (argument.function != kFnClause || Tok(argument.head).rel != Rel::kCcomp) continue;
    bool shared = false;
    const std::vector<uint32_t> subjects = builder_.SurfaceSubjects(argument.head, 0, shared);
    const bool own = std::any_of(subjects.begin(), subjects.end(),
                                 [&](uint32_t head) { return Contains(act.actors, head); });
    if (!shared && !subjects.empty() && !own && !SpeaksForItself(subjects, act.actors)) return true;
  }
  return false;
}

// The clause of a verb of speech that says what somebody must do; -1 if there is none.
int Acts::ObligedClause(const Frame& frame, const Pattern& pattern) const {
  if (pattern.operation != kSay) return -1;
  for (const Argument& argument : frame.arguments) {
    if (argument.function != kFnClause || Tok(argument.head).rel == Rel::kXcomp) continue;
    for (const uint32_t child : tree_.Children(argument.head)) {
      if (Tok(child).rel != Rel::kAux || !language_.Is(ToLower(Tok(child).lemma), Grammar::kObligation)) continue;
      bool shared = false;
      for (const uint32_t head : builder_.SurfaceSubjects(argument.head, 0, shared)) {
        if (MentionAt(head) >= 0 && !shared) return static_cast<int>(argument.head);
      }
    }
  }
  return -1;
}

bool Acts::Negated(uint32_t verb) const {
  for (const uint32_t child : tree_.Children(verb)) {
    const Token& token = Tok(child);
    if ((token.rel == Rel::kAdvmod || token.rel == Rel::kDet) &&
        language_.Is(ToLower(token.lemma), Grammar::kNegation)) {
      // "not only killed"
      if (child + 1 < tree_.end() && language_.Is(ToLower(Tok(child + 1).lemma), Grammar::kFocus))
        continue;
      return true;
    }
    // "in no way accepts"
    if (token.rel != Rel::kObl || !language_.Is(ToLower(token.lemma), Grammar::kNegativeAdjunct))
      continue;
    const int det = tree_.Child(child, Rel::kDet);
    if (det >= 0 &&
        language_.Is(ToLower(Tok(static_cast<uint32_t>(det)).lemma), Grammar::kNegativeDeterminer))
      return true;
  }
  return false;
}

// "Crush the garlic and cut the bread": a reader is told to do it, nobody did.
bool Acts::IsOrder(const Act& act) const {
  const uint32_t verb = act.governor;
  const Token& token = Tok(verb);
  const bool bare = (token.morph & morph::kInf) != 0 && token.rel == Rel::kConj &&
                    tree_.Child(verb, Rel::kMark) < 0;
  if (((token.morph & morph::kImp) == 0 && !bare) || act.frame.kind != PredicateKind::kVerb ||
      act.frame.passive || tree_.Child(verb, Rel::kAux) >= 0 || tree_.Child(verb, Rel::kNsubj) >= 0)
    return false;
  if (token.rel != Rel::kRoot && token.rel != Rel::kConj && token.rel != Rel::kParataxis)
    return false;
  return std::none_of(act.frame.arguments.begin(), act.frame.arguments.end(),
                      [](const Argument& argument) { return argument.function == kFnAgent; });
}

bool Acts::IsWork(uint32_t head) const {
  return MentionAt(head) < 0 && language_.Is(ToLower(Tok(head).lemma), Grammar::kWork);
}

// "The novel tells how Germany invaded Poland", "a book about the war", "in the series a spy
// kidnaps a general": what a film or a book tells of did not happen now, or never.
bool Acts::IsToldInWork(const Act& act) const {
  const auto set_in_work = [&](uint32_t node) {
    for (const uint32_t child : tree_.Children(node)) {
      if (Tok(child).rel != Rel::kObl ||
          !language_.Is(builder_.Preposition(child), Grammar::kPlace) || MentionAt(child) >= 0)
        continue;
      if (language_.Is(ToLower(Tok(child).lemma), Grammar::kFiction) &&
          builder_.Transparent(child) == child)
        return true;
    }
    return false;
  };
  uint32_t at = act.governor;
  if (set_in_work(at)) return true;
  for (int depth = 0; depth < kMaxNesting && tree_.HasHead(at); depth++) {
    const uint32_t above = tree_.Head(at);
    const Rel rel = Tok(at).rel;
    if (rel == Rel::kNmod && IsWork(above) &&
        language_.Is(builder_.Preposition(at), Grammar::kAbout))
      return true;
    if ((rel == Rel::kObj || rel == Rel::kIobj || rel == Rel::kCcomp || rel == Rel::kObl) &&
        Tok(above).upos == Upos::kVerb &&
        language_.Is(ToLower(Tok(above).lemma), Grammar::kTelling)) {
      if (rel != Rel::kCcomp && rel != Rel::kObl && IsWork(at))
        return true;  // "tells the story of"
      bool shared = false;
      for (const uint32_t subject : builder_.SurfaceSubjects(above, 0, shared)) {
        if (IsWork(subject) &&
            (rel != Rel::kObl || language_.Is(builder_.Preposition(at), Grammar::kAbout)))
          return true;
      }
    }
    if ((rel == Rel::kConj || rel == Rel::kCcomp) && set_in_work(above)) return true;
    at = above;
  }
  return false;
}

// Tense, negation, modality of the governing verb.
void Acts::ApplyMood(Act& act) {
  const uint32_t verb = act.governor;
  bool negated = Negated(verb), future = false, possible = false, conditional = false, obliged = false, perfect = false;
  for (const uint32_t child : tree_.Children(verb)) {
    const Token& token = Tok(child);
    const std::string lower = ToLower(token.lemma);
    if (token.rel == Rel::kAux) {
      future |= language_.Is(lower, Grammar::kFuture);
      possible |= language_.Is(lower, Grammar::kPossible);
      conditional |= language_.Is(lower, Grammar::kConditional);
      obliged |= language_.Is(lower, Grammar::kObligation);
      perfect |= language_.Is(lower, Grammar::kPerfect);
      if (language_.Is(lower, Grammar::kPastHabit)) act.auxiliary |= kHistorical;
    }
    if (token.rel == Rel::kAdvmod && language_.Is(lower, Grammar::kHabitual) &&
        (Tok(verb).morph & morph::kPres) != 0) {
      act.auxiliary |= kHabitual;
    }
    if (token.rel == Rel::kObl && (Tok(verb).morph & morph::kPres) != 0) {
      for (const uint32_t deep : tree_.Children(child)) {
        if (Tok(deep).rel == Rel::kDet &&
            language_.Is(ToLower(Tok(deep).lemma), Grammar::kHabitual))
          act.auxiliary |= kHabitual;
      }
    }
    if (token.rel == Rel::kAdvmod && language_.Is(lower, Grammar::kPastMark)) act.auxiliary |= kHistorical;
    if (token.rel == Rel::kNsubj || token.rel == Rel::kObj) {
      for (const uint32_t deep : tree_.Children(child)) {
        if (Tok(deep).rel == Rel::kDet && language_.Is(ToLower(Tok(deep).lemma), Grammar::kNegativeDeterminer)) negated = true;
      }
    }
  }
  if (act.frame.kind == PredicateKind::kNoun) {
    for (const uint32_t child : tree_.Children(act.predicate)) {
      if (Tok(child).rel == Rel::kDet && language_.Is(ToLower(Tok(child).lemma), Grammar::kNegativeDeterminer)) negated = true;
      // "the upcoming meeting of the ministers"
      const bool modifier = Tok(child).rel == Rel::kAmod;
      const auto forthcoming = [&](std::string_view word) { return language_.Is(ToLower(word), Grammar::kForthcoming); };
      if (modifier && (forthcoming(Tok(child).form) || forthcoming(Tok(child).lemma))) future = true;
    }
    if (IsUnreal(act.predicate)) act.auxiliary |= kHypothetical;
  }
  if (act.negation_done) negated = false;
  if ((Tok(verb).morph & morph::kFut) != 0) future = true;
  if ((Tok(verb).morph & morph::kCnd) != 0) conditional = true;
  // A coordinated verb shares the auxiliaries of the first.
  if (Tok(verb).rel == Rel::kConj && tree_.HasHead(verb) && Tok(tree_.Head(verb)).upos == Upos::kVerb &&
      (Tok(verb).morph & (morph::kInf | morph::kPart)) != 0 && tree_.Child(verb, Rel::kAux) < 0) {
    for (const uint32_t child : tree_.Children(tree_.Head(verb))) {
      if (Tok(child).rel != Rel::kAux) continue;
      const std::string lower = ToLower(Tok(child).lemma);
      future |= language_.Is(lower, Grammar::kFuture);
      possible |= language_.Is(lower, Grammar::kPossible);
      conditional |= language_.Is(lower, Grammar::kConditional);
      obliged |= language_.Is(lower, Grammar::kObligation);
    }
  }
  future |= NearlyFuture(verb);
  obliged |= Necessary(verb);
  // Inside a condition, at any height.
  uint32_t at = verb;
  const std::vector<uint32_t>* speaker = nullptr;
  for (int depth = 0; depth < 4 && tree_.HasHead(at); depth++) {
    const Token& t = Tok(at);
    if (t.rel == Rel::kAdvcl) {
      for (const uint32_t child : tree_.Children(at)) {
        if (Tok(child).rel != Rel::kMark) continue;
        const std::string lower = ToLower(Tok(child).lemma);
        if (language_.Is(lower, Grammar::kConditionMark)) act.auxiliary |= kHypothetical;
        // "will not lift the embargo until Cuba yields": it has not.
        if (language_.Is(lower, Grammar::kUntilMark) && !IsPastOrPresent(tree_.Head(at))) act.dropped = true;
        // "after the agency left, the country was able ...", "wants to explain how, after it left, ...": over before
        // what is told, nobody says how long.
        if (language_.Is(lower, Grammar::kAfterMark) && depth == 0 &&
            (tree_.Child(tree_.Head(at), Rel::kCop) >= 0 || (Tok(tree_.Head(at)).morph & morph::kInf) != 0)) {
          act.auxiliary |= kHistorical;
        }
      }
    }
    if (t.rel == Rel::kCcomp && speaker == nullptr) {
      // Whose words these are, for "must" and "would".
      bool shared = false;
      const std::vector<uint32_t> subjects = builder_.SurfaceSubjects(tree_.Head(at), 0, shared);
      if (!subjects.empty()) {
        speaker_ = subjects;
        speaker = &speaker_;
      }
    }
    if (t.rel != Rel::kCcomp && t.rel != Rel::kXcomp && t.rel != Rel::kConj && t.rel != Rel::kAdvcl) break;
    at = tree_.Head(at);
  }
  // "Iran must stop, the minister said."
  if (speaker == nullptr) {
    const int said = tree_.Child(verb, Rel::kParataxis);
    if (said >= 0 && tree_.Child(static_cast<uint32_t>(said), Rel::kNsubj) >= 0) {
      speaker_ = {static_cast<uint32_t>(tree_.Child(static_cast<uint32_t>(said), Rel::kNsubj))};
      speaker = &speaker_;
    }
  }
  // What is asked, what nobody did and what was done without is not asserted.
  bool nobody = Tok(tree_.end() - 1).form == "?";
  for (const uint32_t child : tree_.Children(verb)) {
    const Rel rel = Tok(child).rel;
    if (rel == Rel::kMark || rel == Rel::kCase) nobody |= language_.Is(ToLower(Tok(child).lemma), Grammar::kWithout);
    if (rel != Rel::kNsubj) continue;
    for (const uint32_t deep : tree_.Children(child)) {
      const Rel below = Tok(deep).rel;
      if (below != Rel::kDet && below != Rel::kCc && below != Rel::kAdvmod) continue;
      const std::string lower = ToLower(Tok(deep).lemma);
      nobody |= language_.Is(lower, Grammar::kNegativeDeterminer) || language_.Is(lower, Grammar::kNegation);
    }
  }
  if (nobody || IsOrder(act) || IsToldInWork(act)) {
    act.dropped = true;
    act.auxiliary |= kHypothetical;
    return;
  }
  if (IsAim(verb)) act.dropped = true;
  if (act.event.empty()) {
    if (act.state_only) {
      // No event to compose: what is not asserted moves nothing.
      act.dropped |= possible || obliged || future || negated || (conditional && speaker == nullptr);
    }
    return;
  }
  const bool own_words = speaker != nullptr && (act.actors == *speaker || SpeaksForItself(act.actors, *speaker));
  if (obliged) {
    if (speaker != nullptr && !own_words && !negated) {
      Act inner = act;
      act.actors = *speaker;
      Compose(act, kRequest, inner, inner.actors);
      return;
    }
    act.dropped = true;
    act.auxiliary |= kHypothetical;
    return;
  }
  if (conditional && own_words) {
    future = true;  // "said that it would send": the future of the past
  } else if (conditional && speaker == nullptr) {
    act.auxiliary |= kHypothetical;
  } else if (conditional) {
    future = true;
  }
  if (possible) {
    act.auxiliary |= kHypothetical;
    // "may invade" is nothing yet; "may have attacked" is a guess at what was.
    act.dropped = !perfect;
    return;
  }
  if (future && (act.auxiliary & kHypothetical) == 0) {
    act.auxiliary |= kFuture;
    const EventType* type = language_.ontology.Find(act.event, act.mode);
    // "the general said the rebels will attack": what others are said to be about is no threat of theirs.
    if (type != nullptr && type->IsConflict() && speaker != nullptr && !own_words && !negated && !act.actors.empty()) {
      act.dropped = true;
      return;
    }
    // "will not ask them to leave": a demand that is not made refuses nothing.
    if (negated && type != nullptr && type->quad == kVerbalConflict) {
      act.auxiliary |= kNegation;
      return;
    }
    const Act inner = act;
    if (!act.actors.empty()) {
      Compose(act, negated ? kRefuse : kPromise, inner, inner.recipients);
      if (act.recipients.empty()) act.recipients = inner.recipients;
    } else if (negated) {
      act.auxiliary |= kNegation;
    }
    return;
  }
  if (negated) act.auxiliary |= kNegation;
}

// What somebody is about, wants or would have, and nobody says that it came about: "stands by Iraq to defeat them",
// "defeating them takes time", "the aim of removing him".
bool Acts::IsAim(uint32_t verb) const {
  if (Tok(verb).upos != Upos::kVerb || !tree_.HasHead(verb)) return false;
  uint32_t first = verb;
  if (Tok(verb).rel == Rel::kConj) first = tree_.Head(verb);
  const Token& t = Tok(first);
  if (!tree_.HasHead(first)) return false;
  const Token& above = Tok(tree_.Head(first));
  bool infinitive = false, gerund = (t.morph & (morph::kGer | morph::kPart)) != 0;
  for (const uint32_t child : tree_.Children(first)) {
    const Rel rel = Tok(child).rel;
    if (rel == Rel::kAux || rel == Rel::kNsubj) return false;
    if (rel == Rel::kMark) infinitive |= language_.Is(ToLower(Tok(child).lemma), Grammar::kPurposeMark);
  }
  gerund = gerund && !infinitive;
  if (t.rel == Rel::kAdvcl) return infinitive;
  if (t.rel == Rel::kCsubj) return infinitive || gerund;
  // "the first country to recognise it" did.
  if (t.rel == Rel::kAcl && infinitive) return above.upos == Upos::kNoun &&
           (!HasOrdinal(tree_.Head(first)) || language_.Is(ToLower(above.lemma), Grammar::kAim));
  if (t.rel == Rel::kAcl && gerund) return language_.Is(ToLower(above.lemma), Grammar::kAim) && tree_.Child(first, Rel::kMark) >= 0;
  return false;
}

// "the prospect of talks", "fears of an attack": thought of, and not told.
bool Acts::IsUnreal(uint32_t noun) const {
  uint32_t first = noun;
  while (Tok(first).rel == Rel::kConj && tree_.HasHead(first)) first = tree_.Head(first);
  // "the possible resumption of the talks"
  for (const uint32_t child : tree_.Children(noun)) {
    if (Tok(child).rel == Rel::kAmod && language_.Is(ToLower(Tok(child).lemma), Grammar::kUnrealVerb)) return true;
  }
  if (Tok(first).rel != Rel::kNmod || !tree_.HasHead(first)) return false;
  return language_.Is(ToLower(Tok(tree_.Head(first)).lemma), Grammar::kUnrealNoun);
}

// Told as done or going on: no negation, no future, no modal, no infinitive.
bool Acts::IsPastOrPresent(uint32_t verb) const {
  if (Negated(verb) || (Tok(verb).morph & morph::kInf) != 0) return false;
  for (const uint32_t child : tree_.Children(verb)) {
    if (Tok(child).rel != Rel::kAux) continue;
    const std::string lower = ToLower(Tok(child).lemma);
    for (const Grammar function : {Grammar::kFuture, Grammar::kPossible, Grammar::kConditional, Grammar::kObligation}) {
      if (language_.Is(lower, function)) return false;
    }
  }
  return true;
}

bool Acts::HasOrdinal(uint32_t noun) const {
  const auto children = tree_.Children(noun);
  return std::any_of(children.begin(), children.end(), [&](uint32_t child) {
    return Tok(child).rel == Rel::kAmod && Tok(child).feats.find("NumType=Ord") != std::string_view::npos;
  });
}

// "The minister said Iran will ...": an official speaks for the state that acts.
bool Acts::SpeaksForItself(const std::vector<uint32_t>& actors, const std::vector<uint32_t>& speakers) const {
  for (const uint32_t actor : actors) {
    const int a = MentionAt(actor);
    if (a < 0) continue;
    if (document_.mentions[a].kind == MentionKind::kPronoun) return true;
    for (const uint32_t speaker : speakers) {
      const int s = MentionAt(speaker);
      if (s < 0) continue;
      for (const ActorCode& x : document_.mentions[a].actors) {
        for (const ActorCode& y : document_.mentions[s].actors) {
          if (!x.code.empty() && x.code == y.code && x.sector == y.sector) return true;
        }
      }
    }
  }
  return false;
}

}  // namespace entente
