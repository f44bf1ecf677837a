#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a large environment of Kubernetes manifests for benchmarks, the same bytes for the same arguments.

OUTPUT/baseline   what is deployed
OUTPUT/candidate  the same with about one service in a hundred changed
OUTPUT/touched    the candidate with a comment in each file, so that no file is shared with the baseline
"""
import argparse
import pathlib
import random

DOCUMENTS_PER_SERVICE = 5.17  # Deployment, Service, ConfigMap, ServiceAccount, most a NetworkPolicy, some an Ingress
SERVICES_PER_NAMESPACE = 24
CHANGED_ONE_IN = 100
NOUNS = ("account audit basket billing catalogue checkout claim content customer delivery discount document export fraud gateway "
         "identity import inventory invoice ledger location loyalty mailing media notice offer order partner payment picture "
         "pricing product profile quota rating refund report return review risk route search session shipment stock storage "
         "subscription supplier tax ticket terminal tracking user voucher warehouse").split()
SWITCHES = ("caching retries metrics tracing bulkhead timeout compression batching validation prefetch paging sorting history "
            "notifications exports imports drafts comments sharing approvals").split()  # keys repeat across services
ROLES = "api worker sync writer reader gateway indexer adapter store consumer".split()
LANGUAGES = "java go node python".split()
THIRD_PARTIES = ("https://api.stripe.com/v1", "https://api.sendgrid.com/v3", "https://sentry.io/api/42/envelope",
                 "https://maps.googleapis.com/maps/api", "https://hooks.slack.com/services", "https://api.twilio.com/2010-04-01")
STORES = (  # kind, image, port, address
    ("postgres", "postgres:16.4", 5432, "postgres://{host}:5432/{schema}"),
    ("postgres", "postgres:15.8", 5432, "jdbc:postgresql://{host}:5432/{schema}?ssl=true"),
    ("mongo", "mongo:7.0.12", 27017, "mongodb://{host}:27017/{schema}"),
    ("redis", "redis:7.4", 6379, "redis://{host}:6379/0"),
)
SERVICES_PER_STORE = 16


class Service:
    """One service: what is written about it is a function of its number, its seed and whether this side changed it."""

    def __init__(self, number, seed):
        self.number = number
        draw = random.Random(f"{seed}/{number}")
        self.name = f"{NOUNS[number % len(NOUNS)]}-{ROLES[number // len(NOUNS) % len(ROLES)]}-{number}"
        self.namespace = namespace_of(number)
        self.language = draw.choice(LANGUAGES)
        self.port = draw.choice((3000, 8000, 8080, 9090))
        self.version = f"{draw.randint(1, 9)}.{draw.randint(0, 30)}.{draw.randint(0, 20)}"
        self.replicas = draw.randint(1, 6)
        self.seed = draw.random()


def namespace_of(number):
    return f"team-{number // SERVICES_PER_NAMESPACE:03}"


def service_name(number):
    return f"{NOUNS[number % len(NOUNS)]}-{ROLES[number // len(NOUNS) % len(ROLES)]}-{number}"


def labels(service, indent):
    pad = " " * indent
    return (f"{pad}app.kubernetes.io/name: {service.name}\n{pad}app.kubernetes.io/component: {service.language}\n"
            f"{pad}app.kubernetes.io/part-of: {service.namespace}\n{pad}app.kubernetes.io/managed-by: Helm\n"
            f"{pad}helm.sh/chart: {service.language}-service-2.14.0\n")


def metadata(service, name):
    return f"metadata:\n  name: {name}\n  namespace: {service.namespace}\n  labels:\n{labels(service, 4)}"


def callees(service, total, draw):
    """Mostly neighbours in the namespace, some services elsewhere, named in full."""
    first = service.number - service.number % SERVICES_PER_NAMESPACE
    near = [number for number in range(first, min(first + SERVICES_PER_NAMESPACE, total)) if number != service.number]
    called = [(number, False) for number in draw.sample(near, min(draw.randint(1, 4), len(near)))]
    called += [(draw.randrange(total), True) for _ in range(draw.randint(0, 2))]
    return called


def environment(service, total, changed):
    draw = random.Random(f"environment/{service.seed}")
    rows = [("SERVICE_NAME", service.name), ("HTTP_PORT", f'"{service.port}"'), ("LOG_LEVEL", draw.choice(("info", "warn"))),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://otel-collector.observability.svc.cluster.local:4317"),
            ("FEATURE_NEW_PRICING", '"false"'), ("REQUEST_TIMEOUT_MS", f'"{draw.choice((500, 2000, 5000))}"')]
    for number, full in callees(service, total, draw):
        suffix = f".{namespace_of(number)}.svc.cluster.local" if full else ""
        variable = service_name(number).upper().replace("-", "_")
        rows.append((f"{variable}_URL", f"http://{service_name(number)}{suffix}:80/api"))
    if draw.random() < 0.4:
        store = draw.randrange(stores_of(total))
        rows.append(("DATABASE_URL", address_of_store(store, NOUNS[service.number % 7])))
    if draw.random() < 0.1:
        rows.append(("PARTNER_URL", draw.choice(THIRD_PARTIES)))
    if changed:
        rows.append(("TELEMETRY_URL", "https://collect.telemetry-partner.io/v2/events"))
    text = "".join(f"        - name: {name}\n          value: {value}\n" for name, value in rows)
    return text + (f"        - name: DATABASE_PASSWORD\n          valueFrom:\n            secretKeyRef:\n"
                   f"              name: {service.name}-credentials\n              key: password\n              optional: true\n"
                   "        - name: POD_IP\n          valueFrom:\n            fieldRef:\n              fieldPath: status.podIP\n")


def probe(kind, path, port):
    return (f"        {kind}:\n          httpGet:\n            path: {path}\n            port: {port}\n            scheme: HTTP\n"
            "          initialDelaySeconds: 10\n          periodSeconds: 15\n          timeoutSeconds: 3\n"
            "          failureThreshold: 4\n")


def deployment(service, total, changed):
    version = service.version + ("-rc1" if changed else "")
    privileged = "true" if changed and service.number % 3 == 0 else "false"
    return (f"apiVersion: apps/v1\nkind: Deployment\n{metadata(service, service.name)}"
            f"  annotations:\n    deployment.kubernetes.io/revision: \"{service.number % 90}\"\n"
            f"    checksum/config: {random.Random(service.seed).getrandbits(256):064x}\n"
            f"spec:\n  replicas: {service.replicas}\n  revisionHistoryLimit: 3\n  strategy:\n    type: RollingUpdate\n"
            "    rollingUpdate:\n      maxSurge: 25%\n      maxUnavailable: 0\n"
            f"  selector:\n    matchLabels:\n      app.kubernetes.io/name: {service.name}\n"
            f"  template:\n    metadata:\n      labels:\n{labels(service, 8)}"
            "      annotations:\n        prometheus.io/scrape: \"true\"\n        prometheus.io/path: /metrics\n"
            f"    spec:\n      serviceAccountName: {service.name}\n      terminationGracePeriodSeconds: 45\n"
            "      securityContext:\n        runAsNonRoot: true\n        fsGroup: 2000\n"
            f"      containers:\n      - name: {service.language}\n"
            f"        image: registry.example.com/{service.namespace}/{service.name}:{version}\n"
            "        imagePullPolicy: IfNotPresent\n"
            f"        ports:\n        - name: http\n          containerPort: {service.port}\n          protocol: TCP\n"
            "        - name: metrics\n          containerPort: 9102\n          protocol: TCP\n"
            f"        env:\n{environment(service, total, changed)}"
            f"        envFrom:\n        - configMapRef:\n            name: {service.name}\n"
            f"{probe('livenessProbe', '/health/live', 'http')}{probe('readinessProbe', '/health/ready', 'http')}"
            "        resources:\n          requests:\n            cpu: 100m\n            memory: 256Mi\n"
            "          limits:\n            cpu: \"1\"\n            memory: 512Mi\n"
            f"        securityContext:\n          privileged: {privileged}\n          allowPrivilegeEscalation: false\n"
            "          readOnlyRootFilesystem: true\n          capabilities:\n            drop:\n            - ALL\n"
            "        volumeMounts:\n        - name: scratch\n          mountPath: /tmp\n        - name: settings\n"
            "          mountPath: /etc/service\n          readOnly: true\n"
            "      affinity:\n        podAntiAffinity:\n          preferredDuringSchedulingIgnoredDuringExecution:\n"
            "          - weight: 100\n"
            "            podAffinityTerm:\n              topologyKey: kubernetes.io/hostname\n              labelSelector:\n"
            f"                matchLabels:\n                  app.kubernetes.io/name: {service.name}\n"
            f"      volumes:\n      - name: scratch\n        emptyDir: {{}}\n      - name: settings\n        configMap:\n"
            f"          name: {service.name}\n")


def cluster_service(service, changed):
    kind = "LoadBalancer" if changed and service.number % 2 == 0 else "ClusterIP"
    return (f"apiVersion: v1\nkind: Service\n{metadata(service, service.name)}"
            f"spec:\n  type: {kind}\n  selector:\n    app.kubernetes.io/name: {service.name}\n"
            "  ports:\n  - name: http\n    port: 80\n    targetPort: http\n    protocol: TCP\n"
            "  - name: metrics\n    port: 9102\n    targetPort: metrics\n    protocol: TCP\n")


def config_map(service, total):
    draw = random.Random(f"settings/{service.seed}")
    lines = [f"spring.application.name={service.name}", f"server.port={service.port}",
             "management.endpoints.web.exposure.include=health", "eureka.client.enabled=false",
             f"cache.ttl={draw.randint(10, 900)}s"]
    for number, full in callees(service, total, draw):
        suffix = f".{namespace_of(number)}" if full else ""
        lines.append(f"clients.{service_name(number)}.url=http://{service_name(number)}{suffix}/api/v1")
    lines += [f"features.{draw.choice(NOUNS)}.{draw.choice(SWITCHES)}={draw.choice(('true', 'false', '10', '250ms'))}"
              for _ in range(draw.randint(50, 105))]
    lines += ["", "# Retries and pools are the same for each client", "resilience.retry.attempts=3", "resilience.retry.wait=200ms"]
    properties = "".join(f"    {line}\n" if line else "\n" for line in lines)
    return (f"apiVersion: v1\nkind: ConfigMap\n{metadata(service, service.name)}"
            f"data:\n  REGION: eu-central-1\n  JAVA_TOOL_OPTIONS: -XX:MaxRAMPercentage=75 -Dfile.encoding=UTF-8\n"
            f"  application.properties: |\n{properties}")


def service_account(service):
    return f"apiVersion: v1\nkind: ServiceAccount\n{metadata(service, service.name)}automountServiceAccountToken: false\n"


def network_policy(service):
    return (f"apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n{metadata(service, service.name)}"
            f"spec:\n  podSelector:\n    matchLabels:\n      app.kubernetes.io/name: {service.name}\n"
            "  policyTypes:\n  - Ingress\n  - Egress\n  ingress:\n  - from:\n    - namespaceSelector:\n        matchLabels:\n"
            f"          kubernetes.io/metadata.name: {service.namespace}\n    ports:\n"
            f"    - protocol: TCP\n      port: {service.port}\n"
            "  egress:\n  - to:\n    - ipBlock:\n        cidr: 10.0.0.0/8\n        except:\n        - 10.96.0.0/12\n"
            "    ports:\n    - protocol: TCP\n      port: 1024\n      endPort: 32767\n  - to:\n    - namespaceSelector: {}\n"
            "    ports:\n    - protocol: UDP\n      port: 53\n")


def ingress(service):
    host = f"{service.name}.example.com"
    return (f"apiVersion: networking.k8s.io/v1\nkind: Ingress\n{metadata(service, service.name)}"
            "  annotations:\n    cert-manager.io/cluster-issuer: letsencrypt\n"
            "    nginx.ingress.kubernetes.io/proxy-body-size: 10m\n"
            f"spec:\n  ingressClassName: nginx\n  tls:\n  - hosts:\n    - {host}\n    secretName: {service.name}-tls\n"
            f"  rules:\n  - host: {host}\n    http:\n      paths:\n      - path: /api\n        pathType: Prefix\n        backend:\n"
            f"          service:\n            name: {service.name}\n            port:\n              name: http\n")


def stores_of(total):
    return max(len(STORES), total // SERVICES_PER_STORE)


def store_name(number):
    return f"{STORES[number % len(STORES)][0]}-{number}"


def address_of_store(number, schema):
    return STORES[number % len(STORES)][3].format(host=f"{store_name(number)}.data.svc.cluster.local", schema=schema)


def store_documents(number):
    """A stateful store with its Service, in the namespace that all teams share."""
    _, image, port, _ = STORES[number % len(STORES)]
    name = store_name(number)
    head = f"metadata:\n  name: {name}\n  namespace: data\n  labels:\n    app: {name}\n"
    return [f"apiVersion: apps/v1\nkind: StatefulSet\n{head}spec:\n  serviceName: {name}\n  replicas: 3\n"
            f"  selector:\n    matchLabels:\n      app: {name}\n  template:\n    metadata:\n      labels:\n        app: {name}\n"
            f"    spec:\n      containers:\n      - name: store\n        image: {image}\n"
            f"        ports:\n        - containerPort: {port}\n"
            "        volumeMounts:\n        - name: files\n          mountPath: /var/lib/store\n"
            "  volumeClaimTemplates:\n  - metadata:\n      name: files\n    spec:\n      accessModes:\n      - ReadWriteOnce\n"
            "      resources:\n        requests:\n          storage: 100Gi\n",
            f"apiVersion: v1\nkind: Service\n{head}spec:\n  selector:\n    app: {name}\n  ports:\n  - port: {port}\n"]


def collector_documents():
    """What every service sends its traces to."""
    head = "metadata:\n  name: otel-collector\n  namespace: observability\n  labels:\n    app: otel-collector\n"
    return [f"apiVersion: apps/v1\nkind: Deployment\n{head}spec:\n  selector:\n    matchLabels:\n      app: otel-collector\n"
            "  template:\n    metadata:\n      labels:\n        app: otel-collector\n    spec:\n      containers:\n"
            "      - name: collector\n        image: otel/opentelemetry-collector:0.109.0\n",
            f"apiVersion: v1\nkind: Service\n{head}spec:\n  selector:\n    app: otel-collector\n  ports:\n  - port: 4317\n"]


def documents_of(service, total, changed):
    documents = [deployment(service, total, changed), cluster_service(service, changed), config_map(service, total),
                 service_account(service)]
    if service.number % 10 < 8 and not (changed and service.number % 4 == 1):
        documents.append(network_policy(service))
    if service.number % 4 == 0 or (changed and service.number % 4 == 3):
        documents.append(ingress(service))
    return documents


def arrange(total):
    """Names of files with the services that each holds: one, a few, or a whole namespace, in turn by namespace."""
    for first in range(0, total, SERVICES_PER_NAMESPACE):
        members = range(first, min(first + SERVICES_PER_NAMESPACE, total))
        size = (1, 4, SERVICES_PER_NAMESPACE)[first // SERVICES_PER_NAMESPACE % 3]
        for start in range(first, members.stop, size):
            yield f"{namespace_of(first)}/{start:06}.yaml", range(start, min(start + size, members.stop))


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def generate(output, documents, seed=1):
    """Writes the three folders below `output`; returns (documents, bytes, files) of the baseline."""
    total = max(2, round(documents / DOCUMENTS_PER_SERVICE))
    changed = set(random.Random(f"changed/{seed}").sample(range(total), max(1, total // CHANGED_ONE_IN)))
    shared = [text for number in range(stores_of(total)) for text in store_documents(number)] + collector_documents()
    files = [("shared/stores.yaml", shared, shared)]
    for name, members in arrange(total):
        services = [Service(number, seed) for number in members]
        files.append((name, [text for service in services for text in documents_of(service, total, False)],
                      [text for service in services for text in documents_of(service, total, service.number in changed)]))
    for name, before, after in files:
        write(output / "baseline" / name, "---\n".join(before))
        write(output / "candidate" / name, "---\n".join(after))
        write(output / "touched" / name, "# rendered again\n" + "---\n".join(after))
    return sum(len(before) for _, before, _ in files), sum(len("---\n".join(before)) for _, before, _ in files), len(files)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output", type=pathlib.Path)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    documents, size, files = generate(arguments.output, arguments.documents, arguments.seed)
    print(f"{documents} documents, {size / 2**20:.1f} MiB in {files} files a side, seed {arguments.seed}")


if __name__ == "__main__":
    main()
