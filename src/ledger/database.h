// SPDX-License-Identifier: Apache-2.0
// The little that the store needs of a database, so that SQLite and PostgreSQL answer the same SQL: prepared
// statements with $1, $2, ... in the order in which they stand, one connection, one writer. Not for several threads at once.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/result.h"

namespace entente {

// A prepared statement. Bind, then Step until it gives false; Run does both for statements without rows.
class Query {
 public:
  virtual ~Query() = default;
  // The next parameter; the text is copied. Bad bytes become U+FFFD and zero bytes spaces, in every database.
  Query& Text(std::string_view value);
  virtual Query& Int(int64_t value) = 0;
  virtual Query& Real(double value) = 0;
  virtual Query& Null() = 0;
  // True if there is a row. After false or an error the statement can be bound anew.
  virtual Result<bool> Step() = 0;
  // Gives up the rows that are left.
  virtual void Reset() = 0;
  virtual int Columns() const = 0;
  virtual std::string ColumnName(int column) const = 0;
  // Of the row of the last Step; valid until the next one.
  virtual bool IsNull(int column) const = 0;
  virtual bool IsNumber(int column) const = 0;
  virtual std::string_view TextAt(int column) const = 0;
  virtual int64_t IntAt(int column) const = 0;
  virtual double RealAt(int column) const = 0;

  virtual Status Run();

 protected:
  virtual Query& BindText(std::string_view value) = 0;

 public:
  // Calls `use` for each row that is left; an error of its own ends it.
  template <class Use>
  Status EachRow(Use use) {
    for (;;) {
      const auto row = Step();
      if (!row) return row.error();
      if (!*row) return {};
      if constexpr (std::is_void_v<std::invoke_result_t<Use>>) {
        use();
      } else if (Status status = use(); !status) {
        Reset();
        return status;
      }
    }
  }
};

class Database {
 public:
  virtual ~Database() = default;
  // Statements without parameters or rows, separated by semicolons.
  virtual Status Execute(const std::string& sql) = 0;
  virtual Result<std::unique_ptr<Query>> Prepare(const std::string& sql) = 0;
  // A statement that somebody else wrote, of a database opened for reading: it may only read, no longer than so many
  // seconds in all, and within bounds of memory. The database is not to be used for anything else afterwards.
  virtual Result<std::unique_ptr<Query>> PrepareForeign(const std::string& sql, double seconds) = 0;
  // A transaction that writes: waits for other writers. What it reads nobody else changes until it ends.
  virtual Status BeginWrite() = 0;
  virtual Status Commit() = 0;
  virtual void Rollback() = 0;
  // All that `work` does, or nothing if it fails.
  Status Write(const std::function<Status()>& work);
  virtual bool HasTable(const std::string& name) = 0;
  // True if there is nothing in the database at all.
  virtual bool IsEmpty() = 0;
  // Words of the dialect: the type of a text that sorts by bytes, and of an integer primary key; what asks, after a
  // table, that its rows are kept in the order of its key, or nothing.
  virtual std::string TextType() const = 0;
  virtual std::string KeyType() const = 0;
  virtual std::string SortedWords() const = 0;
  virtual const std::string& name() const = 0;
};

// The address is a file or postgresql://...; a file that is missing is made unless `read_only`.
Result<std::unique_ptr<Database>> OpenDatabase(const std::string& address, bool read_only);
Result<std::unique_ptr<Database>> OpenPostgres(const std::string& address, bool read_only);
Result<std::unique_ptr<Database>> OpenSqlite(const std::string& path, bool read_only);
// What a foreign statement that took too long is told.
Error OverTime(double seconds);
bool IsPostgresAddress(std::string_view address);

}  // namespace entente
