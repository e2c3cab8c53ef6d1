-- Cosignatures of witnesses that came after their checkpoint was stored, as when a witness was down. Those that came in time
-- stand in the checkpoint's note. witness: the verifier key; line: the signature line of the note, without its newline.
-- Insert-only.
create table cosignature (
    log text not null,
    size bigint not null,
    witness text not null,
    line text not null,
    at bigint not null,
    primary key (log, size, witness)
);

create trigger cosignature_never_updated before update on cosignature for each row execute function refuse_change();
create trigger cosignature_never_deleted before delete on cosignature for each row execute function refuse_change();
create trigger cosignature_never_truncated before truncate on cosignature for each statement execute function refuse_change();
revoke update, truncate on cosignature from public;

-- Checkpoints that had a quorum of the witnesses which were configured then: a proof is made under one of these if it can.
create table witnessed (
    log text not null,
    size bigint not null,
    primary key (log, size)
);
