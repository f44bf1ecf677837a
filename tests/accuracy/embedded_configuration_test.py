#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Files inside of ConfigMaps: each format with what the workload that mounts it talks to, and nothing else."""
import json
import pathlib
import tempfile
import textwrap
import unittest

import binary

SERVICES = ("orders", "payments", "users", "cache", "queue", "search", "metrics", "mail", "auth", "docs", "tempo", "loki")

# File -> text -> hosts; those without a dot are services of the namespace.
FILES = (
    ("logback.xml", {"orders"}, """
        <configuration xmlns="http://ch.qos.logback/xml/ns/logback" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
            xsi:schemaLocation="http://ch.qos.logback/xml/ns/logback https://raw.sample.example.com/logback.xsd">
          <appender name="remote" class="sample.Appender"><url>http://orders:3100/push</url></appender>
        </configuration>"""),
    ("alerts.yaml", set(), """
        groups:
        - name: shop
          rules:
          - alert: ShopIsDown
            annotations:
              runbook_url: https://runbooks.example.com/shop
              description: The shop is down, see https://wiki.example.com/shop
              summary: see http://orders/x
        """),
    ("known_hosts", set(), "git.example.com ssh-ed25519 AAAA\n"),
    ("fluent-bit.conf", {"search", "logs.vendor.example.com"}, """
        [SERVICE]
            Flush         1
            HTTP_Server   On
        [INPUT]
            Name          tail
            Tag           payments.*
        [OUTPUT]
            Name          es
            Match         *
            Host          search
            Port          9200
        [OUTPUT]
            Name          http
            Host          logs.vendor.example.com
            Port          443
        """),
    ("fluent.conf", {"search"}, """
        <match orders.**>
          @type elasticsearch
          host search.app.svc.cluster.local
          port 9200
        </match>
        """),
    ("nginx.conf", {"orders", "payments", "users", "search"}, """
        worker_processes 1;
        http {
          upstream backend { server orders:8080 weight=3; }
          upstream payments {
            server payments:8080;
          }
          server {
            listen 80;
            server_name shop.example.com;
            location /api { proxy_pass http://backend; }
            location /pay { proxy_pass http://payments; }
            location /users/ { proxy_pass http://users.app.svc.cluster.local/; }
            location /php { fastcgi_pass search:9000; }
          }
        }"""),
    ("envoy.yaml", {"orders", "payments"}, """
        static_resources:
          listeners:
          - address: {socket_address: {address: 0.0.0.0, port_value: 10000}}
          clusters:
          - name: orders_cluster
            load_assignment:
              endpoints:
              - lb_endpoints:
                - endpoint:
                    address:
                      socket_address:
                        address: orders
                        port_value: 8080
                - endpoint: {address: {socket_address: {address: payments, port_value: 8080}}}
        """),
    ("collector.yaml", {"tempo", "loki", "prom.vendor.example.com"}, """
        receivers:
          otlp: {protocols: {grpc: {endpoint: 0.0.0.0:4317}}}
        exporters:
          otlp/tempo:
            endpoint: tempo:4317
            tls: {insecure: true}
          loki:
            endpoint: http://loki:3100/loki/api/v1/push
          prometheusremotewrite:
            endpoint: "https://prom.vendor.example.com/api/v1/write"
        service:
          pipelines: {traces: {receivers: [otlp], exporters: [otlp/tempo]}}
        """),
    ("prometheus.yml", {"orders", "payments", "users", "metrics", "docs"}, """
        scrape_configs:
        - job_name: app
          static_configs:
          - targets: ['orders:9090', 'payments:9090']
          - targets:
            - users.app:9090
        alerting:
          alertmanagers:
          - static_configs:
            - targets: [metrics:9093]
        remote_write:
        - url: http://docs/api/v1/write
        """),
    ("datasources.yaml", {"metrics", "search"}, """
        apiVersion: 1
        datasources:
        - name: Metrics
          type: prometheus
          url: http://metrics:9090
        - name: Store
          type: postgres
          url: search:5432
          user: grafana
        """),
    ("appsettings.json", {"orders", "cache", "users", "mail", "loki"}, """
        {
          "ConnectionStrings": {
            "Default": "Server=orders;Database=o;User Id=sa;Password=x1!;",
            "Redis": "cache:6379,abortConnect=false"
          },
          "Services": { "Users": { "BaseUrl": "http:\\/\\/users" }, "Mail": { "Host": "mail", "Port": 25 } },
          "Serilog": { "WriteTo": [ { "Name": "Loki", "Args": { "uri": "http://loki:3100" } } ] }
        }"""),
    ("application.yml", {"orders", "cache", "queue", "mail", "users"}, """
        spring:
          datasource:
            url: jdbc:postgresql://orders:5432/db
            username: x
          redis:
            host: cache
            port: 6379
          rabbitmq:
            addresses: queue:5672
          mail:
            host: mail
        eureka:
          client:
            serviceUrl:
              defaultZone: http://users:8761/eureka
        """),
    ("config.toml", {"orders", "cache", "users", "mail"}, """
        title = "x"
        [database]
        server = "orders"
        ports = [ 5432 ]
        [redis]
        addr = "cache:6379"
        [[upstreams]]
        url = "http://users/api"
        [clients.mail]
        host = "mail"
        port = 25
        """),
    ("settings.ini", {"orders", "mail", "auth"}, """
        [db]
        host = orders
        port = 3306
        [smtp]
        server=mail:25
        [auth]
        url = https://auth/realms/x
        """),
    ("app.properties", {"orders", "queue", "users"}, """
        db.host=orders
        db.port=5432
        kafka.bootstrap.servers=queue:9092
        users.service.url=http\\://users/api
        """),
    (".env", {"orders", "cache", "mail"}, """
        DATABASE_URL=postgres://orders/db
        REDIS_HOST=cache
        REDIS_PORT=6379
        export MAIL_HOST=mail
        """),
)


def objects(files):
    labels = {"app": "reader"}
    volumes = [{"name": "settings", "configMap": {"name": "settings"}}]
    container = {"name": "main", "image": "sample/reader:1", "volumeMounts": [{"name": "settings", "mountPath": "/etc/app"}]}
    spec = {"selector": {"matchLabels": labels},
            "template": {"metadata": {"labels": labels}, "spec": {"containers": [container], "volumes": volumes}}}
    yield {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "reader", "namespace": "app"}, "spec": spec}
    yield {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "settings", "namespace": "app"}, "data": files}
    for name in SERVICES:
        yield {"apiVersion": "v1", "kind": "Service", "metadata": {"name": name, "namespace": "app"},
               "spec": {"selector": {"app": name}, "ports": [{"port": 80}]}}


def hosts_of(files, command="map"):
    with tempfile.TemporaryDirectory(prefix="postern-embedded-") as folder:
        root = pathlib.Path(folder)
        (root / "all.yaml").write_text("".join("---\n" + json.dumps(item) + "\n" for item in objects(files)), encoding="utf-8")
        answer = binary.run([command, "all.yaml", "--format", "json", "--application", "embedded"], root)
        assert answer.code == 0, answer.talk()
        relations = json.loads(answer.stdout)["relations"]
        return {relation["target"]["address"].rsplit("/", 1)[-1] for relation in relations
                if relation["source"]["address"] == "app/reader" and relation["family"] == "network"}


class EmbeddedConfigurationTest(unittest.TestCase):
    def test_formats(self):
        for name, hosts, text in FILES:
            with self.subTest(file=name):
                self.assertEqual(hosts, hosts_of({name: textwrap.dedent(text)}))

    def test_moving_a_file_to_another_key_changes_nothing(self):
        for name, _, text in FILES:
            with self.subTest(file=name), tempfile.TemporaryDirectory(prefix="postern-embedded-") as folder:
                root = pathlib.Path(folder)
                for side, key in (("before", name), ("after", "moved-" + name.lstrip("."))):
                    written = "".join("---\n" + json.dumps(item) + "\n" for item in objects({key: textwrap.dedent(text)}))
                    (root / f"{side}.yaml").write_text(written, encoding="utf-8")
                answer = binary.run(["diff", "before.yaml", "after.yaml", "--format", "json", "--application", "embedded"], root)
                changes = json.loads(answer.stdout)["changes"]
                self.assertEqual([], [change for change in changes if change["subject_kind"] == "relation"], answer.stdout)


if __name__ == "__main__":
    unittest.main()
