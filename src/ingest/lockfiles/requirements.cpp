// SPDX-License-Identifier: Apache-2.0
// requirements.txt of pip: versions where `==` pins them, there or in what `-c` constrains; what `-r` includes counts too.
#include <ingest/lockfiles/readers.h>
#include <ingest/lockfiles/registry.h>
#include <postern/base/path.h>
#include <postern/base/text.h>

#include <array>
#include <utility>

namespace postern::ingest::lockfiles {
namespace {

/// `requirements-dev.txt`, `requirements/test.txt`: what a build needs and not what runs.
bool is_for_development(std::string_view path) {
  constexpr std::array<std::string_view, 6> k_words = {"dev", "test", "lint", "doc", "ci", "build"};
  const std::string name = base::to_lower(base::file_name(path));
  for (const std::string_view word : k_words) {
    for (std::size_t at = name.find(word); at != std::string::npos; at = name.find(word, at + 1)) {
      if (at == 0 || name[at - 1] == '-' || name[at - 1] == '_' || name[at - 1] == '.') return true;
    }
  }
  return false;
}

/// The version behind `==` where nothing else is asked for.
std::string pinned_version(std::string_view text) {
  text = base::trim(text);
  if (text.starts_with('[')) text = base::trim(text.substr(std::min(text.find(']'), text.size() - 1) + 1));
  if (!text.starts_with("==")) return {};
  text = base::trim(text.substr(text.starts_with("===") ? 3 : 2));
  const bool is_one = !text.empty() && text.find_first_of(",*<>!~ ") == std::string_view::npos;
  return is_one ? std::string(text) : std::string();
}

class Reader {
 public:
  Reader(const LockFile& lock, List& list) : m_lock(lock), m_list(list) {
    m_scope = is_for_development(lock.file.path) ? ComponentScope::excluded : ComponentScope::unknown;
  }

  void read(const SourceFile& file, std::size_t line_of_include) {
    constexpr std::size_t k_deepest = 64;
    if (!m_seen.emplace(file.path, m_constrains).second) return;
    if (m_depth == k_deepest) return m_list.lost(m_lock.at(line_of_include), "files include one another more than 64 deep");
    ++m_depth;
    std::string whole;
    std::size_t first = 0;
    for (const Line& line : lines_of(file.bytes)) {
      if (whole.empty()) first = line.number;
      std::string_view text = line.text;
      const bool goes_on = text.ends_with('\\');
      if (goes_on) text.remove_suffix(1);
      whole += text;
      if (goes_on) continue;
      read_line(whole, file, line_of_include == 0 ? first : line_of_include);
      whole.clear();
    }
    if (!whole.empty()) read_line(whole, file, line_of_include == 0 ? first : line_of_include);
    --m_depth;
  }

  /// Puts what was read into the list.
  void finish() {
    for (Row& row : m_rows) {
      const auto constraint = m_constraints.find(row.name);
      if (row.version.empty() && constraint != m_constraints.end()) row.version = constraint->second;
      m_list.add({row.name, row.version, m_lock.at(row.line), m_scope, {}});
    }
  }

 private:
  void read_line(std::string_view text, const SourceFile& file, std::size_t line) {
    text = base::trim(text);
    if (const std::size_t comment = text.find(" #"); comment != std::string_view::npos) text = base::trim(text.substr(0, comment));
    if (text.empty() || text.front() == '#') return;
    for (const OptionRow& option : k_options) {
      if (!text.starts_with(option.name)) continue;
      std::string_view target = text.substr(option.name.size());
      if (target.starts_with('=')) target.remove_prefix(1);
      return (this->*option.follow)(base::trim(target), file, line);
    }
    // Options, and what is installed from a folder or an address, whose version nobody tells.
    if (text.front() == '-' || text.front() == '.' || text.front() == '/') return;
    text = text.substr(0, text.find(" --"));
    text = text.substr(0, text.find(';'));
    const std::string_view name = name_of_requirement(text);
    const std::string_view rest = text.substr(name.size());
    if (name.empty() || rest.starts_with(':') || rest.starts_with('+')) return;
    const Row row{python_name(name), pinned_version(rest), line};
    if (!m_constrains) {
      m_rows.push_back(row);
    } else if (!row.version.empty()) {
      m_constraints.emplace(row.name, row.version);
    }
  }

  /// A file beside this one that is read by itself belongs to the same service and need not be read again.
  void include(std::string_view target, const SourceFile& file, std::size_t line) {
    if (const SourceFile* found = file_called(target, file, line)) {
      const bool is_beside = is_requirements(found->path) && base::folder_of(found->path) == base::folder_of(m_lock.file.path);
      if (!is_beside || m_constrains) read(*found, line);
    }
  }

  void constrain(std::string_view target, const SourceFile& file, std::size_t line) {
    const SourceFile* found = file_called(target, file, line);
    if (found == nullptr) return;
    const bool before = std::exchange(m_constrains, true);
    read(*found, line);
    m_constrains = before;
  }

  /// Nothing where there is none, which is told.
  const SourceFile* file_called(std::string_view target, const SourceFile& file, std::size_t line) {
    const auto normal = normal_path(std::string(base::folder_of(file.path)) + '/' + std::string(target));
    const auto at = normal ? m_lock.files.find(*normal) : std::nullopt;
    if (at) {
      if (m_lock.included != nullptr) m_lock.included->insert(*at);
      return &m_lock.files[*at];
    }
    m_list.lost(m_lock.at(line), "the file that is included is not among the inputs: '" + std::string(target.substr(0, 200)) + "'");
    return nullptr;
  }

  struct OptionRow {
    std::string_view name;
    void (Reader::*follow)(std::string_view target, const SourceFile& file, std::size_t line);
  };
  static constexpr std::array<OptionRow, 4> k_options = {
      OptionRow{"--requirement", &Reader::include}, OptionRow{"-r", &Reader::include},
      OptionRow{"--constraint", &Reader::constrain}, OptionRow{"-c", &Reader::constrain}};

  struct Row {
    std::string name;
    std::string version;
    std::size_t line = 0;
  };

  const LockFile& m_lock;
  List& m_list;
  ComponentScope m_scope = ComponentScope::unknown;
  std::size_t m_depth = 0;
  bool m_constrains = false;  ///< what is being read only says in which version something would be installed
  std::vector<Row> m_rows;
  std::map<std::string, std::string> m_constraints;
  std::set<std::pair<std::string_view, bool>> m_seen;
};

}  // namespace

void read_requirements(const LockFile& lock, List& list) {
  Reader reader(lock, list);
  reader.read(lock.file, 0);
  reader.finish();
}

}  // namespace postern::ingest::lockfiles
