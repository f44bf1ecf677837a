// SPDX-License-Identifier: Apache-2.0
// Rows of a bill of materials, and which of them the whole names itself.
#include <ingest/codes.h>
#include <ingest/sbom/inventory.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <deque>
#include <limits>
#include <tuple>

namespace postern::ingest::sbom {
namespace {

using base::Symbol;
using model::Library;

Symbol licences_of(std::vector<std::string> licences) {
  std::sort(licences.begin(), licences.end());
  licences.erase(std::unique(licences.begin(), licences.end()), licences.end());
  std::string text;
  for (std::string& licence : licences) {
    std::replace(licence.begin(), licence.end(), '\n', ' ');
    if (!licence.empty()) text += (text.empty() ? "" : "\n") + licence;
  }
  return Symbol(text);
}

auto order_of(const Library& row) { return std::tie(row.purl, row.version, row.licences, row.line, row.column); }

/// Which release of which distribution a package is of, and its source package: advisories speak of these.
std::string telling_qualifiers(package::PackageUrl purl) {
  constexpr std::array<std::string_view, 4> k_telling = {"distro", "epoch", "source", "upstream"};
  std::erase_if(purl.qualifiers, [&](const auto& each) { return std::ranges::find(k_telling, each.first) == k_telling.end(); });
  if (purl.qualifiers.empty()) return {};
  purl.subpath.clear();
  const std::string text = to_string(purl);
  return text.substr(text.find('?') + 1);
}

/// `v1.2` and `1.2` are one, as are those that differ in what follows (builds, epochs): only what has nothing in common is another
/// one.
bool is_another_version(std::string_view a, std::string_view b) {
  const auto holds = [](std::string_view longer, std::string_view shorter) {
    return longer.find(shorter) != std::string_view::npos;
  };
  return !a.empty() && !b.empty() && !holds(a, b) && !holds(b, a);
}

}  // namespace

std::uint32_t Inventory::new_place(std::int64_t library) {
  m_nodes.push_back({library});
  return static_cast<std::uint32_t>(m_nodes.size() - 1);
}

void Inventory::set_root(std::string_view reference) {
  if (m_root) return;
  m_root = new_place(-1);
  if (!reference.empty()) m_places.emplace(reference, *m_root);
}

void Inventory::add(const Component& component, const Place& at) {
  std::int64_t index = -1;
  if (component.is_row) {
    Library row;
    const auto purl = component.purl.empty() ? std::nullopt : package::parse_purl(base::trim(component.purl));
    if (!component.purl.empty() && !purl) {
      m_trouble.odd(code::k_bad_purl, at, "'" + std::string(component.purl) + "' is not a package URL",
                    "expected pkg:TYPE/NAMESPACE/NAME@VERSION; the component is known by its name instead");
    }
    row.purl = Symbol(purl ? identity_of(*purl) : std::string(to_string(component.type)) + ':' + std::string(component.name));
    row.name = Symbol(purl ? display_name(*purl) : std::string(component.name));
    row.version = Symbol(component.version.empty() && purl ? std::string_view(purl->version) : component.version);
    if (purl) row.qualifiers = Symbol(telling_qualifiers(*purl));
    row.licences = licences_of(component.licences);
    const base::Location location = at.location();
    row.line = location.line;
    row.column = location.column;
    row.type = component.type;
    row.scope = component.scope;
    index = static_cast<std::int64_t>(m_libraries.size());
    m_libraries.push_back(row);
    if (purl && is_another_version(purl->version, row.version.view())) {
      m_trouble.odd(code::k_bad_purl, at,
                    "the version '" + row.version.str() + "' is not that of the package URL, '" + purl->version + "'",
                    "both count; generate the bill of materials again");
      row.version = Symbol(purl->version);
      m_libraries.push_back(row);
    }
  }
  if (component.reference.empty()) return;
  const auto [place, fresh] = m_places.emplace(component.reference, 0);
  if (fresh) {
    place->second = new_place(index);
  } else {
    m_trouble.odd(code::k_duplicate_reference, at,
                  "the reference '" + std::string(component.reference) + "' stands for two components",
                  "references must be unique; dependencies are counted for the first");
  }
}

std::optional<std::uint32_t> Inventory::place_of(std::string_view reference, const Place& at) {
  const auto place = m_places.find(reference);
  if (place != m_places.end()) return place->second;
  m_trouble.odd(code::k_dangling_reference, at,
                "a dependency names '" + std::string(reference) + "', which no component has as its reference",
                "the dependency is left out; generate the bill of materials again");
  return std::nullopt;
}

void Inventory::depend(std::string_view from, std::string_view to, const Place& at) {
  const auto source = place_of(from, at);
  const auto target = place_of(to, at);
  if (source && target) m_edges.emplace_back(*source, *target);
}

void Inventory::set_scope(std::string_view reference, model::ComponentScope scope) {
  const auto place = m_places.find(reference);
  if (place == m_places.end() || m_nodes[place->second].library < 0) return;
  m_libraries[static_cast<std::size_t>(m_nodes[place->second].library)].scope = scope;
}

/// Breadth first from the whole: a step to a row costs one, a step to what only leads on costs nothing.
void Inventory::settle_directness() {
  if (!m_root || m_edges.empty()) return;
  std::sort(m_edges.begin(), m_edges.end());
  const auto edges_of = [&](std::uint32_t node) {
    return std::equal_range(m_edges.begin(), m_edges.end(), std::make_pair(node, std::uint32_t{0}),
                            [](const auto& a, const auto& b) { return a.first < b.first; });
  };
  constexpr std::uint32_t k_far = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::uint32_t> distance(m_nodes.size(), k_far);
  std::vector<std::int64_t> origin(m_nodes.size(), -1);  // the direct row through which a node was reached
  std::deque<std::uint32_t> queue{*m_root};
  std::vector<bool> done(m_nodes.size(), false);
  distance[*m_root] = 0;
  while (!queue.empty()) {
    const std::uint32_t node = queue.front();
    queue.pop_front();
    if (done[node]) continue;
    done[node] = true;
    const auto [first, last] = edges_of(node);
    for (auto edge = first; edge != last; ++edge) {
      const std::uint32_t target = edge->second;
      const std::uint32_t step = m_nodes[target].library < 0 ? 0 : 1;
      if (distance[node] + step >= distance[target]) continue;
      distance[target] = distance[node] + step;
      origin[target] = origin[node] >= 0 ? origin[node] : m_nodes[target].library;
      if (step == 0)
        queue.push_front(target);
      else
        queue.push_back(target);
    }
  }
  for (std::size_t node = 0; node < m_nodes.size(); ++node) {
    if (m_nodes[node].library < 0 || distance[node] == k_far) continue;
    Library& row = m_libraries[static_cast<std::size_t>(m_nodes[node].library)];
    row.directness = distance[node] <= 1 ? model::Directness::direct : model::Directness::transitive;
    if (distance[node] > 1) row.introduced_by = m_libraries[static_cast<std::size_t>(origin[node])].name;
  }
}

std::vector<Library> Inventory::finish() {
  settle_directness();
  std::sort(m_libraries.begin(), m_libraries.end(), [](const Library& a, const Library& b) { return order_of(a) < order_of(b); });
  return std::move(m_libraries);
}

void add_image(std::string_view reference, model::SbomFact& fact) {
  constexpr std::string_view k_digest = "sha256:";
  const std::size_t at = reference.find('@');
  const std::string_view digest = at == std::string_view::npos ? reference : reference.substr(at + 1);
  if (digest.starts_with(k_digest)) fact.digests.emplace_back(digest);
  if (digest.starts_with(k_digest) && at == std::string_view::npos) return;
  if (!reference.empty() && reference.find(' ') == std::string_view::npos) fact.images.emplace_back(reference);
}

void add_image(const package::PackageUrl& purl, model::SbomFact& fact) {
  if (purl.type != "oci" && purl.type != "docker") return;
  const std::string_view repository = purl.qualifier("repository_url");
  std::string name = purl.namespace_path.empty() ? purl.name : purl.namespace_path + '/' + purl.name;
  // Of type oci the repository is the whole name; of type docker it is the registry.
  if (!repository.empty()) {
    const bool is_whole = repository.substr(repository.rfind('/') + 1) == purl.name;
    name = is_whole ? std::string(repository) : std::string(repository) + '/' + name;
  }
  const bool is_digest = purl.version.starts_with("sha256:");
  const std::string_view tag = is_digest ? purl.qualifier("tag") : std::string_view(purl.version);
  if (!tag.empty()) name += ':' + std::string(tag);
  if (is_digest) name += '@' + purl.version;
  add_image(name, fact);
}

void finish(model::SbomFact& fact, Inventory& inventory, Trouble& trouble) {
  const auto settle = [](std::vector<Symbol>& texts) {
    std::sort(texts.begin(), texts.end());
    texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  };
  settle(fact.images);
  settle(fact.digests);
  fact.complete = trouble.is_complete() && inventory.has_rows();
  fact.libraries = inventory.finish();
  trouble.finish();
}

}  // namespace postern::ingest::sbom
