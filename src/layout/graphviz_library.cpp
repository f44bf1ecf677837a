// SPDX-License-Identifier: Apache-2.0
// Graphviz by dlopen: the executable starts without it, and runs where it is not installed.
#include "layout/graphviz_library.h"

#include <dlfcn.h>
#include <graphviz/gvc.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <stdexcept>
#include <vector>

namespace postern::layout {
namespace {

using model::Layout;
using model::LayoutRequest;
using model::Point;

constexpr const char* k_missing =
    "The picture needs Graphviz' layout library, which is not installed here: on Debian, `apt-get install libgvc6`.";

/// The functions that are called, under their names in the libraries.
struct Library {
  decltype(&gvContextPlugins) context = nullptr;
  decltype(&gvLayout) layout = nullptr;
  decltype(&agopen) open = nullptr;
  decltype(&agnode) node = nullptr;
  decltype(&agedge) edge = nullptr;
  decltype(&agsubg) subgraph = nullptr;
  decltype(&agattr) attribute = nullptr;
  decltype(&agxset) set = nullptr;
  decltype(&agsafeset) set_by_name = nullptr;
  decltype(&agseterr) set_errors = nullptr;
  Agdesc_t* directed = nullptr;
  void* dot = nullptr;  ///< the table of the plugin that holds dot
  std::string trouble;
};

template <typename T>
void load(void* from, const char* name, T& function, std::string& trouble) {
  function = reinterpret_cast<T>(dlsym(from, name));
  if (function == nullptr) trouble = std::string("The installed Graphviz has no `") + name + "`: version 2.42 is needed.";
}

/// The plugin lies beside the library, in a folder of its own; only it is opened, so neither fonts nor configuration are read.
void* open_plugin(const void* function) {
  Dl_info info{};
  if (dladdr(function, &info) == 0 || info.dli_fname == nullptr) return nullptr;
  const std::string library = info.dli_fname;
  const std::string folder = library.substr(0, library.rfind('/') + 1);
  return dlopen((folder + "graphviz/libgvplugin_dot_layout.so.6").c_str(), RTLD_NOW | RTLD_LOCAL);
}

Library open_library() {
  Library library;
  void* const gvc = dlopen("libgvc.so.6", RTLD_NOW | RTLD_LOCAL);
  void* const graphs = dlopen("libcgraph.so.6", RTLD_NOW | RTLD_LOCAL);
  if (gvc == nullptr || graphs == nullptr) {
    library.trouble = k_missing;
    return library;
  }
  load(gvc, "gvContextPlugins", library.context, library.trouble);
  load(gvc, "gvLayout", library.layout, library.trouble);
  load(graphs, "agopen", library.open, library.trouble);
  load(graphs, "agnode", library.node, library.trouble);
  load(graphs, "agedge", library.edge, library.trouble);
  load(graphs, "agsubg", library.subgraph, library.trouble);
  load(graphs, "agattr", library.attribute, library.trouble);
  load(graphs, "agxset", library.set, library.trouble);
  load(graphs, "agsafeset", library.set_by_name, library.trouble);
  load(graphs, "agseterr", library.set_errors, library.trouble);
  load(graphs, "Agdirected", library.directed, library.trouble);
  if (!library.trouble.empty()) return library;
  void* const plugin = open_plugin(reinterpret_cast<const void*>(library.layout));
  library.dot = plugin == nullptr ? nullptr : dlsym(plugin, "gvplugin_dot_layout_LTX_library");
  if (library.dot == nullptr) library.trouble = k_missing;
  return library;
}

const Library& library() {
  static const Library k_library = open_library();
  return k_library;
}

/// A text that functions of C take without const; they do not write to it.
char* c_text(const std::string& text) { return const_cast<char*>(text.c_str()); }

/// Graphviz counts in inches of 72 points; a point is a pixel here.
std::string inches(double pixels) {
  std::array<char, 32> buffer{};
  const int length = std::snprintf(buffer.data(), buffer.size(), "%.3f", pixels / 72);
  return {buffer.data(), static_cast<std::size_t>(length)};
}

/// A setting of all graphs, boxes or lines. The limits on iterations bound the time that dense graphs take.
struct Setting {
  int of;
  const char* name;
  const char* value;
};
constexpr std::array k_settings = {
    Setting{AGRAPH, "rankdir", "LR"},   Setting{AGRAPH, "nodesep", "0.2"},    Setting{AGRAPH, "ranksep", "0.5"},
    Setting{AGRAPH, "nslimit", "3"},    Setting{AGRAPH, "nslimit1", "3"},     Setting{AGRAPH, "mclimit", "1.0"},
    Setting{AGRAPH, "splines", "true"}, Setting{AGRAPH, "margin", "10"},      Setting{AGRAPH, "labeljust", "l"},
    Setting{AGRAPH, "label", ""},       Setting{AGRAPH, "fontsize", "11"},    Setting{AGRAPH, "fontname", "Helvetica"},
    Setting{AGNODE, "shape", "box"},    Setting{AGNODE, "fixedsize", "true"}, Setting{AGNODE, "label", ""},
    Setting{AGNODE, "width", "1"},      Setting{AGNODE, "height", "1"},       Setting{AGEDGE, "arrowsize", "0.6"},
    Setting{AGEDGE, "style", "solid"},  Setting{AGEDGE, "weight", "1"},
};

/// One graph of the library, from the request to the places. It is never freed: it lives in a child that ends.
class Drawing {
 public:
  explicit Drawing(const LayoutRequest& request) : m_request(request), m_library(library()) {
    m_library.set_errors(AGMAX);
    m_graph = m_library.open(c_text("drawing"), *m_library.directed, nullptr);
    for (const Setting& setting : k_settings) m_library.attribute(m_graph, setting.of, c_text(setting.name), c_text(setting.value));
    add_frames();
    add_boxes();
    add_lines();
  }

  Layout run() {
    const std::array<lt_symlist_t, 2> builtins = {lt_symlist_t{"gvplugin_dot_layout_LTX_library", m_library.dot},
                                                  lt_symlist_t{nullptr, nullptr}};
    GVC_t* const context = m_library.context(builtins.data(), 0);
    if (context == nullptr || m_library.layout(context, m_graph, "dot") != 0) throw std::runtime_error("dot refused");
    return places();
  }

 private:
  void add_frames() {
    constexpr double k_letter = 6.1;  // pixels that Graphviz reserves for an `n` of 11 points
    for (std::size_t at = 0; at < m_request.frames.size(); ++at) {
      Agraph_t* const frame = m_library.subgraph(m_graph, c_text("cluster_" + std::to_string(at + 1)), 1);
      const auto letters = static_cast<std::size_t>(m_request.frames[at].title_width / k_letter) + 1;
      m_library.set_by_name(frame, c_text("label"), c_text(std::string(std::min<std::size_t>(letters, 200), 'n')), c_text(""));
      m_frames.push_back(frame);
    }
  }
  void add_boxes() {
    for (std::size_t at = 0; at < m_request.boxes.size(); ++at) {
      const model::LayoutBox& box = m_request.boxes[at];
      Agraph_t* const parent = box.frame == 0 ? m_graph : m_frames.at(box.frame - 1);
      Agnode_t* const node = m_library.node(parent, c_text("n" + std::to_string(at)), 1);
      m_library.set_by_name(node, c_text("width"), c_text(inches(box.width)), c_text(""));
      m_library.set_by_name(node, c_text("height"), c_text(inches(box.height)), c_text(""));
      m_nodes.push_back(node);
    }
  }
  void add_lines() {
    for (std::size_t at = 0; at < m_request.lines.size(); ++at) {
      const model::LayoutLine& line = m_request.lines[at];
      Agedge_t* const edge =
          m_library.edge(m_graph, m_nodes.at(line.source), m_nodes.at(line.target), c_text("e" + std::to_string(at)), 1);
      if (line.use == model::LineUse::spacer) m_library.set_by_name(edge, c_text("style"), c_text("invis"), c_text(""));
      m_edges.push_back(edge);
    }
  }

  [[nodiscard]] Point at(const pointf& point) const { return {point.x - m_left, m_top - point.y}; }

  Layout places() {
    const boxf& bounds = GD_bb(m_graph);
    m_left = bounds.LL.x;
    m_top = bounds.UR.y;
    Layout layout;
    layout.width = bounds.UR.x - bounds.LL.x;
    layout.height = bounds.UR.y - bounds.LL.y;
    for (Agnode_t* const node : m_nodes) layout.boxes.push_back(at(ND_coord(node)));
    for (Agraph_t* const frame : m_frames) {
      const boxf& box = GD_bb(frame);
      const Point corner = at({box.LL.x, box.UR.y});
      layout.frames.push_back({corner.x, corner.y, box.UR.x - box.LL.x, box.UR.y - box.LL.y});
    }
    for (std::size_t index = 0; index < m_edges.size(); ++index) {
      const bool is_drawn = m_request.lines[index].use == model::LineUse::drawn;
      layout.lines.push_back(is_drawn ? way_of(m_edges[index]) : model::PlacedLine{});
    }
    return layout;
  }

  [[nodiscard]] model::PlacedLine way_of(Agedge_t* edge) const {
    model::PlacedLine line;
    const splines* const ways = ED_spl(edge);
    if (ways == nullptr || ways->size == 0) return line;
    const bezier& way = ways->list[0];
    for (int index = 0; index < way.size; ++index) line.points.push_back(at(way.list[index]));
    line.tip = way.eflag != 0 ? at(way.ep) : line.points.empty() ? Point{} : line.points.back();
    return line;
  }

  const LayoutRequest& m_request;
  const Library& m_library;
  Agraph_t* m_graph = nullptr;
  std::vector<Agraph_t*> m_frames;
  std::vector<Agnode_t*> m_nodes;
  std::vector<Agedge_t*> m_edges;
  double m_left = 0;
  double m_top = 0;
};

}  // namespace

std::string graphviz_trouble() { return library().trouble; }

Layout run_dot(const LayoutRequest& request) { return Drawing(request).run(); }

}  // namespace postern::layout
