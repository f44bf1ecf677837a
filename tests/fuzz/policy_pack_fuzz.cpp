// SPDX-License-Identifier: Apache-2.0
// Any bytes as a policy pack: diagnostics or a pack that evaluates, never a crash.
#include <postern/base/error.h>

#include <cstddef>
#include <cstdint>
#include <string>

#include "policy/evaluate.h"

namespace {

using namespace postern;

/// A state with one exposed workload, so that conditions have something to look at.
const model::ArchitectureGraph& state() {
  static const model::ArchitectureGraph k_state = [] {
    model::GraphFragment fragment;
    model::Entity web;
    web.id = {base::Symbol("app"), base::Symbol("target"), base::Symbol("shop/web")};
    web.name = base::Symbol("web");
    web.attributes.set(model::attribute::exposure, base::Symbol("internet"));
    web.attributes.set(model::attribute::image, base::Symbol("shop/web:1"), {}, base::Symbol("main"));
    fragment.entities.push_back(web);
    web.id.address = base::Symbol("shop/db");
    web.kind = model::EntityKind::datastore;
    fragment.entities.push_back(web);
    model::Relation relation;
    relation.target = 1;
    fragment.relations.push_back(relation);
    return model::ArchitectureGraph(std::move(fragment));
  }();
  return k_state;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const model::ArchitectureGraph k_nothing;
  base::DiagnosticSink sink;
  const policy::PackFile file{"pack.yaml", std::string(reinterpret_cast<const char*>(data), size)};
  try {
    const policy::PackSet packs = policy::load_packs({&file, 1}, policy::PackOrigin::custom, sink);
    (void)policy::evaluate(packs, {k_nothing}, {state()}, {}, {}, {.threads = 1});
  } catch (const UsageError&) {
    if (!sink.has_errors()) __builtin_trap();  // refused without a word
  }
  return 0;
}
