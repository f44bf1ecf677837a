CREATE ROLE orders_reader LOGIN;
GRANT SELECT ON orders TO orders_reader;
GRANT DELETE ON orders TO orders_reader;
REVOKE DELETE ON orders FROM orders_reader;
