// SPDX-License-Identifier: Apache-2.0
// Bills of materials in CycloneDX 1.6 of what was discovered: of one service, or of the application with its services as parts.
#pragma once
#include <postern/model/graph.h>
#include <postern/model/weakness.h>

#include <string>
#include <vector>

namespace postern::app {

/// A service, or an application that no workload is known for, with the rows of everything that lists its libraries.
struct BomService {
  model::EntityIndex entity = 0;
  std::vector<const model::Library*> rows;
  bool is_known = true;  ///< false: rows may be missing, or nobody says what it is made of
};

/// What a document is made from.
struct BomSource {
  const model::ArchitectureGraph& graph;
  std::string application;
  std::string timestamp;  ///< RFC 3339; empty: none is written, so that the same input gives the same bytes
  std::vector<BomService> services;
};

/// The workloads of a derived graph, and the applications that bills of materials are about, in the order of the graph.
[[nodiscard]] std::vector<BomService> bom_services(const model::ArchitectureGraph& graph,
                                                   const std::vector<model::Component>& components);

/// The document about one of them: it is what the document is about, its image too, and its libraries are the components.
[[nodiscard]] std::string service_bom(const BomSource& source, const BomService& service);

/// The document about all of them: services are components that depend on their libraries; a library that several have is one.
[[nodiscard]] std::string application_bom(const BomSource& source);

}  // namespace postern::app
