// SPDX-License-Identifier: Apache-2.0
// Matches host names with the patterns of managed services.
#include "connection/managed_host.h"

#include <postern/base/text.h>

#include <map>
#include <string>
#include <vector>

#include "connection/knowledge_table.h"
#include "connection/region.h"

namespace postern::connection {
namespace {

constexpr std::string_view k_region = "{region}";
constexpr std::string_view k_short = "{short}";
constexpr std::string_view k_jurisdiction = "jurisdiction=";

struct Pattern {
  std::vector<std::string_view> labels;
  std::string_view technology;
  std::string_view provider;
  std::string_view remark;
};

/// Patterns by their last label, which is always literal.
const std::map<std::string_view, std::vector<Pattern>>& patterns() {
  static const std::map<std::string_view, std::vector<Pattern>> built = [] {
    std::map<std::string_view, std::vector<Pattern>> map;
    for (const TableRow& cells : read_knowledge("managed-hosts.tsv", 4)) {
      Pattern pattern{base::split(cells[0], '.'), cell_text(cells[1]), cell_text(cells[2]), cell_text(cells[3])};
      const std::string_view last = pattern.labels.back();
      map[last].push_back(std::move(pattern));
    }
    return map;
  }();
  return built;
}

struct Captured {
  std::string_view provider;
  std::optional<RegionFacts> region;
};

bool match_label(std::string_view pattern, std::string_view label, Captured& captured);

/// Tries every length of text for the part that `pattern` begins with, the shortest rest last. Labels have at most 63 bytes.
template <typename Accepts>
bool match_part(std::string_view rest_pattern, std::string_view label, Captured& captured, Accepts&& accepts) {
  for (std::size_t length = label.size(); length != 0; --length) {
    if (!accepts(label.substr(0, length))) continue;
    if (match_label(rest_pattern, label.substr(length), captured)) return true;
  }
  return false;
}

bool all_digits(std::string_view text) { return text.find_first_not_of("0123456789") == std::string_view::npos; }

bool match_label(std::string_view pattern, std::string_view label, Captured& captured) {
  if (pattern.empty()) return label.empty();
  if (pattern.starts_with('*')) {
    return match_part(pattern.substr(1), label, captured, [](std::string_view) { return true; });
  }
  if (pattern.starts_with('#')) return match_part(pattern.substr(1), label, captured, all_digits);
  const auto capture = [&](auto&& find) {
    return [&captured, find](std::string_view text) {
      captured.region = find(captured.provider, text);
      return captured.region.has_value();
    };
  };
  if (pattern.starts_with(k_region))
    return match_part(pattern.substr(k_region.size()), label, captured, capture(find_exact_region));
  if (pattern.starts_with(k_short))
    return match_part(pattern.substr(k_short.size()), label, captured, capture(find_region_by_code));
  const std::size_t literal = std::min(pattern.find_first_of("*#{"), pattern.size());
  return label.starts_with(pattern.substr(0, literal)) && match_label(pattern.substr(literal), label.substr(literal), captured);
}

std::optional<ManagedHost> match(const Pattern& pattern, const std::vector<std::string_view>& labels) {
  if (pattern.labels.size() > labels.size()) return std::nullopt;
  Captured captured{pattern.provider, std::nullopt};
  for (std::size_t i = 1; i <= pattern.labels.size(); ++i) {
    const std::string_view label = labels[labels.size() - i];
    if (label.size() > 63 || !match_label(pattern.labels[pattern.labels.size() - i], label, captured)) return std::nullopt;
  }
  ManagedHost host{pattern.technology, pattern.provider, {}, captured.region, false, false};
  host.load_balancer = pattern.remark == "load-balancer";
  host.internal = pattern.remark == "private";
  if (pattern.remark.starts_with(k_jurisdiction)) host.jurisdiction = pattern.remark.substr(k_jurisdiction.size());
  return host;
}

}  // namespace

std::optional<ManagedHost> find_managed_host(std::string_view host) {
  const std::vector<std::string_view> labels = base::split(host, '.');
  const auto candidates = patterns().find(labels.back());
  if (candidates == patterns().end()) return std::nullopt;
  std::optional<ManagedHost> best;
  std::size_t best_labels = 0;
  for (const Pattern& pattern : candidates->second) {
    // Of two that fit with as many labels, the first of the table counts.
    if (pattern.labels.size() <= best_labels) continue;
    if (auto found = match(pattern, labels)) {
      best = std::move(found);
      best_labels = pattern.labels.size();
    }
  }
  return best;
}

}  // namespace postern::connection
