ALTER TABLE members ADD COLUMN ssn char(11), ADD COLUMN colour text;
