-- The trace in which a version was written, a header of its event; null: written before there were any.
alter table pending_publication add column traceparent text;

-- Marks of resources whose state is not yet known to be on the state topic: a resource may have several. What is
-- published is how the resource is when it is read, so neither the order nor the number of marks matters.
create table pending_state (
    id            bigint generated always as identity primary key,
    resource_type text not null,
    resource_id   text not null,
    version_id    bigint,                   -- whose event is published; null: the walk has come by
    traceparent   text
) with (
    -- as pending_publication
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0,
    autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 50000
);

-- Whoever takes versions off the outbox marks their resources by that, a relay of the release before too.
create function mark_pending_state() returns trigger language plpgsql as $$
begin
    insert into pending_state (resource_type, resource_id, version_id, traceparent)
    select resource_type, resource_id, version_id, traceparent from published;
    return null;
end
$$;
create trigger mark_pending_state after delete on pending_publication
    referencing old table as published
    for each statement execute function mark_pending_state();

-- How far the walk has come that marks once what was there before the state topic was.
create table state_walk (
    is_the_one boolean primary key default true check (is_the_one),
    place      bigint not null default 0,
    is_done    boolean not null default false
);
insert into state_walk default values;

grant select, insert, delete on pending_state to ${runtime_role};
grant select, update on state_walk to ${runtime_role};
