// SPDX-License-Identifier: Apache-2.0
// The words of a field's name as patterns compare them: full words without accents, short forms and grown-together words taken
// apart.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace postern::connection {

/// `cust_acct_no` -> customer, account, number; `kreditkartennummer` -> credit, card, number; `date_de_naissance` -> date,
/// naissance. A word that `is_known` says yes to is never taken apart.
[[nodiscard]] std::vector<std::string> field_words(std::string_view name, const std::function<bool(std::string_view)>& is_known);

/// The same for a pattern, whose words are known by definition.
[[nodiscard]] std::vector<std::string> pattern_words(std::string_view pattern);

/// The words of each pattern in a cell of a table.
[[nodiscard]] std::vector<std::vector<std::string>> patterns_of(std::string_view cell);

}  // namespace postern::connection
