-- Objections that the controller has not decided (GDPR Art. 21(1), 12(3)), written and deleted in the transaction of the
-- event that raises or ends them. A copy of what the subjects' states say, so that a list reads no states.
-- scope: canonical JSON. due_on: a civil day. overdue_from: the first instant after it in Stockholm.
create table open_objection (
    log text not null,
    subject text not null,
    purpose text not null,
    scope text not null,
    received_at bigint not null,
    due_on text not null,
    overdue_from bigint not null,
    primary key (log, subject, purpose, scope)
);

create index open_objection_by_due on open_objection (log, purpose, overdue_from, subject, scope);

-- Who is a guardian of whom, as the subjects' states say. It is asked first when somebody names a child: the answer for a
-- child of others and for no child at all is the same missing row.
create table guardian_of (
    log text not null,
    guardian text not null,
    subject text not null,
    primary key (log, guardian, subject)
);
