-- The hash of a log's newest leaf stands in its head: a position names it, so that a token of one history does not pass
-- for one of another that has as many leaves.
alter table log_head add column last_leaf bytea;

update log_head set last_leaf =
    (select leaf_hash from leaf where leaf.log = log_head.log and leaf.idx = log_head.size - 1)
where size > 0;

-- The log anchor keeps the pseudonyms of the subjects that it keeps events of.
create index pseudonym_by_subject on pseudonym (log, subject);
