-- Every access to this service, as the exact bytes that are hashed, shipped and kept.
-- entry_no says nothing about order: the order is that of the seals.
create table audit_entry (
    entry_no bigint generated always as identity primary key,
    entry    bytea not null
);
-- Entries are JSON of a few hundred bytes: not worth compressing, and read whole.
alter table audit_entry alter column entry set storage external;
grant select, insert on audit_entry to ${runtime_role};

-- Committed entries that are in no seal yet: pointers that live for milliseconds.
create table audit_unsealed (
    entry_no bigint primary key
) with (
    -- clean up by count, not by share of a table that is empty most of the time
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0
);
grant select, insert, delete on audit_unsealed to ${runtime_role};

-- The dense sequence: entry_nos[1] has the number first_seq, and so on. Each entry's hash covers the one before it
-- (docs/audit.md); here stand the hash before the first entry and that of the last one.
create table audit_seal (
    first_seq     bigint primary key check (first_seq > 0),
    entry_nos     bigint[] not null check (cardinality(entry_nos) > 0),
    previous_hash bytea not null check (length(previous_hash) = 32),
    hash          bytea not null check (length(hash) = 32),
    sealed_at     timestamptz not null default now()
);
grant select, insert on audit_seal to ${runtime_role};

-- How far the sequence is known to be on the topic: the number of the first entry that is not.
create table audit_shipped (
    only_row boolean primary key default true check (only_row),
    next_seq bigint not null
);
insert into audit_shipped (next_seq) values (1);
grant select, update on audit_shipped to ${runtime_role};
