provider "aws" {
  region = "eu-west-1"
}

resource "aws_db_instance" "orders" {
  identifier        = "orders"
  engine            = "postgres"
  storage_encrypted = true
}

resource "aws_secretsmanager_secret" "orders" {
  name = "orders"
}

resource "aws_secretsmanager_secret_version" "orders" {
  secret_id = aws_secretsmanager_secret.orders.id
  secret_string = jsonencode({
    host     = "${aws_db_instance.orders.address}:5432"
    password = random_password.orders.result
  })
}

resource "random_password" "orders" {
  length = 20
}

resource "aws_s3_bucket" "exports" {
  bucket = "shop-exports"
}

resource "aws_ecs_task_definition" "orders" {
  family = "orders"
  container_definitions = templatefile("${path.module}/orders.json.tftpl", {
    image  = "registry.example/shop/orders:2"
    secret = aws_secretsmanager_secret_version.orders.arn
  })
}

resource "aws_ecs_service" "orders" {
  name            = "orders"
  task_definition = aws_ecs_task_definition.orders.arn
}

resource "kubernetes_namespace_v1" "shop" {
  metadata {
    name = "shop"
  }
}

resource "helm_release" "catalog" {
  name      = "catalog"
  chart     = "./charts/catalog"
  namespace = kubernetes_namespace_v1.shop.metadata[0].name
}

resource "helm_release" "ui" {
  name      = "ui"
  chart     = "./charts/ui"
  namespace = kubernetes_namespace_v1.shop.metadata[0].name

  values = [
    templatefile("${path.module}/values/ui.yaml", {
      bucket = aws_s3_bucket.exports.bucket_regional_domain_name
      public = false
    })
  ]
}

resource "aws_s3_bucket_policy" "exports" {
  bucket = aws_s3_bucket.exports.id
  policy = <<-EOT
    {
      "Version": "2012-10-17",
      "Statement": [{ "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "${aws_s3_bucket.exports.arn}/*" }]
    }
  EOT
}
