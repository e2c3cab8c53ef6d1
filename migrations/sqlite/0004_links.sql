-- Links on which a person answers on their own phone. token: SHA-256 of the secret in the address. body: JSON of the subject,
-- the notice and what is asked. Answers are events; their ids follow from the token, so that each question is answered once.
create table link (
    token blob not null,
    log text not null,
    link text not null,
    body text not null,
    created_at integer not null,
    expires_at integer not null,
    revoked_at integer,
    primary key (token),
    unique (log, link)
) strict, without rowid;
