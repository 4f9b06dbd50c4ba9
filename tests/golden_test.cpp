// SPDX-License-Identifier: Apache-2.0
// Runs tests/golden/<lang>/*.txt and tests/issues/*.txt: every case is a test of its own, named by its title, at
// its file and line. docs/formats/golden.md tells the format. `golden_test --update` rewrites what cases expect.
#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <map>

#include "base/file.h"
#include "base/text.h"
#include "pipeline/examples.h"
#include "pipeline/pipeline.h"
#include "writer/writer.h"

namespace entente {
namespace {

struct Section {
  std::string name, text;
};
struct Case {
  std::string source, dateline, title, language = "en", text;
  Date date;
  std::vector<std::string> header;
  std::vector<Section> sections;
  std::string file;
  int line = 0;
  bool todo = false;
};

std::vector<Case> ReadCases(const std::string& path) {
  std::vector<Case> cases;
  const auto text = ReadFile(path);
  EXPECT_TRUE(text.ok()) << path;
  if (!text) return cases;
  enum { kNone, kHeader, kText, kSection } state = kNone;
  int line = 0;
  for (const std::string_view row : Split(*text, '\n')) {
    line++;
    if (row.starts_with("=== ")) {
      Case c;
      c.title = Trim(row.substr(4));
      c.todo = c.title.starts_with("todo:");
      c.file = path;
      c.line = line;
      cases.push_back(std::move(c));
      state = kHeader;
      continue;
    }
    if (cases.empty()) continue;
    Case& c = cases.back();
    if (row.starts_with("--- ")) {
      c.sections.push_back({std::string(Trim(row.substr(4))), ""});
      state = kSection;
      continue;
    }
    if (state == kHeader) {
      if (Trim(row).empty()) {
        state = kText;
        continue;
      }
      c.header.emplace_back(row);
      const size_t colon = row.find(':');
      const std::string_view key = row.substr(0, colon);
      const std::string_view value = colon == std::string_view::npos ? "" : Trim(row.substr(colon + 1));
      if (key == "lang") c.language = value;
      if (key == "source") c.source = value;
      if (key == "dateline") c.dateline = value;
      if (key == "date") {
        const auto date = ParseIsoDate(value);
        EXPECT_TRUE(date.has_value()) << path << ":" << line << ": not a date";
        if (date) c.date = *date;
      }
    } else if (state == kText) {
      c.text += std::string(row) + "\n";
    } else if (state == kSection) {
      c.sections.back().text += std::string(row) + "\n";
    }
  }
  for (Case& c : cases) {
    c.text = std::string(Trim(c.text));
    for (Section& section : c.sections) section.text = std::string(Trim(section.text));
  }
  return cases;
}

const Pipeline* PipelineOf(const std::string& language) {
  static std::map<std::string, std::unique_ptr<Pipeline>> pipelines;
  auto& slot = pipelines[language];
  if (slot == nullptr) {
    auto loaded = Pipeline::Load(ENTENTE_SOURCE_DIR, language);
    if (!loaded) {
      ADD_FAILURE() << loaded.error().Text();
      return nullptr;
    }
    slot = std::make_unique<Pipeline>(std::move(*loaded));
  }
  return slot.get();
}

// Cells of event lines are compared without regard to their padding.
std::string Normal(const std::string& text) {
  std::string out;
  for (const std::string_view row : Split(text, '\n')) {
    std::string line;
    for (const std::string_view cell : Split(row, '|')) line += (line.empty() ? "" : " | ") + std::string(Trim(cell));
    while (line.ends_with(" | ")) line.resize(line.size() - 3);
    while (line.ends_with(" |")) line.resize(line.size() - 2);
    if (!Trim(line).empty()) out += line + "\n";
  }
  return out;
}

std::map<std::string, std::string> Layers(const Case& c) {
  std::map<std::string, std::string> layers;
  const Pipeline* pipeline = PipelineOf(c.language);
  if (pipeline == nullptr) return layers;
  Document doc = PlainDocument(c.text, c.language, c.date);
  doc.source = c.source;
  doc.dateline = c.dateline;
  pipeline->Run(doc);
  for (const Section& section : c.sections) {
    const auto shown = ShowLayer(doc, section.name);
    layers[section.name] = shown ? std::string(Trim(*shown)) : "no such layer";
  }
  return layers;
}

class GoldenTest : public testing::Test {
 public:
  explicit GoldenTest(const Case& c) : case_(c) {}
  void TestBody() override {
    const auto layers = Layers(case_);
    bool right = true;
    for (const Section& section : case_.sections) {
      const auto it = layers.find(section.name);
      ASSERT_TRUE(it != layers.end());
      const std::string got = Normal(it->second), want = Normal(section.text);
      right &= got == want;
      if (!case_.todo) {
        EXPECT_EQ(got, want) << case_.file << ":" << case_.line << ": " << case_.title << "\n" << case_.text;
      }
    }
    if (case_.todo) {
      EXPECT_FALSE(right) << case_.file << ":" << case_.line << ": passes now; take `todo:` out of its title";
    }
  }

 private:
  const Case& case_;
};

void Update(const std::vector<std::string>& files) {
  for (const std::string& file : files) {
    std::vector<Case> cases = ReadCases(file);
    std::ofstream out(file);
    for (size_t i = 0; i < cases.size(); i++) {
      Case& c = cases[i];
      const auto layers = c.todo ? std::map<std::string, std::string>() : Layers(c);
      if (i > 0) out << "\n";
      out << "=== " << c.title << "\n";
      for (const std::string& row : c.header) out << row << "\n";
      out << "\n" << c.text << "\n";
      for (const Section& section : c.sections) {
        const auto it = layers.find(section.name);
        const std::string text = it == layers.end() ? section.text : it->second;
        out << "\n--- " << section.name << "\n" << text << (text.empty() ? "" : "\n");
      }
    }
  }
}

}  // namespace
}  // namespace entente

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  std::vector<std::string> files = entente::ListFiles(ENTENTE_SOURCE_DIR "/tests/golden", ".txt", true);
  for (const std::string& file : entente::ListFiles(ENTENTE_SOURCE_DIR "/tests/issues", ".txt", true)) files.push_back(file);
  if (argc > 1 && std::strcmp(argv[1], "--update") == 0) {
    entente::Update(files);
    return 0;
  }
  static std::vector<std::vector<entente::Case>> all;
  for (const std::string& file : files) all.push_back(entente::ReadCases(file));
  for (const auto& cases : all) {
    for (const entente::Case& c : cases) {
      std::string suite = c.file.substr(c.file.rfind("golden/") == std::string::npos ? c.file.rfind('/') + 1
                                                                                   : c.file.rfind("golden/") + 7);
      testing::RegisterTest(suite.c_str(), c.title.c_str(), nullptr, nullptr, c.file.c_str(), c.line,
                            [&c]() -> testing::Test* { return new entente::GoldenTest(c); });
    }
  }
  return RUN_ALL_TESTS();
}
