// SPDX-License-Identifier: Apache-2.0
// Third parties by host suffix.
#include "connection/vendor.h"

#include <postern/base/text.h>

#include <map>

#include "connection/knowledge_table.h"

namespace postern::connection {
namespace {

constexpr std::string_view k_label_prefix = "label:";

struct VendorIndex {
  std::map<std::string_view, Vendor> suffixes;
  std::map<std::string_view, Vendor> labels;  ///< service names inside Amazon's domains
};

const VendorIndex& index() {
  static const VendorIndex built = [] {
    VendorIndex vendors;
    for (const TableRow& cells : read_knowledge("third-parties.tsv", 3)) {
      for (const std::string_view host : words_of(cells[2])) {
        const bool is_label = host.starts_with(k_label_prefix);
        auto& map = is_label ? vendors.labels : vendors.suffixes;
        map.emplace(is_label ? host.substr(k_label_prefix.size()) : host, Vendor{cells[1], cells[0]});
      }
    }
    return vendors;
  }();
  return built;
}

bool is_amazon(std::string_view host) { return host.ends_with(".amazonaws.com") || host.ends_with(".amazonaws.com.cn"); }

}  // namespace

const Vendor* find_vendor(std::string_view host) {
  if (is_amazon(host)) {
    for (const std::string_view label : base::split(host, '.')) {
      const auto found = index().labels.find(label);
      if (found != index().labels.end()) return &found->second;
    }
  }
  for (std::string_view suffix = host; !suffix.empty();) {
    const auto found = index().suffixes.find(suffix);
    if (found != index().suffixes.end()) return &found->second;
    const auto dot = suffix.find('.');
    if (dot == std::string_view::npos) break;
    suffix.remove_prefix(dot + 1);
  }
  return nullptr;
}

}  // namespace postern::connection
