// SPDX-License-Identifier: Apache-2.0
#include "ledger/store.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <tuple>

#include "base/text.h"
#include "ledger/identity.h"
#include "ledger/json.h"
#include "ledger/schema.h"
#include "writer/stored_event.h"

namespace entente {
namespace {

static_assert(std::size(kMigrations) == Store::kSchema);

// Events of one report: the low bits of a mention's number.
constexpr int kMentionBits = 20;

std::string InDialect(std::string sql, const Database& database) {
  for (const auto& [word, type] : {std::pair<std::string, std::string>{"{TEXT}", database.TextType()}, {"{KEY}", database.KeyType()}, {"{SORTED}", database.SortedWords()}}) {
    for (size_t at = sql.find(word); at != std::string::npos; at = sql.find(word, at + type.size())) sql.replace(at, word.size(), type);
  }
  return sql;
}

constexpr const char* kKept = "SELECT number, name, path, url FROM reports WHERE id=$1";

// If the report's name goes before that of the row of kKept.
bool GoesBefore(const Report& report, const Query& kept) {
  const std::string_view name = kept.TextAt(1), path = kept.TextAt(2), url = kept.TextAt(3);
  return std::tie(report.name, report.path, report.url) < std::tie(name, path, url);
}

// The NDJSON record with another name of its report: {"id":"e-...","report":"NAME",...
std::string WithReport(std::string_view record, const std::string& name) {
  constexpr std::string_view kField = ",\"report\":\"";
  const size_t at = record.find(',');
  if (at == std::string_view::npos) return std::string(record);
  size_t end = at;
  if (record.substr(at).starts_with(kField)) {
    end = at + kField.size();
    while (end < record.size() && record[end] != '"') end += record[end] == '\\' ? 2 : 1;
    end = std::min(end + 1, record.size());
  }
  std::string out(record.substr(0, at));
  if (!name.empty()) {
    out += ",\"report\":";
    AppendJson(out, name);
  }
  return out.append(record.substr(end));
}

}  // namespace

Result<Store> Store::Open(const std::string& address, Mode mode) {
  auto database = OpenDatabase(address, mode == Mode::kRead);
  if (!database) return database.error();
  Store store(std::move(*database));
  if (const Status status = store.CheckSchema(mode); !status) return status.error();
  return store;
}

Status Store::CheckSchema(Mode mode) {
  const std::string& name = database_->name();
  if (!database_->HasTable("ledger_meta")) {
    if (!database_->IsEmpty()) return Error{ErrorCode::kBadData, "is a database, but no Entente store; name another one", name};
    if (mode == Mode::kRead) return Error{ErrorCode::kNotFound, "the store is empty; `entente ingest FILE... --store " + name + "` fills it", name};
    return Migrate(0);
  }
  const auto text = Meta("schema");
  if (!text) return text.error();
  const int version = std::atoi(text->c_str());
  if (version < 1) return Error{ErrorCode::kBadData, "the store is damaged: it does not say which schema it has. Restore a copy, or ingest the reports into a new store", name};
  if (version > kSchema) {
    return Error{ErrorCode::kBadData,
                 "the store was written by a newer Entente (schema " + std::to_string(version) + "; this one knows " + std::to_string(kSchema) +
                     "). Install that version, or ingest the reports into a new store", name};
  }
  if (version < kSchema) {
    if (mode == Mode::kRead) {
      return Error{ErrorCode::kBadData,
                   "the store was written by an older Entente (schema " + std::to_string(version) + "; this one has " + std::to_string(kSchema) +
                       "). `entente ledger rebuild --store " + name + "` brings it up to date", name};
    }
    return Migrate(version);
  }
  return {};
}

Status Store::Migrate(int from) {
  return database_->Write([&]() -> Status {
    // Another program may have done it while this one waited.
    if (database_->HasTable("ledger_meta")) {
      const auto text = Meta("schema");
      if (text) from = std::max(from, std::atoi(text->c_str()));
    }
    for (int version = from; version < kSchema; version++) {
      Status status = database_->Execute(InDialect(kMigrations[version], *database_));
      if (status && version == 1) {
        // Nothing is derived yet: all that was read waits for it.
        status = database_->Execute("INSERT INTO pending_blocks SELECT DISTINCT block FROM mentions WHERE block NOT IN (SELECT block FROM pending_blocks)");
        if (status) status = database_->Execute("INSERT INTO pending_subjects SELECT DISTINCT subject FROM moves WHERE subject NOT IN (SELECT subject FROM pending_subjects)");
      }
      if (status && version == 3) status = FillTopics();
      if (status) status = SetMeta("schema", std::to_string(version + 1));
      if (!status) return status;
    }
    return {};
  });
}

// Of moves that were kept without their topic.
Status Store::FillTopics() {
  Query *records, *fill;
  Status status = Prepare({{&records,
                            "SELECT mention, record FROM records WHERE record LIKE '%\"topic\":%' AND mention IN (SELECT mention FROM moves)"},
                           {&fill, "UPDATE moves SET topic=$1 WHERE mention=$2"}});
  std::vector<std::pair<int64_t, std::string>> topics;
  if (status) status = records->EachRow([&] { topics.emplace_back(records->IntAt(0), ReadStoredEvent(records->TextAt(1)).topic); });
  for (const auto& [mention, topic] : topics) {
    if (status) status = fill->Text(topic).Int(mention).Run();
  }
  return status;
}

Result<Query*> Store::Prepared(const std::string& sql) {
  auto it = prepared_.find(sql);
  if (it == prepared_.end()) {
    auto query = database_->Prepare(sql);
    if (!query) return query.error();
    it = prepared_.emplace(sql, std::move(*query)).first;
  }
  it->second->Reset();
  return it->second.get();
}

Result<std::string> Store::Meta(const std::string& name) {
  const auto query = Prepared("SELECT value FROM ledger_meta WHERE name=$1");
  if (!query) return query.error();
  const auto row = (*query)->Text(name).Step();
  if (!row) return row.error();
  std::string value = *row ? std::string((*query)->TextAt(0)) : "";
  (*query)->Reset();
  return value;
}

Status Store::SetMeta(const std::string& name, const std::string& value) {
  const auto query = Prepared("INSERT INTO ledger_meta(name, value) VALUES($1, $2) ON CONFLICT(name) DO UPDATE SET value=excluded.value");
  if (!query) return query.error();
  return (*query)->Text(name).Text(value).Run();
}

Status Store::Prepare(std::initializer_list<std::pair<Query**, std::string>> statements) {
  for (const auto& [query, sql] : statements) {
    const auto prepared = Prepared(sql);
    if (!prepared) return prepared.error();
    *query = *prepared;
  }
  return {};
}

Result<int64_t> Store::Number(const std::string& sql) {
  const auto query = Prepared(sql);
  if (!query) return query.error();
  const auto row = (*query)->Step();
  if (!row) return row.error();
  const int64_t number = *row ? (*query)->IntAt(0) : 0;
  (*query)->Reset();
  return number;
}

Result<bool> Store::Has(const Report& report) {
  const auto query = Prepared(kKept);
  if (!query) return query.error();
  const auto row = (*query)->Text(report.id).Step();
  if (!row) return row.error();
  const bool has = *row && !GoesBefore(report, **query);
  (*query)->Reset();
  return has;
}

Status Store::Rename(const Report& report, int64_t number) {
  Query *rename, *records, *change;
  Status status = Prepare({{&rename, "UPDATE reports SET name=$1, path=$2, url=$3 WHERE number=$4"},
                           {&records, "SELECT mention, record FROM records WHERE mention >= $1 AND mention < $2"},
                           {&change, "UPDATE records SET record=$1 WHERE mention=$2"}});
  if (status) status = rename->Text(report.name).Text(report.path).Text(report.url).Int(number).Run();
  std::vector<std::pair<int64_t, std::string>> named;
  if (status) {
    records->Int(number << kMentionBits).Int((number + 1) << kMentionBits);
    status = records->EachRow([&] { named.emplace_back(records->IntAt(0), WithReport(records->TextAt(1), report.name)); });
  }
  for (const auto& [mention, record] : named) {
    if (status) status = change->Text(record).Int(mention).Run();
  }
  return status;
}

Status Store::KeepReport(const Machine& machine, const Report& report, int64_t number) {
  Query *add, *mention, *record, *block_of, *subject_of, *subject, *party, *move;
  Status status = Prepare(
      {{&add,
        "INSERT INTO reports(number, id, name, path, title, source, url, language, date, words, events) "
        "VALUES($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)"},
       {&mention,
        "INSERT INTO mentions(mention, id, block, event, mode, cameo, quad, score, actor, recipient, compared, date, date_how, first_day, "
        "last_day, exact, auxiliary, operation, needs_recipient, place, known, source) "
        "VALUES($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22)"},
       {&record, "INSERT INTO records(mention, text, sentence, record) VALUES($1,$2,$3,$4)"},
       {&block_of, "INSERT INTO pending_blocks(block) VALUES($1) ON CONFLICT DO NOTHING"},
       {&subject_of, "INSERT INTO pending_subjects(subject) VALUES($1) ON CONFLICT DO NOTHING"},
       {&subject, "INSERT INTO subjects(subject, kind, name, roles) VALUES($1,$2,$3,$4) ON CONFLICT DO NOTHING"},
       {&party, "INSERT INTO subject_parties(party, subject) VALUES($1,$2) ON CONFLICT DO NOTHING"},
       {&move,
        "INSERT INTO moves(mention, subject, state, force, since, no_later, first_day, last_day, on_day, known, topic) "
        "VALUES($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)"}});
  if (!status) return status;
  const size_t count = std::min(report.events.size(), size_t{1} << kMentionBits);
  status = add->Int(number).Text(report.id).Text(report.name).Text(report.path).Text(report.title).Text(report.source).Text(report.url)
               .Text(report.language).Text(report.date).Int(report.words).Int(static_cast<int64_t>(count)).Run();
  if (!status) return status;
  for (size_t i = 0; i < count; i++) {
    const ReportedEvent& e = report.events[i];
    const int64_t key = number << kMentionBits | static_cast<int64_t>(i);
    const int64_t block = BlockOf(machine, e);
    Query& m = *mention;
    m.Int(key).Text(e.id).Int(block).Text(e.event).Text(e.mode).Text(e.cameo).Text(e.quad);
    if (e.score) {
      m.Real(*e.score);
    } else {
      m.Null();
    }
    status = m.Text(e.actor).Text(e.recipient).Text(RecipientOf(machine, e)).Text(e.date).Text(e.date_how).Int(e.lo).Int(e.hi).Int(e.exact)
                 .Int(e.auxiliary).Text(e.operation).Int(e.recipient_required).Text(e.place).Int(report.known).Text(report.source).Run();
    if (status) status = record->Int(key).Text(e.text).Text(e.sentence).Text(e.record).Run();
    if (status) status = block_of->Int(block).Run();
    for (const Move& one : e.moves) {
      if (!status) break;
      const Subject& s = one.subject;
      status = subject->Int(s.id).Text(machine.kinds()[s.kind].name).Text(s.key).Text(s.roles).Run();
      for (const std::string& code : s.codes) {
        if (status) status = party->Text(KeyText(code)).Int(s.id).Run();
      }
      if (status) {
        status = move->Int(key).Int(s.id).Text(machine.states()[one.state].name).Text(one.force).Text(one.since.Text()).Int(one.no_later)
                     .Int(one.lo).Int(one.hi).Int(one.on).Int(report.known).Text(one.topic).Run();
      }
      if (status) status = subject_of->Int(s.id).Run();
    }
    if (!status) return status;
  }
  return {};
}

Result<Store::Kept> Store::Keep(const Machine& machine, const std::vector<Report>& reports, const std::vector<Failure>& failures) {
  Kept kept;
  const Status status = database_->Write([&]() -> Status {
    const auto last = Number("SELECT COALESCE(MAX(number), 0) FROM reports");
    if (!last) return last.error();
    int64_t number = *last;
    Query *read, *fail, *known;
    Status good = Prepare({{&read, "DELETE FROM failures WHERE place=$1"},
                           {&fail, "INSERT INTO failures(place, reason) VALUES($1, $2) ON CONFLICT(place) DO UPDATE SET reason=excluded.reason"},
                           {&known, kKept}});
    for (const Report& report : reports) {
      if (good && !report.path.empty()) good = read->Text(KeyText(report.path)).Run();
      if (!good) return good;
      const auto row = known->Text(report.id).Step();
      if (!row) return row.error();
      if (*row) {
        kept.known_before++;
        const bool before = GoesBefore(report, *known);
        const int64_t of = known->IntAt(0);
        known->Reset();
        if (before) good = Rename(report, of);
        continue;
      }
      good = KeepReport(machine, report, ++number);
      kept.reports++;
      kept.events += static_cast<int64_t>(report.events.size());
    }
    for (const Failure& failure : failures) {
      if (good) good = fail->Text(KeyText(failure.place)).Text(failure.reason).Run();
    }
    return good;
  });
  if (!status) return status.error();
  return kept;
}

Result<StoreCounts> Store::Counts() {
  const auto query = Prepared(
      "SELECT (SELECT COUNT(*) FROM reports), (SELECT COUNT(*) FROM failures), (SELECT COUNT(*) FROM mentions), (SELECT COUNT(*) FROM events), "
      "(SELECT COALESCE(SUM(words), 0) FROM reports)");
  if (!query) return query.error();
  const auto row = (*query)->Step();
  if (!row) return row.error();
  StoreCounts counts{(*query)->IntAt(0), (*query)->IntAt(1), (*query)->IntAt(2), (*query)->IntAt(3), (*query)->IntAt(4)};
  (*query)->Reset();
  return counts;
}

Result<std::vector<Failure>> Store::Failures() {
  const auto query = Prepared("SELECT place, reason FROM failures ORDER BY place");
  if (!query) return query.error();
  std::vector<Failure> failures;
  const Status status = (*query)->EachRow(
      [&] { failures.push_back({std::string((*query)->TextAt(0)), std::string((*query)->TextAt(1))}); });
  if (!status) return status.error();
  return failures;
}

}  // namespace entente
