-- Cosignatures of witnesses that came after their checkpoint was stored, as when a witness was down. Those that came in time
-- stand in the checkpoint's note. witness: the verifier key; line: the signature line of the note, without its newline.
-- Insert-only.
create table cosignature (
    log text not null,
    size integer not null,
    witness text not null,
    line text not null,
    at integer not null,
    primary key (log, size, witness)
) strict, without rowid;

create trigger cosignature_never_updated before update on cosignature
begin
    select raise(abort, 'cosignature is append-only');
end;

create trigger cosignature_never_deleted before delete on cosignature
begin
    select raise(abort, 'cosignature is append-only');
end;

-- INSERT OR REPLACE deletes without firing the trigger above unless recursive_triggers is on: this one always fires.
create trigger cosignature_never_replaced before insert on cosignature
when exists (select 1 from cosignature where log = new.log and size = new.size and witness = new.witness)
begin
    select raise(abort, 'cosignature is append-only');
end;

-- Checkpoints that had a quorum of the witnesses which were configured then: a proof is made under one of these if it can.
create table witnessed (
    log text not null,
    size integer not null,
    primary key (log, size)
) strict, without rowid;
