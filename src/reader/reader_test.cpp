// SPDX-License-Identifier: Apache-2.0
// Inputs as such: packing, folders, charsets, and all that is no report.
#include "reader/reader.h"

#include <gmock/gmock.h>
#include <lzma.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "reader/bytes.h"
#include "reader/testing.h"

namespace entente {
namespace {

using testing::HasSubstr;

std::string Gzip(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(text.size() + 1000, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}
std::string Xz(const std::string& text) {
  std::string out(text.size() + 1000, '\0');
  size_t size = 0;
  lzma_easy_buffer_encode(3, LZMA_CHECK_CRC64, nullptr,
                          reinterpret_cast<const uint8_t*>(text.data()), text.size(),
                          reinterpret_cast<uint8_t*>(out.data()), &size, out.size());
  out.resize(size);
  return out;
}
std::string Zstd(const std::string& text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
  return out;
}

class Folder {
 public:
  Folder()
      : path_(std::filesystem::temp_directory_path() /
              ("entente_reader_" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string Write(const std::string& name, const std::string& bytes) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << bytes;
    return (path_ / name).string();
  }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

TEST(Reader, Unpacks) {
  const std::string text = "The minister of Peru met the envoy of Chile.\n";
  for (const std::string& packed : {Gzip(text), Xz(text), Zstd(text)}) {
    EXPECT_EQ(ReadOne(packed, "r.txt.gz").text, text.substr(0, text.size() - 1));
    EXPECT_EQ(ReadOne(packed, "r.txt.gz").id, "r");
    // Two packed streams in a row are one.
    EXPECT_EQ(ReadOne(packed + packed, "r").text.size(), 2 * text.size() - 1);
  }
}

TEST(Reader, DamagedPackings) {
  std::string text;
  for (int i = 0; i < 3000; i++)
    text += "Line " + std::to_string(i * 7919 % 10007) + " of the report.\n";
  for (const auto& [name, packed] :
       {std::pair("gzip", Gzip(text)), std::pair("xz", Xz(text)), std::pair("zstd", Zstd(text))}) {
    const Reports cut = ReadAll(packed.substr(0, packed.size() - packed.size() / 3), "r");
    ASSERT_EQ(cut.errors.size(), 1u) << name;
    EXPECT_EQ(cut.errors[0].Text(), std::string("r: ") + name + " data are cut short");
    std::string broken = packed;
    for (size_t i = packed.size() / 2; i < packed.size() / 2 + 40; i++)
      broken[i] = static_cast<char>(broken[i] ^ 0x5A);
    EXPECT_EQ(ReadAll(broken, "r").errors.size(), 1u) << name;
  }
  EXPECT_EQ(ReadAll("\x1F\x8B\x08", "r").errors.size(), 1u);
}

TEST(Reader, Bombs) {
  const Reports reports = ReadAll(Xz(std::string(200u << 20, 'a')), "bomb.ndjson.xz");
  ASSERT_FALSE(reports.errors.empty());
  EXPECT_THAT(reports.errors.back().Text(),
              HasSubstr("bomb.ndjson.xz: xz data grow more than 250 times"));
  // As one text it is stopped sooner, by its size.
  EXPECT_THAT(ReadAll(Zstd(std::string(64u << 20, 'a')), "bomb.txt").errors[0].Text(),
              HasSubstr("larger than the limit of 32 MiB"));
}

TEST(Reader, FoldersAndMissingFiles) {
  const Folder folder;
  folder.Write("b/two.txt", "Chile met Peru.\n");
  folder.Write("a/one.txt", "Peru met Chile.\n");
  folder.Write("a/.hidden", "no\n");
  folder.Write("empty.txt", "");
  const auto stream = TestReader().Open({folder.path() + "/missing.txt", folder.path()}, {});
  const Reports reports = Drain(*stream);
  ASSERT_EQ(reports.docs.size(), 2u);
  EXPECT_EQ(reports.docs[0].id, "a/one");
  EXPECT_EQ(reports.docs[1].id, "b/two");
  ASSERT_EQ(reports.errors.size(), 2u);
  EXPECT_THAT(reports.errors[0].Text(), HasSubstr("missing.txt: No such file or directory"));
  EXPECT_EQ(reports.errors[0].code, ErrorCode::kNotFound);
  EXPECT_THAT(reports.errors[1].Text(), HasSubstr("empty.txt: nothing to read: it is empty"));
}

TEST(Reader, NoPermission) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may read everything";
  const Folder folder;
  const std::string path = folder.Write("closed.txt", "Peru met Chile.\n");
  std::filesystem::permissions(path, std::filesystem::perms::none);
  const Reports reports = Drain(*TestReader().Open({path}, {}));
  ASSERT_EQ(reports.errors.size(), 1u);
  EXPECT_THAT(reports.errors[0].Text(), HasSubstr("Permission denied"));
}

TEST(Reader, NoText) {
  for (const std::string& bytes :
       {std::string(), std::string(" \n\t\r\n"), std::string(5000, '\0'),
        std::string("\x89PNG\r\n\x1A\n\0\0", 10), std::string("%PDF-1.5\n"),
        std::string("\x7F"
                    "ELF\x02\x01\x01")}) {
    for (const InputForm form : {InputForm::kAuto, InputForm::kText, InputForm::kHtml,
                                 InputForm::kNdjson, InputForm::kCsv, InputForm::kFeed}) {
      ReaderOptions options;
      options.form = form;
      const Reports reports = ReadAll(bytes, "x", options);
      EXPECT_TRUE(reports.docs.empty()) << bytes.substr(0, 5) << " " << static_cast<int>(form);
      EXPECT_EQ(reports.errors.size(), 1u) << bytes.substr(0, 5) << " " << static_cast<int>(form);
    }
  }
  EXPECT_EQ(ReadAll("%PDF-1.5\n", "x.pdf").errors[0].Text(), "x.pdf: not text but a PDF file");
}

TEST(Reader, Charsets) {
  const std::string latin =
      "El se\xF1or Garc\xED"
      "a dijo que la reuni\xF3n fue ayer en Bogot\xE1, seg\xFAn el ministro.";
  const Document doc = ReadOne(latin, "r.txt");
  EXPECT_EQ(doc.text, "El señor García dijo que la reunión fue ayer en Bogotá, según el ministro.");
  EXPECT_EQ(doc.language, "es");
  EXPECT_TRUE(HasNote(doc, "encoding"));
  std::string wide("\xFF\xFE", 2), bare;
  for (const char c : std::string("The minister met the envoy.\n")) {
    wide += c, wide += '\0';
    bare += '\0', bare += c;
  }
  EXPECT_EQ(ReadOne(wide, "r.txt").text, "The minister met the envoy.");
  EXPECT_EQ(ReadOne(bare, "r.txt").text, "The minister met the envoy.");
  const Document damaged = ReadOne(
      "A caf\xC3\xA9 in M\xC3\xA9xico, \xC3\xA1 la carte, \xFF and more \xC3\xB1.", "r.txt");
  EXPECT_TRUE(HasNote(damaged, "bad_bytes"));
  EXPECT_THAT(damaged.text, HasSubstr("México"));
}

TEST(Reader, GuessesTheForm) {
  EXPECT_EQ(ReadOne("{\"text\": \"One.\"}\n", "-").id, "stdin-1");
  EXPECT_EQ(ReadOne("<html><p>The minister met the envoy of Chile.</p>", "x").text,
            "The minister met the envoy of Chile.");
  EXPECT_EQ(ReadOne("date,text\n2019-01-02,\"Peru, met.\"\n", "x").text, "Peru, met.");
  EXPECT_EQ(ReadOne("<rss><channel><item><title>Peru met</title></item></channel></rss>", "x").text,
            "Peru met");
  EXPECT_EQ(ReadOne("# Talks\n\nPeru *met* Chile [today](u).\n", "x").title, "Talks");
  EXPECT_EQ(ReadOne("{Peru} met Chile.", "x").text, "{Peru} met Chile.");
  EXPECT_EQ(ReadOne("Peru < Chile, and so on.", "x").text, "Peru < Chile, and so on.");
  EXPECT_EQ(InputFormFromName("csv"), InputForm::kCsv);
  EXPECT_FALSE(InputFormFromName("pdf"));
}

TEST(Reader, LargeInputsTakeLinearTime) {
  const auto start = std::chrono::steady_clock::now();
  const size_t size = 20u << 20;
  std::string sentence;
  while (sentence.size() < size) sentence += "Peru met Chile (again), and “left”; ";
  EXPECT_EQ(ReadAll(sentence, "line.txt").docs.size(), 1u);
  ReaderOptions options;
  for (const char* unit :
       {"[",   "![",    "*",    "_",      "](",   "<",        "<a ",       "&",  "- \n",
        "> ",  "a\n\n", "\n\n", "|a",     "Ã",    "\xC3\x83", "a\xCC\x81", "'",  "\"",
        ",\"", "{",     "<p>a", "<b x='", "</p>", "<!--",     "\r",        " \t"}) {
    std::string text;
    while (text.size() < 256u << 10) text += unit;
    for (const InputForm form : {InputForm::kText, InputForm::kMarkdown, InputForm::kHtml,
                                 InputForm::kNdjson, InputForm::kCsv, InputForm::kFeed}) {
      options.form = form;
      for (const char* begin : {"", "text,id\n", "<rss><channel><item><title>"}) {
        const auto before = std::chrono::steady_clock::now();
        ReadAll(begin + text, "x", options);
        EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(5))
            << testing::PrintToString(unit) << " as " << static_cast<int>(form);
      }
    }
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(240));
}

TEST(Reader, AHundredMegabytesOfOneLineAreRefusedWithAReason) {
  const Reports reports = ReadAll(std::string(100u << 20, 'x'), "line.txt");
  ASSERT_EQ(reports.errors.size(), 1u);
  EXPECT_EQ(reports.errors[0].Text(), "line.txt: larger than the limit of 32 MiB a document");
  const Reports lines =
      ReadAll("{\"text\": \"" + std::string(40u << 20, 'x') + "\"}\n{\"text\": \"Peru met.\"}\n",
              "l.ndjson");
  EXPECT_EQ(lines.docs.size(), 1u);
  EXPECT_THAT(lines.errors[0].Text(),
              HasSubstr("l.ndjson:1: the line is longer than the limit of 32 MiB"));
}

// What the fuzzers begin with is read by every build.
TEST(Reader, CorporaOfTheFuzzers) {
  int files = 0;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(ENTENTE_SOURCE_DIR "/fuzz")) {
    const std::string path = entry.path().string();
    if (!entry.is_regular_file() || path.find("/reader_") == std::string::npos) continue;
    if (path.find("_corpus/") == std::string::npos) continue;
    files++;
    for (const InputForm form : {InputForm::kAuto, InputForm::kMarkdown, InputForm::kHtml,
                                 InputForm::kNdjson, InputForm::kCsv, InputForm::kFeed}) {
      ReaderOptions options;
      options.form = form;
      for (const Document& doc : Drain(*TestReader().Open({path}, options)).docs) {
        EXPECT_TRUE(IsValidUtf8(doc.text)) << path;
        EXPECT_FALSE(doc.paragraphs.empty()) << path;
      }
    }
  }
  EXPECT_GE(files, 10);
}

TEST(Reader, BrokenDataAreNamed) {
  const Folder folder;
  EXPECT_EQ(Reader::Load(folder.path()).error().code, ErrorCode::kNotFound);
  folder.Write("languages/xx/reader.txt", "[month]\njanuary\n[wrong]\nx\n");
  folder.Write("languages/xx/language.rec", "id: xx\ndate_order: xyz\n");
  folder.Write("reader/html.txt", "");
  folder.Write("reader/columns.txt", "");
  const Error error = Reader::Load(folder.path()).error();
  EXPECT_EQ(error.code, ErrorCode::kBadData);
  EXPECT_THAT(error.message, testing::AllOf(HasSubstr("reader.txt:2: expected"),
                                            HasSubstr("reader.txt:4: unknown section [wrong]"),
                                            HasSubstr("language.rec:2: date_order")));
}

TEST(Buffered, Lines) {
  Buffered bytes(BytesOf("one\r\n\nthree is long\nfour"));
  std::string line;
  EXPECT_EQ(*bytes.TakeLine(10, line), Buffered::Line::kLine);
  EXPECT_EQ(line, "one");
  EXPECT_EQ(*bytes.TakeLine(10, line), Buffered::Line::kLine);
  EXPECT_EQ(*bytes.TakeLine(10, line), Buffered::Line::kTooLong);
  EXPECT_EQ(*bytes.TakeLine(10, line), Buffered::Line::kLine);
  EXPECT_EQ(line, "four");
  EXPECT_EQ(*bytes.TakeLine(10, line), Buffered::Line::kEnd);
}

}  // namespace
}  // namespace entente
