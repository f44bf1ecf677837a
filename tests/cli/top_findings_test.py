#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The three findings that people see first: which step of the way in to cut, and what is fixed along with them."""
import json
import unittest

import sample

DATABASE = [("DATABASE_URL", "postgres://orders@customers-db:5432/customers")]


def database():
    return [sample.deployment("customers-db", image="docker.io/library/postgres:16"), sample.service("customers-db")]


class TopFindingsTest(sample.CommandLineTest):
    def findings(self, before, after, code=1):
        self.write("baseline/app.yaml", before)
        self.write("candidate/app.yaml", after)
        answer = self.gate("--format", "json")
        self.assert_answer(code, answer)
        decision = json.loads(answer.stdout)
        return decision, {finding["rule"]: finding for finding in decision["findings"]}

    def test_the_step_that_the_release_brings_is_cut(self):
        before = [sample.deployment("web", DATABASE), sample.service("web"), *database()]
        after = [sample.deployment("web", DATABASE), sample.service("web", "LoadBalancer"), *database()]
        _, findings = self.findings(before, after)
        finding = findings["EXPOSED-TO-INTERNET"]
        cut = finding["cut"]
        self.assertEqual(("internet", "app/services/web", True), (cut["from"], cut["to"], cut["new"]))
        self.assertLess(cut["score"], finding["risk"]["score"])
        self.assertTrue(cut["location"]["file"].endswith("app.yaml"))

    def test_a_second_way_in_keeps_the_score(self):
        """With two load balancers in front, cutting one of them saves nothing: both are named, and the fix closes one."""
        second = sample.service("web", "LoadBalancer")
        second["metadata"] = {"name": "web-too", "namespace": "app"}
        after = [sample.deployment("web", DATABASE), sample.service("web", "LoadBalancer"), second, *database()]
        _, findings = self.findings([sample.deployment("web", DATABASE), sample.service("web"), *database()], after)
        finding = findings["EXPOSED-TO-INTERNET"]
        self.assertEqual(finding["score_after_fix"], finding["risk"]["score"])
        self.assertEqual(finding["fix_closes"]["to"], "app/services/web")
        self.assertEqual(finding["remaining"]["steps"], ["internet", "app/services/web-too", "app/web"])
        self.assertEqual(finding["cut"]["score"], finding["risk"]["score"])
        self.assertEqual([cut["to"] for cut in finding["further_cuts"]], ["app/services/web-too"])
        self.assertLess(finding["further_cuts"][0]["score"], 5)

    def test_an_inner_step_that_is_new_is_preferred_to_an_old_way_in(self):
        """The gateway was there before; the new thing is the call of the service behind it."""
        before = [sample.deployment("web"), sample.service("web", "LoadBalancer"), sample.deployment("orders", DATABASE), sample.service("orders"),
                  *database()]
        after = [sample.deployment("web", [("ORDERS_URL", "http://orders:8080")]), *before[1:]]
        decision, _ = self.findings(before, after)
        cuts = [decision["findings"][index].get("cut") for index in decision["top"]]
        self.assertTrue(cuts)
        for cut in filter(None, cuts):
            self.assertEqual(("app/web", "app/orders", True), (cut["from"], cut["to"], cut["new"]))

    def test_findings_of_one_cause_are_told_once(self):
        """One account gets several rights by one binding: the highest is shown, the others are named with it."""
        role = {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": {"name": "all"},
                "rules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}]}
        binding = {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding", "metadata": {"name": "all"},
                   "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "all"},
                   "subjects": [{"kind": "ServiceAccount", "name": "web", "namespace": "app"}]}
        account = {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "web", "namespace": "app"}}
        web = sample.deployment("web")
        web["spec"]["template"]["spec"].update({"serviceAccountName": "web", "automountServiceAccountToken": True})
        before = [web, sample.service("web", "LoadBalancer"), account]
        decision, _ = self.findings(before, [*before, role, binding])
        shown = [decision["findings"][index] for index in decision["top"]]
        with_others = [finding for finding in shown if finding["also_fixed"]]
        self.assertTrue(with_others)
        others = {other["fingerprint"] for finding in with_others for other in finding["also_fixed"]}
        known = {finding["fingerprint"]: finding["root_cause"] for finding in decision["findings"]}
        for finding in with_others:
            self.assertEqual({finding["root_cause"]}, {known[other["fingerprint"]] for other in finding["also_fixed"]})
        self.assertFalse(others & {finding["fingerprint"] for finding in shown})


if __name__ == "__main__":
    unittest.main()
