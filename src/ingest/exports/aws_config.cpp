// SPDX-License-Identifier: Apache-2.0
// Configuration items -> resources in the words of CloudFormation.
#include <ingest/exports/aws_config.h>
#include <ingest/exports/export_file.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace postern::ingest::exports {
namespace {

using cloud::Member;
using cloud::Value;
using document::Node;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// `%7B%22Version%22...`: policies of identities are written like addresses.
std::string without_percent(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool coded = text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0;
    if (coded) {
      result += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else {
      result += text[i];
    }
  }
  return result;
}

/// `dBInstanceClass` was `DBInstanceClass` before somebody made its first letter small.
std::string name_of(std::string_view name) {
  std::string result(name);
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (result.size() > 2 && result[0] >= 'a' && result[0] <= 'z' && is_upper(result[1]))
    result[0] = static_cast<char>(result[0] - 'a' + 'A');
  return result;
}

Value renamed(const Value& value, int depth) {
  constexpr int k_deepest = 30;
  if (depth > k_deepest) return value;
  if (value.is_list()) {
    std::vector<Value> items;
    for (const Value& item : value.items()) items.push_back(renamed(item, depth + 1));
    return Value::list(std::move(items)).at(value.location());
  }
  if (value.is_text() && value.as_text().starts_with("%7B"))
    return Value::text(without_percent(value.as_text())).at(value.location());
  if (!value.is_map()) return value;
  const auto is_name = [](std::string_view name) { return name == "variables" || name == "tags"; };
  std::vector<Member> members;
  for (const Member& member : value.members())
    members.emplace_back(name_of(member.first), is_name(member.first) ? member.second : renamed(member.second, depth + 1));
  return Value::map(std::move(members)).at(value.location());
}

/// A mapping, or the JSON of one in a text.
Value content_of(const Node& node) {
  const auto text = node.as_string();
  if (!text) return cloud::value_of(node);
  const auto parsed = cloud::parse_json(*text);
  return parsed ? placed(*parsed, node.location()) : cloud::value_of(node);
}

/// `ipPermissions` of security groups in the words of templates.
Value rules_of(const Value& permissions) {
  std::vector<Value> rules;
  for (const Value& permission : permissions.items()) {
    std::vector<Value> ranges;
    for (const std::string_view list : {"ipv4Ranges", "ipRanges", "ipv6Ranges", "Ipv4Ranges", "IpRanges", "Ipv6Ranges"}) {
      for (const Value& range : permission[list].items()) {
        for (const std::string_view key : {"cidrIp", "cidrIpv6", "CidrIp", "CidrIpv6"}) {
          if (range.find(key) != nullptr) ranges.push_back(range[key]);
        }
        if (range.is_text()) ranges.push_back(range);
      }
    }
    std::vector<Value> groups;
    for (const Value& pair : permission["userIdGroupPairs"].items()) groups.push_back(pair["groupId"]);
    std::vector<Value> lists;
    for (const Value& list : permission["prefixListIds"].items()) lists.push_back(list.is_map() ? list["prefixListId"] : list);
    std::vector<Member> rule = {{"IpProtocol", permission["ipProtocol"]},
                                {"CidrBlocks", Value::list(std::move(ranges))},
                                {"SecurityGroups", Value::list(std::move(groups))},
                                {"PrefixListIds", Value::list(std::move(lists))}};
    if (!permission["fromPort"].is_null()) rule.emplace_back("FromPort", permission["fromPort"]);
    if (!permission["toPort"].is_null()) rule.emplace_back("ToPort", permission["toPort"]);
    rules.push_back(Value::map(std::move(rule)).at(permission.location()));
  }
  return Value::list(std::move(rules)).at(permissions.location());
}

/// What the item is part of, attached to or protected by, where the argument of a template would say it.
std::vector<Member> related(const Node& item, const std::string& type) {
  struct Row {
    std::string_view type;
    std::string_view argument;
  };
  constexpr std::array k_rows = {Row{"AWS::EC2::SecurityGroup", "RelatedSecurityGroupIds"},
                                 Row{"AWS::EC2::Subnet", "RelatedSubnetIds"},
                                 Row{"AWS::EC2::VPC", "RelatedVpcId"},
                                 Row{"AWS::ECS::Cluster", "Cluster"},
                                 Row{"AWS::IAM::Role", "RelatedRole"},
                                 Row{"AWS::KMS::Key", "RelatedKeyId"}};
  std::map<std::string_view, std::vector<Value>> found;
  for (const Node relationship : item["relationships"].items()) {
    const Node name_node = relationship["relationshipName"] ? relationship["relationshipName"] : relationship["name"];
    const std::string_view name = name_node.text();
    const std::string_view other = relationship["resourceType"].text();
    const bool outward =
        name.starts_with("Is contained in") || name.starts_with("Is attached to") || name.starts_with("Is associated with");
    const auto row = std::find_if(k_rows.begin(), k_rows.end(), [&](const Row& each) { return each.type == other; });
    if (!outward || row == k_rows.end() || other == type || type == "AWS::IAM::Policy") continue;
    const Node id = relationship["resourceId"] ? relationship["resourceId"] : relationship["resourceName"];
    if (id.is_scalar()) found[row->argument].push_back(cloud::value_of(id));
  }
  std::vector<Member> members;
  for (auto& [argument, ids] : found) members.emplace_back(std::string(argument), Value::list(std::move(ids)).at(item.location()));
  return members;
}

Value tags_of(const Node& tags) {
  if (tags.is_mapping()) return cloud::value_of(tags);
  std::vector<Member> members;
  for (const Node tag : tags.items()) {
    const Node key = tag["key"] ? tag["key"] : tag["Key"];
    const Node value = tag["value"] ? tag["value"] : tag["Value"];
    if (key.is_scalar()) members.emplace_back(std::string(key.text()), cloud::value_of(value));
  }
  return Value::map(std::move(members));
}

std::string text_of(const Node& item, std::string_view name) { return std::string(item[name].text()); }

/// The parts of an item that stand beside its configuration, without the word that says whose they are.
std::vector<Member> supplements_of(const Node& item) {
  std::vector<Member> members;
  for (const document::Entry entry : item["supplementaryConfiguration"].entries()) {
    std::string_view name = entry.key.text();
    for (const std::string_view whose : {"Bucket"}) {
      if (name.starts_with(whose) && name != "BucketPolicy") name.remove_prefix(whose.size());
    }
    if (name != "BucketPolicy") members.emplace_back(std::string(name), renamed(content_of(entry.value), 0));
  }
  return members;
}

/// A policy of a bucket is a resource of its own in templates.
void add_bucket_policy(const Node& item, const Exported& bucket, std::vector<Exported>& found) {
  const Node node = item["supplementaryConfiguration"]["BucketPolicy"];
  Value policy = content_of(node);
  if (policy.is_map()) policy = policy["policyText"];
  if (policy.is_null() || policy.as_text().empty()) return;
  Exported made;
  made.resource = bucket.resource;
  made.resource.type = "AWS::S3::BucketPolicy";
  made.resource.label = bucket.resource.label;
  made.resource.arguments =
      Value::map({{"Bucket", Value::text(bucket.id).at(node.location())}, {"PolicyDocument", policy}}).at(node.location());
  made.resource.aliases.clear();
  found.push_back(std::move(made));
}

void read_item(const Node& item, std::vector<Exported>& found, base::DiagnosticSink& sink) {
  const std::string type = text_of(item, "resourceType");
  const std::string id = text_of(item, "resourceId");
  const std::string status = text_of(item, "configurationItemStatus");
  const bool about_rules = type.starts_with("AWS::Config::") || type.ends_with("Compliance");
  if (!type.starts_with("AWS::") || about_rules || status.starts_with("ResourceDeleted") || status == "ResourceNotRecorded") return;
  const std::string name = text_of(item, "resourceName").empty() ? id : text_of(item, "resourceName");
  if (name.empty()) return;
  Value configuration = renamed(content_of(item["configuration"]), 0);
  if (!configuration.is_map()) {
    note_partial(item.location(), "'" + name + "' has no configuration in this export", sink);
    configuration = Value::map({}).at(item.location());
  }
  Exported made;
  made.id = id.empty() ? name : id;
  cloud::Resource& resource = made.resource;
  resource.type = type;
  resource.label = name;
  resource.region = text_of(item, "awsRegion") == "global" ? std::string() : text_of(item, "awsRegion");
  resource.location = item.location();
  resource.authorship = cloud::Authorship::recorded;
  resource.is_live = true;
  resource.has_defaults = false;
  std::vector<Member> more = supplements_of(item);
  for (Member& member : related(item, type)) more.push_back(std::move(member));
  const std::string arn = text_of(item, "ARN").empty() ? text_of(item, "arn") : text_of(item, "ARN");
  if (!arn.empty()) more.emplace_back("Arn", Value::text(arn).at(item.location()));
  more.emplace_back("Id", Value::text(made.id).at(item.location()));
  const Value tags = tags_of(item["tags"]);
  if (!tags.members().empty()) more.emplace_back("Tags", tags);
  std::vector<Member> members;
  for (const Member& member : configuration.members()) {
    const bool rules = member.first == "ipPermissions" || member.first == "ipPermissionsEgress";
    if (rules) members.emplace_back(member.first == "ipPermissions" ? "Ingress" : "Egress", rules_of(member.second));
    // Where it answers, as other types say it.
    const bool endpoint = base::equals_ignoring_case(member.first, "endpoint") && member.second["address"].is_text();
    if (endpoint) members.emplace_back("Endpoint", member.second["address"]);
    const bool again = base::equals_ignoring_case(member.first, "tags") || base::equals_ignoring_case(member.first, "tagList") ||
                       base::equals_ignoring_case(member.first, "id") || base::equals_ignoring_case(member.first, "arn");
    if (!rules && !endpoint && !again) members.push_back(member);
  }
  resource.arguments = with_members(Value::map(std::move(members)).at(item.location()), std::move(more));
  for (const std::string& alias : {arn, made.id}) {
    if (!alias.empty()) resource.aliases.push_back({model::AliasKind::resource_name, base::Symbol(alias)});
  }
  // Only to tell two of one name apart.
  resource.address = type + "/" + name + "\n" + text_of(item, item["awsAccountId"] ? "awsAccountId" : "accountId") + "." +
                     resource.region + "\n" + made.id;
  found.push_back(made);
  if (type == "AWS::S3::Bucket") add_bucket_policy(item, made, found);
}

void read_row(const Node& row, std::vector<Exported>& found, base::DiagnosticSink& sink) {
  const auto text = row.as_string();
  if (!text) return read_item(row, found, sink);
  base::DiagnosticSink trouble;
  const document::Documents documents =
      document::read_documents(std::string(*text), document::Format::json, row.location().file, document::Limits{}, trouble);
  if (documents.size() != 1) return note_partial(row.location(), "a row of the answer cannot be read", sink);
  const std::size_t before = found.size();
  read_item(documents.front().root(), found, sink);
  for (std::size_t at = before; at < found.size(); ++at) {
    found[at].resource.location = row.location();
    found[at].resource.arguments = placed(found[at].resource.arguments, row.location());
  }
}

std::vector<Node> rows_of(const Node& root) {
  std::vector<Node> rows;
  const auto take = [&](const Node& list) {
    for (const Node item : list.items()) rows.push_back(item);
  };
  take(root["configurationItems"]);
  take(root["baseConfigurationItems"]);
  if (root["QueryInfo"]) take(root["Results"]);
  const Node first = root.at(0);
  if (first["resourceType"].text().starts_with("AWS::") && (first["configuration"] || first["awsRegion"] || first["arn"]))
    take(root);
  return rows;
}

/// The same name in several accounts and regions: said behind it. One resource exported twice stays one.
void settle(std::vector<Exported>& all) {
  std::map<std::string, std::set<std::string>> ids;  // by type and name
  for (const Exported& each : all) {
    const std::string& text = each.resource.address;
    const std::size_t first = text.find('\n');
    ids[each.resource.type + text.substr(0, first)].insert(text.substr(first));
  }
  for (Exported& each : all) {
    const std::string text = std::move(each.resource.address);
    const std::size_t first = text.find('\n');
    const std::size_t second = text.find('\n', first + 1);
    const std::string own = text.substr(text.find('/'), first - text.find('/'));
    std::string address = each.resource.type + own;
    if (ids[each.resource.type + text.substr(0, first)].size() > 1) address += "@" + text.substr(first + 1, second - first - 1);
    each.resource.address = std::move(address);
  }
}

}  // namespace

bool wants_aws_config(std::string_view) { return false; }

std::vector<ProjectFile> read_aws_config(const SourceFiles& files, const ProjectSettings& settings, base::DiagnosticSink& sink) {
  const Format format{[](Hints hints) { return hints.hold(Hint::resource_type, Hint::aws_type); }, rows_of, read_row, settle};
  return read_exports(files, settings, sink, format);
}

}  // namespace postern::ingest::exports
