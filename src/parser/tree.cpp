// SPDX-License-Identifier: Apache-2.0
#include "parser/tree.h"

#include <algorithm>
#include <limits>

namespace entente {
namespace {

constexpr int64_t kNever = std::numeric_limits<int64_t>::min() / 4;

// Nodes 0 (the root) .. n; score(h, d) of the arc from head h to dependent d. Contracts one cycle
// at a time into its first node and expands in reverse.
class Edmonds {
 public:
  Edmonds(const std::vector<int32_t>& scores, int n)
      : n_(n), size_(n + 1), score_(static_cast<size_t>(size_) * size_, kNever) {
    // One arc from the root costs more than any tree can win back.
    int64_t least = 0;
    int64_t most = 0;
    for (int d = 1; d <= n; d++) {
      for (int h = 0; h <= n; h++) {
        if (h == d) continue;
        const int64_t s = scores[static_cast<size_t>(d - 1) * size_ + h];
        least = std::min(least, s);
        most = std::max(most, s);
        At(h, d) = s;
      }
    }
    const int64_t price = (most - least + 1) * (n + 1);
    for (int d = 1; d <= n; d++) At(0, d) -= price;
    real_head_.resize(score_.size());
    real_dependent_.resize(score_.size());
    for (int h = 0; h <= n; h++) {
      for (int d = 0; d <= n; d++) {
        real_head_[Index(h, d)] = h;
        real_dependent_[Index(h, d)] = d;
      }
    }
  }

  std::vector<int> Solve() {
    std::vector<bool> gone(size_, false);
    std::vector<int> best(size_, 0);
    std::vector<std::vector<int>> words(size_);
    for (int i = 0; i <= n_; i++) words[i] = {i};
    // A cycle that has become one node, the first of its nodes.
    struct Contraction {
      std::vector<int> heads;  // of the cycle's arcs, as words
      std::vector<int> dependents;
      std::vector<std::vector<int>> words;  // in each of its nodes
    };
    std::vector<Contraction> contractions;
    for (;;) {
      for (int d = 1; d <= n_; d++) {
        if (gone[d]) continue;
        int64_t most = kNever * 2;
        for (int h = 0; h <= n_; h++) {
          if (h == d || gone[h]) continue;
          if (At(h, d) > most) {
            most = At(h, d);
            best[d] = h;
          }
        }
      }
      std::vector<int> cycle = FindCycle(best, gone);
      if (cycle.empty()) break;
      Contraction contraction;
      const int keep = cycle[0];
      std::vector<bool> within(size_, false);
      for (const int node : cycle) within[node] = true;
      for (const int node : cycle) {
        contraction.heads.push_back(real_head_[Index(best[node], node)]);
        contraction.dependents.push_back(real_dependent_[Index(best[node], node)]);
        contraction.words.push_back(words[node]);
      }
      for (int other = 0; other <= n_; other++) {
        if (gone[other] || within[other]) continue;
        // Into the cycle: what is won against the arc of the cycle that it replaces.
        int64_t most = kNever * 2;
        int enter = keep;
        int64_t leave_most = kNever * 2;
        int leave = keep;
        for (const int node : cycle) {
          const int64_t in = At(other, node) - At(best[node], node);
          if (in > most) most = in, enter = node;
          if (At(node, other) > leave_most) leave_most = At(node, other), leave = node;
        }
        const int enter_head = real_head_[Index(other, enter)];
        const int enter_dependent = real_dependent_[Index(other, enter)];
        const int leave_head = real_head_[Index(leave, other)];
        const int leave_dependent = real_dependent_[Index(leave, other)];
        At(other, keep) = most;
        real_head_[Index(other, keep)] = enter_head;
        real_dependent_[Index(other, keep)] = enter_dependent;
        At(keep, other) = leave_most;
        real_head_[Index(keep, other)] = leave_head;
        real_dependent_[Index(keep, other)] = leave_dependent;
      }
      for (size_t i = 1; i < cycle.size(); i++) {
        gone[cycle[i]] = true;
        words[keep].insert(words[keep].end(), words[cycle[i]].begin(), words[cycle[i]].end());
      }
      contractions.push_back(std::move(contraction));
    }
    std::vector<int> heads(size_, -1);
    // Arcs between what is left; then the arcs of each cycle, the last made first, but for the node
    // at which it is entered: the one that holds the only word with a head so far.
    for (int d = 1; d <= n_; d++) {
      if (!gone[d]) heads[real_dependent_[Index(best[d], d)]] = real_head_[Index(best[d], d)];
    }
    for (size_t i = contractions.size(); i-- > 0;) {
      const Contraction& contraction = contractions[i];
      size_t entered = 0;
      for (size_t k = 0; k < contraction.words.size(); k++) {
        for (const int word : contraction.words[k]) {
          if (heads[word] >= 0) entered = k;
        }
      }
      for (size_t k = 0; k < contraction.words.size(); k++) {
        if (k != entered) heads[contraction.dependents[k]] = contraction.heads[k];
      }
    }
    return heads;
  }

 private:
  size_t Index(int h, int d) const { return static_cast<size_t>(h) * size_ + d; }
  int64_t& At(int h, int d) { return score_[Index(h, d)]; }

  std::vector<int> FindCycle(const std::vector<int>& best, const std::vector<bool>& gone) const {
    std::vector<int> seen(size_, 0);
    for (int start = 1; start <= n_; start++) {
      if (gone[start] || seen[start] != 0) continue;
      int at = start;
      while (at != 0 && seen[at] == 0) {
        seen[at] = start;
        at = best[at];
      }
      if (at == 0 || seen[at] != start) continue;
      std::vector<int> cycle = {at};
      for (int node = best[at]; node != at; node = best[node]) cycle.push_back(node);
      return cycle;
    }
    return {};
  }

  int n_;
  int size_;
  std::vector<int64_t> score_;
  std::vector<int> real_head_, real_dependent_;  // the words that an arc between nodes stands for
};

}  // namespace

bool IsTree(const std::vector<int>& heads) {
  const int n = static_cast<int>(heads.size());
  std::vector<int> seen(heads.size(), -1);
  int roots = 0;
  for (int i = 0; i < n; i++) {
    if (heads[i] < 0) roots++;
    int at = i;
    while (at >= 0 && seen[at] < 0) {
      seen[at] = i;
      at = heads[at];
    }
    if (at >= 0 && seen[at] == i) return false;
  }
  return roots == 1;
}

void BestTree(const std::vector<int32_t>& scores, int n, std::vector<int>& heads) {
  const std::vector<int> found = Edmonds(scores, n).Solve();
  heads.resize(static_cast<size_t>(n));
  for (int d = 1; d <= n; d++)
    heads[static_cast<size_t>(d - 1)] = found[static_cast<size_t>(d)] - 1;
}

}  // namespace entente
