// SPDX-License-Identifier: Apache-2.0
// Time and allocations of conditions over many subjects: bench_conditions CONDITIONS SUBJECTS SECONDS maps|records; one JSON line
// a condition.
#include <algorithm>
#include <chrono>
#include <fstream>
#include <iostream>
#include <limits>
#include <nlohmann/json.hpp>
#include <numeric>
#include <stdexcept>

#include "bench/cel/allocations.h"
#include "bench/cel/subjects.h"
#include "cel/program.h"

namespace postern::bench {
namespace {

using nlohmann::json;
using Clock = std::chrono::steady_clock;
constexpr std::size_t k_block = 1000;
using Activations = std::vector<Variables>;

std::vector<std::string> lines_of(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);)
    if (!line.empty() && line.front() != '#') lines.push_back(std::move(line));
  return lines;
}

cel::Program compile(const std::string& expression, const cel::Environment& environment) {
  cel::Compilation compilation = cel::compile(expression, environment);
  if (!compilation.program) throw std::runtime_error(format_issue(expression, compilation.issues.front()));
  return std::move(*compilation.program);
}

json measure(const std::string& name, const cel::Program& program, const Activations& subjects, double seconds) {
  std::size_t yes = 0;
  std::size_t no = 0;
  for (const auto& subject : subjects) {
    const cel::Value value = program.evaluate(subject);
    yes += std::size_t{value.is_true()};
    no += std::size_t{value.is_false()};
  }
  // The least time of every block: a block is short enough to be measured undisturbed now and then on a busy machine.
  std::vector<double> least((subjects.size() + k_block - 1) / k_block, std::numeric_limits<double>::infinity());
  const std::uint64_t allocated = allocations();
  std::size_t rounds = 0;
  std::size_t matches = 0;
  const auto end = Clock::now() + std::chrono::duration<double>(seconds);
  do {
    for (std::size_t block = 0; block < least.size(); ++block) {
      const std::size_t last = std::min(subjects.size(), (block + 1) * k_block);
      const auto start = Clock::now();
      for (std::size_t i = block * k_block; i < last; ++i) matches += std::size_t{program.evaluate(subjects[i]).is_true()};
      least[block] = std::min(least[block], std::chrono::duration<double, std::nano>(Clock::now() - start).count());
    }
    ++rounds;
  } while (Clock::now() < end);
  const double best = std::accumulate(least.begin(), least.end(), 0.0);
  if (matches != yes * rounds) throw std::runtime_error("the rounds do not agree");
  const auto count = static_cast<double>(subjects.size());
  return {{"name", name},
          {"nanoseconds", best / count},
          {"allocations", static_cast<double>(allocations() - allocated) / count / static_cast<double>(rounds)},
          {"true", yes},
          {"false", no},
          {"other", subjects.size() - yes - no}};
}

int run(const std::string& conditions, const std::string& subjects_file, double seconds, Form form) {
  std::vector<json> subjects;
  for (const std::string& line : lines_of(subjects_file)) subjects.push_back(json::parse(line));
  const Schema schema(subjects);
  cel::Environment environment;
  if (form == Form::records) schema.declare(environment);
  for (const char* name : {"entity", "env"}) {
    const std::string type = form == Form::records ? name : "map(string, dyn)";
    environment.add_variable(name, cel::Type::parse(type).value());
  }
  Store store;
  Activations activations;
  for (const json& subject : subjects) activations.push_back(activation_of(subject, form, schema, store));
  for (const std::string& line : lines_of(conditions)) {
    const std::size_t tab = line.find('\t');
    std::cout << measure(line.substr(0, tab), compile(line.substr(tab + 1), environment), activations, seconds) << std::endl;
  }
  return 0;
}

}  // namespace
}  // namespace postern::bench

int main(int count, char** arguments) {
  if (count != 5) {
    std::cerr << "usage: bench_conditions CONDITIONS SUBJECTS SECONDS maps|records\n";
    return 2;
  }
  try {
    using postern::bench::Form;
    const Form form = std::string(arguments[4]) == "maps" ? Form::maps : Form::records;
    return postern::bench::run(arguments[1], arguments[2], std::stod(arguments[3]), form);
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
}
