// SPDX-License-Identifier: Apache-2.0
// Looks the words of contexts up in knowledge/data-contexts.tsv.
#include "connection/field_context.h"

#include <algorithm>

#include "connection/field_words.h"
#include "connection/knowledge_table.h"
#include "connection/run_index.h"

namespace postern::connection {
namespace {

/// The groups of data-contexts.tsv: what tables and objects are about.
struct ContextTable {
  std::vector<std::string_view> names;
  RunIndex runs;
};

const ContextTable& contexts() {
  static const ContextTable table = [] {
    ContextTable read;
    for (const TableRow& cells : read_knowledge("data-contexts.tsv", 2)) {
      for (const std::vector<std::string>& run : patterns_of(cells[1])) read.runs.add(run, read.names.size());
      read.names.push_back(cells[0]);
    }
    return read;
  }();
  return table;
}

void add_group(Groups& groups, std::string_view group) {
  if (std::find(groups.begin(), groups.end(), group) == groups.end()) groups.push_back(group);
}

}  // namespace

Groups groups_of(std::span<const std::string> context) {
  Groups groups;
  contexts().runs.find_all(context,
                           [&](std::size_t group, std::size_t, std::size_t) { add_group(groups, contexts().names[group]); });
  return groups;
}

bool any_in(const Groups& wanted, const Groups& groups) {
  return std::any_of(wanted.begin(), wanted.end(),
                     [&](std::string_view group) { return std::find(groups.begin(), groups.end(), group) != groups.end(); });
}

Groups groups_before(std::span<const std::string> tokens, std::size_t start, const Groups& context) {
  Groups own;
  contexts().runs.find_all(tokens.first(start), [&](std::size_t group, std::size_t at, std::size_t length) {
    // That a token is a user's says nothing about what it opens.
    if (at + length == start && contexts().names[group] != "auth") add_group(own, contexts().names[group]);
  });
  if (own.empty()) return context;
  const bool decides = any_in({"person", "thing"}, own);
  for (const std::string_view group : context) {
    if (!decides || (group != "person" && group != "thing")) add_group(own, group);
  }
  return own;
}

}  // namespace postern::connection
