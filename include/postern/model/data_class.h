// SPDX-License-Identifier: Apache-2.0
// What the words for classes of data mean, whoever wrote them.
#pragma once
#include <string_view>

namespace postern::model {

/// Whether data of this class is such as must be notified when it is lost, or whose loss is fined or abused: personal, payment,
/// health and financial data, government ids, special categories, credentials. `written` is a word of the classifier (`PII`,
/// `GOV_ID`) or of the risk model (`payment_card`), in any case; details behind `:`, `/`, `@` or a space are no part of it.
[[nodiscard]] bool is_sensitive_class(std::string_view written);

}  // namespace postern::model
