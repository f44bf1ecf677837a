// SPDX-License-Identifier: Apache-2.0
// Labels and the three ways of writing selectors.
#pragma once
#include <ingest/kubernetes/field_table.h>
#include <ingest/kubernetes/object_reader.h>
#include <postern/model/fact.h>

#include <string_view>

namespace postern::ingest::kubernetes {

/// `metadata.labels` of `metadata`, sorted by key.
[[nodiscard]] model::Labels read_labels(const ObjectReader& reader, const Node& metadata);

/// A LabelSelector with matchLabels and matchExpressions; terms sorted. A missing or empty one selects everything: callers judge
/// that.
[[nodiscard]] model::LabelSelector read_selector(const ObjectReader& reader, const Node& selector);
/// A plain mapping of labels (Services, ReplicationControllers) below `key` of `parent`.
[[nodiscard]] model::LabelSelector read_plain_selector(const ObjectReader& reader, const Node& parent, std::string_view key);

/// The terms as the values of attribute `selector`: `app=x`, `tier in (a, b)`; `*` for the empty selector.
[[nodiscard]] std::vector<Symbol> selector_texts(const model::LabelSelector& selector);

}  // namespace postern::ingest::kubernetes
