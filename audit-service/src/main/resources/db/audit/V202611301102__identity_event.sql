-- Up to when it is in the log what Keycloak tells of users and of its administration, and the ids of what is not long before
-- that, which is read again: moved by the transaction that tells of it. No part of the ledger.
create table identity_place (
    kind  text primary key check (kind in ('events', 'admin-events')),
    place timestamptz not null
);
insert into identity_place (kind, place) values ('events', 'epoch'), ('admin-events', 'epoch');
grant select, update on identity_place to ${runtime_role};

create table identity_event (
    kind     text not null references identity_place,
    event_id text not null,
    at       timestamptz not null,
    primary key (kind, event_id)
);
grant select, insert, delete on identity_event to ${runtime_role};
