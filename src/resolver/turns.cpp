// SPDX-License-Identifier: Apache-2.0
// How: the tokenizer makes a sentence of each label in brackets. A label that names somebody opens
// a turn, which ends at the next one or where a recording ends; a recording without a label is of
// whoever spoke last before it.
#include "resolver/turns.h"

#include <algorithm>
#include <map>
#include <string>

#include "base/utf8.h"
#include "resolver/quotes.h"

namespace entente {
namespace {

constexpr uint32_t kShortest = 3;  // tokens of a label with its brackets
constexpr uint32_t kSentencesBack = 3;
constexpr uint32_t kLongestName = 6;  // tokens after a title

class Transcript {
 public:
  Transcript(const Document& document, const Language& language)
      : document_(document), language_(language) {}

  std::vector<Turn> Find() {
    std::vector<Turn> turns;
    bool open = false;
    const auto count = static_cast<uint32_t>(document_.sentences.size());
    for (uint32_t s = 0; s < count; s++) {
      const Sentence& sentence = document_.sentences[s];
      if (!IsLabel(sentence)) {
        if (open && sentence.size() > 0) turns.back().span.end = Tok(sentence.end - 1).span.end;
        continue;
      }
      const bool note = Has(sentence, Grammar::kScribeNote);
      if (note && Has(sentence, Grammar::kNoteEnd)) {
        open = false;
        continue;
      }
      if (s + 1 >= count || (note && !Has(sentence, Grammar::kNoteBegin))) continue;
      const uint32_t begin = Tok(sentence.end - 1).span.end;
      turns.push_back({{begin, begin}, note ? Announced(s) : SpeakerOf(sentence)});
      open = true;
    }
    return turns;
  }

 private:
  const Token& Tok(uint32_t t) const { return document_.tokens[t]; }

  bool IsLabel(const Sentence& sentence) const {
    return sentence.size() >= kShortest && Tok(sentence.begin).form == "[" &&
           Tok(sentence.end - 1).form == "]";
  }

  bool Has(const Sentence& sentence, Grammar function) const {
    for (uint32_t t = sentence.begin; t < sentence.end; t++) {
      if (language_.Is(ToLower(Tok(t).form), function)) return true;
    }
    return false;
  }

  // Who spoke last before this sentence.
  int Announced(uint32_t s) const {
    for (uint32_t back = 1; back <= kSentencesBack && back <= s; back++) {
      if (IsLabel(document_.sentences[s - back])) break;
      if (const int speaker = SpeakerOfSentence(document_, language_, s - back); speaker >= 0)
        return speaker;
    }
    return -1;
  }

  // Who is named in the label; else whoever was introduced by that name before.
  int SpeakerOf(const Sentence& sentence) {
    const auto first =
        std::lower_bound(document_.mentions.begin(), document_.mentions.end(), sentence.begin,
                         [](const Mention& m, uint32_t token) { return m.head < token; });
    int agent = -1;
    for (auto it = first; it != document_.mentions.end() && it->head < sentence.end; ++it) {
      if (it->actors.empty() || it->modifier) continue;
      const int index = static_cast<int>(it - document_.mentions.begin());
      if (it->actor_kind == ActorKind::kPerson) return index;
      if (agent < 0) agent = index;
    }
    if (agent >= 0) return agent;
    if (introduced_.empty()) Introduce();
    const auto known = introduced_.find(ToLower(Tok(sentence.end - 2).form));
    return known != introduced_.end() ? known->second : -1;
  }

  // In capitals a name may be read as any noun.
  bool IsName(uint32_t t) const {
    const Upos upos = Tok(t).upos;
    return upos == Upos::kPropn || upos == Upos::kNoun || upos == Upos::kAdj || upos == Upos::kX;
  }

  // "Defense Minister Rafael Larios", "Larios, the minister": the words of the name and the mention
  // that says who.
  void Introduce() {
    for (size_t i = 0; i < document_.mentions.size(); i++) {
      const Mention& m = document_.mentions[i];
      if (m.actors.empty() || m.plural || m.end == 0 || m.end > document_.tokens.size()) continue;
      if (m.actor_kind == ActorKind::kPerson && m.kind == MentionKind::kName) {
        introduced_.emplace(ToLower(Tok(m.end - 1).form), static_cast<int>(i));
        continue;
      }
      if (m.actor_kind != ActorKind::kAgent || m.kind == MentionKind::kPronoun) continue;
      for (uint32_t t = m.begin;
           t < document_.tokens.size() && t < m.end + kLongestName && IsName(t); t++) {
        introduced_.emplace(ToLower(Tok(t).form), static_cast<int>(i));
      }
      if (m.begin >= 2 && Tok(m.begin - 1).form == "," && IsName(m.begin - 2)) {
        introduced_.emplace(ToLower(Tok(m.begin - 2).form), static_cast<int>(i));
      }
    }
  }

  std::map<std::string, int> introduced_;  // by a word of a name in lower case
  const Document& document_;
  const Language& language_;
};

}  // namespace

std::vector<Turn> FindTurns(const Document& document, const Language& language) {
  return Transcript(document, language).Find();
}

}  // namespace entente
