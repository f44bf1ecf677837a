# SPDX-License-Identifier: Apache-2.0
# One small application. plan.json and state.json beside this folder say the same.
provider "aws" {
  region = var.region
}

variable "region" {
  type    = string
  default = "eu-central-1"
}

locals {
  name   = "orders"
  queues = toset(["billing", "shipping"])
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_security_group" "front" {
  name   = "${local.name}-front"
  vpc_id = aws_vpc.main.id

  ingress {
    description = "everybody"
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_lb" "front" {
  name               = local.name
  load_balancer_type = "application"
  internal           = false
  security_groups    = [aws_security_group.front.id]
}

resource "aws_lb_target_group" "orders" {
  name     = local.name
  port     = 8080
  protocol = "HTTP"
  vpc_id   = aws_vpc.main.id
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.front.arn
  port              = 443
  protocol          = "HTTPS"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.orders.arn
  }
}

resource "aws_sqs_queue" "work" {
  for_each = local.queues
  name     = "${local.name}-${each.key}"
}

resource "aws_kms_key" "data" {
  enable_key_rotation = true
}

module "store" {
  source     = "./modules/store"
  name       = local.name
  kms_key_id = aws_kms_key.data.arn
  clients    = [aws_security_group.front.id]
}

resource "aws_iam_role" "orders" {
  name = local.name
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_ecs_cluster" "main" {
  name = local.name
}

resource "aws_ecs_task_definition" "orders" {
  family        = local.name
  task_role_arn = aws_iam_role.orders.arn
  container_definitions = jsonencode([{
    name         = "orders"
    image        = "ghcr.io/example/orders:2.0"
    portMappings = [{ containerPort = 8080, protocol = "tcp" }]
    environment = [
      { name = "LOG_LEVEL", value = "info" },
      { name = "DATABASE_HOST", value = module.store.address },
      { name = "BILLING_QUEUE_URL", value = aws_sqs_queue.work["billing"].id },
      { name = "PAYMENTS_URL", value = "https://api.stripe.com/v1" },
    ]
  }])
}

resource "aws_ecs_service" "orders" {
  name            = local.name
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.orders.arn
  desired_count   = 2

  load_balancer {
    target_group_arn = aws_lb_target_group.orders.arn
    container_name   = "orders"
    container_port   = 8080
  }
}
