// SPDX-License-Identifier: Apache-2.0
// The table behind Symbol: sharded sets of strings that are never freed.
#include <postern/base/symbol.h>

#include <array>
#include <mutex>
#include <unordered_set>

namespace postern::base {
namespace {

/// A text with its hash, so that one look-up hashes once.
struct HashedText {
  std::string_view text;
  std::size_t hash;
};

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
  std::size_t operator()(const HashedText& hashed) const noexcept { return hashed.hash; }
};

struct TextEqual {
  using is_transparent = void;
  bool operator()(const std::string& a, const std::string& b) const noexcept { return a == b; }
  bool operator()(const HashedText& a, const std::string& b) const noexcept { return a.text == b; }
  bool operator()(const std::string& a, const HashedText& b) const noexcept { return a == b.text; }
};

struct Shard {
  std::mutex mutex;
  std::unordered_set<std::string, TextHash, TextEqual> texts;
};

const std::string& empty_text() {
  static const std::string k_empty;
  return k_empty;
}

const std::string& intern(std::string_view text) {
  if (text.empty()) return empty_text();
  // Leaked on purpose: symbols are used by objects with static lifetime.
  static auto& shards = *new std::array<Shard, 16>;
  const HashedText hashed{text, TextHash{}(text)};
  Shard& shard = shards[hashed.hash >> 7U & 15U];
  const std::scoped_lock lock(shard.mutex);
  const auto found = shard.texts.find(hashed);
  if (found != shard.texts.end()) return *found;
  return *shard.texts.emplace(text).first;
}

}  // namespace

Symbol::Symbol() noexcept : m_text(&empty_text()) {}
Symbol::Symbol(std::string_view text) : m_text(&intern(text)) {}

}  // namespace postern::base
