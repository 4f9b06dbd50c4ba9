// SPDX-License-Identifier: Apache-2.0
#include "resolver/quotes.h"

#include <algorithm>

#include "base/text.h"
#include "document/tree.h"

namespace entente {
namespace {

constexpr std::string_view kSay = "say";
constexpr std::string_view kOpening = "\u201C", kClosing = "\u201D", kStraight = "\"";
constexpr uint32_t kShortest = 12;  // bytes: shorter is a quoted word, not a statement

class Quotes {
 public:
  Quotes(const Document& document, const Language& language) : document_(document), language_(language) {}

  std::vector<Quote> Find() {
    Mark();
    marked_ = quotes_;
    for (size_t i = 0; i < quotes_.size(); i++) Attribute(i);
    AfterColons();
    std::sort(quotes_.begin(), quotes_.end(), [](const Quote& a, const Quote& b) { return a.span.begin < b.span.begin; });
    return std::move(quotes_);
  }

  // The subject of a verb of speech in this sentence, outside all quotations; -1 if there is none.
  int SpeakerIn(uint32_t s) const {
    const Sentence& sentence = document_.sentences[s];
    for (uint32_t t = sentence.begin; t < sentence.end; t++) {
      if (!IsSpeech(Tok(t)) || InQuote(Tok(t).span)) continue;
      for (uint32_t c = sentence.begin; c < sentence.end; c++) {
        if (Tok(c).head != static_cast<int32_t>(t) || Tok(c).rel != Rel::kNsubj) continue;
        if (const int mention = MentionAt(c); mention >= 0 && !document_.mentions[mention].actors.empty()) return mention;
      }
    }
    return -1;
  }

 private:
  const Token& Tok(uint32_t t) const { return document_.tokens[t]; }

  // Passages between marks, paragraph by paragraph: a quotation that goes on in the next paragraph opens again there.
  void Mark() {
    for (const Paragraph& paragraph : document_.paragraphs) {
      const std::string_view text = document_.Text(paragraph.span);
      size_t open = std::string_view::npos;
      const auto close = [&](size_t end) {
        if (open != std::string_view::npos && end > open + kShortest) {
          quotes_.push_back({{paragraph.span.begin + static_cast<uint32_t>(open), paragraph.span.begin + static_cast<uint32_t>(end)}, -1});
        }
        open = std::string_view::npos;
      };
      for (size_t at = 0; at < text.size(); at++) {
        const std::string_view rest = text.substr(at);
        if (rest.starts_with(kOpening)) {
          open = at + kOpening.size();
        } else if (rest.starts_with(kClosing)) {
          close(at);
        } else if (rest.starts_with(kStraight)) {
          if (open == std::string_view::npos) {
            open = at + kStraight.size();
          } else {
            close(at);
          }
        }
      }
      close(text.size());
    }
  }

  bool InQuote(Span span) const {
    const auto it = std::lower_bound(marked_.begin(), marked_.end(), span.begin, [](const Quote& q, uint32_t b) { return q.span.end <= b; });
    return it != marked_.end() && it->span.Overlaps(span);
  }

  bool IsSpeech(const Token& token) const {
    if (token.upos != Upos::kVerb) return false;
    const auto* refs = language_.patterns.Find(PredicateKind::kVerb, token.lemma);
    if (refs == nullptr) return false;
    return std::any_of(refs->begin(), refs->end(), [&](const PatternRef& ref) {
      const Pattern& pattern = language_.patterns.all()[ref.pattern];
      return pattern.operation == kSay && pattern.forms[ref.form].after.empty();
    });
  }

  int MentionAt(uint32_t head) const {
    const auto it = std::lower_bound(document_.mentions.begin(), document_.mentions.end(), head,
                                     [](const Mention& m, uint32_t token) { return m.head < token; });
    return it != document_.mentions.end() && it->head == head ? static_cast<int>(it - document_.mentions.begin()) : -1;
  }

  // First sentence that does not end before this byte.
  uint32_t SentenceAt(uint32_t byte) const {
    const auto it = std::lower_bound(document_.sentences.begin(), document_.sentences.end(), byte,
                                     [&](const Sentence& s, uint32_t b) { return s.begin < s.end && Tok(s.end - 1).span.end <= b; });
    return static_cast<uint32_t>(it - document_.sentences.begin());
  }

  void Attribute(size_t index) {
    Quote& quote = quotes_[index];
    const uint32_t first = SentenceAt(quote.span.begin), count = static_cast<uint32_t>(document_.sentences.size());
    if (first >= count) return;
    uint32_t last = SentenceAt(quote.span.end > 0 ? quote.span.end - 1 : 0);
    if (last >= count) last = count - 1;
    const uint32_t paragraph = document_.sentences[first].paragraph;
    // Beside the quotation, in the sentence after it ("...," he said), in the one before ("She said: ...").
    std::vector<uint32_t> places{first};
    if (last != first) places.push_back(last);
    if (last + 1 < count && document_.sentences[last + 1].paragraph == paragraph) places.push_back(last + 1);
    for (const uint32_t s : places) {
      quote.speaker = SpeakerIn(s);
      if (quote.speaker >= 0) return;
    }
    if (first > 0 && EndsWithColon(first - 1)) {
      quote.speaker = SpeakerIn(first - 1);
      if (quote.speaker >= 0) return;
    }
    // The same speaker goes on.
    if (index > 0 && quotes_[index - 1].speaker >= 0) {
      const uint32_t before = SentenceAt(quotes_[index - 1].span.begin);
      if (before < count && document_.sentences[before].paragraph + 1 >= paragraph) quote.speaker = quotes_[index - 1].speaker;
    }
  }

  bool EndsWithColon(uint32_t s) const {
    const Sentence& sentence = document_.sentences[s];
    return sentence.begin < sentence.end && Tok(sentence.end - 1).form == ":";
  }

  // "The minister said:" and then paragraphs without marks, until somebody else speaks.
  void AfterColons() {
    for (uint32_t s = 0; s + 1 < document_.sentences.size(); s++) {
      const uint32_t paragraph = document_.sentences[s].paragraph;
      if (!EndsWithColon(s) || document_.sentences[s + 1].paragraph == paragraph) continue;
      const int speaker = SpeakerIn(s);
      if (speaker < 0) continue;
      for (uint32_t next = s + 1; next < document_.sentences.size(); next++) {
        const Sentence& sentence = document_.sentences[next];
        const Span span = document_.SpanOfTokens(sentence.begin, sentence.end);
        if (InQuote(span) || SpeakerIn(next) >= 0) break;
        quotes_.push_back({span, speaker});
      }
    }
  }

  const Document& document_;
  const Language& language_;
  std::vector<Quote> quotes_, marked_;  // marked_: those between marks, all of them
};

}  // namespace

std::vector<Quote> FindQuotes(const Document& document, const Language& language) { return Quotes(document, language).Find(); }

int SpeakerOfSentence(const Document& document, const Language& language, uint32_t sentence) {
  return Quotes(document, language).SpeakerIn(sentence);
}

}  // namespace entente
