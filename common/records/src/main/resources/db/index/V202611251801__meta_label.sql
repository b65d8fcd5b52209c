-- The profiles, security labels and tags that resources of a type have had, each once: what $meta of a type tells.
create table meta_label (
    resource_type text not null,
    element       text not null check (element in ('profile', 'security', 'tag')),
    -- of a profile: empty
    system        text not null,
    -- of a profile: its URL
    code          text not null,
    display       text,
    -- stands for the three before, which an index may find too long
    label_key     text not null generated always as (md5(element || '|' || length(system) || '|' || system || '|' || code)) stored,
    primary key (resource_type, label_key)
);

grant select, insert on meta_label to ${runtime_role};
