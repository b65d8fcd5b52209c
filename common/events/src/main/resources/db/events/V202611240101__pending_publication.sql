-- Committed versions that are not yet known to be on the topic: pointers into the history, nothing more.
-- Usually all but empty. id is drawn while the writer holds the lock of the resource's head, so within one
-- snapshot the order by id is the order of the versions of a resource, and the order of what one writer saw of another.
create table pending_publication (
    id            bigint generated always as identity primary key,
    resource_type text not null,
    resource_id   text not null,
    version_id    bigint not null check (version_id > 0),
    change        text not null check (change in ('created', 'updated', 'deleted')),
    message_key   text not null,
    added_at      timestamptz not null default now(),
    unique (resource_type, resource_id, version_id)
) with (
    -- Every row lives for milliseconds: clean up by count, not by share of a table that is empty most of the time.
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0,
    autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 50000
);

grant select, insert, delete on pending_publication to ${runtime_role};
