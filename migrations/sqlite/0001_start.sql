-- The whole schema of samtycke's first version. The other engine's file has the same name and the same shape; a test
-- compares the two. Times are Unix milliseconds, UTC. Migrations are only ever added.

-- Control: small, read whole per tenant. A tenant is one data controller.

-- identity: 128 random bits made with the database, so that the log anchor knows another database from this one.
create table meta (
    name text not null,
    value text not null,
    primary key (name)
) strict, without rowid;

create table tenant (
    tenant text not null,
    log text not null,
    controller text not null,
    created_at integer not null,
    primary key (tenant),
    unique (log)
) strict, without rowid;

create table site (
    tenant text not null,
    site text not null,
    origins text not null,
    created_at integer not null,
    revoked_at integer,
    primary key (tenant, site)
) strict, without rowid;

-- A key is 256 random bits; only its SHA-256 is kept, and a key is revoked, never deleted.
create table api_key (
    key_hash blob not null,
    tenant text not null,
    key_id text not null,
    role text not null,
    site text,
    label text not null,
    created_at integer not null,
    revoked_at integer,
    primary key (key_hash),
    unique (tenant, key_id)
) strict, without rowid;

-- Every version ever drafted; which one is live stands in register_head.
create table register_version (
    tenant text not null,
    version integer not null,
    hash text not null,
    body text not null,
    created_at integer not null,
    primary key (tenant, version)
) strict;

create table register_head (
    tenant text not null,
    draft integer,
    live integer,
    primary key (tenant)
) strict, without rowid;

-- Content-addressed: hash = SHA-256 of the manifest's exact bytes.
create table notice (
    tenant text not null,
    hash text not null,
    site text not null,
    version integer not null,
    manifest text not null,
    created_at integer not null,
    primary key (tenant, hash)
) strict;

create table notice_text (
    tenant text not null,
    hash text not null,
    language text not null,
    variant text not null,
    body text not null,
    primary key (tenant, hash, language, variant)
) strict;

-- The banner's files of every release of the last 400 days, by their hashed names: pages in caches still name them.
create table sdk_file (
    name text not null,
    content_type text not null,
    body blob not null,
    brotli blob not null,
    integrity text not null,
    released_at integer not null,
    primary key (name)
) strict;

-- The log. `log` is the first column of every key, so that a log can live on one node of many.

-- One row a log: the mutex, the fencing token and the tree head in one. `config_version` grows with every change of keys,
-- sites, register or notices, so that a server knows in the statement that reads state whether its copy is current.
create table log_head (
    log text not null,
    origin text not null,
    size integer not null,
    root blob not null,
    frontier blob not null,
    epoch integer not null,
    last_received_at integer not null,
    config_version integer not null,
    primary key (log)
) strict, without rowid;

-- Insert-only, as are tile and checkpoint.
create table leaf (
    log text not null,
    idx integer not null,
    leaf_hash blob not null,
    leaf blob not null,
    primary key (log, idx)
) strict;

-- Full tiles only; partial ones are made on request.
create table tile (
    log text not null,
    level integer not null,
    idx integer not null,
    data blob not null,
    root blob not null,
    primary key (log, level, idx)
) strict;

-- Signed heads; at: when signed.
create table checkpoint (
    log text not null,
    size integer not null,
    note text not null,
    at integer not null,
    primary key (log, size)
) strict, without rowid;

-- How far the public may see; moves only forward.
create table published (
    log text not null,
    size integer not null,
    at integer not null,
    primary key (log)
) strict, without rowid;

-- One row a record. event_id and body_mac, a MAC of the submitted body, are its idempotency identity: the same id with the
-- same body gets the first answer again. body: the exact bytes of both openings, encrypted under the subject's key. An
-- erasure that names the event may empty the body, which leaves the identity, or delete the row.
create table event (
    log text not null,
    idx integer not null,
    event_id text not null,
    subject text not null,
    seq integer not null,
    body_mac blob not null,
    body blob not null,
    primary key (log, idx),
    unique (log, event_id),
    unique (log, subject, seq)
) strict;

-- Public leaves: register and notice versions, changes of keys and sites. body: the exact bytes that the leaf commits to.
create table publication (
    log text not null,
    idx integer not null,
    kind text not null,
    body text not null,
    primary key (log, idx)
) strict, without rowid;

-- state: fold(events) of one subject, which a check reads; last_leaf: the hash of its newest leaf. wrapped_key: the subject's
-- key, wrapped under the key of key_epoch; both are null once an erasure has destroyed it, and with it every opening.
create table subject (
    log text not null,
    subject text not null,
    seq integer not null,
    last_leaf blob not null,
    state text not null,
    key_epoch integer,
    wrapped_key blob,
    primary key (log, subject)
) strict, without rowid;

-- HMAC of the SDK's HMAC of an identifier, to a random subject id.
create table pseudonym (
    log text not null,
    ref blob not null,
    subject text not null,
    primary key (log, ref)
) strict, without rowid;

-- Which events an erasure names, while its transaction runs: the only licence to empty or delete them.
create table erasure (
    log text not null,
    idx integer not null,
    primary key (log, idx)
) strict, without rowid;

-- HMAC of an erased subject, and where its erasure stands in the log: so that nothing is ever revived.
create table erased (
    log text not null,
    mark blob not null,
    idx integer not null,
    primary key (log, mark)
) strict, without rowid;

-- Decisions per hour and purpose, counted in the transaction that records them; no subject in it.
create table decision_count (
    log text not null,
    hour integer not null,
    purpose text not null,
    decision text not null,
    count integer not null,
    primary key (log, hour, purpose, decision)
) strict, without rowid;

-- Choices counted without any subject.
create table tally (
    log text not null,
    hour integer not null,
    site text not null,
    notice text not null,
    choice text not null,
    count integer not null,
    primary key (log, hour, site, notice, choice)
) strict, without rowid;

-- Work that is no event: due dates, deadlines, deliveries. Written in the transaction that causes it, deleted when it is
-- done. attempts: how often it was claimed, which is also the fencing token of the newest claim. Until claimed_until no
-- other server claims it.
create table outbox (
    log text not null,
    id text not null,
    kind text not null,
    due_at integer not null,
    payload text not null,
    attempts integer not null,
    claimed_until integer,
    primary key (log, id)
) strict, without rowid;

create index api_key_by_tenant on api_key (tenant);
create index outbox_by_due on outbox (log, due_at, id);

-- The guards. What was recorded cannot be changed or removed through the database, whoever is connected.

create trigger leaf_never_updated before update on leaf
begin
    select raise(abort, 'leaf is append-only');
end;

create trigger leaf_never_deleted before delete on leaf
begin
    select raise(abort, 'leaf is append-only');
end;

-- INSERT OR REPLACE deletes without firing the trigger above unless recursive_triggers is on: this one always fires.
create trigger leaf_never_replaced before insert on leaf
when exists (select 1 from leaf where log = new.log and idx = new.idx)
begin
    select raise(abort, 'leaf is append-only');
end;

create trigger tile_never_updated before update on tile
begin
    select raise(abort, 'tile is append-only');
end;

create trigger tile_never_deleted before delete on tile
begin
    select raise(abort, 'tile is append-only');
end;

-- INSERT OR REPLACE deletes without firing the trigger above unless recursive_triggers is on: this one always fires.
create trigger tile_never_replaced before insert on tile
when exists (select 1 from tile where log = new.log and level = new.level and idx = new.idx)
begin
    select raise(abort, 'tile is append-only');
end;

create trigger checkpoint_never_updated before update on checkpoint
begin
    select raise(abort, 'checkpoint is append-only');
end;

create trigger checkpoint_never_deleted before delete on checkpoint
begin
    select raise(abort, 'checkpoint is append-only');
end;

-- INSERT OR REPLACE deletes without firing the trigger above unless recursive_triggers is on: this one always fires.
create trigger checkpoint_never_replaced before insert on checkpoint
when exists (select 1 from checkpoint where log = new.log and size = new.size)
begin
    select raise(abort, 'checkpoint is append-only');
end;

create trigger publication_never_updated before update on publication
begin
    select raise(abort, 'publication is append-only');
end;

create trigger publication_never_deleted before delete on publication
begin
    select raise(abort, 'publication is append-only');
end;

-- INSERT OR REPLACE deletes without firing the trigger above unless recursive_triggers is on: this one always fires.
create trigger publication_never_replaced before insert on publication
when exists (select 1 from publication where log = new.log and idx = new.idx)
begin
    select raise(abort, 'publication is append-only');
end;

create trigger register_version_never_updated before update on register_version
begin
    select raise(abort, 'register_version is append-only');
end;

create trigger register_version_never_deleted before delete on register_version
begin
    select raise(abort, 'register_version is append-only');
end;

-- INSERT OR REPLACE deletes without firing the trigger above unless recursive_triggers is on: this one always fires.
create trigger register_version_never_replaced before insert on register_version
when exists (select 1 from register_version where tenant = new.tenant and version = new.version)
begin
    select raise(abort, 'register_version is append-only');
end;

create trigger notice_never_updated before update on notice
begin
    select raise(abort, 'notice is append-only');
end;

create trigger notice_never_deleted before delete on notice
begin
    select raise(abort, 'notice is append-only');
end;

-- INSERT OR REPLACE deletes without firing the trigger above unless recursive_triggers is on: this one always fires.
create trigger notice_never_replaced before insert on notice
when exists (select 1 from notice where tenant = new.tenant and hash = new.hash)
begin
    select raise(abort, 'notice is append-only');
end;

create trigger notice_text_never_updated before update on notice_text
begin
    select raise(abort, 'notice_text is append-only');
end;

create trigger notice_text_never_deleted before delete on notice_text
begin
    select raise(abort, 'notice_text is append-only');
end;

-- INSERT OR REPLACE deletes without firing the trigger above unless recursive_triggers is on: this one always fires.
create trigger notice_text_never_replaced before insert on notice_text
when exists (select 1 from notice_text where tenant = new.tenant and hash = new.hash and language = new.language and variant = new.variant)
begin
    select raise(abort, 'notice_text is append-only');
end;

create trigger event_never_updated before update on event
when not (
    exists (select 1 from erasure where log = old.log and idx = old.idx)
    and length(new.body) = 0
    and new.log is old.log and new.idx is old.idx and new.event_id is old.event_id
    and new.subject is old.subject and new.seq is old.seq and new.body_mac is old.body_mac
)
begin
    select raise(abort, 'event is append-only');
end;

create trigger event_never_deleted before delete on event
when not exists (select 1 from erasure where log = old.log and idx = old.idx)
begin
    select raise(abort, 'event is append-only');
end;

-- INSERT OR REPLACE deletes without firing the trigger above unless recursive_triggers is on: this one always fires.
create trigger event_never_replaced before insert on event
when exists (select 1 from event where log = new.log and idx = new.idx)
    or exists (select 1 from event where log = new.log and event_id = new.event_id)
    or exists (select 1 from event where log = new.log and subject = new.subject and seq = new.seq)
begin
    select raise(abort, 'event is append-only');
end;

create trigger erased_never_updated before update on erased
begin
    select raise(abort, 'erased is append-only');
end;

create trigger erased_never_deleted before delete on erased
begin
    select raise(abort, 'erased is append-only');
end;

-- INSERT OR REPLACE deletes without firing the trigger above unless recursive_triggers is on: this one always fires.
create trigger erased_never_replaced before insert on erased
when exists (select 1 from erased where log = new.log and mark = new.mark)
begin
    select raise(abort, 'erased is append-only');
end;

-- A subject's key stays, is wrapped anew by the key of a later epoch, or is destroyed for good.
create trigger subject_key_never_replaced before update on subject
when not (
    new.key_epoch is old.key_epoch and new.wrapped_key is old.wrapped_key
    or new.key_epoch is null and new.wrapped_key is null
    or coalesce(new.key_epoch > old.key_epoch and new.wrapped_key <> old.wrapped_key, 0)
)
begin
    select raise(abort, 'the key of a subject is never replaced');
end;

-- INSERT OR REPLACE would do so without an update.
create trigger subject_never_replaced before insert on subject
when exists (
    select 1 from subject known where known.log = new.log and known.subject = new.subject and not (
        new.key_epoch is known.key_epoch and new.wrapped_key is known.wrapped_key
        or new.key_epoch is null and new.wrapped_key is null
        or coalesce(new.key_epoch > known.key_epoch and new.wrapped_key <> known.wrapped_key, 0)
    )
)
begin
    select raise(abort, 'the key of a subject is never replaced');
end;

-- A head moves forward or not at all.
create trigger log_head_never_back before update on log_head
when new.size < old.size or new.epoch < old.epoch or new.config_version < old.config_version or new.origin <> old.origin
begin
    select raise(abort, 'log_head never goes back');
end;

create trigger log_head_never_deleted before delete on log_head
begin
    select raise(abort, 'log_head is never deleted');
end;

-- INSERT OR REPLACE would set a head back without an update.
create trigger log_head_never_replaced before insert on log_head
when exists (select 1 from log_head where log = new.log)
begin
    select raise(abort, 'log_head never goes back');
end;
