-- The last rebuild of each channel's copies, and how far it is. Offsets are those of the state topic's partitions, in their order.
create table projection_rebuild (
    channel      text primary key,
    begun_at     timestamptz not null,
    finished_at  timestamptz,
    next_offsets bigint[],              -- null: it has not looked at the topic yet
    end_offsets  bigint[],
    total        bigint not null default 0,
    done         bigint not null default 0,
    written      bigint not null default 0,
    renewed      bigint not null default 0,
    different    bigint not null default 0,
    failed       bigint not null default 0
);

grant select, insert, update on projection_rebuild to ${runtime_role};
