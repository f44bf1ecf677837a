// SPDX-License-Identifier: Apache-2.0
// `postern config show`: the configuration in force, as a configuration file, and where each value comes from.
#include <yaml-cpp/yaml.h>

#include <array>
#include <utility>

#include "app/commands/commands.h"
#include "app/output.h"
#include "app/request.h"

namespace postern::app {
namespace {

/// Writes keys with their values and, when asked for, their origins as comments.
class ConfigurationWriter {
 public:
  explicit ConfigurationWriter(bool with_origin) : m_with_origin(with_origin) { m_out << YAML::BeginMap; }

  template <typename Value>
  void add(const char* key, const Value& value, const std::string& origin) {
    m_out << YAML::Key << key << YAML::Value << value;
    if (m_with_origin) m_out << YAML::Comment(origin);
  }
  void add(const char* key, const std::vector<std::string>& values, const std::string& origin) {
    m_out << YAML::Key << key << YAML::Value << YAML::Flow << values;
    if (m_with_origin) m_out << YAML::Comment(origin);
  }
  void begin(const std::string& key) { m_out << YAML::Key << key << YAML::Value << YAML::BeginMap; }
  void end() { m_out << YAML::EndMap; }
  [[nodiscard]] std::string finish() {
    m_out << YAML::EndMap;
    return std::string(m_out.c_str()) + "\n";
  }

 private:
  bool m_with_origin;
  YAML::Emitter m_out;
};

void write_rules(ConfigurationWriter& out, const std::vector<policy::RuleSetting>& rules) {
  out.begin("rules");
  for (const policy::RuleSetting& setting : rules) {
    out.begin(setting.rule);
    if (setting.severity) out.add("severity", *setting.severity, setting.origin);
    if (setting.enforcement) out.add("enforcement", model::to_string(*setting.enforcement), setting.origin);
    if (setting.block_at) out.add("block_at", std::string(model::to_string(*setting.block_at)), setting.origin);
    if (setting.disabled) out.add("disabled", *setting.disabled, setting.origin);
    out.end();
  }
  out.end();
}

void write_environment(ConfigurationWriter& out, const EnvironmentSetting& setting, const std::string& origin) {
  out.begin(setting.environment.name);
  out.add("class", model::environment_class_name(setting.environment.environment_class), origin);
  const std::array<std::pair<const char*, const std::vector<std::string>*>, 5> lists = {{{"targets", &setting.environment.targets},
                                                                                         {"packs", &setting.packs},
                                                                                         {"sources", &setting.sources},
                                                                                         {"values", &setting.values},
                                                                                         {"baseline", &setting.baseline}}};
  for (const auto& [key, values] : lists) {
    if (!values->empty()) out.add(key, *values, origin);
  }
  if (setting.block_at) {
    out.begin("thresholds");
    out.add("block_at", std::string(model::to_string(*setting.block_at)), setting.block_at_origin);
    out.end();
  }
  std::vector<std::string> expected;
  for (const model::InputKind kind : setting.expected) expected.emplace_back(model::to_string(kind));
  if (!expected.empty()) out.add("expect", expected, origin);
  if (!setting.rules.empty()) write_rules(out, setting.rules);
  out.end();
}

}  // namespace

int config_show(const Options& options) {
  DecisionInputs inputs = DecisionInputs::for_merge_request(options);
  const Configuration configuration = settled_configuration(options, inputs);
  ConfigurationWriter out(options.show_origin);
  out.add("apiVersion", "postern/v1", configuration.path.empty() ? "no configuration file" : configuration.path);
  out.add("kind", "Configuration", "default");
  if (!configuration.application.value.empty()) {
    out.add("application", configuration.application.value, configuration.application.origin.text);
  }
  out.add("scope", model::to_string(configuration.scope.value), configuration.scope.origin.text);
  if (!configuration.packs.value.empty()) out.add("packs", configuration.packs.value, configuration.packs.origin.text);
  if (!configuration.policies.value.empty()) out.add("policies", configuration.policies.value, configuration.policies.origin.text);
  if (!configuration.vex.value.empty()) out.add("vex", configuration.vex.value, configuration.vex.origin.text);
  if (!configuration.rules.empty()) write_rules(out, configuration.rules);
  out.add("warn_exit_code", configuration.warn_exit_code.value, configuration.warn_exit_code.origin.text);
  if (!configuration.risk_model.value.empty()) {
    out.add("risk_model", configuration.risk_model.value, configuration.risk_model.origin.text);
  }
  out.begin("limits");
  out.add("file_bytes", configuration.file_bytes.value, configuration.file_bytes.origin.text);
  out.add("yaml_bytes", configuration.yaml_bytes.value, configuration.yaml_bytes.origin.text);
  out.end();
  out.begin("environments");
  const model::Environment asked = environment_called(configuration, options.environment);
  if (!configuration.environments.contains(asked.name)) {
    EnvironmentSetting setting;
    setting.environment = asked;
    write_environment(out, setting, options.environment ? "a name that is not mapped" : "default");
  }
  for (const auto& [name, setting] : configuration.environments) {
    write_environment(out, setting, base::to_string(setting.location));
  }
  out.end();
  write_output(out.finish());
  return 0;
}

}  // namespace postern::app
