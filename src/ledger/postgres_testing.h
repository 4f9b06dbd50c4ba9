// SPDX-License-Identifier: Apache-2.0
// A PostgreSQL server of the tests' own: started from Debian's packages on a free loopback port, in a folder that
// goes away with it. ENTENTE_TEST_POSTGRES=postgresql://... names one that runs already.
#pragma once

#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "ledger/database.h"

namespace entente {

class PostgresServer {
 public:
  // Null if PostgreSQL is not installed; `why` says so.
  static PostgresServer* Get(std::string& why) {
    static PostgresServer server;
    why = server.why_;
    return server.address_.empty() ? nullptr : &server;
  }
  // The address of a new, empty database.
  std::string NewDatabase() {
    const std::string name = "t" + std::to_string(::getpid()) + "_" + std::to_string(next_++);
    const auto database = OpenDatabase(address_ + "/postgres", false);
    if (!database || !(*database)->Execute("CREATE DATABASE " + name)) return "";
    return address_ + "/" + name;
  }

 private:
  PostgresServer() {
    if (const char* given = std::getenv("ENTENTE_TEST_POSTGRES")) {
      address_ = given;
      return;
    }
    const std::string bin = Programs();
    if (bin.empty()) {
      why_ = "no PostgreSQL server is installed";
      return;
    }
    folder_ = std::filesystem::temp_directory_path() / ("entente-postgres-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
    if (::geteuid() == 0) {
      const passwd* user = ::getpwnam("postgres");
      if (user == nullptr) {
        why_ = "there is no user `postgres` to run the server";
        return;
      }
      user_ = user->pw_uid;
      group_ = user->pw_gid;
      if (::chown(folder_.c_str(), user_, group_) != 0) {
        why_ = "the folder cannot be given to the user `postgres`";
        return;
      }
    }
    const std::string data = (folder_ / "data").string();
    int status = 0;
    const pid_t init = Start({bin + "/initdb", "-D", data, "-A", "trust", "-U", "entente", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"});
    if (::waitpid(init, &status, 0) != init || status != 0) {
      why_ = "initdb failed";
      return;
    }
    const std::string port = std::to_string(FreePort());
    server_ = Start({bin + "/postgres", "-D", data, "-p", port, "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off",
                     "-c", "full_page_writes=off", "-c", "synchronous_commit=off"});
    const std::string address = "postgresql://entente@127.0.0.1:" + port;
    for (int tries = 0; tries < 600; tries++) {
      if (OpenDatabase(address + "/postgres", true).ok()) {
        address_ = address;
        return;
      }
      ::usleep(100000);
    }
    why_ = "the server did not start";
  }
  ~PostgresServer() {
    if (server_ > 0) {
      ::kill(server_, SIGINT);
      ::waitpid(server_, nullptr, 0);
    }
    if (!folder_.empty()) {
      std::error_code ignored;
      std::filesystem::remove_all(folder_, ignored);
    }
  }

  // The folder of the newest server that is installed.
  static std::string Programs() {
    const std::filesystem::path root = "/usr/lib/postgresql";
    std::error_code ignored;
    std::string best;
    int newest = 0;
    for (const auto& version : std::filesystem::directory_iterator(root, ignored)) {
      const int number = std::atoi(version.path().filename().c_str());
      const auto bin = version.path() / "bin";
      if (number > newest && ::access((bin / "initdb").c_str(), X_OK) == 0 && ::access((bin / "postgres").c_str(), X_OK) == 0) {
        newest = number;
        best = bin.string();
      }
    }
    return best;
  }

  static int FreePort() {
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    int port = 54329;
    if (::bind(fd, reinterpret_cast<sockaddr*>(&address), size) == 0 && ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) == 0) {
      port = ntohs(address.sin_port);
    }
    ::close(fd);
    return port;
  }

  pid_t Start(const std::vector<std::string>& words) const {
    std::vector<char*> argv;
    for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    const pid_t child = ::fork();
    if (child != 0) return child;
    if (user_ != 0 && (::setgid(group_) != 0 || ::setuid(user_) != 0)) ::_exit(1);
    if (::chdir(folder_.c_str()) != 0) ::_exit(1);
    const int null = ::open("/dev/null", O_RDWR);
    ::dup2(null, 0);
    ::dup2(null, 1);
    ::dup2(null, 2);
    ::execv(argv[0], argv.data());
    ::_exit(1);
  }

  std::string address_, why_;
  std::filesystem::path folder_;
  pid_t server_ = 0;
  uid_t user_ = 0;
  gid_t group_ = 0;
  int next_ = 0;
};

}  // namespace entente
