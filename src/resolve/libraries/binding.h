// SPDX-License-Identifier: Apache-2.0
// Which workloads a bill of materials belongs to.
#pragma once
#include <postern/model/graph.h>
#include <postern/model/snapshot.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace postern::resolve::libraries {

/// The service that the configuration names for a file, if it names one.
using ServiceOfFile = std::function<std::optional<std::string>(std::string_view path)>;

/// One bill of materials of a state. Borrowed from the state's view.
struct Sbom {
  const model::SbomFact* fact = nullptr;
  const model::UnitId* unit = nullptr;
  model::Symbol path;
  bool is_retained = false;  ///< of the baseline, in a candidate state
};
/// All of a state, in its order.
[[nodiscard]] std::vector<Sbom> sboms_of(const model::StateView& view);

/// The workloads of a graph by everything that a bill of materials may call them.
class Binder {
 public:
  Binder(const model::ArchitectureGraph& graph, const ServiceOfFile& service_of_file);

  /// The workloads whose libraries these are, sorted: by the configuration, by the image's digest, its reference, its repository,
  /// by the name of what it is about, by the file's name; the first of these that finds any decides. Empty when none does, or when
  /// what is found runs different images; then a warning says so.
  [[nodiscard]] std::vector<model::EntityIndex> owners_of(const Sbom& sbom, base::DiagnosticSink& sink) const;

 private:
  using Index = std::unordered_map<std::string, std::vector<model::EntityIndex>>;
  [[nodiscard]] std::vector<model::EntityIndex> find(const Index& index, const std::string& text, const Sbom& sbom) const;
  [[nodiscard]] std::vector<model::EntityIndex> by_image(const Sbom& sbom) const;
  [[nodiscard]] std::vector<model::EntityIndex> by_name(const std::vector<std::string>& names, const Sbom& sbom) const;
  [[nodiscard]] bool run_one_image(const std::vector<model::EntityIndex>& owners) const;
  [[nodiscard]] std::vector<model::EntityIndex> workloads_beside(const Sbom& sbom) const;
  void warn(std::string_view code, const Sbom& sbom, const std::string& message, const std::vector<model::EntityIndex>& candidates,
            base::DiagnosticSink& sink) const;

  const model::ArchitectureGraph& m_graph;
  const ServiceOfFile& m_service_of_file;
  Index m_by_digest;
  Index m_by_reference;   ///< repository:tag
  Index m_by_repository;  ///< complete
  Index m_by_image;       ///< last part of the repository
  Index m_by_name;        ///< of the workload, and its address
};

/// The images that an entity runs, as written, sorted.
[[nodiscard]] std::vector<std::string> images_of(const model::Entity& entity);

/// What the bill of materials is about, in words; the file where it does not say.
[[nodiscard]] std::string title_of(const Sbom& sbom);

}  // namespace postern::resolve::libraries
