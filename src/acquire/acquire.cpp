// SPDX-License-Identifier: Apache-2.0
// Chooses the reader for a source, and compares trees.
#include <acquire/acquire.h>
#include <acquire/folder.h>
#include <unistd.h>

namespace postern::acquire {
namespace {

bool same_content(const InputFile& a, const InputFile& b) {
  return a.bytes == b.bytes || (!a.blob.empty() && a.blob == b.blob) || a.digest == b.digest;
}

}  // namespace

Acquirer::Acquirer(Options options) : m_options(std::move(options)) {}
Acquirer::~Acquirer() = default;
Acquirer::Acquirer(Acquirer&&) noexcept = default;
Acquirer& Acquirer::operator=(Acquirer&&) noexcept = default;

SourceTree Acquirer::load(const SourceSpec& spec, base::DiagnosticSink& sink) {
  SourceTree tree;
  const bool is_committed = !spec.reference.empty();
  switch (is_committed ? SourceKind::git : spec.kind) {
    case SourceKind::path:
      tree = load_path(spec.path, m_options, sink);
      break;
    case SourceKind::plan:
      tree = load_path(spec.path, m_options, sink);
      break;
    case SourceKind::snapshot:
      tree = load_file(spec.path, m_options, sink);
      break;
    case SourceKind::standard_input:
      tree = load_stream(STDIN_FILENO, m_options, sink);
      break;
    case SourceKind::git:
      tree = repository().load(spec.reference, spec.path, m_options, sink);
      break;
    case SourceKind::none:
      break;
  }
  tree.description = spec.text;
  return tree;
}

GitRepository& Acquirer::repository() {
  if (!m_repository)
    m_repository = std::make_unique<GitRepository>(GitRepository::open(m_options.working_folder, m_options.foreign_owner));
  return *m_repository;
}

std::vector<ChangedFile> changed_files(const SourceTree& before, const SourceTree& after) {
  std::vector<ChangedFile> changes;
  auto old_file = before.files.begin();
  auto new_file = after.files.begin();
  while (old_file != before.files.end() || new_file != after.files.end()) {
    if (new_file == after.files.end() || (old_file != before.files.end() && old_file->path < new_file->path)) {
      changes.push_back({old_file++->path, FileChange::removed});
    } else if (old_file == before.files.end() || new_file->path < old_file->path) {
      changes.push_back({new_file++->path, FileChange::added});
    } else {
      if (!same_content(*old_file, *new_file)) changes.push_back({new_file->path, FileChange::modified});
      ++old_file;
      ++new_file;
    }
  }
  return changes;
}

}  // namespace postern::acquire
