// SPDX-License-Identifier: Apache-2.0
// `postern export sbom`: CycloneDX of what was discovered, of one service, of each, or of the application.
#include <postern/base/error.h>
#include <postern/base/text.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "app/baseline_choice.h"
#include "app/commands/commands.h"
#include "app/inventory/bom.h"
#include "app/output.h"
#include "app/pipeline.h"
#include "app/request.h"
#include "app/talk.h"
#include "compose/compose.h"
#include "resolve/libraries/settle.h"
#include "threatdb/timestamp.h"

namespace postern::app {
namespace {

/// Only what SOURCE_DATE_EPOCH says: a clock would make every document another one.
std::string given_timestamp() {
  const char* text = std::getenv("SOURCE_DATE_EPOCH");  // NOLINT(concurrency-mt-unsafe): before any thread
  if (text == nullptr || *text == '\0') return {};
  const std::string_view said(text);
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(said.data(), said.data() + said.size(), seconds);
  constexpr std::int64_t k_end = 253'402'300'800;  // of the year 9999
  if (error != std::errc() || end != said.data() + said.size() || seconds < 0 || seconds >= k_end)
    throw UsageError("SOURCE_DATE_EPOCH is not a number of seconds since 1970: '" + std::string(said) + "'");
  return threatdb::to_text(seconds * threatdb::k_second);
}

/// The service of that address, or of that name where only one has it.
const BomService& service_called(const BomSource& source, const std::string& name) {
  std::vector<const BomService*> found;
  std::vector<std::string_view> addresses;
  for (const BomService& each : source.services) {
    const model::Entity& entity = source.graph.entity(each.entity);
    if (entity.id.address.view() == name) return each;
    if (entity.name.view() == name) found.push_back(&each);
    addresses.push_back(entity.id.address.view());
  }
  if (found.size() == 1) return *found.front();
  if (found.size() > 1) throw UsageError("several services are called '" + name + "'", "say NAMESPACE/NAME");
  const auto close = base::did_you_mean(name, addresses);
  throw UsageError("there is no service '" + name + "'", close ? "did you mean '" + *close + "'?" : "`postern map` lists them");
}

/// `shop/cart` -> `shop-cart.cdx.json`; of another target or application with its name before it.
std::string file_of(const model::Entity& entity) {
  std::string name = entity.id.address.str();
  for (char& c : name) {
    const bool is_plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    if (!is_plain) c = '-';
  }
  if (name.starts_with('.')) name.front() = '-';
  return name;
}

/// A document for each service whose libraries anything lists.
void write_each(const BomSource& source, const std::string& folder) {
  make_folder(folder);
  std::vector<std::string> used;
  for (const BomService& service : source.services) {
    if (service.rows.empty()) continue;
    const std::string name = file_of(source.graph.entity(service.entity));
    std::string file = name;
    for (int number = 2; std::find(used.begin(), used.end(), file) != used.end(); ++number)
      file = name + '-' + std::to_string(number);
    used.push_back(file);
    write_file(folder + (folder.ends_with('/') ? "" : "/") + file + ".cdx.json", service_bom(source, service));
  }
}

}  // namespace

int export_sbom(const Options& options) {
  const GateRequest request = reading_request(options);
  SourceReader reader = reader_for(request);
  const SourcePlace place = place_of(request, reader);
  const ReadSource read = reader.read(request.candidate, place);
  tell(read.diagnostics.all(), talk_of(options));
  const model::StateView view = compose::view_of(read.snapshot);
  LinkedState state = link_and_derive(view, request.configuration.services);
  const std::vector<model::Component> components = resolve::libraries::add_libraries(
      {view, state.graph, state.diagnostics}, service_of_file(request.configuration), resolve::libraries::LibraryDetail::counts);
  tell(state.diagnostics.all(), talk_of(options));
  const BomSource source{state.graph, place.application, given_timestamp(), bom_services(state.graph, components)};
  const std::string output = options.output.value_or(std::string());
  if (!options.service && !output.empty() && is_folder(output)) {
    write_each(source, output);
  } else {
    const std::string text =
        options.service ? service_bom(source, service_called(source, *options.service)) : application_bom(source);
    output.empty() ? write_output(text) : write_file(output, text);
  }
  const bool whole = !read.diagnostics.has_errors() && !state.diagnostics.has_errors() && !read.snapshot.units.empty();
  return whole ? 0 : 3;
}

}  // namespace postern::app
