-- What a service keeps beside the outbox, as far as the relay's tests need it: a head to lock, and the versions.
create table trial_head (
    resource_id text primary key,
    version_id  bigint not null
);
create table trial_version (
    resource_id  text not null,
    version_id   bigint not null,
    last_updated timestamptz not null,
    content      bytea not null,
    primary key (resource_id, version_id)
);
grant select, insert, update on trial_head, trial_version to ${runtime_role};

-- What a consumer makes of the events it gets.
create table trial_copy (
    resource_id text primary key,
    version_id  bigint not null,
    is_deleted  boolean not null,
    changes     integer not null default 1
);
grant select, insert, update on trial_copy to ${runtime_role};
