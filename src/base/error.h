// SPDX-License-Identifier: Apache-2.0
// What can go wrong outside the program, as a value with a place. One table: each code has its HTTP
// status and the exit status of the command line beside it.
//   return Error{ErrorCode::kNotFound, "no tagger model; run `entente train`", path};
#pragma once

#include <string>

namespace entente {

enum class ErrorCode {
  kNotFound,     // a file, model or record that is not there    HTTP 404, exit 3
  kBadRequest,   // the user asked for something that is not possible   400, exit 2
  kBadInput,     // an input that cannot be read as what it should be   422, exit 1
  kBadData,      // our own data or models are broken                   500, exit 3
  kUnavailable,  // a service is away; try later                        503, exit 75
  kInternal,     // anything else                                       500, exit 3
};

struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;
  std::string where;  // a file, file:line, address; may be empty

  // "where: message", or the message alone.
  std::string Text() const { return where.empty() ? message : where + ": " + message; }
};

int HttpStatus(ErrorCode code);
int ExitStatus(ErrorCode code);

// A mistake in a data file. All of a file's mistakes are collected before loading fails.
struct Problem {
  std::string file;
  int line = 0;
  std::string message;

  std::string Text() const { return file + ":" + std::to_string(line) + ": " + message; }
};

[[noreturn]] void CheckFailed(const char* condition, const char* file, int line);

}  // namespace entente

// For mistakes of the programmer only; never reachable from input.
#define ENTENTE_CHECK(condition) \
  ((condition) ? (void)0 : ::entente::CheckFailed(#condition, __FILE__, __LINE__))
