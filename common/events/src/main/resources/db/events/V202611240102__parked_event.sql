-- Events that could not be applied, and behind each the later ones of the same key, in their order (by id).
-- As long as a key has a row here, it is held.
create table parked_event (
    id             bigint generated always as identity primary key,
    channel        text not null,
    message_key    text,                    -- null: the record has no key, so it holds nothing
    topic          text not null,
    partition_id   integer not null,
    record_offset  bigint not null,
    header_names   text[] not null,
    header_values  bytea[] not null,
    value          bytea,                   -- null: the record has no value
    reason         text not null,           -- a code, never content
    detail         text,                    -- the class of the failure
    parked_at      timestamptz not null default now(),
    unique (channel, topic, partition_id, record_offset)
);
create index parked_event_by_key on parked_event (channel, message_key, id);

grant select, insert, delete on parked_event to ${runtime_role};
