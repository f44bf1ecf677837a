#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""An environment of several applications: a release of one is judged with the others standing around it."""
import json
import unittest

import sample




def workload(name, namespace, environment=(), image=None):
    labels = {"app": name}
    container = {"name": "main", "image": image or f"registry.sample.example/{name}:1", "ports": [{"containerPort": 8080}],
                 "env": [{"name": key, "value": value} for key, value in environment]}
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": name, "namespace": namespace},
            "spec": {"selector": {"matchLabels": labels},
                     "template": {"metadata": {"labels": labels}, "spec": {"containers": [container]}}}}


def service(name, namespace, kind="ClusterIP", port=80):
    return {"apiVersion": "v1", "kind": "Service", "metadata": {"name": name, "namespace": namespace},
            "spec": {"type": kind, "selector": {"app": name}, "ports": [{"port": port, "targetPort": 8080}]}}


def ingress(name, namespace, target, host):
    backend = {"service": {"name": target, "port": {"number": 80}}}
    return {"apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": {"name": name, "namespace": namespace},
            "spec": {"rules": [{"host": host, "http": {"paths": [{"path": "/", "pathType": "Prefix", "backend": backend}]}}]}}


PEOPLE = (workload("people", "hr", [("DB_URL", "postgres://people-db.hr/people")]), service("people", "hr"),
          workload("people-db", "hr", image="postgres:16"), service("people-db", "hr", port=5432))
PORTAL = (workload("portal", "web", [("PEOPLE_URL", "http://people.hr")]), service("portal", "web"))
BATCH = (workload("batch", "jobs", [("PEOPLE_URL", "http://people.hr")]),)
APPLICATIONS = {"people": PEOPLE, "portal": PORTAL, "batch": BATCH}


class EnvironmentTest(sample.CommandLineTest):
    def setUp(self):
        super().setUp()
        self.baseline = []
        for name, documents in APPLICATIONS.items():
            self.write(f"{name}/all.yaml", documents)
            answer = self.run_postern("map", name, "--application", name, "--format", "snapshot")
            self.assert_answer(0, answer)
            self.write(f"{name}.snapshot.json", answer.text())
            self.baseline += ["--baseline", f"snapshot:{name}.snapshot.json"]

    def gate_portal(self, *documents):
        self.write("release/all.yaml", documents)
        answer = self.run_postern("gate", "release", "--application", "portal", "--env", "production", "--format", "json", *self.baseline)
        self.assertIn(answer.code, (0, 1), answer.talk())
        return json.loads(answer.stdout)

    def test_nothing_changes(self):
        decision = self.gate_portal(*PORTAL)
        self.assertEqual(([], "pass"), (decision["changes"], decision["verdict"]))

    def test_a_route_opened_in_one_application_brings_the_data_of_another_within_reach(self):
        decision = self.gate_portal(*PORTAL, ingress("portal", "web", "portal", "portal.sample.example"))
        found = {finding["rule"]: finding for finding in decision["findings"] if finding["baseline_state"] != "unchanged"}
        self.assertIn("EXPOSED-TO-INTERNET", found)
        opened = found["ATTACK-PATH-OPENED"]
        self.assertEqual(("people", "hr/people-db"),
                         (opened["subject"]["entity"]["application"], opened["subject"]["entity"]["address"]))
        self.assertIn("web/portal > hr/people > hr/people-db", opened["message"])

    def test_the_other_applications_stay(self):
        decision = self.gate_portal(*PORTAL)
        self.assertEqual(decision["before"]["services"], decision["after"]["services"])

    def test_one_recorded_state_twice(self):
        self.baseline += ["--baseline", "snapshot:people.snapshot.json"]
        answer = self.run_postern("gate", "portal", "--application", "portal", "--env", "production", *self.baseline)
        self.assertEqual(3, answer.code)
        self.assertIn("P2302", answer.talk() + answer.text())


if __name__ == "__main__":
    unittest.main()
