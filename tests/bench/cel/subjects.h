// SPDX-License-Identifier: Apache-2.0
// Subjects of the benchmark as CEL values: the same JSON once as maps and once as typed records with slots, as the product binds.
#pragma once
#include <array>
#include <deque>
#include <map>
#include <memory_resource>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "cel/environment.h"

namespace postern::bench {

/// How the objects of a subject look to an expression.
enum class Form : std::uint8_t {
  maps,     ///< as other engines see decoded JSON: map(string, dyn)
  records,  ///< every object is a record of a declared type
};

/// Object types, found in the data: the objects below one path are of one type, named by the path. `labels` stays a map.
class Schema {
 public:
  explicit Schema(const std::vector<nlohmann::json>& subjects);
  Schema(const Schema&) = delete;
  Schema& operator=(const Schema&) = delete;
  [[nodiscard]] const cel::ObjectType& type(const std::string& path) const;
  void declare(cel::Environment& environment) const;

 private:
  std::deque<cel::ObjectType> m_types;
};

/// Memory in pages of 2 MiB, where the system gives them, as the product asks for it (src/main.cpp).
class LargePages final : public std::pmr::memory_resource {
  void* do_allocate(std::size_t bytes, std::size_t alignment) override;
  void do_deallocate(void* memory, std::size_t bytes, std::size_t alignment) override;
  [[nodiscard]] bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }
};

/// Keeps the subjects, and nothing counts references. As the product keeps its records, those of one type lie one after the other.
class Store {
 public:
  Store() = default;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  /// Memory for a `T` with `count` values behind it, beside others of the same type.
  template <class T>
  void* place(std::size_t count, const cel::ObjectType* type) {
    static_assert(sizeof(T) % alignof(cel::Value) == 0);
    return m_memory.try_emplace(type, k_block, &m_pages).first->second.allocate(sizeof(T) + count * sizeof(cel::Value), alignof(T));
  }
  /// Takes over what owns itself (maps, and lists of the form `maps`).
  cel::Value own(cel::Value value) {
    m_owned.push_back(std::move(value));
    return m_owned.back().borrowed();
  }

 private:
  static constexpr std::size_t k_block = std::size_t{2} << 20U;
  LargePages m_pages;
  std::map<const cel::ObjectType*, std::pmr::monotonic_buffer_resource> m_memory;
  std::deque<cel::Value> m_owned;
};

/// The variables `entity` and `env` of one subject.
using Variables = std::array<cel::Value, 2>;
/// `schema` is only used for records. `store` must outlive the result.
[[nodiscard]] Variables activation_of(const nlohmann::json& subject, Form form, const Schema& schema, Store& store);

}  // namespace postern::bench
