-- The last day, UTC, on which a request came with the key, in days since 1970; null: none is known. Each server writes it at
-- most once a day for a key.
alter table api_key add column last_used_day bigint;
