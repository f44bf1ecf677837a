// SPDX-License-Identifier: Apache-2.0
// Recognises text that still has to pass through a template engine.
#pragma once
#include <string_view>

namespace postern::ingest {

/// Whether `text` holds a template expression of Helm: `{{ .Values.x }}`, `{{- include "y" . }}`, `{{ end }}`... Expressions of
/// other engines (`{{ $labels.instance }}`, `{{inputs.parameters.x}}`) are not meant.
[[nodiscard]] bool has_template_syntax(std::string_view text);

}  // namespace postern::ingest
