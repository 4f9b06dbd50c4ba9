// SPDX-License-Identifier: Apache-2.0
// A model file: named sections of numbers and text, mapped into memory and used in place
// (docs/formats/model.md). A file that is cut short, damaged, of another version or of another kind
// gives an Error that says what to do.
//   Result<ModelFile> file = ModelFile::Open(folder + "/tagger.model", "tagger");
//   Result<LinearView> upos = file->Linear("upos", 320);
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/file.h"
#include "base/result.h"
#include "model/kernels.h"

namespace entente {

constexpr uint32_t kModelVersion = 1;
constexpr size_t kModelAlignment = 64;

// The name table is sorted by nothing: sections stand in the order in which they were written.
class ModelFile {
 public:
  // Checks everything but the meaning of the sections. `kind` is "tagger" or "parser".
  static Result<ModelFile> Open(const std::string& path, std::string_view kind);
  // The same of bytes that outlive the object and start at a multiple of 64. `name` is for
  // messages.
  static Result<ModelFile> FromBytes(std::string_view bytes, const std::string& name,
                                     std::string_view kind);

  // Tells this file from any other.
  uint64_t checksum() const { return checksum_; }
  const std::string& name() const { return name_; }

  // Empty if it is not there.
  std::string_view Section(std::string_view name) const;
  // A value of the section "info" ("name: value" lines); empty if it is not there.
  std::string_view Info(std::string_view name) const;
  // A whole number of "info" within these bounds.
  Result<int> Number(std::string_view name, int least, int most) const;
  // The section as numbers; an error if it is not there or not a whole number of them.
  template <class T>
  Result<std::span<const T>> Array(std::string_view name) const {
    const std::string_view bytes = Section(name);
    if (bytes.empty() || bytes.size() % sizeof(T) != 0)
      return Broken("section " + std::string(name));
    return std::span<const T>(reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T));
  }
  // Lines of a text section.
  Result<std::vector<std::string_view>> Lines(std::string_view name) const;
  // The sections name.weights, name.bias and name.multiplier. Checks sizes and the range of
  // weights.
  Result<LinearView> Linear(const std::string& name, int columns) const;
  // An error of this file, with advice.
  Error Broken(const std::string& what) const;

 private:
  explicit ModelFile(std::string name) : name_(std::move(name)) {}
  Status Check(std::string_view kind);

  std::string name_;
  std::unique_ptr<MappedFile> file_;
  std::string_view bytes_;
  uint64_t checksum_ = 0;
  std::vector<std::pair<std::string_view, std::string_view>> sections_;
};

// Puts a file together.
class ModelBuilder {
 public:
  void Info(const std::string& name, const std::string& value);
  void Add(const std::string& name, std::string_view bytes);
  template <class T>
  void Add(const std::string& name, const std::vector<T>& values) {
    Add(name,
        std::string_view(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)));
  }
  // The bytes of the file.
  std::string Finish() const;

 private:
  std::string info_;
  std::vector<std::pair<std::string, std::string>> sections_;
};

// The checksum that stands in the bytes of a file; 0 if they are too short.
uint64_t ModelChecksum(std::string_view bytes);
// Writes the checksum that the bytes should have into them, if they are long enough to have one.
void SealModel(std::string& bytes);

}  // namespace entente
