CREATE TABLE members (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  plan varchar(20) NOT NULL
);
CREATE INDEX ON members (plan);
