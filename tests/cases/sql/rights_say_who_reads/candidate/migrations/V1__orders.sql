CREATE TABLE orders (id bigint PRIMARY KEY, email text NOT NULL, total numeric);
CREATE TABLE prices (id bigint PRIMARY KEY, amount numeric);
CREATE ROLE orders_app LOGIN;
GRANT SELECT, INSERT, UPDATE ON orders, prices TO orders_app;
