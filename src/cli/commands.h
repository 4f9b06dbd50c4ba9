// SPDX-License-Identifier: Apache-2.0
// What each subcommand takes. The options are read in main.cpp, the only file that knows the option library; each
// command lives in its own file and returns the exit status: 0 all well, 1 some inputs could not be read,
// 2 wrong usage, 3 data or models are broken.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"

namespace entente {

inline constexpr const char* kVersion = "0.1.0";

struct CommonOptions {
  std::string root;  // of data/ and models/
  bool quiet = false;
};

struct CodeOptions {
  CommonOptions common;
  std::vector<std::string> inputs;
  std::string from = "auto", to, language = "auto", date, date_order, show, color = "auto";
  int threads = 0;
  bool patterns_only = false;
  double min_confidence = -1;  // below 0: the language's own bound
  bool stats = false;
};
int RunCode(const CodeOptions& options);

struct ExplainOptions {
  CommonOptions common;
  std::vector<std::string> inputs;  // text, a file, or "-"
  std::string language = "auto", date;
};
int RunExplain(const ExplainOptions& options);

struct LintOptions {
  CommonOptions common;
  std::string folder, language = "en", only;
  bool no_examples = false;
  int threads = 0;
};
int RunLint(const LintOptions& options);

struct EvalOptions {
  CommonOptions common;
  std::string what;  // events, syntax
  std::vector<std::string> files;
  std::string language = "en";
  bool gold_tokens = false;
  
};
int RunEval(const EvalOptions& options);

struct TrainOptions {
  CommonOptions common;
  std::string recipe;
};
int RunTrain(const TrainOptions& options);

int RunStages();

// Prints "entente: message" to stderr and gives the exit status of the error's code.
int Fail(const Error& error);
// The width of the terminal on stdout; 100 if it is none.
int TerminalWidth();
int ThreadCount(int wanted);
// For auto, always or never: auto means a terminal that knows colours and no $NO_COLOR.
bool UseColour(const std::string& wanted);

}  // namespace entente
