-- The numbers by which live resources are found. "parameter" is as in the other tables of the index.
create table resource_quantity (
    resource_key  bigint not null,
    parameter     integer not null,
    is_first      boolean not null,
    is_last       boolean not null,
    -- as the resource has it; a number that is no range is both. -Infinity and Infinity: open
    low           numeric not null,
    high          numeric not null,
    -- a hash of what it is measured in: base units, or a system and its code. 0: it has no unit
    measure       bigint not null,
    -- the same in base units
    measured_low  numeric not null,
    measured_high numeric not null,
    -- hashes of the unit's code and of its name, whatever system they are of. 0: none
    code          bigint not null,
    unit          bigint not null,
    -- of a composite: hashes of what else is in the same occurrence
    beside        bigint[] not null
);
create index resource_quantity_resource on resource_quantity (resource_key, parameter);
create index resource_quantity_low on resource_quantity (parameter, low, resource_key);
create index resource_quantity_measured on resource_quantity (parameter, measured_low, resource_key);

grant select, insert, update, delete on resource_quantity to ${runtime_role};
