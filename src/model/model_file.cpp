// SPDX-License-Identifier: Apache-2.0
#include "model/model_file.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>

namespace entente {
namespace {

constexpr char kMagic[8] = {'E', 'N', 'T', 'E', 'N', 'T', 'E', 'M'};
constexpr uint32_t kByteOrder = 0x01020304;
constexpr size_t kNameSize = 32;
constexpr uint32_t kMostSections = 256;
constexpr int kMostRows = 1 << 16;

struct Header {
  char magic[8];
  uint32_t version;
  uint32_t byte_order;
  uint64_t size;      // of the whole file
  uint64_t checksum;  // of all bytes after the header
  uint32_t sections;
  uint32_t unused[7];
};
static_assert(sizeof(Header) == 64);

struct Entry {
  char name[kNameSize];
  uint64_t offset;
  uint64_t size;
};
static_assert(sizeof(Entry) == 48);

// Four lanes of multiply and rotate over 32 bytes at a time; about 10 GB a second.
uint64_t Checksum(std::string_view bytes) {
  constexpr uint64_t kPrime = 0x9E3779B97F4A7C15ull;
  uint64_t lanes[4] = {1, 2, 3, bytes.size()};
  size_t at = 0;
  for (; at + 32 <= bytes.size(); at += 32) {
    uint64_t words[4];
    std::memcpy(words, bytes.data() + at, 32);
    for (int i = 0; i < 4; i++) lanes[i] = std::rotl((lanes[i] ^ words[i]) * kPrime, 31);
  }
  char rest[32] = {};
  std::memcpy(rest, bytes.data() + at, bytes.size() - at);
  uint64_t words[4];
  std::memcpy(words, rest, 32);
  for (int i = 0; i < 4; i++) lanes[i] = std::rotl((lanes[i] ^ words[i]) * kPrime, 31);
  uint64_t out = 0;
  for (const uint64_t lane : lanes) out = std::rotl((out ^ lane) * kPrime, 29);
  return out ^ (out >> 32);
}

size_t RoundUp(size_t size) {
  return (size + kModelAlignment - 1) / kModelAlignment * kModelAlignment;
}

}  // namespace

Error ModelFile::Broken(const std::string& what) const {
  return Error{ErrorCode::kBadData,
               "broken model (" + what +
                   "); install the package again, or rebuild the model with "
                   "`entente train`",
               name_};
}

Result<ModelFile> ModelFile::Open(const std::string& path, std::string_view kind) {
  Result<MappedFile> file = MappedFile::Open(path);
  if (!file) {
    if (file.error().code != ErrorCode::kNotFound) return file.error();
    return Error{
        ErrorCode::kNotFound,
        "there is no such model; install the models, point --data at them, or make one with "
        "`entente train`",
        path};
  }
  ModelFile model(path);
  model.file_ = std::make_unique<MappedFile>(std::move(*file));
  model.bytes_ = model.file_->bytes();
  const Status status = model.Check(kind);
  if (!status) return status.error();
  return model;
}

Result<ModelFile> ModelFile::FromBytes(std::string_view bytes, const std::string& name,
                                       std::string_view kind) {
  ModelFile model(name);
  model.bytes_ = bytes;
  const Status status = model.Check(kind);
  if (!status) return status.error();
  return model;
}

Status ModelFile::Check(std::string_view kind) {
  Header header;
  if (bytes_.size() < sizeof header) return Broken("it is too short");
  std::memcpy(&header, bytes_.data(), sizeof header);
  if (std::memcmp(header.magic, kMagic, sizeof kMagic) != 0) {
    return Error{ErrorCode::kBadData, "not a model of entente", name_};
  }
  if (header.byte_order != kByteOrder) return Broken("it was made for another byte order");
  if (header.version != kModelVersion) {
    return Error{ErrorCode::kBadData,
                 "the model has format " + std::to_string(header.version) +
                     ", this program reads format " + std::to_string(kModelVersion) +
                     "; use the models of the same release, or rebuild them with `entente train`",
                 name_};
  }
  if (header.size != bytes_.size()) {
    return Broken("it has " + std::to_string(bytes_.size()) + " bytes instead of " +
                  std::to_string(header.size));
  }
  const std::string_view body = bytes_.substr(sizeof header);
  if (Checksum(body) != header.checksum) return Broken("its checksum is wrong");
  checksum_ = header.checksum;
  if (header.sections > kMostSections || body.size() < header.sections * sizeof(Entry)) {
    return Broken("its table of sections does not fit");
  }
  for (uint32_t i = 0; i < header.sections; i++) {
    Entry entry;
    const char* at = body.data() + i * sizeof entry;
    std::memcpy(&entry, at, sizeof entry);
    if (entry.offset % kModelAlignment != 0 || entry.offset > bytes_.size() ||
        entry.size > bytes_.size() - entry.offset) {
      return Broken("section " + std::to_string(i) + " lies outside the file");
    }
    const std::string_view name(at, strnlen(at, kNameSize));
    sections_.emplace_back(name, bytes_.substr(entry.offset, entry.size));
  }
  if (Info("kind") != kind) {
    return Error{ErrorCode::kBadData,
                 "a model of kind `" + std::string(Info("kind")) + "` where `" + std::string(kind) +
                     "` is expected",
                 name_};
  }
  return {};
}

std::string_view ModelFile::Section(std::string_view name) const {
  for (const auto& [section, bytes] : sections_) {
    if (section == name) return bytes;
  }
  return {};
}

std::string_view ModelFile::Info(std::string_view name) const {
  std::string_view text = Section("info");
  while (!text.empty()) {
    const size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    if (line.starts_with(name) && line.substr(name.size()).starts_with(": ")) {
      return line.substr(name.size() + 2);
    }
  }
  return {};
}

Result<int> ModelFile::Number(std::string_view name, int least, int most) const {
  const std::string_view text = Info(name);
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size() || value < least ||
      value > most) {
    return Broken("value `" + std::string(name) + "`");
  }
  return value;
}

Result<std::vector<std::string_view>> ModelFile::Lines(std::string_view name) const {
  std::string_view text = Section(name);
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    if (end == text.npos) return Broken("section " + std::string(name));
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  if (lines.empty() || lines.size() > kMostRows) return Broken("section " + std::string(name));
  return lines;
}

Result<LinearView> ModelFile::Linear(const std::string& name, int columns) const {
  const auto weights = Array<int8_t>(name + ".weights");
  const auto bias = Array<int32_t>(name + ".bias");
  const auto multiplier = Array<int32_t>(name + ".multiplier");
  const auto shift = Number(name + ".shift", 1, 30);
  if (!weights) return weights.error();
  if (!bias) return bias.error();
  if (!multiplier) return multiplier.error();
  if (!shift) return shift.error();
  LinearView view;
  const size_t rows = bias->size();
  if (columns <= 0 || columns % 4 != 0 || rows == 0 || rows % kRowBlock != 0 || rows > kMostRows ||
      multiplier->size() != rows || weights->size() != rows * static_cast<size_t>(columns)) {
    return Broken("shape of " + name);
  }
  int8_t least = 0;
  int8_t most = 0;
  for (const int8_t w : *weights) {
    least = std::min(least, w);
    most = std::max(most, w);
  }
  if (least < -kLargestWeight || most > kLargestWeight) return Broken("weights of " + name);
  for (const int32_t m : *multiplier) {
    if (m < 0 || m > 255) return Broken("multipliers of " + name);
  }
  for (const int32_t b : *bias) {
    if (b < -(1 << 23) || b > (1 << 23)) return Broken("bias of " + name);
  }
  view.weights = weights->data();
  view.bias = bias->data();
  view.multiplier = multiplier->data();
  view.rows = static_cast<int>(rows);
  view.columns = columns;
  view.shift = *shift;
  return view;
}

void ModelBuilder::Info(const std::string& name, const std::string& value) {
  info_ += name + ": " + value + "\n";
}

void ModelBuilder::Add(const std::string& name, std::string_view bytes) {
  ENTENTE_CHECK(name.size() < kNameSize);
  sections_.emplace_back(name, std::string(bytes));
}

std::string ModelBuilder::Finish() const {
  std::vector<std::pair<std::string, std::string>> sections = sections_;
  sections.insert(sections.begin(), {"info", info_});
  Header header = {};
  std::memcpy(header.magic, kMagic, sizeof kMagic);
  header.version = kModelVersion;
  header.byte_order = kByteOrder;
  header.sections = static_cast<uint32_t>(sections.size());
  size_t at = RoundUp(sizeof header + sections.size() * sizeof(Entry));
  std::string table;
  for (const auto& [name, bytes] : sections) {
    Entry entry = {};
    std::memcpy(entry.name, name.data(), name.size());
    entry.offset = at;
    entry.size = bytes.size();
    table.append(reinterpret_cast<const char*>(&entry), sizeof entry);
    at = RoundUp(at + bytes.size());
  }
  header.size = at;
  std::string out(reinterpret_cast<const char*>(&header), sizeof header);
  out += table;
  for (const auto& [name, bytes] : sections) {
    out.resize(RoundUp(out.size()), '\0');
    out += bytes;
  }
  out.resize(RoundUp(out.size()), '\0');
  SealModel(out);
  return out;
}

uint64_t ModelChecksum(std::string_view bytes) {
  uint64_t checksum = 0;
  if (bytes.size() < sizeof(Header)) return 0;
  std::memcpy(&checksum, bytes.data() + offsetof(Header, checksum), sizeof checksum);
  return checksum;
}

void SealModel(std::string& bytes) {
  if (bytes.size() < sizeof(Header)) return;
  const uint64_t checksum = Checksum(std::string_view(bytes).substr(sizeof(Header)));
  std::memcpy(bytes.data() + offsetof(Header, checksum), &checksum, sizeof checksum);
}

}  // namespace entente
