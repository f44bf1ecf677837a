// SPDX-License-Identifier: Apache-2.0
// What tools write, made uniform.
#include <connection/redact.h>
#include <ingest/scanners/package_name.h>
#include <ingest/scanners/row.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>

namespace postern::ingest::scanners {
namespace {

using base::Symbol;

constexpr std::size_t k_title_bytes = 200;
constexpr std::size_t k_name_bytes = 256;
constexpr std::size_t k_path_bytes = 1024;
/// Aliases, weaknesses, vectors, fixed versions and resources of one row.
constexpr std::size_t k_most_values = 64;

constexpr std::array<std::string_view, 9> k_nothing = {"-",    "<nil>",         "n/a",  "na",       "nan",
                                                       "none", "not_available", "null", "undefined"};

struct StatusRow {
  std::string_view word;  ///< lower case, words joined by `_`
  ToolStatus status;
};
/// Words for what is no open finding any more.
constexpr std::array k_statuses = {
    StatusRow{"absent", ToolStatus::fixed},
    StatusRow{"accepted", ToolStatus::suppressed},
    StatusRow{"accepted_risk", ToolStatus::suppressed},
    StatusRow{"acknowledged", ToolStatus::suppressed},
    StatusRow{"affected_but_not_vulnerable", ToolStatus::suppressed},
    StatusRow{"archived", ToolStatus::suppressed},
    StatusRow{"closed", ToolStatus::fixed},
    StatusRow{"dismissed", ToolStatus::suppressed},
    StatusRow{"exempt", ToolStatus::suppressed},
    StatusRow{"false-positive", ToolStatus::false_positive},
    StatusRow{"false_positive", ToolStatus::false_positive},
    StatusRow{"falsepositive", ToolStatus::false_positive},
    StatusRow{"fixed", ToolStatus::fixed},
    StatusRow{"ignored", ToolStatus::suppressed},
    StatusRow{"in_triage_accepted", ToolStatus::suppressed},
    StatusRow{"mitigated", ToolStatus::suppressed},
    StatusRow{"muted", ToolStatus::suppressed},
    StatusRow{"not_affected", ToolStatus::false_positive},
    StatusRow{"not_exploitable", ToolStatus::false_positive},
    StatusRow{"notexploitable", ToolStatus::false_positive},
    StatusRow{"passed", ToolStatus::fixed},
    StatusRow{"rejected", ToolStatus::suppressed},
    StatusRow{"remediated", ToolStatus::fixed},
    StatusRow{"resolved", ToolStatus::fixed},
    StatusRow{"risk_accepted", ToolStatus::suppressed},
    StatusRow{"suppressed", ToolStatus::suppressed},
    StatusRow{"will_not_fix", ToolStatus::suppressed},
    StatusRow{"wont_fix", ToolStatus::suppressed},
    StatusRow{"wontfix", ToolStatus::suppressed},
};
static_assert(std::is_sorted(k_statuses.begin(), k_statuses.end(),
                             [](const StatusRow& a, const StatusRow& b) { return a.word < b.word; }));

bool says_nothing(std::string_view text) {
  return text.empty() || std::any_of(k_nothing.begin(), k_nothing.end(),
                                     [&](std::string_view word) { return base::equals_ignoring_case(text, word); });
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t digits_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end;
}

void add(std::vector<Symbol>& list, std::string_view text) {
  const Symbol value(text);
  if (list.size() < k_most_values && std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
}

std::string path_text(std::string_view text) {
  constexpr std::string_view k_scheme = "file://";
  if (text.starts_with(k_scheme)) text.remove_prefix(k_scheme.size());
  std::string path = short_text(text, k_path_bytes);
  std::replace(path.begin(), path.end(), '\\', '/');
  while (path.starts_with("./")) path.erase(0, 2);
  return path;
}

/// The words of one severity, score or version are short.
Symbol word(std::string_view text) { return Symbol(short_text(text, k_name_bytes)); }

void set_once(Symbol& member, std::string_view text) {
  if (member.empty()) member = Symbol(text);
}

}  // namespace

std::string short_text(std::string_view text, std::size_t most) {
  text = base::trim(text);
  std::string line(text.substr(0, std::min(text.size(), most + 4)));
  if (text.size() > most) {
    std::size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) --end;
    line.resize(end);
  }
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  return line;
}

std::string safe_text(std::string_view text, std::size_t most) { return connection::redact_text(short_text(text, most)).text; }

std::string bare_url(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  const std::size_t scheme = url.find("://");
  const std::size_t host = scheme == std::string_view::npos ? 0 : scheme + 3;
  const std::size_t path = std::min(url.find('/', host), url.size());
  const std::size_t user = url.substr(host, path - host).rfind('@');
  std::string bare(url.substr(0, host));
  bare += user == std::string_view::npos ? url.substr(host) : url.substr(host + user + 1);
  return safe_text(bare, k_path_bytes);
}

ToolStatus status_of(std::string_view text) {
  std::string key = base::to_lower(base::trim(text));
  std::replace(key.begin(), key.end(), ' ', '_');
  const auto row = std::lower_bound(k_statuses.begin(), k_statuses.end(), key,
                                    [](const StatusRow& each, const std::string& wanted) { return each.word < wanted; });
  return row != k_statuses.end() && row->word == key ? row->status : ToolStatus::open;
}

Row::Row(const Node& node, FindingCategory category) {
  const base::Location location = node.location();
  m_finding.category = category;
  m_finding.line = location.line;
  m_finding.column = location.column;
}

void Row::add_cwes(std::string_view text) {
  // A number alone, as some tools write it; 0 and -1 stand for none.
  if (digits_at(text, 0) == text.size()) {
    const std::size_t first = text.find_first_not_of('0');
    if (first != std::string_view::npos && text.size() - first <= 6) add(m_finding.cwes, "CWE-" + std::string(text.substr(first)));
    return;
  }
  const std::string lower = base::to_lower(text.substr(0, k_path_bytes));
  for (std::size_t at = lower.find("cwe"); at != std::string::npos; at = lower.find("cwe", at + 3)) {
    std::size_t digits = at + 3;
    if (digits < lower.size() && (lower[digits] == '-' || lower[digits] == '_' || lower[digits] == '/' || lower[digits] == ' '))
      ++digits;
    const std::size_t end = digits_at(lower, digits);
    const std::size_t first = lower.find_first_not_of('0', digits);
    if (end > digits && end - digits <= 6 && first < end) add(m_finding.cwes, "CWE-" + lower.substr(first, end - first));
  }
}

void Row::add_fixed(std::string_view text) {
  for (const std::string_view part : base::split(text, ',')) {
    const std::string_view version = base::trim(part);
    if (!says_nothing(version)) add(m_finding.fixed_in, short_text(version, k_name_bytes));
  }
}

void Row::add_image(std::string_view text) {
  constexpr std::string_view k_digest = "sha256:";
  const std::size_t sign = text.find('@');
  const std::string_view digest = sign == std::string_view::npos ? text : text.substr(sign + 1);
  if (digest.starts_with(k_digest)) set_once(m_finding.digest, short_text(digest, k_name_bytes));
  if (!text.starts_with(k_digest)) set_once(m_finding.image, short_text(text, k_path_bytes));
}

Row& Row::set(Part part, std::string_view text) {
  text = base::trim(text);
  const bool is_word = part == Part::severity || part == Part::title;
  if (text.empty() || (!is_word && says_nothing(text))) return *this;
  switch (part) {
    case Part::id:
      if (m_finding.id.empty()) {
        m_finding.id = word(text);
        break;
      }
      [[fallthrough]];
    case Part::alias:
      // Numbers are names within one database only, and would make one weakness of two.
      if (digits_at(text, 0) != text.size()) add(m_finding.aliases, short_text(text, k_name_bytes));
      break;
    case Part::cwe:
      add_cwes(text);
      break;
    case Part::title:
      set_once(m_finding.title, safe_text(text, k_title_bytes));
      break;
    case Part::severity:
      set_once(m_finding.severity, word(text).view());
      break;
    case Part::score:
      set_once(m_finding.score, word(text).view());
      break;
    case Part::vector:
      add(m_finding.vectors, short_text(text, k_name_bytes));
      break;
    case Part::kind:
      if (m_kind.empty()) m_kind = short_text(text, k_name_bytes);
      break;
    case Part::package:
      if (m_package.empty()) m_package = short_text(text, k_path_bytes);
      break;
    case Part::purl:
      if (m_purl.empty()) m_purl = text.substr(0, k_path_bytes);
      break;
    case Part::version:
      set_once(m_finding.package_version, word(text).view());
      break;
    case Part::fixed:
      add_fixed(text);
      break;
    case Part::file:
      set_once(m_finding.file, path_text(text));
      break;
    case Part::line:
      break;  // a number: see fill
    case Part::resource:
      if (m_resources.size() < k_most_values * k_name_bytes)
        m_resources += (m_resources.empty() ? "" : "\n") + safe_text(text, k_path_bytes);
      break;
    case Part::image:
      add_image(text);
      break;
    case Part::url:
      set_once(m_finding.url, bare_url(text));
      break;
    case Part::status:
      if (m_finding.status == ToolStatus::open) m_finding.status = status_of(text);
      break;
  }
  return *this;
}

Row& Row::fill(const Node& node, std::span<const FieldRow> table) {
  for (const FieldRow& row : table) {
    if (row.part == Part::line) {
      if (m_finding.file_line == 0) m_finding.file_line = number(node, row.paths);
    } else {
      for (const std::string_view text : texts(node, row.paths)) set(row.part, text);
    }
  }
  return *this;
}

Row& Row::set_line(std::uint32_t line) {
  if (m_finding.file_line == 0) m_finding.file_line = line;
  return *this;
}

Row& Row::set(Reachability reachability) {
  m_finding.reachability = reachability;
  return *this;
}

Row& Row::set(ToolStatus status) {
  m_finding.status = status;
  return *this;
}

Row& Row::set(FindingCategory category) {
  m_finding.category = category;
  return *this;
}

model::ReportedFinding Row::finish() {
  std::string package = purl_identity(m_purl);
  if (package.empty()) package = package_identity(m_kind, m_package);
  m_finding.package = Symbol(package);
  set_once(m_finding.package_version, short_text(purl_version(m_purl), k_name_bytes));
  m_finding.resource = Symbol(m_resources);
  std::erase(m_finding.aliases, m_finding.id);
  for (std::vector<Symbol>* list : {&m_finding.aliases, &m_finding.cwes, &m_finding.vectors}) std::sort(list->begin(), list->end());
  return std::move(m_finding);
}

}  // namespace postern::ingest::scanners
