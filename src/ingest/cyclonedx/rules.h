// SPDX-License-Identifier: Apache-2.0
// Rules of the CycloneDX schemas of which nothing that is read depends, so that breaking them is told and nothing more.
#pragma once
#include <ingest/cyclonedx/shape.h>

namespace postern::ingest::cyclonedx {

/// Remarks on what the specification does not allow: unknown words where it lists them, malformed hashes, times and serial numbers,
/// licences that are none, components that only an outside part may be. Looks at JSON; XML is checked by whoever has its schema.
void check_rules(const Shape& shape, sbom::Trouble& trouble);

/// Whether the text is an identifier of the SPDX licence list, deprecated ones included; upper and lower case count.
[[nodiscard]] bool is_licence_id(std::string_view text);

}  // namespace postern::ingest::cyclonedx
