-- Which versions the sealed entries name, up to reconciliation.next_seq: made from the journal by the reconciliation, and
-- made anew by a full one. It proves nothing; it is what the history is compared with.
create table recorded_version (
    resource_key bigint not null,
    version_id   bigint not null,
    primary key (resource_key, version_id)
);
grant select, insert, truncate on recorded_version to ${runtime_role};

-- How far it is, who wants one, and how the last one ended.
create table reconciliation (
    only_row            boolean primary key default true check (only_row),
    next_seq            bigint not null default 1,
    -- runs are numbered; one is due when a later one is wanted
    run                 bigint not null default 0,
    wanted_run          bigint not null default 0,
    wanted_full         boolean not null default false,
    is_full             boolean not null default false,
    begun_at            timestamptz not null default now(),
    finished_at         timestamptz not null default now(),
    first_seq           bigint not null default 1,
    versions            bigint not null default 0,
    -- found in the journal since the last full one, which reads all of it again
    journal_differences bigint not null default 0,
    journal_differing   text[] not null default '{}',
    differences         bigint not null default 0,
    differing           text[] not null default '{}'
);
insert into reconciliation default values;
grant select, update on reconciliation to ${runtime_role};
