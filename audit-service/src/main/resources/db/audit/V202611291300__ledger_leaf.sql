-- The leaves of the ledger's Merkle tree (docs/audit.md): what is in it for ever, in its order. Append-only: the runtime
-- role has no other grant.
create table ledger_leaf (
    leaf_index bigint primary key check (leaf_index >= 0),
    kind       text not null check (kind in ('access', 'gap', 'fault')),
    source     text not null,
    seq        bigint not null,     -- of the access; of the first that is missing; of the one that is not as it was sealed
    canonical  bytea not null,      -- the exact bytes whose hash the leaf is: ids, codes, times and a commitment
    salt       bytea not null       -- of the commitment to the rest of an access; empty: there is none, or it was erased
);
alter table ledger_leaf alter column canonical set storage external;
create unique index ledger_leaf_access on ledger_leaf (source, seq) where kind = 'access';
grant select, insert on ledger_leaf to ${runtime_role};

-- The hashes of complete subtrees, leaves (level 0) included: 2^level leaves from position * 2^level on. They never change.
create table ledger_hash (
    level    smallint not null check (level between 0 and 62),
    position bigint not null check (position >= 0),
    hash     bytea not null check (length(hash) = 32),
    primary key (level, position)
);
grant select, insert on ledger_hash to ${runtime_role};
