-- A log that was closed, because entries of it were lost or contradict what was signed, and the log that goes on in its
-- place. kept: how many of its leaves the database held then.
create table log_succession (
    log text not null,
    tenant text not null,
    successor text not null,
    kept bigint not null,
    at bigint not null,
    primary key (log),
    unique (successor)
);

create index log_succession_by_tenant on log_succession (tenant, at);

create trigger log_succession_never_updated before update on log_succession
begin
    select raise(abort, 'log_succession is append-only');
end;

create trigger log_succession_never_deleted before delete on log_succession
begin
    select raise(abort, 'log_succession is append-only');
end;

-- INSERT OR REPLACE deletes without firing the trigger above unless recursive_triggers is on: this one always fires.
create trigger log_succession_never_replaced before insert on log_succession
when exists (select 1 from log_succession where log = new.log or successor = new.successor)
begin
    select raise(abort, 'log_succession is append-only');
end;

-- Tasks of a closed log go on in its successor, which is the only change of their log.
drop trigger takedown_never_changed;

create trigger takedown_never_changed before update on takedown
when not (
    (new.log is old.log or exists (select 1 from log_succession where log = old.log and successor = new.log))
    and new.id is old.id and new.asset is old.asset and new.surface is old.surface and new.ref is old.ref
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
