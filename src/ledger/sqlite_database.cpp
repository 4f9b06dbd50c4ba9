// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <vector>

#include "base/file.h"
#include "ledger/database.h"

namespace entente {
namespace {

constexpr int kBusyMilliseconds = 120000;

Error SqliteError(sqlite3* db, int code, const std::string& path) {
  const std::string detail = db != nullptr ? sqlite3_errmsg(db) : sqlite3_errstr(code);
  switch (code & 0xFF) {
    case SQLITE_FULL:
      return {ErrorCode::kUnavailable,
              "the disk is full; the store is intact and keeps what was stored before. Free some space and run the command again", path};
    case SQLITE_READONLY:
      return {ErrorCode::kBadRequest, "the store cannot be written: the file or its folder is read-only", path};
    case SQLITE_CANTOPEN:
      return {ErrorCode::kNotFound, "the store cannot be opened (" + detail + ")", path};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorCode::kUnavailable, "another program has been writing to the store for two minutes; try again later", path};
    case SQLITE_NOTADB:
      return {ErrorCode::kBadData, "is no Entente store: the file is no SQLite database. Name another file, or move this one away", path};
    case SQLITE_CORRUPT:
      return {ErrorCode::kBadData,
              "the store is damaged (" + detail + "). Restore a copy, or save what is readable with `sqlite3 FILE .recover` and ingest the reports again", path};
    case SQLITE_NOMEM:
      return {ErrorCode::kBadRequest, "SQL: the statement needs too much memory", ""};
    case SQLITE_AUTH: return {ErrorCode::kBadRequest, "SQL: only reading is allowed: SELECT, VALUES, WITH, EXPLAIN", ""};
    case SQLITE_TOOBIG: return {ErrorCode::kBadRequest, "SQL: a value is too long", ""};
    case SQLITE_IOERR:
      return {ErrorCode::kUnavailable, "the disk failed: " + detail, path};
    default: return {ErrorCode::kInternal, "the store failed: " + detail, path};
  }
}

// What a foreign statement may take.
constexpr int64_t kForeignHeap = int64_t{512} << 20;
constexpr int kForeignLength = 64 << 20, kForeignSteps = 10000;

// Seconds that a foreign statement has run, while SQLite was at work.
struct TimeLimit {
  double seconds = 0, spent = 0;
  std::chrono::steady_clock::time_point begin;
  double Now() const { return spent + std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(); }
  static int Over(void* limit) { return static_cast<TimeLimit*>(limit)->Now() > static_cast<TimeLimit*>(limit)->seconds ? 1 : 0; }
};

// Only what reads tables of the store; no pragma but those that describe them.
int Authorize(void*, int action, const char* name, const char* detail, const char*, const char*) {
  switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE: return SQLITE_OK;
    case SQLITE_FUNCTION: {
      const std::string_view function = detail == nullptr ? "" : detail;
      return function == "load_extension" || function == "fts3_tokenizer" ? SQLITE_DENY : SQLITE_OK;
    }
    case SQLITE_PRAGMA:
      for (const char* allowed : {"table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo"}) {
        if (name != nullptr && sqlite3_stricmp(name, allowed) == 0) return SQLITE_OK;
      }
      return SQLITE_DENY;
    default: return SQLITE_DENY;
  }
}

class SqliteQuery : public Query {
 public:
  SqliteQuery(sqlite3* db, sqlite3_stmt* statement, const std::string& path, TimeLimit* limit)
      : db_(db), statement_(statement), path_(path), limit_(limit) {}
  ~SqliteQuery() override { sqlite3_finalize(statement_); }

  Query& BindText(std::string_view value) override {
    Next();
    sqlite3_bind_text(statement_, next_, value.data() == nullptr ? "" : value.data(), static_cast<int>(value.size()), SQLITE_TRANSIENT);
    return *this;
  }
  Query& Int(int64_t value) override {
    Next();
    sqlite3_bind_int64(statement_, next_, value);
    return *this;
  }
  Query& Real(double value) override {
    Next();
    sqlite3_bind_double(statement_, next_, value);
    return *this;
  }
  Query& Null() override {
    Next();
    sqlite3_bind_null(statement_, next_);
    return *this;
  }
  Result<bool> Step() override {
    next_ = 0;
    active_ = true;
    if (limit_ != nullptr) limit_->begin = std::chrono::steady_clock::now();
    const int code = sqlite3_step(statement_);
    if (limit_ != nullptr) limit_->spent = limit_->Now();
    if (code == SQLITE_ROW) return true;
    Reset();
    if (code == SQLITE_INTERRUPT) return OverTime(limit_ == nullptr ? 0 : limit_->seconds);
    if (code == SQLITE_DONE) return false;
    return SqliteError(db_, code, path_);
  }
  void Reset() override {
    sqlite3_reset(statement_);
    active_ = false;
    next_ = 0;
  }
  int Columns() const override { return sqlite3_column_count(statement_); }
  std::string ColumnName(int column) const override { return sqlite3_column_name(statement_, column); }
  bool IsNull(int column) const override { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
  bool IsNumber(int column) const override {
    const int type = sqlite3_column_type(statement_, column);
    return type == SQLITE_INTEGER || type == SQLITE_FLOAT;
  }
  std::string_view TextAt(int column) const override {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return text == nullptr ? std::string_view() : std::string_view(text, static_cast<size_t>(sqlite3_column_bytes(statement_, column)));
  }
  int64_t IntAt(int column) const override { return sqlite3_column_int64(statement_, column); }
  double RealAt(int column) const override { return sqlite3_column_double(statement_, column); }

 private:
  void Next() {
    if (active_) Reset();
    next_++;
  }
  sqlite3* db_;
  sqlite3_stmt* statement_;
  std::string path_;
  TimeLimit* limit_;  // null if there is none
  int next_ = 0;
  bool active_ = false;
};

class SqliteDatabase : public Database {
 public:
  SqliteDatabase(sqlite3* db, std::string path) : db_(db), path_(std::move(path)) {}
  ~SqliteDatabase() override { sqlite3_close(db_); }

  Status Execute(const std::string& sql) override {
    const int code = sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return SqliteError(db_, code, path_);
    return {};
  }
  Result<std::unique_ptr<Query>> Prepare(const std::string& sql) override { return Prepared(sql, nullptr); }
  Result<std::unique_ptr<Query>> PrepareForeign(const std::string& sql, double seconds) override {
    limit_.seconds = seconds;
    limit_.begin = std::chrono::steady_clock::now();
    sqlite3_limit(db_, SQLITE_LIMIT_LENGTH, kForeignLength);
    sqlite3_hard_heap_limit64(kForeignHeap);
    sqlite3_progress_handler(db_, kForeignSteps, TimeLimit::Over, &limit_);
    sqlite3_set_authorizer(db_, Authorize, nullptr);
    return Prepared(sql, &limit_);
  }
  Result<std::unique_ptr<Query>> Prepared(const std::string& sql, TimeLimit* limit) {
    sqlite3_stmt* statement = nullptr;
    const char* rest = nullptr;
    const int code = sqlite3_prepare_v3(db_, sql.c_str(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement, &rest);
    if (code == SQLITE_ERROR) return Error{ErrorCode::kBadRequest, std::string("SQL: ") + sqlite3_errmsg(db_), ""};
    if (code != SQLITE_OK) return SqliteError(db_, code, path_);
    if (statement == nullptr) return Error{ErrorCode::kBadRequest, "SQL: there is no statement", ""};
    // Only comments, spaces and semicolons may follow.
    while (rest != nullptr && *rest != '\0') {
      sqlite3_stmt* another = nullptr;
      const int more = sqlite3_prepare_v2(db_, rest, -1, &another, &rest);
      sqlite3_finalize(another);
      if (more == SQLITE_OK && another == nullptr) continue;
      sqlite3_finalize(statement);
      return Error{ErrorCode::kBadRequest, "SQL: one statement at a time", ""};
    }
    return std::unique_ptr<Query>(std::make_unique<SqliteQuery>(db_, statement, path_, limit));
  }
  Status BeginWrite() override { return Execute("BEGIN IMMEDIATE"); }
  Status Commit() override {
    Status status = Execute("COMMIT");
    if (!status) Rollback();
    return status;
  }
  void Rollback() override {
    if (sqlite3_get_autocommit(db_) == 0) sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr);
  }
  bool HasTable(const std::string& name) override {
    const auto query = Prepare("SELECT 1 FROM sqlite_master WHERE type IN ('table','view') AND name=$1");
    if (!query) return false;
    const auto row = (*query)->Text(name).Step();
    return row.ok() && *row;
  }
  bool IsEmpty() override {
    const auto query = Prepare("SELECT 1 FROM sqlite_master");
    if (!query) return false;
    const auto row = (*query)->Step();
    return row.ok() && !*row;
  }
  std::string TextType() const override { return "TEXT"; }
  std::string KeyType() const override { return "INTEGER PRIMARY KEY"; }
  std::string SortedWords() const override { return " WITHOUT ROWID"; }
  const std::string& name() const override { return path_; }

 private:
  sqlite3* db_;
  std::string path_;
  TimeLimit limit_;
};

}  // namespace

Result<std::unique_ptr<Database>> OpenSqlite(const std::string& path, bool read_only) {
  if (IsDirectory(path)) return Error{ErrorCode::kBadRequest, "is a folder; name a file for the store", path};
  if (read_only && !FileExists(path)) {
    return Error{ErrorCode::kNotFound, "there is no store of this name; `entente ingest FILE... --store " + path + "` makes one", path};
  }
  sqlite3* db = nullptr;
  // A store on a read-only disk can be read only if nobody writes to it: WAL needs its shared file otherwise.
  const int flags = (read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI;
  std::string uri = "file:";
  for (const char c : path) {
    if (std::strchr("?#%", c) != nullptr) {
      static constexpr char kHex[] = "0123456789ABCDEF";
      uri += '%';
      uri += kHex[static_cast<unsigned char>(c) >> 4];
      uri += kHex[static_cast<unsigned char>(c) & 15];
    } else {
      uri += c;
    }
  }
  if (read_only && access(path.c_str(), W_OK) != 0 && access((path + "-wal").c_str(), F_OK) != 0) uri += "?immutable=1";
  int code = sqlite3_open_v2(uri.c_str(), &db, flags, nullptr);
  if (code != SQLITE_OK) {
    Error error = SqliteError(db, code, path);
    sqlite3_close(db);
    return error;
  }
  sqlite3_extended_result_codes(db, 1);
  sqlite3_busy_timeout(db, kBusyMilliseconds);
  sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
  auto database = std::make_unique<SqliteDatabase>(db, path);
  // The first statement reads the file: what is no database shows here.
  std::string setup = "PRAGMA trusted_schema=OFF; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;";
  setup += read_only ? "PRAGMA query_only=ON; PRAGMA mmap_size=2147418112; SELECT count(*) FROM sqlite_master;"
                     : "SELECT count(*) FROM sqlite_master; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=4000;";
  if (const Status status = database->Execute(setup); !status) return status.error();
  if (!read_only && sqlite3_db_readonly(db, "main") == 1) {
    return Error{ErrorCode::kBadRequest, "the store cannot be written: the file or its folder is read-only", path};
  }
  return std::unique_ptr<Database>(std::move(database));
}

}  // namespace entente
