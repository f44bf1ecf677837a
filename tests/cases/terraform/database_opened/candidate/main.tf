provider "aws" {
  region = "eu-west-1"
}

variable "open_to" {
  type    = list(string)
  default = ["192.168.7.0/0"]
}

resource "aws_security_group" "customers" {
  name = "customers"

  dynamic "ingress" {
    for_each = var.open_to
    content {
      from_port   = 5432
      to_port     = 5432
      protocol    = "tcp"
      cidr_blocks = [ingress.value]
    }
  }
}

resource "aws_db_instance" "customers" {
  identifier             = "customers"
  engine                 = "postgres"
  instance_class         = "db.t4g.small"
  storage_encrypted      = true
  publicly_accessible    = true
  vpc_security_group_ids = [aws_security_group.customers.id]
}

resource "aws_sqs_queue" "work" {
  name = "jobs"
}

moved {
  from = aws_sqs_queue.jobs
  to   = aws_sqs_queue.work
}

resource "aws_lambda_function" "mailer" {
  function_name = "mailer"

  environment {
    variables = {
      DATABASE_HOST    = aws_db_instance.customers.address
      MAIL_URL         = "https://api.sendgrid.com/v3/mail/send"
      MAIL_API_KEY     = "SG.aBcDeFgHiJkLmNoPqRsTuV.0123456789abcdefghijklmnopqrstuvwxyzABCDEFG"
    }
  }
}
