// SPDX-License-Identifier: Apache-2.0
#include "ledger/database.h"

#include <algorithm>

#include "base/utf8.h"

namespace entente {

Query& Query::Text(std::string_view value) {
  if (value.find('\0') == std::string_view::npos && IsValidUtf8(value)) return BindText(value);
  std::string clean = MakeValidUtf8(value);
  std::replace(clean.begin(), clean.end(), '\0', ' ');
  return BindText(clean);
}

Status Query::Run() {
  const auto row = Step();
  if (!row) return row.error();
  if (*row) Reset();
  return {};
}

Status Database::Write(const std::function<Status()>& work) {
  if (Status status = BeginWrite(); !status) return status;
  if (Status status = work(); !status) {
    Rollback();
    return status;
  }
  return Commit();
}

Result<std::unique_ptr<Database>> OpenDatabase(const std::string& address, bool read_only) {
  if (IsPostgresAddress(address)) return OpenPostgres(address, read_only);
  return OpenSqlite(address, read_only);
}

Error OverTime(double seconds) {
  return {ErrorCode::kBadRequest, "SQL: the statement ran longer than " + std::to_string(static_cast<int64_t>(seconds)) + " s", "--timeout"};
}

bool IsPostgresAddress(std::string_view address) {
  return address.starts_with("postgresql://") || address.starts_with("postgres://");
}

}  // namespace entente
