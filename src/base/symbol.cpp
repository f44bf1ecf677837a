// SPDX-License-Identifier: Apache-2.0
// The table behind Symbol: sharded sets of strings that are never freed.
#include <postern/base/symbol.h>

#include <array>
#include <mutex>
#include <unordered_set>

namespace postern::base {
namespace {

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
};

struct Shard {
  std::mutex mutex;
  std::unordered_set<std::string, TextHash, std::equal_to<>> texts;
};

const std::string& empty_text() {
  static const std::string k_empty;
  return k_empty;
}

const std::string& intern(std::string_view text) {
  if (text.empty()) return empty_text();
  // Leaked on purpose: symbols are used by objects with static lifetime.
  static auto& shards = *new std::array<Shard, 16>;
  Shard& shard = shards[std::hash<std::string_view>{}(text) >> 7U & 15U];
  const std::scoped_lock lock(shard.mutex);
  const auto found = shard.texts.find(text);
  if (found != shard.texts.end()) return *found;
  return *shard.texts.emplace(text).first;
}

}  // namespace

Symbol::Symbol() noexcept : m_text(&empty_text()) {}
Symbol::Symbol(std::string_view text) : m_text(&intern(text)) {}

}  // namespace postern::base
