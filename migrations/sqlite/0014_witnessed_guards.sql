-- A checkpoint that had its quorum had it: nobody takes that back.
create trigger witnessed_never_updated before update on witnessed
begin
    select raise(abort, 'witnessed is append-only');
end;

create trigger witnessed_never_deleted before delete on witnessed
begin
    select raise(abort, 'witnessed is append-only');
end;

-- INSERT OR REPLACE deletes without firing the trigger above unless recursive_triggers is on: this one always fires.
create trigger witnessed_never_replaced before insert on witnessed
when exists (select 1 from witnessed where log = new.log and size = new.size)
begin
    select raise(abort, 'witnessed is append-only');
end;
