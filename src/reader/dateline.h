// SPDX-License-Identifier: Apache-2.0
// The dateline that news agencies put before the first sentence: "CARACAS, Jan 11 (Reuters) - ".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "reader/data.h"

namespace entente {

struct Dateline {
  size_t size = 0;     // bytes up to the first sentence; 0 if there is none
  std::string place;   // "CARACAS", may be empty
  std::string date;    // as written, with its year; may be empty
  std::string source;  // "Reuters", may be empty
};

Dateline FindDateline(std::string_view paragraph, const ReaderData& data);

// One that stands in a field of its own: "SAN SALVADOR, 3 JAN 90 (ACAN-EFE)", "MANAGUA (NICARAGUA)";
// `size` stays 0.
Dateline ReadDateline(std::string_view field, const ReaderData& data);

}  // namespace entente
