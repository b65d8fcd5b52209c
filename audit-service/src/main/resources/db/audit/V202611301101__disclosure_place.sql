-- Up to where it is in the log which events a consumer group outside of Carelog was handed: the place is moved by the
-- transaction that tells of it. No part of the ledger.
create table disclosure_place (
    group_id     text not null,
    topic        text not null,
    partition_id integer not null,
    next_offset  bigint not null,
    primary key (group_id, topic, partition_id)
);
grant select, insert, update, delete on disclosure_place to ${runtime_role};

-- Of which members of these groups it is in the log that they read a topic, as long as they are members.
create table disclosure_session (
    group_id text not null,
    session  text not null,
    topic    text not null,
    primary key (group_id, session, topic)
);
grant select, insert, delete on disclosure_session to ${runtime_role};
