-- What the ledger has signed of itself: a checkpoint of a size, once. Append-only: the runtime role has no other grant.
create table ledger_checkpoint (
    tree_size bigint primary key check (tree_size > 0),
    note      text not null,        -- C2SP tlog-checkpoint, signed by the log
    signed_at timestamptz not null default now()
);
grant select, insert on ledger_checkpoint to ${runtime_role};
