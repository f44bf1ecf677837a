// SPDX-License-Identifier: Apache-2.0
// Expressions of Helm's templates, and those that only look alike.
#include <doctest/doctest.h>
#include <ingest/template_syntax.h>

namespace postern::ingest {
namespace {

TEST_CASE("expressions of charts are recognised") {
  for (const char* text : {"image: {{ .Values.image }}", "{{- if .Values.enabled }}", "{{ include \"a.labels\" . | nindent 4 }}",
                           "{{- end }}", "{{end}}", "{{ (.Values.a).b }}", "{{.Release.Name}}",
                           "{{ $x }} {{- range .Values.list }}", "name: {{ template \"x\" . }}", "{{- toYaml .Values.x }}"}) {
    CAPTURE(text);
    CHECK(has_template_syntax(text));
  }
}

TEST_CASE("expressions of other engines are not") {
  for (const char* text : {"", "{", "{{", "{{ $labels.instance }}", "{{inputs.parameters.x}}", "{{workflow.name}}",
                           "{{ endpoint }}", "{{ iffy }}", "a: {b: {c: d}}", "legendFormat: '{{pod}}'"}) {
    CAPTURE(text);
    CHECK_FALSE(has_template_syntax(text));
  }
}

}  // namespace
}  // namespace postern::ingest
