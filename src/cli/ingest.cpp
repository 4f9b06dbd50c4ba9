// SPDX-License-Identifier: Apache-2.0
// Reads, codes and keeps reports. Reading and keeping are in order, coding runs on all threads between them; memory
// holds a few reports a thread and one batch. A report is kept with all that it tells in one transaction, so that a
// run that was killed goes on where it was when it is started again.
#include <fmt/format.h>
#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>

#include <atomic>
#include <chrono>
#include <map>
#include <mutex>

#include "cli/ledger_options.h"
#include "cli/reading.h"
#include "cli/scores.h"
#include "cli/store_commands.h"
#include "pipeline/pipeline.h"
#include "reader/reader.h"

namespace entente {
namespace {

constexpr size_t kBatchReports = 400, kBatchEvents = 4000;

// The language packs that the reports need, loaded when the first report of a language comes.
class Packs {
 public:
  explicit Packs(std::string root) : root_(std::move(root)) {}
  // An error if the language has no pack.
  Result<const Pipeline*> Get(const std::string& language) {
    const std::lock_guard<std::mutex> lock(mutex_);
    auto it = packs_.find(language);
    if (it == packs_.end()) it = packs_.emplace(language, Pipeline::Load(root_, language)).first;
    if (it->second) return &*it->second;
    return it->second.error();
  }

 private:
  std::string root_;
  std::mutex mutex_;
  std::map<std::string, Result<Pipeline>> packs_;
};

struct Item {
  std::optional<Document> document;
  std::optional<Failure> failure;
  bool known = false;  // kept before
};

struct Coded {
  std::optional<Report> report;
  std::optional<Failure> failure;
  std::string messages;
  bool known = false;
};

std::string PlaceOf(const Document& document) { return document.path.empty() ? document.id : document.path; }

}  // namespace

int RunIngest(const IngestOptions& options) {
  const auto read = ReadingOf(options.from, options.language, options.date, options.date_order);
  if (!read) return Fail(read.error());
  const ReaderOptions& reading = *read;
  const auto reader = Reader::Load(options.common.root + "/data");
  if (!reader) return Fail(reader.error());
  const auto data = LedgerData::Load(options.common.root);
  if (!data) return Fail(data.error());
  Packs packs(options.common.root);
  // The first language is loaded before any report, so that broken data are told at once.
  if (const auto pack = packs.Get(options.language == "auto" ? "en" : options.language); !pack) return Fail(pack.error());
  auto ledger = Ledger::Open(**data, options.store, Store::Mode::kWrite);
  if (!ledger) return Fail(ledger.error());
  // What is kept already is asked for on a second connection, while the first one writes.
  auto lookup = Store::Open(options.store, Store::Mode::kWrite);
  if (!lookup) return Fail(lookup.error());
  const OntologyScores scores((*data)->ontology);
  const ReportBuilder builder((*data)->machine, (*data)->actors, (*data)->ontology, scores);

  const auto start = std::chrono::steady_clock::now();
  const int threads = ThreadCount(options.threads);
  const tbb::global_control control(tbb::global_control::max_allowed_parallelism, static_cast<size_t>(threads));
  auto stream = reader->Open(options.inputs.empty() ? std::vector<std::string>{"-"} : options.inputs, reading);
  std::atomic<bool> stop{false};
  std::optional<Error> broken;
  std::vector<Report> reports;
  std::vector<Failure> failures;
  size_t batch_events = 0;
  int64_t kept = 0, known = 0, failed = 0, events = 0, words = 0;
  ProgressLine line(options.common.quiet);
  const auto flush = [&] {
    if (reports.empty() && failures.empty()) return;
    const auto result = ledger->store().Keep((*data)->machine, reports, failures);
    if (!result) {
      broken = result.error();
      stop = true;
    } else {
      kept += result->reports;
      known += result->known_before;
      events += result->events;
      failed += static_cast<int64_t>(failures.size());
    }
    reports.clear();
    failures.clear();
    batch_events = 0;
  };
  std::optional<Error> lookup_error;
  tbb::parallel_pipeline(
      static_cast<size_t>(threads) * 4,
      tbb::make_filter<void, std::shared_ptr<Item>>(
          tbb::filter_mode::serial_in_order,
          [&](tbb::flow_control& flow) -> std::shared_ptr<Item> {
            auto next = stop ? std::nullopt : stream->Next();
            if (!next) {
              flow.stop();
              return nullptr;
            }
            auto item = std::make_shared<Item>();
            if (!*next) {
              const Error& error = next->error();
              item->failure = Failure{error.where.empty() ? "input" : error.where, error.message};
              return item;
            }
            const auto has = lookup->Has(HeadOf(**next));
            if (!has) {
              lookup_error = has.error();
              stop = true;
              flow.stop();
              return nullptr;
            }
            item->known = *has;
            item->document = std::move(**next);
            return item;
          }) &
          tbb::make_filter<std::shared_ptr<Item>, std::shared_ptr<Coded>>(
              tbb::filter_mode::parallel,
              [&](const std::shared_ptr<Item>& item) {
                auto coded = std::make_shared<Coded>();
                coded->known = item->known;
                coded->failure = std::move(item->failure);
                if (coded->known || coded->failure || stop) return coded;
                Document& document = *item->document;
                const auto pack = packs.Get(document.language);
                if (!pack) {
                  coded->failure = Failure{PlaceOf(document), pack.error().Text()};
                  return coded;
                }
                (*pack)->Run(document);
                KeepConfident(document, (*pack)->language(), options.min_confidence);
                if (!options.common.quiet) {
                  for (const Note& note : document.notes) {
                    coded->messages += "entente: " + PlaceOf(document) + ": note: " + note.text + "\n";
                  }
                }
                coded->report = builder.Build(document);
                return coded;
              }) &
          tbb::make_filter<std::shared_ptr<Coded>, void>(tbb::filter_mode::serial_in_order, [&](const std::shared_ptr<Coded>& coded) {
            if (stop) return;
            if (coded->failure) {
              line.Clear();
              std::fprintf(stderr, "entente: %s: %s\n", coded->failure->place.c_str(), coded->failure->reason.c_str());
              failures.push_back(std::move(*coded->failure));
            } else if (coded->known) {
              known++;
            } else if (coded->report) {
              if (!coded->messages.empty()) {
                line.Clear();
                std::fwrite(coded->messages.data(), 1, coded->messages.size(), stderr);
              }
              words += coded->report->words;
              batch_events += coded->report->events.size();
              reports.push_back(std::move(*coded->report));
            }
            if (reports.size() + failures.size() >= kBatchReports || batch_events >= kBatchEvents) flush();
            const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
            line.Show(fmt::format("{} reports, {} events, {} known before, {} failed, {:.0f} words/s", kept + static_cast<int64_t>(reports.size()),
                                  events, known, failed, static_cast<double>(words) / std::max(seconds, 0.001)));
          }));
  if (!stop) flush();
  line.Clear();
  if (lookup_error) return Fail(*lookup_error);
  if (broken) return Fail(*broken);
  Status status = ledger->Derive(ShowProgress(line, "deriving"));
  line.Clear();
  if (!status) return Fail(status.error());
  if (!options.common.quiet) {
    const auto counts = ledger->store().Counts();
    if (!counts) return Fail(counts.error());
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::fprintf(stderr, "entente: %lld reports kept, %lld known before, %lld could not be read; %.1f s, %.0f words/s\n",
                 static_cast<long long>(kept), static_cast<long long>(known), static_cast<long long>(failed), seconds,
                 static_cast<double>(words) / std::max(seconds, 0.001));
    std::fprintf(stderr, "entente: %s holds %lld events, told %lld times in %lld reports\n", options.store.c_str(),
                 static_cast<long long>(counts->events), static_cast<long long>(counts->mentions), static_cast<long long>(counts->reports));
  }
  return failed > 0 ? 1 : 0;
}

}  // namespace entente
