// SPDX-License-Identifier: Apache-2.0
#include "model/model_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <memory>

namespace entente {
namespace {

using testing::HasSubstr;

// Bytes at a multiple of 64, as a mapped file has them.
class Aligned {
 public:
  explicit Aligned(const std::string& bytes)
      : size_(bytes.size()),
        data_(static_cast<char*>(std::aligned_alloc(64, (size_ + 127) / 64 * 64))) {
    std::memcpy(data_, bytes.data(), size_);
  }
  ~Aligned() { std::free(data_); }
  Aligned(const Aligned&) = delete;
  Aligned& operator=(const Aligned&) = delete;
  std::string_view view() const { return {data_, size_}; }

 private:
  size_t size_;
  char* data_;
};

std::string Example() {
  ModelBuilder builder;
  builder.Info("kind", "tagger");
  builder.Info("hidden", "64");
  builder.Info("m.shift", "8");
  builder.Add("numbers", std::vector<int32_t>{1, 2, 3});
  builder.Add("names", "NOUN\nVERB\n");
  builder.Add("m.weights", std::vector<int8_t>(16 * 4, 1));
  builder.Add("m.bias", std::vector<int32_t>(16, 0));
  builder.Add("m.multiplier", std::vector<int32_t>(16, 1));
  return builder.Finish();
}

std::string ErrorOf(const std::string& bytes) {
  const Aligned aligned(bytes);
  const auto file = ModelFile::FromBytes(aligned.view(), "x.model", "tagger");
  return file ? "" : file.error().Text();
}

TEST(ModelFileTest, GivesBackWhatWasBuilt) {
  const Aligned bytes(Example());
  const auto file = ModelFile::FromBytes(bytes.view(), "x.model", "tagger");
  ASSERT_TRUE(file.ok());
  EXPECT_EQ(*file->Number("hidden", 1, 100), 64);
  EXPECT_FALSE(file->Number("hidden", 1, 10).ok());
  EXPECT_FALSE(file->Number("absent", 1, 10).ok());
  const auto numbers = file->Array<int32_t>("numbers");
  ASSERT_TRUE(numbers.ok());
  EXPECT_EQ((*numbers)[2], 3);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(numbers->data()) % kModelAlignment, 0u);
  EXPECT_THAT(*file->Lines("names"), testing::ElementsAre("NOUN", "VERB"));
  EXPECT_TRUE(file->Linear("m", 4).ok());
  EXPECT_FALSE(file->Linear("m", 8).ok());
  EXPECT_EQ(file->checksum(), ModelChecksum(bytes.view()));
}

TEST(ModelFileTest, SaysWhatIsWrongAndWhatToDo) {
  const std::string good = Example();
  EXPECT_EQ(ErrorOf(good), "");
  EXPECT_THAT(ErrorOf(""), HasSubstr("too short"));
  EXPECT_THAT(ErrorOf(good.substr(0, good.size() - 64)), HasSubstr("bytes instead of"));
  std::string bad = good;
  bad[0] = 'X';
  EXPECT_THAT(ErrorOf(bad), HasSubstr("not a model"));
  bad = good;
  bad[8] = 99;
  EXPECT_THAT(ErrorOf(bad), HasSubstr("format 99"));
  bad = good;
  bad[good.size() / 2] ^= 1;
  EXPECT_THAT(ErrorOf(bad), HasSubstr("checksum"));
  EXPECT_THAT(ErrorOf(bad), HasSubstr("entente train"));
  const Aligned aligned(good);
  const auto other = ModelFile::FromBytes(aligned.view(), "x.model", "parser");
  ASSERT_FALSE(other.ok());
  EXPECT_THAT(other.error().Text(), HasSubstr("`parser` is expected"));
}

TEST(ModelFileTest, TableOfSectionsCannotPointOutside) {
  const std::string good = Example();
  // Offsets and sizes of the first sections, with the checksum put right again.
  for (size_t at = 64 + 32; at < 64 + 4 * 48; at += 8) {
    for (const uint64_t value : {uint64_t{0} - 64, uint64_t{1} << 62, uint64_t{good.size()} + 64}) {
      std::string bad = good;
      std::memcpy(bad.data() + at, &value, 8);
      SealModel(bad);
      ErrorOf(bad);  // any answer will do, but it must come
    }
  }
}

TEST(ModelFileTest, WeightsOutOfRangeAreRefused) {
  ModelBuilder builder;
  builder.Info("kind", "tagger");
  builder.Info("m.shift", "8");
  builder.Add("m.weights", std::vector<int8_t>(16 * 4, 64));
  builder.Add("m.bias", std::vector<int32_t>(16, 0));
  builder.Add("m.multiplier", std::vector<int32_t>(16, 1));
  const Aligned bytes(builder.Finish());
  const auto file = ModelFile::FromBytes(bytes.view(), "x.model", "tagger");
  ASSERT_TRUE(file.ok());
  EXPECT_FALSE(file->Linear("m", 4).ok());
}

TEST(ModelFileTest, MissingFileSaysHowToGetIt) {
  const auto file = ModelFile::Open("/nowhere/tagger.model", "tagger");
  ASSERT_FALSE(file.ok());
  EXPECT_EQ(file.error().code, ErrorCode::kNotFound);
  EXPECT_THAT(file.error().Text(), HasSubstr("entente train"));
}

}  // namespace
}  // namespace entente
