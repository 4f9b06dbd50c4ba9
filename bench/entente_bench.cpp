// SPDX-License-Identifier: Apache-2.0
// How fast, how big. Makes a fixed text of more than 1 MB of the example reports (names and numbers exchanged from
// copy to copy by bench/names.tsv), checks what comes out of it, and only then reports: words/s of each stage and of
// all together at 1 and 2 threads, start-up, peak memory, size of the models, and each against its floor.
//   entente_bench            three rounds, the best counts
//   entente_bench --check    exit status 1 if a floor is missed
//   entente_bench --quick    one round over a small text: does it still run?
// Words are counted as `wc -w` does. The clock on the wall is told for 1 and 2 threads; floors are held against the
// processor's time of one thread, which is the same on an idle machine and still fair on a busy one.

#include <algorithm>
#include <atomic>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/file.h"
#include "base/text.h"
#include "bench.h"
#include "cli/scores.h"
#include "pipeline/pipeline.h"
#include "reader/reader.h"
#include "writer/writer.h"

namespace entente {
namespace {

namespace fs = std::filesystem;

constexpr size_t kTextBytes = 1200 * 1000;
constexpr size_t kQuickBytes = 100 * 1000;
constexpr int kRounds = 3;

// The project's budgets, one core of a machine with two.
constexpr double kEndToEndFloor = 40000, kSyntaxFloor = 60000;
constexpr double kStartFloor = 150, kMemoryFloor = 400, kModelFloor = 40;

size_t CountWords(std::string_view text) {
  size_t n = 0;
  bool inside = false;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    n += !space && !inside;
    inside = !space;
  }
  return n;
}

// ---- the text

std::vector<std::vector<std::string>> ReadNames() {
  const auto text = ReadFile(ENTENTE_SOURCE_DIR "/bench/names.tsv");
  if (!text) Die(text.error().Text());
  std::vector<std::vector<std::string>> rows;
  bool header = true;
  for (const std::string_view line : Split(*text, '\n')) {
    if (line.empty() || line[0] == '#') continue;
    if (!header) {
      rows.emplace_back();
      for (const std::string_view cell : Split(line, '\t')) rows.back().emplace_back(cell);
    }
    header = false;
  }
  return rows;
}

bool IsWord(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

// Each name becomes that of the country `shift` rows further, each number of up to three digits another one.
std::string Vary(const std::string& text, const std::vector<std::vector<std::string>>& names, size_t shift) {
  if (shift == 0) return text;
  std::vector<std::pair<std::string, std::string>> table;
  for (size_t i = 0; i < names.size(); i++) {
    const auto& to = names[(i + shift) % names.size()];
    for (size_t column = 0; column < names[i].size(); column++) table.emplace_back(names[i][column], to[column]);
  }
  std::sort(table.begin(), table.end(), [](const auto& a, const auto& b) {
    return a.first.size() != b.first.size() ? a.first.size() > b.first.size() : a.first < b.first;
  });
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const bool begins = at == 0 || !IsWord(text[at - 1]);
    const std::pair<std::string, std::string>* found = nullptr;
    if (begins && std::isupper(static_cast<unsigned char>(text[at])) != 0) {
      for (const auto& entry : table) {
        const size_t end = at + entry.first.size();
        if (text.compare(at, entry.first.size(), entry.first) == 0 && (end >= text.size() || !IsWord(text[end]))) {
          found = &entry;
          break;
        }
      }
    }
    if (found != nullptr) {
      out += found->second;
      at += found->first.size();
      continue;
    }
    if (begins && std::isdigit(static_cast<unsigned char>(text[at])) != 0) {
      size_t end = at;
      while (end < text.size() && IsWord(text[end])) end++;
      const std::string word = text.substr(at, end - at);
      const bool plain = word.size() <= 3 && std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
      out += plain && std::atoi(word.c_str()) > 31 ? std::to_string(32 + (std::atoi(word.c_str()) * 7 + 13 * shift) % 968) : word;
      at = end;
      continue;
    }
    out += text[at++];
  }
  return out;
}

// Title and date stay as they are: the lines before the third paragraph.
size_t EndOfHead(const std::string& text) {
  size_t at = 0;
  for (int paragraph = 0; paragraph < 2; paragraph++) {
    at = text.find("\n\n", at);
    if (at == std::string::npos) return text.size();
    at += 2;
  }
  return at;
}

struct TextFolder : Folder {
  size_t reports = 0, bytes = 0;
};

void MakeText(TextFolder& folder, size_t wanted) {
  const auto names = ReadNames();
  Require(names.size() > 10, "bench/names.tsv holds names");
  std::vector<std::string> examples;
  for (const char* part : {"/examples/americas", "/examples/world"}) {
    for (const std::string& file : ListFiles(std::string(ENTENTE_SOURCE_DIR) + part, ".md", true)) {
      const auto text = ReadFile(file);
      if (!text) Die(text.error().Text());
      examples.push_back(*text);
    }
  }
  Require(examples.size() >= 12, "there are example reports");
  for (size_t copy = 0; folder.bytes < wanted; copy++) {
    for (size_t i = 0; i < examples.size() && folder.bytes < wanted; i++) {
      const size_t head = EndOfHead(examples[i]);
      const std::string text = examples[i].substr(0, head) + Vary(examples[i].substr(head), names, copy);
      char name[32];
      std::snprintf(name, sizeof name, "r%05zu.md", folder.reports++);
      std::ofstream(folder.path / name, std::ios::binary) << text;
      folder.bytes += text.size();
    }
  }
}

// ---- measuring

std::vector<Document> ReadAll(const Reader& reader, const fs::path& folder) {
  ReaderOptions options;
  options.language = "en";
  std::vector<Document> docs;
  auto stream = reader.Open({folder.string()}, options);
  while (auto next = stream->Next()) {
    if (!*next) Die(next->error().Text());
    docs.push_back(std::move(**next));
  }
  return docs;
}

// Calls `work` with each index below n on so many threads.
Cost Parallel(size_t n, int threads, const std::function<void(size_t)>& work) {
  const Stopwatch watch;
  std::atomic<size_t> next{0};
  const auto loop = [&] {
    for (size_t i = next++; i < n; i = next++) work(i);
  };
  std::vector<std::thread> others;
  for (int t = 1; t < threads; t++) others.emplace_back(loop);
  loop();
  for (std::thread& other : others) other.join();
  return watch.Read();
}

// What must be true of a coded text before its times are worth anything.
void CheckResult(const std::vector<Document>& docs) {
  size_t with_events = 0, sentences = 0, rooted = 0;
  for (const Document& doc : docs) {
    Require(!doc.tokens.empty(), doc.id + " has tokens");
    with_events += !doc.events.empty();
    for (const Sentence& sentence : doc.sentences) {
      size_t roots = 0;
      for (uint32_t t = sentence.begin; t < sentence.end; t++) {
        const int32_t head = doc.tokens[t].head;
        roots += head < 0;
        Require(head < 0 || (head >= static_cast<int32_t>(sentence.begin) && head < static_cast<int32_t>(sentence.end)),
                doc.id + ": every head is in the sentence");
      }
      sentences++;
      rooted += roots == 1;
    }
  }
  Require(sentences > 0 && rooted == sentences, "every sentence has one root");
  Require(with_events * 10 >= docs.size() * 9, "nine of ten reports hold an event");
}

int Main(int argc, char** argv) {
  bool quick = false, check = false;
  for (int i = 1; i < argc; i++) {
    if (std::strcmp(argv[i], "--quick") == 0) {
      quick = true;
    } else if (std::strcmp(argv[i], "--check") == 0) {
      check = true;
    } else {
      std::fprintf(stderr, "usage: entente_bench [--quick] [--check]\n");
      return 2;
    }
  }
  const int rounds = quick ? 1 : kRounds;
  const std::string root = ENTENTE_SOURCE_DIR;
  TextFolder folder;
  MakeText(folder, quick ? kQuickBytes : kTextBytes);
  // The program as a user runs it, from start to end, and with a text of one sentence. It comes first: a child's peak
  // memory counts that of its parent when it was started.
  const fs::path sentence = folder.path.string() + ".txt";
  std::ofstream(sentence) << "Paraguay severed relations with Venezuela.\n";
  Cost start_up, program[3];
  double megabytes = 0, small_megabytes = 0;
  for (int round = 0; round < rounds * 3; round++) {
    const Run run = RunProgram(ENTENTE_PROGRAM, {"code", "-q", "--data", root, "--threads", "1", "--from", "text", sentence.string()});
    Require(run.status == 0, "the program codes a sentence");
    start_up.Add(run.cost);
    small_megabytes = std::max(small_megabytes, run.megabytes);
  }
  for (int round = 0; round < rounds; round++) {
    for (const int threads : {1, 2}) {
      const Run run = RunProgram(ENTENTE_PROGRAM, {"code", "-q", "--data", root, "--threads", std::to_string(threads), "--lang", "en", folder.path.string()});
      Require(run.status == 0, "the program codes the text");
      program[threads].Add(run.cost);
      megabytes = std::max(megabytes, run.megabytes);
    }
  }
  std::error_code ignored;
  fs::remove(sentence, ignored);
  const auto reader = Reader::Load(root + "/data");
  if (!reader) Die(reader.error().Text());
  const Stopwatch loading;
  const auto pipeline = Pipeline::Load(root, "en");
  if (!pipeline) Die(pipeline.error().Text());
  const Cost load = loading.Read();
  const OntologyScores scores(pipeline->language().ontology);
  WriterOptions writing;
  writing.scores = &scores;
  const auto writer = MakeWriter("ndjson", writing);
  if (!writer) Die(writer.error().Text());

  size_t words = 0, tokens = 0, events = 0;
  std::map<std::pair<std::string, int>, Cost> times;
  std::optional<std::string> reference;
  for (int round = 0; round < rounds; round++) {
    for (const int threads : {1, 2}) {
      const Stopwatch reading;
      std::vector<Document> docs = ReadAll(*reader, folder.path);
      times[{"reader", threads}].Add(reading.Read());
      for (const StageName& stage : Stages()) {
        if (stage.name == "reader") continue;
        times[{std::string(stage.name), threads}].Add(
            Parallel(docs.size(), threads, [&](size_t i) { pipeline->RunStage(stage.name, docs[i]); }));
      }
      std::vector<std::string> lines(docs.size());
      times[{"writer", threads}].Add(Parallel(docs.size(), threads, [&](size_t i) { lines[i] = (*writer)->Write(docs[i]); }));
      std::string all;
      for (const std::string& line : lines) all += line;
      if (!reference) {
        CheckResult(docs);
        reference = all;
        for (const Document& doc : docs) {
          words += CountWords(doc.text);
          tokens += doc.tokens.size();
          events += doc.events.size();
        }
      }
      Require(all == *reference, "the same bytes in every round and for any number of threads");
    }
  }
  Require(folder.bytes >= (quick ? kQuickBytes : kTextBytes), "the text is long enough");

  double model_megabytes = 0;
  for (const std::string& file : ListFiles(root + "/models/en", ".model", false)) {
    model_megabytes += static_cast<double>(fs::file_size(file)) / 1e6;
  }

  PrintMachine();
  std::printf("text      %zu reports, %.2f MB, %zu words, %zu tokens; %zu events; best of %d\n\n", folder.reports,
              static_cast<double>(folder.bytes) / 1e6, words, tokens, events, rounds);
  std::printf("%-26s %10s %10s %12s   %s\n", "words/s", "1 thread", "2 threads", "a CPU second", "a CPU second against the floor");
  const auto rate = [&](double seconds) { return static_cast<double>(words) / seconds; };
  const auto row = [&](const char* what, Cost one, double two, const std::string& against) {
    std::printf("%-26s %10.0f ", what, rate(one.wall));
    if (two > 0) {
      std::printf("%10.0f ", rate(two));
    } else {
      std::printf("%10s ", "-");
    }
    std::printf("%12.0f   %s\n", rate(one.cpu), against.c_str());
  };
  Cost all{0, 0};
  for (const char* stage : {"reader", "tokenizer", "tagger", "parser", "linker", "coder", "resolver", "writer"}) {
    const Cost one = times[{stage, 1}];
    all.wall += one.wall;
    all.cpu += one.cpu;
    // Reading is in order, whatever the number of threads.
    row(stage, one, std::strcmp(stage, "reader") == 0 ? 0 : times[{stage, 2}].wall, "");
  }
  const Cost tagger = times[{"tagger", 1}], parser = times[{"parser", 1}];
  const Cost syntax{tagger.wall + parser.wall, tagger.cpu + parser.cpu};
  row("tagger + parser", syntax, times[{"tagger", 2}].wall + times[{"parser", 2}].wall, Against(rate(syntax.cpu), kSyntaxFloor, true));
  row("all stages, in memory", all, 0, Against(rate(all.cpu), kEndToEndFloor, true));
  row("program, with its start", program[1], program[2].wall, Against(rate(program[1].cpu), kEndToEndFloor, true));
  std::printf("\n%-26s %7.0f ms %10s %9.0f ms   %s\n", "start-up, one sentence", start_up.wall * 1000, "", start_up.cpu * 1000,
              Against(start_up.cpu * 1000, kStartFloor, false).c_str());
  std::printf("%-26s %7.0f ms %10s %9.0f ms\n", "  loading the language", load.wall * 1000, "", load.cpu * 1000);
  const auto size = [&](const char* what, double value, double floor) {
    std::printf("%-26s %7.1f MB %10s %12s   %s\n", what, value, "", "", Against(value, floor, false).c_str());
  };
  size("peak memory, one sentence", small_megabytes, kMemoryFloor);
  size("peak memory, whole text", megabytes, kMemoryFloor);
  size("model files", model_megabytes, kModelFloor);
  const double share = all.cpu / all.wall;
  if (share < 0.9) std::printf("\nthe machine was busy: one thread got %.0f %% of a core\n", share * 100);
  std::printf("\n%s\n", Missed() == 0 ? "every floor is met" : "floors are missed");
  return check && Missed() > 0 ? 1 : 0;
}

}  // namespace
}  // namespace entente

int main(int argc, char** argv) {
  try {
    return entente::Main(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "entente_bench: %s\n", error.what());
    return 2;
  }
}
