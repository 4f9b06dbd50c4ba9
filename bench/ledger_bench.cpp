// SPDX-License-Identifier: Apache-2.0
// How fast the ledger is, on made-up events of sixty states: events kept per second, deriving, as-of questions,
// rebuilding, and what the store weighs. Counts are checked before a time is told.
//   ledger_bench [--events N] [--store ADDRESS] [--quick]
// The clock on the wall and the processor's time of this process are both told; floors are meant for the latter.
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "ledger/ledger.h"

namespace {

using namespace entente;

struct Clock {
  std::chrono::steady_clock::time_point wall = std::chrono::steady_clock::now();
  std::clock_t processor = std::clock();
  double Wall() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - wall).count(); }
  double Processor() const { return static_cast<double>(std::clock() - processor) / CLOCKS_PER_SEC; }
};

long PeakMegabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

[[noreturn]] void Die(const std::string& message) {
  std::fprintf(stderr, "ledger_bench: %s\n", message.c_str());
  std::exit(1);
}

struct Maker {
  const LedgerData& data;
  std::vector<std::string> states;
  std::vector<const EventType*> types;
  int severed, restored, imposed, lifted;
  std::mt19937 random{1};

  explicit Maker(const LedgerData& given) : data(given) {
    for (const Actor& actor : data.actors.all()) {
      if (actor.kind == ActorKind::kCountry && !actor.territory && states.size() < 60) states.push_back(actor.code);
    }
    for (const EventType& type : data.ontology.events()) types.push_back(&type);
    severed = data.machine.FindState("relations", "severed");
    restored = data.machine.FindState("relations", "restored");
    imposed = data.machine.FindState("sanction", "imposed");
    lifted = data.machine.FindState("sanction", "lifted");
  }

  // The n-th of all reports; three events each, every act told by about three reports in a row.
  Report Make(int64_t n, int64_t all) {
    Report report;
    report.name = "b" + std::to_string(n);
    report.id = "r-" + report.name;
    report.source = "S" + std::to_string(n % 7);
    report.language = "en";
    report.known = DaysFromCivil(2000, 1, 1) + static_cast<int>(n * 7000 / std::max<int64_t>(all, 1));
    report.date = DayText(report.known);
    report.words = 400;
    for (int i = 0; i < 3; i++) {
      std::mt19937 act(static_cast<uint32_t>(n / 3 * 3 + i));
      ReportedEvent e;
      const EventType& type = *types[act() % types.size()];
      const std::string a = states[act() % states.size()];
      std::string b = states[act() % states.size()];
      while (a == b) b = states[act() % states.size()];
      e.id = "e-" + report.name + "-" + std::to_string(i);
      e.event = type.event;
      e.mode = type.mode;
      e.quad = type.quad;
      e.score = type.score;
      e.actor = a + " GOV";
      e.recipient = b + " GOV";
      e.actor_parties = a;
      e.recipient_parties = b;
      e.lo = e.hi = report.known - static_cast<int>(n % 3 == 2);
      e.date = DayText(e.hi);
      e.exact = true;
      e.text = "told " + e.event;
      e.sentence = "The government of " + a + " did what is called " + e.event + " to the government of " + b + ", officials said on the day, and nothing else is known of it yet.";
      e.record = "{\"id\":\"" + e.id + "\",\"report\":\"" + report.name + "\",\"sentence\":" + std::to_string(i) + ",\"event\":\"" + e.event +
                 "\",\"actor\":[{\"code\":\"" + a + "\",\"sector\":\"GOV\",\"name\":\"" + a + "\",\"text\":\"" + a + "\",\"span\":[17,20]}],\"recipient\":[{\"code\":\"" + b +
                 "\",\"sector\":\"GOV\",\"name\":\"" + b + "\",\"text\":\"" + b + "\",\"span\":[60,63]}],\"date\":\"" + e.date +
                 "\",\"date_precision\":\"day\",\"date_how\":\"explicit\",\"text\":\"" + e.text + "\",\"span\":[21,50],\"how\":\"pattern\",\"pattern\":\"en/x/y\",\"confidence\":0.8}";
      if (act() % 4 == 0) {
        Move move;
        const bool relations = act() % 2 == 0;
        move.state = relations ? (act() % 2 == 0 ? severed : restored) : act() % 2 == 0 ? imposed : lifted;
        const int kind = data.machine.states()[move.state].kind;
        move.subject = MakeSubject(data.machine, kind, relations ? RoleValues{{std::min(a, b), std::max(a, b)}} : RoleValues{{a}, {b}}, "");
        move.since = *ParseIsoDate(e.date);
        move.lo = move.hi = e.hi;
        e.moves.push_back(std::move(move));
      }
      report.events.push_back(std::move(e));
    }
    return report;
  }
};

}  // namespace

int main(int argc, char** argv) {
  int64_t events = 1000000;
  std::string address;
  for (int i = 1; i < argc; i++) {
    if (std::strcmp(argv[i], "--quick") == 0) events = 3000;
    if (std::strcmp(argv[i], "--events") == 0 && i + 1 < argc) events = std::atoll(argv[++i]);
    if (std::strcmp(argv[i], "--store") == 0 && i + 1 < argc) address = argv[++i];
  }
  const auto data = LedgerData::Load(ENTENTE_SOURCE_DIR);
  if (!data) Die(data.error().Text());
  const auto folder = std::filesystem::temp_directory_path() / ("entente-bench-" + std::to_string(std::random_device{}()));
  if (address.empty()) {
    std::filesystem::create_directories(folder);
    address = (folder / "bench.db").string();
  }
  {
    auto ledger = Ledger::Open(**data, address, Store::Mode::kWrite);
    if (!ledger) Die(ledger.error().Text());
    Maker maker(**data);
    const int64_t reports = (events + 2) / 3;
    double making = 0;
    Clock all;
    for (int64_t n = 0; n < reports;) {
      std::vector<Report> batch;
      const Clock made;
      for (; n < reports && batch.size() < 1300; n++) batch.push_back(maker.Make(n, reports));
      making += made.Processor();
      const auto kept = ledger->store().Keep((*data)->machine, batch, {});
      if (!kept) Die(kept.error().Text());
    }
    const double stored = all.Processor() - making, wall = all.Wall();
    const auto counts = ledger->store().Counts();
    if (!counts || counts->mentions != reports * 3) Die("the store does not hold what was kept");
    std::printf("keep      %9.0f events/s  (%.1f s of processor, %.1f s of wall with making them)\n", static_cast<double>(reports * 3) / stored, stored, wall);
    Clock deriving;
    if (const Status status = ledger->Derive({}); !status) Die(status.error().Text());
    std::printf("derive    %9.1f s, %.1f s of wall\n", deriving.Processor(), deriving.Wall());
    Clock rebuilding;
    if (const Status status = ledger->Rebuild({}); !status) Die(status.error().Text());
    std::printf("rebuild   %9.1f s, %.1f s of wall\n", rebuilding.Processor(), rebuilding.Wall());
    const auto after = ledger->store().Counts();
    std::printf("events    %9lld of %lld tellings\n", static_cast<long long>(after->events), static_cast<long long>(after->mentions));
    const auto ask = [&](const char* name, StateFilter filter) {
      filter.as_of = DaysFromCivil(2010, 6, 1);
      std::vector<double> times;
      size_t rows = 0;
      for (int i = 0; i < 7; i++) {
        const Clock clock;
        const auto answer = ledger->Ask(filter);
        if (!answer) Die(answer.error().Text());
        rows = answer->size();
        times.push_back(clock.Processor() * 1000);
      }
      std::sort(times.begin(), times.end());
      std::printf("as of     %9.1f ms  %s: %zu rows\n", times[times.size() / 2], name, rows);
    };
    StateFilter one;
    one.actor = maker.states[3];
    ask("all of one state", one);
    one.kind = "relations";
    ask("relations of one state", one);
    one.known_at = DaysFromCivil(2009, 1, 1);
    ask("the same, known a year before", one);
    StateFilter kind;
    kind.kind = "sanction";
    ask("all sanctions", kind);
    kind.kind = "relations";
    ask("all relations", kind);
    std::printf("memory    %9ld MB at most\n", PeakMegabytes());
    std::error_code ignored;
    if (const auto size = std::filesystem::file_size(address, ignored); !ignored) std::printf("store     %9.0f MB\n", static_cast<double>(size) / 1e6);
  }
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
  return 0;
}
