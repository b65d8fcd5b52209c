-- A row a value, hashed with and without its system, as HAPI FHIR JPA does; references and dates in tables of their own.

--: schema
create table resource (
    resource_key bigint primary key, resource_type text not null, resource_id text not null,
    version_id bigint not null, last_updated timestamptz not null, is_deleted boolean not null, patient_id text);
create table value_row (resource_key bigint not null, of_system bigint not null, of_any bigint not null);
create table link_row (resource_key bigint not null, parameter integer not null, target bigint not null);
create table date_row (resource_key bigint not null, low bigint not null, high bigint not null, parameter integer not null);
create function token(parameter text, value bigint) returns bigint immutable strict parallel safe language sql
    return hashtextextended(parameter || '|' || value, 0);

--: write
insert into resource select key, 'Observation', key::text, 1, now(), false, patient::text from fact where ${which};
insert into value_row
select key, token('system|' || parameter, value), token(parameter, value)
from fact, lateral (values ('status', status), ('category', category), ('code', code)) v(parameter, value)
where ${which};
insert into link_row
select key, parameter, target
from fact, lateral (values (1, patient), (2, patient * 8 + visit), (3, performer)) v(parameter, target)
where ${which};
insert into date_row select key, at, at + 1000, 1 from fact where ${which};

--: index
set maintenance_work_mem = '512MB';
create unique index on resource (resource_type, resource_id);
create index on resource (resource_type, resource_key) where not is_deleted;
create index on resource (patient_id, resource_type, resource_key) where not is_deleted and patient_id is not null;
create index on resource (resource_type, last_updated, resource_key) where not is_deleted;
create index on value_row (resource_key);
create index on value_row (of_system, resource_key);
create index on value_row (of_any, resource_key);
create index on link_row (resource_key);
create index on link_row (target, parameter, resource_key);
create index on date_row (resource_key, parameter);
create index on date_row (parameter, low, resource_key);
create index on date_row (parameter, high, resource_key);

--: patient, category and code, newest 20
select r.resource_key from resource r join date_row d on d.resource_key = r.resource_key and d.parameter = 1
where r.resource_type = 'Observation' and not r.is_deleted
  and exists (select from link_row l where l.resource_key = r.resource_key and l.parameter = 1 and l.target = :patient)
  and exists (select from value_row v where v.resource_key = r.resource_key and v.of_any = token('category', :category))
  and exists (select from value_row v where v.resource_key = r.resource_key and v.of_any = token('code', :code))
order by d.low desc, r.resource_key limit 20

--: patient, newest 20
select r.resource_key from resource r join date_row d on d.resource_key = r.resource_key and d.parameter = 1
where r.resource_type = 'Observation' and not r.is_deleted
  and exists (select from link_row l where l.resource_key = r.resource_key and l.parameter = 1 and l.target = :patient)
order by d.low desc, r.resource_key limit 20

--: laboratory (60 %), first 20
select r.resource_key from resource r
where r.resource_type = 'Observation' and not r.is_deleted
  and exists (select from value_row v where v.resource_key = r.resource_key and v.of_any = token('category', 0))
order by r.resource_key limit 20

--: laboratory (60 %), newest 20
select r.resource_key from resource r join date_row d on d.resource_key = r.resource_key and d.parameter = 1
where r.resource_type = 'Observation' and not r.is_deleted
  and exists (select from value_row v where v.resource_key = r.resource_key and v.of_any = token('category', 0))
order by d.low desc, r.resource_key limit 20

--: code in a month, newest 20
select r.resource_key from resource r join date_row d on d.resource_key = r.resource_key and d.parameter = 1
where r.resource_type = 'Observation' and not r.is_deleted
  and exists (select from value_row v where v.resource_key = r.resource_key and v.of_any = token('code', :code))
  and exists (select from date_row x where x.resource_key = r.resource_key and x.parameter = 1
              and x.low >= :at and x.low < :at + 2678400000)
order by d.low desc, r.resource_key limit 20

--: rare code and performer, first 20
select r.resource_key from resource r
where r.resource_type = 'Observation' and not r.is_deleted
  and exists (select from value_row v where v.resource_key = r.resource_key and v.of_any = token('code', :rare))
  and exists (select from link_row l where l.resource_key = r.resource_key and l.parameter = 3 and l.target = :performer)
order by r.resource_key limit 20

--: laboratory (60 %), exact number
select count(*) from resource r
where r.resource_type = 'Observation' and not r.is_deleted
  and exists (select from value_row v where v.resource_key = r.resource_key and v.of_any = token('category', 0))
