-- By which rules the index has the resources of each type, and how far a walk is over those that it has by older ones.
create table indexed_type (
    resource_type text collate "C" primary key,
    -- by the name of a search parameter, a fingerprint of what its rows hang on
    parameters    jsonb not null,
    -- the names of those by which not all resources are indexed yet
    pending       text[] not null,
    -- the walk, by resource_key: done up to here, and to be done up to there. null: it has not begun
    done_to       bigint,
    last_key      bigint,
    done          bigint not null default 0,
    total         bigint not null default 0
);

grant select, insert, update, delete on indexed_type to ${runtime_role};
