-- Which subjects were merged into which, as the subjects' states say: a state knows its survivor only, and a withdrawal by
-- the survivor must find the pictures that name the others. The transaction of each link and unmerge maintains it.
create table merged_subject (
    log text not null,
    survivor text not null,
    subject text not null,
    primary key (log, survivor, subject)
) strict, without rowid;

-- A guardian who comes with one of their subjects is found by another.
create index merged_subject_by_subject on merged_subject (log, subject);

insert into merged_subject (log, survivor, subject)
select log, json_extract(state, '$.m'), subject from subject where json_extract(state, '$.m') is not null;

-- The people in an asset, instead of asset_subject. since: when the person was recorded with the asset as it is; Unix
-- milliseconds, 0 for before this migration. A task that was done before is not about it.
create table asset_person (
    log text not null,
    asset text not null,
    subject text not null,
    since integer not null,
    primary key (log, asset, subject)
) strict, without rowid;

-- The places where an asset is used, instead of asset_place. ref: the tenant's own code of the place. since: as above.
create table asset_use (
    log text not null,
    asset text not null,
    surface text not null,
    ref text not null,
    since integer not null,
    primary key (log, asset, surface, ref)
) strict, without rowid;

insert into asset_person (log, asset, subject, since) select log, asset, subject, 0 from asset_subject;
insert into asset_use (log, asset, surface, ref, since) select log, asset, surface, ref, 0 from asset_place;
drop table asset_subject;
drop table asset_place;

create index asset_person_by_subject on asset_person (log, subject, asset);

-- The pictures of every tenant with a campaign are judged once a day: a permission may end by time alone.
insert into outbox (log, id, kind, due_at, payload, attempts)
select distinct log, 'assets.daily.0', 'assets.judge', 0, '{}', 0 from publication where kind = 'campaign.published';
