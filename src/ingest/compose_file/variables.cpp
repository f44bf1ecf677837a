// SPDX-License-Identifier: Apache-2.0
// Fills in variables by one pass over a text, with a stack for what is nested.
#include <ingest/compose_file/variables.h>
#include <postern/base/text.h>

#include <algorithm>

namespace postern::ingest::compose_file {
namespace {

constexpr std::size_t k_longest = std::size_t{1} << 20U;
constexpr int k_deepest = 16;
/// What all values of one file may come to.
constexpr std::size_t k_most_filled = std::size_t{16} << 20U;

bool begins_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool continues_name(char c) { return begins_name(c) || (c >= '0' && c <= '9'); }

std::size_t name_length(std::string_view text) {
  if (text.empty() || !begins_name(text.front())) return 0;
  std::size_t length = 1;
  while (length < text.size() && continues_name(text[length])) ++length;
  return length;
}

/// One text while it is filled in.
class Filler {
 public:
  Filler(const Variables& variables, Variables::Filled& result) : m_variables(variables), m_result(result) {}

  /// Reads up to the end, or to the brace that closes what is nested. What is not wanted is read as well, and thrown away.
  std::string read(std::string_view text, std::size_t& at, int depth, bool wanted) {
    std::string out;
    while (at < text.size() && !m_result.malformed) {
      const char c = text[at];
      if (depth > 0 && c == '}') return out;
      if (c != '$') {
        const std::size_t end = text.find_first_of(depth > 0 ? "$}" : "$", at);
        out += text.substr(at, end - at);
        at = std::min(end, text.size());
      } else {
        read_variable(text, ++at, depth, wanted, out);
      }
      if (out.size() > k_longest) m_result.malformed = true;
    }
    if (depth > 0) m_result.malformed = true;  // the brace is not there
    return out;
  }

 private:
  void read_variable(std::string_view text, std::size_t& at, int depth, bool wanted, std::string& out) {
    if (at < text.size() && text[at] == '$') {
      out += '$';
      ++at;
      return;
    }
    if (at < text.size() && text[at] == '{') return read_braces(text, ++at, depth + 1, wanted, out);
    const std::size_t length = name_length(text.substr(at));
    if (length == 0) {
      out += '$';  // Compose would refuse it; programs that are told by it mean a dollar
      return;
    }
    put(text.substr(at, length), wanted, out);
    at += length;
  }

  void put(std::string_view name, bool wanted, std::string& out) {
    if (const std::string* value = m_variables.find(name)) {
      out += *value;
      return;
    }
    if (wanted) m_result.unknown.emplace_back(name);
    out.append("${").append(name).append("}");
  }

  void read_braces(std::string_view text, std::size_t& at, int depth, bool wanted, std::string& out) {
    const std::size_t length = name_length(text.substr(at));
    if (length == 0 || depth > k_deepest) {
      m_result.malformed = true;
      return;
    }
    const std::string_view name = text.substr(at, length);
    at += length;
    const bool colon = at < text.size() && text[at] == ':';
    if (colon) ++at;
    const char operation = at < text.size() ? text[at] : '\0';
    if (operation == '}' && !colon) {
      ++at;
      return put(name, wanted, out);
    }
    if (operation != '-' && operation != '?' && operation != '+') {
      m_result.malformed = true;
      return;
    }
    ++at;
    const std::string* value = m_variables.find(name);
    const bool there = value != nullptr && (!colon || !value->empty());
    const bool wants_other = wanted && (operation == '+' ? there : !there && operation == '-');
    const std::string other = read(text, at, depth, wants_other);
    if (m_result.malformed) return;
    ++at;
    if (operation == '+') {
      if (there) out += other;
    } else if (there) {
      out += *value;
    } else if (operation == '-') {
      out += other;
    } else {
      put(name, wanted, out);
      if (wanted) m_result.required.emplace_back(name);
    }
  }

  const Variables& m_variables;
  Variables::Filled& m_result;
};

/// The text between quotes, and where it ends; several lines are allowed.
std::string unquoted(std::string_view text, std::size_t& at) {
  const char quote = text[at++];
  std::string out;
  for (; at < text.size() && text[at] != quote; ++at) {
    if (quote == '"' && text[at] == '\\' && at + 1 < text.size()) {
      const char next = text[++at];
      out += next == 'n' ? '\n' : next == 't' ? '\t' : next == 'r' ? '\r' : next;
    } else {
      out += text[at];
    }
  }
  if (at < text.size()) ++at;
  return out;
}

/// Up to the end of the line, without a comment.
std::string_view plain(std::string_view line) {
  std::size_t end = line.find(" #");
  if (const std::size_t tab = line.find("\t#"); tab < end) end = tab;
  return base::trim(line.substr(0, end));
}

bool is_variable_name(std::string_view name) {
  constexpr std::string_view k_others = ".-";
  if (name.empty()) return false;
  for (const char c : name) {
    if (!continues_name(c) && k_others.find(c) == std::string_view::npos) return false;
  }
  return true;
}

}  // namespace

const std::string* Variables::find(std::string_view name) const {
  const auto at = m_values.find(name);
  return at == m_values.end() ? nullptr : &at->second;
}

Variables::Filled Variables::fill(std::string_view text) const {
  Filled result;
  if (text.find('$') == std::string_view::npos) {
    result.text = text;
    return result;
  }
  std::size_t at = 0;
  result.text = Filler(*this, result).read(text, at, 0, true);
  if (result.malformed) result.text = text;
  return result;
}

std::vector<Assignment> read_assignments(std::string_view text, const Variables& known, Filling filling) {
  std::vector<Assignment> assignments;
  Variables variables = known;
  std::uint32_t line_number = 0;
  std::size_t filled = 0;
  for (std::size_t at = 0; at < text.size();) {
    ++line_number;
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = base::trim(text.substr(at, end - at));
    std::size_t next = end + 1;
    if (line.starts_with("export ")) line = base::trim(line.substr(7));
    const std::size_t equals = line.find('=');
    const std::string_view name = base::trim(line.substr(0, equals));
    if (line.empty() || line.front() == '#' || !is_variable_name(name)) {
      at = next;
      continue;
    }
    Assignment assignment{std::string(name), std::nullopt, line_number};
    if (equals != std::string_view::npos) {
      const std::string_view value = base::trim(line.substr(equals + 1));
      const bool quoted = !value.empty() && (value.front() == '"' || value.front() == '\'') && filling == Filling::filled;
      std::string read(filling == Filling::raw ? value : plain(value));
      bool fill = filling == Filling::filled && read.find('$') != std::string::npos;
      if (quoted) {
        std::size_t place = static_cast<std::size_t>(value.data() - text.data());
        const std::size_t begin = place;
        fill = value.front() == '"';
        read = unquoted(text, place);
        line_number += static_cast<std::uint32_t>(
            std::count(text.begin() + static_cast<std::ptrdiff_t>(begin), text.begin() + static_cast<std::ptrdiff_t>(place), '\n'));
        next = std::min(text.find('\n', place), text.size()) + 1;
      }
      assignment.value = fill && filled < k_most_filled ? variables.fill(read).text : std::move(read);
      filled += assignment.value->size();
      variables.set(assignment.name, *assignment.value);
    }
    assignments.push_back(std::move(assignment));
    at = next;
  }
  return assignments;
}

}  // namespace postern::ingest::compose_file
