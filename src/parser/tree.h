// SPDX-License-Identifier: Apache-2.0
// The best tree over arc scores: Chu and Liu 1965, Edmonds 1967, with one word on the root.
#pragma once

#include <cstdint>
#include <vector>

namespace entente {

// True if every word reaches the root (head -1) and exactly one word hangs on it.
bool IsTree(const std::vector<int>& heads);

// scores has n rows, one a word, of n + 1: the root, then each word; the word's own is not looked
// at. Gives the heads (-1 the root) of the tree of the largest sum that has exactly one word on the
// root. Requires n > 0. O(n^2) memory; O(n^2) time a cycle.
void BestTree(const std::vector<int32_t>& scores, int n, std::vector<int>& heads);

}  // namespace entente
