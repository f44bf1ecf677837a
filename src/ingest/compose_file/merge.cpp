// SPDX-License-Identifier: Apache-2.0
// The rules of merging: mappings by key, lists one after the other, a few of them by what an item is about.
#include <ingest/compose_file/merge.h>
#include <ingest/compose_file/short_syntax.h>

#include <algorithm>
#include <array>
#include <map>

namespace postern::ingest::compose_file {
namespace {

/// What two items of a list are compared by: the later one stands in the place of the earlier one with the same text.
std::string port_key(const Value& item) { return port_identity(read_port(item)); }
std::string mount_key(const Value& item) { return read_mount(item).target; }
std::string grant_key(const Value& item) {
  if (item.is_text()) return item.text;
  return item["target"].is_text() ? item["target"].text : item["source"].text;
}

struct ListRow {
  std::string_view key;                   ///< of a service
  std::string (*identity)(const Value&);  ///< null: the later list replaces the earlier one
};
constexpr std::array k_lists = {
    ListRow{"command", nullptr},   ListRow{"configs", grant_key}, ListRow{"entrypoint", nullptr}, ListRow{"ports", port_key},
    ListRow{"secrets", grant_key}, ListRow{"test", nullptr},      ListRow{"volumes", mount_key},
};

/// As it is written: lists of plain texts hold each once.
std::string text_key(const Value& item) { return item.is_text() ? item.text : std::string(); }

void append(Value& base, const Value& over, std::string (*identity)(const Value&)) {
  std::map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < base.items.size(); ++i) places.emplace(identity(base.items[i]), i);
  for (const Value& item : over.items) {
    const std::string key = identity(item);
    const auto [at, fresh] = places.emplace(key, base.items.size());
    if (fresh || key.empty()) {
      base.items.push_back(item);
    } else {
      base.items[at->second] = item;
    }
  }
}

void merge(std::string_view key, Value& base, const Value& over) {
  if (over.mark == Mark::replace || base.kind != over.kind) {
    if (over.is_null() && over.mark == Mark::merge) return;  // a key without a value says nothing new
    base = over;
    base.mark = Mark::merge;
    return;
  }
  if (base.is_mapping()) {
    for (const Value::Entry& entry : over.entries) {
      if (entry.second.mark == Mark::reset) {
        base.erase(entry.first);
      } else if (Value* present = base.find(entry.first)) {
        merge(entry.first, *present, entry.second);
      } else {
        base.entries.push_back(entry);
      }
    }
    return;
  }
  if (!base.is_sequence()) {
    base = over;
    return;
  }
  const auto row = std::find_if(k_lists.begin(), k_lists.end(), [&](const ListRow& each) { return each.key == key; });
  if (row != k_lists.end() && row->identity == nullptr) {
    base = over;
  } else {
    append(base, over, row == k_lists.end() ? text_key : row->identity);
  }
}

/// `NAME=VALUE` items as a mapping; `separator` may also be a colon.
void make_mapping_of(Value& parent, std::string_view key, std::string_view separators) {
  Value* list = parent.find(key);
  if (list == nullptr || !list->is_sequence()) return;
  Value mapping = make_mapping(*list);
  mapping.mark = list->mark;
  for (const Value& item : list->items) {
    const std::size_t at = item.text.find_first_of(separators);
    Value value = make_text(at == std::string::npos ? std::string() : item.text.substr(at + 1), item);
    if (at == std::string::npos) value.kind = document::Kind::null;
    if (item.is_text()) mapping.set(item.text.substr(0, at), std::move(value));
  }
  *list = std::move(mapping);
}

/// A list of names as a mapping of names to nothing.
void make_mapping_of_names(Value& parent, std::string_view key) {
  Value* list = parent.find(key);
  if (list == nullptr || !list->is_sequence()) return;
  Value mapping = make_mapping(*list);
  mapping.mark = list->mark;
  for (const Value& item : list->items) {
    Value nothing = make_text({}, item);
    nothing.kind = document::Kind::null;
    if (item.is_text()) mapping.set(item.text, std::move(nothing));
  }
  *list = std::move(mapping);
}

/// A text where also a list may stand.
void make_list(Value& parent, std::string_view key) {
  Value* text = parent.find(key);
  if (text == nullptr || !text->is_text()) return;
  Value list = make_text({}, *text);
  list.kind = document::Kind::sequence;
  list.mark = text->mark;
  list.items.push_back(*text);
  *text = std::move(list);
}

void make_build(Value& service) {
  Value* build = service.find("build");
  if (build == nullptr || !build->is_text()) return;
  Value mapping = make_mapping(*build);
  mapping.set("context", *build);
  *build = std::move(mapping);
}

}  // namespace

void make_canonical(Value& service) {
  if (!service.is_mapping()) return;
  for (const std::string_view key : {"environment", "labels", "sysctls"}) make_mapping_of(service, key, "=");
  make_mapping_of(service, "extra_hosts", ":=");
  for (const std::string_view key : {"depends_on", "networks"}) make_mapping_of_names(service, key);
  for (const std::string_view key : {"dns", "env_file", "expose", "profiles", "tmpfs"}) make_list(service, key);
  make_build(service);
  if (Value* deploy = service.find("deploy")) make_mapping_of(*deploy, "labels", "=");
}

void merge_service(Value& base, const Value& over) { merge({}, base, over); }

void merge_file(Value& base, const Value& over) { merge({}, base, over); }

}  // namespace postern::ingest::compose_file
