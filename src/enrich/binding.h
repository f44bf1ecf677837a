// SPDX-License-Identifier: Apache-2.0
// Which entities of a state a row of a tool's report is about.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "enrich/enrich.h"

namespace postern::enrich {

/// One entity that a row is about, and its component where the row is about a package.
struct Bound {
  model::EntityIndex entity = 0;
  const model::Component* component = nullptr;
};

/// How a row found its entities; only the first two say that the very same build is meant.
enum class BoundBy : std::uint8_t { nothing, component, image, address, file, host, name };

struct Binding {
  BoundBy by = BoundBy::nothing;
  std::vector<Bound> entities;  ///< sorted by entity
};

/// All names by which reports may mean an entity.
class Binder {
 public:
  explicit Binder(const State& state);

  /// By the component (package and version, within the images that the report is about), by the image, the address of the resource,
  /// the file, the host, the name of what was scanned; the first of these that finds any decides.
  [[nodiscard]] Binding bind(const model::ReportFact& report, const model::ReportedFinding& row) const;
  /// The same for a row that says that something is not so: of the image that it names, and of no other one that has the component.
  /// A name without a registry is that of the image in any.
  [[nodiscard]] Binding bind_closing(const model::ReportFact& report, const model::ReportedFinding& row) const;

 private:
  using Index = std::unordered_map<std::string, std::vector<model::EntityIndex>>;
  void add_names(model::EntityIndex index);
  void add_components();
  /// Sorted.
  [[nodiscard]] std::vector<model::EntityIndex> by_image(const model::ReportFact& report, const model::ReportedFinding& row) const;
  [[nodiscard]] std::vector<Bound> by_component(const model::ReportedFinding& row,
                                                const std::vector<model::EntityIndex>& within) const;
  /// One address a line.
  [[nodiscard]] std::vector<model::EntityIndex> by_addresses(std::string_view resources) const;
  [[nodiscard]] std::vector<model::EntityIndex> by_address(std::string_view resource) const;
  [[nodiscard]] std::vector<model::EntityIndex> by_file(const model::ReportedFinding& row) const;
  [[nodiscard]] std::vector<model::EntityIndex> by_folder(std::string_view path) const;
  [[nodiscard]] std::vector<model::EntityIndex> by_host(std::string_view url) const;
  [[nodiscard]] std::vector<model::EntityIndex> by_subject(const model::ReportFact& report) const;

  const State& m_state;
  Index m_by_image;  ///< reference with tag, and digest
  Index m_by_repository;
  Index m_by_address;  ///< lower case; also ids of providers
  Index m_by_file;     ///< last part of the path
  Index m_by_host;
  Index m_by_name;                                                   ///< workloads only, lower case
  std::unordered_map<std::string, std::vector<Bound>> m_by_package;  ///< package URL or name, lower case
};

}  // namespace postern::enrich
