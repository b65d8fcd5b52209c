-- What is older than the ledger's retention goes, by the owner's hand: the service has added a leaf that says so, its runtime role
-- cannot delete. docs/audit.md, Retention.

-- The retention runs, as their leaves say them.
create view ledger_retentions as
    select leaf_index as run,
        (said ->> 'firstLeaf')::bigint as first_leaf,
        (said ->> 'before')::timestamptz as before,
        (said ->> 'eventsBefore')::timestamptz as events_before
    from (
        select leaf_index, convert_from(canonical, 'UTF8')::jsonb as said from ledger_leaf where kind = 'retention' offset 0) as leaf;

-- Drops the months that the newest run names, and what was noted in them, all or none; gives them. Waits for who reads them for a
-- moment only.
create function ledger_drop() returns setof timestamptz language plpgsql
    set search_path = public, pg_temp set lock_timeout = '2s' as $$
declare
    told record;
    gone timestamptz;
begin
    select * into told from ledger_retentions order by run desc limit 1;
    if told.run is null then
        return;
    end if;
    if not exists (select from ledger_checkpoint where tree_size > told.run) then
        raise 'the retention run is not under a checkpoint yet' using errcode = 'object_not_in_prerequisite_state';
    end if;
    if told.first_leaf is distinct from
        (select m.first_leaf from ledger_month m where m.month >= told.before order by m.month limit 1) then
        raise 'the months do not begin where the retention run says' using errcode = 'object_not_in_prerequisite_state';
    end if;
    for gone in select month from ledger_month where date_add(month, '1 month', 'UTC') <= told.before order by month loop
        execute format('drop table access_record_%1$s, ledger_leaf_%1$s', ledger_month_name(gone));
        delete from ledger_month_source where month = gone;
        delete from ledger_month where month = gone;
        return next gone;
    end loop;
    -- their leaves are gone, or they never had one
    delete from source_gap where noticed_at < told.before;
    delete from source_fault where noticed_at < told.before;
    delete from unreadable_record where noticed_at < told.before;
end $$;
revoke execute on function ledger_drop() from public;

-- Deletes AuditEvents of months that are gone, so many at most, with their history and all that they are searched by; gives how
-- many. 0: there are none left.
create function ledger_drop_events(most integer) returns integer language plpgsql set search_path = public, pg_temp as $$
declare
    told    record;
    keys    bigint[];
    indexed regclass;
begin
    select * into told from ledger_retentions order by run desc limit 1;
    if exists (select from ledger_month where month < told.before) then
        raise 'the months are dropped first' using errcode = 'object_not_in_prerequisite_state';
    end if;
    keys := array(
        select resource_key from resource
        where resource_type = 'AuditEvent' and last_updated < told.events_before and not is_deleted
        order by last_updated, resource_key limit most);
    for indexed in
        select attrelid::regclass from pg_attribute join pg_class on pg_class.oid = attrelid
        where attname = 'resource_key' and relkind in ('r', 'p') and not relispartition
            and relnamespace = 'public'::regnamespace
        order by attrelid
    loop
        execute format('delete from %s where resource_key = any ($1)', indexed) using keys;
    end loop;
    return cardinality(keys);
end $$;
revoke execute on function ledger_drop_events(integer) from public;
