// SPDX-License-Identifier: Apache-2.0
// Reports in, events out. Reading and writing are in order, coding runs on all threads between them, so that the
// output is the same for any number of threads; memory holds a few reports a thread.
#include <fmt/format.h>
#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <map>
#include <mutex>

#include "cli/codebook.h"
#include "cli/commands.h"
#include "cli/reading.h"
#include "cli/scores.h"
#include "pipeline/pipeline.h"
#include "reader/reader.h"
#include "writer/writer.h"

namespace entente {
namespace {

// The language packs that the reports need, loaded when the first report of a language comes.
class Packs {
 public:
  explicit Packs(std::string root) : root_(std::move(root)) {}

  // Null if the language has no pack; then `error` says why.
  const Pipeline* Get(const std::string& language, Error& error) {
    const std::lock_guard<std::mutex> lock(mutex_);
    auto it = packs_.find(language);
    if (it == packs_.end()) it = packs_.emplace(language, Pipeline::Load(root_, language)).first;
    if (it->second) return &*it->second;
    error = it->second.error();
    return nullptr;
  }

 private:
  std::string root_;
  std::mutex mutex_;
  std::map<std::string, Result<Pipeline>> packs_;
};

struct Coded {
  std::string out;
  std::string messages;
  size_t words = 0, events = 0;
  int status = 0;
};

}  // namespace

int RunCode(const CodeOptions& options) {
  const auto read = ReadingOf(options.from, options.language, options.date, options.date_order);
  if (!read) return Fail(read.error());
  const ReaderOptions& reading = *read;
  std::vector<std::string> inputs = options.inputs;
  if (inputs.empty()) {
    if (isatty(STDIN_FILENO) != 0) {
      return Fail({ErrorCode::kBadRequest, "name a file or folder, or give the text on stdin; see `entente code --help`", ""});
    }
    inputs.emplace_back("-");
  }
  const bool terminal = isatty(STDOUT_FILENO) != 0;
  const std::string format = !options.to.empty() ? options.to : terminal ? "table" : "ndjson";

  const auto reader = Reader::Load(options.common.root + "/data");
  if (!reader) return Fail(reader.error());
  // Never freed: the process ends with the command, and taking the lexicon apart takes a fifth of a short run.
  static Packs& packs = *new Packs(options.common.root);
  // The default language is loaded before any report, so that broken data are told at once.
  Error error;
  const std::string first = options.language == "auto" ? "en" : options.language;
  const Pipeline* pipeline = packs.Get(first, error);
  if (pipeline == nullptr) return Fail(error);
  const OntologyScores scores(pipeline->language().ontology);
  WriterOptions writing;
  const auto codebook = LexiconCodebook::Load(options.common.root + "/data/ontology", pipeline->language().actors,
                                              pipeline->language().ontology);
  if (!codebook) return Fail(codebook.error());
  writing.scores = &scores;
  writing.codebook = &*codebook;
  writing.version = std::string("entente ") + kVersion;
  writing.width = TerminalWidth();
  writing.colour = UseColour(options.color);
  writing.headings = terminal;
  const auto writer = MakeWriter(format, writing);
  if (!writer) return Fail(writer.error());
  if (!options.show.empty()) {
    if (const auto known = ShowLayer(Document(), options.show); !known) return Fail(known.error());
  }

  const auto start = std::chrono::steady_clock::now();
  const int threads = ThreadCount(options.threads);
  const tbb::global_control control(tbb::global_control::max_allowed_parallelism, static_cast<size_t>(threads));
  auto stream = reader->Open(inputs, reading);
  size_t reports = 0, words = 0, events = 0;
  int status = 0;
  std::atomic<bool> stop{false};
  bool closed = false;
  int write_error = 0;
  if (options.show.empty()) {
    const std::string header = (*writer)->Begin();
    std::fwrite(header.data(), 1, header.size(), stdout);
  }
  tbb::parallel_pipeline(
      static_cast<size_t>(threads) * 4,
      tbb::make_filter<void, std::shared_ptr<Result<Document>>>(
          tbb::filter_mode::serial_in_order,
          [&](tbb::flow_control& flow) -> std::shared_ptr<Result<Document>> {
            if (stop) {
              flow.stop();
              return nullptr;
            }
            auto next = stream->Next();
            if (!next) {
              flow.stop();
              return nullptr;
            }
            return std::make_shared<Result<Document>>(std::move(*next));
          }) &
          tbb::make_filter<std::shared_ptr<Result<Document>>, Coded>(
              tbb::filter_mode::parallel,
              [&](const std::shared_ptr<Result<Document>>& item) {
                Coded coded;
                if (!*item) {
                  coded.messages = "entente: " + item->error().Text() + "\n";
                  coded.status = 1;
                  return coded;
                }
                Document& doc = **item;
                Error missing;
                const Pipeline* pack = packs.Get(doc.language, missing);
                if (pack == nullptr) {
                  coded.messages = "entente: " + (doc.path.empty() ? doc.id : doc.path) + ": " + missing.Text() + "\n";
                  coded.status = 1;
                  return coded;
                }
                pack->Run(doc);
                KeepConfident(doc, pack->language(), options.min_confidence);
                coded.words = doc.tokens.size();
                coded.events = doc.events.size();
                for (const Note& note : doc.notes) {
                  if (!options.common.quiet) {
                    coded.messages += "entente: " + (doc.path.empty() ? doc.id : doc.path) + ": note: " + note.text + "\n";
                  }
                }
                coded.out = options.show.empty() ? (*writer)->Write(doc) : *ShowLayer(doc, options.show);
                return coded;
              }) &
          tbb::make_filter<Coded, void>(tbb::filter_mode::serial_in_order, [&](const Coded& coded) {
            if (stop) return;
            reports++;
            words += coded.words;
            events += coded.events;
            status = std::max(status, coded.status);
            if (!coded.messages.empty()) std::fwrite(coded.messages.data(), 1, coded.messages.size(), stderr);
            if (!coded.out.empty() && std::fwrite(coded.out.data(), 1, coded.out.size(), stdout) != coded.out.size()) {
              write_error = errno;
              closed = true;
              stop = true;
            }
          }));
  if (options.show.empty() && !closed) {
    const std::string footer = (*writer)->End();
    std::fwrite(footer.data(), 1, footer.size(), stdout);
  }
  if (std::fflush(stdout) != 0 && !closed) {
    write_error = errno;
    closed = true;
  }
  if (closed) {
    std::fprintf(stderr, "entente: the output cannot be written: %s\n", std::strerror(write_error));
    return 1;
  }
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (options.stats) {
    std::fprintf(stderr, "entente: %zu reports, %zu words, %zu events in %.2f s, %.0f words/s, %d threads\n", reports, words,
                 events, seconds, static_cast<double>(words) / std::max(seconds, 1e-9), threads);
  } else if (terminal && !options.common.quiet && events == 0 && options.show.empty()) {
    std::fprintf(stderr, "entente: no event found; `entente explain` tells why\n");
  }
  return status;
}

}  // namespace entente
