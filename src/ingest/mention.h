// SPDX-License-Identifier: Apache-2.0
// Addresses that are found in texts which are not kept.
#pragma once
#include <connection/endpoint.h>
#include <postern/model/fact.h>

#include <cstdint>
#include <string_view>

namespace postern::ingest {

/// How much of an address may be kept: of one inside a secret neither path nor anything that is no plain name.
enum class Discretion : std::uint8_t { open, secret };

/// Whether an address says something about somebody else: it has a known host that is neither the program itself nor
/// its own pod, and it does not merely name a schema.
[[nodiscard]] bool is_outward(const connection::Endpoint& endpoint);

/// Whether a file only describes a picture for people (a Grafana dashboard): its links are read by a person, its queries name no
/// host.
[[nodiscard]] bool is_dashboard(std::string_view text);

/// Whether a file of this name is for people to read: what it links to is called by nobody here.
[[nodiscard]] bool is_prose(std::string_view file_name);

/// The address as a fact; owner, scope, name and location are the caller's to fill in.
[[nodiscard]] model::MentionFact make_mention(const connection::Endpoint& endpoint, Discretion discretion);

}  // namespace postern::ingest
