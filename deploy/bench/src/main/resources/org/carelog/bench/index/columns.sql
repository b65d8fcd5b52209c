-- A table a type, with a column a parameter: values where there is one at most, arrays where there may be several.

--: schema
create table resource (
    resource_key bigint primary key, resource_type text not null, resource_id text not null,
    version_id bigint not null, last_updated timestamptz not null, is_deleted boolean not null, patient_id text);
create table observation (
    resource_key bigint primary key, last_updated timestamptz not null, status bigint not null,
    category bigint[] not null, code bigint[] not null, subject bigint, encounter bigint, performer bigint[] not null,
    date_low bigint, date_high bigint);

--: write
insert into resource select key, 'Observation', key::text, 1, now(), false, patient::text from fact where ${which};
insert into observation
select key, now(), status, array[category], array[code], patient, patient * 8 + visit, array[performer], at, at + 1000
from fact where ${which};

--: index
set maintenance_work_mem = '512MB';
create unique index on resource (resource_type, resource_id);
create index on resource (patient_id, resource_type, resource_key) where not is_deleted and patient_id is not null;
create index on observation (last_updated, resource_key);
create index on observation (status, resource_key);
create index on observation (subject, date_low desc, resource_key);
create index on observation (encounter, resource_key);
create index on observation (date_low desc, resource_key);
create index on observation (date_high desc, resource_key);
create index on observation using gin (category) with (fastupdate = on, gin_pending_list_limit = 64);
create index on observation using gin (code) with (fastupdate = on, gin_pending_list_limit = 64);
create index on observation using gin (performer) with (fastupdate = on, gin_pending_list_limit = 64);

--: patient, category and code, newest 20
select resource_key from observation
where subject = :patient and category @> array[:category] and code @> array[:code]
order by date_low desc, resource_key limit 20

--: patient, newest 20
select resource_key from observation where subject = :patient order by date_low desc, resource_key limit 20

--: laboratory (60 %), first 20
select resource_key from observation where category @> array[0::bigint] order by resource_key limit 20

--: laboratory (60 %), newest 20
select resource_key from observation where category @> array[0::bigint] order by date_low desc, resource_key limit 20

--: code in a month, newest 20
select resource_key from observation
where code @> array[:code] and date_low >= :at and date_low < :at + 2678400000
order by date_low desc, resource_key limit 20

--: rare code and performer, first 20
select resource_key from observation
where code @> array[:rare] and performer @> array[:performer] order by resource_key limit 20

--: laboratory (60 %), exact number
select count(*) from observation where category @> array[0::bigint]
