// SPDX-License-Identifier: Apache-2.0
// postern.yaml: which application this is, where it runs, and what judges it there. A table of keys, no ladder of ifs.
#include "app/configuration.h"

#include <postern/base/digest.h>
#include <postern/base/error.h>
#include <postern/base/text.h>
#include <postern/document/document.h>

#include <algorithm>
#include <array>
#include <functional>

namespace postern::app {
namespace {

using document::Kind;
using document::Node;

/// Reads one mapping by a table of keys.
class Reader {
 public:
  Reader(Configuration& configuration, base::DiagnosticSink& sink) : m_configuration(configuration), m_sink(sink) {}

  [[nodiscard]] Configuration& configuration() { return m_configuration; }

  void wrong(const Node& node, const std::string& what, const std::string& expected) {
    m_sink.error("P2102", node.location(),
                 what + " is " + std::string(document::to_string(node.kind())) + ", expected " + expected);
  }
  void bad_value(const Node& node, const std::string& what, std::span<const std::string_view> allowed) {
    std::vector<std::string> names(allowed.begin(), allowed.end());
    const auto close = base::did_you_mean(node.text(), allowed);
    m_sink.error("P2103", node.location(),
                 what + " is '" + std::string(node.text()) + "', expected one of: " + base::join(names, ", "),
                 close ? "did you mean '" + *close + "'?" : "");
  }
  [[nodiscard]] Origin origin(const Node& node) const {
    return {base::to_string(base::Location{node.location().file, node.location().line, 0})};
  }

  void text(const Node& node, const std::string& what, Setting<std::string>& into) {
    if (const auto value = node.as_string()) {
      into = {std::string(*value), origin(node)};
    } else {
      wrong(node, what, "a text");
    }
  }
  std::vector<std::string> texts(const Node& node, const std::string& what) {
    std::vector<std::string> values;
    if (!node.is_sequence()) wrong(node, what, "a list of texts");
    for (const Node item : node.items()) {
      if (const auto value = item.as_string()) {
        values.emplace_back(*value);
      } else {
        wrong(item, "an item of " + what, "a text");
      }
    }
    return values;
  }
  std::vector<std::string> text_or_texts(const Node& node, const std::string& what) {
    if (const auto value = node.as_string()) return {std::string(*value)};
    return texts(node, what);
  }
  void number(const Node& node, const std::string& what, std::int64_t least, std::int64_t most,
              const std::function<void(std::int64_t)>& set) {
    const auto value = node.as_integer();
    if (!value || *value < least || *value > most) {
      m_sink.error("P2103", node.location(),
                   what + " is '" + std::string(node.text()) + "', expected a whole number from " + std::to_string(least) + " to " +
                       std::to_string(most));
      return;
    }
    set(*value);
  }

  template <typename Rows>
  void mapping(const Node& node, const std::string& what, const Rows& rows) {
    if (!node.is_mapping()) {
      wrong(node, what, "a mapping");
      return;
    }
    for (const document::Entry entry : node.entries()) {
      const auto row = std::find_if(rows.begin(), rows.end(), [&](const auto& each) { return each.key == entry.key.text(); });
      if (row != rows.end()) {
        row->read(*this, entry.value);
        continue;
      }
      std::vector<std::string_view> keys;
      for (const auto& each : rows) keys.push_back(each.key);
      const auto close = base::did_you_mean(entry.key.text(), keys);
      m_sink.error("P2101", entry.key.location(), "unknown key '" + std::string(entry.key.text()) + "' in " + what,
                   close ? "did you mean '" + *close + "'?" : "`postern schema configuration` prints what may stand here");
    }
  }

  EnvironmentSetting* environment = nullptr;  ///< the one that is being read
  policy::RuleSetting* rule = nullptr;        ///< the one that is being read
  ServiceSetting* service = nullptr;          ///< the one that is being read

  void plain_text(const Node& node, const std::string& what, std::string& into) {
    Setting<std::string> setting;
    text(node, what, setting);
    into = setting.value;
  }

 private:
  Configuration& m_configuration;
  base::DiagnosticSink& m_sink;
};

struct KeyRow {
  std::string_view key;
  void (*read)(Reader& reader, const Node& node);
};

constexpr std::array<std::string_view, 3> k_classes = {"production", "staging", "development"};
constexpr std::array<std::string_view, 2> k_scopes = {"full", "units"};

constexpr std::array<std::string_view, 4> k_bands = {"low", "medium", "high", "critical"};
constexpr std::array<std::string_view, 3> k_expectable = {"findings", "manifests", "sbom"};

constexpr std::array k_threshold_keys = {
    KeyRow{"block_at",
           [](Reader& reader, const Node& node) {
             reader.environment->block_at = model::from_string<model::Band>(node.text());
             reader.environment->block_at_origin = reader.origin(node).text;
             if (!reader.environment->block_at) reader.bad_value(node, "thresholds.block_at", k_bands);
           }},
};

void read_expectations(Reader& reader, const Node& node) {
  if (!node.is_sequence()) reader.wrong(node, "expect", "a list of kinds of inputs");
  for (const Node item : node.items()) {
    const auto kind = model::input_kind_from(item.text());
    if (kind && std::find(k_expectable.begin(), k_expectable.end(), item.text()) != k_expectable.end()) {
      reader.environment->expected.push_back(*kind);
    } else {
      reader.bad_value(item, "an item of expect", k_expectable);
    }
  }
}

constexpr std::array<std::string_view, 3> k_enforcements = {"advisory", "soft", "hard"};
constexpr double k_highest_severity = 10;

/// One of `names`, which stand in the order of the enumeration.
template <typename Enum, std::size_t Size>
void read_level(Reader& reader, const Node& node, const char* what, const std::array<std::string_view, Size>& names,
                std::optional<Enum>& into) {
  const auto* at = std::find(names.begin(), names.end(), node.text());
  if (at == names.end()) return reader.bad_value(node, what, names);
  into = static_cast<Enum>(at - names.begin());
}

constexpr std::array k_rule_keys = {
    KeyRow{"block_at", [](Reader& reader,
                          const Node& node) { read_level(reader, node, "block_at of a rule", k_bands, reader.rule->block_at); }},
    KeyRow{"disabled",
           [](Reader& reader, const Node& node) {
             const auto reason = node.as_string();
             if (!reason || base::trim(*reason).empty()) return reader.wrong(node, "disabled of a rule", "a text that says why");
             reader.rule->disabled = std::string(*reason);
           }},
    KeyRow{"enforcement",
           [](Reader& reader, const Node& node) {
             read_level(reader, node, "enforcement of a rule", k_enforcements, reader.rule->enforcement);
           }},
    KeyRow{"severity",
           [](Reader& reader, const Node& node) {
             const auto number = node.as_number();
             if (!number || *number < 0 || *number > k_highest_severity)
               return reader.wrong(node, "severity of a rule", "a number from 0 to 10");
             reader.rule->severity = *number;
           }},
};

std::vector<policy::RuleSetting> read_rules(Reader& reader, const Node& node) {
  std::vector<policy::RuleSetting> settings;
  if (!node.is_mapping()) reader.wrong(node, "rules", "a mapping of ids of rules to what holds for them");
  for (const document::Entry entry : node.entries()) {
    policy::RuleSetting& setting = settings.emplace_back();
    setting.rule = entry.key.text();
    setting.origin = reader.origin(entry.key).text;
    reader.rule = &setting;
    reader.mapping(entry.value, "rule '" + setting.rule + "'", k_rule_keys);
  }
  return settings;
}

constexpr std::array k_environment_keys = {
    KeyRow{"baseline",
           [](Reader& reader, const Node& node) { reader.environment->baseline = reader.text_or_texts(node, "baseline"); }},
    KeyRow{"class",
           [](Reader& reader, const Node& node) {
             if (const auto value = model::environment_class_from(node.text())) {
               reader.environment->environment.environment_class = *value;
             } else {
               reader.bad_value(node, "class of an environment", k_classes);
             }
           }},
    KeyRow{"expect", read_expectations},
    KeyRow{"packs", [](Reader& reader, const Node& node) { reader.environment->packs = reader.texts(node, "packs"); }},
    KeyRow{"rules", [](Reader& reader, const Node& node) { reader.environment->rules = read_rules(reader, node); }},
    KeyRow{"sources", [](Reader& reader, const Node& node) { reader.environment->sources = reader.texts(node, "sources"); }},
    KeyRow{"targets",
           [](Reader& reader, const Node& node) { reader.environment->environment.targets = reader.texts(node, "targets"); }},
    KeyRow{"thresholds", [](Reader& reader, const Node& node) { reader.mapping(node, "thresholds", k_threshold_keys); }},
    KeyRow{"values", [](Reader& reader, const Node& node) { reader.environment->values = reader.texts(node, "values"); }},
};

constexpr std::int64_t k_most_bytes = std::int64_t{2} << 30;

constexpr std::array k_limit_keys = {
    KeyRow{"file_bytes",
           [](Reader& reader, const Node& node) {
             reader.number(node, "limits.file_bytes", 1024, k_most_bytes, [&](std::int64_t value) {
               reader.configuration().file_bytes = {static_cast<std::uint64_t>(value), reader.origin(node)};
             });
           }},
    KeyRow{"yaml_bytes",
           [](Reader& reader, const Node& node) {
             reader.number(node, "limits.yaml_bytes", 1024, k_most_bytes, [&](std::int64_t value) {
               reader.configuration().yaml_bytes = {static_cast<std::uint64_t>(value), reader.origin(node)};
             });
           }},
};

constexpr std::array k_sbom_keys = {
    KeyRow{"file", [](Reader& reader,
                      const Node& node) { reader.plain_text(node, "sboms.file", reader.configuration().sboms.back().file); }},
    KeyRow{"service",
           [](Reader& reader, const Node& node) {
             reader.plain_text(node, "sboms.service", reader.configuration().sboms.back().service);
           }},
};

void read_sboms(Reader& reader, const Node& node) {
  if (!node.is_sequence()) reader.wrong(node, "sboms", "a list of mappings with file and service");
  for (const Node item : node.items()) {
    SbomSetting& setting = reader.configuration().sboms.emplace_back();
    reader.mapping(item, "an item of sboms", k_sbom_keys);
    if (item.is_mapping() && (setting.file.empty() || setting.service.empty()))
      reader.wrong(item, "an item of sboms", "a mapping with both file and service");
  }
}

constexpr std::array<std::string_view, 4> k_tiers = {"mission-critical", "high", "normal", "low"};

constexpr std::array k_service_keys = {
    KeyRow{"data_classes",
           [](Reader& reader, const Node& node) { reader.service->data_classes = reader.texts(node, "services.data_classes"); }},
    KeyRow{"owner", [](Reader& reader, const Node& node) { reader.plain_text(node, "services.owner", reader.service->owner); }},
    KeyRow{"system", [](Reader& reader, const Node& node) { reader.plain_text(node, "services.system", reader.service->system); }},
    KeyRow{"tier",
           [](Reader& reader, const Node& node) {
             const bool known = std::find(k_tiers.begin(), k_tiers.end(), node.text()) != k_tiers.end();
             if (!known) reader.bad_value(node, "services.tier", k_tiers);
             reader.service->tier = node.text();
           }},
};

void read_services(Reader& reader, const Node& node) {
  if (!node.is_mapping()) reader.wrong(node, "services", "a mapping of names to what is known of them");
  for (const document::Entry entry : node.entries()) {
    reader.service = &reader.configuration().services[std::string(entry.key.text())];
    reader.service->location = entry.key.location();
    reader.mapping(entry.value, "service '" + std::string(entry.key.text()) + "'", k_service_keys);
  }
}

constexpr std::array k_mirror_keys = {
    KeyRow{"sha256",
           [](Reader& reader, const Node& node) {
             MirrorSetting& mirror = reader.configuration().threat_data.mirrors.back();
             mirror.sha256 = base::to_lower(node.text());
             constexpr std::size_t k_digits = 64;
             if (mirror.sha256.size() != k_digits || mirror.sha256.find_first_not_of("0123456789abcdef") != std::string::npos)
               reader.wrong(node, "threat_data.mirrors.sha256", "64 hexadecimal digits");
           }},
    KeyRow{"sha256_url",
           [](Reader& reader, const Node& node) {
             reader.plain_text(node, "threat_data.mirrors.sha256_url",
                               reader.configuration().threat_data.mirrors.back().sha256_url);
           }},
    KeyRow{"url",
           [](Reader& reader, const Node& node) {
             reader.plain_text(node, "threat_data.mirrors.url", reader.configuration().threat_data.mirrors.back().url);
           }},
};

void read_mirrors(Reader& reader, const Node& node) {
  if (!node.is_sequence()) reader.wrong(node, "threat_data.mirrors", "a list of addresses, or of mappings with url and sha256");
  for (const Node item : node.items()) {
    MirrorSetting& mirror = reader.configuration().threat_data.mirrors.emplace_back();
    if (item.is_scalar()) {
      reader.plain_text(item, "an item of threat_data.mirrors", mirror.url);
    } else {
      reader.mapping(item, "an item of threat_data.mirrors", k_mirror_keys);
    }
    if (reader.configuration().threat_data.mirrors.back().url.empty())
      reader.wrong(item, "an item of threat_data.mirrors", "an address, or a mapping with url");
  }
}

template <std::optional<std::int64_t> ThreatDataSetting::*Member>
void read_hours(Reader& reader, const Node& node) {
  constexpr std::int64_t k_ten_years = 87'600;
  reader.number(node, "an age in threat_data", 1, k_ten_years,
                [&](std::int64_t value) { reader.configuration().threat_data.*Member = value; });
}

constexpr std::array k_threat_data_keys = {
    KeyRow{"context_drift",
           [](Reader& reader, const Node& node) {
             constexpr std::array<std::string_view, 2> k_ways = {"judge", "tell"};
             ThreatDataSetting& setting = reader.configuration().threat_data;
             setting.judges_news = node.text() == k_ways[0];
             if (!setting.judges_news && node.text() != k_ways[1]) reader.bad_value(node, "threat_data.context_drift", k_ways);
           }},
    KeyRow{"context_drift_days",
           [](Reader& reader, const Node& node) {
             constexpr std::int64_t k_ten_years = 3650;
             reader.number(node, "threat_data.context_drift_days", 0, k_ten_years,
                           [&](std::int64_t value) { reader.configuration().threat_data.news_days = value; });
           }},
    KeyRow{"folder",
           [](Reader& reader, const Node& node) {
             reader.plain_text(node, "threat_data.folder", reader.configuration().threat_data.folder);
           }},
    KeyRow{"kev_max_hours", read_hours<&ThreatDataSetting::kev_max_hours>},
    KeyRow{"kev_warn_hours", read_hours<&ThreatDataSetting::kev_warn_hours>},
    KeyRow{"max_hours", read_hours<&ThreatDataSetting::max_hours>},
    KeyRow{"mirrors", read_mirrors},
    KeyRow{"warn_hours", read_hours<&ThreatDataSetting::warn_hours>},
};

constexpr std::array k_keys = {
    KeyRow{"apiVersion",
           [](Reader& reader, const Node& node) {
             constexpr std::array<std::string_view, 1> k_versions = {"postern/v1"};
             if (node.text() != k_versions[0]) reader.bad_value(node, "apiVersion", k_versions);
           }},
    KeyRow{"application",
           [](Reader& reader, const Node& node) { reader.text(node, "application", reader.configuration().application); }},
    KeyRow{"environments",
           [](Reader& reader, const Node& node) {
             if (!node.is_mapping()) reader.wrong(node, "environments", "a mapping of names to environments");
             for (const document::Entry entry : node.entries()) {
               const std::string name(entry.key.text());
               EnvironmentSetting& setting = reader.configuration().environments[name];
               // An environment whose class nobody wrote down is judged like production.
               setting.environment = {name, model::EnvironmentClass::production, {}};
               setting.location = entry.key.location();
               reader.environment = &setting;
               reader.mapping(entry.value, "environment '" + name + "'", k_environment_keys);
             }
           }},
    KeyRow{"kind",
           [](Reader& reader, const Node& node) {
             constexpr std::array<std::string_view, 1> k_kinds = {"Configuration"};
             if (node.text() != k_kinds[0]) reader.bad_value(node, "kind", k_kinds);
           }},
    KeyRow{"limits", [](Reader& reader, const Node& node) { reader.mapping(node, "limits", k_limit_keys); }},
    KeyRow{"packs",
           [](Reader& reader, const Node& node) {
             reader.configuration().packs = {reader.texts(node, "packs"), reader.origin(node)};
           }},
    KeyRow{"policies",
           [](Reader& reader, const Node& node) {
             reader.configuration().policies = {reader.texts(node, "policies"), reader.origin(node)};
           }},
    KeyRow{"risk_model",
           [](Reader& reader, const Node& node) { reader.text(node, "risk_model", reader.configuration().risk_model); }},
    KeyRow{"rules", [](Reader& reader, const Node& node) { reader.configuration().rules = read_rules(reader, node); }},
    KeyRow{"sboms", read_sboms},
    KeyRow{"scope",
           [](Reader& reader, const Node& node) {
             if (const auto value = model::scope_from(node.text())) {
               reader.configuration().scope = {*value, reader.origin(node)};
             } else {
               reader.bad_value(node, "scope", k_scopes);
             }
           }},
    KeyRow{"services", read_services},
    KeyRow{"threat_data", [](Reader& reader, const Node& node) { reader.mapping(node, "threat_data", k_threat_data_keys); }},
    KeyRow{"trusted_reports",
           [](Reader& reader, const Node& node) {
             reader.configuration().trusted_reports = {reader.texts(node, "trusted_reports"), reader.origin(node)};
           }},
    KeyRow{"vex",
           [](Reader& reader, const Node& node) {
             reader.configuration().vex = {reader.texts(node, "vex"), reader.origin(node)};
           }},
    KeyRow{"warn_exit_code",
           [](Reader& reader, const Node& node) {
             reader.number(node, "warn_exit_code", 0, 125, [&](std::int64_t value) {
               reader.configuration().warn_exit_code = {static_cast<int>(value), reader.origin(node)};
             });
           }},
};

constexpr std::array k_codes = {
    base::CodeRow{
        "P2001", "Contradicting declarations",
        "Two files declare the same object with different content, for instance the overlays of two environments. Postern cannot "
        "know which one will be deployed: the riskier values count, and the verdict is indeterminate. Gate one variant at a time."},
    base::CodeRow{
        "P2002", "A reference across namespaces that nothing allows",
        "A route names a Service or a gateway of another namespace, and neither a ReferenceGrant nor the gateway's allowedRoutes "
        "allows it. The controller refuses such a reference, so it leads nowhere."},
    base::CodeRow{"P2003", "Too many ways through gateways",
                  "Gateways and the Services that their routes lead to make more than a million pairs, which no real environment "
                  "has. The rest "
                  "is not linked, so exposure is not known in full and the verdict is indeterminate."},
    base::CodeRow{
        "P2004", "A bill of materials of no known service",
        "No workload runs the image that the bill of materials is about, none is called like it, and the file's name says "
        "nothing either. Its libraries belong to the application as a whole. Name the service under sboms in postern.yaml."},
    base::CodeRow{
        "P2005", "A bill of materials of several services",
        "Several workloads that run different images are called like what the bill of materials is about. Its libraries belong "
        "to the application as a whole. Name the service under sboms in postern.yaml, by its address if need be."},
    base::CodeRow{
        "P2006", "A bill of materials of a service that is not there",
        "postern.yaml says to which service the bill of materials belongs, and no workload is called so. Its libraries belong "
        "to the application as a whole. Correct the name; `postern map` lists the workloads."},
    base::CodeRow{
        "P2007", "The libraries of a service are unknown",
        "The image of the service changed, and no bill of materials of the new image came with it. The libraries of the old "
        "image say nothing about the new one, so they count neither as kept nor as removed."},
    base::CodeRow{
        "P2008", "Too many callers of names that stand for many things",
        "A name may stand for many addresses or workloads, and many may use it. No more than a hundred thousand pairs are made; "
        "callers of further such names are related to the name only, so that not everything is judged and the verdict is "
        "indeterminate."},
    base::CodeRow{"P2009", "A catalogue contradicts what it describes",
                  "A catalogue names another owner, system, lifecycle or tier than the entity itself does. What the entity says "
                  "counts, except "
                  "that of two tiers the higher one does. Correct one of them, or decide it under services in postern.yaml."},
    base::CodeRow{
        "P2010", "postern.yaml speaks of a service that is not there",
        "No entity is called like a key under services, so what stands there has no effect. Correct the name; `postern map` lists "
        "what there is."},
    base::CodeRow{
        "P2011", "A bill of materials that disagrees with the lock file",
        "The lock file of the service pins libraries that its bill of materials lacks, or has in another version: one of the two "
        "is "
        "of another build. The versions of the bill of materials count, and what it lacks counts too. Packages for development, "
        "optional packages, and kinds of packages that the bill of materials does not list at all are not compared."},
    base::CodeRow{
        "P2101", "Unknown key in the configuration",
        "postern.yaml holds a key that means nothing. A key that is ignored would weaken the gate without a word, so it is an "
        "error. `postern schema configuration` prints what may stand there."},
    base::CodeRow{"P2102", "Wrong type in the configuration", "A value of postern.yaml is of another type than its key asks for."},
    base::CodeRow{"P2103", "Value out of range in the configuration",
                  "A value of postern.yaml is none of those that its key allows."},
    base::CodeRow{"P2104", "Not a configuration", "postern.yaml must be one YAML document whose top is a mapping."},
    base::CodeRow{
        "P2201", "Image of no workload",
        "`--image SERVICE=REFERENCE` names a workload that the candidate does not declare, so the image would go unjudged."},
    base::CodeRow{
        "P2301", "Baseline that cannot be read",
        "The source that `--baseline` names is missing, is not what it says, or lies in a repository that cannot be opened. "
        "Without it nobody knows what is new, so nothing is taken for new and the verdict is indeterminate."},
    base::CodeRow{
        "P2302", "One part in two sources",
        "Two recorded states that are taken together hold the same part of the same application, so it is not known which of "
        "them runs. Name each recorded state once."},
    base::CodeRow{"P2012", "Findings of a tool about nothing that is known",
                  "A report names images, files, resources or packages that are not in what was read. They are counted and judge "
                  "nothing. Give Postern the manifests, images (--image) or bills of materials that they are about as well."},
};

}  // namespace

Configuration read_configuration(std::string_view text, const std::string& path, base::DiagnosticSink& sink) {
  Configuration configuration;
  configuration.path = path;
  configuration.digest = base::sha256_hex(text);
  const auto documents = document::read_documents(std::string(text), document::Format::yaml, base::Symbol(path), {}, sink);
  if (documents.size() == 1 && documents.front().root().is_mapping()) {
    Reader(configuration, sink).mapping(documents.front().root(), "the configuration", k_keys);
  } else if (!sink.has_errors()) {
    sink.error("P2104", {base::Symbol(path), 1, 1}, "the configuration must be one YAML document whose top is a mapping");
  }
  if (sink.has_errors()) throw UsageError("the configuration " + path + " cannot be used", "mend the errors above");
  return configuration;
}

model::Environment environment_called(const Configuration& configuration, const std::optional<std::string>& name) {
  const auto at = configuration.environments.find(name.value_or("review"));
  if (at != configuration.environments.end()) return at->second.environment;
  if (!name) return {};
  return {*name, model::EnvironmentClass::production, {}};
}

std::span<const base::CodeRow> codes() { return k_codes; }

}  // namespace postern::app
