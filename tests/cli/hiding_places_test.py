#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A manifest is found wherever somebody hides it: behind a document, in a file or below a reference of every other format."""
import json
import pathlib
import tempfile
import unittest

import binary

WEB = """apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "registry.example/web:1"}]}
"""
WAY_IN = """apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}
"""
# The same in JSON, with a place for what makes it look like something else.
OBJECT = {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {"name": "web", "namespace": "shop"},
    "spec": {"type": "LoadBalancer", "selector": {"app": "web"}, "ports": [{"port": 80}]},
}
OPENAPI = 'openapi: 3.0.0\ninfo: {title: t, version: "1"}\npaths: PATHS\n'


def documents(*texts):
    return "---\n".join(texts)


def disguised(**more):
    return json.dumps({**OBJECT, **more})


# Each: the files that come beside web.yaml.
BEHIND_A_DOCUMENT = {
    "openapi": {"api.yaml": documents(OPENAPI.replace("PATHS", "{}"), WAY_IN)},
    "asyncapi": {"events.yaml": documents("asyncapi: 3.0.0\ninfo: {title: t, version: '1'}\nchannels: {}\n", WAY_IN)},
    "cloudformation": {"stack.yaml": documents("Resources: {Q: {Type: 'AWS::SQS::Queue'}}\n", WAY_IN)},
    "backstage": {"catalog-info.yaml": documents(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: web}\nspec: {owner: shop}\n", WAY_IN)},
    "compose": {"compose.yaml": documents("services: {s: {image: 'x/s:1'}}\n", WAY_IN)},
    "spring": {"src/main/resources/application.yml": documents("server: {port: 8080}\n", WAY_IN)},
    "migrations": {"db/changelog/db.changelog-master.yaml": documents("databaseChangeLog: []\n", WAY_IN)},
}
IN_A_FILE_OF_THAT_NAME = {
    "spring": {"application.yml": WAY_IN},
    "compose": {"docker-compose.yml": WAY_IN},
    "catalogue": {"catalog-info.yaml": WAY_IN},
    "dotnet": {"appsettings.json": disguised(Logging={"LogLevel": {}}, ConnectionStrings={"A": "Server=db"})},
    "terraform": {"main.tf.json": disguised(resource={"aws_sqs_queue": {"q": {"name": "q"}}})},
    "variables": {"terraform.tfvars.json": disguised()},
    "cloudformation": {"stack.json": disguised(Resources={"Q": {"Type": "AWS::SQS::Queue"}})},
    "openapi": {"api.json": disguised(openapi="3.0.0", info={"title": "t", "version": "1"}, paths={})},
    "backup": {"old/backup.yaml.json": disguised()},
}
BELOW_A_REFERENCE = {
    "openapi": {
        "api.yaml": OPENAPI.replace(
            "PATHS", '{/x: {get: {responses: {"200": {content: {a/b: {schema: {$ref: "way.yaml#/spec"}}}}}}}}'),
        "way.yaml": WAY_IN,
    },
    "compose volume": {"compose.yaml": "services: {s: {image: 'x/s:1', volumes: ['./way.yaml:/etc/way.yaml']}}\n", "way.yaml": WAY_IN},
    "compose include": {"compose.yaml": "include: [way.yaml]\nservices: {s: {image: 'x/s:1'}}\n", "way.yaml": WAY_IN},
    "compose variables": {"compose.yaml": "services: {s: {image: 'x/s:1', env_file: way.yaml}}\n", "way.yaml": WAY_IN},
    "compose secret": {
        "compose.yaml": "services: {s: {image: 'x/s:1', secrets: [a]}}\nsecrets: {a: {file: way.yaml}}\n", "way.yaml": WAY_IN},
    "backstage": {
        "catalog-info.yaml": "apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: {name: a}\n"
        "spec: {type: openapi, owner: o, lifecycle: l, definition: {$text: ./way.yaml}}\n",
        "way.yaml": WAY_IN,
    },
    "terraform": {"main.tf": 'locals { text = yamldecode(file("way.yaml")) }\n', "way.yaml": WAY_IN},
    "migrations": {"db/changelog.yaml": "databaseChangeLog: [{include: {file: ../way.yaml}}]\n", "way.yaml": WAY_IN},
}
# What cannot be read must be said: nothing of it may count as seen.
UNREADABLE = {
    "template": {"stack.template": "Resources:\n  Q: {Type: AWS::SQS::Queue\n  W: [}\n"},
    "json template": {"stack.json": '{"Resources": {"Q": {"Type": "AWS::SQS::Queue",}}'},
    "json specification": {"api.json": '{"openapi": "3.0.0", "paths": {,}}'},
    "composition": {"compose.yaml": "services: {s: [}\n"},
    "settings": {"application.yml": "server: {port: [\n"},
}


class HidingPlaces(unittest.TestCase):
    def gate(self, files):
        with tempfile.TemporaryDirectory(prefix="postern-hiding-") as work:
            for folder, content in {"before": {}, "after": files}.items():
                for name, text in {"web.yaml": WEB, **content}.items():
                    path = pathlib.Path(work) / folder / name
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_text(text, encoding="utf-8")
            return binary.run(["gate", "after", "--baseline", "before", "--env", "production"], work)

    def check_found(self, table):
        for name, files in table.items():
            with self.subTest(name):
                answer = self.gate(files)
                self.assertIn("EXPOSED-TO-INTERNET", answer.text())
                self.assertEqual(answer.code, 1)

    def test_behind_a_document(self):
        self.check_found(BEHIND_A_DOCUMENT)

    def test_in_a_file_of_that_name(self):
        self.check_found(IN_A_FILE_OF_THAT_NAME)

    def test_below_a_reference(self):
        self.check_found(BELOW_A_REFERENCE)

    def test_what_cannot_be_read_is_said(self):
        for name, files in UNREADABLE.items():
            with self.subTest(name):
                self.assertEqual(self.gate(files).code, 3)


if __name__ == "__main__":
    unittest.main()
