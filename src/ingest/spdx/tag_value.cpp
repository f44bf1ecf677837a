// SPDX-License-Identifier: Apache-2.0
// Line by line; a value may be a text over several lines between <text> and </text>.
#include <ingest/codes.h>
#include <ingest/spdx/packages.h>
#include <ingest/spdx/tag_value.h>
#include <postern/base/text.h>

#include <optional>
#include <string>

namespace postern::ingest::spdx {
namespace {

using base::trim;

constexpr std::string_view k_version = "SPDXVersion:";
constexpr std::string_view k_byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view k_open = "<text>";
constexpr std::string_view k_close = "</text>";

std::string_view without_mark(std::string_view text) {
  if (text.starts_with(k_byte_order_mark)) text.remove_prefix(k_byte_order_mark.size());
  return text;
}

/// Cuts the first word off.
std::string_view take_word(std::string_view& rest) {
  rest = trim(rest);
  const std::size_t end = rest.find_first_of(" \t");
  const std::string_view word = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view() : trim(rest.substr(end));
  return word;
}

class Reader {
 public:
  Reader(std::string_view text, base::Symbol file, base::DiagnosticSink& sink)
      : m_rest(without_mark(text)),
        m_file(file),
        m_trouble(sink, {file, 1, 1}),
        m_collector(m_trouble, base::Location{file, 1, 1}) {}

  model::SbomFact read(std::size_t most) {
    std::size_t tags = 0;
    while (!m_rest.empty()) {
      const std::string_view line = trim(take_line());
      if (line.empty() || line.front() == '#') continue;
      const std::size_t colon = line.find(':');
      if (colon == std::string_view::npos) {
        m_trouble.lost(code::k_wrong_type, here(), "a line that is no `Tag: value`", "generate the document again; is it cut off?");
        continue;
      }
      if (++tags > most) {
        m_trouble.lost(code::k_too_much, here(), "more than " + std::to_string(most) + " tags",
                       "the rest of the document is unknown");
        break;
      }
      m_at = here();
      const std::string_view tag = trim(line.substr(0, colon));
      take(tag, value_of(trim(line.substr(colon + 1))));
    }
    end_package();
    return m_collector.finish();
  }

 private:
  [[nodiscard]] base::Location here() const { return {m_file, m_line, 1}; }

  std::string_view take_line() {
    const std::size_t end = m_rest.find('\n');
    const std::string_view line = m_rest.substr(0, end);
    m_rest = end == std::string_view::npos ? std::string_view() : m_rest.substr(end + 1);
    ++m_line;
    return line;
  }

  /// The value, which may go on in the lines that follow.
  std::string_view value_of(std::string_view value) {
    if (!value.starts_with(k_open)) return value;
    const char* const first = value.data() + k_open.size();
    if (const std::size_t end = value.find(k_close); end != std::string_view::npos)
      return trim(value.substr(k_open.size(), end - k_open.size()));
    const std::size_t end = m_rest.find(k_close);
    if (end == std::string_view::npos) {
      m_trouble.lost(code::k_wrong_type, here(), "a text without </text>", "what follows is unknown; is the document cut off?");
      m_rest = {};
      return trim(std::string_view(first, static_cast<std::size_t>(value.data() + value.size() - first)));
    }
    const std::string_view whole(first, static_cast<std::size_t>(m_rest.data() + end - first));
    for (const char* until = m_rest.data() + end; m_rest.data() < until && !m_rest.empty();) take_line();
    return trim(whole);
  }

  /// A section ends where the next one begins.
  enum class Section : std::uint8_t { document, package, other };

  void end_package() {
    if (!m_package) return;
    const std::string_view licence = m_concluded.empty() ? m_declared : m_concluded;
    m_package->licence = std::string(licence);
    m_collector.add(std::move(*m_package));
    m_package.reset();
    m_concluded = m_declared = {};
  }

  void begin(Section section) {
    end_package();
    m_section = section;
  }

  void take(std::string_view tag, std::string_view value) {
    if (tag == "SPDXVersion") return check_version(value);
    if (tag == "DocumentName") return m_collector.name(value);
    if (tag == "PackageName") {
      begin(Section::package);
      m_package.emplace(Package{{}, value, {}, {}, {}, {}, m_at});
      return;
    }
    if (tag == "FileName" || tag == "SnippetSPDXID" || tag == "LicenseID") {
      begin(Section::other);
      if (tag == "SnippetSPDXID") m_collector.pass_over(value);
      return;
    }
    if (tag == "SPDXID") return take_identifier(value);
    if (tag == "Relationship") return take_relationship(value);
    if (m_package) take_of_package(tag, value);
  }

  void check_version(std::string_view version) {
    if (version == "SPDX-2.2" || version == "SPDX-2.3") return;
    const std::string message =
        "SPDXVersion '" + std::string(version.substr(0, 40)) + "' is not known, expected SPDX-2.2 or SPDX-2.3";
    if (version.starts_with("SPDX-2."))
      m_trouble.odd(code::k_unknown_version, m_at, message, "the document is read as SPDX-2.3");
    else
      m_trouble.lost(code::k_unknown_version, m_at, message, "write the document as SPDX 2.3; its libraries may be unknown");
  }

  void take_identifier(std::string_view value) {
    if (m_package && m_package->reference.empty())
      m_package->reference = value;
    else if (m_section == Section::other)
      m_collector.pass_over(value);
  }

  void take_relationship(std::string_view value) {
    const std::string_view from = take_word(value);
    const std::string_view type = take_word(value);
    const std::string_view to = take_word(value);
    if (to.empty()) {
      m_trouble.lost(code::k_missing_part, m_at, "a relationship that is no `FROM TYPE TO`", "generate the document again");
      return;
    }
    m_collector.relate(from, type, to, m_at);
  }

  void take_of_package(std::string_view tag, std::string_view value) {
    if (tag == "PackageVersion") {
      m_package->version = value;
    } else if (tag == "PrimaryPackagePurpose") {
      m_package->purpose = value;
    } else if (tag == "PackageLicenseConcluded") {
      m_concluded = meaningful(value);
    } else if (tag == "PackageLicenseDeclared") {
      m_declared = meaningful(value);
    } else if (tag == "ExternalRef" && m_package->purl.empty()) {
      static_cast<void>(take_word(value));  // the category
      if (take_word(value) == "purl") m_package->purl = take_word(value);
    }
  }

  std::string_view m_rest;
  base::Symbol m_file;
  std::uint32_t m_line = 0;
  base::Location m_at;
  sbom::Trouble m_trouble;
  Collector m_collector;
  Section m_section = Section::document;
  std::optional<Package> m_package;
  std::string_view m_concluded;
  std::string_view m_declared;
};

}  // namespace

bool is_tag_value(std::string_view text) {
  text = without_mark(text);
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = trim(text.substr(0, end));
    if (!line.empty() && line.front() != '#') return line.starts_with(k_version);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return false;
}

model::SbomFact read_tag_value(std::string_view text, base::Symbol file, std::size_t most, base::DiagnosticSink& sink) {
  return Reader(text, file, sink).read(most);
}

}  // namespace postern::ingest::spdx
