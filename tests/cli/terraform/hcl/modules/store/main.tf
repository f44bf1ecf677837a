# SPDX-License-Identifier: Apache-2.0
variable "name" {
  type = string
}

variable "kms_key_id" {
  type = string
}

variable "clients" {
  type = list(string)
}

resource "aws_security_group" "store" {
  name = "${var.name}-store"

  dynamic "ingress" {
    for_each = var.clients
    content {
      from_port       = 5432
      to_port         = 5432
      protocol        = "tcp"
      security_groups = [ingress.value]
    }
  }
}

resource "aws_db_instance" "this" {
  count                   = 1
  identifier              = var.name
  engine                  = "postgres"
  engine_version          = "16"
  instance_class          = "db.t4g.micro"
  multi_az                = true
  storage_encrypted       = true
  kms_key_id              = var.kms_key_id
  backup_retention_period = 7
  vpc_security_group_ids  = [aws_security_group.store.id]
}

output "address" {
  value = aws_db_instance.this[0].address
}
