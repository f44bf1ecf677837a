// SPDX-License-Identifier: Apache-2.0
// The files of a source by path, and the table of formats whose files belong together.
#include <ingest/ansible/project.h>
#include <ingest/catalogue/backstage.h>
#include <ingest/catalogue/code_owners.h>
#include <ingest/cloudformation/project.h>
#include <ingest/compose_file/compose_file.h>
#include <ingest/exports/aws_config.h>
#include <ingest/exports/azure_graph.h>
#include <ingest/exports/google_assets.h>
#include <ingest/interface_language/graphql.h>
#include <ingest/interface_language/protobuf.h>
#include <ingest/lockfiles/registry.h>
#include <ingest/openapi/project.h>
#include <ingest/project.h>
#include <ingest/serverless/project.h>
#include <ingest/settings_file/settings_file.h>
#include <ingest/sql/sql.h>
#include <ingest/terraform/project.h>
#include <postern/base/parallel.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <utility>

namespace postern::ingest {
namespace {

/// Alphabetical by id.
constexpr std::array k_projects = {
    ProjectRow{"ansible", "Ansible inventories",
               "Hosts and groups in INI and YAML with their variables, and the folders group_vars and host_vars",
               model::InputKind::manifests, ansible::wants_inventory, ansible::read_inventories},
    ProjectRow{"aws-config", "AWS Config",
               "What runs: snapshots and histories of configuration items, and answers to queries (select-resource-config)",
               model::InputKind::infrastructure, exports::wants_aws_config, exports::read_aws_config},
    ProjectRow{"azure-resource-graph", "Azure Resource Graph",
               "What runs: answers of az graph query, and lists of az resource list", model::InputKind::infrastructure,
               exports::wants_azure_graph, exports::read_azure_graph},
    ProjectRow{"backstage", "Backstage catalogues",
               "Owner, lifecycle and system of components, resources and interfaces, and what they give and need",
               model::InputKind::catalogue, catalogue::wants_backstage, catalogue::read_backstage},
    ProjectRow{"cargo-lock", "Cargo.lock",
               "Crates with their versions and what needs what; Cargo.toml says what is for development", model::InputKind::sbom,
               lockfiles::wants<lockfiles::Kind::cargo>, lockfiles::read<lockfiles::Kind::cargo>},
    ProjectRow{
        "cloudformation", "CloudFormation and SAM templates",
        "Resources of templates in YAML or JSON, with their intrinsic functions as far as they can be known before deployment",
        model::InputKind::infrastructure, cloudformation::wants_file, cloudformation::read_project},
    ProjectRow{"codeowners", "CODEOWNERS", "Who owns what is declared in a file, by its path: the last rule that matches",
               model::InputKind::catalogue, catalogue::wants_code_owners, catalogue::read_code_owners},
    ProjectRow{"compose", "Docker Compose",
               "Projects with their overrides, includes, extended services, variables and mounted configuration files",
               model::InputKind::manifests, compose_file::wants, compose_file::read_projects},
    ProjectRow{"composer-lock", "composer.lock", "Packages of PHP with their versions and licences, and those for development",
               model::InputKind::sbom, lockfiles::wants<lockfiles::Kind::composer>, lockfiles::read<lockfiles::Kind::composer>},
    ProjectRow{"gemfile-lock", "Gemfile.lock", "Gems with their versions and what needs what", model::InputKind::sbom,
               lockfiles::wants<lockfiles::Kind::gemfile>, lockfiles::read<lockfiles::Kind::gemfile>},
    ProjectRow{"go-mod", "go.mod and go.sum", "Modules of Go with their versions after replacement", model::InputKind::sbom,
               lockfiles::wants<lockfiles::Kind::go>, lockfiles::read<lockfiles::Kind::go>},
    ProjectRow{"google-asset-inventory", "Google Cloud Asset Inventory",
               "What runs: resources and grants of gcloud asset export and gcloud asset list, also one a line",
               model::InputKind::infrastructure, exports::wants_google_assets, exports::read_google_assets},
    ProjectRow{"gradle-lock", "gradle.lockfile", "Libraries of the JVM with their versions, and which only tests use",
               model::InputKind::sbom, lockfiles::wants<lockfiles::Kind::gradle>, lockfiles::read<lockfiles::Kind::gradle>},
    ProjectRow{"graphql", "GraphQL schemas",
               "Queries, mutations and subscriptions with what they take and give, and directives that say who may ask",
               model::InputKind::api_specifications, interface_language::wants_graphql, interface_language::read_graphql},
    ProjectRow{"maven-pom", "pom.xml", "Dependencies of Maven whose versions the file itself settles; other versions are unknown",
               model::InputKind::sbom, lockfiles::wants<lockfiles::Kind::pom>, lockfiles::read<lockfiles::Kind::pom>},
    ProjectRow{"npm-lock", "package-lock.json and npm-shrinkwrap.json",
               "Packages of npm of lockfileVersion 1, 2 and 3, what needs what, and what is for development",
               model::InputKind::sbom, lockfiles::wants<lockfiles::Kind::npm>, lockfiles::read<lockfiles::Kind::npm>},
    ProjectRow{"nuget-lock", "packages.lock.json", "Packages of NuGet with their versions by framework, direct or not",
               model::InputKind::sbom, lockfiles::wants<lockfiles::Kind::nuget>, lockfiles::read<lockfiles::Kind::nuget>},
    ProjectRow{
        "openapi", "OpenAPI and AsyncAPI specifications",
        "Operations, how callers authenticate, and the fields that go in and out, of OpenAPI 2.0, 3.0 and 3.1 and AsyncAPI 2 and "
        "3 in YAML or JSON, through references within the document and to files of the tree",
        model::InputKind::api_specifications, openapi::wants_specification, openapi::read_specifications},
    ProjectRow{"pdm-lock", "pdm.lock", "Packages of Python with their versions and groups", model::InputKind::sbom,
               lockfiles::wants<lockfiles::Kind::pdm>, lockfiles::read<lockfiles::Kind::pdm>},
    ProjectRow{"pip-requirements", "requirements.txt",
               "Packages of Python with the versions that == pins, through files that -r includes", model::InputKind::sbom,
               lockfiles::wants<lockfiles::Kind::requirements>, lockfiles::read<lockfiles::Kind::requirements>},
    ProjectRow{"pipfile-lock", "Pipfile.lock", "Packages of Python with their versions, and those for development",
               model::InputKind::sbom, lockfiles::wants<lockfiles::Kind::pipfile>, lockfiles::read<lockfiles::Kind::pipfile>},
    ProjectRow{"pnpm-lock", "pnpm-lock.yaml",
               "Packages of npm of lockfileVersion 5, 6 and 9, what needs what, and what is for development",
               model::InputKind::sbom, lockfiles::wants<lockfiles::Kind::pnpm>, lockfiles::read<lockfiles::Kind::pnpm>},
    ProjectRow{"poetry-lock", "poetry.lock",
               "Packages of Python with their versions and groups; pyproject.toml says what is direct", model::InputKind::sbom,
               lockfiles::wants<lockfiles::Kind::poetry>, lockfiles::read<lockfiles::Kind::poetry>},
    ProjectRow{"protobuf", "Protocol buffers with services (gRPC)",
               "Services, calls, and the fields of their messages through all files of the tree",
               model::InputKind::api_specifications, interface_language::wants_protobuf, interface_language::read_protobuf},
    ProjectRow{"serverless", "Serverless Framework services",
               "Functions with their events, roles and variables, and the template that a service brings, on AWS, Azure and Google",
               model::InputKind::infrastructure, serverless::wants_file, serverless::read_project},
    ProjectRow{
        "settings", "Configuration beside source code",
        "application.properties and application.yml of Spring, appsettings.json of .NET, services of systemd, files of nginx and "
        "Envoy, .env",
        model::InputKind::manifests, settings_file::wants, settings_file::read_files},
    ProjectRow{
        "sql",
        "SQL scripts and migrations",
        "Tables, columns and rights that scripts leave behind, applied in their order: plain files, numbered folders, Flyway, "
        "Liquibase and their like, in the dialects of PostgreSQL, MySQL, SQLite, SQL Server and Oracle",
        model::InputKind::infrastructure, sql::wants_sql, sql::read_sql},
    ProjectRow{"terraform", "Terraform configurations",
               "Resources and modules of Terraform and OpenTofu in HCL or JSON, as far as they can be known without a provider",
               model::InputKind::infrastructure, terraform::wants_file, terraform::read_project},
    ProjectRow{"uv-lock", "uv.lock", "Packages of Python with their versions, what needs what, and groups for development",
               model::InputKind::sbom, lockfiles::wants<lockfiles::Kind::uv>, lockfiles::read<lockfiles::Kind::uv>},
    ProjectRow{"yarn-lock", "yarn.lock",
               "Packages of npm as yarn 1 and later versions chose them; package.json says what is direct", model::InputKind::sbom,
               lockfiles::wants<lockfiles::Kind::yarn>, lockfiles::read<lockfiles::Kind::yarn>},
};

}  // namespace

SourceFiles::SourceFiles(std::string root, std::vector<SourceFile> files, unsigned threads)
    : m_root(std::move(root)), m_files(std::move(files)) {
  std::sort(m_files.begin(), m_files.end(), [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  base::for_each_index(m_files.size(), threads, [&](std::size_t i) { m_files[i].hints = Hints::of(m_files[i].bytes); });
}

std::optional<std::size_t> SourceFiles::find(std::string_view path) const {
  const std::optional<std::string> wanted = normal_path(path);
  if (!wanted) return std::nullopt;
  const auto at = std::lower_bound(m_files.begin(), m_files.end(), *wanted,
                                   [](const SourceFile& file, const std::string& text) { return file.path < text; });
  if (at == m_files.end() || at->path != *wanted) return std::nullopt;
  return static_cast<std::size_t>(at - m_files.begin());
}

std::string_view SourceFiles::below_root(std::string_view path) const {
  const bool below = !m_root.empty() && path.size() > m_root.size() && path.starts_with(m_root) && path[m_root.size()] == '/';
  return below ? path.substr(m_root.size() + 1) : path;
}

std::span<const ProjectRow> project_formats() { return k_projects; }

bool is_project_file(std::string_view path) {
  return std::any_of(k_projects.begin(), k_projects.end(), [&](const ProjectRow& row) { return row.wants(path); });
}

std::optional<std::string> normal_path(std::string_view path) {
  std::string result;
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      result += (result.empty() ? "" : "/") + std::string(part);
      continue;
    }
    if (result.empty()) return std::nullopt;
    const std::size_t last = result.rfind('/');
    result.resize(last == std::string::npos ? 0 : last);
  }
  return result;
}

}  // namespace postern::ingest
