// SPDX-License-Identifier: Apache-2.0
// How fast the ledger is and how it grows, on made-up reports; counts are checked before a time is
// told.
//   ledger_bench                 a store of a million tellings: kept, rebuilt, asked; 2,000 reports
//   ingested against 20,000 ledger_bench --reports N     ingest N / 10 reports against N
//   ledger_bench --events N      a store of N tellings
//   ledger_bench --store ADDRESS keep the store there, a file or postgresql://...; a filled one is
//   only asked ledger_bench --check         exit status 1 if a floor is missed ledger_bench --quick
//   little of all: does it still run?
// The clock on the wall is told beside the processor's time; floors are held against the latter, of
// this process alone, so that a busy machine tells the same.
#include <algorithm>
#include <cstring>
#include <functional>
#include <random>

#include "base/file.h"
#include "bench.h"
#include "ledger/ledger.h"
#include "ledger/rows.h"

namespace entente {
namespace {

// The project's budgets.
constexpr double kKeepFloor = 30000, kAskFloor = 50, kRebuildFloor = 60, kGrowthFloor = 1.15;
constexpr int kThirds = 3;  // events of a report; reports of an act

struct Options {
  int64_t events = 1000000, reports = 20000;
  std::string store, fill;
  bool quick = false, check = false;
};

// ---- reports that nobody coded

class Maker {
 public:
  std::vector<std::string> states, organisations;

  explicit Maker(const LedgerData& data) : data_(data) {
    for (const Actor& actor : data.actors.all()) {
      if (actor.kind == ActorKind::kCountry && !actor.territory && states.size() < 60)
        states.push_back(actor.code);
      if (actor.kind == ActorKind::kOrganisation && !actor.code.empty() &&
          organisations.size() < 30)
        organisations.push_back(actor.code);
    }
    for (const EventType& type : data.ontology.events()) types_.push_back(&type);
  }

  // The n-th of all reports; three events each, every act told by three reports in a row. A quarter
  // of the acts move relations, sanctions or memberships, some of them only threatened.
  Report Make(int64_t n, int64_t all) const {
    Report report;
    report.name = "b" + std::to_string(n);
    report.id = "r-" + report.name;
    report.source = "S" + std::to_string(n % 7);
    report.language = "en";
    report.known = DaysFromCivil(2000, 1, 1) +
                   static_cast<int>(n / kThirds * kThirds * 7000 / std::max<int64_t>(all, 1));
    report.date = DayText(report.known);
    report.words = 400;
    for (int i = 0; i < kThirds; i++) {
      std::mt19937 act(static_cast<uint32_t>(n / kThirds * kThirds + i));
      const auto pick = [&](const std::vector<std::string>& from) {
        return from[act() % from.size()];
      };
      ReportedEvent e;
      const EventType& type = *types_[act() % types_.size()];
      const std::string a = pick(states);
      std::string b = pick(states);
      while (a == b) b = pick(states);
      const uint32_t what = act() % 16, to = act() % 2;
      const std::string organisation = pick(organisations);
      e.id = "e-" + report.name + "-" + std::to_string(i);
      e.event = type.event;
      e.mode = type.mode;
      e.quad = type.quad;
      e.score = type.score;
      e.actor = a + " GOV";
      e.recipient = b + " GOV";
      e.actor_parties = a;
      e.recipient_parties = b;
      e.lo = e.hi = report.known - static_cast<int>(n % kThirds == 2);
      e.date = DayText(e.hi);
      e.exact = true;
      e.text = "told " + e.event;
      e.sentence = "The government of " + a + " did what is called " + e.event +
                   " to the government of " + b +
                   ", officials said on the day, and nothing else is known of it yet.";
      const auto party = [](const std::string& code, const char* span) {
        return "[{\"code\":\"" + code + "\",\"sector\":\"GOV\",\"name\":\"" + code +
               "\",\"text\":\"" + code + "\",\"span\":" + span + "}]";
      };
      e.record =
          "{\"id\":\"" + e.id + "\",\"report\":\"" + report.name +
          "\",\"sentence\":" + std::to_string(i) + ",\"event\":\"" + e.event +
          "\",\"actor\":" + party(a, "[17,20]") + ",\"recipient\":" + party(b, "[60,63]") +
          ",\"date\":\"" + e.date +
          "\",\"date_precision\":\"day\",\"date_how\":\"explicit\",\"text\":\"" + e.text +
          "\",\"span\":[21,50],\"how\":\"pattern\",\"pattern\":\"en/x/y\",\"confidence\":0.8}";
      if (what < 2)
        AddMove(e, "relations", to == 0 ? "severed" : "restored",
                {{std::min(a, b), std::max(a, b)}}, false);
      if (what == 2) AddMove(e, "sanction", to == 0 ? "imposed" : "lifted", {{a}, {b}}, false);
      if (what == 3)
        AddMove(e, "membership", to == 0 ? "member" : "withdrawn", {{a}, {organisation}}, false);
      if (what == 4 && to == 0) AddMove(e, "sanction", "imposed", {{a}, {b}}, true);
      if (what == 4 && to == 1) AddMove(e, "membership", "withdrawn", {{a}, {organisation}}, true);
      report.events.push_back(std::move(e));
    }
    return report;
  }

 private:
  void AddMove(ReportedEvent& e, const char* kind, const char* state, const RoleValues& values,
               bool threat) const {
    Move move;
    move.state = data_.machine.FindState(kind, state);
    Require(move.state >= 0, std::string("there is the state ") + kind + "=" + state);
    move.subject = MakeSubject(data_.machine, data_.machine.FindKind(kind), values, "");
    move.since = *ParseIsoDate(e.date);
    move.lo = move.hi = e.hi;
    if (threat) move.force = "threat";
    e.moves.push_back(std::move(move));
  }

  const LedgerData& data_;
  std::vector<const EventType*> types_;
};

Ledger OpenLedger(const LedgerData& data, const std::string& address) {
  auto ledger = Ledger::Open(data, address, Store::Mode::kWrite);
  if (!ledger) Die(ledger.error().Text());
  return std::move(*ledger);
}

template <class T>
T Got(Result<T> result) {
  if (!result) Die(result.error().Text());
  return std::move(*result);
}

void Good(const Status& status) {
  if (!status) Die(status.error().Text());
}

// Keeps so many tellings; the cost of keeping alone.
Cost Fill(Ledger& ledger, const LedgerData& data, const Maker& maker, int64_t events) {
  Cost keeping{0, 0};
  const int64_t reports = (events + kThirds - 1) / kThirds;
  for (int64_t n = 0; n < reports;) {
    std::vector<Report> batch;
    for (; n < reports && batch.size() < 1300; n++) batch.push_back(maker.Make(n, reports));
    const Stopwatch watch;
    Got(ledger.store().Keep(data.machine, batch, {}));
    const Cost cost = watch.Read();
    keeping.wall += cost.wall;
    keeping.cpu += cost.cpu;
  }
  const StoreCounts counts = Got(ledger.store().Counts());
  Require(counts.mentions == reports * kThirds, "the store holds what was kept");
  return keeping;
}

void Print(const std::string& what, const Cost& cost, const std::string& rest) {
  std::printf("%-40s %9.2f s %9.2f s   %s\n", what.c_str(), cost.cpu, cost.wall, rest.c_str());
}

std::string Rate(double number, double seconds, const char* unit) {
  char text[64];
  std::snprintf(text, sizeof text, "%.0f %s", number / seconds, unit);
  return text;
}

// ---- growth: ten times the reports, of the program as users run it and of the store alone

void WriteReports(const std::filesystem::path& file, int64_t count) {
  static const std::vector<std::string> kActs{
      "{A} severed diplomatic relations with {B} on Thursday.",
      "{A} imposed sanctions on {B}, officials said.",
      "The government of {A} condemned the arrest of opposition leaders by {B}.",
      "{A} recalled its ambassador from {B} a day later.",
      "Officials of {A} and {B} held talks about trade.",
      "{A} promised humanitarian aid to {B}.",
      "{A} threatened to expel diplomats of {B}."};
  std::vector<std::string> names;
  const auto table = ReadFile(ENTENTE_SOURCE_DIR "/bench/names.tsv");
  if (!table) Die(table.error().Text());
  for (const std::string_view line : Split(*table, '\n')) {
    if (!line.empty() && line[0] != '#') names.emplace_back(line.substr(0, line.find('\t')));
  }
  names.erase(names.begin());  // the heading
  std::ofstream out(file);
  std::mt19937 random(7);
  for (int64_t n = 0; n < count; n++) {
    std::string text;
    for (int i = 0; i < kThirds; i++) {
      std::string sentence = kActs[random() % kActs.size()];
      const size_t a = random() % names.size(),
                   b = (a + 1 + random() % (names.size() - 1)) % names.size();
      sentence.replace(sentence.find("{A}"), 3, names[a]);
      sentence.replace(sentence.find("{B}"), 3, names[b]);
      text += sentence + " ";
    }
    out << "{\"id\": \"g" << n << "\", \"date\": \""
        << DayText(DaysFromCivil(2018, 1, 1) + static_cast<int>(n % 700)) << "\", \"source\": \"S"
        << n % 7 << "\", \"title\": \"Report " << n << "\", \"text\": \"" << text
        << "This is report " << n << ".\"}\n";
  }
}

// Runs the same for a tenth and for all, and tells how cost and memory grew.
void Growth(const std::string& what, int64_t reports, bool checked,
            const std::function<Run(int64_t)>& run) {
  const Run tenth = run(reports / 10), all = run(reports);
  Require(tenth.status == 0 && all.status == 0, what + " ends well");
  for (const auto& [number, one] : {std::pair{reports / 10, &tenth}, {reports, &all}}) {
    char memory[64];
    std::snprintf(memory, sizeof memory, "%s, %.0f MB at most",
                  Rate(static_cast<double>(number), one->cost.cpu, "reports/s").c_str(),
                  one->megabytes);
    Print(what + ", " + std::to_string(number) + " reports", one->cost, memory);
  }
  // What a run costs before its first report is no growth.
  const Run none = run(1);
  const double time = (all.cost.cpu - none.cost.cpu) / (tenth.cost.cpu - none.cost.cpu) / 10,
               memory = all.megabytes / tenth.megabytes;
  std::printf("%-40s %9.2f x linear   %s\n", "  time", time,
              checked ? Against(time, kGrowthFloor, false).c_str() : "");
  std::printf("%-40s %9.2f x          %s\n", "  memory", memory,
              checked ? Against(memory, kGrowthFloor, false).c_str() : "");
}

// ---- questions

class Questions {
 public:
  Questions(Ledger& ledger, const Maker& maker, int rounds)
      : ledger_(ledger), maker_(maker), rounds_(rounds) {}

  void AskAll() {
    std::printf("\n%-40s %9s %9s %9s %7s\n", "as of a day", "p50 ms", "p95 ms", "most ms", "rows");
    const auto state = [&](int i) {
      return maker_.states[static_cast<size_t>(i) * 7 % maker_.states.size()];
    };
    const auto organisation = [&](int i) {
      return maker_.organisations[static_cast<size_t>(i) * 3 % maker_.organisations.size()];
    };
    Ask("everything", [&](int) { return StateFilter{}; });
    for (const char* kind : {"relations", "sanction", "membership", "office", "recognition"}) {
      Ask(std::string("all of one kind: ") + kind, [&](int) {
        StateFilter filter;
        filter.kind = kind;
        return filter;
      });
    }
    const auto of_state = [&](int i) {
      StateFilter filter;
      filter.actor = state(i);
      return filter;
    };
    const auto of_organisation = [&](int i) {
      StateFilter filter;
      filter.kind = "membership";
      filter.of = organisation(i);
      return filter;
    };
    const auto relations = [&](int i) {
      StateFilter filter = of_state(i);
      filter.kind = "relations";
      return filter;
    };
    const auto known = [](const std::function<StateFilter(int)>& make) {
      return [make](int i) {
        StateFilter filter = make(i);
        filter.known_at = kFirst + i * 130;
        return filter;
      };
    };
    Ask("everything of one state", of_state);
    Ask("relations of one state", relations);
    Ask("memberships of one organisation", of_organisation);
    Ask("one state in one organisation", [&](int i) {
      StateFilter filter = of_organisation(i);
      filter.actor = state(i);
      return filter;
    });
    Ask("everything, known at another day", known([](int) { return StateFilter{}; }));
    Ask("everything of one state, known at", known(of_state));
    Ask("memberships of one organisation, known at", known(of_organisation));
    Ask("everything of one state, why", of_state, true);
    Ask("memberships of one organisation, why", of_organisation, true);
    std::printf("%-40s %9s %9s %9s %7s\n", "others", "p50 ms", "p95 ms", "most ms", "rows");
    Ask(
        "everything, why", [](int) { return StateFilter{}; }, true, false);
    Time("timeline of one organisation", false,
         [&](int i) { return Got(ledger_.Timeline(of_organisation(i))).size(); });
    Time("what changed for one state in a year", false, [&](int i) {
      return Got(ledger_.Diff(of_state(i), kFirst + i * 130, kFirst + i * 130 + 365)).size();
    });
    Time("events between two states", false, [&](int i) {
      EventFilter filter;
      filter.actor = state(i);
      filter.recipient = state(i + 1);
      return Events(filter);
    });
    Time("events of a month", false, [&](int i) {
      EventFilter filter;
      filter.since = kFirst + i * 130;
      filter.until = filter.since + 30;
      return Events(filter);
    });
  }

 private:
  static constexpr int kFirst = 12000;  // a day of 2002

  size_t Events(const EventFilter& filter) {
    size_t n = 0;
    Good(ledger_.Events(filter, [&](const EventRow&) {
      n++;
      return true;
    }));
    return n;
  }

  void Ask(const std::string& what, const std::function<StateFilter(int)>& make, bool why = false,
           bool checked = true) {
    Time(what, checked, [&](int i) {
      StateFilter filter = make(i);
      filter.as_of = kFirst + i * 130;
      const std::vector<StateRow> rows = Got(ledger_.Ask(filter));
      for (const StateRow& row : rows) {
        if (why) Got(ledger_.Why(row, filter.known_at));
      }
      return rows.size();
    });
  }

  void Time(const std::string& what, bool checked, const std::function<size_t(int)>& ask) {
    std::vector<double> times;
    size_t rows = 0;
    for (int i = 0; i < rounds_; i++) {
      const Stopwatch watch;
      rows += ask(i);
      times.push_back(watch.Read().cpu * 1000);
    }
    std::sort(times.begin(), times.end());
    const double p95 = times[times.size() * 95 / 100];
    std::printf("%-40s %9.1f %9.1f %9.1f %7zu   %s\n", what.c_str(), times[times.size() / 2], p95,
                times.back(), rows / times.size(),
                checked ? Against(p95, kAskFloor, false).c_str() : "");
  }

  Ledger& ledger_;
  const Maker& maker_;
  const int rounds_;
};

int Ask(const LedgerData& data, const std::string& address, const Maker& maker,
        const Options& options) {
  // As the program opens a store to ask it.
  Ledger ledger = Got(Ledger::Open(data, address, Store::Mode::kRead));
  Questions(ledger, maker, options.quick ? 2 : 40).AskAll();
  std::printf("\n%s\n", Missed() == 0 ? "every floor is met" : "floors are missed");
  return options.check && Missed() > 0 ? 1 : 0;
}

int Main(const Options& options, const std::string& self) {
  const std::string root = ENTENTE_SOURCE_DIR;
  if (!options.fill.empty()) {
    const auto data = Got(LedgerData::Load(root));
    Ledger ledger = OpenLedger(*data, options.fill);
    Fill(ledger, *data, Maker(*data), options.events);
    Good(ledger.Derive({}));
    return 0;
  }
  PrintMachine();
  if (!options.store.empty()) {
    const auto data = Got(LedgerData::Load(root));
    Ledger ledger = OpenLedger(*data, options.store);
    if (Got(ledger.store().Counts()).events > 0)
      return Ask(*data, options.store, Maker(*data), options);
  }
  Folder folder;
  const auto path = [&](const std::string& name) { return (folder.path / name).string(); };
  std::printf("\n%-40s %11s %11s\n", "", "processor", "wall");
  // Growth comes first: a child's peak memory counts that of its parent when it was started.
  Growth("ingest", options.reports, !options.quick, [&](int64_t count) {
    const std::string name = std::to_string(count);
    WriteReports(path(name + ".ndjson"), count);
    const Run run =
        RunProgram(ENTENTE_PROGRAM, {"ingest", "-q", "--data", root, "--threads", "1", "--lang",
                                     "en", "--store", path(name + ".db"), path(name + ".ndjson")});
    std::filesystem::remove(path(name + ".db"));
    return run;
  });
  Growth("keep and derive", options.quick ? 1000 : 100000, !options.quick, [&](int64_t count) {
    const Run run =
        RunProgram(self, {"--fill", path("fill.db"), "--events", std::to_string(count * kThirds)});
    std::filesystem::remove(path("fill.db"));
    return run;
  });

  const auto data = Got(LedgerData::Load(root));
  const Maker maker(*data);
  const std::string address = options.store.empty() ? path("bench.db") : options.store;
  Ledger ledger = OpenLedger(*data, address);
  std::printf("\n");
  const Cost keeping = Fill(ledger, *data, maker, options.events);
  const double rate = static_cast<double>(options.events) / keeping.cpu;
  Print("keep " + std::to_string(options.events) + " tellings", keeping,
        Rate(static_cast<double>(options.events), keeping.cpu, "events/s") + "  " +
            (options.quick ? "" : Against(rate, kKeepFloor, true)));
  for (const bool again : {false, true}) {
    const Stopwatch watch;
    Good(again ? ledger.Rebuild({}) : ledger.Derive({}));
    const Cost cost = watch.Read();
    Print(again ? "rebuild" : "derive", cost,
          options.quick ? "" : Against(cost.cpu, kRebuildFloor, false));
  }
  const StoreCounts counts = Got(ledger.store().Counts());
  // Three reports in a row tell the same three acts.
  const int64_t acts = (counts.reports + kThirds - 1) / kThirds * kThirds;
  Require(counts.events > acts * 9 / 10 && counts.events < acts * 3 / 2,
          "there are about as many events as acts");
  std::printf("%lld events, told %lld times in %lld reports\n",
              static_cast<long long>(counts.events), static_cast<long long>(counts.mentions),
              static_cast<long long>(counts.reports));
  std::error_code none;
  if (const auto size = std::filesystem::file_size(address, none); !none)
    std::printf("the store has %.0f MB\n", static_cast<double>(size) / 1e6);
  return Ask(*data, address, maker, options);
}

}  // namespace
}  // namespace entente

int main(int argc, char** argv) {
  entente::Options options;
  for (int i = 1; i < argc; i++) {
    const std::string word = argv[i];
    const bool more = i + 1 < argc;
    if (word == "--quick") {
      options.quick = true;
      options.events = 3000;
      options.reports = 100;
    } else if (word == "--check") {
      options.check = true;
    } else if (word == "--events" && more) {
      options.events = std::atoll(argv[++i]);
    } else if (word == "--reports" && more) {
      options.reports = std::atoll(argv[++i]);
    } else if (word == "--store" && more) {
      options.store = argv[++i];
    } else if (word == "--fill" && more) {
      options.fill = argv[++i];
    } else {
      std::fprintf(
          stderr,
          "usage: ledger_bench [--quick] [--check] [--events N] [--reports N] [--store ADDRESS]\n");
      return 2;
    }
  }
  try {
    return entente::Main(options, argv[0]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "ledger_bench: %s\n", error.what());
    return 2;
  }
}
