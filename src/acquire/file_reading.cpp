// SPDX-License-Identifier: Apache-2.0
// Workers take pieces of one folder each: a folder is opened once a piece, and its files relative to it.
#include <acquire/codes.h>
#include <acquire/file_reading.h>
#include <acquire/inspection.h>
#include <postern/base/digest.h>
#include <postern/base/parallel.h>

#include <algorithm>
#include <atomic>
#include <cerrno>

namespace postern::acquire {
namespace {

constexpr std::size_t k_piece_files = 64;

/// A run of candidates in one folder.
struct Piece {
  std::size_t begin = 0;
  std::size_t end = 0;
};

struct Slot {
  platform::ReadResult result;
  std::string digest;
};

std::string_view folder_of(const Candidate& candidate) {
  return std::string_view(candidate.path).substr(0, candidate.folder_bytes == 0 ? 0 : candidate.folder_bytes - 1);
}

std::vector<Piece> cut(const std::vector<Candidate>& candidates) {
  std::vector<Piece> pieces;
  for (std::size_t begin = 0; begin < candidates.size();) {
    std::size_t end = begin + 1;
    while (end < candidates.size() && end - begin < k_piece_files && folder_of(candidates[end]) == folder_of(candidates[begin]))
      ++end;
    pieces.push_back({begin, end});
    begin = end;
  }
  return pieces;
}

/// Shared by the workers of one call: who takes which piece, and how much was read.
class Reading {
 public:
  Reading(const platform::FileDescriptor& root, const std::vector<Candidate>& candidates, const Limits& limits)
      : m_root(root), m_candidates(candidates), m_limits(limits), m_pieces(cut(candidates)), m_slots(candidates.size()) {}

  void run(unsigned threads) {
    base::for_each_index(m_pieces.size(), threads, [this](std::size_t i) {
      if (!over_limit()) read_piece(m_pieces[i]);
    });
  }
  [[nodiscard]] bool over_limit() const { return m_bytes.load() > m_limits.total_bytes; }
  [[nodiscard]] std::vector<Slot>& slots() { return m_slots; }

 private:
  void read_piece(const Piece& piece) {
    const auto folder = platform::open_folder_below(m_root, folder_of(m_candidates[piece.begin]));
    const int error = errno;
    for (std::size_t i = piece.begin; i < piece.end && !over_limit(); ++i) {
      Slot& slot = m_slots[i];
      if (!folder) {
        slot.result.error = error;
        continue;
      }
      slot.result = platform::read_file_in(folder, m_candidates[i].path.substr(m_candidates[i].folder_bytes), m_limits.file_bytes);
      m_bytes.fetch_add(slot.result.bytes.size());
      if (slot.result.status == platform::ReadStatus::complete) slot.digest = base::sha256_hex(slot.result.bytes);
    }
  }

  const platform::FileDescriptor& m_root;
  const std::vector<Candidate>& m_candidates;
  const Limits& m_limits;
  const std::vector<Piece> m_pieces;
  std::vector<Slot> m_slots;
  std::atomic<std::uint64_t> m_bytes = 0;
};

void report_failure(const std::string& path, const platform::ReadResult& result, std::uint64_t limit, SourceTree& tree,
                    base::DiagnosticSink& sink) {
  switch (result.status) {
    case platform::ReadStatus::too_large:
      ++tree.skipped.too_large;
      report_too_large(path, result.size, limit, sink);
      return;
    case platform::ReadStatus::symbolic_link:
    case platform::ReadStatus::special:
      // The walk saw a regular file: somebody exchanged it meanwhile.
      ++tree.skipped.unreadable;
      sink.error(k_file_unreadable, location_of(path), "the file was replaced by a link or a special file while it was read");
      return;
    default:
      ++tree.skipped.unreadable;
      sink.error(k_file_unreadable, location_of(path), "the file cannot be read: " + platform::error_text(result.error));
  }
}

void take(const std::string& path, Slot slot, std::uint64_t limit, SourceTree& tree, base::DiagnosticSink& sink) {
  if (slot.result.status != platform::ReadStatus::complete) {
    report_failure(path, slot.result, limit, tree, sink);
  } else if (refuse_lfs_pointer(path, slot.result.bytes, sink)) {
    ++tree.skipped.unreadable;
  } else {
    tree.files.push_back({path, std::make_shared<const std::string>(std::move(slot.result.bytes)), std::move(slot.digest), {}});
  }
}

}  // namespace

void read_files(const platform::FileDescriptor& root, const std::vector<Candidate>& candidates, const Options& options,
                SourceTree& tree, base::DiagnosticSink& sink) {
  Reading reading(root, candidates, options.limits);
  reading.run(thread_count(options));
  if (reading.over_limit()) {
    refuse_for_bytes(tree, options.limits, sink);
    return;
  }
  tree.files.reserve(candidates.size());
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    take(candidates[i].path, std::move(reading.slots()[i]), options.limits.file_bytes, tree, sink);
  }
  sort_files(tree);
}

void take_file(const std::string& path, platform::ReadResult result, std::uint64_t limit, SourceTree& tree,
               base::DiagnosticSink& sink) {
  Slot slot{std::move(result), {}};
  if (slot.result.status == platform::ReadStatus::complete) slot.digest = base::sha256_hex(slot.result.bytes);
  take(path, std::move(slot), limit, tree, sink);
}

}  // namespace postern::acquire
