CREATE TABLE accounts (
  id uuid PRIMARY KEY,
  plan text NOT NULL,
  email text NOT NULL UNIQUE,
  date_of_birth date
);
