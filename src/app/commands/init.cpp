// SPDX-License-Identifier: Apache-2.0
// `postern init`: looks at the repository and its CI system, and writes a first configuration and pipeline file that work.
#include <postern/base/error.h>
#include <postern/base/text.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <set>

#include "app/baseline_choice.h"
#include "app/ci_templates.h"
#include "app/commands/commands.h"
#include "app/output.h"
#include "app/request.h"
#include "render/words.h"

namespace postern::app {
namespace {

namespace fs = std::filesystem;

/// How folders of environments are called, with the environment that is meant and its class.
struct FolderRow {
  std::string_view folder;
  std::string_view environment;
  std::string_view environment_class;
};
constexpr std::array k_folders = {
    FolderRow{"production", "production", "production"},
    FolderRow{"prod", "production", "production"},
    FolderRow{"prd", "production", "production"},
    FolderRow{"live", "production", "production"},
    FolderRow{"staging", "staging", "staging"},
    FolderRow{"stage", "staging", "staging"},
    FolderRow{"stg", "staging", "staging"},
    FolderRow{"preprod", "staging", "staging"},
    FolderRow{"development", "development", "development"},
    FolderRow{"dev", "development", "development"},
};

struct Place {
  std::string environment_class;
  std::set<std::string> folders;
};

/// What the repository holds, as far as the first configuration depends on it.
struct Survey {
  std::string application;
  std::vector<std::string> inputs;      ///< paths of what was read
  std::map<std::string, Place> places;  ///< by environment: folders that are called like it
  std::string common;                   ///< the folder that holds all inputs; "." is the working folder
};

std::vector<std::string> parts_of(const std::string& path) {
  std::vector<std::string> parts;
  for (const fs::path& part : fs::path(path).parent_path()) parts.push_back(part.string());
  return parts;
}

/// The deepest folder that all inputs lie in.
std::string common_folder(const std::vector<std::string>& inputs) {
  if (inputs.empty()) return ".";
  std::vector<std::string> common = parts_of(inputs.front());
  for (const std::string& input : inputs) {
    const std::vector<std::string> parts = parts_of(input);
    const auto [end, ignored] = std::mismatch(common.begin(), common.end(), parts.begin(), parts.end());
    common.erase(end, common.end());
  }
  return common.empty() ? "." : base::join(common, "/");
}

void note_environment(const std::string& input, Survey& survey) {
  std::string folder;
  for (const std::string& part : parts_of(input)) {
    folder += (folder.empty() ? "" : "/") + part;
    const auto* const row = std::find_if(k_folders.begin(), k_folders.end(),
                                         [&](const FolderRow& each) { return base::equals_ignoring_case(each.folder, part); });
    if (row == k_folders.end()) continue;
    Place& place = survey.places[std::string(row->environment)];
    place.environment_class = row->environment_class;
    place.folders.insert(folder);
    return;
  }
}

Survey survey_of(const Options& options) {
  GateRequest request = reading_request(options);
  SourceReader reader = reader_for(request);
  const SourcePlace place = place_of(request, reader);
  const ReadSource source = reader.read(request.candidate, place);
  // Paths are known from the top of the repository; the configuration stands in the working folder.
  const auto top = acquire::find_repository_root(fs::current_path().string());
  const std::string prefix = top ? fs::current_path().lexically_relative(*top).generic_string() + "/" : std::string();
  Survey survey;
  survey.application = place.application;
  for (const model::Unit& unit : source.snapshot.units) {
    for (const auto& input : unit.inputs) {
      std::string path = input->path.str();
      if (prefix != "./" && path.starts_with(prefix)) path.erase(0, prefix.size());
      survey.inputs.push_back(std::move(path));
    }
  }
  survey.common = common_folder(survey.inputs);
  for (const std::string& input : survey.inputs) note_environment(input, survey);
  return survey;
}

/// As a YAML scalar that is read as this text, whatever it holds.
std::string quoted(const std::string& text) {
  YAML::Emitter out;
  out << YAML::DoubleQuoted << text;
  return out.c_str();
}

std::string quoted_list(const std::set<std::string>& texts) {
  std::string list;
  for (const std::string& text : texts) list += (list.empty() ? "" : ", ") + quoted(text);
  return "[" + list + "]";
}

std::string configuration_text(const Survey& survey) {
  const auto environment = [&](const std::string& name, const char* environment_class, const std::string& remark) {
    // A merge request is judged by what it would bring into production.
    auto at = survey.places.find(name == "review" ? "production" : name);
    if (name == "review" && at == survey.places.end()) at = survey.places.begin();
    std::string text = "  " + name + ":" + remark + "\n    class: " + environment_class + "\n";
    if (at != survey.places.end()) return text + "    sources: " + quoted_list(at->second.folders) + "\n";
    if (survey.places.empty() && survey.common != ".") return text + "    sources: " + quoted_list({survey.common}) + "\n";
    return text;
  };
  return "# How Postern sees this application. `postern config show --origin` prints what is in force, `postern schema config` "
         "what may\n"
         "# stand here, `postern doctor` checks it.\n"
         "apiVersion: postern/v1\n"
         "kind: Configuration\n"
         "application: " +
         quoted(survey.application) + "\nenvironments:\n" +
         environment("production", "production", " # what cannot be judged does not pass") + environment("staging", "staging", "") +
         environment("review", "development", " # merge requests: compared with the commit they go into");
}

std::optional<CiTemplate> ci_system_of(const fs::path& top) {
  for (const CiTemplate& each : ci_templates()) {
    std::error_code error;
    if (fs::exists(top / each.mark, error)) return each;
  }
  return std::nullopt;
}

/// Writes a file that is not there; never over another one. Whether it was written.
bool write_new(const fs::path& file, const std::string& text, std::string& told) {
  std::error_code error;
  const std::string shown = file.lexically_proximate(fs::current_path()).generic_string();
  if (fs::exists(fs::symlink_status(file, error))) {
    told += "kept    " + shown + " (it is there already)\n";
    return false;
  }
  fs::create_directories(file.parent_path(), error);
  write_file(file.string(), text);
  told += "wrote   " + shown + "\n";
  return true;
}

}  // namespace

int init(const Options& options) {
  const Survey survey = survey_of(options);
  std::string told;
  told += survey.inputs.empty() ? "found   nothing that can be read yet; `postern list formats` prints what can\n"
                                : "found   " + std::to_string(survey.inputs.size()) + " input" +
                                      (survey.inputs.size() == 1 ? "" : "s") + " in " + survey.common + "\n";
  write_new(fs::current_path() / "postern.yaml", configuration_text(survey), told);
  const auto top = acquire::find_repository_root(fs::current_path().string());
  const fs::path root = top ? fs::path(*top) : fs::current_path();
  if (const auto system = ci_system_of(root)) {
    told += "found   " + std::string(system->title) + "\n";
    if (write_new(root / system->file, std::string(system->text), told)) told += "next    " + std::string(system->next) + "\n";
  } else {
    told +=
        "found   no CI system; `postern init` knows GitLab, GitHub Actions, Azure Pipelines, Jenkins and Harness by their files\n";
  }
  // A file in the folder that is mapped would be there, and empty, before the map is read.
  const auto production = survey.places.find("production");
  const std::string path = production == survey.places.end() ? survey.common : *production->second.folders.begin();
  const std::string file = path == "." ? "../postern-baseline.json" : "postern-baseline.json";
  told += "next    record what runs, after each deploy: postern map " + path + " --format snapshot > " + file + "\n";
  told += "next    postern gate --env production --baseline snapshot:" + file + "\n";
  write_output(told);
  return 0;
}

}  // namespace postern::app
