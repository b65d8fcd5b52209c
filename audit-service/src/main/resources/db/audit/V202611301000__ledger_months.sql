-- What grows with each entry is kept month by month, so that a month can go as a whole: docs/adr/0035. A month begins in UTC by
-- the ledger's own time, ledger_time() below: an entry and its leaf have the same time, and so the same month.

-- The months there are. None but ledger_time() adds one, and ledger_drop() takes one away.
create table ledger_month (
    month      timestamptz primary key,     -- when it begins
    holds_from timestamptz not null,        -- the same; earlier, of what was there before there were months
    first_leaf bigint not null              -- the index of its first leaf
);
grant select on ledger_month to ${runtime_role};

-- How far each source was when a month began. Of the first month that is left: how far what is gone went.
create table ledger_month_source (
    month     timestamptz not null,
    source    text not null,
    last_seq  bigint not null,
    last_hash bytea not null,
    primary key (month, source)
);
grant select on ledger_month_source to ${runtime_role};

alter table access_record rename to access_record_before;
create table access_record (like access_record_before including defaults including constraints including storage)
    partition by range (received_at);
grant select, insert on access_record to ${runtime_role};

alter table ledger_leaf rename to ledger_leaf_before;
create table ledger_leaf (
    leaf_index bigint not null check (leaf_index >= 0),
    taken_at   timestamptz not null,        -- as its canonical bytes have it; of an access, its received_at
    kind       text not null check (kind in ('access', 'gap', 'fault', 'retention')),
    source     text not null,
    seq        bigint not null,     -- of the access; of the first that is missing; of the one that is not as it was sealed
    canonical  bytea not null,
    salt       bytea not null
) partition by range (taken_at);
alter table ledger_leaf alter column canonical set storage external;
grant select, insert on ledger_leaf to ${runtime_role};

create function ledger_month_name(month timestamptz) returns text language sql immutable
    return to_char(month at time zone 'UTC', 'YYYY_MM');

-- The keys of a month's tables. They hold in the month; that they do over all months, see ledger_time() and docs/adr/0035.
create function ledger_index_month(name text) returns void language plpgsql as $$
begin
    execute format('alter table ledger_leaf_%s add primary key (leaf_index)', name);
    execute format('create unique index ledger_leaf_access_%1$s on ledger_leaf_%1$s (source, seq) where kind = ''access''', name);
    execute format('create index ledger_leaf_retention_%1$s on ledger_leaf_%1$s (leaf_index) where kind = ''retention''', name);
end $$;
revoke execute on function ledger_index_month(text) from public;

-- Begins a month, when all transactions of those before it have ended.
create function ledger_begin_month(begins timestamptz) returns void language plpgsql as $$
declare
    name   text := ledger_month_name(begins);
    ends   timestamptz := date_add(begins, '1 month', 'UTC');
    before timestamptz := (select holds_from from ledger_month order by month desc limit 1);
    next   bigint := greatest(
        (select coalesce(max(leaf_index) + 1, 0) from ledger_leaf where taken_at >= before),
        -- of a month without a leaf
        (select max(first_leaf) from ledger_month));
begin
    insert into ledger_month_source (month, source, last_seq, last_hash)
    with recursive
        fresh (source) as (
            (select source from access_record where received_at >= before order by source limit 1)
            union all
            select (select r.source from access_record r where r.received_at >= before and r.source > fresh.source
                order by r.source limit 1)
            from fresh where fresh.source is not null),
        stood as (
            select f.source, r.seq, r.hash
            from fresh f, lateral (
                select seq, hash from access_record r where r.received_at >= before and r.source = f.source
                order by seq desc limit 1) r
            where f.source is not null
            union all
            select source, last_seq, last_hash from ledger_month_source where month = (select max(month) from ledger_month))
    select distinct on (source) begins, source, seq, hash from stood order by source, seq desc;
    insert into ledger_month (month, holds_from, first_leaf) values (begins, begins, next);
    -- made first and attached then: who reads or writes other months is not waited for
    execute format('create table access_record_%s (like access_record including all, primary key (source, seq))', name);
    execute format('create table ledger_leaf_%s (like ledger_leaf including all, check (leaf_index >= %s))', name, next);
    perform ledger_index_month(name);
    execute format('alter table access_record attach partition access_record_%s for values from (%L) to (%L)', name, begins, ends);
    execute format('alter table ledger_leaf attach partition ledger_leaf_%s for values from (%L) to (%L)', name, begins, ends);
end $$;
revoke execute on function ledger_begin_month(timestamptz) from public;

create function ledger_clock() returns timestamptz language sql stable return now();

-- What time it is in the ledger, until the transaction ends: that of the transaction, and never one of a month before the newest.
-- Begins the month when it is a new one, which is all that it can be made to do: it is the owner's, and the service calls it.
-- Who adds holds the month's lock until its transaction ends, and who begins a month waits for them: so all of a month is in the
-- ledger before anything of the next.
create function ledger_time(out at timestamptz, out since timestamptz) language plpgsql security definer
    set search_path = public, pg_temp as $$
declare
    month_lock constant bigint := x'636172656c6f676d'::bigint;
    clock  timestamptz := ledger_clock();
    newest timestamptz := (select max(month) from ledger_month);
begin
    if clock < date_add(newest, '1 month', 'UTC') then
        perform pg_advisory_xact_lock_shared(month_lock);
    else
        perform pg_advisory_xact_lock(month_lock);
    end if;
    -- who was waited for may have begun one
    newest := (select max(month) from ledger_month);
    if newest is null or clock >= date_add(newest, '1 month', 'UTC') then
        newest := date_trunc('month', clock, 'UTC');
        perform ledger_begin_month(newest);
    end if;
    at := greatest(clock, newest);
    since := (select holds_from from ledger_month where month = newest);
end $$;
revoke execute on function ledger_time() from public;
grant execute on function ledger_time() to ${runtime_role};

-- What is there already becomes the first month, whenever it came.
do $$
declare
    month timestamptz := date_trunc('month', now(), 'UTC');
    name  text := ledger_month_name(month);
    ends  timestamptz := date_add(month, '1 month', 'UTC');
begin
    if exists (select from access_record_before) or exists (select from ledger_leaf_before) then
        insert into ledger_month values (month, 'epoch', 0);
        execute format('alter table access_record_before rename to access_record_%s', name);
        execute format('alter table access_record attach partition access_record_%s for values from (''epoch'') to (%L)', name, ends);
        execute format('create table ledger_leaf_%s (like ledger_leaf including all)', name);
        execute format($copy$
            insert into ledger_leaf_%s (leaf_index, taken_at, kind, source, seq, canonical, salt)
            select leaf_index,
                (convert_from(canonical, 'UTF8')::jsonb ->> case kind when 'access' then 'receivedAt' else 'noticedAt' end)::timestamptz,
                kind, source, seq, canonical, salt
            from ledger_leaf_before order by leaf_index $copy$, name);
        drop table ledger_leaf_before;
        perform ledger_index_month(name);
        execute format('alter table ledger_leaf attach partition ledger_leaf_%s for values from (''epoch'') to (%L)', name, ends);
        execute format('revoke all on access_record_%s from ${runtime_role}', name);
    else
        drop table access_record_before, ledger_leaf_before;
    end if;
end $$;
