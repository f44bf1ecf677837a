// SPDX-License-Identifier: Apache-2.0
// Runs dot in a child process; the layout comes back as plain numbers.
#include "layout/graphviz.h"

#include <cstring>
#include <string_view>
#include <type_traits>

#include "layout/graphviz_library.h"
#include "platform/child.h"

namespace postern::layout {
namespace {

using model::Layout;
using model::LayoutAnswer;
using model::LayoutRequest;
using model::LayoutTrouble;

constexpr std::size_t k_most_boxes = 2'000;
constexpr std::size_t k_most_lines = 8'000;

/// Writes numbers as their bytes: both ends are this process.
class Packer {
 public:
  template <typename T>
  void value(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    m_bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  template <typename T>
  void list(const std::vector<T>& items) {
    value(items.size());
    for (const T& item : items) value(item);
  }
  [[nodiscard]] std::string take() { return std::move(m_bytes); }

 private:
  std::string m_bytes;
};

/// Reads what Packer wrote.
class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : m_bytes(bytes) {}
  template <typename T>
  void value(T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    m_is_whole = m_is_whole && m_bytes.size() >= sizeof value;
    if (!m_is_whole) return;
    std::memcpy(&value, m_bytes.data(), sizeof value);
    m_bytes.remove_prefix(sizeof value);
  }
  template <typename T>
  void list(std::vector<T>& items) {
    std::size_t count = 0;
    value(count);
    m_is_whole = m_is_whole && count <= m_bytes.size() / sizeof(T);
    if (!m_is_whole) return;
    items.resize(count);
    for (T& item : items) value(item);
  }
  [[nodiscard]] bool is_whole() const { return m_is_whole; }

 private:
  std::string_view m_bytes;
  bool m_is_whole = true;
};

std::string packed(const Layout& layout) {
  Packer out;
  out.value(layout.width);
  out.value(layout.height);
  out.list(layout.boxes);
  out.list(layout.frames);
  for (const model::PlacedLine& line : layout.lines) {
    out.list(line.points);
    out.value(line.tip);
  }
  return out.take();
}

LayoutAnswer unpacked(std::string_view bytes, const LayoutRequest& request) {
  LayoutAnswer answer{LayoutTrouble::none, {}, {}};
  Unpacker in(bytes);
  in.value(answer.layout.width);
  in.value(answer.layout.height);
  in.list(answer.layout.boxes);
  in.list(answer.layout.frames);
  answer.layout.lines.resize(request.lines.size());
  for (model::PlacedLine& line : answer.layout.lines) {
    in.list(line.points);
    in.value(line.tip);
  }
  const bool fits = answer.layout.boxes.size() == request.boxes.size() && answer.layout.frames.size() == request.frames.size();
  if (in.is_whole() && fits) return answer;
  return {LayoutTrouble::failed, "Graphviz found no layout.", {}};
}

}  // namespace

LayoutAnswer lay_out_with_graphviz(const LayoutRequest& request, std::chrono::milliseconds limit) {
  if (request.boxes.size() > k_most_boxes || request.lines.size() > k_most_lines)
    return {LayoutTrouble::too_slow, "The picture has more parts than can be laid out.", {}};
  if (std::string trouble = graphviz_trouble(); !trouble.empty()) return {LayoutTrouble::no_engine, std::move(trouble), {}};
  const platform::ChildAnswer answer = platform::in_child([&] { return packed(run_dot(request)); }, limit);
  switch (answer.end) {
    case platform::ChildEnd::answered:
      return unpacked(answer.text, request);
    case platform::ChildEnd::too_slow:
      return {LayoutTrouble::too_slow, "Graphviz found no layout in time.", {}};
    case platform::ChildEnd::failed:
      break;
  }
  return {LayoutTrouble::failed, "Graphviz found no layout.", {}};
}

}  // namespace postern::layout
