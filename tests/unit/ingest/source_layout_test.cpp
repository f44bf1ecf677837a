// SPDX-License-Identifier: Apache-2.0
// Charts and kustomizations are told from plain manifests by the names of files.
#include <doctest/doctest.h>
#include <ingest/source_layout.h>

#include <string>
#include <vector>

namespace postern::ingest {
namespace {

using Paths = std::vector<std::string>;

TEST_CASE("only files that may be inputs are candidates") {
  for (const char* path : {"a.yaml", "b/c.yml", "d.json", "D.YAML", "x/Kustomization", ".hidden.yaml"}) {
    CAPTURE(path);
    CHECK(is_candidate_file(path));
  }
  for (const char* path : {"a.txt", "yaml", "a.yaml.bak", "a.yaml/b", "", "json", "Kustomization.md", "x.exe"}) {
    CAPTURE(path);
    CHECK_FALSE(is_candidate_file(path));
  }
}

TEST_CASE("plain folders are read as they are, sorted") {
  const Paths paths = {"b.yaml", "a.yaml", "c/d.json"};
  const SourceLayout layout = arrange(paths);
  CHECK(layout.raw == Paths{"a.yaml", "b.yaml", "c/d.json"});
  CHECK(layout.rendered.empty());
  base::DiagnosticSink sink;
  report_unrendered(layout, "k8s", sink);
  CHECK(sink.all().empty());
}

TEST_CASE("a chart keeps its templates and values, and nothing else of its folder") {
  const Paths paths = {
      "web/Chart.yaml",           "web/templates/deployment.yaml",  "web/values.yaml",       "web/values-prod.yaml",
      "web/charts/db/Chart.yaml", "web/charts/db/templates/x.yaml", "web/rendered/all.yaml", "webs/values.yaml"};
  const SourceLayout layout = arrange(paths);
  CHECK(layout.raw == Paths{"web/rendered/all.yaml", "webs/values.yaml"});
  REQUIRE(layout.rendered.size() == 1);
  CHECK(layout.rendered[0].kind == RenderedKind::chart);
  CHECK(layout.rendered[0].directory == "web");
  CHECK(layout.rendered[0].files == 6);
}

TEST_CASE("everything below a kustomization belongs to it, in any spelling of its file") {
  for (const char* name : {"kustomization.yaml", "kustomization.yml", "Kustomization"}) {
    const Paths paths = {std::string("base/") + name, "base/web.yaml", "base/patches/x.yaml", "other.yaml"};
    const SourceLayout layout = arrange(paths);
    CHECK(layout.raw == Paths{"other.yaml"});
    REQUIRE(layout.rendered.size() == 1);
    CHECK(layout.rendered[0].files == 3);
  }
}

TEST_CASE("nested ones are part of the outer one; each outer one is an error with the command that helps") {
  const Paths paths = {"k/kustomization.yaml", "k/inner/kustomization.yaml", "k/chart/Chart.yaml", "c/Chart.yaml", "x.yaml"};
  const SourceLayout layout = arrange(paths);
  CHECK(layout.raw == Paths{"x.yaml"});
  REQUIRE(layout.rendered.size() == 2);
  base::DiagnosticSink sink;
  report_unrendered(layout, "deploy", sink);
  REQUIRE(sink.all().size() == 2);
  CHECK(sink.all()[0].code == "P1204");
  CHECK(sink.all()[0].hint.find("helm template RELEASE deploy/c > rendered.yaml") != std::string::npos);
  CHECK(sink.all()[1].code == "P1205");
  CHECK(sink.all()[1].hint.find("kustomize build deploy/k > rendered.yaml") != std::string::npos);
  CHECK(sink.error_count() == 2);
}

TEST_CASE("a kustomization at the root takes everything") {
  const Paths paths = {"kustomization.yaml", "a.yaml", "b/c.yaml"};
  const SourceLayout layout = arrange(paths);
  CHECK(layout.raw.empty());
  REQUIRE(layout.rendered.size() == 1);
  CHECK(layout.rendered[0].directory.empty());
}

}  // namespace

TEST_CASE("a kustomization that only lists resources needs no rendering") {
  CHECK(is_plain_kustomization(
      "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml, sub/b.yaml]\n"));
  CHECK_FALSE(is_plain_kustomization("kind: Kustomization\nresources: [a.yaml]\nnamePrefix: x-\n"));
  CHECK_FALSE(is_plain_kustomization("kind: Component\nresources: [a.yaml]\n"));
  CHECK_FALSE(is_plain_kustomization("resources: [../base]\n"));
  CHECK_FALSE(is_plain_kustomization("resources: ['https://example.com/x.yaml']\n"));
  CHECK_FALSE(is_plain_kustomization("resources: []\n"));
  CHECK_FALSE(is_plain_kustomization("{"));
}

TEST_CASE("what lies beside a plain kustomization is read as it is, listed or not") {
  const std::vector<std::string> paths = {"app/a.yaml", "app/kustomization.yaml", "app/unlisted.yaml"};
  const std::vector<std::string> plain = {"app/kustomization.yaml"};
  const SourceLayout layout = arrange(paths, plain);
  CHECK(layout.rendered.empty());
  CHECK(layout.raw == std::vector<std::string>{"app/a.yaml", "app/unlisted.yaml"});
}

}  // namespace postern::ingest
