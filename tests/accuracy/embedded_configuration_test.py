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
          otlp/unused: {endpoint: "orders:4317"}
          zipkin:
            endpoint: http://payments:9411
        service:
          pipelines:
            traces: {receivers: [otlp], exporters: [otlp/tempo]}
            logs:
              receivers: [otlp]
              exporters:
              - loki
            metrics:
              exporters: [prometheusremotewrite]
        """),
    ("collector.json", {"tempo", "loki"}, """
        {"exporters": {"otlp": {"endpoint": "tempo:4317"}, "loki": {"endpoint": "http://loki:3100"}, "x": {"endpoint": "docs:1234"}},
         "service": {"pipelines": {"traces": {"exporters": [
            "otlp",
            "loki"
         ]}}}}"""),
    ("collector.yml", {"tempo"}, """
        exporters: {otlp: {endpoint: "tempo:4317"}, unused: {endpoint: "loki:4317"}}
        service: {pipelines: {traces: {receivers: [otlp], exporters: [otlp]}}}
        """),
    ("anchored.yaml", {"tempo", "loki"}, """
        exporters: {otlp: {endpoint: "tempo:4317"}, other: {endpoint: "loki:4317"}}
        service: {pipelines: {traces: {exporters: [otlp]}, logs: {exporters: *all}}}
        """),
    ("flow.yml", {"cache", "queue"}, """
        spring: {redis: {host: cache, port: 6379}, rabbitmq: {host: "queue"}}
        """),
    ("prometheus-flow.yml", {"orders", "payments", "users.example.com", "metrics"}, """
        scrape_configs:
        - {job_name: n, static_configs: [{targets: ["orders:9090", 'payments:9090']}]}
        - {job_name: m, static_configs: [{targets: ["users.example.com:9100"]}]}
        alerting: {alertmanagers: [{static_configs: [{targets: ["metrics:9093"]}]}]}
        """),
    ("prometheus.json", {"node.example.com", "docs"},
     '{"scrape_configs":[{"job_name":"n","static_configs":[{"targets":["node.example.com:9100"]}]}],'
     '"remote_write":[{"url":"http://docs/w"}]}'),
    ("envoy.json", {"orders", "envoy.example.com"},
     '{"static_resources":{"clusters":[{"name":"up","load_assignment":{"endpoints":[{"lb_endpoints":[{"endpoint":{"address":'
     '{"socket_address":{"address":"orders","port_value":8080}}}},{"endpoint":{"address":{"socket_address":'
     '{"address":"envoy.example.com","port_value":443}}}}]}]}}]}}'),
    ("envoy-mixed.json", {"envoy.example.com"}, """
        {
          "static_resources": {
            "clusters": [
              {
                "name": "users",
                "load_assignment": {"cluster_name": "users", "endpoints": [
                  {"lb_endpoints": [
                    {"endpoint": {"address": {"socket_address": {"address": "envoy.example.com", "port_value": 443}}}}]}]}
              }
            ]
          }
        }"""),
    ("store.json", {"pg.example.com"}, '{"db":{"host":"pg.example.com","port":5432}}'),
    ("inline.toml", {"cache", "mail"}, """
        redis = { host = "cache", port = 6379 }
        mail = { server = "mail:25", user = "users" }
        """),
    ("braces.css", set(), """
        a { color: red; background: {b: orders} }
        .users{host: x; server: y}
        """),
    ("log4j.properties", set(), """
        pattern=[%d{HH:mm:ss}] [%t] %-5p {orders} %m%n
        format: "{users}: {host: payments}"
        """),
    ("upstream.conf", {"a.example.com", "users", "b.example.com", "orders"}, """
        upstream one { server a.example.com; server users max_fails=3; server unix:/tmp/x.sock; }
        upstream two {
          least_conn;
          # server payments;
          server b.example.com weight=2;
          server orders:8080;
        }
        server {
          server_name shop.example.com;
          location / { proxy_pass http://one; }
          location /old { return 301 https://redirect.example.com/; }
          location /older { rewrite ^/older/(.*)$ https://redirect.example.com/$1 permanent; }
        }"""),
    ("run.sh", {"pg.example.com", "r.example.com", "nc.example.com", "sh.example.com", "cache"}, """\
        #!/bin/sh
        # psql -h old.example.com
        until psql -h pg.example.com -U shop -c 'select 1'; do sleep 1; done
        redis-cli -h r.example.com ping && nc -z nc.example.com 5432
        redis-cli \\
          -h cache ping
        curl -s https://sh.example.com/x
        mysql -h "$DB_HOST" shop
        nc -l -p 8080
        """),
)

# The same where a workload reads the file as variable values would be: a sentence is for people, a list of addresses is not.
VARIABLES = (
    ("TEXT", set(), "see https://docs.example.org/manual for help"),
    ("BANNER", set(), "Welcome to the shop! More at https://docs.example.org/manual, or here."),
    ("OPTIONS", {"api.example.com"}, "-Dapi=https://api.example.com/v1 -Xmx1g"),
    ("COMMAND", {"api.example.com"}, "curl https://api.example.com/v1 now"),
    ("HELP_URL", {"docs.example.org"}, "https://docs.example.org/manual"),
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


def network_relations(files, command="map"):
    with tempfile.TemporaryDirectory(prefix="postern-embedded-") as folder:
        root = pathlib.Path(folder)
        (root / "all.yaml").write_text("".join("---\n" + json.dumps(item) + "\n" for item in objects(files)), encoding="utf-8")
        answer = binary.run([command, "all.yaml", "--format", "json", "--application", "embedded"], root)
        assert answer.code == 0, answer.talk()
        relations = json.loads(answer.stdout)["relations"]
        return [relation for relation in relations
                if relation["source"]["address"] == "app/reader" and relation["family"] == "network"]


def relations_of(files):
    return {(relation["target"]["address"].rsplit("/", 1)[-1], relation["kind"]) for relation in network_relations(files)}


def hosts_of(files):
    return {host for host, _ in relations_of(files)}


class EmbeddedConfigurationTest(unittest.TestCase):
    def test_variables(self):
        for name, hosts, text in VARIABLES:
            with self.subTest(variable=name):
                self.assertEqual(hosts, hosts_of({name: text}))

    def test_stores_by_their_usual_port(self):
        texts = ('{"db":{"host":"x.example.com","port":5432}}', "[db]\nhost = x.example.com\nport = 5432\n",
                 "[mysqld]\nhost = x.example.com\nport = 3306\n", "db:\n  host: x.example.com\n  port: 3306\n")
        for text in texts:
            with self.subTest(text=text):
                self.assertEqual({("x.example.com", "uses")}, relations_of({"file.conf": text}))

    def test_flow_over_several_lines(self):
        text = "a: 1\nb: {c: {host: first.example.com, port: 1234},\n    d: {url: 'http://second.example.com/'}}\n"
        self.assertEqual({"first.example.com", "second.example.com"}, hosts_of({"file.yaml": text}))

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
