-- The page at / shows how a log grew by the hour: the last checkpoint before a time is found without reading the others.
create index checkpoint_by_time on checkpoint (log, at);
