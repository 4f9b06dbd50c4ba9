// SPDX-License-Identifier: Apache-2.0
// Tables with a header, a report a row: comma, semicolon, tab or "|", fields in quotes with line
// breaks in them (RFC 4180). Rows are read one at a time, so that a table may be larger than
// memory.
#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "reader/decode.h"
#include "reader/format.h"
#include "reader/text_reader.h"

namespace entente {
namespace {

constexpr size_t kChunk = 1u << 20;
constexpr size_t kMaxColumns = 2000;

struct Cell {
  std::string value;
  std::vector<OffsetSegment>
      places;  // of the value in the decoded file; after each doubled quote a new one
};

class CsvReader : public FormatReader {
 public:
  CsvReader(Input input, char separator) : input_(std::move(input)), separator_(separator) {
    columns_.fill(-1);
  }

  std::optional<Result<Document>> Next() override {
    if (!started_) {
      started_ = true;
      if (Status status = Start(); !status) {
        done_ = true;
        return Result<Document>(input_.Here(status.error()));
      }
    }
    while (!done_) {
      const Row row = ReadRow();
      switch (row) {
        case Row::kEnd:
          done_ = true;
          return std::nullopt;
        case Row::kFailed:
          done_ = true;
          return Result<Document>(input_.Here(failure_));
        case Row::kOpenQuote:
          done_ = true;
          return Result<Document>(
              input_.At(row_line_, "a quotation mark opens a field that never ends"));
        case Row::kTooLong:
          return Result<Document>(input_.At(
              row_line_, "the row is larger than the limit of " +
                             std::to_string(input_.options->max_document >> 20) + " MiB"));
        case Row::kRow:
          break;
      }
      if (cells_.size() == 1 && Trim(cells_[0].value).empty()) continue;
      return Read();
    }
    return std::nullopt;
  }

 private:
  enum class Row { kRow, kEnd, kFailed, kOpenQuote, kTooLong };

  Status Start() {
    const Result<std::string_view> start = input_.bytes->Peek(65536);
    if (!start) return start.error();
    if (start->empty()) return Error{ErrorCode::kBadInput, "nothing to read: it is empty", ""};
    if (const std::string_view kind = BinaryKind(*start); !kind.empty()) {
      return Error{ErrorCode::kBadInput, "not text but " + std::string(kind), ""};
    }
    charset_ = GuessStreamCharset(*start);
    if (charset_ == StreamCharset::kOther) {
      Result<std::string> all = input_.bytes->TakeAll(input_.options->max_document);
      if (!all) return all.error();
      Result<std::string> text = DecodeText(std::move(*all), "", notes_);
      if (!text) return text.error();
      input_.bytes = std::make_unique<Buffered>(BytesOf(std::move(*text)));
      charset_ = StreamCharset::kUtf8;
    } else if (charset_ == StreamCharset::kWindows1252) {
      notes_.push_back({"encoding", "read as windows-1252"});
    }
    if (!Fill()) return failure_;
    if (chunk_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    const std::string_view header =
        std::string_view(chunk_).substr(at_, std::min<size_t>(chunk_.find_first_of("\n\r"), 20000));
    if (separator_ == 0) {
      size_t best = 0;
      separator_ = ',';
      for (const char c : {',', ';', '\t', '|'}) {
        const auto n = static_cast<size_t>(std::count(header.begin(), header.end(), c));
        if (n > best) {
          best = n;
          separator_ = c;
        }
      }
    }
    if (ReadRow() != Row::kRow) return Error{ErrorCode::kBadInput, "the header cannot be read", ""};
    for (size_t i = 0; i < cells_.size(); i++) {
      std::string folded;
      for (const char c : Fold(cells_[i].value.substr(0, 60))) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) folded += c;
      }
      const auto field = static_cast<size_t>(input_.data->Column(folded));
      if (field != 0 && columns_[field] < 0) columns_[field] = static_cast<int>(i);
    }
    if (Column(Field::kText) < 0 && Column(Field::kTitle) < 0) {
      return Error{
          ErrorCode::kBadInput,
          "no column named text (or body, content, title); the first row names the columns", ""};
    }
    return {};
  }

  int Column(Field field) const { return columns_[static_cast<size_t>(field)]; }

  // More text into chunk_; false on failure or at the end.
  bool Fill() {
    chunk_.clear();
    at_ = 0;
    Result<std::string> bytes = input_.bytes->Take(kChunk);
    if (!bytes) {
      failure_ = bytes.error();
      failed_ = true;
      return false;
    }
    if (bytes->empty() && carry_.empty()) {
      failure_ = {ErrorCode::kBadInput, "nothing to read: it is empty", ""};
      return false;
    }
    std::string raw = std::move(carry_);
    carry_.clear();
    raw += *bytes;
    if (charset_ == StreamCharset::kWindows1252) {
      chunk_ = DecodeWindows1252(raw);
      return true;
    }
    // A character that the end of the chunk cuts waits for the next one.
    if (!bytes->empty()) {
      size_t size = raw.size();
      for (int i = 0;
           i < 3 && size > 0 && (static_cast<unsigned char>(raw[size - 1]) & 0xC0) == 0x80; i++)
        size--;
      if (size > 0 && static_cast<unsigned char>(raw[size - 1]) >= 0xC0) {
        carry_ = raw.substr(size - 1);
        raw.resize(size - 1);
      }
    }
    chunk_ = IsValidUtf8(raw) ? std::move(raw) : MakeValidUtf8(raw);
    return true;
  }

  // The next byte, or -1 at the end.
  int Get() {
    while (at_ >= chunk_.size()) {
      if (failed_ || !Fill()) return -1;
    }
    const char c = chunk_[at_++];
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) points_++;
    return static_cast<unsigned char>(c);
  }
  int Peek() {
    while (at_ >= chunk_.size()) {
      if (failed_ || !Fill()) return -1;
    }
    return static_cast<unsigned char>(chunk_[at_]);
  }

  Row ReadRow() {
    cells_.clear();
    row_line_ = line_;
    size_t size = 0;
    bool too_long = false;
    int c = Peek();
    if (c < 0) return failed_ ? Row::kFailed : Row::kEnd;
    for (;;) {
      Cell cell;
      cell.places.push_back({0, points_});
      bool quoted = false;
      while (Peek() == ' ' && separator_ != ' ') Get();
      if (Peek() == '"') {
        quoted = true;
        Get();
      }
      cell.places[0].original = points_;
      for (;;) {
        c = Get();
        if (c < 0) {
          if (failed_) return Row::kFailed;
          if (quoted) return Row::kOpenQuote;
          break;
        }
        if (c == '\n') line_++;
        if (quoted) {
          if (c == '"') {
            if (Peek() == '"') {
              Get();
              Put(cell, '"', size, too_long);
              cell.places.push_back({static_cast<uint32_t>(cell.value.size()), points_});
              continue;
            }
            // What stands between the closing quote and the separator is passed over.
            while ((c = Peek()) >= 0 && c != separator_ && c != '\n' && c != '\r') Get();
            c = Get();
            if (c == '\n') line_++;
            break;
          }
        } else if (c == separator_ || c == '\n' || c == '\r') {
          break;
        }
        Put(cell, static_cast<char>(c), size, too_long);
      }
      if (cells_.size() < kMaxColumns) cells_.push_back(std::move(cell));
      if (c == separator_) continue;
      if (c == '\r' && Peek() == '\n') {
        Get();
        line_++;
      }
      if (failed_) return Row::kFailed;
      return too_long ? Row::kTooLong : Row::kRow;
    }
  }

  void Put(Cell& cell, char c, size_t& size, bool& too_long) const {
    if (size++ < input_.options->max_document) {
      cell.value += c;
    } else {
      too_long = true;
      cell.value.clear();
      cell.places.resize(1);
    }
  }

  std::string Value(Field field) const {
    const int column = Column(field);
    if (column < 0 || static_cast<size_t>(column) >= cells_.size()) return "";
    return std::string(Trim(cells_[static_cast<size_t>(column)].value));
  }

  Result<Document> Read() {
    Draft draft;
    Document& doc = draft.doc;
    row_++;
    doc.path = input_.path + ":" + std::to_string(row_line_);
    doc.notes = notes_;
    doc.id = Value(Field::kId);
    if (doc.id.empty()) doc.id = input_.stem + "-" + std::to_string(row_);
    const bool headline_only = Value(Field::kText).empty();
    const auto column = static_cast<size_t>(Column(headline_only ? Field::kTitle : Field::kText));
    if (column >= cells_.size() || Trim(cells_[column].value).empty())
      return input_.At(row_line_, "the row has no text");
    doc.title = Value(Field::kTitle);
    doc.source = Value(Field::kSource);
    doc.language = Value(Field::kLanguage);
    doc.url = Value(Field::kUrl);
    draft.date_text = Value(Field::kDate);
    draft.dateline = Value(Field::kDateline);
    if (draft.order == DateOrder::kUnset) draft.order = order_;
    if (const DateOrder shown = OrderShown(draft.date_text); shown != DateOrder::kUnset)
      order_ = shown;
    const Original original(cells_[column].value, std::move(cells_[column].places));
    TextForm form;
    form.take_title = false;
    ReadText(original, *input_.data, form, draft);
    Finish(*input_.data, *input_.options, draft);
    return std::move(draft.doc);
  }

  // A table has one order of dates: 13/01/2019 in one row settles the rows after it.
  static DateOrder OrderShown(std::string_view date);

  Input input_;
  char separator_;
  StreamCharset charset_ = StreamCharset::kUtf8;
  std::vector<Note> notes_;
  std::array<int, kFields> columns_{};
  std::string chunk_, carry_;
  size_t at_ = 0;
  uint64_t points_ = 0;
  size_t line_ = 1, row_line_ = 1, row_ = 0;
  std::vector<Cell> cells_;
  DateOrder order_ = DateOrder::kUnset;
  Error failure_;
  bool failed_ = false;
  bool started_ = false;
  bool done_ = false;
};

DateOrder CsvReader::OrderShown(std::string_view date) {
  if (date.size() > 20) return DateOrder::kUnset;
  int numbers[3] = {0, 0, 0};
  int count = 0;
  bool digit = false;
  for (const char c : date) {
    if (c >= '0' && c <= '9') {
      if (!digit && ++count > 3) return DateOrder::kUnset;
      digit = true;
      numbers[count - 1] = numbers[count - 1] * 10 + (c - '0');
      if (numbers[count - 1] > 9999) return DateOrder::kUnset;
    } else if (c == '/' || c == '-' || c == '.') {
      digit = false;
    } else {
      return DateOrder::kUnset;
    }
  }
  if (count != 3 || numbers[2] < 32) return DateOrder::kUnset;
  if (numbers[0] > 12 && numbers[0] < 32 && numbers[1] <= 12) return DateOrder::kDmy;
  if (numbers[1] > 12 && numbers[1] < 32 && numbers[0] <= 12) return DateOrder::kMdy;
  return DateOrder::kUnset;
}

}  // namespace

std::unique_ptr<FormatReader> MakeCsvReader(Input input, char separator) {
  return std::make_unique<CsvReader>(std::move(input), separator);
}

}  // namespace entente
