// SPDX-License-Identifier: Apache-2.0
// Compile once, evaluate many times.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cel/environment.h"
#include "cel/value.h"

namespace postern::cel {

/// A place in an expression. Line and column count from 1, the column in bytes; the offset counts bytes from 0.
struct Position {
  std::uint32_t offset = 0;
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  friend bool operator==(const Position&, const Position&) = default;
};

/// What is wrong with an expression.
struct Issue {
  Position position;
  std::string message;
  std::string hint;  ///< "did you mean 'region'?"; may be empty
};

/// "1:10: undeclared field 'regoin'...", then the line of the expression and a caret under the place.
[[nodiscard]] std::string format_issue(std::string_view expression, const Issue& issue);
/// Where `offset` is in `expression` (the end when it is beyond).
[[nodiscard]] Position position_at(std::string_view expression, std::uint32_t offset);

enum class Checking : std::uint8_t {
  strict,  ///< names and types are checked; what does not fit is an issue
  off,     ///< unknown names and wrong types become errors of the evaluation, as dynamic CEL does
};
enum class Macros : std::uint8_t { on, off };

struct CompileLimits {
  std::uint32_t max_length = 100'000;  ///< bytes of the expression
  std::uint32_t max_nesting = 120;     ///< parentheses, brackets, calls, ternaries within one another
  std::uint32_t max_height = 1'000;    ///< of the expression tree (long chains of one operator count as well)
  std::uint32_t max_nodes = 50'000;    ///< of the expression tree
  std::uint32_t max_issues = 20;       ///< more are not reported
};

struct CompileOptions {
  Checking checking = Checking::strict;
  Macros macros = Macros::on;
  CompileLimits limits;
};

struct EvaluationLimits {
  std::uint64_t max_steps = 1'000'000;  ///< one a node; more for long texts and large lists
};

/// A sub-expression and what it came to (for "why did it match").
struct Observation {
  Position position;
  std::uint32_t begin = 0;  ///< range in the source
  std::uint32_t end = 0;
  std::string expression;  ///< the source text of the sub-expression
  Value value;
};

/// How often a sub-expression came to what.
struct Tally {
  std::uint64_t yes = 0;
  std::uint64_t no = 0;
  std::uint64_t unknown = 0;
  std::uint64_t failed = 0;  ///< an error, or no boolean
};
/// For every node of a program; begin with an empty one and use it with one program only.
using Tallies = std::vector<Tally>;

/// What a term is to the expression around it.
enum class TermRole : std::uint8_t {
  whole,     ///< the expression itself
  conjunct,  ///< of `&&`: decides when it is false
  disjunct,  ///< of `||`: decides when it is true
};

/// A part of a condition that may decide on its own.
struct Term {
  TermRole role = TermRole::whole;
  Position position;
  std::string expression;        ///< its source text
  std::optional<bool> constant;  ///< what it always is, where that is plain to see
  std::uint32_t node = 0;        ///< its place in Tallies
};

/// `PATH == constant`, `PATH in [constants]`, `PATH` or `!PATH` in the top-level conjunction: the expression can only be true when
/// it holds.
struct Guard {
  std::string path;            ///< "relation.kind"
  std::vector<Value> allowed;  ///< constants of the program: they live as long as it
};

/// What an expression refers to, each sorted and without duplicates.
struct Uses {
  std::vector<std::string> variables;
  std::vector<std::string> functions;  ///< without operators
  std::vector<std::string> fields;     ///< every field name that is selected
  std::vector<Guard> comparisons;      ///< every PATH that is compared with constants, wherever that stands; in no order
};

struct Code;

/// A compiled expression. Immutable: evaluate from as many threads as you like. Cheap to copy (shares the code, which is never
/// changed).
class Program {
 public:
  explicit Program(std::shared_ptr<const Code> code);

  /// Evaluates with `activation[slot]` for each variable of the environment (a missing slot is a `no_such_variable` error). `host`
  /// is what functions see as CallContext::host(). Never throws on any input; trouble is a value of kind error or unknown.
  [[nodiscard]] Value evaluate(std::span<const Value> activation, const EvaluationLimits& limits = {},
                               const void* host = nullptr) const;
  /// The same, recording what each sub-expression came to, in the order of evaluation; the last evaluation of a place wins.
  [[nodiscard]] Value explain(std::span<const Value> activation, std::vector<Observation>& observations,
                              const EvaluationLimits& limits = {}, const void* host = nullptr) const;

  /// The same as `evaluate`, and counts what each node came to.
  [[nodiscard]] Value count(std::span<const Value> activation, Tallies& tallies, const EvaluationLimits& limits = {},
                            const void* host = nullptr) const;
  /// The whole, and the operands of every `&&` and `||`, as they stand in the source, outer ones first.
  [[nodiscard]] std::vector<Term> terms() const;

  /// The deduced type (dyn when checking was off and nothing is known).
  [[nodiscard]] const Type& result_type() const noexcept;
  [[nodiscard]] const Uses& uses() const noexcept;
  [[nodiscard]] const std::vector<Guard>& guards() const noexcept;
  /// The text it was compiled from.
  [[nodiscard]] const std::string& source() const noexcept;

 private:
  std::shared_ptr<const Code> m_code;
};

/// The outcome of `compile`: a program, or at least one issue.
struct Compilation {
  std::optional<Program> program;
  std::vector<Issue> issues;  ///< by position
};

/// Compiles `expression` against `environment`. Any text is allowed; everything wrong with it is an issue.
[[nodiscard]] Compilation compile(std::string_view expression, const Environment& environment, const CompileOptions& options = {});

}  // namespace postern::cel
