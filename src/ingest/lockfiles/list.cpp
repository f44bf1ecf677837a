// SPDX-License-Identifier: Apache-2.0
// Rows of a lock file: each package once, direct or not, needed where it runs or only to build and test.
#include <ingest/codes.h>
#include <ingest/lockfiles/list.h>
#include <package/purl.h>

#include <algorithm>
#include <deque>
#include <limits>
#include <tuple>

namespace postern::ingest::lockfiles {
namespace {

constexpr std::uint32_t k_far = std::numeric_limits<std::uint32_t>::max();

/// The parts of a name by the rules of its package manager.
package::PackageUrl parts_of(std::string_view type, const Package& package) {
  package::PackageUrl url;
  url.type = std::string(type);
  url.version = package.version;
  const char separator = type == "maven" ? ':' : '/';
  const std::size_t at = package.name.rfind(separator);
  url.name = at == std::string::npos ? package.name : package.name.substr(at + 1);
  if (at != std::string::npos) url.namespace_path = package.name.substr(0, at);
  return url;
}

/// What is needed anywhere is needed.
ComponentScope wider(ComponentScope a, ComponentScope b) {
  if (a == b) return a;
  for (const ComponentScope each : {ComponentScope::required, ComponentScope::unknown, ComponentScope::optional}) {
    if (a == each || b == each) return each;
  }
  return a;
}

model::Symbol lines_of_licences(std::vector<std::string> licences) {
  std::sort(licences.begin(), licences.end());
  licences.erase(std::unique(licences.begin(), licences.end()), licences.end());
  std::string text;
  for (const std::string& each : licences) {
    if (!each.empty()) text += (text.empty() ? "" : "\n") + each;
  }
  return model::Symbol(text);
}

}  // namespace

List::List(std::string_view type, base::Location top, base::DiagnosticSink& sink)
    : m_type(type), m_top(std::move(top)), m_sink(sink) {}

List::Index List::add(const Package& package) {
  const auto [place, fresh] = m_places.emplace(std::make_pair(package.name, package.version), m_packages.size());
  if (fresh) {
    m_packages.push_back(package);
  } else {
    Package& present = m_packages[place->second];
    present.scope = wider(present.scope, package.scope);
  }
  return place->second;
}

void List::name_directly(Index package, Use use) {
  const auto [place, fresh] = m_direct.emplace(package, use);
  if (!fresh && use == Use::production) place->second = use;
}

void List::lost(const base::Location& at, const std::string& message) {
  constexpr std::size_t k_most = 5;
  if (++m_lost > k_most) return;
  m_sink.warning(std::string(code::k_lock_file), at, message,
                 "write the lock file again with its package manager; this package is unknown");
}

/// Breadth first from what the whole names itself.
List::Reached List::walk(bool with_development) const {
  Reached reached{std::vector<std::uint32_t>(m_packages.size(), k_far), std::vector<std::int64_t>(m_packages.size(), -1)};
  std::deque<Index> queue;
  for (const auto& [index, use] : m_direct) {
    if (use == Use::development && !with_development) continue;
    reached.distance[index] = 1;
    reached.origin[index] = index;
    queue.push_back(index);
  }
  while (!queue.empty()) {
    const Index from = queue.front();
    queue.pop_front();
    auto edge = std::lower_bound(m_edges.begin(), m_edges.end(), std::make_pair(from, Index{0}));
    for (; edge != m_edges.end() && edge->first == from; ++edge) {
      if (reached.distance[edge->second] != k_far) continue;
      reached.distance[edge->second] = reached.distance[from] + 1;
      reached.origin[edge->second] = reached.origin[from];
      queue.push_back(edge->second);
    }
  }
  return reached;
}

void List::settle(std::vector<model::Library>& rows) {
  if (m_direct.empty()) return;
  std::sort(m_edges.begin(), m_edges.end());
  const Reached everything = walk(true);
  const Reached needed = walk(false);
  const bool tells_development =
      std::any_of(m_direct.begin(), m_direct.end(), [](const auto& each) { return each.second == Use::development; });
  for (std::size_t at = 0; at < rows.size(); ++at) {
    const Reached& way = needed.distance[at] == k_far ? everything : needed;
    if (way.distance[at] == 1) rows[at].directness = model::Directness::direct;
    if (way.distance[at] != 1) rows[at].directness = model::Directness::transitive;
    if (way.distance[at] > 1 && way.distance[at] != k_far)
      rows[at].introduced_by = rows[static_cast<std::size_t>(way.origin[at])].name;
    if (rows[at].scope != ComponentScope::unknown || !tells_development) continue;
    if (needed.distance[at] != k_far) {
      rows[at].scope = ComponentScope::required;
    } else if (everything.distance[at] != k_far) {
      rows[at].scope = ComponentScope::excluded;
    }
  }
}

model::SbomFact List::finish() {
  model::SbomFact fact;
  fact.source = model::SbomSource::lock_file;
  fact.location = m_top;
  fact.name = model::Symbol(m_name);
  fact.version = model::Symbol(m_version);
  std::vector<model::Library> rows;
  std::vector<bool> is_named(m_packages.size(), true);
  for (const Package& package : m_packages) {
    package::PurlReading built = package::build_purl(parts_of(m_type, package));
    model::Library row;
    if (built.purl) {
      row.purl = model::Symbol(identity_of(*built.purl));
      row.name = model::Symbol(display_name(*built.purl));
    } else {
      lost(package.at, "'" + package.name.substr(0, 200) + "' is no name of a package of type " + std::string(m_type));
      is_named[rows.size()] = false;
    }
    row.version = model::Symbol(package.version);
    row.licences = lines_of_licences(package.licences);
    row.line = package.at.line;
    row.column = package.at.column;
    row.scope = package.scope;
    rows.push_back(row);
  }
  settle(rows);
  for (std::size_t at = 0; at < rows.size(); ++at) {
    if (is_named[at]) fact.libraries.push_back(rows[at]);
  }
  std::sort(fact.libraries.begin(), fact.libraries.end(), [](const model::Library& a, const model::Library& b) {
    return std::tie(a.purl, a.version, a.licences, a.line, a.column) < std::tie(b.purl, b.version, b.licences, b.line, b.column);
  });
  fact.complete = m_lost == 0;
  return fact;
}

}  // namespace postern::ingest::lockfiles
