// SPDX-License-Identifier: Apache-2.0
#include "trainer/syntax_eval.h"

#include <algorithm>
#include <cstdio>
#include <set>
#include <utility>
#include <vector>

#include "base/utf8.h"

namespace entente {
namespace {

constexpr size_t kSentencesAtOnce = 400;

// A word by its place among the characters that are not white space.
struct Word {
  size_t begin = 0, end = 0;  // of the surface token that it is, or is part of
  bool of_several = false;    // the surface token has several words
  std::string form;           // in lower case, for the alignment within such tokens
  std::string_view upos, feats, lemma, relation;
  int head = -1;  // index of a word; -1 root
};

struct Side {
  std::vector<Word> words;
  std::vector<std::pair<size_t, size_t>> tokens, sentences;
};

bool IsBlank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

size_t Visible(std::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !IsBlank(c); }));
}

Side GoldSide(const Treebank& gold, size_t first, size_t last) {
  Side side;
  size_t at = 0;
  for (size_t s = first; s < last; s++) {
    const GoldSentence& sentence = gold[s];
    const size_t begin = at;
    const int base = static_cast<int>(side.words.size());
    for (const GoldToken& token : sentence.tokens) {
      const size_t end = at + Visible(token.form);
      side.tokens.emplace_back(at, end);
      for (int w = token.first_word; w < token.first_word + token.words; w++) {
        const GoldWord& gold_word = sentence.words[static_cast<size_t>(w)];
        Word word{at,
                  end,
                  token.words > 1,
                  ToLower(gold_word.form),
                  gold_word.upos,
                  gold_word.feats,
                  gold_word.lemma,
                  gold_word.relation,
                  gold_word.head < 0 ? -1 : base + gold_word.head};
        side.words.push_back(std::move(word));
      }
      at = end;
    }
    side.sentences.emplace_back(begin, at);
  }
  return side;
}

Side SystemSide(const Document& document) {
  Side side;
  // Visible characters before each byte of the text.
  std::vector<size_t> before(document.text.size() + 1, 0);
  for (size_t i = 0; i < document.text.size(); i++) {
    before[i + 1] = before[i] + (IsBlank(document.text[i]) ? 0 : 1);
  }
  for (const Sentence& sentence : document.sentences) {
    if (sentence.size() == 0) continue;
    for (uint32_t t = sentence.begin; t < sentence.end;) {
      const uint32_t words = std::max<uint32_t>(document.tokens[t].contraction, 1);
      const uint32_t last = std::min(t + words, sentence.end);
      size_t begin = before[document.tokens[t].span.begin];
      size_t end = begin;
      for (uint32_t w = t; w < last; w++) end = std::max(end, before[document.tokens[w].span.end]);
      side.tokens.emplace_back(begin, end);
      for (uint32_t w = t; w < last; w++) {
        const Token& token = document.tokens[w];
        side.words.push_back({begin, end, words > 1, ToLower(token.form), Name(token.upos),
                              token.feats, token.lemma, token.relation, token.head});
      }
      t = last;
    }
    side.sentences.emplace_back(before[document.tokens[sentence.begin].span.begin],
                                side.tokens.back().second);
  }
  return side;
}

// Index of the gold word for each system word, -1 for none.
std::vector<int> Align(const std::vector<Word>& gold, const std::vector<Word>& system) {
  std::vector<int> aligned(system.size(), -1);
  size_t g = 0;
  size_t s = 0;
  while (g < gold.size() && s < system.size()) {
    if (!gold[g].of_several && !system[s].of_several) {
      if (gold[g].begin == system[s].begin && gold[g].end == system[s].end) {
        aligned[s++] = static_cast<int>(g++);
      } else if (gold[g].begin <= system[s].begin) {
        g++;
      } else {
        s++;
      }
      continue;
    }
    // A stretch that holds whole contractions on either side: the longest common series of forms.
    if (gold[g].of_several ? system[s].end <= gold[g].begin && !system[s].of_several
                           : gold[g].end > system[s].end && gold[g].begin >= system[s].end) {
      s++;
      continue;
    }
    if (system[s].of_several ? gold[g].end <= system[s].begin && !gold[g].of_several : false) {
      g++;
      continue;
    }
    size_t end = gold[g].of_several ? gold[g].end : system[s].end;
    size_t g_end = g;
    size_t s_end = s;
    while ((g_end < gold.size() && gold[g_end].begin < end) ||
           (s_end < system.size() && system[s_end].begin < end)) {
      if (g_end < gold.size() && gold[g_end].begin < end) {
        if (gold[g_end].of_several) end = std::max(end, gold[g_end].end);
        g_end++;
      } else {
        if (system[s_end].of_several) end = std::max(end, system[s_end].end);
        s_end++;
      }
    }
    const size_t rows = g_end - g;
    const size_t columns = s_end - s;
    std::vector<int> length((rows + 1) * (columns + 1), 0);
    const auto cell = [&](size_t i, size_t j) -> int& { return length[i * (columns + 1) + j]; };
    for (size_t i = rows; i-- > 0;) {
      for (size_t j = columns; j-- > 0;) {
        cell(i, j) = gold[g + i].form == system[s + j].form
                         ? 1 + cell(i + 1, j + 1)
                         : std::max(cell(i + 1, j), cell(i, j + 1));
      }
    }
    for (size_t i = 0, j = 0; i < rows && j < columns;) {
      if (gold[g + i].form == system[s + j].form) {
        aligned[s + j++] = static_cast<int>(g + i++);
      } else if (cell(i + 1, j) >= cell(i, j + 1)) {
        i++;
      } else {
        j++;
      }
    }
    g = std::max(g_end, g + (rows == 0 && columns == 0 ? 1 : 0));
    s = s_end;
  }
  return aligned;
}

void CountSpans(const std::vector<std::pair<size_t, size_t>>& gold,
                const std::vector<std::pair<size_t, size_t>>& system, Tally& tally) {
  const std::set<std::pair<size_t, size_t>> known(gold.begin(), gold.end());
  tally.gold += static_cast<long>(gold.size());
  tally.system += static_cast<long>(system.size());
  for (const auto& span : system) tally.right += known.contains(span) ? 1 : 0;
}

std::string_view Universal(std::string_view relation) {
  return relation.substr(0, relation.find(':'));
}

void Compare(const Side& gold, const Side& system, SyntaxScores& scores) {
  CountSpans(gold.tokens, system.tokens, scores.tokens);
  CountSpans(gold.sentences, system.sentences, scores.sentences);
  const std::vector<int> aligned = Align(gold.words, system.words);
  Tally* const all[] = {&scores.words,
                        &scores.upos,
                        &scores.feats,
                        &scores.lemmas,
                        &scores.uas,
                        &scores.las,
                        &scores.las_with_subtypes};
  for (Tally* tally : all) {
    tally->gold += static_cast<long>(gold.words.size());
    tally->system += static_cast<long>(system.words.size());
  }
  for (const Word& word : gold.words) scores.relations[std::string(word.relation)].gold++;
  for (const Word& word : system.words) scores.relations[std::string(word.relation)].system++;
  for (size_t s = 0; s < system.words.size(); s++) {
    if (aligned[s] < 0) continue;
    const Word& right = gold.words[static_cast<size_t>(aligned[s])];
    const Word& word = system.words[s];
    scores.words.right++;
    scores.upos.right += word.upos == right.upos ? 1 : 0;
    scores.feats.right += word.feats == right.feats ? 1 : 0;
    scores.lemmas.right += word.lemma == right.lemma || right.lemma == "_" ? 1 : 0;
    const int head = word.head < 0 ? -1 : aligned[static_cast<size_t>(word.head)];
    const bool same_head = word.head < 0 ? right.head < 0 : head >= 0 && head == right.head;
    if (!same_head) continue;
    scores.uas.right++;
    scores.las.right += Universal(word.relation) == Universal(right.relation) ? 1 : 0;
    if (word.relation != right.relation) continue;
    scores.las_with_subtypes.right++;
    scores.relations[std::string(right.relation)].right++;
  }
}

}  // namespace

std::string SyntaxScores::Text() const {
  const std::pair<const char*, const Tally*> all[] = {{"Tokens", &tokens},
                                                      {"Sentences", &sentences},
                                                      {"Words", &words},
                                                      {"UPOS", &upos},
                                                      {"UFeats", &feats},
                                                      {"Lemmas", &lemmas},
                                                      {"UAS", &uas},
                                                      {"LAS", &las},
                                                      {"LAS+subtypes", &las_with_subtypes}};
  std::string out;
  for (const auto& [name, tally] : all) {
    char line[64];
    std::snprintf(line, sizeof line, "%s %.2f\n", name, tally->F1());
    out += line;
  }
  return out;
}

std::string SyntaxScores::RelationText() const {
  std::vector<std::pair<long, std::string>> order;
  for (const auto& [name, tally] : relations) order.emplace_back(-tally.gold, name);
  std::sort(order.begin(), order.end());
  std::string out;
  for (const auto& [gold, name] : order) {
    const Tally& tally = relations.at(name);
    char numbers[96];
    std::snprintf(numbers, sizeof numbers, " %.2f %.2f %.2f (%ld)\n", tally.Precision(),
                  tally.Recall(), tally.F1(), tally.gold);
    out += name + numbers;
  }
  return out;
}

Document GoldDocument(const Treebank& gold, size_t first, size_t last, bool gold_tokens) {
  Document document;
  uint32_t paragraph = 0;
  struct Place {
    uint32_t begin, paragraph;
  };
  std::vector<Place> places;
  for (size_t s = first; s < last; s++) {
    if (s > first) {
      document.text += gold[s].new_paragraph ? "\n\n" : " ";
      if (gold[s].new_paragraph) {
        document.paragraphs.back().span.end = static_cast<uint32_t>(document.text.size() - 2);
        paragraph++;
      }
    }
    const auto begin = static_cast<uint32_t>(document.text.size());
    if (document.paragraphs.size() <= paragraph) document.paragraphs.push_back({{begin, begin}});
    places.push_back({begin, paragraph});
    document.text += gold[s].text;
  }
  if (!document.paragraphs.empty()) {
    document.paragraphs.back().span.end = static_cast<uint32_t>(document.text.size());
  }
  document.BuildOffsetIndex();
  if (!gold_tokens) return document;
  for (size_t s = first; s < last; s++) {
    const GoldSentence& sentence = gold[s];
    Sentence out;
    out.begin = static_cast<uint32_t>(document.tokens.size());
    out.paragraph = places[s - first].paragraph;
    uint32_t at = places[s - first].begin;
    bool space = true;
    for (const GoldToken& gold_token : sentence.tokens) {
      const Span span{at, at + static_cast<uint32_t>(gold_token.form.size())};
      for (int w = 0; w < gold_token.words; w++) {
        Token token;
        token.span = span;
        const GoldWord& word = sentence.words[static_cast<size_t>(gold_token.first_word + w)];
        token.form = gold_token.words == 1 ? document.Text(span) : document.Keep(word.form);
        if (w == 0 && gold_token.words > 1) {
          token.contraction = static_cast<uint8_t>(std::min(gold_token.words, 255));
        }
        token.space_before = w == 0 && space;
        document.tokens.push_back(token);
      }
      space = gold_token.space_after;
      at = span.end + (space ? 1 : 0);
    }
    out.end = static_cast<uint32_t>(document.tokens.size());
    document.sentences.push_back(out);
  }
  return document;
}

SyntaxScores EvaluateSyntax(const Treebank& gold, bool gold_tokens,
                            const std::function<void(Document&)>& run) {
  SyntaxScores scores;
  for (size_t first = 0; first < gold.size();) {
    // Documents end with a paragraph where the treebank has any.
    size_t last = std::min(first + kSentencesAtOnce, gold.size());
    while (last < gold.size() && !gold[last].new_paragraph && last < first + 2 * kSentencesAtOnce)
      last++;
    Document document = GoldDocument(gold, first, last, gold_tokens);
    run(document);
    Compare(GoldSide(gold, first, last), SystemSide(document), scores);
    first = last;
  }
  return scores;
}

}  // namespace entente
