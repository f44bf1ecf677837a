// SPDX-License-Identifier: Apache-2.0
// Reads addresses out of configuration files, arguments and commands: keys and values first, then URLs and host:port words.
#include <postern/base/text.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "connection/connection_string.h"
#include "connection/dull_line.h"
#include "connection/endpoint_builder.h"
#include "connection/endpoint_reader.h"
#include "connection/flow_line.h"
#include "connection/host_name.h"
#include "connection/key_value.h"
#include "connection/reference.h"
#include "connection/setting_name.h"

namespace postern::connection {
namespace {

/// Levels between two columns: what stands in a flow collection of a line is deeper than the line and less deep than the next
/// column.
constexpr std::size_t k_levels = 64;

/// A key that an enclosing line opened.
struct Parent {
  std::size_t level;  ///< k_levels times its indentation, and the collections around it in its line
  std::string key;
};

std::size_t level_of(std::string_view line) { return k_levels * std::min(line.find_first_not_of(" \t"), line.size()); }

/// A line of the text, or a piece of one that would be a line in block style.
struct Line {
  std::string_view text;
  std::size_t offset;  ///< in the text
  std::size_t level;
};

/// Where a value of the text stood.
struct Place {
  std::size_t offset;
  std::uint32_t line;
  std::uint32_t column;
};

bool is_word_end(char c) {
  return c == ' ' || c == '\t' || c == ',' || c == ';' || c == '"' || c == '\'' || c == '`' || c == '(' || c == ')' || c == '{' ||
         c == '}' || c == '<' || c == '>' || c == '|' || c == '=';
}

/// A group of servers (nginx: `upstream backend { server a; }`): an address that says its name means its servers.
struct Group {
  std::string name;
  std::size_t begin;  ///< behind its brace
  std::size_t end;
};

std::vector<Group> groups_of(std::string_view text) {
  constexpr std::string_view k_word = "upstream ";
  std::vector<Group> groups;
  for (std::size_t at = text.find(k_word); at != std::string_view::npos; at = text.find(k_word, at + 1)) {
    const bool starts = at == 0 || text[at - 1] == ' ' || text[at - 1] == '\t' || text[at - 1] == '\n';
    const std::size_t begin = std::min(text.find_first_not_of(" \t", at + k_word.size()), text.size());
    const std::size_t end = std::min(text.find_first_of(" \t\r\n{;", begin), text.size());
    const std::size_t brace = text.find_first_not_of(" \t\r\n", end);
    if (starts && end > begin && brace != std::string_view::npos && text[brace] == '{') {
      const std::size_t close = std::min(text.find('}', brace), text.size());
      groups.push_back({base::to_lower(text.substr(begin, end - begin)), brace + 1, close});
      at = std::max(at, close - 1);
    }
  }
  return groups;
}

/// A request that is sent elsewhere by the one who made it: `return 301 https://...` and `rewrite ^ https://...` of nginx,
/// `Redirect` of Apache httpd.
bool is_redirect(std::string_view line, std::size_t url) {
  constexpr std::size_t k_reach = 256;  // statements are short; the look back stays so in a line full of URLs
  const std::size_t begin = url > k_reach ? url - k_reach : 0;
  const std::string_view before = line.substr(begin, url - begin);
  const std::size_t end_of_other = before.find_last_of(";{}");
  const std::string_view statement = base::trim(end_of_other == std::string_view::npos ? before : before.substr(end_of_other + 1));
  return statement.starts_with("return 3") || statement.starts_with("rewrite ") || statement.starts_with("Redirect");
}

class TextReader {
 public:
  TextReader(std::string_view name, std::string_view text, const std::vector<bool>& dull)
      : m_name(name), m_text(text), m_dull(dull) {}

  std::vector<Endpoint> run() {
    find_pipelines();
    const bool has_braces = m_text.find('{') != std::string_view::npos;
    std::size_t offset = 0;
    for (const std::string_view line : base::split(m_text, '\n')) {
      ++m_line;
      m_row_offset = offset;
      if (!has_braces || line.find('{') == std::string_view::npos || !read_flow(line, offset)) {
        const Line whole{line, offset, level_of(line)};
        if (!is_dull(whole)) read_line({line.substr(0, end_without_comment(line)), whole.offset, whole.level});
      }
      offset += line.size() + 1;
    }
    join_pairs();
    if (const std::vector<Group> groups = groups_of(m_text); !groups.empty()) {
      std::set<std::string> names;
      for (const Group& group : groups) names.insert(group.name);
      // A group is named without a port; a server of the same name inside of it stays.
      const auto means_group = [&](const Endpoint& endpoint) {
        return !endpoint.scheme.empty() && !endpoint.port && names.contains(endpoint.host);
      };
      std::erase_if(m_endpoints, means_group);
      read_servers(groups);
    }
    return std::move(m_endpoints);
  }

 private:
  /// OpenTelemetry collectors: what `service.pipelines.*.exporters` names. An exporter that no pipeline names is never started.
  void find_pipelines() {
    if (m_text.find("pipelines") == std::string_view::npos || m_text.find("exporters") == std::string_view::npos) return;
    m_looks_for_pipelines = true;
    std::size_t offset = 0;
    for (const std::string_view line : base::split(m_text, '\n')) {
      if (!read_flow(line, offset)) read_line({line.substr(0, end_without_comment(line)), offset, level_of(line)});
      offset += line.size() + 1;
    }
    m_looks_for_pipelines = false;
    m_parents.clear();
    m_section.clear();
    if (!m_knows_pipelines) m_used_exporters.clear();
  }

  void read_pipeline(std::string_view line, const std::string& section) {
    const std::string_view trimmed = base::trim(line);
    if (m_in_exporters && (trimmed.starts_with('-') || trimmed.starts_with('"') || trimmed.starts_with(']'))) {
      if (m_pairs.empty()) return name_exporter(trimmed.substr(trimmed.starts_with('-') ? 1 : 0));
    }
    m_in_exporters = false;
    if (m_pairs.empty() || !section.starts_with("service.pipelines.") || m_pairs.front().key(line) != "exporters") return;
    const std::string_view value = base::trim(line.substr(m_pairs.front().value_begin));
    m_in_exporters = value.empty() || value == "[";
    if (m_in_exporters) return;
    if (!value.starts_with('[') || value.find(']') == std::string_view::npos) {
      m_knows_pipelines = false;  // a reference, or a list over several lines
      return;
    }
    for (const std::string_view name : base::split(value.substr(1, value.find(']') - 1), ',')) name_exporter(name);
  }

  void name_exporter(std::string_view written) {
    const std::string_view name = base::trim(written);
    const std::size_t begin = name.find_first_not_of(" \"'");
    if (begin == std::string_view::npos) return;
    m_used_exporters.emplace(name.substr(begin, name.find_first_of("\"', ]", begin) - begin));
  }

  [[nodiscard]] bool is_unused_exporter() const {
    return !m_used_exporters.empty() && m_parents.size() >= 2 && m_parents[0].key == "exporters" &&
           !m_used_exporters.contains(m_parents[1].key);
  }

  /// Reads a line with flow collections piece by piece, under the keys that the block style would give; false for other lines.
  bool read_flow(std::string_view line, std::size_t offset) {
    const std::string_view text = line.substr(0, end_without_comment(line));
    cut_flow(text, m_flow);
    if (m_flow.pieces.empty()) return false;
    const std::size_t level = level_of(line);
    const auto within = [](std::size_t depth) { return std::min(depth, k_levels - 1); };
    for (const FlowPiece& piece : m_flow.pieces) {
      const Line part{text.substr(piece.begin, piece.end - piece.begin), offset + piece.begin, level + within(piece.depth)};
      if (!is_dull(part)) read_line(part);
    }
    close_parents(level + within(m_flow.open));
    return true;
  }

  void read_line(const Line& place) {
    const std::string_view line = place.text;
    if (base::trim(line).empty()) return;
    m_line_offset = place.offset;
    m_covered.assign(line.size(), '\0');
    find_key_values(line, m_pairs);
    const std::string section = open_parents(place, m_pairs);
    if (m_looks_for_pipelines) return read_pipeline(line, section);
    if (is_unused_exporter()) return;
    for (const KeyValue& pair : m_pairs) read_pair(line, pair, section);
    if (may_hold_words(line)) read_words(line);
  }

  /// Whether the line can be passed over; keeps the stack of keys as open_parents does.
  bool is_dull(const Line& line) {
    if (m_looks_for_pipelines) return false;
    const bool alone = m_parents.empty() && m_section.empty();
    if (alone && m_line <= m_dull.size() && m_dull[m_line - 1]) return true;
    const auto simple = simple_line(line.text);
    if (!simple) return false;
    close_parents(line.level);
    if (m_parents.empty() && m_section.empty()) return is_dull_name(simple->key);
    std::string full = m_section;
    for (const Parent& parent : m_parents) full.append(full.empty() ? 0 : 1, '.').append(parent.key);
    return is_dull_name(simple->key) && is_dull_name(full.append(1, '.').append(simple->key));
  }

  /// Keeps the stack of keys by indentation, and the section of an ini file; returns the path of names that encloses this line.
  std::string open_parents(const Line& place, const std::vector<KeyValue>& pairs) {
    const std::string_view line = place.text;
    const std::string_view trimmed = base::trim(line);
    if (trimmed.size() > 2 && trimmed.front() == '[' && trimmed.back() == ']' &&
        trimmed.find_first_of(",\"':") == std::string_view::npos) {
      m_section = std::string(trimmed.substr(1, trimmed.size() - 2));
      m_parents.clear();
      return {};
    }
    close_parents(place.level);
    std::string path = m_section;
    for (const Parent& parent : m_parents) path += (path.empty() ? "" : ".") + parent.key;
    const bool opens = !pairs.empty() &&
                       (pairs.front().value(line).empty() || pairs.front().value(line) == "{" || pairs.front().value(line) == "[");
    const std::size_t depth_limit = 32;
    if (opens && m_parents.size() < depth_limit) m_parents.push_back({place.level, std::string(pairs.front().key(line))});
    if (const auto brace = bare_block(trimmed); !brace.empty() && m_parents.size() < depth_limit)
      m_parents.push_back({place.level, std::string(brace)});
    return path;
  }

  /// Leaves the keys that enclose nothing at `level`.
  void close_parents(std::size_t level) {
    while (!m_parents.empty() && m_parents.back().level >= level) m_parents.pop_back();
  }

  /// "upstream backend {" and "[[section]]"-less blocks: the first word opens a block.
  static std::string_view bare_block(std::string_view trimmed) {
    if (!trimmed.ends_with('{') || trimmed.find_first_of(":=\"") != std::string_view::npos) return {};
    return trimmed.substr(0, trimmed.find_first_of(" {"));
  }

  void read_pair(std::string_view line, const KeyValue& pair, const std::string& section) {
    const std::string_view value = pair.value(line);
    if (value.empty() || is_covered(pair.value_begin)) return;
    if (line.substr(0, pair.key_begin).ends_with("xmlns:"))
      return cover(pair.value_begin, pair.value_end);  // the name of a vocabulary
    const std::string_view own = pair.key(line);
    std::string joined;  // most lines stand in no section: nothing to join
    if (!section.empty()) joined.append(section).append(1, '.').append(own);
    const std::string_view full = section.empty() ? own : std::string_view(joined);
    const NameKind kind = meaning_of_name(own).kind;
    if (pair_part(full) != PairPart::none && pair.style != KeyStyle::flag) {
      m_settings.push_back({std::string(full), std::string(value)});
      m_places.push_back({m_line_offset + pair.value_begin, m_line, column(pair.value_begin)});
    }
    if (kind == NameKind::listen || kind == NameKind::other) {
      // "image: repo/x:1.2", "listen: host:80" are certainly no addresses, but a URL under any key is one.
      if (value.find("://") == std::string_view::npos) cover(pair.value_begin, pair.value_end);
      if (kind == NameKind::listen) cover(pair.value_begin, pair.value_end);
      return;
    }
    if (value.front() == '{' && value.substr(0, 2) != "{{") return;
    if (value.front() == '[' && pair.style != KeyStyle::flag) return read_array(line, pair, full, own);
    std::vector<Endpoint> found = read_value(full, value);
    if (pair.style == KeyStyle::line && kind == NameKind::neutral) {
      // A sentence after a neutral key: only what is explicit.
      std::erase_if(found, [](const Endpoint& endpoint) { return endpoint.confidence == Confidence::bare_name; });
    }
    if (found.empty()) return;
    for (Endpoint& endpoint : found) add(std::move(endpoint), pair.value_begin, own);
    cover(pair.value_begin, pair.value_end);
  }

  /// hosts: ["es-1:9200", "es-2"]: every element is a value of the key.
  void read_array(std::string_view line, const KeyValue& pair, std::string_view full, std::string_view own) {
    std::size_t at = pair.value_begin + 1;
    const std::size_t end = std::min(line.find(']', at), line.size());
    while (at < end) {
      const std::size_t stop = std::min(line.find(',', at), end);
      for (Endpoint& endpoint : read_value(full, line.substr(at, stop - at))) add(std::move(endpoint), at, own);
      at = stop + 1;
    }
    cover(pair.value_begin, end);
  }

  /// Whether something that no key covered may be a URL or a host with a port: a ':' is left over. (A value begins behind a space,
  /// a quote, '=' or '>', so neither reaches into one; only references may hold those characters.)
  [[nodiscard]] bool may_hold_words(std::string_view line) const {
    bool colon = false;
    for (std::size_t at = line.find(':'); at != std::string_view::npos; at = line.find(':', at + 1)) {
      if (!is_covered(at)) return true;
      colon = true;
    }
    if (!colon) return false;
    return std::any_of(line.begin(), line.end(), [](char c) { return c == '$' || c == '{' || c == '#' || c == '<' || c == '%'; });
  }

  /// What no key covered: URLs and host:port words.
  void read_words(std::string_view line) {
    const std::string masked = mask_references(line);
    const Scan scan{line, masked, meaning_of_name(m_name)};
    for (const UrlSpan& span : find_urls(masked)) {
      if (is_covered(span.begin)) continue;
      if (is_redirect(line, span.begin)) {
        cover(span.begin, span.end);
        continue;
      }
      for (Endpoint& endpoint : endpoints_of_url(scan, span)) add(std::move(endpoint), 0, key_before(line, span.begin));
      cover(span.begin, span.end);
    }
    for (std::size_t at = 0; at < line.size();) {
      std::size_t end = at;
      while (end < line.size() && (!is_word_end(line[end]) || masked[end] == k_mask)) ++end;
      if (end > at && !is_covered(at)) read_word(scan.part(at, end - at), line, at);
      at = std::max(end, at + 1);
    }
  }

  void read_word(const Scan& word, std::string_view line, std::size_t at) {
    std::vector<Endpoint> endpoints;
    if (word.text.size() > 512) return;
    if (word.text.starts_with("jdbc:oracle:") || word.text.starts_with("arn:") || word.text.find(':') != std::string_view::npos) {
      if (!read_oracle(word, endpoints) && !read_cloud_name(word, endpoints)) read_host_port(word, endpoints);
    }
    for (Endpoint& endpoint : endpoints) add(std::move(endpoint), at, key_before(line, at));
  }

  void read_host_port(const Scan& word, std::vector<Endpoint>& endpoints) {
    const std::string name = m_name.empty() ? std::string("word") : std::string(m_name);
    for (Endpoint& endpoint : read_value(name, word.text)) {
      if (!endpoint.port) continue;
      if (endpoint.host.find('.') == std::string::npos && endpoint.host != "localhost") endpoint.confidence = Confidence::bare_name;
      endpoints.push_back(std::move(endpoint));
    }
  }

  /// The flag or key right before a word ("--broker kafka:9092").
  static std::string key_before(std::string_view line, std::size_t at) {
    std::size_t end = at;
    while (end > 0 && (is_word_end(line[end - 1]) || line[end - 1] == ':')) --end;
    std::size_t begin = end;
    while (begin > 0 && end - begin < 64 && !is_word_end(line[begin - 1])) --begin;
    const std::string_view word = line.substr(begin, end - begin);
    return word.starts_with('-')
               ? std::string(
                     word.substr(word.find_first_not_of('-') == std::string_view::npos ? word.size() : word.find_first_not_of('-')))
               : std::string{};
  }

  void add(Endpoint endpoint, std::size_t at, std::string_view key) {
    const std::size_t in_line = at + endpoint.offset;
    endpoint.offset = m_line_offset + in_line;
    endpoint.line = m_line;
    endpoint.column = column(in_line);
    if (endpoint.key.empty()) endpoint.key = key;
    m_endpoints.push_back(std::move(endpoint));
  }

  /// `server a.example.com;` of a group: without a port no other reader takes the word for an address.
  void read_servers(const std::vector<Group>& groups) {
    constexpr std::string_view k_word = "server ";
    m_row_offset = 0;
    m_line = 1;
    std::size_t seen = 0;  // up to where lines are counted
    for (const Group& group : groups) {
      for (std::size_t at = m_text.find(k_word, group.begin); at < group.end; at = m_text.find(k_word, at + 1)) {
        if (!begins_statement(at)) continue;
        for (; seen < at; ++seen) {
          if (m_text[seen] == '\n') ++m_line, m_row_offset = seen + 1;
        }
        read_server(std::min(m_text.find_first_not_of(" \t", at + k_word.size()), group.end), group.end);
      }
    }
    std::stable_sort(m_endpoints.begin(), m_endpoints.end(),
                     [](const Endpoint& a, const Endpoint& b) { return a.offset < b.offset; });
  }

  [[nodiscard]] bool begins_statement(std::size_t at) const {
    const std::size_t before = at == 0 ? std::string_view::npos : m_text.find_last_not_of(" \t", at - 1);
    return before != std::string_view::npos && std::string_view(";{\r\n").find(m_text[before]) != std::string_view::npos;
  }

  void read_server(std::size_t begin, std::size_t limit) {
    constexpr std::uint16_t k_http = 80;
    const std::size_t end = std::min(m_text.find_first_of(" \t\r\n;}", begin), limit);
    const std::string_view host = m_text.substr(begin, end - begin);
    Endpoint endpoint;
    if (!is_host(host) || !set_host_port(endpoint, {host, host, {}}) || endpoint.port) return;
    endpoint.confidence = host.find('.') == std::string_view::npos ? Confidence::bare_name : Confidence::host_port;
    complete(endpoint, {});
    if (!endpoint.default_port) endpoint.default_port = k_http;
    m_line_offset = m_row_offset;
    add(std::move(endpoint), begin - m_row_offset, "server");
  }

  /// Hosts and ports that stand under one parent become one address.
  void join_pairs() {
    for (SettingEndpoint& pair : pair_settings(m_settings)) {
      Endpoint& joined = pair.endpoint;
      if (!joined.port && joined.database.empty()) continue;
      const auto of_host = std::find_if(pair.settings.begin(), pair.settings.end(),
                                        [&](std::size_t i) { return pair_part(m_settings[i].name) == PairPart::host; });
      if (of_host == pair.settings.end()) continue;
      const Place place = m_places[*of_host];
      std::erase_if(m_endpoints, [&](const Endpoint& endpoint) {
        return endpoint.line == place.line && endpoint.host == joined.host && endpoint.confidence < Confidence::url;
      });
      joined.offset = place.offset;
      joined.line = place.line;
      joined.column = place.column;
      joined.key = m_settings[*of_host].name;
      m_endpoints.push_back(std::move(joined));
    }
    std::stable_sort(m_endpoints.begin(), m_endpoints.end(),
                     [](const Endpoint& a, const Endpoint& b) { return a.offset < b.offset; });
  }

  [[nodiscard]] std::uint32_t column(std::size_t in_line) const {
    return static_cast<std::uint32_t>(m_line_offset - m_row_offset + in_line + 1);
  }
  void cover(std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < std::min(to, m_covered.size()); ++i) m_covered[i] = '\1';
  }
  [[nodiscard]] bool is_covered(std::size_t at) const { return at < m_covered.size() && m_covered[at] != '\0'; }

  std::string_view m_name;
  std::string_view m_text;
  const std::vector<bool>& m_dull;
  std::string m_section;
  std::vector<Parent> m_parents;
  std::string m_covered;          ///< by byte of the line: 1 where it is read already
  std::vector<KeyValue> m_pairs;  ///< of the line
  FlowLine m_flow;                ///< of the line
  std::size_t m_row_offset = 0;   ///< of the line in the text
  std::size_t m_line_offset = 0;  ///< of the line or the piece of it that is being read
  std::uint32_t m_line = 0;
  bool m_looks_for_pipelines = false;
  bool m_in_exporters = false;    ///< the names of exporters follow, one a line
  bool m_knows_pipelines = true;  ///< every list of exporters could be read
  std::set<std::string, std::less<>> m_used_exporters;
  std::vector<Setting> m_settings;
  std::vector<Place> m_places;
  std::vector<Endpoint> m_endpoints;
};

}  // namespace

std::vector<Endpoint> read_text(std::string_view name, std::string_view text, const std::vector<bool>& dull) {
  return TextReader(name, text, dull).run();
}

}  // namespace postern::connection
