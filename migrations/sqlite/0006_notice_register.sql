-- The version of the register that a notice was stored for, of the last time it was stored: its words tell of what the
-- purposes were then. Bookkeeping, not evidence, so the row may change.
create table notice_register (
    tenant text not null,
    hash text not null,
    register integer not null,
    primary key (tenant, hash)
) strict, without rowid;
