// SPDX-License-Identifier: Apache-2.0
// Reads the short spellings. Source: Compose specification, "ports", "volumes", "Specifying byte values".
#include <ingest/compose_file/short_syntax.h>
#include <ingest/kubernetes/quantity.h>
#include <postern/base/text.h>

#include <algorithm>
#include <charconv>

namespace postern::ingest::compose_file {
namespace {

constexpr std::uint32_t k_largest_port = 65535;

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return result;
}

std::optional<std::uint32_t> number(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value > k_largest_port) return std::nullopt;
  return value;
}

/// `80` or `80-90`.
bool read_range(std::string_view text, std::uint32_t& first, std::uint32_t& last) {
  const std::size_t dash = text.find('-');
  const auto begin = number(text.substr(0, dash));
  const auto end = dash == std::string_view::npos ? begin : number(text.substr(dash + 1));
  if (!begin || !end || *end < *begin) return false;
  first = *begin;
  last = *end;
  return true;
}

/// What stands before the last colon, which is taken away together with what stands behind it; brackets are left whole.
std::string_view take_last(std::string_view& text) {
  const std::size_t colon = text.rfind(':');
  const std::size_t bracket = text.rfind(']');
  if (colon == std::string_view::npos || (bracket != std::string_view::npos && colon < bracket)) {
    const std::string_view all = text;
    text = {};
    return all;
  }
  const std::string_view last = text.substr(colon + 1);
  text = text.substr(0, colon);
  return last;
}

Port read_short(std::string_view text) {
  Port port;
  port.unknown = text.find("${") != std::string_view::npos;
  if (port.unknown) {
    // The container's own port is what stands behind the last colon outside of braces.
    const std::size_t colon = text.rfind(':');
    const std::size_t brace = text.rfind('}');
    const bool known_target = colon != std::string_view::npos && colon > brace;
    if (known_target)
      port.valid = read_range(text.substr(colon + 1, text.find('/', colon) - colon - 1), port.target, port.target_last);
    port.protocol = "TCP";
    return port;
  }
  const std::size_t slash = text.find('/');
  port.protocol = slash == std::string_view::npos ? "TCP" : upper(text.substr(slash + 1));
  text = text.substr(0, slash);
  port.valid = read_range(take_last(text), port.target, port.target_last) && port.target != 0;
  if (text.empty()) return port;
  const std::string_view published = take_last(text);
  if (!published.empty()) port.valid = read_range(published, port.published, port.published_last) && port.valid;
  port.address = text;
  return port;
}

bool is_path(std::string_view text) {
  if (text.empty()) return false;
  const bool drive = text.size() > 2 && text[1] == ':' && (text[2] == '\\' || text[2] == '/');
  return text.front() == '.' || text.front() == '/' || text.front() == '~' || drive || text.find('/') != std::string_view::npos ||
         text.starts_with("${");
}

Mount read_short_mount(std::string_view text) {
  Mount mount;
  // A default of a variable may hold colons; a path of Windows has one after its drive.
  std::vector<std::string> parts(1);
  int braces = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '{') ++braces;
    if (c == '}') --braces;
    const bool drive = c == ':' && parts.back().size() == 1 && i + 1 < text.size() && (text[i + 1] == '\\' || text[i + 1] == '/') &&
                       parts.size() == 1 && parts.back() != "." && parts.back() != "~" && parts.back() != "/";
    if (c == ':' && braces <= 0 && !drive) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  if (parts.size() == 1) {
    mount.target = parts[0];
    return mount;
  }
  mount.source = parts[0];
  mount.target = parts[1];
  mount.kind = is_path(parts[0]) ? MountKind::bind : MountKind::volume;
  if (parts.size() > 2) {
    for (const std::string_view option : base::split(parts[2], ',')) mount.read_only = mount.read_only || option == "ro";
  }
  return mount;
}

}  // namespace

Port read_port(const Value& item) {
  if (item.is_text()) return read_short(item.text);
  Port port;
  port.unknown = item["target"].text.find("${") != std::string::npos || item["published"].text.find("${") != std::string::npos;
  const std::string& protocol = item["protocol"].text;
  port.protocol = protocol.empty() ? "TCP" : upper(protocol);
  port.address = item["host_ip"].text;
  if (port.unknown) return port;
  port.valid = item.is_mapping() && read_range(item["target"].text, port.target, port.target_last);
  const std::string& published = item["published"].text;
  if (!published.empty()) port.valid = read_range(published, port.published, port.published_last) && port.valid;
  return port;
}

std::string port_identity(const Port& port) {
  return port.address + ":" + std::to_string(port.published) + ":" + std::to_string(port.target) + "/" + port.protocol;
}

bool is_local(const Port& port) {
  return port.address.starts_with("127.") || port.address == "::1" || port.address == "[::1]" || port.address == "localhost";
}

Mount read_mount(const Value& item) {
  if (item.is_text()) return read_short_mount(item.text);
  Mount mount;
  const std::string& type = item["type"].text;
  mount.kind = type == "bind" ? MountKind::bind : type == "tmpfs" ? MountKind::temporary : MountKind::other;
  if (type.empty() || type == "volume") mount.kind = MountKind::volume;
  mount.source = item["source"].text;
  mount.target = item["target"].text;
  mount.read_only = item["read_only"].is_true();
  return mount;
}

std::optional<std::int64_t> read_bytes(const Value& value) {
  if (!value.is_text()) return std::nullopt;
  std::string text = base::to_lower(base::trim(value.text));
  if (text.ends_with('b')) text.pop_back();
  if (text.ends_with('i')) text.pop_back();
  if (text.empty()) return std::nullopt;
  std::string unit;
  if (const char last = text.back(); last == 'k' || last == 'm' || last == 'g' || last == 't') {
    unit = upper(std::string_view(&last, 1)) + "i";
    text.pop_back();
  }
  return kubernetes::parse_whole(text + unit);
}

std::optional<std::int64_t> read_thousandths(const Value& value) {
  if (!value.is_text()) return std::nullopt;
  return kubernetes::parse_thousandths(base::trim(value.text));
}

std::vector<std::string> split_words(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  bool inside = false;
  char quote = '\0';
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != '\0') {
      if (c == quote) {
        quote = '\0';
      } else if (c == '\\' && quote == '"' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\')) {
        word += text[++i];
      } else {
        word += c;
      }
    } else if (c == '\'' || c == '"') {
      quote = c;
      inside = true;
    } else if (c == '\\' && i + 1 < text.size()) {
      if (text[++i] != '\n') word += text[i];
      inside = true;
    } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      if (inside) words.push_back(std::move(word));
      word.clear();
      inside = false;
    } else {
      word += c;
      inside = true;
    }
  }
  if (inside) words.push_back(std::move(word));
  return words;
}

}  // namespace postern::ingest::compose_file
