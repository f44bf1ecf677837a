// SPDX-License-Identifier: Apache-2.0
// How Compose puts a file on top of another one, and a service on top of the one that it extends.
// Source: Compose specification, "Merge and override".
#pragma once
#include <ingest/compose_file/value.h>

namespace postern::ingest::compose_file {

/// Brings the short forms of a service into the long ones that can be merged: lists of variables and labels, dependencies and
/// networks as lists, a build as a text.
void make_canonical(Value& service);

/// Puts one service on top of another; both canonical.
void merge_service(Value& base, const Value& over);

/// Puts one file on top of another; services of both are canonical.
void merge_file(Value& base, const Value& over);

}  // namespace postern::ingest::compose_file
