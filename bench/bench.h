// SPDX-License-Identifier: Apache-2.0
// What both benchmarks need: the clocks, a folder that goes away, the program run as a user runs
// it, floors.
#pragma once

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "base/text.h"

extern char** environ;  // NOLINT: POSIX

namespace entente {

[[noreturn]] inline void Die(const std::string& message) { throw std::runtime_error(message); }

inline void Require(bool condition, const std::string& message) {
  if (!condition) Die("check failed: " + message);
}

// Seconds on the wall and seconds that the processor spent on us: on a busy machine the second is
// the fair one.
struct Cost {
  double wall = 1e30, cpu = 1e30;
  void Add(Cost other) {
    wall = std::min(wall, other.wall);
    cpu = std::min(cpu, other.cpu);
  }
};

class Stopwatch {
 public:
  Stopwatch() : wall_(std::chrono::steady_clock::now()), cpu_(Cpu()) {}
  Cost Read() const {
    return {std::chrono::duration<double>(std::chrono::steady_clock::now() - wall_).count(),
            Cpu() - cpu_};
  }

 private:
  static double Cpu() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
  }
  std::chrono::steady_clock::time_point wall_;
  double cpu_;
};

// A new folder for what is made; it goes away with the object.
struct Folder {
  std::filesystem::path path;
  Folder() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "entente-bench-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr)
      Die("no folder can be made in " + std::filesystem::temp_directory_path().string());
    path = pattern;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
};

struct Run {
  Cost cost;
  double megabytes = 0;
  int status = -1;
};

// A program by its file, its output thrown away.
inline Run RunProgram(std::string program, const std::vector<std::string>& arguments) {
  std::vector<char*> argv;
  argv.push_back(program.data());
  std::vector<std::string> kept = arguments;
  for (std::string& argument : kept) argv.push_back(argument.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  const Stopwatch watch;
  pid_t pid = 0;
  if (posix_spawn(&pid, program.c_str(), &files, nullptr, argv.data(), environ) != 0)
    Die("cannot start " + program);
  posix_spawn_file_actions_destroy(&files);
  int status = 0;
  rusage usage{};
  if (wait4(pid, &status, 0, &usage) != pid) Die("cannot wait for " + program);
  Run run;
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
  };
  run.cost = {watch.Read().wall, seconds(usage.ru_utime) + seconds(usage.ru_stime)};
  run.megabytes = static_cast<double>(usage.ru_maxrss) / 1024;
  run.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
  return run;
}

inline int& Missed() {
  static int missed = 0;
  return missed;
}

// How often over the floor.
inline std::string Against(double value, double floor, bool more_is_better) {
  const bool met = more_is_better ? value >= floor : value <= floor;
  Missed() += !met;
  char text[64];
  std::snprintf(text, sizeof text, "%7.2fx %s", more_is_better ? value / floor : floor / value,
                met ? "" : "MISSED");
  return text;
}

inline void PrintMachine() {
  std::string model = "unknown processor";
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);) {
    if (line.starts_with("model name")) {
      model = std::string(Trim(line.substr(line.find(':') + 1)));
      break;
    }
  }
  double load[1] = {0};
  if (getloadavg(load, 1) != 1) load[0] = -1;
  std::printf("machine   %s, %u cores, load %.1f at the start\n", model.c_str(),
              std::thread::hardware_concurrency(), load[0]);
}

}  // namespace entente
