-- When a key ends by itself, Unix milliseconds; null: it never does. Leaf key.added says the same.
alter table api_key add column expires_at bigint;
