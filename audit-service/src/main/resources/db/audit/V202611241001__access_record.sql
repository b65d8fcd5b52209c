-- The ledger: every access of every service, as its service sealed it. Append-only: the runtime role has no other grant.
create table access_record (
    source        text not null,
    seq           bigint not null check (seq > 0),
    entry         bytea not null,       -- the exact bytes that were hashed
    previous_hash bytea not null check (length(previous_hash) = 32),
    hash          bytea not null check (length(hash) = 32),
    received_at   timestamptz not null default now(),
    primary key (source, seq)
);
alter table access_record alter column entry set storage external;
grant select, insert on access_record to ${runtime_role};

-- Numbers that were missing when a later one came. A gap is closed when the ledger has them all.
create table source_gap (
    source     text not null,
    first_seq  bigint not null,
    last_seq   bigint not null check (last_seq >= first_seq),
    noticed_at timestamptz not null default now(),
    primary key (source, first_seq, last_seq)
);
grant select, insert on source_gap to ${runtime_role};

-- What is not as it was sealed:
--   hash        the entry's own hash does not fit its bytes, its number and the hash before it
--   chain       the hash it claims to follow is not that of the entry before it
--   conflict    another entry came under a number that is taken
--   unreadable  the entry is in the ledger, and is no access that can be shown
create table source_fault (
    source     text not null,
    seq        bigint not null,
    kind       text not null check (kind in ('hash', 'chain', 'conflict', 'unreadable')),
    noticed_at timestamptz not null default now(),
    primary key (source, seq, kind)
);
grant select, insert on source_fault to ${runtime_role};

-- Records of the topic that are no sealed entry at all.
create table unreadable_record (
    topic         text not null,
    partition_id  integer not null,
    record_offset bigint not null,
    value         bytea,
    noticed_at    timestamptz not null default now(),
    primary key (topic, partition_id, record_offset)
);
grant select, insert on unreadable_record to ${runtime_role};

-- How far each partition has been taken in, by the transaction that took it in.
create table ingest_progress (
    topic        text not null,
    partition_id integer not null,
    next_offset  bigint not null,
    primary key (topic, partition_id)
);
grant select, insert, update on ingest_progress to ${runtime_role};
