provider "aws" { region = "eu-west-1" }

resource "aws_db_instance" "orders" {
  identifier              = "orders"
  engine                  = "postgres"
  engine_version          = "15.4"
  instance_class          = "db.r6g.large"
  multi_az                = true
  storage_encrypted       = true
  publicly_accessible     = true
  backup_retention_period = 7
  deletion_protection     = true
  vpc_security_group_ids  = [aws_security_group.orders_db.id]
}

resource "aws_security_group" "orders_db" {
  name = "orders-db"
  ingress {
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_iam_role" "charge" {
  name = "charge"
}

resource "aws_lambda_function" "charge" {
  function_name = "charge"
  runtime       = "nodejs20.x"
  handler       = "index.handler"
  role          = aws_iam_role.charge.arn
  environment {
    variables = { DB_HOST = aws_db_instance.orders.address }
  }
}
