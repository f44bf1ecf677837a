// SPDX-License-Identifier: Apache-2.0
// From libyaml's events to documents: anchors, tags, merge keys, and going on after an error.
#include "yaml_reader.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "block_reader.h"
#include "code_names.h"
#include "scalar_types.h"
#include "text_checks.h"
#include "tree_builder.h"
#include "yaml_layout.h"
#include "yaml_parser.h"
#include "yaml_scalar.h"
#include "yaml_stream.h"

namespace postern::document {
namespace {

constexpr std::size_t k_none = std::string_view::npos;
/// A parser of libyaml reads ahead and takes memory, so it goes on to the next document unless it has read so many bytes: what it
/// costs to make another one for the next odd document is then small against what was read.
constexpr std::size_t k_worth_a_parser = 32768;

struct Anchor {
  AliasTarget target;
  bool complete;  ///< not within the anchor itself
};

std::string_view view(const unsigned char* text) noexcept {
  return text != nullptr ? reinterpret_cast<const char*>(text) : std::string_view();
}

class YamlReader {
 public:
  YamlReader(const std::shared_ptr<const Source>& source, const Limits& limits, Reporter& reporter, Documents& documents)
      : m_all(source->text()),
        m_ascii(is_ascii(m_all)),
        m_reporter(reporter),
        m_builder(source, limits, reporter),
        m_documents(documents),
        m_reading(limits.yaml_reading) {}

  void read();

 private:
  /// Reads up to a line `...` and returns where the next part begins.
  std::size_t read_part(std::size_t start);
  /// Lets libyaml read `part` from `start` on. Returns where a document begins that it left to the other reader, or the end.
  std::size_t read_by_libyaml(const StreamPart& part, std::size_t start);
  /// False at the end of the stream.
  bool handle(YamlParser& parser, YamlEvent& event);
  void scalar(YamlParser& parser, YamlEvent& event);
  void open(YamlParser& parser, YamlEvent& event);
  void close();
  void alias(YamlParser& parser, YamlEvent& event);
  void end_document();
  [[nodiscard]] std::string_view scalar_text(YamlParser& parser, YamlEvent& event, Style style);
  [[nodiscard]] std::string_view non_specific_tag(std::size_t offset) const noexcept;
  void define_anchor(const unsigned char* name, std::uint32_t record, bool complete);

  std::string_view m_all;
  bool m_ascii;
  Reporter& m_reporter;
  TreeBuilder m_builder;
  Documents& m_documents;
  std::map<std::string, Anchor, std::less<>> m_anchors;
  std::vector<std::string> m_container_anchors;  ///< of the open containers, empty where there is none
  std::size_t m_document_start = 0;
  YamlReading m_reading;
};

void YamlReader::read() {
  std::size_t start = byte_order_mark(m_all);
  while (start != k_none) {
    m_document_start = start;
    try {
      start = read_part(start);
    } catch (Refusal& refusal) {
      m_builder.abandon();
      start = find_document(m_all, std::max(refusal.offset, m_document_start + 1));
      m_reporter.error(std::move(refusal));
    }
  }
}

std::size_t YamlReader::read_part(std::size_t start) {
  const StreamPart part = stream_part(m_all, start);
  if (m_reading == YamlReading::libyaml_only || !part.rewritten.empty()) {
    read_by_libyaml(part, start);
    return part.next;
  }
  BlockReader plain(m_all, part.end, m_builder, m_reporter, m_documents);
  do {
    start = plain.read(start);
    if (start < part.end) start = read_by_libyaml(part, start);
  } while (start < part.end);
  return part.next;
}

std::size_t YamlReader::read_by_libyaml(const StreamPart& part, std::size_t start) {
  m_document_start = start;
  YamlParser parser(part.rewritten.empty() ? m_all.substr(start, part.end - start) : part.rewritten, start, m_ascii);
  YamlLayout layout(m_all.substr(0, part.end), start);
  const bool may_return = m_reading == YamlReading::automatic && part.rewritten.empty();
  bool more = true;
  while (more) {
    YamlEvent event;
    parser.next(event);
    layout.see(parser, event);
    if (may_return && event->type == YAML_DOCUMENT_START_EVENT && event->data.document_start.implicit == 0) {
      const std::size_t offset = parser.offset(event->start_mark);
      if (offset - start >= k_worth_a_parser) return offset;
    }
    more = handle(parser, event);
  }
  return part.end;
}

bool YamlReader::handle(YamlParser& parser, YamlEvent& event) {
  switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
      m_document_start = parser.offset(event->start_mark);
      m_anchors.clear();
      m_container_anchors.clear();
      m_builder.start();
      return true;
    case YAML_DOCUMENT_END_EVENT:
      end_document();
      return true;
    case YAML_SCALAR_EVENT:
      scalar(parser, event);
      return true;
    case YAML_ALIAS_EVENT:
      alias(parser, event);
      return true;
    case YAML_SEQUENCE_START_EVENT:
    case YAML_MAPPING_START_EVENT:
      open(parser, event);
      return true;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
      close();
      return true;
    case YAML_STREAM_START_EVENT:
      return true;
    default:
      return false;
  }
}

void YamlReader::end_document() {
  if (auto document = m_builder.finish()) m_documents.push_back(std::move(*document));
}

/// Only the length: a password that begins with '*' and stands without quotes reads as an alias.
std::string alias_text(std::string_view name) { return "alias of " + std::to_string(name.size() + 1) + " characters"; }

/// The tags of YAML itself by name; any other may be a password that begins with '!'.
std::string tag_text(std::string_view tag) { return tag.starts_with("tag:yaml.org,2002:") ? " " + quoted(tag) : std::string(); }

Style style_of(yaml_scalar_style_t style) noexcept {
  switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
      return Style::single_quoted;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
      return Style::double_quoted;
    case YAML_LITERAL_SCALAR_STYLE:
      return Style::literal;
    case YAML_FOLDED_SCALAR_STYLE:
      return Style::folded;
    default:
      return Style::plain;
  }
}

/// The text as a view into the source when it stands there as such, at the end of the token; otherwise a copy.
std::string_view YamlReader::scalar_text(YamlParser& parser, YamlEvent& event, Style style) {
  const auto& data = event->data.scalar;
  const std::string_view text(reinterpret_cast<const char*>(data.value), data.length);
  if (text.empty()) return {"", 0};
  if (style == Style::literal || style == Style::folded) return m_builder.keep(text);
  const std::size_t behind = style == Style::plain ? 0 : 1;
  const std::size_t end = parser.offset(event->end_mark);
  if (end < text.size() + behind) return m_builder.keep(text);
  const std::string_view written = m_all.substr(end - behind - text.size(), text.size());
  return written == text ? written : m_builder.keep(text);
}

/// libyaml drops the tag `!`, which makes a plain scalar a string: look whether it stands among the properties at `offset`.
std::string_view YamlReader::non_specific_tag(std::size_t offset) const noexcept {
  if (offset < m_all.size() && m_all[offset] == '&') {
    offset = m_all.find_first_of(" \t\r\n", offset);
    offset = m_all.find_first_not_of(" \t\r\n", offset);
  }
  return offset < m_all.size() && m_all[offset] == '!' ? "!" : "";
}

void YamlReader::scalar(YamlParser& parser, YamlEvent& event) {
  const auto& data = event->data.scalar;
  const std::size_t offset = parser.offset(event->start_mark);
  const Style style = style_of(data.style);
  const std::string_view text = scalar_text(parser, event, style);
  const std::string_view written_tag = view(data.tag);
  const std::string_view tag = written_tag.empty() ? non_specific_tag(offset) : written_tag;
  const auto kind = scalar_kind(tag, style, text);
  const bool is_merge_key =
      m_builder.expects_key() && text == "<<" && style == Style::plain && (tag.empty() || tag.ends_with(":merge"));
  if (!kind) m_builder.refuse(k_tag_mismatch, offset, "the value does not fit its tag" + tag_text(tag));
  const std::uint32_t record = m_builder.scalar({kind.value_or(Kind::string), style, text, offset});
  if (is_merge_key) m_builder.mark_merge_key(record);
  if (!written_tag.empty()) m_builder.tag(record, written_tag);
  if (data.anchor != nullptr) define_anchor(data.anchor, record, true);
  if (style != Style::plain || !tag.empty()) return;
  if (kind == Kind::number && is_core_integer(text)) m_reporter.inexact_number(offset);
  if (const char* const reading = yaml_1_1_reading(text)) m_reporter.differs_in_1_1(offset, *kind, reading);
}

void YamlReader::open(YamlParser& parser, YamlEvent& event) {
  const bool is_mapping = event->type == YAML_MAPPING_START_EVENT;
  const Kind kind = is_mapping ? Kind::mapping : Kind::sequence;
  const bool is_flow = is_mapping ? event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
                                  : event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
  const unsigned char* const anchor = is_mapping ? event->data.mapping_start.anchor : event->data.sequence_start.anchor;
  const std::string_view tag = view(is_mapping ? event->data.mapping_start.tag : event->data.sequence_start.tag);
  const std::size_t offset = parser.offset(event->start_mark);
  const std::uint32_t record = m_builder.open(kind, is_flow ? Style::flow : Style::block, offset);
  m_container_anchors.emplace_back(view(anchor));
  if (anchor != nullptr) define_anchor(anchor, record, false);
  if (tag.empty()) return;
  if (!fits_container(tag, kind)) m_builder.refuse(k_tag_mismatch, offset, "the value does not fit its tag" + tag_text(tag));
  m_builder.tag(record, tag);
}

void YamlReader::close() {
  const OpenContainer closed = m_builder.close();
  const std::string& name = m_container_anchors.back();
  if (!name.empty()) {
    Anchor& anchor = m_anchors.find(name)->second;
    if (anchor.target.record == closed.record) anchor = {{closed.record, closed.height, closed.expanded}, true};
  }
  m_container_anchors.pop_back();
}

void YamlReader::define_anchor(const unsigned char* name, std::uint32_t record, bool complete) {
  m_anchors.insert_or_assign(std::string(view(name)), Anchor{{.record = record}, complete});
}

void YamlReader::alias(YamlParser& parser, YamlEvent& event) {
  const std::string_view name = view(event->data.alias.anchor);
  const std::size_t offset = parser.offset(event->start_mark);
  const auto found = m_anchors.find(name);
  if (found == m_anchors.end()) {
    throw Refusal{k_unknown_alias, offset, "there is no anchor for this " + alias_text(name), "check the name"};
  }
  if (!found->second.complete) {
    throw Refusal{k_alias_cycle, offset, "this " + alias_text(name) + " stands within its own anchor", "write the value out"};
  }
  m_builder.alias(found->second.target, offset);
}

}  // namespace

void read_yaml(const std::shared_ptr<const Source>& source, const Limits& limits, Reporter& reporter, Documents& documents) {
  YamlReader(source, limits, reporter, documents).read();
}

}  // namespace postern::document
