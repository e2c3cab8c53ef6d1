-- The whole schema of samtycke's first version. The other engine's file has the same name and the same shape; a test
-- compares the two. Times are Unix milliseconds, UTC. Migrations are only ever added.

-- Control: small, read whole per tenant. A tenant is one data controller.

-- identity: 128 random bits made with the database, so that the log anchor knows another database from this one.
create table meta (
    name text not null,
    value text not null,
    primary key (name)
);

create table tenant (
    tenant text not null,
    log text not null,
    controller text not null,
    created_at bigint not null,
    primary key (tenant),
    unique (log)
);

create table site (
    tenant text not null,
    site text not null,
    origins text not null,
    created_at bigint not null,
    revoked_at bigint,
    primary key (tenant, site)
);

-- A key is 256 random bits; only its SHA-256 is kept, and a key is revoked, never deleted.
create table api_key (
    key_hash bytea not null,
    tenant text not null,
    key_id text not null,
    role text not null,
    site text,
    label text not null,
    created_at bigint not null,
    revoked_at bigint,
    primary key (key_hash),
    unique (tenant, key_id)
);

-- Every version ever drafted; which one is live stands in register_head.
create table register_version (
    tenant text not null,
    version bigint not null,
    hash text not null,
    body text not null,
    created_at bigint not null,
    primary key (tenant, version)
);

create table register_head (
    tenant text not null,
    draft bigint,
    live bigint,
    primary key (tenant)
);

-- Content-addressed: hash = SHA-256 of the manifest's exact bytes.
create table notice (
    tenant text not null,
    hash text not null,
    site text not null,
    version bigint not null,
    manifest text not null,
    created_at bigint not null,
    primary key (tenant, hash)
);

create table notice_text (
    tenant text not null,
    hash text not null,
    language text not null,
    variant text not null,
    body text not null,
    primary key (tenant, hash, language, variant)
);

-- The banner's files of every release of the last 400 days, by their hashed names: pages in caches still name them.
create table sdk_file (
    name text not null,
    content_type text not null,
    body bytea not null,
    brotli bytea not null,
    integrity text not null,
    released_at bigint not null,
    primary key (name)
);

-- The log. `log` is the first column of every key, so that a log can live on one node of many.

-- One row a log: the mutex, the fencing token and the tree head in one. `config_version` grows with every change of keys,
-- sites, register or notices, so that a server knows in the statement that reads state whether its copy is current.
create table log_head (
    log text not null,
    origin text not null,
    size bigint not null,
    root bytea not null,
    frontier bytea not null,
    epoch bigint not null,
    last_received_at bigint not null,
    config_version bigint not null,
    primary key (log)
);

-- Insert-only, as are tile and checkpoint.
create table leaf (
    log text not null,
    idx bigint not null,
    leaf_hash bytea not null,
    leaf bytea not null,
    primary key (log, idx)
);

-- Full tiles only; partial ones are made on request.
create table tile (
    log text not null,
    level bigint not null,
    idx bigint not null,
    data bytea not null,
    root bytea not null,
    primary key (log, level, idx)
);

-- Signed heads; at: when signed.
create table checkpoint (
    log text not null,
    size bigint not null,
    note text not null,
    at bigint not null,
    primary key (log, size)
);

-- How far the public may see; moves only forward.
create table published (
    log text not null,
    size bigint not null,
    at bigint not null,
    primary key (log)
);

-- One row a record. event_id and body_mac, a MAC of the submitted body, are its idempotency identity: the same id with the
-- same body gets the first answer again. body: the exact bytes of both openings, encrypted under the subject's key. An
-- erasure that names the event may empty the body, which leaves the identity, or delete the row.
create table event (
    log text not null,
    idx bigint not null,
    event_id text not null,
    subject text not null,
    seq bigint not null,
    body_mac bytea not null,
    body bytea not null,
    primary key (log, idx),
    unique (log, event_id),
    unique (log, subject, seq)
);

-- Public leaves: register and notice versions, changes of keys and sites. body: the exact bytes that the leaf commits to.
create table publication (
    log text not null,
    idx bigint not null,
    kind text not null,
    body text not null,
    primary key (log, idx)
);

-- state: fold(events) of one subject, which a check reads; last_leaf: the hash of its newest leaf. wrapped_key: the subject's
-- key, wrapped under the key of key_epoch; both are null once an erasure has destroyed it, and with it every opening.
create table subject (
    log text not null,
    subject text not null,
    seq bigint not null,
    last_leaf bytea not null,
    state text not null,
    key_epoch bigint,
    wrapped_key bytea,
    primary key (log, subject)
);

-- HMAC of the SDK's HMAC of an identifier, to a random subject id.
create table pseudonym (
    log text not null,
    ref bytea not null,
    subject text not null,
    primary key (log, ref)
);

-- Which events an erasure names, while its transaction runs: the only licence to empty or delete them.
create table erasure (
    log text not null,
    idx bigint not null,
    primary key (log, idx)
);

-- HMAC of an erased subject, and where its erasure stands in the log: so that nothing is ever revived.
create table erased (
    log text not null,
    mark bytea not null,
    idx bigint not null,
    primary key (log, mark)
);

-- Decisions per hour and purpose, counted in the transaction that records them; no subject in it.
create table decision_count (
    log text not null,
    hour bigint not null,
    purpose text not null,
    decision text not null,
    count bigint not null,
    primary key (log, hour, purpose, decision)
);

-- Choices counted without any subject.
create table tally (
    log text not null,
    hour bigint not null,
    site text not null,
    notice text not null,
    choice text not null,
    count bigint not null,
    primary key (log, hour, site, notice, choice)
);

-- Work that is no event: due dates, deadlines, deliveries. Written in the transaction that causes it, deleted when it is
-- done. attempts: how often it was claimed, which is also the fencing token of the newest claim. Until claimed_until no
-- other server claims it.
create table outbox (
    log text not null,
    id text not null,
    kind text not null,
    due_at bigint not null,
    payload text not null,
    attempts bigint not null,
    claimed_until bigint,
    primary key (log, id)
);

create index api_key_by_tenant on api_key (tenant);
create index outbox_by_due on outbox (log, due_at, id);

-- The guards. What was recorded cannot be changed or removed through the database, whoever is connected.

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;

create function refuse_event_update() returns trigger language plpgsql as $$
begin
    if not exists (select 1 from erasure where log = old.log and idx = old.idx)
        or length(new.body) > 0
        or (new.log, new.idx, new.event_id, new.subject, new.seq, new.body_mac)
            is distinct from (old.log, old.idx, old.event_id, old.subject, old.seq, old.body_mac)
    then
        raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
    end if;
    return new;
end $$;

create function refuse_event_deletion() returns trigger language plpgsql as $$
begin
    if not exists (select 1 from erasure where log = old.log and idx = old.idx) then
        raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
    end if;
    return old;
end $$;

create function refuse_key_change() returns trigger language plpgsql as $$
begin
    raise exception 'the key of a subject is never replaced' using errcode = 'restrict_violation';
end $$;

create function refuse_head_back() returns trigger language plpgsql as $$
begin
    if new.size < old.size or new.epoch < old.epoch or new.config_version < old.config_version or new.origin <> old.origin then
        raise exception 'log_head never goes back' using errcode = 'restrict_violation';
    end if;
    return new;
end $$;

create trigger leaf_never_updated before update on leaf for each row execute function refuse_change();
create trigger leaf_never_deleted before delete on leaf for each row execute function refuse_change();
create trigger leaf_never_truncated before truncate on leaf for each statement execute function refuse_change();
revoke update, truncate on leaf from public;

create trigger tile_never_updated before update on tile for each row execute function refuse_change();
create trigger tile_never_deleted before delete on tile for each row execute function refuse_change();
create trigger tile_never_truncated before truncate on tile for each statement execute function refuse_change();
revoke update, truncate on tile from public;

create trigger checkpoint_never_updated before update on checkpoint for each row execute function refuse_change();
create trigger checkpoint_never_deleted before delete on checkpoint for each row execute function refuse_change();
create trigger checkpoint_never_truncated before truncate on checkpoint for each statement execute function refuse_change();
revoke update, truncate on checkpoint from public;

create trigger publication_never_updated before update on publication for each row execute function refuse_change();
create trigger publication_never_deleted before delete on publication for each row execute function refuse_change();
create trigger publication_never_truncated before truncate on publication for each statement execute function refuse_change();
revoke update, truncate on publication from public;

create trigger register_version_never_updated before update on register_version for each row execute function refuse_change();
create trigger register_version_never_deleted before delete on register_version for each row execute function refuse_change();
create trigger register_version_never_truncated before truncate on register_version for each statement execute function refuse_change();
revoke update, truncate on register_version from public;

create trigger notice_never_updated before update on notice for each row execute function refuse_change();
create trigger notice_never_deleted before delete on notice for each row execute function refuse_change();
create trigger notice_never_truncated before truncate on notice for each statement execute function refuse_change();
revoke update, truncate on notice from public;

create trigger notice_text_never_updated before update on notice_text for each row execute function refuse_change();
create trigger notice_text_never_deleted before delete on notice_text for each row execute function refuse_change();
create trigger notice_text_never_truncated before truncate on notice_text for each statement execute function refuse_change();
revoke update, truncate on notice_text from public;

create trigger event_never_updated before update on event for each row execute function refuse_event_update();
create trigger event_never_deleted before delete on event for each row execute function refuse_event_deletion();
create trigger event_never_truncated before truncate on event for each statement execute function refuse_change();
revoke update, truncate on event from public;

create trigger erased_never_updated before update on erased for each row execute function refuse_change();
create trigger erased_never_deleted before delete on erased for each row execute function refuse_change();
create trigger erased_never_truncated before truncate on erased for each statement execute function refuse_change();
revoke update, truncate on erased from public;

-- A subject's key stays, is wrapped anew by the key of a later epoch, or is destroyed for good.
create trigger subject_key_never_replaced before update on subject for each row when (not (
    new.key_epoch is not distinct from old.key_epoch and new.wrapped_key is not distinct from old.wrapped_key
    or new.key_epoch is null and new.wrapped_key is null
    or coalesce(new.key_epoch > old.key_epoch and new.wrapped_key <> old.wrapped_key, false)
)) execute function refuse_key_change();

create trigger log_head_never_back before update on log_head for each row execute function refuse_head_back();
create trigger log_head_never_deleted before delete on log_head for each row execute function refuse_change();
create trigger log_head_never_truncated before truncate on log_head for each statement execute function refuse_change();
