#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Charts and kustomizations through the real programs: what is deployed, where it stands, and what they cannot do."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import binary

DEPLOYMENT = """apiVersion: apps/v1
kind: Deployment
metadata: {name: NAME}
spec:
  selector: {matchLabels: {app: NAME}}
  template:
    metadata: {labels: {app: NAME}}
    spec:
      containers:
        - name: NAME
          image: registry.example/NAME:1
          env: [{name: STORE_URL, value: "STORE"}]
"""


def program(*names):
    """The first of these programs that is installed, or that tools/install-renderers made, or None."""
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
    made = os.environ.get("POSTERN_RENDERERS") or str(cache / "postern" / "renderers")
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), made])
    return next((found for found in (shutil.which(name, path=path) for name in names) if found), None)


HELM = program("helm")
KUSTOMIZE = program("kustomize")
KUBECTL = program("kubectl")


def write(folder, files):
    for name, text in files.items():
        path = pathlib.Path(folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


CHART = {
    "chart/Chart.yaml": "apiVersion: v2\nname: shop\nversion: 1.0.0\n",
    "chart/values.yaml": "store: postgresql://shop-db:5432/shop\nreplicas: 1\n",
    "chart/values-production.yaml": "store: postgresql://production-db:5432/shop\n",
    "chart/templates/_helpers.tpl": '{{- define "shop.name" -}}shop-{{ .Release.Name }}{{- end -}}\n',
    "chart/templates/shop.yaml": DEPLOYMENT.replace("NAME", '{{ include "shop.name" . }}').replace("STORE", "{{ .Values.store }}")
    + "{{- if .Values.nosuch }}\n---\nnothing\n{{- end }}\n",
    "chart/templates/tests/probe.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: probe, annotations: {helm.sh/hook: test}}\n"
    "spec: {containers: [{name: probe, image: probe}]}\n",
}
OVERLAYS = {
    "base/kustomization.yaml": "resources: [web.yaml]\n",
    "base/web.yaml": DEPLOYMENT.replace("NAME", "web").replace("STORE", "redis://cache:6379"),
    "overlays/production/kustomization.yaml": "resources: [../../base]\nimages: [{name: registry.example/web, newTag: '2'}]\n"
    "configMapGenerator: [{name: settings, literals: [MODE=live]}]\n",
    "overlays/staging/kustomization.yaml": "resources: [../../base]\nimages: [{name: registry.example/web, newTag: '3'}]\n",
}
CONFIGURATION = """\
application: shop
environments:
  production: {class: production, values: [chart/values-production.yaml, overlays/production]}
"""


class Rendering(unittest.TestCase):
    def setUp(self):
        self.work = tempfile.TemporaryDirectory(prefix="postern-rendering-")
        self.addCleanup(self.work.cleanup)
        self.folder = self.work.name

    def map(self, path, *arguments, helm="", kustomize="", **more):
        environment = {"POSTERN_HELM": helm or "", "POSTERN_KUSTOMIZE": kustomize or "", **more}
        return binary.run(["map", path, "--format", "json", *arguments], self.folder, environment=environment)

    def entities(self, answer):
        return {entity["id"]["address"]: entity for entity in json.loads(answer.stdout)["entities"]}

    def image_of(self, entity):
        return next(row["value"] for row in entity["attributes"] if row["attribute"].endswith("image"))

    def renderer_path(self):
        """The folder of kustomize, else of kubectl, as PATH; POSTERN_KUSTOMIZE is not set."""
        if KUSTOMIZE is None and KUBECTL is None:
            self.skipTest("neither kustomize nor kubectl is installed")
        return str(pathlib.Path(KUSTOMIZE or KUBECTL).parent)

    def run_with_path(self, arguments, path):
        variables = {**binary.scrubbed_environment(self.folder), "PATH": path}
        del variables["POSTERN_HELM"], variables["POSTERN_KUSTOMIZE"]
        return subprocess.run([binary.find(), *arguments], cwd=self.folder, env=variables, capture_output=True, check=False, timeout=300)

    def test_without_programs_it_is_said(self):
        write(self.folder, {**CHART, **OVERLAYS})
        answer = self.map(".")
        self.assertIn("P1204", answer.talk())
        self.assertIn("P1205", answer.talk())

    @unittest.skipIf(HELM is None, "helm is not installed")
    def test_chart(self):
        write(self.folder, CHART)
        answer = self.map("chart", helm=HELM)
        self.assertNotIn("P1204", answer.talk())
        entities = self.entities(answer)
        self.assertIn("default/shop-shop", entities)
        self.assertNotIn("default/probe", entities)
        self.assertIn("unresolved/shop-db", entities)
        self.assertTrue(entities["default/shop-shop"]["locations"][0]["file"].endswith("templates/shop.yaml"))

    @unittest.skipIf(HELM is None, "helm is not installed")
    def test_values_of_the_environment(self):
        write(self.folder, {**CHART, "postern.yaml": CONFIGURATION})
        answer = self.map("chart", "--env", "production", helm=HELM)
        self.assertIn("unresolved/production-db", self.entities(answer))

    @unittest.skipIf(HELM is None, "helm is not installed")
    def test_a_broken_chart_is_an_error(self):
        write(self.folder, {**CHART, "chart/templates/broken.yaml": "a: {{ .Values.missing.deep }}\n"})
        answer = self.map("chart", helm=HELM)
        self.assertIn("P1260", answer.talk())
        self.assertNotIn("/postern-", answer.talk())

    def test_kustomization(self):
        path = self.renderer_path()
        write(self.folder, {**OVERLAYS, "postern.yaml": CONFIGURATION})
        done = self.run_with_path(["map", ".", "--format", "json", "--env", "production"], path)
        entities = {entity["id"]["address"]: entity for entity in json.loads(done.stdout)["entities"]}
        self.assertEqual(self.image_of(entities["default/web"]), "registry.example/web:2")
        self.assertIn("default/configmaps/settings", entities)
        self.assertEqual(entities["default/web"]["locations"][0]["file"], "base/web.yaml")
        self.assertNotIn(b"P1205", done.stderr)

    def test_a_remote_base_is_an_error(self):
        path = self.renderer_path()
        write(self.folder, {"kustomization.yaml": "resources: [https://example.org/base.git]\nnamePrefix: x-\n", "a.yaml": "a: 1\n"})
        done = self.run_with_path(["map", "."], path)
        self.assertIn(b"P1260", done.stderr)

    def test_programs_have_no_network_and_no_variables(self):
        probe = pathlib.Path(self.folder) / "probe"
        probe.write_text(
            "#!/usr/bin/python3\nimport os, socket, sys\n"
            "try:\n    socket.socket()\n    sys.exit('a socket')\nexcept PermissionError:\n    pass\n"
            "print('apiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: seen}\\ndata: {SEEN: \"' + ' '.join(sorted(os.environ)) + '\"}')\n",
            encoding="utf-8")
        probe.chmod(0o755)
        write(self.folder, OVERLAYS)
        answer = self.map("overlays", kustomize=str(probe), AWS_SECRET_ACCESS_KEY="canary", CANARY_TOKEN="canary")
        text = answer.text()
        self.assertIn("configmaps/seen", text)
        self.assertNotIn("CANARY", text)
        self.assertNotIn("AWS_SECRET", text)

    def test_no_program_of_the_source_is_run(self):
        write(self.folder, OVERLAYS)
        own = pathlib.Path(self.folder) / "kustomize"
        own.write_text("#!/bin/sh\necho run > ran\n", encoding="utf-8")
        own.chmod(0o755)
        self.run_with_path(["map", "overlays"], ".:")
        self.assertFalse((pathlib.Path(self.folder) / "ran").exists())


if __name__ == "__main__":
    unittest.main()
