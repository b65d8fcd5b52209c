-- One row a resource, with its tokens hashed into an array under one GIN index: what Carelog does (docs/adr/0002).

--: schema
create table resource (
    resource_key bigint primary key, resource_type text not null, resource_id text not null,
    version_id bigint not null, last_updated timestamptz not null, is_deleted boolean not null, patient_id text);
create table resource_token (resource_key bigint primary key, tokens bigint[] not null);
create table resource_date (
    resource_key bigint not null, low bigint not null, high bigint not null, parameter integer not null);
create function token(parameter text, value bigint) returns bigint immutable strict parallel safe language sql
    return hashtextextended(parameter || '|' || value, 0);

--: write
insert into resource select key, 'Observation', key::text, 1, now(), false, patient::text from fact where ${which};
insert into resource_token
select key, array[
    token('status', status), token('category', category), token('code', code),
    token('system|status', status), token('system|category', category), token('system|code', code),
    token('subject', patient), token('encounter', patient * 8 + visit), token('performer', performer),
    token('has', 1), token('has', 2), token('has', 3), token('has', 4), token('has', 5), token('has', 6)]
from fact where ${which};
insert into resource_date select key, at, at + 1000, 1 from fact where ${which};

--: index
set maintenance_work_mem = '512MB';
create unique index on resource (resource_type, resource_id);
create index on resource (resource_type, resource_key) where not is_deleted;
create index on resource (patient_id, resource_type, resource_key) where not is_deleted and patient_id is not null;
create index on resource (resource_type, last_updated, resource_key) where not is_deleted;
create index on resource_token using gin (tokens) with (fastupdate = on, gin_pending_list_limit = 64);
alter table resource_token alter column tokens set statistics 1000;
create index on resource_date (resource_key, parameter);
create index on resource_date (parameter, low, resource_key);
create index on resource_date (parameter, high, resource_key);

--: patient, category and code, newest 20
select r.resource_key from resource r join resource_date d on d.resource_key = r.resource_key and d.parameter = 1
where r.resource_type = 'Observation' and not r.is_deleted
  and exists (select from resource_token t where t.resource_key = r.resource_key
              and t.tokens @> array[token('subject', :patient), token('category', :category), token('code', :code)])
order by d.low desc, r.resource_key limit 20

--: patient, newest 20
select r.resource_key from resource r join resource_date d on d.resource_key = r.resource_key and d.parameter = 1
where r.resource_type = 'Observation' and not r.is_deleted
  and exists (select from resource_token t where t.resource_key = r.resource_key
              and t.tokens @> array[token('subject', :patient)])
order by d.low desc, r.resource_key limit 20

--: laboratory (60 %), first 20
select r.resource_key from resource r
where r.resource_type = 'Observation' and not r.is_deleted
  and exists (select from resource_token t where t.resource_key = r.resource_key
              and t.tokens @> array[token('category', 0)])
order by r.resource_key limit 20

--: laboratory (60 %), newest 20
select r.resource_key from resource r join resource_date d on d.resource_key = r.resource_key and d.parameter = 1
where r.resource_type = 'Observation' and not r.is_deleted
  and exists (select from resource_token t where t.resource_key = r.resource_key
              and t.tokens @> array[token('category', 0)])
order by d.low desc, r.resource_key limit 20

--: code in a month, newest 20
select r.resource_key from resource r join resource_date d on d.resource_key = r.resource_key and d.parameter = 1
where r.resource_type = 'Observation' and not r.is_deleted
  and exists (select from resource_token t where t.resource_key = r.resource_key
              and t.tokens @> array[token('code', :code)])
  and exists (select from resource_date x where x.resource_key = r.resource_key and x.parameter = 1
              and x.low >= :at and x.low < :at + 2678400000)
order by d.low desc, r.resource_key limit 20

--: rare code and performer, first 20
select r.resource_key from resource r
where r.resource_type = 'Observation' and not r.is_deleted
  and exists (select from resource_token t where t.resource_key = r.resource_key
              and t.tokens @> array[token('code', :rare), token('performer', :performer)])
order by r.resource_key limit 20

--: laboratory (60 %), exact number
select count(*) from resource r
where r.resource_type = 'Observation' and not r.is_deleted
  and exists (select from resource_token t where t.resource_key = r.resource_key
              and t.tokens @> array[token('category', 0)])
