-- The page at / shows how a log grew by the hour: the last checkpoint before a time is found without reading the others.
create index checkpoint_by_time on checkpoint (log, at);

-- A picture can have 500 people at each of 20 places: whether a task is open is looked up by person, too.
create index takedown_by_person on takedown (log, asset, surface, ref, (coalesce(subject, '')));
