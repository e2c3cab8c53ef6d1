-- A checkpoint that had its quorum had it: nobody takes that back.
create trigger witnessed_never_updated before update on witnessed for each row execute function refuse_change();
create trigger witnessed_never_deleted before delete on witnessed for each row execute function refuse_change();
create trigger witnessed_never_truncated before truncate on witnessed for each statement execute function refuse_change();
revoke update, truncate on witnessed from public;
