// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"

#include <cstdio>
#include <cstdlib>

namespace entente {

int HttpStatus(ErrorCode code) {
  switch (code) {
    case ErrorCode::kNotFound: return 404;
    case ErrorCode::kBadRequest: return 400;
    case ErrorCode::kBadInput: return 422;
    case ErrorCode::kUnavailable: return 503;
    case ErrorCode::kBadData:
    case ErrorCode::kInternal: break;
  }
  return 500;
}

int ExitStatus(ErrorCode code) {
  switch (code) {
    case ErrorCode::kBadInput: return 1;
    case ErrorCode::kBadRequest: return 2;
    case ErrorCode::kUnavailable: return 75;
    case ErrorCode::kNotFound:
    case ErrorCode::kBadData:
    case ErrorCode::kInternal: break;
  }
  return 3;
}

void CheckFailed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "entente: internal error: %s does not hold at %s:%d\n", condition, file, line);
  std::abort();
}

}  // namespace entente
