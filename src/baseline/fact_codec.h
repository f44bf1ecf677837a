// SPDX-License-Identifier: Apache-2.0
// Facts as JSON objects; the tables of their keys are in fact_codec.cpp.
#pragma once
#include <postern/model/fact.h>

#include "baseline/value_codec.h"

namespace postern::baseline {

/// `{"fact":"entity", ...}`: the type of the fact, then its members.
template <>
struct Codec<model::Fact> {
  static void write(Writing& writing, const model::Fact& value);
  static void read(Reading& reading, const document::Node& node, model::Fact& value);
};

}  // namespace postern::baseline
