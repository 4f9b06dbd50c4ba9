// SPDX-License-Identifier: Apache-2.0
// A value or the error that stands in its place, for all that the world can fail at.
//   Result<Tagger> tagger = Tagger::Load(path);
//   if (!tagger) return tagger.error();
#pragma once

#include <optional>
#include <utility>
#include <variant>

#include "base/error.h"

namespace entente {

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& operator*() { return Value(); }
  const T& operator*() const { return Value(); }
  T* operator->() { return &Value(); }
  const T* operator->() const { return &Value(); }
  const Error& error() const {
    ENTENTE_CHECK(!ok());
    return std::get<1>(state_);
  }

 private:
  T& Value() {
    ENTENTE_CHECK(ok());
    return std::get<0>(state_);
  }
  const T& Value() const {
    ENTENTE_CHECK(ok());
    return std::get<0>(state_);
  }
  std::variant<T, Error> state_;
};

// Success, or an error: Result without a value.
class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(Error error) : error_(std::move(error)) {}
  bool ok() const { return !error_; }
  explicit operator bool() const { return ok(); }
  const Error& error() const {
    ENTENTE_CHECK(!ok());
    return *error_;
  }

 private:
  std::optional<Error> error_;
};

}  // namespace entente
