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
);

-- The people in an asset.
create table asset_subject (
    log text not null,
    asset text not null,
    subject text not null,
    primary key (log, asset, subject)
);

-- The places where an asset is used. ref: the tenant's own code of the place.
create table asset_place (
    log text not null,
    asset text not null,
    surface text not null,
    ref text not null,
    primary key (log, asset, surface, ref)
);

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
    idx bigint not null,
    opened_at bigint not null,
    due_at bigint not null,
    done_at bigint,
    done_by text,
    evidence text,
    primary key (log, id)
);

create index asset_by_campaign on asset (log, campaign, asset);
create index asset_subject_by_subject on asset_subject (log, subject, asset);
create index takedown_by_due on takedown (log, due_at, id);
create index takedown_open_by_due on takedown (log, due_at, id) where done_at is null;
create index takedown_by_place on takedown (log, asset, surface, ref);

create function refuse_takedown_change() returns trigger language plpgsql as $$
begin
    if (new.log, new.id, new.asset, new.surface, new.ref, new.cause, new.reason, new.idx, new.opened_at, new.due_at)
        is distinct from
        (old.log, old.id, old.asset, old.surface, old.ref, old.cause, old.reason, old.idx, old.opened_at, old.due_at)
        or (new.subject is distinct from old.subject and new.subject is not null)
        or ((new.done_at, new.done_by, new.evidence) is distinct from (old.done_at, old.done_by, old.evidence)
            and (old.done_at is not null or new.done_at is null or new.done_by is null or new.evidence is null))
    then
        raise exception 'a takedown is done once and never changed' using errcode = 'restrict_violation';
    end if;
    return new;
end $$;

create trigger takedown_never_changed before update on takedown for each row execute function refuse_takedown_change();
create trigger takedown_never_deleted before delete on takedown for each row execute function refuse_change();
create trigger takedown_never_truncated before truncate on takedown for each statement execute function refuse_change();
revoke truncate on takedown from public;
