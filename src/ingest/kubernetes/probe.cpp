// SPDX-License-Identifier: Apache-2.0
// Writes probes as text.
#include <connection/redact.h>
#include <ingest/kubernetes/probe.h>
#include <postern/base/text.h>

#include <array>

namespace postern::ingest::kubernetes {
namespace {

struct ProbeRow {
  std::string_view key;
  const model::AttributeDefinition* definition;
};
constexpr std::array k_probes = {
    ProbeRow{"livenessProbe", &model::attribute::liveness_probe},
    ProbeRow{"readinessProbe", &model::attribute::readiness_probe},
    ProbeRow{"startupProbe", &model::attribute::startup_probe},
};

/// `HOST:PORT`; the host is empty unless the probe goes elsewhere than to its own pod.
std::string place(const ObjectReader& reader, const Node& action) {
  return std::string(reader.text(action, "host").value_or("")) + ":" +
         std::string(reader.text_or_integer(action, "port").value_or(""));
}

/// What a probe says, and the places in it that hold a secret in clear text.
struct ProbeText {
  std::string text;
  std::vector<std::string> secrets;
};

ProbeText http_text(const ObjectReader& reader, const Node& action) {
  const bool encrypted = base::equals_ignoring_case(reader.text(action, "scheme").value_or("HTTP"), "HTTPS");
  const std::string_view path = reader.text(action, "path").value_or("/");
  const std::string shown = connection::redact_path(path);
  ProbeText probe{(encrypted ? "https " : "http ") + place(reader, action) + (path.starts_with('/') ? "" : "/") + shown, {}};
  if (shown != path) probe.secrets.emplace_back("path");
  reader.each_mapping(action, "httpHeaders", [&](const Node& header) {
    const std::string_view name = reader.text(header, "name").value_or("");
    const std::string_view value = reader.text(header, "value").value_or("");
    if (connection::redact(name, value).hard_coded()) probe.secrets.emplace_back(name);
  });
  return probe;
}

ProbeText exec_text(const ObjectReader& reader, const Node& action) {
  std::string text = "exec";
  for (const Symbol word : reader.texts(action, "command")) text += " " + word.str();
  connection::RedactedText redacted = connection::redact_text(text);
  ProbeText probe{std::move(redacted.text), {}};
  if (!redacted.secrets.empty()) probe.secrets.emplace_back("command");
  return probe;
}

ProbeText probe_text(const ObjectReader& reader, const Node& probe) {
  if (const Node action = reader.mapping(probe, "httpGet")) return http_text(reader, action);
  if (const Node action = reader.mapping(probe, "tcpSocket")) return {"tcp " + place(reader, action), {}};
  if (const Node action = reader.mapping(probe, "grpc")) return {"grpc " + place(reader, action), {}};
  if (const Node action = reader.mapping(probe, "exec")) return exec_text(reader, action);
  return {};
}

}  // namespace

void read_probes(const ObjectReader& reader, const Node& container, Symbol scope, Rows& rows, std::vector<Symbol>& secrets) {
  for (const ProbeRow& row : k_probes) {
    const Node probe = reader.mapping(container, row.key);
    if (!probe) continue;
    const ProbeText said = probe_text(reader, probe);
    if (!said.text.empty()) add_row(rows, *row.definition, Symbol(said.text), probe.location(), scope);
    for (const std::string& secret : said.secrets) secrets.emplace_back(std::string(row.key) + " " + secret);
  }
}

}  // namespace postern::ingest::kubernetes
