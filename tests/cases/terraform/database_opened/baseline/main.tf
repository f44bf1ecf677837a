provider "aws" {
  region = "eu-west-1"
}

resource "aws_security_group" "customers" {
  name = "customers"

  ingress {
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }
}

resource "aws_db_instance" "customers" {
  identifier             = "customers"
  engine                 = "postgres"
  instance_class         = "db.t4g.small"
  storage_encrypted      = true
  vpc_security_group_ids = [aws_security_group.customers.id]
}

resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}
