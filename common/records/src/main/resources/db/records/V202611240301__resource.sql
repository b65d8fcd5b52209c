-- The head of each resource, owned or projected: one row per type and id.
create table resource (
    resource_key  bigint generated always as identity primary key,
    resource_type text not null,
    resource_id   text not null,
    version_id    bigint not null,
    last_updated  timestamptz not null,
    is_deleted    boolean not null,
    patient_id    text,
    unique (resource_type, resource_id)
);
create index resource_last_updated on resource (resource_type, last_updated, resource_key);
create index resource_patient on resource (patient_id, resource_type, resource_key) where patient_id is not null;

-- History: every version, as clients receive it. Nothing here is ever changed.
create table resource_version (
    resource_key  bigint not null,
    version_id    bigint not null,
    resource_type text not null,
    change        text not null check (change in ('created', 'updated', 'deleted')),
    last_updated  timestamptz not null,
    patient_id    text,
    content       bytea not null,
    primary key (resource_key, version_id)
);
create index resource_version_type_history on resource_version (resource_type, last_updated, resource_key, version_id);

grant select, insert, update on resource to ${runtime_role};
grant select, insert on resource_version to ${runtime_role};
