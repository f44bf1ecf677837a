// SPDX-License-Identifier: Apache-2.0
// The operators' overloads, for the checker and for listings. The evaluator carries them out itself, so rows have no code.
#include <array>

#include "cel/functions/families.h"

namespace postern::cel {
namespace {

constexpr FunctionRow k_rows[] = {
    {"_?_:_(bool, A, A) -> A", nullptr, "The second or third operand, by the first.", "(true ? 1 : 2) == 1"},
    {"!_(bool) -> bool", nullptr, "Negation.", "!false"},
    {"-_(int) -> int", nullptr, "The opposite number.", "-(2) == 0 - 2"},
    {"-_(double) -> double", nullptr, "The opposite number.", "-(2.5) == 0.0 - 2.5"},
    {"_==_(A, A) -> bool", nullptr, "Equality; numbers of different types compare by value.", "[1, 2] == [1, 2]"},
    {"_!=_(A, A) -> bool", nullptr, "Inequality.", "'a' != 'b'"},
    {"@in(A, list(A)) -> bool", nullptr, "Whether a list has an element.", "2 in [1, 2]"},
    {"@in(A, map(A, B)) -> bool", nullptr, "Whether a map has a key.", "'a' in {'a': 1}"},
    {"_[_](list(A), int) -> A", nullptr, "An element of a list, counted from 0.", "[5, 6][1] == 6"},
    {"_[_](map(A, B), A) -> B", nullptr, "The value of a key.", "{'a': 1}['a'] == 1"},
    {"_[_](optional_type(list(A)), int) -> optional_type(A)", nullptr, "An element of a list that may be missing.",
     "optional.of([5])[0] == optional.of(5)"},
    {"_[_](optional_type(map(A, B)), A) -> optional_type(B)", nullptr, "The value of a key of a map that may be missing.",
     "optional.of({'a': 1})['a'] == optional.of(1)"},
    {"_[?_](list(A), int) -> optional_type(A)", nullptr, "An element of a list, if there.", "[5][?1] == optional.none()"},
    {"_[?_](map(A, B), A) -> optional_type(B)", nullptr, "The value of a key, if there.", "{'a': 1}[?'b'] == optional.none()"},
    {"_[?_](optional_type(list(A)), int) -> optional_type(A)", nullptr, "An element of a list that may be missing, if there.",
     "optional.of([5])[?0] == optional.of(5)"},
    {"_[?_](optional_type(map(A, B)), A) -> optional_type(B)", nullptr,
     "The value of a key of a map that may be missing, if there.", "optional.of({'a': 1})[?'a'] == optional.of(1)"},
    {"_+_(int, int) -> int", nullptr, "Sum; overflow is an error.", "1 + 2 == 3"},
    {"_+_(uint, uint) -> uint", nullptr, "Sum; overflow is an error.", "1u + 2u == 3u"},
    {"_+_(double, double) -> double", nullptr, "Sum.", "1.5 + 1.5 == 3.0"},
    {"_+_(string, string) -> string", nullptr, "One text after the other.", "'a' + 'b' == 'ab'"},
    {"_+_(bytes, bytes) -> bytes", nullptr, "One after the other.", "b'a' + b'b' == b'ab'"},
    {"_+_(list(A), list(A)) -> list(A)", nullptr, "One list after the other.", "[1] + [2] == [1, 2]"},
    {"_+_(timestamp, duration) -> timestamp", nullptr, "A later time.", "timestamp(0) + duration('1s') == timestamp(1)"},
    {"_+_(duration, timestamp) -> timestamp", nullptr, "A later time.", "duration('1s') + timestamp(0) == timestamp(1)"},
    {"_+_(duration, duration) -> duration", nullptr, "The sum of two lengths of time.",
     "duration('1s') + duration('1s') == duration('2s')"},
    {"_-_(int, int) -> int", nullptr, "Difference; overflow is an error.", "3 - 2 == 1"},
    {"_-_(uint, uint) -> uint", nullptr, "Difference; below zero is an error.", "3u - 2u == 1u"},
    {"_-_(double, double) -> double", nullptr, "Difference.", "3.5 - 2.0 == 1.5"},
    {"_-_(timestamp, timestamp) -> duration", nullptr, "The time between.", "timestamp(3) - timestamp(1) == duration('2s')"},
    {"_-_(timestamp, duration) -> timestamp", nullptr, "An earlier time.", "timestamp(3) - duration('1s') == timestamp(2)"},
    {"_-_(duration, duration) -> duration", nullptr, "The difference of two lengths of time.",
     "duration('3s') - duration('1s') == duration('2s')"},
    {"_*_(int, int) -> int", nullptr, "Product; overflow is an error.", "2 * 3 == 6"},
    {"_*_(uint, uint) -> uint", nullptr, "Product; overflow is an error.", "2u * 3u == 6u"},
    {"_*_(double, double) -> double", nullptr, "Product.", "2.0 * 1.5 == 3.0"},
    {"_/_(int, int) -> int", nullptr, "Quotient, rounded towards zero; division by zero is an error.", "7 / 2 == 3"},
    {"_/_(uint, uint) -> uint", nullptr, "Quotient, rounded down; division by zero is an error.", "7u / 2u == 3u"},
    {"_/_(double, double) -> double", nullptr, "Quotient.", "7.0 / 2.0 == 3.5"},
    {"_%_(int, int) -> int", nullptr, "Remainder, with the sign of the first operand.", "-7 % 2 == -1"},
    {"_%_(uint, uint) -> uint", nullptr, "Remainder.", "7u % 2u == 1u"},
};

/// Types that have an order, and the pairs of number types that compare with one another.
constexpr std::array<const char*, 14> k_ordered = {
    "bool, bool",         "int, int",  "uint, uint",  "double, double", "string, string", "bytes, bytes", "timestamp, timestamp",
    "duration, duration", "int, uint", "int, double", "uint, int",      "uint, double",   "double, int",  "double, uint",
};
constexpr std::array<const char*, 4> k_relations = {"<", "<=", ">", ">="};

struct Table {
  std::vector<std::string> signatures;
  std::vector<FunctionRow> rows;
};

Table build() {
  Table table;
  table.signatures.reserve(k_ordered.size() * k_relations.size());  // rows point into it
  table.rows.assign(std::begin(k_rows), std::end(k_rows));
  for (const char* relation : k_relations) {
    for (const char* types : k_ordered) {
      table.signatures.push_back(std::string("_") + relation + "_(" + types + ") -> bool");
      table.rows.push_back({table.signatures.back().c_str(), nullptr, "Comparison by order.", ""});
    }
  }
  return table;
}

}  // namespace

std::span<const FunctionRow> operator_functions() {
  static const Table k_table = build();
  return k_table.rows;
}

}  // namespace postern::cel
