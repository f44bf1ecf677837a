// SPDX-License-Identifier: Apache-2.0
// While all threads unpack and read one batch, one of them puts the last one away and fetches the next.
#include "threatdb/osv_import.h"

#include <postern/base/digest.h>
#include <postern/base/error.h>
#include <postern/base/parallel.h>
#include <postern/base/path.h>

#include <algorithm>
#include <utility>

#include "platform/file.h"
#include "threatdb/codes.h"
#include "threatdb/kev_reader.h"
#include "threatdb/osv_reader.h"

namespace postern::threatdb {
namespace {

using document::Node;

constexpr std::size_t k_batch_entries = 2048;
constexpr std::size_t k_batch_bytes = std::size_t{8} << 20U;
constexpr std::size_t k_room = 64;  ///< which document::read_documents asks for behind a text

/// One file that waits for its turn.
struct Waiting {
  PackedEntry entry;
  ReadFile result;
};

void read_record(const Node& node, std::string_view name, ReadFile& result) {
  thread_local Advisory advisory;
  if (read_advisory(node, name, advisory, result.sink)) {
    result.advisories.push_back(encode(advisory));
  } else {
    ++result.refused;
  }
}

void read_list(const Node& list, std::string_view name, ReadFile& result) {
  for (const Node item : list.items()) read_record(item, name, result);
}

/// Fetches, reads in parallel and puts away, batch by batch. `fetch` fills one entry and says whether there was one.
void in_batches(unsigned threads, const std::function<bool(Waiting&)>& fetch, const std::function<void(Waiting&)>& read,
                const TakeFile& take) {
  std::vector<Waiting> next;
  std::vector<Waiting> current;
  std::vector<Waiting> done;
  const auto fill = [&] {
    std::size_t bytes = 0;
    next.clear();
    while (next.size() < k_batch_entries && bytes < k_batch_bytes) {
      Waiting& waiting = next.emplace_back();
      if (!fetch(waiting)) {
        next.pop_back();
        break;
      }
      bytes += waiting.entry.bytes.size();
    }
  };
  fill();
  while (!next.empty() || !done.empty()) {
    std::swap(current, next);
    const auto work = [&] { base::for_each_index(current.size(), threads, [&](std::size_t i) { read(current[i]); }); };
    const auto put_away_and_fetch = [&] {
      for (Waiting& waiting : done) take(waiting.entry.name, waiting.result);
      fill();
    };
    base::run_both(threads, work, put_away_and_fetch);
    std::swap(done, current);
    current.clear();
  }
}

}  // namespace

ReadFile read_advisories(std::string text, std::string_view name, base::Symbol file) {
  ReadFile result;
  result.bytes = text.size();
  const std::string_view view = text;
  const bool may_be_kev = view.substr(0, 4096).find("catalogVersion") != std::string_view::npos;
  std::string copy = may_be_kev ? text : std::string();
  const auto documents = document::read_documents(std::move(text), document::Format::json, file, {}, result.sink);
  if (documents.empty()) {
    ++result.refused;
    return result;
  }
  const Node root = documents.front().root();
  if (is_kev(root)) {
    result.other = std::move(copy);
  } else if (root.is_sequence()) {
    read_list(root, name, result);
  } else if (root["vulns"].is_sequence()) {
    read_list(root["vulns"], name, result);
  } else if (is_advisory(root) || root["id"]) {
    read_record(root, name, result);
  } else {
    result.is_other = true;
  }
  return result;
}

void read_archive(std::string_view bytes, const FoundSource& source, unsigned threads, const TakeFile& take) {
  Archive archive(bytes, source.path, {});
  const base::Symbol file(source.path);
  in_batches(
      threads,
      [&](Waiting& waiting) {
        while (archive.next(waiting.entry)) {
          if (waiting.entry.name.ends_with(".json")) return true;
        }
        return false;
      },
      [&](Waiting& waiting) {
        try {
          waiting.result = read_advisories(unpack(waiting.entry, k_room), waiting.entry.name, file);
        } catch (const SourceError& error) {
          waiting.result.sink.error(k_bad_archive, {file, 0, 0}, error.what());
          ++waiting.result.refused;
        }
      },
      take);
}

void read_loose_files(const FoundSource& source, unsigned threads, const TakeFile& take) {
  const platform::FileDescriptor root = platform::open_folder(source.path);
  std::size_t at = 0;
  in_batches(
      threads,
      [&](Waiting& waiting) {
        if (at == source.files.size()) return false;
        waiting.entry.name = source.files[at++];
        return true;
      },
      [&](Waiting& waiting) {
        const std::string& name = waiting.entry.name;
        const platform::FileDescriptor folder = platform::open_folder_below(root, base::folder_of(name));
        platform::ReadResult read;
        if (folder) read = platform::read_file_in(folder, std::string(base::file_name(name)), UnpackLimits{}.entry_bytes * 4);
        const base::Symbol file(source.path + "/" + name);
        if (read.status != platform::ReadStatus::complete) {
          waiting.result.sink.error(k_not_an_advisory, {file, 0, 0}, "the file cannot be read");
          ++waiting.result.refused;
          return;
        }
        std::string digest = base::sha256_hex(read.bytes);
        waiting.result = read_advisories(std::move(read.bytes), name, file);
        waiting.result.digest = std::move(digest);
      },
      take);
}

}  // namespace postern::threatdb
