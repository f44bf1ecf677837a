// SPDX-License-Identifier: Apache-2.0
// Facts of many documents -> one linked graph. The only place where facts from different sources meet.
#pragma once
#include <postern/model/graph.h>
#include <postern/model/snapshot.h>

#include <cstdint>
#include <map>

#include "resolve/address_book.h"

namespace postern::resolve {

/// A linked state with what the linker counted on the way.
struct Resolution {
  model::ArchitectureGraph graph;
  std::uint64_t facts = 0;
  std::map<base::Symbol, std::uint64_t> unread_kinds;  ///< kinds that no extractor reads
};

/// Links a state. Two declarations of one entity that contradict each other are an error diagnostic (P2001); of their attributes
/// the riskier counts. Names that nothing declares become entities of kind `unresolved`. `addresses` saves time where it holds what
/// the settings of this state say; the result is the same with an empty one.
[[nodiscard]] Resolution resolve(const model::StateView& state, const AddressBook& addresses, base::DiagnosticSink& diagnostics);

}  // namespace postern::resolve
