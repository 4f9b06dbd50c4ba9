// SPDX-License-Identifier: Apache-2.0
#include "linker/matcher.h"

#include <algorithm>

#include "base/utf8.h"

namespace entente {
namespace {

// An adjective that has the place of a noun: "the military".
bool StandsAsNoun(const Token& token) {
  return token.rel == Rel::kNsubj || token.rel == Rel::kObj || token.rel == Rel::kObl || token.rel == Rel::kNmod;
}

constexpr int kDeepest = 200;  // steps to the root: no tree that means anything is deeper

struct Piece {
  int word = -1;   // id in the index
  uint32_t token = 0;
  bool first = true;  // of its token
  bool last = true;
};

// Tokens that are only a hyphen, apostrophe or period take no part in names.
bool IsJoiner(std::string_view form) {
  return form == "-" || form == "'" || form == "’" || form == "." || form == "–";
}

std::vector<Piece> Pieces(const Document& document, const Sentence& sentence, const NameIndex& index,
                          bool lemmas) {
  std::vector<Piece> pieces;
  pieces.reserve(sentence.size() + 8);
  std::vector<std::string> words;
  for (uint32_t t = sentence.begin; t < sentence.end; t++) {
    const Token& token = document.tokens[t];
    if (token.upos == Upos::kPunct && !IsJoiner(token.form)) {
      pieces.push_back({-1, t, true, true});
      continue;
    }
    NameIndex::SplitName(lemmas ? token.lemma : token.form, words);
    if (words.empty()) {
      if (!IsJoiner(token.form)) pieces.push_back({-1, t, true, true});
      continue;
    }
    for (size_t i = 0; i < words.size(); i++) {
      int id = index.Word(words[i]);
      if (id < 0 && lemmas && (token.upos == Upos::kPropn || token.upos == Upos::kNoun) &&
          words[i].size() > 3 && words[i].back() == 's') {
        id = index.Word(std::string_view(words[i]).substr(0, words[i].size() - 1));
      }
      pieces.push_back({id, t, i == 0, i + 1 == words.size()});
    }
  }
  return pieces;
}

// Letters that are no word: "FMLN", "URNG", but not "PLAN".
bool IsUnpronounceable(std::string_view form) {
  int run = 0;
  for (const char c : form) {
    run = std::string_view("AEIOU").find(c) == std::string_view::npos ? run + 1 : 0;
    if (run == 3) return true;
  }
  return false;
}

bool CaseFits(const Document& document, const Sentence& sentence, uint32_t begin, uint32_t end,
              const NameEntry& entry, bool all_capitals) {
  if (all_capitals) {
    // Short acronyms are words as well ("US", "WHO", "IT"): the tagger decides. Of longer ones it
    // knows little: "FMLN" as a noun.
    if (!entry.acronym) return true;
    const Token& token = document.tokens[begin];
    if (token.upos == Upos::kPropn || token.upos == Upos::kX) return true;
    if (token.form.size() > 3) {
      if (token.upos != Upos::kNoun && token.upos != Upos::kAdj) return false;
      return IsUnpronounceable(token.form) || (token.upos == Upos::kNoun && token.form.size() > 4);
    }
    if (token.upos == Upos::kNoun || token.upos == Upos::kAdj) {
      // "THE FRG GOVERNMENT", "AVC LEADERS"
      if (IsUnpronounceable(token.form) || token.upos == Upos::kAdj) return true;
    }
    // "THE UP ANNOUNCED": nothing but a name stands there.
    return begin > sentence.begin && end < sentence.end &&
           document.tokens[begin - 1].upos == Upos::kDet &&
           (document.tokens[end].upos == Upos::kVerb || document.tokens[end].upos == Upos::kAux);
  }
  if (entry.acronym && end - begin == 1) {
    int capitals = 0, letters = 0;
    const std::string_view form = document.tokens[begin].form;
    for (size_t at = 0; at < form.size();) {
      const char32_t c = DecodeUtf8(form, at);
      letters += IsLetter(c);
      capitals += IsUpper(c);
    }
    return capitals == letters || (letters > 4 && IsUpper(static_cast<unsigned char>(form[0])));
  }
  if (entry.capital) {
    return IsCapitalised(document.tokens[begin].form) &&
           (end - begin == 1 || IsCapitalised(document.tokens[end - 1].form) ||
            document.tokens[end - 1].form.size() < 5 || IsDigit(static_cast<unsigned char>(document.tokens[end - 1].form[0])));
  }
  return true;
}

// The token of begin..end that stands highest in the tree: of "social and *community leaders*" not "community", which
// hangs on "social".
uint32_t HeadOf(const Document& document, uint32_t begin, uint32_t end) {
  const auto depth = [&](uint32_t t) {
    int steps = 0;
    for (int64_t at = document.tokens[t].head; at >= 0 && steps < kDeepest; at = document.tokens[static_cast<size_t>(at)].head) steps++;
    return steps;
  };
  uint32_t best = end - 1;
  int least = kDeepest + 1;
  for (uint32_t t = begin; t < end; t++) {
    const int64_t head = document.tokens[t].head;
    if (head >= begin && head < end) continue;
    if (const int here = depth(t); here < least) {
      least = here;
      best = t;
    }
  }
  return best;
}

}  // namespace

std::vector<NameMatch> FindNames(const Document& document, const Sentence& sentence,
                                 const Language& language) {
  int capitals = 0, words = 0;
  for (uint32_t t = sentence.begin; t < sentence.end; t++) {
    const std::string_view form = document.tokens[t].form;
    if (form.size() < 2 || document.tokens[t].upos == Upos::kPunct) continue;
    words++;
    capitals += IsAllCapitals(form);
  }
  const bool all_capitals = words > 3 && capitals * 10 > words * 7;

  std::vector<NameMatch> names;
  const NameIndex& index = language.actors.names();
  const std::vector<Piece> pieces = Pieces(document, sentence, index, false);
  for (size_t i = 0; i < pieces.size();) {
    if (!pieces[i].first || pieces[i].word < 0) {
      i++;
      continue;
    }
    int node = 0;
    size_t best = 0;
    NameMatch match;
    for (size_t j = i; j < pieces.size() && pieces[j].word >= 0; j++) {
      node = index.Walk(node, pieces[j].word);
      if (node < 0) break;
      if (!pieces[j].last) continue;
      const auto entries = index.Entries(node);
      const uint32_t begin = pieces[i].token, end = pieces[j].token + 1;
      const bool fits = std::any_of(entries.begin(), entries.end(), [&](const NameEntry& entry) {
        return CaseFits(document, sentence, begin, end, entry, all_capitals);
      });
      if (!fits) continue;
      best = j + 1;
      match.begin = begin;
      match.end = end;
      match.entries = entries;
    }
    if (best == 0) {
      i++;
      continue;
    }
    match.all_capitals = all_capitals;
    match.head = HeadOf(document, match.begin, match.end);
    names.push_back(match);
    i = best;
  }

  std::vector<NameMatch> agents;
  const NameIndex& nouns = language.agents.nouns();
  const std::vector<Piece> lemmas = Pieces(document, sentence, nouns, true);
  for (size_t i = 0; i < lemmas.size();) {
    if (!lemmas[i].first || lemmas[i].word < 0) {
      i++;
      continue;
    }
    int node = 0;
    size_t best = 0;
    NameMatch match;
    for (size_t j = i; j < lemmas.size() && lemmas[j].word >= 0; j++) {
      node = nouns.Walk(node, lemmas[j].word);
      if (node < 0) break;
      if (!lemmas[j].last || nouns.Entries(node).empty()) continue;
      const Token& last = document.tokens[lemmas[j].token];
      if (last.upos != Upos::kNoun && last.upos != Upos::kPropn && !(last.upos == Upos::kAdj && (j > i || StandsAsNoun(last)))) continue;
      best = j + 1;
      match.begin = lemmas[i].token;
      match.end = lemmas[j].token + 1;
      match.entries = nouns.Entries(node);
    }
    if (best == 0) {
      i++;
      continue;
    }
    match.agent = true;
    match.head = HeadOf(document, match.begin, match.end);
    agents.push_back(match);
    i = best;
  }

  // Merge: an agent noun inside a longer name is part of the name; a name inside a longer agent noun
  // goes, if it is shorter.
  std::vector<NameMatch> merged;
  size_t a = 0;
  for (const NameMatch& name : names) {
    bool covered = false;
    while (a < agents.size() && agents[a].end <= name.begin) merged.push_back(agents[a++]);
    while (a < agents.size() && agents[a].begin < name.end) {
      if (agents[a].end - agents[a].begin > name.end - name.begin) {
        merged.push_back(agents[a]);
        covered = true;
      }
      a++;
    }
    if (!covered) merged.push_back(name);
  }
  while (a < agents.size()) merged.push_back(agents[a++]);
  std::sort(merged.begin(), merged.end(),
            [](const NameMatch& x, const NameMatch& y) { return x.begin < y.begin; });
  return merged;
}

}  // namespace entente
