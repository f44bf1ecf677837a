// SPDX-License-Identifier: Apache-2.0
// What will be in an index: advisories as they come in, the newest of each id; texts wait on disk, so memory is bounded.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "platform/replaced_file.h"
#include "threatdb/identifier_pool.h"
#include "threatdb/index.h"
#include "threatdb/record_codec.h"
#include "threatdb/source_info.h"

namespace postern::threatdb {

/// The head of one advisory.
struct CollectedHead {
  std::uint64_t offset = 0;   ///< in the spool
  std::uint64_t content = 0;  ///< hash of all its pieces, which settles what is kept of two that were changed at the same moment
  Moment modified = k_never;
  std::uint32_t size = 0;
  std::uint32_t id = 0;  ///< in the pool
  bool is_alive = true;  ///< a newer one of the same id came otherwise
};

/// What an advisory says about one package.
struct CollectedPackage {
  std::uint64_t key_hash = 0;
  std::uint64_t offset = 0;
  std::uint32_t size = 0;
  std::uint32_t head = 0;  ///< index of its advisory
};

/// One score of EPSS.
struct ProbabilityInput {
  std::uint64_t key = 0;
  float probability = 0;
  float percentile = -1;
};

class Collection {
 public:
  /// `folder` holds the spool. Throws UsageError.
  explicit Collection(const std::string& folder) : m_spool(folder) {}

  /// Keeps an advisory unless a newer one of the same id is there already. The outcome does not depend on the order of calls.
  void add(const EncodedAdvisory& advisory);
  /// Takes over the advisories of another index whose ids are not there yet.
  void carry_over(const Index& held);

  std::vector<std::string> exploited;  ///< encoded rows of KEV
  std::vector<ProbabilityInput> probabilities;

  /// For the writer.
  [[nodiscard]] const std::vector<CollectedHead>& heads() const noexcept { return m_heads; }
  [[nodiscard]] const std::vector<CollectedPackage>& packages() const noexcept { return m_packages; }
  [[nodiscard]] IdentifierPool& pool() noexcept { return m_pool; }
  /// Everything that heads and packages point into; nothing is added afterwards.
  [[nodiscard]] std::string_view bytes() { return m_spool.read(); }

 private:
  [[nodiscard]] std::uint32_t add_head(std::string_view bytes, std::uint64_t content);
  platform::SpoolFile m_spool;
  IdentifierPool m_pool;
  std::vector<CollectedHead> m_heads;
  std::vector<CollectedPackage> m_packages;
  std::vector<std::uint32_t> m_head_of;  ///< by number in the pool: index of the head + 1
};

}  // namespace postern::threatdb
