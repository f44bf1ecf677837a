// SPDX-License-Identifier: Apache-2.0
// Hints for names that are not known.
#include "cel/suggest.h"

#include <postern/base/text.h>

#include <algorithm>
#include <vector>

namespace postern::cel {

std::string suggestion(std::string_view word, std::span<const std::string_view> candidates, std::string_view introduction) {
  std::vector<std::string_view> sayable;  // names that source text can spell
  std::copy_if(candidates.begin(), candidates.end(), std::back_inserter(sayable),
               [](std::string_view name) { return !name.starts_with('@'); });
  if (const auto near = base::did_you_mean(word, sayable)) return "did you mean '" + *near + "'?";
  constexpr std::size_t k_few = 12;
  if (introduction.empty() || sayable.empty() || sayable.size() > k_few) return {};
  std::sort(sayable.begin(), sayable.end());
  std::string text(introduction);
  for (std::size_t i = 0; i < sayable.size(); ++i) text += (i == 0 ? "" : ", ") + std::string(sayable[i]);
  return text;
}

}  // namespace postern::cel
