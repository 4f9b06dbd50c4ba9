// SPDX-License-Identifier: Apache-2.0
#include "lexicon/records.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "base/file.h"
#include "base/text.h"
#include "base/utf8.h"

namespace entente {

std::string_view Record::Get(std::string_view name) const {
  for (const RecordField& field : fields) {
    if (field.name == name) return field.value;
  }
  return {};
}

bool Record::Has(std::string_view name) const {
  return std::any_of(fields.begin(), fields.end(),
                     [&](const RecordField& field) { return field.name == name; });
}

std::vector<std::string_view> Record::All(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const RecordField& field : fields) {
    if (field.name == name) values.push_back(field.value);
  }
  return values;
}

std::vector<std::string_view> Record::List(std::string_view name) const {
  std::vector<std::string_view> items;
  for (const RecordField& field : fields) {
    if (field.name != name) continue;
    for (const std::string_view item : SplitList(field.value)) items.push_back(item);
  }
  return items;
}

int Record::LineOf(std::string_view name) const {
  for (const RecordField& field : fields) {
    if (field.name == name) return field.line;
  }
  return line;
}

namespace {

struct Descriptor {
  std::string_view type, key;
  std::vector<std::string> mandatory, allowed;
};

void ReadDescriptor(const Record& record, Descriptor& descriptor) {
  for (const RecordField& field : record.fields) {
    const auto words = SplitWords(field.value);
    if (field.name == "%rec") descriptor.type = Trim(field.value);
    if (field.name == "%key") descriptor.key = Trim(field.value);
    for (const std::string_view word : words) {
      if (field.name == "%mandatory") descriptor.mandatory.emplace_back(word);
      if (field.name == "%allowed") descriptor.allowed.emplace_back(word);
    }
  }
  for (const std::string& name : descriptor.mandatory) descriptor.allowed.push_back(name);
  if (!descriptor.key.empty()) descriptor.allowed.emplace_back(descriptor.key);
}

}  // namespace

RecordFile ParseRecords(std::string text, const std::string& path, std::string_view type,
                        std::vector<Problem>& problems) {
  RecordFile file;
  file.path = path;
  const auto problem = [&](int line, std::string message) {
    problems.push_back({path, line, std::move(message)});
  };
  if (!IsValidUtf8(text)) {
    problem(1, "is not UTF-8 text");
    text = MakeValidUtf8(text);
  }
  // Continued lines ("+ ...") are joined in place: the newline and the plus become spaces.
  for (size_t at = text.find("\n+"); at != std::string::npos; at = text.find("\n+", at + 1)) {
    text[at] = '\x01';
    text[at + 1] = ' ';
  }
  file.text = std::make_unique<std::string>(std::move(text));
  std::string& all = *file.text;

  Descriptor descriptor;
  Record current;
  const auto finish = [&] {
    if (current.fields.empty()) return;
    if (current.fields.front().name.starts_with("%")) {
      ReadDescriptor(current, descriptor);
    } else {
      file.records.push_back(std::move(current));
    }
    current = Record();
  };
  int line = 0;
  for (size_t at = 0; at < all.size();) {
    size_t end = all.find('\n', at);
    if (end == std::string::npos) end = all.size();
    line++;
    const int first_line = line;
    for (size_t i = at; i < end; i++) {
      if (all[i] == '\x01') {
        all[i] = ' ';
        line++;
      }
    }
    std::string_view row(all.data() + at, end - at);
    if (!row.empty() && row.back() == '\r') row.remove_suffix(1);
    at = end + 1;
    if (row.starts_with("#")) continue;
    if (Trim(row).empty()) {
      finish();
      continue;
    }
    const size_t colon = row.find(':');
    if (colon == std::string_view::npos || colon == 0 || row[0] == ' ') {
      problem(first_line, "expected `field: value`, found `" + std::string(row.substr(0, 40)) + "`");
      continue;
    }
    const std::string_view name = row.substr(0, colon);
    if (name.find(' ') != std::string_view::npos) {
      problem(first_line, "a field name has no spaces: `" + std::string(name.substr(0, 40)) + "`");
      continue;
    }
    if (current.fields.empty()) current.line = first_line;
    current.fields.push_back({name, Trim(row.substr(colon + 1)), first_line});
  }
  finish();

  if (descriptor.type.empty()) {
    problem(1, "the descriptor `%rec: " + std::string(type) + "` is missing");
  } else if (descriptor.type != type) {
    problem(1, "holds `" + std::string(descriptor.type) + "` records, expected `" + std::string(type) + "`");
  }
  file.type = descriptor.type;
  std::unordered_map<std::string_view, int> keys;
  const std::unordered_set<std::string_view> allowed(descriptor.allowed.begin(), descriptor.allowed.end());
  for (const Record& record : file.records) {
    for (const RecordField& field : record.fields) {
      if (!descriptor.allowed.empty() && allowed.count(field.name) == 0) {
        const std::string near = DidYouMean(field.name, descriptor.allowed);
        problem(field.line, "unknown field `" + std::string(field.name) + "`" +
                                (near.empty() ? "" : "; did you mean `" + near + "`?"));
      }
    }
    for (const std::string& name : descriptor.mandatory) {
      if (!record.Has(name)) problem(record.line, "the field `" + name + "` is missing");
    }
    if (!descriptor.key.empty()) {
      const std::string_view key = record.Get(descriptor.key);
      const auto [it, fresh] = keys.emplace(key, record.line);
      if (!fresh) {
        problem(record.line, "`" + std::string(key) + "` stands already in line " +
                                 std::to_string(it->second));
      }
    }
  }
  return file;
}

Result<RecordFile> ReadRecords(const std::string& path, std::string_view type,
                               std::vector<Problem>& problems) {
  Result<std::string> text = ReadFile(path);
  if (!text) return text.error();
  return ParseRecords(std::move(*text), path, type, problems);
}

Result<Table> ReadTable(const std::string& path, const std::vector<std::string>& columns,
                        std::vector<Problem>& problems) {
  Result<std::string> text = ReadFile(path);
  if (!text) return text.error();
  Table table;
  table.path = path;
  table.text = std::make_unique<std::string>(std::move(*text));
  int line = 0;
  for (std::string_view row : Split(*table.text, '\n')) {
    line++;
    if (!row.empty() && row.back() == '\r') row.remove_suffix(1);
    if (row.empty() || row.starts_with("#")) continue;
    std::vector<std::string_view> cells = Split(row, '\t');
    if (table.columns.empty()) {
      table.columns = std::move(cells);
      for (const std::string& column : columns) {
        if (std::find(table.columns.begin(), table.columns.end(), column) == table.columns.end()) {
          return Error{ErrorCode::kBadData, "the column `" + column + "` is missing", path};
        }
      }
      continue;
    }
    if (cells.size() != table.columns.size()) {
      problems.push_back({path, line, "has " + std::to_string(cells.size()) + " cells, expected " +
                                          std::to_string(table.columns.size())});
      cells.resize(table.columns.size());
    }
    table.rows.push_back(std::move(cells));
    table.lines.push_back(line);
  }
  if (table.columns.empty()) return Error{ErrorCode::kBadData, "has no header row", path};
  return table;
}

int Column(const Table& table, std::string_view name) {
  const auto it = std::find(table.columns.begin(), table.columns.end(), name);
  ENTENTE_CHECK(it != table.columns.end());
  return static_cast<int>(it - table.columns.begin());
}

}  // namespace entente
