// SPDX-License-Identifier: Apache-2.0
// JSON lines, a report a line:
//   {"id": "r1", "title": "...", "date": "2019-01-11", "text": "...", "pairs": [{"id": "p1",
//   "actor": [0, 8]}]}
// A file that is one JSON value over many lines, an array of reports or one report, is read as
// well.
#include <simdjson.h>

#include <algorithm>

#include "base/utf8.h"
#include "reader/decode.h"
#include "reader/format.h"
#include "reader/text_reader.h"

namespace entente {
namespace {

using simdjson::SUCCESS;
using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

constexpr size_t kMaxPairs = 100'000;

std::string TextOf(element value) {
  std::string_view text;
  if (value.get(text) == SUCCESS) return std::string(text);
  int64_t number = 0;
  if (value.get(number) == SUCCESS) return std::to_string(number);
  return "";
}

// Seconds or milliseconds since 1970 are a date too.
std::string DateOf(element value) {
  int64_t number = 0;
  if (value.get(number) != SUCCESS) return TextOf(value);
  if (number >= 18000101 && number <= 21991231) return std::to_string(number);  // 20190111
  if (number > 100'000'000'000) number /= 1000;
  if (number < -10'000'000'000 || number > 10'000'000'000) return "";
  int64_t days = number / 86400;
  if (number % 86400 < 0) days--;
  return CivilFromDays(static_cast<int>(days)).Text();
}

struct Pair {
  std::string id;
  int64_t span[2][2] = {{-1, -1}, {-1, -1}};
};

bool ReadSpan(element pair, const char* key, int64_t* span) {
  element value;
  if (pair[key].get(value) != SUCCESS || value.is_null()) return true;
  array numbers;
  if (value.get(numbers) != SUCCESS || numbers.size() != 2) return false;
  if (numbers.at(0).get(span[0]) != SUCCESS || numbers.at(1).get(span[1]) != SUCCESS) return false;
  return span[0] >= 0 && span[1] >= span[0];
}

class NdjsonReader : public FormatReader {
 public:
  explicit NdjsonReader(Input input) : input_(std::move(input)) {}

  std::optional<Result<Document>> Next() override {
    if (!started_) {
      started_ = true;
      if (Status status = Start(); !status) {
        done_ = true;
        return Result<Document>(input_.Here(status.error()));
      }
    }
    if (done_) return std::nullopt;
    if (whole_) return NextOfArray();
    for (;;) {
      const auto got = input_.bytes->TakeLine(input_.options->max_document, line_);
      if (!got) {
        done_ = true;
        return Result<Document>(input_.Here(got.error()));
      }
      if (*got == Buffered::Line::kEnd) {
        done_ = true;
        if (!any_)
          return Result<Document>(
              input_.Here({ErrorCode::kBadInput, "nothing to read: it is empty", ""}));
        return std::nullopt;
      }
      line_number_++;
      if (*got == Buffered::Line::kTooLong) {
        any_ = true;
        return Result<Document>(input_.At(
            line_number_, "the line is longer than the limit of " +
                              std::to_string(input_.options->max_document >> 20) + " MiB"));
      }
      if (line_number_ == 1 && line_.starts_with("\xEF\xBB\xBF")) line_.erase(0, 3);
      if (line_.find_first_not_of(" \t\r\f\v\x1E") == std::string::npos) continue;
      any_ = true;
      return ReadLine();
    }
  }

 private:
  // Looks whether it is lines at all.
  Status Start() {
    const Result<std::string_view> start = input_.bytes->Peek(4096);
    if (!start) return start.error();
    if (const std::string_view kind = BinaryKind(*start); !kind.empty()) {
      return Error{ErrorCode::kBadInput, "not text but " + std::string(kind), ""};
    }
    const StreamCharset charset = GuessStreamCharset(*start);
    if (charset != StreamCharset::kUtf8) {
      Result<std::string> all = input_.bytes->TakeAll(input_.options->max_document);
      if (!all) return all.error();
      Result<std::string> text = DecodeText(std::move(*all), "", decode_notes_);
      if (!text) return text.error();
      input_.bytes = std::make_unique<Buffered>(BytesOf(std::move(*text)));
    }
    const Result<std::string_view> again = input_.bytes->Peek(4096);
    if (!again) return again.error();
    std::string_view text = *again;
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
    const std::string_view line = Trim(text.substr(0, text.find('\n')));
    whole_ = text.starts_with('[') || (line == "{" && text.size() > 1);
    if (!whole_) return {};
    Result<std::string> all = input_.bytes->TakeAll(input_.options->max_document);
    if (!all) return all.error();
    if (all->starts_with("\xEF\xBB\xBF")) all->erase(0, 3);
    line_ = std::move(*all);
    if (!IsValidUtf8(line_)) line_ = MakeValidUtf8(line_);
    const auto error = parser_.parse(line_).get(root_);
    if (error != SUCCESS)
      return Error{ErrorCode::kBadInput, std::string("not JSON: ") + simdjson::error_message(error),
                   ""};
    return {};
  }

  std::optional<Result<Document>> NextOfArray() {
    any_ = true;
    array items;
    if (root_.get(items) != SUCCESS) {
      done_ = true;
      line_number_ = 1;
      return Read(root_);
    }
    element item;
    if (items.at(item_).get(item) != SUCCESS) {
      done_ = true;
      return std::nullopt;
    }
    item_++;
    line_number_ = item_;
    return Read(item);
  }

  Result<Document> ReadLine() {
    element root;
    auto error = parser_.parse(line_).get(root);
    bool repaired = false;
    if (error == simdjson::UTF8_ERROR) {
      line_ = MakeValidUtf8(line_);
      repaired = true;
      error = parser_.parse(line_).get(root);
    }
    if (error != SUCCESS) {
      return input_.At(line_number_, std::string("not JSON: ") + simdjson::error_message(error));
    }
    Result<Document> doc = Read(root);
    if (doc && repaired)
      doc->notes.push_back({"bad_bytes", "bytes that are not UTF-8 became U+FFFD"});
    return doc;
  }

  Result<Document> Read(element root) {
    object fields;
    if (root.get(fields) != SUCCESS) return input_.At(line_number_, "not an object {...}");
    Draft draft;
    Document& doc = draft.doc;
    doc.path = input_.path + ":" + std::to_string(line_number_);
    std::string text;
    bool has_text = false;
    std::vector<Pair> pairs;
    for (const auto field : fields) {
      // The names of DESIGN first; other usual names where those are absent.
      const std::string_view key = field.key;
      if (key == "pairs") {
        if (const std::string problem = ReadPairs(field.value, pairs); !problem.empty()) {
          return input_.At(line_number_, problem);
        }
        continue;
      }
      std::string folded;
      for (const char c : Fold(key.substr(0, 40))) {
        if (c != '_' && c != '-' && c != ' ') folded += c;
      }
      const Field kind = input_.data->Column(folded);
      const bool exact = folded == key;
      switch (kind) {
        case Field::kText:
          if (has_text && key != "text") break;
          if (field.value.is_string()) {
            text = TextOf(field.value);
            has_text = true;
          }
          break;
        case Field::kId:
          if (doc.id.empty() || (exact && key == "id")) doc.id = TextOf(field.value);
          break;
        case Field::kTitle:
          if (doc.title.empty() || key == "title") doc.title = TextOf(field.value);
          break;
        case Field::kSource:
          if (doc.source.empty() || key == "source") doc.source = TextOf(field.value);
          break;
        case Field::kLanguage:
          if (doc.language.empty() || key == "lang") doc.language = TextOf(field.value);
          break;
        case Field::kUrl:
          if (doc.url.empty() || key == "url") doc.url = TextOf(field.value);
          break;
        case Field::kDate:
          if (draft.date_text.empty() || key == "date") {
            const std::string date = DateOf(field.value);
            if (!date.empty()) draft.date_text = date;
          }
          break;
        case Field::kDateline:
          if (draft.dateline.empty()) draft.dateline = TextOf(field.value);
          break;
        case Field::kNone:
          break;
      }
    }
    if (!has_text && !doc.title.empty()) {  // a headline alone
      text = doc.title;
      has_text = true;
    }
    if (!has_text) return input_.At(line_number_, "no \"text\"");
    doc.notes = decode_notes_;
    if (doc.id.empty()) doc.id = input_.stem + "-" + std::to_string(line_number_);
    const Original original{std::string_view(text)};
    TextForm form;
    form.take_title = false;
    form.as_it_is = !pairs.empty();
    for (const Pair& pair : pairs) {
      for (const auto& span : pair.span) {
        if (span[0] >= 0)
          form.first_mark = std::min(form.first_mark, static_cast<uint64_t>(span[0]));
      }
    }
    ReadText(original, *input_.data, form, draft);
    for (const Pair& pair : pairs) {
      MarkedPair marked;
      marked.id = pair.id;
      const auto span = [&](const int64_t* s) -> std::optional<Span> {
        if (s[0] < 0) return std::nullopt;
        return Span{TextByteOf(doc, static_cast<uint64_t>(s[0])),
                    TextByteOf(doc, static_cast<uint64_t>(s[1]))};
      };
      marked.actor = span(pair.span[0]);
      marked.recipient = span(pair.span[1]);
      doc.pairs.push_back(std::move(marked));
    }
    Finish(*input_.data, *input_.options, draft);
    return std::move(draft.doc);
  }

  static std::string ReadPairs(element value, std::vector<Pair>& pairs) {
    array list;
    if (value.is_null()) return "";
    if (value.get(list) != SUCCESS) return "\"pairs\" is not an array";
    for (const element item : list) {
      if (pairs.size() >= kMaxPairs) return "too many pairs";
      Pair pair;
      pair.id = "p" + std::to_string(pairs.size() + 1);
      if (!item.is_object()) return "a pair is not an object";
      element id;
      if (item["id"].get(id) == SUCCESS && !TextOf(id).empty()) pair.id = TextOf(id);
      if (!ReadSpan(item, "actor", pair.span[0]) || !ReadSpan(item, "recipient", pair.span[1])) {
        return "pair \"" + pair.id.substr(0, 40) +
               "\": a place is [begin, end], two numbers of characters";
      }
      pairs.push_back(std::move(pair));
    }
    return "";
  }

  Input input_;
  simdjson::dom::parser parser_;
  std::string line_;
  size_t line_number_ = 0;
  bool started_ = false;
  bool done_ = false;
  bool any_ = false;
  bool whole_ = false;
  element root_;
  size_t item_ = 0;
  std::vector<Note> decode_notes_;
};

}  // namespace

std::unique_ptr<FormatReader> MakeNdjsonReader(Input input) {
  return std::make_unique<NdjsonReader>(std::move(input));
}

}  // namespace entente
