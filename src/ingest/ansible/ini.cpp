// SPDX-License-Identifier: Apache-2.0
// Inventories line by line: sections, hosts with ranges, variables.
#include <ingest/ansible/inventory.h>
#include <ingest/codes.h>
#include <ingest/compose_file/short_syntax.h>
#include <postern/base/text.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace postern::ingest::ansible {
namespace {

/// What the lines of a section are.
enum class Section : std::uint8_t { hosts, children, variables };

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

bool is_name(std::string_view text) {
  constexpr std::size_t k_longest = 253;
  return !text.empty() && text.size() <= k_longest && std::all_of(text.begin(), text.end(), is_name_character);
}

std::string_view without_comment(std::string_view line) {
  line = base::trim(line);
  if (line.starts_with('#') || line.starts_with(';')) return {};
  return base::trim(line.substr(0, line.find(" #")));
}

struct Header {
  std::string name;
  Section section = Section::hosts;
};

std::optional<Header> header_of(std::string_view line) {
  if (!line.starts_with('[') || !line.ends_with(']')) return std::nullopt;
  const std::string_view inner = line.substr(1, line.size() - 2);
  const std::size_t colon = inner.find(':');
  Header header{std::string(inner.substr(0, colon)), Section::hosts};
  if (!is_name(header.name)) return std::nullopt;
  if (colon == std::string_view::npos) return header;
  const std::string_view kind = inner.substr(colon + 1);
  if (kind == "children") header.section = Section::children;
  if (kind == "vars") header.section = Section::variables;
  if (kind != "children" && kind != "vars") return std::nullopt;
  return header;
}

/// A host pattern: a name with at most a few ranges, and a port behind it.
struct Pattern {
  std::string text;
  std::string port;
};

std::optional<Pattern> pattern_of(std::string_view word) {
  Pattern pattern;
  const std::size_t bracket = word.rfind(']');
  const std::size_t colon = word.rfind(':');
  const bool behind = colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
  const bool has_port = behind && (bracket != std::string_view::npos || word.find(':') == colon);
  if (has_port) pattern.port = std::string(word.substr(colon + 1));
  pattern.text = std::string(has_port ? word.substr(0, colon) : word);
  const bool digits = std::all_of(pattern.port.begin(), pattern.port.end(), [](char c) { return c >= '0' && c <= '9'; });
  const bool plain = !pattern.text.empty() && std::all_of(pattern.text.begin(), pattern.text.end(), [](char c) {
    return is_name_character(c) || c == '[' || c == ']' || c == ':';
  });
  return plain && digits ? std::optional(pattern) : std::nullopt;
}

std::optional<long> number_of(std::string_view text) {
  long number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || text.empty() || number < 0) return std::nullopt;
  return number;
}

/// `01:20`, `a:f`, `1:10:2` -> its members.
std::optional<std::vector<std::string>> members_of(std::string_view range, std::size_t most) {
  const std::vector<std::string_view> parts = base::split(range, ':');
  if (parts.size() < 2 || parts.size() > 3) return std::nullopt;
  const std::optional<long> step = parts.size() == 3 ? number_of(parts[2]) : 1;
  if (!step || *step < 1) return std::nullopt;
  std::vector<std::string> members;
  const auto is_letter = [](std::string_view text) {
    return text.size() == 1 && ((text[0] >= 'a' && text[0] <= 'z') || (text[0] >= 'A' && text[0] <= 'Z'));
  };
  if (is_letter(parts[0]) && is_letter(parts[1])) {
    for (long c = parts[0][0]; c <= parts[1][0] && members.size() < most; c += *step) members.emplace_back(1, static_cast<char>(c));
    return members;
  }
  const auto first = number_of(parts[0].empty() ? "0" : parts[0]);
  const auto last = number_of(parts[1]);
  if (!first || !last || *last < *first) return std::nullopt;
  const std::size_t width = parts[0].starts_with('0') ? parts[0].size() : 0;
  for (long number = *first; number <= *last && members.size() < most; number += *step) {
    std::string text = std::to_string(number);
    if (text.size() < width) text.insert(0, width - text.size(), '0');
    members.push_back(std::move(text));
  }
  return members;
}

class IniReader {
 public:
  IniReader(base::Symbol file, base::DiagnosticSink& sink) : m_file(file), m_sink(sink) {}

  void read(std::string_view line, std::uint32_t number) {
    m_at = {m_file, number, 1};
    if (const auto header = header_of(line)) {
      m_header = *header;
      Group& group = m_inventory.groups[header->name];
      if (group.location.line == 0) group.location = m_at;
      return;
    }
    switch (m_header.section) {
      case Section::hosts:
        return read_host(line);
      case Section::children:
        if (!is_name(line)) return complain();
        m_inventory.groups[m_header.name].children.emplace(line);
        return;
      case Section::variables: {
        const std::size_t equals = line.find('=');
        if (equals == std::string_view::npos) return complain();
        m_inventory.groups[m_header.name].variables.push_back(
            variable(base::trim(line.substr(0, equals)), unquoted(base::trim(line.substr(equals + 1)))));
      }
    }
  }

  [[nodiscard]] Inventory take() { return std::move(m_inventory); }
  [[nodiscard]] std::size_t complaints() const noexcept { return m_complaints; }

 private:
  void complain() {
    constexpr std::size_t k_most = 20;
    if (++m_complaints > k_most) return;
    m_sink.warning(std::string(code::k_inventory_line), m_at, "this line is neither a host, a group nor a variable",
                   "write NAME KEY=VALUE..., [GROUP], [GROUP:children] or [GROUP:vars]");
  }

  static std::string_view unquoted(std::string_view text) {
    const bool quoted = text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front();
    return quoted ? text.substr(1, text.size() - 2) : text;
  }

  [[nodiscard]] Variable variable(std::string_view name, std::string_view text) const {
    return {std::string(name), std::string(text), knowledge_of(text), m_at};
  }

  void read_host(std::string_view line) {
    const std::vector<std::string> words = compose_file::split_words(line);
    const auto pattern = words.empty() ? std::nullopt : pattern_of(words.front());
    if (!pattern) return complain();
    std::vector<Variable> variables;
    if (!pattern->port.empty()) variables.push_back(variable("ansible_port", pattern->port));
    for (std::size_t i = 1; i < words.size(); ++i) {
      const std::size_t equals = words[i].find('=');
      if (equals == std::string::npos || equals == 0) return complain();
      variables.push_back(variable(std::string_view(words[i]).substr(0, equals), std::string_view(words[i]).substr(equals + 1)));
    }
    const std::size_t room = k_most_hosts - std::min(k_most_hosts, m_inventory.hosts.size());
    const std::vector<std::string> names = names_of(pattern->text, room + 1);
    if (names.empty()) return complain();
    if (names.size() > room) {
      m_sink.warning(std::string(code::k_inventory_too_large), m_at, "the inventory has more than 10,000 hosts",
                     "split the inventory");
    }
    for (std::size_t i = 0; i < std::min(room, names.size()); ++i) {
      Host& host = m_inventory.hosts[names[i]];
      if (host.location.line == 0) host.location = m_at;
      host.variables.insert(host.variables.end(), variables.begin(), variables.end());
      m_inventory.groups[m_header.name.empty() ? "ungrouped" : m_header.name].hosts.insert(names[i]);
    }
  }

  base::Symbol m_file;
  base::DiagnosticSink& m_sink;
  Inventory m_inventory;
  Header m_header;
  base::Location m_at;
  std::size_t m_complaints = 0;
};

template <typename Act>
void for_each_line(std::string_view text, Act act) {
  std::uint32_t number = 0;
  for (const std::string_view raw : base::split(text, '\n')) {
    ++number;
    if (const std::string_view line = without_comment(raw); !line.empty()) act(line, number);
  }
}

}  // namespace

Knowledge knowledge_of(std::string_view text) {
  if (text.find("{{") != std::string_view::npos || text.find("{%") != std::string_view::npos) return Knowledge::computed;
  return text.starts_with("$ANSIBLE_VAULT") ? Knowledge::vault : Knowledge::literal;
}

std::vector<std::string> names_of(std::string_view pattern, std::size_t most) {
  constexpr int k_most_ranges = 4;
  std::vector<std::string> names = {std::string()};
  for (int range = 0;; ++range) {
    const std::size_t start = pattern.find('[');
    for (std::string& name : names) name += pattern.substr(0, start);
    if (start == std::string_view::npos) break;
    const std::size_t end = pattern.find(']', start);
    if (end == std::string_view::npos || range == k_most_ranges) return {};
    const auto members = members_of(pattern.substr(start + 1, end - start - 1), most);
    if (!members || members->empty()) return {};
    std::vector<std::string> more;
    for (const std::string& name : names) {
      for (const std::string& member : *members) {
        if (more.size() < most) more.push_back(name + member);
      }
    }
    names = std::move(more);
    pattern = pattern.substr(end + 1);
  }
  const bool good = std::all_of(names.begin(), names.end(), [](const std::string& name) { return is_name(name); });
  return good ? names : std::vector<std::string>{};
}

Inventory read_ini(std::string_view text, base::Symbol file, base::DiagnosticSink& sink) {
  IniReader reader(file, sink);
  for_each_line(text, [&](std::string_view line, std::uint32_t number) { reader.read(line, number); });
  return reader.take();
}

bool is_ini_inventory(std::string_view text) {
  constexpr std::size_t k_longest = 8U << 20U;
  if (text.size() > k_longest || text.find('\0') != std::string_view::npos) return false;
  base::DiagnosticSink unheard;
  IniReader reader({}, unheard);
  std::size_t lines = 0;
  bool speaks = false;
  for_each_line(text, [&](std::string_view line, std::uint32_t number) {
    ++lines;
    speaks = speaks || header_of(line) || line.find("ansible_") != std::string_view::npos;
    reader.read(line, number);
  });
  // A slip of the pen in a long inventory is told; what is mostly something else is none.
  return speaks && lines != 0 && reader.complaints() * 10 <= lines && !reader.take().hosts.empty();
}

}  // namespace postern::ingest::ansible
