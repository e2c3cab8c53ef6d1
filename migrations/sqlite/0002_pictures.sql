-- Pictures, film and sound: who is in an asset, where it is used, and which places must be cleared. Campaigns are public
-- leaves, in `publication`.

-- An asset of the tenant, by the tenant's own code. medium: null if it may be any of the campaign's.
create table asset (
    log text not null,
    asset text not null,
    sha256 text not null,
    campaign text not null,
    purpose text not null,
    medium text,
    primary key (log, asset)
) strict, without rowid;

-- The people in an asset.
create table asset_subject (
    log text not null,
    asset text not null,
    subject text not null,
    primary key (log, asset, subject)
) strict, without rowid;

-- The places where an asset is used. ref: the tenant's own code of the place.
create table asset_place (
    log text not null,
    asset text not null,
    surface text not null,
    ref text not null,
    primary key (log, asset, surface, ref)
) strict, without rowid;

-- A place of use that must be cleared. Written in the transaction of the event that causes it, or by the worker that follows
-- the ends of campaigns. subject and reason: null if the cause is about no single person. idx: the leaf that caused it.
-- It stays as it is but for two changes: it is done, once, with evidence; and an erasure takes the subject away.
create table takedown (
    log text not null,
    id text not null,
    asset text not null,
    surface text not null,
    ref text not null,
    cause text not null,
    subject text,
    reason text,
    idx integer not null,
    opened_at integer not null,
    due_at integer not null,
    done_at integer,
    done_by text,
    evidence text,
    primary key (log, id)
) strict, without rowid;

create index asset_by_campaign on asset (log, campaign, asset);
create index asset_subject_by_subject on asset_subject (log, subject, asset);
create index takedown_by_due on takedown (log, due_at, id);
create index takedown_open_by_due on takedown (log, due_at, id) where done_at is null;
create index takedown_by_place on takedown (log, asset, surface, ref);

create trigger takedown_never_changed before update on takedown
when not (
    new.log is old.log and new.id is old.id and new.asset is old.asset and new.surface is old.surface and new.ref is old.ref
    and new.cause is old.cause and new.reason is old.reason and new.idx is old.idx
    and new.opened_at is old.opened_at and new.due_at is old.due_at
    and (new.subject is old.subject or new.subject is null)
    and (
        new.done_at is old.done_at and new.done_by is old.done_by and new.evidence is old.evidence
        or old.done_at is null and new.done_at is not null and new.done_by is not null and new.evidence is not null
    )
)
begin
    select raise(abort, 'a takedown is done once and never changed');
end;

create trigger takedown_never_deleted before delete on takedown
begin
    select raise(abort, 'a takedown is never deleted');
end;

-- INSERT OR REPLACE deletes without firing the trigger above unless recursive_triggers is on: this one always fires.
create trigger takedown_never_replaced before insert on takedown
when exists (select 1 from takedown where log = new.log and id = new.id)
begin
    select raise(abort, 'a takedown is done once and never changed');
end;
