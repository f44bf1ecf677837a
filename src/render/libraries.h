// SPDX-License-Identifier: Apache-2.0
// Changes of libraries for people: grouped by what contains them, counted, the important ones first.
#pragma once
#include <postern/model/decision.h>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace postern::render {

/// Whether a change is one of a library; reports tell those in a section of their own.
[[nodiscard]] bool is_library_change(const model::ReportedChange& change);

/// How much a change of a library matters to who reads it, most first.
enum class LibraryWeight : std::uint8_t { licence, major, added, downgraded, minor, removed, other };

/// One change of a library in words: `go-resty/resty v2.3.0 -> v2.6.0`.
struct LibraryLine {
  LibraryWeight weight = LibraryWeight::other;
  std::string name;
  std::string text;
  const model::ReportedChange* change = nullptr;
};

/// The changes of the libraries of one owner.
struct LibraryDrift {
  std::string owner;
  std::size_t bumped = 0;  ///< versions that changed, major ones and downgrades included
  std::size_t major = 0;
  std::size_t downgraded = 0;
  std::size_t added = 0;
  std::size_t removed = 0;
  std::size_t licences = 0;
  std::vector<LibraryLine> lines;  ///< the important ones first, then by name
};

/// The owners whose libraries change, by address. The changes must outlive the result.
[[nodiscard]] std::vector<LibraryDrift> library_drift(std::span<const model::ReportedChange> changes);

/// `7 bumped (2 major), 1 added`.
[[nodiscard]] std::string drift_words(const LibraryDrift& drift);

/// How many of the lines a report shows where it does not show all.
inline constexpr std::size_t k_most_library_lines = 10;

}  // namespace postern::render
