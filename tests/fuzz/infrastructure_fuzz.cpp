// SPDX-License-Identifier: Apache-2.0
// Fuzzes the ways from bytes to resources: HCL and its JSON, variables, plans and states, templates of CloudFormation. The first
// byte chooses.
#include <ingest/cloudformation/project.h>
#include <ingest/hcl/parser.h>
#include <ingest/read_input.h>
#include <ingest/terraform/project.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace postern;

std::size_t read_project(const ingest::SourceFiles& files) {
  base::DiagnosticSink sink;
  std::size_t facts = 0;
  for (const auto& file : ingest::terraform::read_project(files, {}, sink)) facts += file.facts.size();
  for (const auto& file : ingest::cloudformation::read_project(files, {}, sink)) facts += file.facts.size();
  return facts;
}

void read_document(const std::string& text, ingest::Moment moment) {
  base::DiagnosticSink sink;
  (void)ingest::read_input("plan.json", text, "", {}, sink, moment);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  constexpr std::string_view k_caller = "module \"m\" {\n  source = \"./m\"\n  x = [1, \"a\"]\n}\n";
  switch (data[0] % 6) {
    case 0:
      (void)read_project(ingest::SourceFiles({}, {{"main.tf", text}}));
      break;
    case 1:
      (void)read_project(ingest::SourceFiles({}, {{"main.tf.json", text}}));
      break;
    case 2:
      (void)read_project(ingest::SourceFiles({}, {{"main.tf", k_caller}, {"m/main.tf", text}, {"terraform.tfvars", text}}));
      break;
    case 3:
      read_document(text, ingest::Moment::after);
      read_document(text, ingest::Moment::before);
      break;
    case 4:
      (void)read_project(ingest::SourceFiles({}, {{"t.yaml", text}}));
      break;
    default: {
      std::vector<ingest::hcl::SyntaxError> errors;
      (void)ingest::hcl::parse_template(text, errors);
      (void)ingest::hcl::parse_expression(text, errors);
    }
  }
  return 0;
}
