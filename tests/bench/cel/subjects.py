#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes subjects for the benchmark of conditions, one JSON object a line: entities of many kinds, the same on every run."""
import json
import pathlib
import random

KINDS = ["service"] * 6 + ["job", "function", "datastore", "cache", "queue", "endpoint"]
STORES = {"datastore", "cache", "queue"}
EXPOSURES = ["internet"] + ["internal"] * 2 + ["cluster"] * 5 + ["none"] * 2
TIERS = ["mission-critical", "high", "medium", "low", ""]
TAGS = ["", "latest", "1.4.2", "2.0.0", "v7", "2024-11"]
CAPABILITIES = ["NET_BIND_SERVICE", "CHOWN", "NET_ADMIN", "SYS_ADMIN"]
VOLUMES = ["hostPath:/etc/ssl", "hostPath:/var/log", "configMap:settings", "emptyDir", "secret:tls", "hostPath:/usr/share/zoneinfo"]
CATEGORIES = ["PII", "PCI", "PHI", "CREDENTIAL", "LOG"]


def container(dice, number):
    return {
        "name": f"container-{number}",
        "image": f"registry.example/team-{dice.randrange(40)}/app-{dice.randrange(900)}",
        "tag": dice.choice(TAGS),
        "digest": f"sha256:{dice.getrandbits(64):016x}" if dice.random() < 0.4 else "",
        "privileged": dice.random() < 0.03,
        "run_as_non_root": dice.random() < 0.7,
        "host_ports": [8000 + dice.randrange(100)] if dice.random() < 0.05 else [],
        "capabilities_added": dice.sample(CAPABILITIES, dice.choice([0, 0, 0, 1, 2])),
    }


def subject(dice, number):
    kind = dice.choice(KINDS)
    entity = {
        "name": f"{kind}-{number}",
        "namespace": f"team-{dice.randrange(60)}-{dice.choice(['prod', 'test'])}",
        "kind": kind,
        "workload": kind != "endpoint",
        "store": kind in STORES,
        "exposure": dice.choice(EXPOSURES),
        "tier": dice.choice(TIERS),
        "owner": f"team-{dice.randrange(60)}" if dice.random() < 0.6 else "",
        "replicas": dice.randrange(6),
        "host_network": dice.random() < 0.02,
        "host_pid": dice.random() < 0.01,
        "host_ipc": dice.random() < 0.01,
        "labels": {"app": f"app-{dice.randrange(900)}", "part-of": dice.choice(["shop", "bank", "mail"])},
        "containers": [container(dice, i) for i in range(dice.choice([1, 1, 2, 3, 4]))],
        "data": [{"name": f"{c}:field", "category": c} for c in dice.sample(CATEGORIES, dice.choice([0, 0, 1, 2]))],
        "secrets": [f"secret-{dice.randrange(300)}" for _ in range(dice.choice([0, 0, 1, 2]))],
        "volumes": dice.sample(VOLUMES, dice.choice([0, 1, 2, 3])),
    }
    if dice.random() < 0.5:
        entity["least_replicas"] = dice.randrange(1, 4)
    if dice.random() < 0.3:
        del entity["labels"]["part-of"]
    return {"entity": entity, "env": {"name": "production", "class": dice.choice(["production", "staging"])}}


def write(path, count, seed=1):
    dice = random.Random(seed)
    with pathlib.Path(path).open("w", encoding="utf-8") as file:
        for number in range(count):
            file.write(json.dumps(subject(dice, number)) + "\n")
