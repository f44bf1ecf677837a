// SPDX-License-Identifier: Apache-2.0
// Resources of one deployment, in whatever language -> facts. Resources come one after the other; what they say of one another is
// settled at the end.
#pragma once
#include <ingest/cloud/containers.h>
#include <ingest/cloud/openings.h>
#include <ingest/cloud/resource_types.h>
#include <ingest/cloud/value.h>
#include <postern/model/fact.h>

#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace postern::ingest::cloud {

/// Whether secrets among the arguments were written by people (a finding) or filled in by the provider (every state has them).
enum class Authorship : std::uint8_t { written, recorded };

/// One resource as its language declares it.
struct Resource {
  std::string address;                       ///< declared address: its identity
  std::string type;                          ///< as the language calls it
  std::string label;                         ///< what people call it where no argument says more
  std::string name;                          ///< what people call it whatever arguments say; may be empty
  Value arguments;                           ///< a map
  std::string region;                        ///< of the provider; may be empty
  std::string condition;                     ///< on what its existence depends; empty: it is there
  std::vector<std::string> former;           ///< addresses that it had before
  std::vector<model::Attribute> attributes;  ///< what its language says of it beside arguments
  std::vector<model::Alias> aliases;
  Authorship authorship = Authorship::written;
  bool is_data = false;      ///< looks something up and creates nothing
  bool is_live = false;      ///< was found running, so its address is not that of what declares it
  bool has_defaults = true;  ///< what is not set is as its type has it by default
  bool is_module = false;    ///< stands for a module whose content is not there; `type` is its source
  base::Location location;
};

/// How former addresses are kept as aliases of an entity.
inline constexpr std::string_view k_former_prefix = "was:";

/// Aliases by which what runs and what declares it find each other: behind it stands an id of the provider, or type and name.
inline constexpr std::string_view k_live_prefix = "live:";
inline constexpr std::string_view k_named_prefix = "named:";

class Collector {
 public:
  void add(Resource resource);
  /// Hands on the facts of all resources, in the order in which they came. `emit(index, fact)`: index of the resource.
  void finish(const std::function<void(std::size_t, model::Fact)>& emit);
  [[nodiscard]] std::size_t size() const noexcept { return m_resources.size(); }

 private:
  /// An argument that may lead to another resource.
  struct Link {
    std::string argument;  ///< path
    std::vector<Reference> references;
    std::vector<std::string> texts;  ///< ids and names
    base::Location location;
  };
  /// What a secret holds of other resources.
  struct Content {
    std::string key;  ///< empty: all of it
    std::vector<Reference> references;
  };
  struct Known {
    model::EntityFact entity;
    std::string address;
    std::string type;
    const ResourceType* row = nullptr;
    std::vector<Link> links;
    Containers containers;
    Openings openings;
    std::vector<model::MentionFact> mentions;
    std::vector<Content> contents;
    bool open_policy = false;
    bool kept = true;  ///< is an entity
  };

  void read(const Resource& resource, const Value& arguments, Known& known);
  static void read_contents(const std::vector<Leaf>& leaves, Known& known);
  [[nodiscard]] std::set<std::size_t> behind(std::size_t endpoint) const;
  [[nodiscard]] std::set<std::size_t> told_by_secrets(const VariableReference& variable,
                                                      const std::set<std::size_t>& secrets) const;
  static void read_policies(const Resource& resource, const Value& arguments, std::vector<Leaf>& leaves, Known& known);
  void read_settings(const Resource& resource, const std::vector<Leaf>& leaves, Known& known);
  void index(std::size_t at, const Value& arguments, bool live);
  [[nodiscard]] std::vector<std::size_t> find(const Reference& reference) const;
  [[nodiscard]] std::vector<std::size_t> find_text(const Link& link, const std::string& text) const;
  [[nodiscard]] std::vector<std::size_t> targets_of(const Link& link) const;
  [[nodiscard]] std::vector<std::size_t> linked(std::size_t from, std::span<const std::string_view> arguments) const;
  [[nodiscard]] std::set<std::size_t> named_in(const VariableReference& variable) const;
  void contribute(std::size_t from);
  void share_containers();
  void name_ranges();
  void settle_openings();
  void link(std::size_t from, const std::function<void(std::size_t, model::Fact)>& emit) const;
  void link_variables(std::size_t from, const std::function<void(std::size_t, model::Fact)>& emit);

  std::vector<Known> m_resources;
  std::unordered_map<std::string, std::vector<std::size_t>> m_by_address;  ///< with and without index
  std::unordered_map<std::string, std::vector<std::size_t>> m_by_id;
  std::unordered_map<std::string, std::vector<std::size_t>> m_by_name;
};

}  // namespace postern::ingest::cloud
