// SPDX-License-Identifier: Apache-2.0
// Reads one resource after the other, and settles what they say of one another.
#include <connection/redact.h>
#include <ingest/cloud/collector.h>
#include <ingest/cloud/names.h>
#include <ingest/cloud/policy_document.h>
#include <ingest/cloud/relations.h>
#include <ingest/cloud/release.h>
#include <ingest/mention.h>
#include <postern/base/digest.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <set>

namespace postern::ingest::cloud {
namespace {

using namespace model::attribute;
using base::Symbol;
using model::EntityKind;
using model::RelationKind;

constexpr std::size_t k_longest_setting = 200;
constexpr std::size_t k_most_settings = 300;
constexpr std::size_t k_longest_id = 512;

void set(std::vector<model::Attribute>& rows, const model::AttributeDefinition& definition, model::AttributeValue value,
         const base::Location& location) {
  const auto at = std::find_if(rows.begin(), rows.end(), [&](const model::Attribute& row) {
    return row.definition == &definition && row.scope.empty() && row.key.empty();
  });
  if (at != rows.end()) {
    at->value = std::move(value);
  } else {
    rows.push_back({&definition, {}, {}, std::move(value), location});
  }
}

const model::Attribute* find_row(const std::vector<model::Attribute>& rows, const model::AttributeDefinition& definition) {
  const auto at =
      std::find_if(rows.begin(), rows.end(), [&](const model::Attribute& row) { return row.definition == &definition; });
  return at == rows.end() ? nullptr : &*at;
}

bool is_true(const std::vector<model::Attribute>& rows, const model::AttributeDefinition& definition) {
  const model::Attribute* row = find_row(rows, definition);
  return row != nullptr && row->value == model::AttributeValue(true);
}

/// What a module is by its source: the registry's name says it.
EntityKind kind_of_module(std::string_view source) {
  struct Word {
    std::string_view word;
    EntityKind kind;
  };
  constexpr std::array k_words = {
      Word{"rds", EntityKind::datastore},
      Word{"aurora", EntityKind::datastore},
      Word{"opensearch", EntityKind::datastore},
      Word{"elasticsearch", EntityKind::datastore},
      Word{"dynamodb", EntityKind::datastore},
      Word{"documentdb", EntityKind::datastore},
      Word{"redshift", EntityKind::datastore},
      Word{"elasticache", EntityKind::cache},
      Word{"memory-db", EntityKind::cache},
      Word{"redis", EntityKind::cache},
      Word{"sqs", EntityKind::queue},
      Word{"sns", EntityKind::queue},
      Word{"msk", EntityKind::queue},
      Word{"eventbridge", EntityKind::queue},
      Word{"s3-bucket", EntityKind::bucket},
      Word{"lambda", EntityKind::function},
      Word{"security-group", EntityKind::network_policy},
      Word{"vpc", EntityKind::network},
      Word{"alb", EntityKind::gateway},
      Word{"elb", EntityKind::gateway},
      Word{"cloudfront", EntityKind::gateway},
      Word{"apigateway", EntityKind::gateway},
      Word{"eks", EntityKind::host},
      Word{"kms", EntityKind::key},
      Word{"secrets-manager", EntityKind::secret},
      Word{"iam", EntityKind::identity},
      Word{"sql-db", EntityKind::datastore},
      Word{"kubernetes-engine", EntityKind::host},
      Word{"app-runner", EntityKind::service},
      Word{"ecs", EntityKind::host},
      Word{"network", EntityKind::network},
      Word{"ec2-instance", EntityKind::service},
  };
  const bool registry = std::count(source.begin(), source.end(), '/') == 2 && !source.starts_with(".");
  if (!registry || source.find("//") != std::string_view::npos) return EntityKind::resource;
  const std::size_t first = source.find('/');
  const std::string_view name = source.substr(first + 1, source.find('/', first + 1) - first - 1);
  for (const Word& word : k_words) {
    if (name == word.word || name.starts_with(std::string(word.word) + "-")) return word.kind;
  }
  return EntityKind::resource;
}

/// The technology that the source of a module names.
std::string_view engine_of_module(std::string_view source) {
  for (const std::string_view word : {"opensearch", "elasticsearch", "dynamodb", "redshift", "redis", "sqs", "sns"}) {
    if (source.find(word) == std::string_view::npos) continue;
    return word == "opensearch" ? std::string_view("elasticsearch") : word;
  }
  return {};
}

/// The address without the index at its end.
std::string_view without_index(std::string_view address) {
  if (!address.ends_with(']')) return address;
  int depth = 0;
  for (std::size_t at = address.size(); at-- > 0;) {
    if (address[at] == ']') ++depth;
    if (address[at] == '[' && --depth == 0) return address.substr(0, at);
  }
  return address;
}

std::string digest_of(std::string_view text) {
  base::PartsDigest digest;
  digest.add(text);
  constexpr std::size_t k_shown = 16;
  return "sha256:" + digest.hex().substr(0, k_shown);
}

/// The name of a type in few words, for stems: `role` of `role_arn`.
std::string_view stem_of(std::string_view path) {
  std::string_view name = path.substr(path.rfind('.') + 1);
  for (const std::string_view end : {"_identifier", "_names", "_name", "_arns", "_arn", "_ids", "_id", "s"}) {
    if (name.size() > end.size() && name.ends_with(end)) return name.substr(0, name.size() - end.size());
  }
  return name;
}

bool holds_word(std::string_view text, std::string_view word) { return !word.empty() && text.find(word) != std::string_view::npos; }

bool is_reached_over_network(EntityKind kind) {
  return model::is_workload(kind) || kind == EntityKind::gateway || kind == EntityKind::endpoint;
}

}  // namespace

void Collector::add(Resource resource) {
  const std::size_t at = m_resources.size();
  Known& known = m_resources.emplace_back();
  known.address = resource.address;
  known.type = resource.type;
  known.row = resource.is_module ? nullptr : find_resource_type(resource.type);
  Value arguments = normalised(resource.arguments);
  if (known.row != nullptr && resource.has_defaults) arguments = with_defaults(arguments, *known.row);
  if (is_release(resource.type)) {
    arguments = with_chart_values(arguments);
    for (const std::string& name : service_names_of(arguments))
      known.entity.aliases.push_back({model::AliasKind::dns_name, Symbol(name)});
  }
  model::EntityFact& entity = known.entity;
  entity.address = Symbol(resource.address);
  entity.kind =
      known.row == nullptr ? (resource.is_module ? kind_of_module(resource.type) : EntityKind::resource) : known.row->kind;
  const std::string given = given_name(arguments);
  entity.name = Symbol(!resource.name.empty() ? resource.name : given.empty() ? resource.label : given);
  entity.location = resource.location;
  for (const std::string& former : resource.former) {
    entity.aliases.push_back({model::AliasKind::resource_name, Symbol(std::string(k_former_prefix) + former)});
  }
  known.kept = !resource.is_data || (known.row != nullptr && known.row->trait == TypeTrait::lookup);
  set(entity.attributes, resource_type, Symbol(resource.type), resource.location);
  if (!resource.condition.empty()) set(entity.attributes, condition, Symbol(resource.condition), resource.location);
  read(resource, arguments, known);
  entity.attributes.insert(entity.attributes.end(), resource.attributes.begin(), resource.attributes.end());
  entity.aliases.insert(entity.aliases.end(), resource.aliases.begin(), resource.aliases.end());
  index(at, arguments, resource.is_live);
}

void Collector::read(const Resource& resource, const Value& arguments, Known& known) {
  model::EntityFact& entity = known.entity;
  std::vector<Leaf> leaves = leaves_of(arguments);
  read_attributes(leaves, entity.kind, entity.attributes);
  // Of a network the zone is a part of what it is; of all else the region of the provider holds where no argument says one.
  if (find_row(entity.attributes, declared_region) == nullptr && !resource.region.empty() &&
      entity.kind != EntityKind::role_binding) {
    set(entity.attributes, declared_region, Symbol(resource.region), resource.location);
  }
  const std::string_view product = known.row != nullptr ? known.row->engine
                                   : resource.is_module ? engine_of_module(resource.type)
                                                        : std::string_view();
  if (!product.empty() && find_row(entity.attributes, engine) == nullptr)
    set(entity.attributes, engine, Symbol(product), resource.location);
  read_policies(resource, arguments, leaves, known);
  const bool release = is_release(resource.type);
  if (!release) known.containers = containers_of(arguments, leaves);
  known.openings = openings_of(arguments, resource.type);
  if (entity.kind == EntityKind::gateway) {
    const Value& internal = arguments["internal"];
    const bool scheme = base::equals_ignoring_case(arguments["scheme"].as_text(), "internal") ||
                        base::equals_ignoring_case(arguments["load_balancing_scheme"].as_text(), "INTERNAL");
    if (scheme || internal.as_boolean().value_or(false)) set(entity.attributes, gateway_internal, true, resource.location);
    if (internal.is_unknown()) set(entity.attributes, gateway_internal, model::Unknown{}, resource.location);
  }
  for (Leaf& leaf : leaves) {
    // What the provider chose is where it answers; what people wrote may as well be where it sends to.
    const std::span<const Reference> from = leaf.value->references();
    const bool recorded =
        resource.authorship == Authorship::recorded ||
        std::any_of(from.begin(), from.end(), [](const Reference& reference) { return reference.address == k_recorded_address; });
    const auto host = recorded && is_reached_over_network(entity.kind) ? host_in(leaf.path, *leaf.value) : std::nullopt;
    if (host) {
      entity.aliases.push_back({model::AliasKind::host, Symbol(*host)});
    }
    const bool names_service = leaf.path.ends_with("client_alias.dns_name") || leaf.path.ends_with("service.discovery_name");
    if (names_service && leaf.value->is_text()) {
      entity.aliases.push_back({model::AliasKind::dns_name, Symbol(base::to_lower(leaf.value->as_text()))});
    }
    if (leaf.told || leads_nowhere(leaf.path)) continue;
    Link link{leaf.path, {}, {}, leaf.value->location()};
    for (const Reference& reference : leaf.value->all_references()) {
      // In values of a chart an address is put together of what a resource hands out, as in variables of a container.
      const Reference taken{reference.address, reference.attribute, reference.whole || (release && is_chart_value(leaf.path))};
      if (means_resource(taken)) link.references.push_back(taken);
    }
    if (link.references.empty() && may_name_resource(leaf.path, *leaf.value) && !is_computed(leaf.path)) {
      const auto add = [&](const Value& value) {
        if (value.is_text() && value.as_text().size() >= 2 && value.as_text().size() <= k_longest_id)
          link.texts.emplace_back(value.as_text());
      };
      add(*leaf.value);
      for (const Value& item : leaf.value->items()) add(item);
    }
    if (!link.references.empty() || !link.texts.empty()) known.links.push_back(std::move(link));
  }
  if (entity.kind == EntityKind::secret) read_contents(leaves, known);
  read_settings(resource, leaves, known);
}

/// What of other resources is put into a secret: the host of a database, say.
void Collector::read_contents(const std::vector<Leaf>& leaves, Known& known) {
  for (const Leaf& leaf : leaves) {
    const std::string_view first = std::string_view(leaf.path).substr(0, leaf.path.find('.'));
    if (first != "secret_string" && first != "secret_data" && first != "value") continue;
    const bool whole = first.size() == leaf.path.size();
    known.contents.push_back({whole ? std::string() : std::string(leaf.name()), leaf.value->all_references()});
  }
}

void Collector::read_policies(const Resource& resource, const Value& arguments, std::vector<Leaf>& leaves, Known& known) {
  PolicyDocument document;
  const auto take = [&](const Value& value) {
    const std::size_t before = document.statements.size();
    add_policy(value, document);
    return document.statements.size() != before;
  };
  for (Leaf& leaf : leaves) {
    if (leaf.name().find("polic") == std::string_view::npos) continue;
    if (take(*leaf.value)) leaf.consumed = true;
  }
  for (const std::string_view name : {"policy", "assume_role_policy", "policy_document", "assume_role_policy_document",
                                      "key_policy", "resource_policy", "policies", "access_policies"}) {
    const Value& value = arguments[name];
    bool read = value.is_map() && take(value);
    for (const Value& item : value.items()) read |= take(item["policy_document"].is_null() ? item : item["policy_document"]);
    if (!read) continue;
    for (Leaf& leaf : leaves) {
      if (leaf.path.starts_with(name)) leaf.consumed = true;
    }
  }
  known.open_policy = document.open_to_everybody;
  if (document.statements.empty()) return;
  std::set<Symbol> texts;
  for (const std::string& statement : document.statements) texts.insert(Symbol(statement));
  set(known.entity.attributes, policy_statements, model::TextList(texts.begin(), texts.end()), resource.location);
}

void Collector::read_settings(const Resource& resource, const std::vector<Leaf>& leaves, Known& known) {
  std::set<Symbol> secrets;
  std::size_t written = 0;
  const bool is_lookup = known.row != nullptr && known.row->trait == TypeTrait::lookup;
  std::vector<model::Attribute>& rows = known.entity.attributes;
  for (const Leaf& leaf : leaves) {
    const Value& value = *leaf.value;
    if (leaf.consumed) continue;
    const auto references = value.all_references();
    const auto is_recorded = [](const Reference& reference) { return reference.address == k_recorded_address; };
    const bool recorded = std::any_of(references.begin(), references.end(), is_recorded);
    const bool filled_in = recorded || resource.authorship == Authorship::recorded;
    if (filled_in && (is_filled_in(leaf.path) || (is_computed(leaf.path) && !is_lookup))) continue;
    if (is_told_by_ranges(leaf.path, known.entity.kind == EntityKind::network_policy) || leaf.name().starts_with("resource_group"))
      continue;
    if (leaf.path.starts_with("tags") || leaf.path.starts_with("timeouts") || leaf.path.starts_with("depends_on")) continue;
    if (++written > k_most_settings) break;
    const Symbol key(leaf.key);
    if (value.sensitive()) {
      rows.push_back({&settings, {}, key, Symbol("(sensitive)"), value.location()});
      continue;
    }
    const bool from_other = !recorded && !references.empty() && references.front().whole;
    if (value.is_unknown() || (from_other && value.is_scalar())) {
      rows.push_back({&settings,
                      {},
                      key,
                      references.empty() ? model::AttributeValue(model::Unknown{})
                                         : model::AttributeValue(Symbol("from " + references.front().address)),
                      value.location()});
      continue;
    }
    std::string text(value.as_text());
    if (value.is_list()) {
      std::vector<std::string> items;
      for (const Value& item : value.items()) items.emplace_back(item.is_unknown() ? std::string_view("unknown") : item.as_text());
      std::sort(items.begin(), items.end());
      text = base::join(items, ", ");
    }
    if (text.empty() || (filled_in && (text == "false" || text == "0"))) continue;
    // `secret_permissions` lists what may be done with secrets; it holds none.
    const bool lists_rights = leaf.name().ends_with("permissions");
    const connection::Redacted redacted = connection::redact(lists_rights ? std::string_view() : leaf.name(), text);
    const bool by_people = resource.authorship == Authorship::written && value.references().empty();
    if (redacted.kind != connection::SecretKind::none && !redacted.is_placeholder) {
      if (by_people) secrets.insert(key);
      rows.push_back({&settings, {}, key, Symbol("(secret)"), value.location()});
      continue;
    }
    if (is_outgoing_address(leaf.path, value)) {
      bool leads_out = false;
      for (const connection::Endpoint& endpoint : connection::parse_endpoints({}, redacted.text, connection::ParseMode::text)) {
        if (!is_outward(endpoint)) continue;
        model::MentionFact fact = make_mention(endpoint, Discretion::open);
        fact.owner = known.entity.address;
        fact.name = Symbol("argument " + leaf.path);
        fact.location = value.location();
        known.mentions.push_back(std::move(fact));
        leads_out = true;
      }
      if (leads_out) continue;
    }
    const bool longer = redacted.text.size() > k_longest_setting || redacted.text.find('\n') != std::string::npos;
    rows.push_back({&settings, {}, key, Symbol(longer ? digest_of(redacted.text) : redacted.text), value.location()});
  }
  if (!secrets.empty()) set(rows, plaintext_secrets, model::TextList(secrets.begin(), secrets.end()), resource.location);
}

void Collector::index(std::size_t at, const Value& arguments, bool live) {
  Known& known = m_resources[at];
  m_by_address[known.address].push_back(at);
  const std::string_view base = without_index(known.address);
  if (base.size() != known.address.size()) m_by_address[std::string(base)].push_back(at);
  std::set<std::string> ids;
  for (const std::string_view key : {"id", "arn", "self_link", "dns_name", "url", "resource_id", "principal_id", "email"}) {
    const Value& value = arguments[key];
    if (value.is_text() && value.as_text().size() >= 2 && value.as_text().size() <= k_longest_id) ids.emplace(value.as_text());
  }
  for (const std::string& id : ids) m_by_id[id].push_back(at);
  std::set<std::string> names;
  for (const std::string_view key :
       {"name", "bucket", "identifier", "function_name", "cluster_identifier", "family", "table_name"}) {
    const Value& value = arguments[key];
    if (value.is_text() && !value.as_text().empty() && value.as_text().size() <= k_longest_id) names.emplace(value.as_text());
  }
  for (const std::string& name : names) m_by_name[name].push_back(at);
  if (known.row == nullptr || !known.kept || known.entity.kind == EntityKind::role_binding) return;
  const auto add = [&](const std::string& key) {
    known.entity.aliases.push_back(
        {model::AliasKind::resource_name, Symbol(std::string(live ? k_live_prefix : k_named_prefix) + key)});
  };
  for (const std::string& id : ids) {
    const bool whole = id.starts_with("arn:") || id.starts_with("projects/") || id.starts_with("/subscriptions/");
    if (whole) add(id.starts_with('/') ? base::to_lower(id) : id);
  }
  const std::string_view type = !known.row->terraform.empty() ? known.row->terraform
                                : !known.row->arm.empty()     ? known.row->arm
                                                              : known.row->cloudformation;
  const std::string given = given_name(arguments);
  if (!given.empty()) names.insert(given);
  for (const std::string& name : names) add(std::string(type) + "/" + base::to_lower(name));
}

std::vector<std::size_t> Collector::find(const Reference& reference) const {
  auto at = m_by_address.find(reference.address);
  if (at == m_by_address.end()) at = m_by_address.find(std::string(without_index(reference.address)));
  return at == m_by_address.end() ? std::vector<std::size_t>{} : at->second;
}

std::vector<std::size_t> Collector::find_text(const Link& link, const std::string& text) const {
  const std::string_view stem = stem_of(link.argument);
  std::string_view id = text;
  for (int part = 0; part < 4; ++part) {
    const auto by_id = m_by_id.find(std::string(id));
    if (by_id != m_by_id.end()) {
      if (by_id->second.size() == 1) return by_id->second;
      std::vector<std::size_t> fitting;
      for (const std::size_t at : by_id->second) {
        if (holds_word(m_resources[at].type, stem)) fitting.push_back(at);
      }
      if (fitting.size() == 1) return fitting;
      return {};
    }
    const std::size_t colon = id.starts_with("arn:") ? id.rfind(':') : std::string_view::npos;
    if (colon == std::string_view::npos) break;
    id = id.substr(0, colon);
  }
  const auto by_name = m_by_name.find(text);
  if (by_name == m_by_name.end()) return {};
  std::vector<std::size_t> fitting;
  for (const std::size_t at : by_name->second) {
    if (stem.size() >= 4 && holds_word(m_resources[at].type, stem)) fitting.push_back(at);
  }
  return fitting.size() == 1 ? fitting : std::vector<std::size_t>{};
}

std::vector<std::size_t> Collector::targets_of(const Link& link) const {
  std::set<std::size_t> targets;
  for (const Reference& reference : link.references) {
    for (const std::size_t at : find(reference)) targets.insert(at);
  }
  for (const std::string& text : link.texts) {
    for (const std::size_t at : find_text(link, text)) targets.insert(at);
  }
  return {targets.begin(), targets.end()};
}

std::vector<std::size_t> Collector::linked(std::size_t from, std::span<const std::string_view> arguments) const {
  std::set<std::size_t> targets;
  for (const Link& link : m_resources[from].links) {
    if (std::find(arguments.begin(), arguments.end(), link.argument) == arguments.end()) continue;
    for (const std::size_t at : targets_of(link)) targets.insert(at);
  }
  return {targets.begin(), targets.end()};
}

void Collector::contribute(std::size_t from) {
  Known& known = m_resources[from];
  const std::string_view type = known.row == nullptr ? std::string_view(known.type) : known.row->terraform;
  constexpr std::array<std::string_view, 6> k_groups = {"security_group_id",           "group_id",
                                                        "network_security_group_name", "network_security_group_id",
                                                        "default_security_group_id",   "parent"};
  if (known.entity.kind == EntityKind::network_policy && known.openings.declared) {
    std::vector<std::size_t> parents = linked(from, k_groups);
    constexpr std::array<std::string_view, 5> k_servers = {"server_id", "server_name", "redis_cache_name", "redis_cache_id",
                                                           "storage_account_id"};
    for (const std::size_t at : linked(from, k_servers)) parents.push_back(at);
    for (const std::size_t parent : parents) {
      if (parent == from) continue;
      Openings& openings = m_resources[parent].openings;
      openings.ingress.insert(known.openings.ingress.begin(), known.openings.ingress.end());
      openings.egress.insert(known.openings.egress.begin(), known.openings.egress.end());
      openings.declared = true;
      openings.unknown |= known.openings.unknown;
    }
  }
  const auto make_public = [&](std::span<const std::string_view> arguments, bool value) {
    for (const std::size_t at : linked(from, arguments)) {
      if (model::is_workload(m_resources[at].entity.kind))
        set(m_resources[at].entity.attributes, public_access, value, known.entity.location);
    }
  };
  constexpr std::array<std::string_view, 1> k_bucket = {"bucket"};
  const auto setting = [&](std::string_view name) -> std::string_view {
    for (const model::Attribute& row : known.entity.attributes) {
      if (row.definition != &settings || row.key.view() != name) continue;
      if (const auto* text = std::get_if<Symbol>(&row.value)) return text->view();
    }
    return {};
  };
  if (!known.contents.empty()) {
    // A version of a secret holds what the secret holds.
    constexpr std::array<std::string_view, 2> k_secret = {"secret_id", "secret"};
    for (const std::size_t at : linked(from, k_secret)) {
      if (at == from || m_resources[at].entity.kind != EntityKind::secret) continue;
      std::vector<Content>& contents = m_resources[at].contents;
      contents.insert(contents.end(), known.contents.begin(), known.contents.end());
    }
  }
  if (type.starts_with("aws_s3_bucket_")) {
    for (const std::size_t at : linked(from, k_bucket)) {
      for (const auto* definition : {&versioned, &encrypted_at_rest}) {
        const model::Attribute* row = find_row(known.entity.attributes, *definition);
        if (row != nullptr) set(m_resources[at].entity.attributes, *definition, row->value, row->location);
      }
    }
    const model::Attribute* acl = find_row(known.entity.attributes, action);
    const auto* word = acl == nullptr ? nullptr : std::get_if<Symbol>(&acl->value);
    if (known.open_policy || (word != nullptr && word->view().starts_with("public-read"))) make_public(k_bucket, true);
  }
  if (type == "aws_lambda_function_url" && (setting("authorization_type") == "NONE" || setting("auth_type") == "NONE")) {
    constexpr std::array<std::string_view, 2> k_function = {"function_name", "target_function_arn"};
    make_public(k_function, true);
  }
  if (known.entity.kind == EntityKind::role_binding) {
    const std::string members =
        std::string(setting("member")) + " " + std::string(setting("members")) + " " + std::string(setting("entity"));
    if (members.find("allUsers") != std::string::npos || members.find("allAuthenticatedUsers") != std::string::npos) {
      constexpr std::array<std::string_view, 6> k_what = {"bucket", "service", "name", "cloud_function", "topic", "dataset_id"};
      make_public(k_what, true);
    }
  }
  if (known.entity.kind == EntityKind::bucket) {
    const model::Attribute* acl = find_row(known.entity.attributes, action);
    const auto* word = acl == nullptr ? nullptr : std::get_if<Symbol>(&acl->value);
    const std::string_view control = setting("access_control");
    if ((word != nullptr && word->view().starts_with("public-read")) || control.starts_with("PublicRead"))
      set(known.entity.attributes, public_access, true, known.entity.location);
  }
}

void Collector::share_containers() {
  constexpr std::array<std::string_view, 4> k_definitions = {"task_definition", "job_definition", "task_definition_arn",
                                                             "template"};
  std::set<std::size_t> shared;
  for (std::size_t at = 0; at < m_resources.size(); ++at) {
    if (!model::is_workload(m_resources[at].entity.kind)) continue;
    for (const std::size_t definition : linked(at, k_definitions)) {
      const Known& from = m_resources[definition];
      if (from.row == nullptr || from.row->trait != TypeTrait::container_definition) continue;
      shared.insert(definition);
      Containers& own = m_resources[at].containers;
      own.rows.insert(own.rows.end(), from.containers.rows.begin(), from.containers.rows.end());
      own.settings.insert(own.settings.end(), from.containers.settings.begin(), from.containers.settings.end());
      own.variables.insert(own.variables.end(), from.containers.variables.begin(), from.containers.variables.end());
      own.aliases.insert(own.aliases.end(), from.containers.aliases.begin(), from.containers.aliases.end());
      // Roles that the definition names are those as which the service runs.
      for (const Link& link : from.links) {
        if (link.argument.find("role") != std::string::npos) m_resources[at].links.push_back(link);
      }
    }
  }
  for (std::size_t at = 0; at < m_resources.size(); ++at) {
    Known& known = m_resources[at];
    if (known.row == nullptr || known.row->trait != TypeTrait::container_definition) continue;
    if (shared.contains(at)) {
      known.containers = {};
    } else if (!known.containers.empty()) {
      known.entity.kind = EntityKind::job;
    }
  }
}

void Collector::name_ranges() {
  for (std::size_t at = 0; at < m_resources.size(); ++at) {
    Known& known = m_resources[at];
    for (model::Attribute& row : known.entity.attributes) {
      const auto* key = row.definition == &encryption_key ? std::get_if<Symbol>(&row.value) : nullptr;
      const auto by_id = key == nullptr ? m_by_id.end() : m_by_id.find(key->str());
      if (by_id != m_by_id.end() && by_id->second.size() == 1) row.value = Symbol(m_resources[by_id->second.front()].address);
    }
    for (std::set<std::string>* ranges : {&known.openings.ingress, &known.openings.egress}) {
      std::set<std::string> named;
      for (const std::string& text : *ranges) {
        const std::size_t space = text.find(' ');
        const std::string peer = text.substr(0, space);
        std::string name = peer;
        const auto by_id = m_by_id.find(peer);
        std::vector<std::size_t> found = by_id == m_by_id.end() ? std::vector<std::size_t>{} : by_id->second;
        if (found.empty()) found = find({peer, {}, true});
        if (found.size() == 1) name = found.front() == at ? "itself" : m_resources[found.front()].address;
        named.insert(name + text.substr(space));
      }
      *ranges = std::move(named);
    }
  }
}

void Collector::settle_openings() {
  // A block of public access takes effect whatever policies say.
  constexpr std::array<std::string_view, 1> k_bucket = {"bucket"};
  for (std::size_t from = 0; from < m_resources.size(); ++from) {
    const Known& block = m_resources[from];
    const std::string_view type = block.row == nullptr ? std::string_view() : block.row->terraform;
    const bool own = type == "aws_s3_bucket";
    if (type != "aws_s3_bucket_public_access_block" && !own) continue;
    int blocking = 0;
    for (const model::Attribute& row : block.entity.attributes) {
      if (row.definition != &settings || row.value != model::AttributeValue(Symbol("true"))) continue;
      const std::string_view key = row.key.view().substr(row.key.view().rfind('.') + 1);
      blocking += key == "restrict_public_buckets" || key == "ignore_public_acls" ? 1 : 0;
    }
    if (blocking < 2) continue;
    for (const std::size_t at : own ? std::vector<std::size_t>{from} : linked(from, k_bucket)) {
      set(m_resources[at].entity.attributes, public_access, false, block.entity.location);
    }
  }
  for (Known& known : m_resources) {
    const Openings& openings = known.openings;
    const bool firewalled =
        known.row != nullptr && known.row->trait == TypeTrait::firewalled && is_true(known.entity.attributes, public_access);
    if (openings.declared || openings.unknown || firewalled) {
      model::TextList ingress;
      for (const std::string& text : openings.ingress) ingress.emplace_back(text);
      if (openings.unknown) ingress.emplace_back("unknown");
      std::sort(ingress.begin(), ingress.end());
      const bool none = ingress.empty() && known.entity.kind == EntityKind::network_policy;
      if (!none) set(known.entity.attributes, source_ranges, std::move(ingress), known.entity.location);
    }
    if (!openings.egress.empty()) {
      model::TextList egress;
      for (const std::string& text : openings.egress) egress.emplace_back("to " + text);
      std::sort(egress.begin(), egress.end());
      set(known.entity.attributes, egress_rules, std::move(egress), known.entity.location);
    }
  }
}

void Collector::link(std::size_t from, const std::function<void(std::size_t, model::Fact)>& emit) const {
  const Known& known = m_resources[from];
  std::set<std::tuple<std::size_t, std::size_t, RelationKind>> told;
  const auto tell = [&](std::size_t source, std::size_t target, RelationKind kind, const Link& link) {
    if (source == target || !m_resources[source].kept || !told.emplace(source, target, kind).second) return;
    const bool network = model::family_of(kind) == model::RelationFamily::network;
    if (!m_resources[target].kept && !network) return;
    model::ReferenceFact fact;
    fact.source = m_resources[source].entity.address;
    fact.target = m_resources[target].entity.address;
    fact.kind = kind;
    fact.note = Symbol("argument " + link.argument);
    fact.location = link.location;
    emit(from, std::move(fact));
  };
  for (const Link& link : known.links) {
    for (const std::size_t target : targets_of(link)) {
      const LinkEnd source{known.entity.kind, known.row, known.type};
      const LinkEnd end{m_resources[target].entity.kind, m_resources[target].row, m_resources[target].type};
      const auto relation = relation_of(source, end, link.argument);
      if (!relation) continue;
      if (relation->incoming) {
        tell(target, from, relation->kind, link);
      } else {
        tell(from, target, relation->kind, link);
      }
    }
  }
  if (const Join* join = find_join(known.row)) {
    const std::array<std::string_view, 1> sources = {join->source};
    const std::array<std::string_view, 1> targets = {join->target};
    for (const std::size_t source : linked(from, sources)) {
      for (const std::size_t target : linked(from, targets))
        tell(source, target, join->kind, {std::string(join->target), {}, {}, known.entity.location});
    }
  }
}

/// What an endpoint hands requests to; itself where it does not say.
std::set<std::size_t> Collector::behind(std::size_t endpoint) const {
  std::set<std::size_t> targets;
  const Known& known = m_resources[endpoint];
  if (known.entity.kind != EntityKind::endpoint) return {endpoint};
  for (const Link& link : known.links) {
    for (const std::size_t target : targets_of(link)) {
      if (model::is_workload(m_resources[target].entity.kind)) targets.insert(target);
    }
  }
  return targets.empty() ? std::set<std::size_t>{endpoint} : targets;
}

/// What is reached by who holds these secrets: a variable that gets an address from a secret leads where the address leads.
std::set<std::size_t> Collector::told_by_secrets(const VariableReference& variable, const std::set<std::size_t>& secrets) const {
  std::set<std::size_t> targets;
  for (const std::size_t secret : secrets) {
    for (const Content& content : m_resources[secret].contents) {
      if (!variable.key.empty() && !content.key.empty() && content.key != snake_case(variable.key)) continue;
      for (const Reference& reference : content.references) {
        for (const std::size_t at : find(reference)) targets.insert(at);
      }
    }
  }
  return targets;
}

/// `ORDERS_TABLE: orders` names the table of that name: one word of the variable is a word of the type.
std::set<std::size_t> Collector::named_in(const VariableReference& variable) const {
  constexpr std::size_t k_shortest_word = 5;
  std::set<std::size_t> found;
  const auto by_name = m_by_name.find(variable.text);
  if (by_name == m_by_name.end()) return found;
  const std::string variable_name = snake_case(variable.name.view());
  for (const std::size_t at : by_name->second) {
    const std::string type = base::to_lower(m_resources[at].type);
    for (const std::string_view part : base::split(variable_name, '_')) {
      const std::string word = base::to_lower(part);
      if (word.size() >= k_shortest_word && holds_word(type, word)) found.insert(at);
    }
  }
  return found.size() == 1 ? found : std::set<std::size_t>{};
}

void Collector::link_variables(std::size_t from, const std::function<void(std::size_t, model::Fact)>& emit) {
  Known& known = m_resources[from];
  std::set<std::pair<std::size_t, RelationKind>> told;
  for (const VariableReference& variable : known.containers.variables) {
    std::set<std::size_t> targets;
    for (const Reference& reference : variable.references) {
      for (const std::size_t at : find(reference)) targets.merge(behind(at));
    }
    if (!variable.text.empty()) {
      const Link link{base::to_lower(variable.name.view()), {}, {}, variable.location};
      for (const std::size_t at : find_text(link, variable.text)) targets.insert(at);
      if (targets.empty()) targets = named_in(variable);
    }
    bool consumed = false;
    for (const std::size_t target : targets) {
      const EntityKind kind = m_resources[target].entity.kind;
      const bool keeps = kind == EntityKind::secret || kind == EntityKind::configuration || kind == EntityKind::provider;
      if (target == from || (!is_reached_over_network(kind) && !keeps)) continue;
      const RelationKind relation = keeps ? RelationKind::mounts : RelationKind::calls;
      consumed |= !keeps;
      if (!told.emplace(target, relation).second) continue;
      model::ReferenceFact fact;
      fact.source = known.entity.address;
      fact.target = m_resources[target].entity.address;
      fact.kind = relation;
      fact.note = Symbol("environment variable " + variable.name.str());
      fact.location = variable.location;
      emit(from, std::move(fact));
    }
    for (const std::size_t target : told_by_secrets(variable, targets)) {
      const bool reached = target != from && is_reached_over_network(m_resources[target].entity.kind);
      if (!reached || !told.emplace(target, RelationKind::calls).second) continue;
      model::ReferenceFact fact;
      fact.source = known.entity.address;
      fact.target = m_resources[target].entity.address;
      fact.kind = RelationKind::calls;
      fact.note = Symbol("environment variable " + variable.name.str() + ", from a secret");
      fact.location = variable.location;
      emit(from, std::move(fact));
    }
    if (!consumed) continue;
    // The relation says it.
    std::erase_if(known.containers.rows, [&](const model::Attribute& row) {
      return row.definition == &environment && row.scope == variable.scope && row.key == variable.name;
    });
    std::erase_if(known.containers.settings,
                  [&](const model::SettingFact& fact) { return fact.scope == variable.scope && fact.name == variable.name; });
  }
}

void Collector::finish(const std::function<void(std::size_t, model::Fact)>& emit) {
  share_containers();
  for (std::size_t at = 0; at < m_resources.size(); ++at) contribute(at);
  name_ranges();
  settle_openings();
  for (std::size_t at = 0; at < m_resources.size(); ++at) {
    if (!m_resources[at].kept) continue;
    link(at, emit);
    link_variables(at, emit);
    Known& known = m_resources[at];
    model::EntityFact entity = std::move(known.entity);
    known.entity.address = entity.address;  // others still name it
    known.entity.kind = entity.kind;
    known.entity.location = entity.location;
    entity.attributes.insert(entity.attributes.end(), known.containers.rows.begin(), known.containers.rows.end());
    entity.aliases.insert(entity.aliases.end(), known.containers.aliases.begin(), known.containers.aliases.end());
    std::sort(entity.aliases.begin(), entity.aliases.end());
    entity.aliases.erase(std::unique(entity.aliases.begin(), entity.aliases.end()), entity.aliases.end());
    for (model::SettingFact& fact : known.containers.settings) {
      fact.owner = known.entity.address;
      emit(at, fact);
    }
    for (model::MentionFact& fact : known.mentions) emit(at, std::move(fact));
    emit(at, std::move(entity));
  }
}

}  // namespace postern::ingest::cloud
