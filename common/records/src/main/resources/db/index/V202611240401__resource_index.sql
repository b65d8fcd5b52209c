-- What a resource is searched by, beside its head in db/records. Only live resources have rows here.
-- "parameter" is a number made of the resource type and the parameter's name: see SearchParameter.key().

create table resource_token (
    resource_key bigint primary key,
    -- 64-bit hashes of every token, reference and presence, sorted
    tokens       bigint[] not null,
    -- parameter -> [first code, last code], for sorting only
    codes        jsonb not null
);
-- Without fastupdate: its pending list would be read by every search until a vacuum, or a writer in bad luck, empties it.
create index resource_token_tokens on resource_token using gin (tokens) with (fastupdate = off);
-- the planner must tell a rare hash from a common one
alter table resource_token alter column tokens set statistics 1000;

create table resource_string (
    resource_key bigint not null,
    parameter    integer not null,
    is_first     boolean not null,
    is_last      boolean not null,
    normalised   text collate "C" not null,
    exact        text collate "C" not null
);
create index resource_string_resource on resource_string (resource_key, parameter);
-- the first 100 characters: an index entry has a largest size, and names stay far below it
create index resource_string_value on resource_string (parameter, left(normalised, 100), resource_key);

create table resource_date (
    resource_key bigint not null,
    -- milliseconds since 1970 UTC, from low until before high; the least and the greatest bigint: open
    low          bigint not null,
    high         bigint not null,
    parameter    integer not null,
    is_first     boolean not null,
    is_last      boolean not null
);
create index resource_date_resource on resource_date (resource_key, parameter);
create index resource_date_low on resource_date (parameter, low, resource_key);
create index resource_date_high on resource_date (parameter, high, resource_key);

create table resource_reference (
    resource_key bigint not null,
    parameter    integer not null,
    target_type  text collate "C" not null,
    target_id    text collate "C" not null
);
create index resource_reference_resource on resource_reference (resource_key, parameter);
create index resource_reference_target on resource_reference (target_id, parameter, resource_key);

-- the orders in which heads are walked
create index resource_by_type on resource (resource_type, resource_key) where not is_deleted;
create index resource_by_patient on resource (patient_id, resource_type, resource_key)
    where not is_deleted and patient_id is not null;
create index resource_by_time on resource (resource_type, last_updated, resource_key) where not is_deleted;

grant select, insert, update, delete on resource_token, resource_string, resource_date, resource_reference
    to ${runtime_role};
