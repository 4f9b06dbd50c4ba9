// SPDX-License-Identifier: Apache-2.0
#include "reader/reader.h"

#include <algorithm>

#include "base/file.h"
#include "base/text.h"
#include "base/utf8.h"
#include "reader/data.h"
#include "reader/format.h"

namespace entente {
namespace {

constexpr size_t kSniff = 16384;

std::string LowerExtension(std::string_view path) {
  const size_t dot = path.rfind('.');
  if (dot == std::string_view::npos || path.find('/', dot) != std::string_view::npos) return "";
  return ToLower(path.substr(dot + 1));
}

std::string WithoutPacking(std::string path) {
  const std::string extension = LowerExtension(path);
  if (extension == "gz" || extension == "xz" || extension == "zst" || extension == "zstd") {
    path.resize(path.rfind('.'));
  }
  return path;
}

// The file's name without folder and extensions; below a folder that is walked, with the way to it.
std::string StemOf(const std::string& path, const std::string& root) {
  if (path == "-") return "stdin";
  std::string stem = WithoutPacking(path);
  if (!root.empty() && stem.starts_with(root)) {
    stem = stem.substr(root.size());
    stem = stem.substr(std::min(stem.find_first_not_of('/'), stem.size()));
  } else if (const size_t slash = stem.rfind('/'); slash != std::string::npos) {
    stem = stem.substr(slash + 1);
  }
  const size_t dot = stem.rfind('.');
  if (dot != std::string::npos && dot > 0 && stem.find('/', dot) == std::string::npos)
    stem.resize(dot);
  return stem;
}

struct Guess {
  InputForm form = InputForm::kText;
  char separator = 0;
};

// A first line that names columns: "id,date,text".
bool LooksLikeTable(std::string_view start, const ReaderData& data) {
  const size_t newline = start.find_first_of("\r\n");
  if (newline == std::string_view::npos || newline > 2000) return false;
  const std::string_view header = start.substr(0, newline);
  for (const char separator : {',', ';', '\t', '|'}) {
    const auto names = Split(header, separator);
    if (names.size() < 2) continue;
    bool text = false;
    size_t known = 0;
    for (const std::string_view name : names) {
      if (name.size() > 40) return false;
      std::string key;
      for (const char c : Fold(name)) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) key += c;
      }
      const Field field = data.Column(key);
      if (field == Field::kText || field == Field::kTitle) text = true;
      if (field != Field::kNone) known++;
    }
    if (text && (known >= 2 || names.size() == known)) return true;
  }
  return false;
}

Guess GuessForm(const std::string& path, std::string_view bytes, const ReaderData& data) {
  const std::string extension = LowerExtension(WithoutPacking(path));
  // Zeros are left out so that UTF-16 can be looked at as well.
  std::string start;
  for (const char c : bytes) {
    if (c != '\0') start += c;
  }
  std::string_view view = start;
  for (const std::string_view mark : {"\xEF\xBB\xBF", "\xFF\xFE", "\xFE\xFF"}) {
    if (view.starts_with(mark)) view.remove_prefix(mark.size());
  }
  while (!view.empty() && static_cast<unsigned char>(view.front()) <= ' ') view.remove_prefix(1);
  const std::string lower = ToLower(view.substr(0, 4096));
  const auto has = [&](std::string_view what) { return lower.find(what) != std::string::npos; };
  const bool feed = has("<rss") || has("<feed") || has("<rdf:rdf");

  if (extension == "md" || extension == "markdown") return {InputForm::kMarkdown, 0};
  if (extension == "html" || extension == "htm" || extension == "xhtml")
    return {InputForm::kHtml, 0};
  if (extension == "ndjson" || extension == "jsonl" || extension == "json")
    return {InputForm::kNdjson, 0};
  if (extension == "csv") return {InputForm::kCsv, 0};
  if (extension == "tsv" || extension == "tab") return {InputForm::kCsv, '\t'};
  if (extension == "rss" || extension == "atom" || extension == "rdf") return {InputForm::kFeed, 0};
  if (extension == "xml") return {!feed && has("<html") ? InputForm::kHtml : InputForm::kFeed, 0};

  if (view.starts_with('<')) {
    if (feed) return {InputForm::kFeed, 0};
    for (const std::string_view tag : {"<!doctype html", "<html", "<head", "<body", "<div",
                                       "<article", "<p>", "<p ", "<h1", "<title", "<!--"}) {
      if (has(tag)) return {InputForm::kHtml, 0};
    }
  }
  if (view.starts_with('{')) {
    const size_t quote = view.find_first_not_of(" \t\r\n", 1);
    if (quote != std::string_view::npos && (view[quote] == '"' || view[quote] == '}'))
      return {InputForm::kNdjson, 0};
  }
  if (view.starts_with('[')) {
    const size_t brace = view.find_first_not_of(" \t\r\n", 1);
    if (brace != std::string_view::npos && view[brace] == '{') return {InputForm::kNdjson, 0};
  }
  if (LooksLikeTable(view, data)) return {InputForm::kCsv, 0};
  return {InputForm::kText, 0};
}

class Stream : public DocumentStream {
 public:
  Stream(std::shared_ptr<const ReaderData> data, ReaderOptions options)
      : data_(std::move(data)), options_(std::move(options)) {}

  void AddPath(const std::string& path) {
    if (path != "-" && IsDirectory(path)) {
      for (std::string& file : ListFiles(path, "", true)) files_.push_back({std::move(file), path});
      if (files_.empty()) files_.push_back({path, path});
      return;
    }
    files_.push_back({path, ""});
  }
  void SetBytes(std::string bytes, std::string name) {
    files_.push_back({std::move(name), ""});
    bytes_ = std::move(bytes);
  }

  std::optional<Result<Document>> Next() override {
    for (;;) {
      if (current_) {
        if (std::optional<Result<Document>> doc = current_->Next()) return doc;
        current_.reset();
      }
      if (next_ == files_.size()) return std::nullopt;
      const File& file = files_[next_++];
      if (Status status = Start(file); !status) {
        Error error = status.error();
        error.where = file.path;
        return Result<Document>(std::move(error));
      }
    }
  }

 private:
  struct File {
    std::string path;
    std::string root;
  };

  Status Start(const File& file) {
    std::unique_ptr<ByteSource> source;
    if (bytes_) {
      source = BytesOf(std::move(*bytes_));
      bytes_.reset();
    } else {
      if (file.path != "-" && IsDirectory(file.path)) {
        return Error{ErrorCode::kBadInput, "a folder without files", ""};
      }
      Result<std::unique_ptr<ByteSource>> opened = OpenBytes(file.path);
      if (!opened) return opened.error();
      source = std::move(*opened);
    }
    Result<std::unique_ptr<ByteSource>> unpacked = Unpack(std::move(source));
    if (!unpacked) return unpacked.error();
    Input input;
    input.bytes = std::make_unique<Buffered>(std::move(*unpacked));
    input.path = file.path;
    input.stem = StemOf(file.path, file.root);
    input.data = data_.get();
    input.options = &options_;
    Guess guess{options_.form, 0};
    const Result<std::string_view> start = input.bytes->Peek(kSniff);
    if (!start) return start.error();
    if (options_.form == InputForm::kAuto) guess = GuessForm(file.path, *start, *data_);
    if (options_.form == InputForm::kCsv && LowerExtension(WithoutPacking(file.path)) == "tsv")
      guess.separator = '\t';
    switch (guess.form) {
      case InputForm::kAuto:
      case InputForm::kText:
        current_ = MakeTextReader(std::move(input), false, options_.form == InputForm::kText);
        break;
      case InputForm::kMarkdown:
        current_ = MakeTextReader(std::move(input), true, false);
        break;
      case InputForm::kHtml:
        current_ = MakeHtmlReader(std::move(input));
        break;
      case InputForm::kNdjson:
        current_ = MakeNdjsonReader(std::move(input));
        break;
      case InputForm::kCsv:
        current_ = MakeCsvReader(std::move(input), guess.separator);
        break;
      case InputForm::kFeed:
        current_ = MakeFeedReader(std::move(input));
        break;
    }
    return {};
  }

  std::shared_ptr<const ReaderData> data_;
  ReaderOptions options_;
  std::vector<File> files_;
  size_t next_ = 0;
  std::optional<std::string> bytes_;
  std::unique_ptr<FormatReader> current_;
};

}  // namespace

std::optional<InputForm> InputFormFromName(std::string_view name) {
  static constexpr std::pair<std::string_view, InputForm> kForms[] = {
      {"auto", InputForm::kAuto},         {"text", InputForm::kText},
      {"markdown", InputForm::kMarkdown}, {"html", InputForm::kHtml},
      {"ndjson", InputForm::kNdjson},     {"csv", InputForm::kCsv},
      {"feed", InputForm::kFeed}};
  for (const auto& [known, form] : kForms) {
    if (known == name) return form;
  }
  return std::nullopt;
}

Result<Reader> Reader::Load(const std::string& data_folder) {
  Result<ReaderData> data = ReaderData::Load(data_folder);
  if (!data) return data.error();
  return Reader(std::make_shared<const ReaderData>(std::move(*data)));
}

std::unique_ptr<DocumentStream> Reader::Open(std::vector<std::string> paths,
                                             ReaderOptions options) const {
  auto stream = std::make_unique<Stream>(data_, std::move(options));
  for (const std::string& path : paths) stream->AddPath(path);
  return stream;
}

std::unique_ptr<DocumentStream> Reader::Parse(std::string bytes, std::string name,
                                              ReaderOptions options) const {
  auto stream = std::make_unique<Stream>(data_, std::move(options));
  stream->SetBytes(std::move(bytes), std::move(name));
  return stream;
}

}  // namespace entente
