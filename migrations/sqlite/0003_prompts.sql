-- Prompts that were answered, and refusals about subjects that have no stream.

-- A prompt that a grant has used, written in the grant's transaction; expires_at: when the prompt expires, after which no
-- server accepts it and the row can go.
create table prompt_used (
    log text not null,
    prompt text not null,
    expires_at integer not null,
    primary key (log, prompt)
) strict, without rowid;

-- A page's refusal about a subject without a stream: kept for 31 days, so that an older grant that arrives later does not
-- take effect, and then forgotten. mark: HMAC of the subject, which is not stored; facts: the decisions and signals as JSON;
-- at: when it was received. event_id and body_mac are its idempotency identity, as in event.
create table refusal_mark (
    log text not null,
    event_id text not null,
    mark blob not null,
    body_mac blob not null,
    at integer not null,
    facts text not null,
    primary key (log, event_id)
) strict, without rowid;

create index prompt_used_by_expiry on prompt_used (log, expires_at);
create index refusal_mark_by_mark on refusal_mark (log, mark);
create index refusal_mark_by_age on refusal_mark (log, at);
