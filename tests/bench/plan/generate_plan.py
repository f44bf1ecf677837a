#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a Terraform plan of a given size, as `terraform show -json` prints them: planned values, changes, the state before, the
configuration. Modules of one kind, each with a network, rules, a load balancer, services, a store, a bucket, a function and roles; every
tenth module is new, every tenth changes a rule, the others stay.

    generate_plan.py --mib 100 FILE
"""
import argparse
import json


def policy(bucket):
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"],
                                                               "Resource": f"arn:aws:s3:::{bucket}/*"}]})


def container(name, number, database):
    environment = [{"name": "DATABASE_URL", "value": f"postgres://app@{database}:5432/app"},
                   {"name": "UPSTREAM", "value": f"http://service-{max(number - 1, 0)}.internal.example:8080"}]
    environment += [{"name": f"SETTING_{i}", "value": f"value {i} of {name}"} for i in range(12)]
    return json.dumps([{"name": "app", "image": f"registry.example/shop/{name}:1.{number}", "environment": environment,
                        "portMappings": [{"containerPort": 8080, "protocol": "tcp"}]}])


def tags(name):
    return {"Name": name, "Team": f"team-{len(name) % 7}", "Environment": "production", "CostCentre": "4711"}


def resources_of(number):
    """(type, name, values, expressions of the configuration) of one module."""
    name = f"service-{number}"
    group, database, bucket = f"sg-{number:017x}", f"{name}.abcdefgh.eu-west-1.rds.amazonaws.com", f"shop-{name}-files"
    account = "arn:aws:iam::123456789012"
    yield "aws_security_group", "this", {"id": group, "name": name, "description": "of one service", "vpc_id": "vpc-0a1b2c3d",
                                          "ingress": [], "egress": [], "tags": tags(name)}, {}
    for port in (443, 8080, 8443, 9090):
        yield "aws_security_group_rule", f"port_{port}", {
            "id": f"sgrule-{number}-{port}", "type": "ingress", "from_port": port, "to_port": port, "protocol": "tcp",
            "cidr_blocks": [f"10.{number % 256}.0.0/16"], "security_group_id": group}, {
            "security_group_id": {"references": ["aws_security_group.this.id", "aws_security_group.this"]}}
    yield "aws_iam_role", "this", {"id": name, "name": name, "arn": f"{account}:role/{name}",
                                    "assume_role_policy": json.dumps({"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                                        "Principal": {"Service": "ecs-tasks.amazonaws.com"}}]}), "tags": tags(name)}, {}
    yield "aws_iam_role_policy", "files", {"id": f"{name}:files", "role": name, "policy": policy(bucket)}, {
        "role": {"references": ["aws_iam_role.this.id", "aws_iam_role.this"]}}
    yield "aws_db_instance", "this", {
        "id": f"db-{number}", "identifier": name, "engine": "postgres", "engine_version": "16.3", "instance_class": "db.t4g.medium",
        "address": database, "endpoint": f"{database}:5432", "multi_az": True, "storage_encrypted": True, "publicly_accessible": False,
        "vpc_security_group_ids": [group], "arn": f"arn:aws:rds:eu-west-1:123456789012:db:{name}", "tags": tags(name)}, {
        "vpc_security_group_ids": {"references": ["aws_security_group.this.id", "aws_security_group.this"]}}
    yield "aws_s3_bucket", "this", {"id": bucket, "bucket": bucket, "arn": f"arn:aws:s3:::{bucket}", "tags": tags(name)}, {}
    yield "aws_s3_bucket_public_access_block", "this", {"id": bucket, "bucket": bucket, "block_public_acls": True,
                                                         "block_public_policy": True, "ignore_public_acls": True,
                                                         "restrict_public_buckets": True}, {
        "bucket": {"references": ["aws_s3_bucket.this.id", "aws_s3_bucket.this"]}}
    yield "aws_ecs_task_definition", "this", {
        "id": name, "family": name, "arn": f"arn:aws:ecs:eu-west-1:123456789012:task-definition/{name}:1", "network_mode": "awsvpc",
        "task_role_arn": f"{account}:role/{name}", "container_definitions": container(name, number, database), "tags": tags(name)}, {
        "task_role_arn": {"references": ["aws_iam_role.this.arn", "aws_iam_role.this"]}}
    yield "aws_ecs_service", "this", {
        "id": f"arn:aws:ecs:eu-west-1:123456789012:service/{name}", "name": name, "desired_count": 2, "launch_type": "FARGATE",
        "task_definition": f"arn:aws:ecs:eu-west-1:123456789012:task-definition/{name}:1",
        "network_configuration": [{"assign_public_ip": False, "security_groups": [group], "subnets": ["subnet-1", "subnet-2"]}],
        "tags": tags(name)}, {
        "task_definition": {"references": ["aws_ecs_task_definition.this.arn", "aws_ecs_task_definition.this"]}}
    yield "aws_lambda_function", "this", {
        "id": f"{name}-worker", "function_name": f"{name}-worker", "runtime": "python3.12", "handler": "main.handler",
        "role": f"{account}:role/{name}", "environment": [{"variables": {"BUCKET": bucket, "TABLE": f"{name}-jobs"}}], "tags": tags(name)}, {
        "role": {"references": ["aws_iam_role.this.arn", "aws_iam_role.this"]}}
    for part in range(6):
        yield "aws_cloudwatch_metric_alarm", f"alarm_{part}", {
            "id": f"{name}-{part}", "alarm_name": f"{name}-{part}", "metric_name": "CPUUtilization", "namespace": "AWS/ECS", "period": 60,
            "threshold": 80, "dimensions": {"ServiceName": name}, "alarm_description": "goes off when the service has much to do " * 3,
            "tags": tags(name)}, {}


def module(number):
    """The parts of one module: (planned resources, changes, state before, configuration)."""
    prefix = f"module.service_{number}."
    planned, changes, before, configuration = [], [], [], []
    for kind, name, values, expressions in resources_of(number):
        common = {"address": f"{prefix}{kind}.{name}", "mode": "managed", "type": kind, "name": name,
                  "provider_name": "registry.terraform.io/hashicorp/aws"}
        planned.append({**common, "schema_version": 1, "values": values, "sensitive_values": {}})
        old, actions = values, ["no-op"]
        if number % 10 == 0:
            old, actions = None, ["create"]
        elif number % 10 == 1 and name == "port_443":
            old, actions = {**values, "cidr_blocks": ["0.0.0.0/0"]}, ["update"]
        if old is not None:
            before.append({**common, "schema_version": 1, "values": old, "sensitive_values": {}})
        changes.append({**common, "module_address": prefix[:-1], "change": {"actions": actions, "before": old, "after": values,
                                                                             "after_unknown": {}, "before_sensitive": {}, "after_sensitive": {}}})
        configuration.append({**common, "address": f"{kind}.{name}", "provider_config_key": "aws", "expressions": expressions, "schema_version": 1})
    return ({"resources": planned, "address": prefix[:-1]}, changes, {"resources": before, "address": prefix[:-1]},
            {"source": "./service", "module": {"resources": configuration}})


def write(out, mebibytes):
    """Writes sections one after the other, so that the generator itself needs little memory."""
    size = sum(len(json.dumps(part)) for part in module(1002)) + 60
    count = max(1, mebibytes * 1024 * 1024 // size)
    def section(index, make):
        for number in range(count):
            out.write(("," if number else "") + make(number, module(number)[index]))
    out.write('{"format_version":"1.2","terraform_version":"1.9.5","planned_values":{"root_module":{"child_modules":[')
    section(0, lambda _, part: json.dumps(part))
    out.write(']}},"resource_changes":[')
    section(1, lambda _, part: ",".join(json.dumps(change) for change in part))
    out.write('],"prior_state":{"format_version":"1.0","values":{"root_module":{"child_modules":[')
    section(2, lambda _, part: json.dumps(part))
    out.write(']}}},"configuration":{"provider_config":{"aws":{"name":"aws","expressions":{"region":{"constant_value":"eu-west-1"}}}},'
              '"root_module":{"module_calls":{')
    section(3, lambda number, part: f'"service_{number}":{json.dumps(part)}')
    out.write("}}}}\n")
    return count


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mib", type=int, default=100)
    parser.add_argument("file")
    arguments = parser.parse_args()
    with open(arguments.file, "w", encoding="utf-8") as out:
        print(f"{write(out, arguments.mib)} modules")


if __name__ == "__main__":
    main()
