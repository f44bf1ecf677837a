// SPDX-License-Identifier: Apache-2.0
// Routes that services declare by labels, to the Traefik of their project. Source: Traefik, "Routing with Docker labels".
#include <connection/endpoint.h>
#include <ingest/compose_file/project_facts.h>
#include <postern/base/text.h>

#include <charconv>

namespace postern::ingest::compose_file {
namespace {

/// `traefik:2.6`, `docker.io/library/traefik:v3`
bool is_traefik(const Value& service) {
  std::string_view image = service["image"].text;
  image = image.substr(image.rfind('/') + 1);
  return image.substr(0, image.find_first_of(":@")) == "traefik";
}

/// What its labels say about routes.
struct Routed {
  bool any = false;
  bool off = false;
  std::uint32_t port = 0;
  Location location;
};

Routed routed_by(const Value& labels) {
  Routed routed;
  for (const Value::Entry& label : labels.entries) {
    const std::string name = base::to_lower(label.first);
    if (!name.starts_with("traefik.")) continue;
    if (name == "traefik.enable") routed.off = !label.second.is_true();
    if (name.ends_with(".rule") || name == "traefik.frontend.rule") {
      routed.any = true;
      routed.location = label.second.location;
    }
    if (name.ends_with(".loadbalancer.server.port") || name == "traefik.port") {
      const std::string& text = label.second.text;
      std::from_chars(text.data(), text.data() + text.size(), routed.port);
    }
  }
  return routed;
}

}  // namespace

void write_label_routes(Project& project) {
  const auto& services = project.loaded.model["services"].entries;
  for (const Value::Entry& proxy : services) {
    if (!is_traefik(proxy.second)) continue;
    for (const Value::Entry& service : services) {
      Routed routed = routed_by(service.second["labels"]);
      if (!routed.any) routed = routed_by(service.second["deploy"]["labels"]);
      if (!routed.any || routed.off || service.first == proxy.first) continue;
      model::MentionFact fact;
      fact.owner = project.address({}, proxy.first);
      fact.name = Symbol("label of " + service.first);
      fact.host = Symbol(base::to_lower(service.first));
      fact.port = routed.port;
      fact.confidence = Symbol(connection::to_string(connection::Confidence::host_port));
      fact.location = routed.location;
      project.facts.emplace_back(std::move(fact));
    }
  }
}

}  // namespace postern::ingest::compose_file
