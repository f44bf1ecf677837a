// SPDX-License-Identifier: Apache-2.0
// From a JSON tree to an advisory: what decides about versions must have the shape of the schema, the rest is taken as it comes.
#include "threatdb/osv_reader.h"

#include <postern/base/text.h>

#include <algorithm>
#include <array>

#include "threatdb/codes.h"

namespace postern::threatdb {
namespace {

using document::Node;

constexpr std::size_t k_longest_id = 256;
constexpr std::size_t k_longest_summary = 300;
constexpr std::size_t k_longest_first_line = 200;
constexpr std::size_t k_most_references = 4;

/// At most `most` bytes, cut between characters.
std::string_view cut(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U) --most;
  return text.substr(0, most);
}

bool is_plain_id(std::string_view id) {
  return !id.empty() && id.size() <= k_longest_id &&
         std::all_of(id.begin(), id.end(), [](char letter) { return letter > ' ' && letter < 0x7F; });
}

struct EventName {
  std::string_view name;
  package::EventKind kind;
};
constexpr std::array k_event_names = {
    EventName{"fixed", package::EventKind::fixed},
    EventName{"introduced", package::EventKind::introduced},
    EventName{"last_affected", package::EventKind::last_affected},
    EventName{"limit", package::EventKind::limit},
};

RangeType type_of(std::string_view name) {
  if (name == "SEMVER") return RangeType::semver;
  if (name == "ECOSYSTEM") return RangeType::ecosystem;
  return name == "GIT" ? RangeType::git : RangeType::other;
}

/// Reads one record; the first breach of what decides ends it.
class Reader {
 public:
  Reader(std::string_view name, Advisory& advisory, base::DiagnosticSink& sink)
      : m_name(name), m_advisory(advisory), m_sink(sink) {}

  bool read(const Node& node) {
    m_advisory.id = node["id"].as_string().value_or("");
    if (!is_plain_id(m_advisory.id)) return refuse(node, "it has no id that is a word of at most 256 characters");
    const auto modified = parse_moment(node["modified"].text());
    if (!modified) return refuse(node, "'modified' is no date with time (RFC 3339)");
    m_advisory.modified = *modified;
    m_advisory.published = optional_moment(node, "published");
    if (!read_withdrawn(node["withdrawn"])) return false;
    read_summary(node);
    m_advisory.severity_word = node["database_specific"]["severity"].as_string().value_or("");
    read_severities(node["severity"], m_advisory.severities);
    read_ids(node["aliases"], m_advisory.aliases);
    read_ids(node["related"], m_advisory.related);
    read_ids(node["upstream"], m_advisory.upstream);
    read_references(node["references"]);
    return read_affected(node["affected"]);
  }

 private:
  bool refuse(const Node& node, const std::string& why) {
    base::Diagnostic diagnostic{
        k_not_an_advisory, base::Severity::error, node.location(), "the advisory " + called() + " cannot be used: " + why, "", {}};
    m_sink.add(std::move(diagnostic));
    return false;
  }
  void odd(const Node& node, const std::string& what) {
    m_sink.warning(k_odd_advisory, node.location(), "the advisory " + called() + ": " + what);
  }
  [[nodiscard]] std::string called() const { return std::string(is_plain_id(m_advisory.id) ? m_advisory.id : m_name); }

  Moment optional_moment(const Node& node, std::string_view key) {
    const Node value = node[key];
    if (!value || value.is_null()) return k_never;
    const auto moment = parse_moment(value.text());
    if (!moment) odd(value, "'" + std::string(key) + "' is no date with time");
    return moment.value_or(k_never);
  }

  /// A withdrawn advisory concerns nobody, so what says so must be right.
  bool read_withdrawn(const Node& value) {
    m_advisory.withdrawn = k_never;
    if (!value || value.is_null()) return true;
    const auto moment = parse_moment(value.text());
    if (!moment) return refuse(value, "'withdrawn' is no date with time (RFC 3339)");
    m_advisory.withdrawn = *moment;
    return true;
  }

  void read_summary(const Node& node) {
    m_advisory.summary = cut(base::trim(node["summary"].as_string().value_or("")), k_longest_summary);
    if (!m_advisory.summary.empty()) return;
    std::string_view details = base::trim(node["details"].as_string().value_or(""));
    details = details.substr(0, details.find('\n'));
    m_advisory.summary = cut(base::trim(details), k_longest_first_line);
  }

  void read_severities(const Node& list, std::vector<SeverityRow>& rows) {
    rows.clear();
    for (const Node item : list.items()) {
      const auto type = item["type"].as_string();
      const auto score = item["score"].as_string();
      if (type && score) {
        rows.push_back({*type, *score});
      } else {
        odd(item, "an item of 'severity' has no type and score");
      }
    }
  }

  void read_ids(const Node& list, std::vector<std::string_view>& ids) {
    ids.clear();
    for (const Node item : list.items()) {
      const auto id = item.as_string();
      if (id && is_plain_id(*id)) {
        if (*id != m_advisory.id && std::find(ids.begin(), ids.end(), *id) == ids.end()) ids.push_back(*id);
      } else {
        odd(item, "another name of it is no word of at most 256 characters");
      }
    }
  }

  /// A few of them: what tells what it is, what mends it, what proves it, then the others.
  void read_references(const Node& list) {
    m_advisory.references.clear();
    const auto take = [&](std::string_view type) {
      for (const Node item : list.items()) {
        const auto url = item["url"].as_string();
        if (!url || url->empty() || (!type.empty() && item["type"].text() != type)) continue;
        auto& taken = m_advisory.references;
        if (taken.size() >= k_most_references) return;
        if (std::find(taken.begin(), taken.end(), *url) != taken.end()) continue;
        taken.push_back(*url);
        if (!type.empty()) return;
      }
    };
    for (const char* type : {"ADVISORY", "FIX", "EVIDENCE", ""}) take(type);
  }

  bool read_events(const Node& list, std::vector<package::Event>& events) {
    if (!list.is_sequence()) return refuse(list, "'events' of a range is no list");
    for (const Node item : list.items()) {
      if (!item.is_mapping()) return refuse(item, "an event of a range is no mapping");
      for (const document::Entry entry : item.entries()) {
        const auto* const row = std::find_if(k_event_names.begin(), k_event_names.end(),
                                             [&](const EventName& each) { return each.name == entry.key.text(); });
        const auto version = entry.value.as_string();
        if (row == k_event_names.end()) {
          odd(entry.key, "an event of the unknown kind '" + std::string(entry.key.text()) + "'");
        } else if (!version) {
          return refuse(entry.value, "the version of an event is no text");
        } else {
          events.push_back({row->kind, *version});
        }
      }
    }
    return true;
  }

  bool read_ranges(const Node& list, AffectedPackage& affected) {
    if (list && !list.is_null() && !list.is_sequence()) return refuse(list, "'ranges' is no list");
    for (const Node item : list.items()) {
      VersionRange& range = affected.ranges.emplace_back();
      range.type = type_of(item["type"].text());
      if (range.type == RangeType::other) odd(item, "a range of the unknown type '" + std::string(item["type"].text()) + "'");
      range.repository = item["repo"].as_string().value_or("");
      if (!read_events(item["events"], range.events)) return false;
    }
    return true;
  }

  bool read_versions(const Node& list, AffectedPackage& affected) {
    if (list && !list.is_null() && !list.is_sequence()) return refuse(list, "'versions' is no list");
    affected.versions.reserve(list.size());
    for (const Node item : list.items()) {
      const auto version = item.as_string();
      if (!version) return refuse(item, "an item of 'versions' is no text");
      affected.versions.push_back(*version);
    }
    return true;
  }

  static void read_symbols(const Node& specific, AffectedPackage& affected) {
    for (const Node item : specific["imports"].items()) {  // the Go vulnerability database
      AffectedSymbols& symbols = affected.symbols.emplace_back();
      symbols.path = item["path"].as_string().value_or("");
      for (const Node name : item["symbols"].items()) {
        if (const auto text = name.as_string()) symbols.names.push_back(*text);
      }
    }
    const Node functions = specific["affects"]["functions"];  // RustSec
    if (functions.size() == 0) return;
    AffectedSymbols& symbols = affected.symbols.emplace_back();
    for (const Node name : functions.items()) {
      if (const auto text = name.as_string()) symbols.names.push_back(*text);
    }
  }

  bool read_package(const Node& item, AffectedPackage& affected) {
    const Node database = item["database_specific"];
    const Node ecosystem = item["ecosystem_specific"];
    for (const Node& word : {database["severity"], ecosystem["severity"], ecosystem["urgency"]}) {
      if (affected.severity_word.empty()) affected.severity_word = word.as_string().value_or("");
    }
    read_severities(item["severity"], affected.severities);
    read_symbols(ecosystem, affected);
    return read_ranges(item["ranges"], affected) && read_versions(item["versions"], affected);
  }

  bool read_affected(const Node& list) {
    m_advisory.affected.clear();
    if (list && !list.is_null() && !list.is_sequence()) return refuse(list, "'affected' is no list");
    for (const Node item : list.items()) {
      if (!item.is_mapping()) return refuse(item, "an item of 'affected' is no mapping");
      const Node package = item["package"];
      AffectedPackage affected;
      affected.ecosystem = package["ecosystem"].as_string().value_or("");
      affected.name = package["name"].as_string().value_or("");
      if (!read_package(item, affected)) return false;
      const bool named = !affected.ecosystem.empty() && !affected.name.empty();
      if (named) {
        m_advisory.affected.push_back(std::move(affected));
      } else if (!package || package.is_null()) {
        if (!read_repositories(item, affected)) return false;
      } else {
        return refuse(package, "an affected package has no ecosystem or no name");
      }
    }
    return true;
  }

  /// Without a package, what is affected are the repositories of the ranges.
  bool read_repositories(const Node& item, const AffectedPackage& all) {
    bool is_any = all.ranges.empty() && all.versions.empty();
    for (const VersionRange& range : all.ranges) {
      if (range.type != RangeType::git || range.repository.empty()) continue;
      is_any = true;
      const auto known = std::find_if(m_advisory.affected.begin(), m_advisory.affected.end(), [&](const AffectedPackage& each) {
        return each.ecosystem == "GIT" && each.name == range.repository;
      });
      const bool is_first = known == m_advisory.affected.end();
      AffectedPackage& affected = is_first ? m_advisory.affected.emplace_back(all) : *known;
      if (is_first) {
        affected.ecosystem = "GIT";
        affected.name = range.repository;
        affected.ranges.clear();
      }
      affected.ranges.push_back(range);
    }
    return is_any || refuse(item, "it names neither a package nor a repository that is affected");
  }

  std::string_view m_name;
  Advisory& m_advisory;
  base::DiagnosticSink& m_sink;
};

}  // namespace

bool is_advisory(const Node& node) {
  return node.is_mapping() && node["id"].as_string().has_value() && node["modified"].as_string().has_value();
}

bool read_advisory(const Node& node, std::string_view name, Advisory& advisory, base::DiagnosticSink& sink) {
  return Reader(name, advisory, sink).read(node);
}

}  // namespace postern::threatdb
