// SPDX-License-Identifier: Apache-2.0
// requirements.txt of pip: versions where `==` pins them; what `-r` includes counts too.
#include <ingest/lockfiles/readers.h>
#include <ingest/lockfiles/registry.h>
#include <postern/base/path.h>
#include <postern/base/text.h>

#include <array>

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
    if (!m_seen.insert(file.path).second) return;
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
  }

 private:
  void read_line(std::string_view text, const SourceFile& file, std::size_t line) {
    text = base::trim(text);
    if (const std::size_t comment = text.find(" #"); comment != std::string_view::npos) text = base::trim(text.substr(0, comment));
    if (text.empty() || text.front() == '#') return;
    for (const std::string_view option : {"-r", "--requirement"}) {
      if (!text.starts_with(option)) continue;
      std::string_view target = text.substr(option.size());
      if (target.starts_with('=')) target.remove_prefix(1);
      return include(base::trim(target), file, line);
    }
    // Options, and what is installed from a folder or an address, whose version nobody tells.
    if (text.front() == '-' || text.front() == '.' || text.front() == '/') return;
    text = text.substr(0, text.find(" --"));
    text = text.substr(0, text.find(';'));
    const std::string_view name = name_of_requirement(text);
    const std::string_view rest = text.substr(name.size());
    if (name.empty() || rest.starts_with(':') || rest.starts_with('+')) return;
    m_list.add({python_name(name), pinned_version(rest), m_lock.at(line), m_scope, {}});
  }

  /// A file that is read by itself need not be read again.
  void include(std::string_view target, const SourceFile& file, std::size_t line) {
    const std::string path = std::string(base::folder_of(file.path)) + '/' + std::string(target);
    const auto normal = normal_path(path);
    if (!normal || is_requirements(*normal)) return;
    if (const auto at = m_lock.files.find(*normal)) {
      read(m_lock.files[*at], line);
    } else {
      m_list.lost(m_lock.at(line), "the file that -r includes is not among the inputs: '" + *normal + "'");
    }
  }

  const LockFile& m_lock;
  List& m_list;
  ComponentScope m_scope = ComponentScope::unknown;
  std::set<std::string_view> m_seen;
};

}  // namespace

void read_requirements(const LockFile& lock, List& list) { Reader(lock, list).read(lock.file, 0); }

}  // namespace postern::ingest::lockfiles
