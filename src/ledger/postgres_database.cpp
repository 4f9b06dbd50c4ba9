// SPDX-License-Identifier: Apache-2.0
// PostgreSQL through libpq. Statements without rows are sent in a pipeline and answered together, so that a batch of
// inserts costs a few round trips; their errors show at the next question or at the commit. One advisory lock makes
// writers take turns, as SQLite does.
#include <libpq-fe.h>

#include <chrono>
#include <cstdlib>
#include <optional>
#include <vector>

#include "ledger/database.h"

namespace entente {
namespace {

// "entente" on a telephone: the key of the lock that writers hold.
constexpr const char* kBeginWrite = "BEGIN; SELECT pg_advisory_xact_lock(3683683)";
// Statements in the pipeline before their answers are read: few enough that neither side's buffers fill up.
constexpr int kPipeline = 400;

struct ResultDeleter {
  void operator()(PGresult* result) const { PQclear(result); }
};
using ResultPtr = std::unique_ptr<PGresult, ResultDeleter>;

// The address without user and password, for messages.
std::string PublicName(const std::string& address) {
  const size_t slashes = address.find("//"), at = address.find('@');
  std::string name = slashes == std::string::npos || at == std::string::npos ? address : address.substr(0, slashes + 2) + address.substr(at + 1);
  return name.substr(0, name.find('?'));
}

class PostgresQuery;

class PostgresDatabase : public Database {
 public:
  PostgresDatabase(PGconn* connection, std::string name) : connection_(connection), name_(std::move(name)) {}
  ~PostgresDatabase() override { PQfinish(connection_); }

  Status Execute(const std::string& sql) override {
    if (Status status = Drain(); !status) return status;
    const ResultPtr result(PQexec(connection_, sql.c_str()));
    return Check(result.get());
  }
  Result<std::unique_ptr<Query>> Prepare(const std::string& sql) override;
  Result<std::unique_ptr<Query>> PrepareForeign(const std::string& sql, double seconds) override;
  Status BeginWrite() override { return Execute(kBeginWrite); }
  Status Commit() override {
    Status status = Drain();
    if (status) status = Execute("COMMIT");
    if (!status) Rollback();
    return status;
  }
  void Rollback() override {
    (void)Drain();
    if (PQtransactionStatus(connection_) != PQTRANS_IDLE) ResultPtr(PQexec(connection_, "ROLLBACK"));
  }
  bool HasTable(const std::string& name) override {
    const char* values[] = {name.c_str()};
    return Any("SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = $1", 1, values);
  }
  bool IsEmpty() override {
    return !Any("SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema()", 0, nullptr);
  }
  std::string TextType() const override { return "TEXT COLLATE \"C\""; }
  std::string KeyType() const override { return "BIGINT PRIMARY KEY"; }
  std::string SortedWords() const override { return ""; }
  const std::string& name() const override { return name_; }

  PGconn* connection() { return connection_; }

  // Puts a prepared statement into the pipeline.
  Status Queue(const std::string& statement, const std::vector<const char*>& values) {
    if (PQpipelineStatus(connection_) == PQ_PIPELINE_OFF) PQenterPipelineMode(connection_);
    if (PQsendQueryPrepared(connection_, statement.c_str(), static_cast<int>(values.size()), values.data(), nullptr, nullptr, 0) == 0) {
      return Lost();
    }
    if (++queued_ >= kPipeline) return Drain();
    return {};
  }

  // Reads the answers of all that is in the pipeline and leaves it; the first error counts.
  Status Drain() {
    if (PQpipelineStatus(connection_) == PQ_PIPELINE_OFF) return {};
    queued_ = 0;
    std::optional<Error> first;
    if (PQpipelineSync(connection_) == 0) return Lost();
    for (;;) {
      const ResultPtr result(PQgetResult(connection_));
      if (result == nullptr) {  // between the answers of two statements
        if (PQstatus(connection_) == CONNECTION_BAD) return Lost();
        continue;
      }
      const ExecStatusType status = PQresultStatus(result.get());
      if (status == PGRES_PIPELINE_SYNC) break;
      if (status == PGRES_FATAL_ERROR && !first) {
        first = Check(result.get()).error();
        if (PQstatus(connection_) == CONNECTION_BAD) return *first;
      }
    }
    PQexitPipelineMode(connection_);
    if (first) return *first;
    return {};
  }

  Status Lost() const {
    return Error{ErrorCode::kUnavailable, std::string("the connection to PostgreSQL was lost: ") + PQerrorMessage(connection_), name_};
  }

  Status Check(const PGresult* result) const {
    const ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY) return {};
    const char* state = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const std::string code = state == nullptr ? "" : state;
    const char* primary = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    const std::string message = primary == nullptr ? PQerrorMessage(connection_) : primary;
    if (PQstatus(connection_) == CONNECTION_BAD || code.starts_with("08") || code.starts_with("57P")) {
      return Error{ErrorCode::kUnavailable, "PostgreSQL is away: " + message, name_};
    }
    if (code == "53100") return Error{ErrorCode::kUnavailable, "the disk of PostgreSQL is full; the store is intact and keeps what was stored before", name_};
    if (code == "25006" || code == "42501") return Error{ErrorCode::kBadRequest, "the store cannot be written: it is read-only (" + message + ")", name_};
    if (code.starts_with("42") || code.starts_with("22") || code.starts_with("0A")) return Error{ErrorCode::kBadRequest, "SQL: " + message, ""};
    return Error{ErrorCode::kInternal, "PostgreSQL failed: " + message, name_};
  }

 private:
  bool Any(const char* sql, int count, const char* const* values) {
    if (!Drain()) return false;
    const ResultPtr result(PQexecParams(connection_, sql, count, nullptr, values, nullptr, nullptr, 0));
    return PQntuples(result.get()) > 0;
  }

  PGconn* connection_;
  std::string name_;
  int queued_ = 0;
  int statements_ = 0;
};

// The row of a result that is read.
class PostgresRow : public Query {
 public:
  int Columns() const override { return PQnfields(shape_.get()); }
  std::string ColumnName(int column) const override { return PQfname(shape_.get(), column); }
  bool IsNull(int column) const override { return PQgetisnull(result_.get(), row_, column) != 0; }
  bool IsNumber(int column) const override {
    switch (PQftype(result_.get(), column)) {
      case 20: case 21: case 23: case 700: case 701: case 1700: return true;  // int8, int2, int4, float4, float8, numeric
      default: return false;
    }
  }
  std::string_view TextAt(int column) const override {
    return {PQgetvalue(result_.get(), row_, column), static_cast<size_t>(PQgetlength(result_.get(), row_, column))};
  }
  int64_t IntAt(int column) const override { return std::strtoll(PQgetvalue(result_.get(), row_, column), nullptr, 10); }
  double RealAt(int column) const override { return std::strtod(PQgetvalue(result_.get(), row_, column), nullptr); }

 protected:
  ResultPtr shape_, result_;  // the columns; the rows
  int row_ = 0;
};

// A foreign statement: a cursor, which PostgreSQL makes of nothing but what reads, in a transaction that only reads.
class PostgresCursor : public PostgresRow {
 public:
  PostgresCursor(PostgresDatabase& database, double seconds) : database_(database), seconds_(seconds) {}

  Status Open(const std::string& sql) {
    Status status = database_.Execute("BEGIN READ ONLY; SET LOCAL statement_timeout = " + std::to_string(static_cast<int64_t>(seconds_ * 1000)));
    // Who may do everything reads as one who may not. Where the role is not there, the transaction begins again.
    if (status && std::string(PQparameterStatus(database_.connection(), "is_superuser")) == "on" &&
        !database_.Execute("SAVEPOINT plain; SET LOCAL ROLE pg_read_all_data")) {
      status = database_.Execute("ROLLBACK TO plain");
    }
    if (status) status = Send("DECLARE entente_sql NO SCROLL CURSOR FOR " + sql);
    if (status) status = Fetch();
    return status;
  }
  Query& BindText(std::string_view) override { return *this; }
  Query& Int(int64_t) override { return *this; }
  Query& Real(double) override { return *this; }
  Query& Null() override { return *this; }
  Result<bool> Step() override {
    if (++row_ < PQntuples(result_.get())) return true;
    if (PQntuples(result_.get()) == 0) return false;
    if (Status status = Fetch(); !status) return status.error();
    row_ = 0;
    return PQntuples(result_.get()) > 0;
  }
  void Reset() override {}

 private:
  // One statement; what would be several is refused.
  Status Send(const std::string& sql) {
    const auto begin = std::chrono::steady_clock::now();
    result_.reset(PQexecParams(database_.connection(), sql.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0));
    spent_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    const char* state = PQresultErrorField(result_.get(), PG_DIAG_SQLSTATE);
    if (spent_ > seconds_ || (state != nullptr && std::string_view(state) == "57014")) return OverTime(seconds_);
    return database_.Check(result_.get());
  }
  Status Fetch() {
    Status status = Send("FETCH 1000 FROM entente_sql");
    row_ = -1;
    if (status && shape_ == nullptr) shape_.reset(PQcopyResult(result_.get(), PG_COPYRES_ATTRS));
    return status;
  }

  PostgresDatabase& database_;
  double seconds_, spent_ = 0;
};

class PostgresQuery : public PostgresRow {
 public:
  PostgresQuery(PostgresDatabase& database, std::string statement, ResultPtr described)
      : database_(database), statement_(std::move(statement)) {
    shape_ = std::move(described);
  }

  Query& BindText(std::string_view value) override {
    Fresh();
    values_.emplace_back(std::string(value));
    return *this;
  }
  Query& Int(int64_t value) override {
    Fresh();
    values_.emplace_back(std::to_string(value));
    return *this;
  }
  Query& Real(double value) override {
    Fresh();
    char buffer[40];
    std::snprintf(buffer, sizeof buffer, "%.17g", value);
    values_.emplace_back(buffer);
    return *this;
  }
  Query& Null() override {
    Fresh();
    values_.emplace_back(std::nullopt);
    return *this;
  }
  Status Run() override {
    const auto values = Values();
    Status status = PQnfields(shape_.get()) == 0 ? database_.Queue(statement_, values) : Query::Run();
    Reset();
    return status;
  }
  Result<bool> Step() override {
    if (!running_) {
      if (Status status = database_.Drain(); !status) return status.error();
      const auto values = Values();
      result_.reset(PQexecPrepared(database_.connection(), statement_.c_str(), static_cast<int>(values.size()), values.data(), nullptr, nullptr, 0));
      if (Status status = database_.Check(result_.get()); !status) {
        Reset();
        return status.error();
      }
      running_ = true;
      row_ = -1;
    }
    if (++row_ < PQntuples(result_.get())) return true;
    Reset();
    return false;
  }
  void Reset() override {
    values_.clear();
    result_.reset();
    running_ = false;
  }

 private:
  void Fresh() {
    if (running_) Reset();
  }
  std::vector<const char*> Values() const {
    std::vector<const char*> values;
    for (const auto& value : values_) values.push_back(value ? value->c_str() : nullptr);
    return values;
  }

  PostgresDatabase& database_;
  std::string statement_;
  std::vector<std::optional<std::string>> values_;
  bool running_ = false;
};

Result<std::unique_ptr<Query>> PostgresDatabase::PrepareForeign(const std::string& sql, double seconds) {
  auto cursor = std::make_unique<PostgresCursor>(*this, seconds);
  if (Status status = cursor->Open(sql); !status) return status.error();
  return std::unique_ptr<Query>(std::move(cursor));
}

Result<std::unique_ptr<Query>> PostgresDatabase::Prepare(const std::string& sql) {
  if (Status status = Drain(); !status) return status.error();
  const std::string statement = "q" + std::to_string(++statements_);
  const ResultPtr prepared(PQprepare(connection_, statement.c_str(), sql.c_str(), 0, nullptr));
  if (Status status = Check(prepared.get()); !status) return status.error();
  ResultPtr described(PQdescribePrepared(connection_, statement.c_str()));
  if (Status status = Check(described.get()); !status) return status.error();
  return std::unique_ptr<Query>(std::make_unique<PostgresQuery>(*this, statement, std::move(described)));
}

}  // namespace

Result<std::unique_ptr<Database>> OpenPostgres(const std::string& address, bool read_only) {
  const std::string name = PublicName(address);
  PGconn* connection = PQconnectdb(address.c_str());
  if (PQstatus(connection) != CONNECTION_OK) {
    Error error{ErrorCode::kUnavailable, std::string("PostgreSQL cannot be reached: ") + PQerrorMessage(connection), name};
    while (error.message.ends_with('\n')) error.message.pop_back();
    PQfinish(connection);
    return error;
  }
  PQsetNoticeProcessor(connection, [](void*, const char*) {}, nullptr);
  auto database = std::make_unique<PostgresDatabase>(connection, name);
  std::string setup = "SET client_encoding = 'UTF8'; SET TIME ZONE 'UTC'; SET extra_float_digits = 1;";
  if (read_only) setup += "SET default_transaction_read_only = on;";
  if (const Status status = database->Execute(setup); !status) return status.error();
  return std::unique_ptr<Database>(std::move(database));
}

}  // namespace entente
