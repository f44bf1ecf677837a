// SPDX-License-Identifier: Apache-2.0
// The order of classification: what runs, what is outside, what relations do, what data is held.
#include "classify/classify.h"

#include "classify/steps.h"

namespace postern::classify {

void classify(model::ArchitectureGraph& graph) {
  classify_technology(graph);
  classify_infrastructure(graph);
  classify_outside(graph);
  classify_places(graph);
  classify_relations(graph);
}

void classify_contents(model::ArchitectureGraph& graph) {
  classify_relations(graph);  // some lead elsewhere since their entities were joined
  classify_fields(graph);
  classify_data(graph);
  classify_business(graph);
  classify_business(graph);
}

}  // namespace postern::classify
