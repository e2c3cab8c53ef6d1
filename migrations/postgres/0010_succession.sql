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

create trigger log_succession_never_updated before update on log_succession for each row execute function refuse_change();
create trigger log_succession_never_deleted before delete on log_succession for each row execute function refuse_change();
create trigger log_succession_never_truncated before truncate on log_succession for each statement execute function refuse_change();
revoke update, truncate on log_succession from public;

-- Tasks of a closed log go on in its successor, which is the only change of their log.
create or replace function refuse_takedown_change() returns trigger language plpgsql as $$
begin
    if (new.id, new.asset, new.surface, new.ref, new.cause, new.reason, new.idx, new.opened_at, new.due_at)
        is distinct from
        (old.id, old.asset, old.surface, old.ref, old.cause, old.reason, old.idx, old.opened_at, old.due_at)
        or (new.log <> old.log
            and not exists (select 1 from log_succession where log = old.log and successor = new.log))
        or (new.subject is distinct from old.subject and new.subject is not null)
        or ((new.done_at, new.done_by, new.evidence) is distinct from (old.done_at, old.done_by, old.evidence)
            and (old.done_at is not null or new.done_at is null or new.done_by is null or new.evidence is null))
    then
        raise exception 'a takedown is done once and never changed' using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
