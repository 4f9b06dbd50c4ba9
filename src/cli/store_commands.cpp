// SPDX-License-Identifier: Apache-2.0
#include "cli/store_commands.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>

#include "base/text.h"
#include "base/utf8.h"
#include "cli/commands.h"

namespace entente {
namespace {

double Seconds() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

}  // namespace

ProgressLine::ProgressLine(bool quiet) : on_(!quiet && isatty(STDERR_FILENO) != 0) {}
ProgressLine::~ProgressLine() { Clear(); }

void ProgressLine::Show(const std::string& text) {
  if (!on_ || Seconds() - last_ < 0.1) return;
  last_ = Seconds();
  std::fprintf(stderr, "\r%s%s", text.c_str(), std::string(width_ > text.size() ? width_ - text.size() : 0, ' ').c_str());
  width_ = text.size();
}

void ProgressLine::Clear() {
  if (width_ > 0) std::fprintf(stderr, "\r%s\r", std::string(width_, ' ').c_str());
  width_ = 0;
}

Progress ShowProgress(ProgressLine& line, const std::string& what) {
  return [&line, what](int64_t done, int64_t all) {
    line.Show(fmt::format("{} {}/{}", what, done, all));
    return true;
  };
}

Result<int> DayOf(const std::string& text, const std::string& option) {
  const auto date = ParseIsoDate(text);
  if (!date) return Error{ErrorCode::kBadRequest, "not a date: `" + text + "`; write YYYY-MM-DD", option};
  const Date last = date->Last();
  return DaysFromCivil(last.year, last.month, last.day);
}

Result<int> SinceKnown(const std::string& text, int known_at) {
  if (text.empty()) return kAlways;
  const auto day = DayOf(text, "--since-known");
  if (day && *day > known_at) return Error{ErrorCode::kBadRequest, "is later than --known-at", "--since-known"};
  return day;
}

Status CheckParty(const LedgerData& data, Ledger& ledger, const std::string& party, bool of_states, const std::string& option) {
  if (party.empty() || data.actors.FindByCode(party.substr(0, party.find(' '))) != nullptr) return {};
  if (of_states && !data.facts.Of(party).empty()) return {};
  const auto query = ledger.store().Prepared(of_states ? "SELECT 1 FROM subject_parties WHERE party=$1 LIMIT 1" : "SELECT 1 FROM event_parties WHERE party=$1 LIMIT 1");
  if (!query) return query.error();
  const auto known = (*query)->Text(party).Step();
  if (!known) return known.error();
  (*query)->Reset();
  if (*known) return {};
  std::string meant;
  std::vector<std::string> codes;
  const std::string folded = Fold(party);
  for (const Actor& actor : data.actors.all()) {
    const std::string& one = actor.code.empty() && of_states ? actor.name : actor.code;
    if (one.empty() || one == party) continue;
    if (Fold(actor.name) == folded || Fold(actor.code) == folded) meant = one;
    codes.push_back(actor.code);
  }
  if (meant.empty()) meant = DidYouMean(party, codes);
  return Error{ErrorCode::kBadRequest,
               "unknown party `" + party + "`; " + (meant.empty() ? "parties are codes: VEN, UNASUR, \"COL REB\"" : "did you mean " + meant + "?"), option};
}

Result<Ledger> OpenForReading(const LedgerData& data, const std::string& address, bool quiet) {
  auto ledger = Ledger::Open(data, address, Store::Mode::kRead);
  if (!ledger) return ledger;
  const auto pending = ledger->Pending();
  if (!pending) return pending.error();
  if (!*pending) return ledger;
  auto writing = Ledger::Open(data, address, Store::Mode::kWrite);
  Status status;
  if (writing) {
    ProgressLine line(quiet);
    status = writing->Derive(ShowProgress(line, "deriving"));
    if (status) return writing;
  } else {
    status = writing.error();
  }
  std::fprintf(stderr, "entente: note: some reports are kept but not yet in the ledger, and it cannot be written: %s\n", status.error().Text().c_str());
  return ledger;
}

bool Put(const std::string& text) { return text.empty() || std::fwrite(text.data(), 1, text.size(), stdout) == text.size(); }

int Finish() {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return 0;
  std::fprintf(stderr, "entente: the output cannot be written: %s\n", std::strerror(errno));
  return 1;
}

std::string FormName(const std::string& wanted) { return !wanted.empty() ? wanted : isatty(STDOUT_FILENO) != 0 ? "table" : "ndjson"; }

Result<RowForm> FormOf(const std::string& wanted) { return RowFormFromName(FormName(wanted)); }

}  // namespace entente
