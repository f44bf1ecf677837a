// SPDX-License-Identifier: Apache-2.0
// The only contact with minizip, zlib and libdeflate: the directory of an archive is read in memory, entries are inflated apart
// from it, whole, by what is fastest at that; streams of unknown length are left to zlib.
#include "threatdb/archive.h"

#include <libdeflate.h>
#include <minizip/unzip.h>
#include <postern/base/error.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace postern::threatdb {
namespace {

constexpr int k_gzip = MAX_WBITS + 16;
constexpr unsigned long k_encrypted = 1;
constexpr std::size_t k_longest_name = 4096;
constexpr std::size_t k_chunk = std::size_t{1} << 20U;

/// A file in memory, as minizip wants files.
struct MemoryFile {
  std::string_view bytes;
  std::uint64_t position = 0;
};

MemoryFile& file_of(void* stream) { return *static_cast<MemoryFile*>(stream); }

void* open_memory(void* file, const void*, int mode) {
  return (mode & ZLIB_FILEFUNC_MODE_READWRITEFILTER) == ZLIB_FILEFUNC_MODE_READ ? file : nullptr;
}
unsigned long read_memory(void*, void* stream, void* to, unsigned long size) {
  MemoryFile& file = file_of(stream);
  const std::uint64_t left = file.bytes.size() - file.position;
  const unsigned long taken = std::min<std::uint64_t>(size, left);
  std::memcpy(to, file.bytes.data() + file.position, taken);
  file.position += taken;
  return taken;
}
unsigned long write_nothing(void*, void*, const void*, unsigned long) { return 0; }
ZPOS64_T tell_memory(void*, void* stream) { return file_of(stream).position; }
long seek_memory(void*, void* stream, ZPOS64_T offset, int origin) {
  MemoryFile& file = file_of(stream);
  const std::uint64_t start = origin == ZLIB_FILEFUNC_SEEK_CUR   ? file.position
                              : origin == ZLIB_FILEFUNC_SEEK_END ? file.bytes.size()
                                                                 : 0;
  if (offset > file.bytes.size() - start) return -1;
  file.position = start + offset;
  return 0;
}
int close_memory(void*, void*) { return 0; }
int error_of_memory(void*, void*) { return 0; }

/// A stream that unpacks gzip and ends itself.
class Inflater {
 public:
  Inflater() { m_ready = inflateInit2(&m_stream, k_gzip) == Z_OK; }
  ~Inflater() {
    if (m_ready) inflateEnd(&m_stream);
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  [[nodiscard]] z_stream& stream() { return m_stream; }
  [[nodiscard]] bool is_ready() const { return m_ready; }
  void reset() { inflateReset(&m_stream); }

 private:
  z_stream m_stream{};
  bool m_ready = false;
};

[[noreturn]] void bad(const std::string& name, const std::string& what) {
  throw SourceError(name + " cannot be unpacked: " + what, "fetch it again; is it cut off?");
}

Bytef* input_of(std::string_view bytes) { return reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data())); }

}  // namespace

struct Archive::State {
  MemoryFile file;
  std::string name;
  UnpackLimits limits;
  unzFile zip = nullptr;
  std::uint64_t entries = 0;
  std::uint64_t unpacked = 0;
  bool is_started = false;

  ~State() {
    if (zip != nullptr) unzClose(zip);
  }
};

Archive::Archive(std::string_view bytes, std::string name, const UnpackLimits& limits) : m_state(std::make_unique<State>()) {
  m_state->file.bytes = bytes;
  m_state->name = std::move(name);
  m_state->limits = limits;
  zlib_filefunc64_def functions{};
  functions.zopen64_file = open_memory;
  functions.zread_file = read_memory;
  functions.zwrite_file = write_nothing;
  functions.ztell64_file = tell_memory;
  functions.zseek64_file = seek_memory;
  functions.zclose_file = close_memory;
  functions.zerror_file = error_of_memory;
  functions.opaque = &m_state->file;
  m_state->zip = unzOpen2_64("", &functions);
  if (m_state->zip == nullptr) bad(m_state->name, "it has no directory of a zip archive at its end");
  unz_global_info64 info{};
  if (unzGetGlobalInfo64(m_state->zip, &info) != UNZ_OK) bad(m_state->name, "its directory is damaged");
  m_state->entries = info.number_entry;
  if (m_state->entries > limits.entries)
    bad(m_state->name,
        "it has " + std::to_string(m_state->entries) + " entries, at most " + std::to_string(limits.entries) + " are read");
}

Archive::~Archive() = default;

std::uint64_t Archive::entry_count() const noexcept { return m_state->entries; }

bool Archive::next(PackedEntry& entry) {
  State& state = *m_state;
  while (true) {
    if (!state.is_started && state.entries == 0) return false;
    const int moved = state.is_started ? unzGoToNextFile(state.zip) : unzGoToFirstFile(state.zip);
    state.is_started = true;
    if (moved == UNZ_END_OF_LIST_OF_FILE) return false;
    std::array<char, k_longest_name> name{};
    unz_file_info64 info{};
    if (moved != UNZ_OK ||
        unzGetCurrentFileInfo64(state.zip, &info, name.data(), name.size() - 1, nullptr, 0, nullptr, 0) != UNZ_OK)
      bad(state.name, "its directory is damaged");
    entry.name = name.data();
    if (entry.name.ends_with('/')) continue;
    if ((info.flag & k_encrypted) != 0) bad(state.name, "the entry '" + entry.name + "' is encrypted");
    if (info.compression_method != 0 && info.compression_method != Z_DEFLATED)
      bad(state.name, "the entry '" + entry.name + "' is packed with method " + std::to_string(info.compression_method) +
                          ", only deflate is known");
    state.unpacked += info.uncompressed_size;
    if (info.uncompressed_size > state.limits.entry_bytes || state.unpacked > state.limits.total_bytes)
      bad(state.name, "it would unpack to more than the limits allow (entry '" + entry.name + "')");
    // Also what is stored is bounded by what is there, so that a forged size reserves no memory.
    if (info.compressed_size > state.file.bytes.size())
      bad(state.name, "the entry '" + entry.name + "' is longer than the archive");
    int method = 0;
    int level = 0;
    if (unzOpenCurrentFile2(state.zip, &method, &level, 1) != UNZ_OK) bad(state.name, "the entry '" + entry.name + "' is damaged");
    entry.bytes.resize(info.compressed_size);
    const int got = unzReadCurrentFile(state.zip, entry.bytes.data(), static_cast<unsigned>(entry.bytes.size()));
    unzCloseCurrentFile(state.zip);
    if (got < 0 || static_cast<std::uint64_t>(got) != info.compressed_size)
      bad(state.name, "the entry '" + entry.name + "' is cut off");
    entry.size = info.uncompressed_size;
    entry.crc = static_cast<std::uint32_t>(info.crc);
    entry.is_deflated = info.compression_method == Z_DEFLATED;
    return true;
  }
}

std::string unpack(const PackedEntry& entry, std::size_t room) {
  const std::string called = "the entry '" + entry.name + "'";
  std::string text;
  text.reserve(entry.size + room);
  if (entry.is_deflated) {
    thread_local const std::unique_ptr<libdeflate_decompressor, decltype(&libdeflate_free_decompressor)> inflater(
        libdeflate_alloc_decompressor(), libdeflate_free_decompressor);
    if (!inflater) throw std::bad_alloc();
    text.resize(entry.size);
    // Room is for exactly what was announced: more or less of it is a lie.
    std::size_t used = 0;
    const libdeflate_result result = libdeflate_deflate_decompress_ex(inflater.get(), entry.bytes.data(), entry.bytes.size(),
                                                                      text.data(), text.size(), &used, nullptr);
    if (result != LIBDEFLATE_SUCCESS || used > entry.bytes.size())
      bad(called, "it is damaged, or longer or shorter than announced");
  } else {
    text = entry.bytes;
    if (text.size() != entry.size) bad(called, "it is longer or shorter than announced");
  }
  if (libdeflate_crc32(0, text.data(), text.size()) != entry.crc) bad(called, "it does not match its checksum");
  return text;
}

std::string gunzip(std::string_view bytes, const std::string& name, const UnpackLimits& limits) {
  Inflater inflater;
  if (!inflater.is_ready()) throw std::bad_alloc();
  std::string text;
  z_stream& stream = inflater.stream();
  stream.next_in = input_of(bytes);
  std::size_t left = bytes.size();
  std::size_t used = 0;
  while (true) {
    // Counters of zlib have 32 bits: what comes in goes through in pieces.
    const std::size_t piece = std::min(left, k_chunk);
    stream.avail_in = static_cast<uInt>(piece);
    if (text.size() - used < k_chunk) text.resize(std::max(text.size() * 2, used + k_chunk));
    stream.next_out = reinterpret_cast<Bytef*>(text.data() + used);
    stream.avail_out = static_cast<uInt>(k_chunk);
    const int result = inflate(&stream, Z_NO_FLUSH);
    used += k_chunk - stream.avail_out;
    left -= piece - stream.avail_in;
    if (used > limits.gzip_bytes) bad(name, "it would unpack to more than " + std::to_string(limits.gzip_bytes) + " bytes");
    if (result == Z_STREAM_END) {
      if (left == 0) break;
      inflater.reset();  // another member follows
      continue;
    }
    if (result != Z_OK) bad(name, left == 0 ? "it is cut off" : "it is damaged");
  }
  text.resize(used);
  return text;
}

}  // namespace postern::threatdb
