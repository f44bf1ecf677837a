// SPDX-License-Identifier: Apache-2.0
// RE2 behind the interface of regex.h.
#include "cel/regex.h"

#include <re2/re2.h>

namespace postern::cel {
namespace {

constexpr int k_most_instructions = 10'000;
constexpr std::int64_t k_most_memory = std::int64_t{4} << 20;
constexpr std::size_t k_longest_pattern = 4'096;

class Re2Regex final : public Regex {
 public:
  Re2Regex(std::string_view pattern, const RE2::Options& options)
      : m_pattern(re2::StringPiece(pattern.data(), pattern.size()), options) {}
  [[nodiscard]] const RE2& pattern() const { return m_pattern; }
  [[nodiscard]] bool finds(std::string_view text) const override {
    return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), m_pattern);
  }

  [[nodiscard]] std::size_t program_size() const override { return static_cast<std::size_t>(m_pattern.ProgramSize()); }

 private:
  RE2 m_pattern;
};

}  // namespace

std::variant<std::shared_ptr<const Regex>, std::string> Regex::compile(std::string_view pattern) {
  if (pattern.size() > k_longest_pattern) return "the regular expression is too long";
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(k_most_memory);
  auto regex = std::make_shared<const Re2Regex>(pattern, options);
  if (!regex->pattern().ok()) return "malformed regular expression: " + regex->pattern().error();
  if (regex->pattern().ProgramSize() > k_most_instructions) return "the regular expression is too complex";
  return std::shared_ptr<const Regex>(std::move(regex));
}

}  // namespace postern::cel
