// SPDX-License-Identifier: Apache-2.0
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <thread>

#include "cli/commands.h"

namespace entente {

int Fail(const Error& error) {
  std::fprintf(stderr, "entente: %s\n", error.Text().c_str());
  return ExitStatus(error.code);
}

int TerminalWidth() {
  winsize size{};
  if (isatty(STDOUT_FILENO) != 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 120;
}

int ThreadCount(int wanted) {
  if (wanted > 0) return wanted;
  const unsigned n = std::thread::hardware_concurrency();
  return n == 0 ? 1 : static_cast<int>(n);
}

bool UseColour(const std::string& wanted) {
  if (wanted != "auto") return wanted == "always";
  const char* off = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  return isatty(STDOUT_FILENO) != 0 && (off == nullptr || *off == '\0') && term != nullptr && std::string_view(term) != "dumb";
}

}  // namespace entente
