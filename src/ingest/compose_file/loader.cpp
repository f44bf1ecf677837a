// SPDX-License-Identifier: Apache-2.0
// Loads the files of projects, with limits on what they can make of one another.
#include <ingest/codes.h>
#include <ingest/compose_file/loader.h>
#include <ingest/compose_file/merge.h>
#include <postern/base/path.h>

#include <algorithm>

namespace postern::ingest::compose_file {
namespace {

constexpr std::size_t k_deepest = 16;                         ///< files that include one another, services that extend one another
constexpr std::size_t k_most_values = std::size_t{4} << 20U;  ///< that one project may be put together from
constexpr std::size_t k_widest = 10'000;  ///< entries of one mapping or list: they are compared with one another

bool is_wide(const Value& value) {
  if (value.items.size() > k_widest || value.entries.size() > k_widest) return true;
  return std::any_of(value.items.begin(), value.items.end(), is_wide) ||
         std::any_of(value.entries.begin(), value.entries.end(), [](const Value::Entry& entry) { return is_wide(entry.second); });
}

std::vector<std::string> texts_of(const Value& value) {
  if (value.is_text()) return {value.text};
  std::vector<std::string> texts;
  for (const Value& item : value.items) {
    if (item.is_text()) texts.push_back(item.text);
  }
  return texts;
}

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

/// A file of variables, by its name: `.env`, `.env.prod`, `prod.env`.
bool is_variable_file(std::string_view path) {
  const std::string_view name = base::file_name(path);
  return name == ".env" || name.starts_with(".env.") || name.ends_with(".env");
}

}  // namespace

ResolvedPath resolve_path(std::string_view folder, std::string_view path) {
  if (path.starts_with('/') || path.starts_with('~') || path.find("${") != std::string_view::npos ||
      path.find("://") != std::string_view::npos)
    return {std::string(path), false};
  const auto normal = normal_path(folder.empty() ? std::string(path) : std::string(folder) + "/" + std::string(path));
  if (!normal) return {std::string(path), false};
  return {*normal, true};
}

Variables Loader::variables_of(const std::string& folder, std::set<std::size_t>& used) const {
  Variables variables;
  bool named = false;
  const auto take = [&](std::size_t file) {
    used.insert(file);
    for (Assignment& row : read_assignments(m_source[file].bytes, variables, Filling::filled)) {
      if (row.value) variables.set(std::move(row.name), std::move(*row.value));
    }
  };
  for (const std::string& values : m_settings.values) {
    const auto file = is_variable_file(values) ? m_source.find(values) : std::nullopt;
    if (!file) continue;
    named = true;
    take(*file);
  }
  if (const auto file = m_source.find((folder.empty() ? "" : folder + "/") + ".env"); file && !named) take(*file);
  return variables;
}

LoadedProject Loader::load(const std::vector<std::size_t>& files, const std::string& folder) {
  m_project = {};
  m_size = 0;
  m_reported.clear();
  m_read.clear();
  m_project.variables = variables_of(folder, m_project.files);
  m_project.model.kind = document::Kind::mapping;
  for (const std::size_t file : files) {
    const Value model = load_file(file, folder, m_project.variables);
    if (model.is_mapping() && has_room(model)) merge_file(m_project.model, model);
  }
  return std::move(m_project);
}

bool Loader::has_room(const Value& value) {
  const bool had = m_size <= k_most_values;
  m_size += value.size();
  if (m_size <= k_most_values) return true;
  if (had) {
    m_sink.error(std::string(code::k_compose_too_large), value.location,
                 "the files of this project make more than " + std::to_string(k_most_values) + " values of one another",
                 "extend and include less");
  }
  return false;
}

void Loader::report_variables(const Variables::Filled& filled, const Location& location) {
  if (filled.malformed) {
    m_sink.warning(std::string(code::k_compose_bad_variable), location, "a variable is not written as Compose expects it",
                   "write $NAME, ${NAME} or ${NAME:-default}, and $$ for a dollar");
  }
  for (const std::string& name : filled.unknown) {
    if (!m_reported.insert(name).second) continue;
    const bool required = std::find(filled.required.begin(), filled.required.end(), name) != filled.required.end();
    m_sink.warning(std::string(code::k_compose_unset), location,
                   "variable " + quoted(name) + " has no value here" +
                       (required ? ", and Compose does not start without one" : "") + ": what it says is unknown",
                   "put it into .env, or name a file of variables under `values` of the environment");
  }
}

Value Loader::read_file(std::size_t file, const std::string& folder, const Variables& variables) {
  const auto known = m_read.find({file, folder});
  if (known != m_read.end()) return known->second;
  m_project.files.insert(file);
  const SourceFile& source = m_source[file];
  base::DiagnosticSink trouble;
  const document::Documents documents = document::read_documents(std::string(source.bytes), document::Format::detect,
                                                                 Symbol(source.path), m_settings.limits, trouble);
  if (trouble.has_errors()) m_project.failed.insert(file);
  m_sink.merge(std::move(trouble));
  Value model;
  const auto fill = [&](std::string_view text, const Location& location) {
    Variables::Filled filled = variables.fill(text);
    report_variables(filled, location);
    return std::move(filled.text);
  };
  for (const document::Document& document : documents) {
    if (!document.root().is_mapping()) continue;
    Value part = copy_node(document.root(), Symbol(folder), fill);
    if (is_wide(part)) {
      m_sink.error(std::string(code::k_compose_too_large), part.location,
                   "a list or mapping has more than " + std::to_string(k_widest) + " entries");
      m_project.failed.insert(file);
      continue;
    }
    // Extensions are only ever used by anchors, which are followed already.
    std::erase_if(part.entries, [](const Value::Entry& entry) { return entry.first.starts_with("x-"); });
    if (Value* services = part.find("services")) {
      for (Value::Entry& service : services->entries) make_canonical(service.second);
    }
    if (model.is_null()) {
      model = std::move(part);
    } else {
      merge_file(model, part);
    }
  }
  if (!has_room(model)) model = {};
  m_read.emplace(std::pair(file, folder), model);
  return model;
}

Value Loader::load_file(std::size_t file, const std::string& folder, const Variables& variables) {
  const bool cycle = std::find(m_including.begin(), m_including.end(), file) != m_including.end();
  if (cycle || m_including.size() >= k_deepest) {
    m_sink.error(std::string(code::k_compose_cycle), {Symbol(m_source[file].path), 0, 0},
                 cycle ? "the file includes itself" : "files include one another too deeply");
    return {};
  }
  m_including.push_back(file);
  Value own = read_file(file, folder, variables);
  extend_all(own, file, variables);
  Value model = make_mapping(own);
  for (const Value& entry : own["include"].items) include(model, entry, folder, variables);
  own.erase("include");
  merge_file(model, own);
  m_including.pop_back();
  return own.is_mapping() ? model : own;
}

void Loader::include(Value& model, const Value& entry, const std::string& folder, const Variables& variables) {
  const Value included = load_included(entry, folder, variables);
  if (included.is_mapping() && has_room(included)) merge_file(model, included);
}

Value Loader::load_included(const Value& entry, const std::string& folder, const Variables& variables) {
  const std::vector<std::string> paths = texts_of(entry.is_text() ? entry : entry["path"]);
  Value model;
  std::string own_folder;
  Variables own_variables = variables;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const ResolvedPath path = resolve_path(folder, paths[i]);
    const auto file = path.inside ? m_source.find(path.path) : std::nullopt;
    if (!file) {
      m_sink.error(std::string(code::k_compose_missing_file), entry.location,
                   "the included file " + quoted(paths[i]) + " is not part of this source",
                   "give Postern the folder that holds all files of the project");
      continue;
    }
    if (i == 0) {
      const Value& named = entry["project_directory"];
      own_folder = named.is_text() ? resolve_path(folder, named.text).path : std::string(base::folder_of(path.path));
      // What the including project says wins.
      std::vector<std::string> files = texts_of(entry["env_file"]);
      if (files.empty()) files.push_back(".env");
      for (const std::string& name : files) {
        const bool explicit_file = !texts_of(entry["env_file"]).empty();
        const ResolvedPath place = resolve_path(explicit_file ? folder : own_folder, name);
        const auto at = place.inside ? m_source.find(place.path) : std::nullopt;
        if (!at) continue;
        m_project.files.insert(*at);
        for (Assignment& row : read_assignments(m_source[*at].bytes, own_variables, Filling::filled)) {
          if (row.value && own_variables.find(row.name) == nullptr) own_variables.set(std::move(row.name), std::move(*row.value));
        }
      }
    }
    m_project.included.insert(*file);
    const Value part = load_file(*file, own_folder, own_variables);
    if (model.is_null()) {
      model = part;
    } else if (part.is_mapping()) {
      merge_file(model, part);
    }
  }
  return model;
}

void Loader::extend_all(Value& model, std::size_t file, const Variables& variables) {
  Value* services = model.find("services");
  if (services == nullptr) return;
  const Value before = *services;
  for (Value::Entry& service : services->entries) {
    if (service.second["extends"].is_null()) continue;
    service.second = extended(before, service.first, file, variables);
  }
}

Value Loader::extended(const Value& services, const std::string& name, std::size_t file, const Variables& variables) {
  const Value& own = services[name];
  const Value& reference = own["extends"];
  if (reference.is_null()) return own;
  const Extending step{file, name};
  const bool cycle = std::find(m_extending.begin(), m_extending.end(), step) != m_extending.end();
  if (cycle || m_extending.size() >= k_deepest) {
    m_sink.error(std::string(code::k_compose_cycle), reference.location,
                 cycle ? "service " + quoted(name) + " extends itself" : "services extend one another too deeply");
    return own;
  }
  m_extending.push_back(step);
  Value result = base_of(services, reference, file, variables);
  m_extending.pop_back();
  if (!result.is_mapping() || !has_room(result)) return own;
  const Location declared = own.location;
  merge_service(result, own);
  result.location = declared;
  result.erase("extends");
  return result;
}

Value Loader::base_of(const Value& services, const Value& reference, std::size_t file, const Variables& variables) {
  const std::string name = reference.is_text() ? reference.text : reference["service"].text;
  const Value& elsewhere = reference["file"];
  std::size_t base_file = file;
  Value others;
  const Value* all = &services;
  if (elsewhere.is_text()) {
    const ResolvedPath path = resolve_path(base::folder_of(m_source[file].path), elsewhere.text);
    const auto found = path.inside ? m_source.find(path.path) : std::nullopt;
    if (!found) {
      m_sink.error(std::string(code::k_compose_missing_file), elsewhere.location,
                   "the extended file " + quoted(elsewhere.text) + " is not part of this source",
                   "give Postern the folder that holds all files of the project");
      return {};
    }
    base_file = *found;
    others = read_file(base_file, std::string(base::folder_of(path.path)), variables);
    all = &others["services"];
  }
  if (!(*all)[name].is_mapping()) {
    m_sink.error(std::string(code::k_compose_missing_service), reference.location,
                 "service " + quoted(name) + " is extended and not there", "correct its name");
    return {};
  }
  return extended(*all, name, base_file, variables);
}

}  // namespace postern::ingest::compose_file
