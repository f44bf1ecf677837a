// SPDX-License-Identifier: Apache-2.0
// Security requirements as text.
#include <ingest/openapi/callers.h>
#include <postern/base/text.h>

#include <set>
#include <vector>

namespace postern::ingest::openapi {
namespace {

std::string joined(const std::set<std::string>& words, std::string_view separator) {
  const std::vector<std::string> list(words.begin(), words.end());
  return base::join(list, separator);
}

/// `bearer`, `apiKey header X-Key`, `oauth2`, ...
std::string scheme_text(const Place& scheme, std::string_view name) {
  const std::string_view type = scheme["type"].node.text();
  if (type == "http") return base::to_lower(scheme["scheme"].node.text());
  if (type == "apiKey" || type == "httpApiKey") {
    const std::string_view where = scheme["in"].node.text();
    const std::string_view key = scheme["name"].node.text();
    return "apiKey" + (where.empty() ? "" : ' ' + std::string(where)) + (key.empty() ? "" : ' ' + std::string(key));
  }
  return std::string(type.empty() ? name : type);
}

std::string with_scopes(std::string text, const document::Node& scopes) {
  std::set<std::string> names;
  for (const document::Node scope : scopes.items()) names.emplace(scope.text());
  if (!names.empty()) text += ' ' + joined(names, " ");
  return text;
}

std::string requirement_text(const Place& requirement, const Place& schemes, Library& library) {
  std::set<std::string> all;
  for (const document::Entry entry : requirement.node.entries()) {
    const Place scheme = library.follow(schemes[entry.key.text()]);
    all.insert(with_scopes(scheme_text(scheme, entry.key.text()), entry.value));
  }
  return all.empty() ? "none" : joined(all, " and ");
}

}  // namespace

std::string callers_of(const Place& requirements, const Place& schemes, Library& library) {
  std::set<std::string> alternatives;
  for (const document::Node item : requirements.node.items()) {
    alternatives.insert(requirement_text({item, requirements.file}, schemes, library));
  }
  return alternatives.empty() ? "none" : joined(alternatives, " or ");
}

std::string callers_of_schemes(const Place& list, Library& library) {
  std::set<std::string> alternatives;
  for (const document::Node item : list.node.items()) {
    const Place at{item, list.file};
    const Place scheme = library.follow(at);
    alternatives.insert(with_scopes(scheme_text(scheme, Library::name_of_reference(at)), scheme["scopes"].node));
  }
  return alternatives.empty() ? "none" : joined(alternatives, " or ");
}

}  // namespace postern::ingest::openapi
