# SPDX-License-Identifier: Apache-2.0
"""A small application to write into a folder, and a test class that runs the executable there."""
import json
import pathlib
import tempfile
import unittest

import binary

CONFIGURATION = """apiVersion: postern/v1
kind: Configuration
application: sample
environments:
  production: {class: production}
  staging: {class: staging}
  development: {class: development}
"""


def deployment(name, environment=(), image="registry.sample.example/app:1.0.0", arguments=()):
    """A Deployment; `environment` holds (name, value) pairs."""
    container = {"name": name, "image": image, "ports": [{"containerPort": 8080}], "args": list(arguments)}
    container["env"] = [{"name": key, "value": value} for key, value in environment]
    pod = {"automountServiceAccountToken": False, "containers": [container]}
    labels = {"app": name}
    spec = {"selector": {"matchLabels": labels}, "template": {"metadata": {"labels": labels}, "spec": pod}}
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": name, "namespace": "app"}, "spec": spec}


def service(name, kind="ClusterIP"):
    """A Service in front of the Deployment of the same name."""
    spec = {"type": kind, "selector": {"app": name}, "ports": [{"port": 8080}]}
    return {"apiVersion": "v1", "kind": "Service", "metadata": {"name": name, "namespace": "app"}, "spec": spec}


APPLICATION = (deployment("web", [("ORDERS_URL", "http://orders:8080")]), service("web"), deployment("orders"), service("orders"))


class CommandLineTest(unittest.TestCase):
    """Each test has an empty folder of its own with a configuration in it."""

    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="postern-cli-")
        self.root = pathlib.Path(self.temporary.name)
        self.write("postern.yaml", CONFIGURATION)

    def tearDown(self):
        self.temporary.cleanup()

    def write(self, path, content):
        """Writes text, bytes, or objects (as a stream of JSON documents, which YAML readers take as well)."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            file.write_bytes(content)
        elif isinstance(content, str):
            file.write_text(content, encoding="utf-8")
        else:
            file.write_text("".join("---\n" + json.dumps(item) + "\n" for item in content), encoding="utf-8")

    def run_postern(self, *arguments, **options):
        return binary.run(arguments, self.root, **options)

    def gate(self, *arguments, environment="production", baseline="baseline", **options):
        """`gate candidate` against `baseline`; None leaves --baseline out."""
        source = ["--baseline", baseline] if baseline else []
        return self.run_postern("gate", "candidate", *source, "--env", environment, "--config", "postern.yaml", *arguments, **options)

    def assert_answer(self, code, answer):
        self.assertEqual(code, answer.code, f"stdout:\n{answer.stdout.decode('utf-8', 'replace')}\nstderr:\n{answer.talk()}")
