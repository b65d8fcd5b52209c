package org.carelog.records.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.carelog.events.Change;
import org.carelog.events.PublishedContent.Content;
import org.carelog.events.PublishedState;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.HostedTypes;
import org.carelog.sql.Columns;
import org.carelog.sql.Sql;

/** The service's own resources as their heads say that they are. */
@ApplicationScoped
class PublishedHeads implements PublishedState {
    private final Sql sql;
    private final String[] own;

    PublishedHeads(Sql sql, HostedTypes types) {
        this.sql = sql;
        this.own = types.all().stream()
                .map(HostedType::name)
                .filter(type -> types.foreignOwner(type).isEmpty())
                .toArray(String[]::new);
    }

    @Override
    public Map<Resource, State> find(List<Resource> resources) {
        Map<Resource, State> found = HashMap.newHashMap(resources.size());
        sql.list(
                """
                select type, id, version_id, change, patient_id, last_updated, content
                from (
                    select type, id, place, v.*,
                        sum(octet_length(v.content)) over (order by place) - octet_length(v.content) as before
                    from unnest(?, ?) with ordinality as wanted (type, id, place)
                    cross join lateral (
                        select v.version_id, v.change, v.patient_id, v.last_updated, v.content
                        from resource r
                        join resource_version v on v.resource_key = r.resource_key and v.version_id = r.version_id
                        where r.resource_type = wanted.type and r.resource_id = wanted.id
                        limit 1) v) read
                where before < ?
                """,
                row -> found.put(new Resource(row.getString("type"), row.getString("id")), state(row)),
                Columns.strings(resources, Resource::type),
                Columns.strings(resources, Resource::id),
                PublishedVersions.ENOUGH);
        return found;
    }

    private static State state(ResultSet row) throws SQLException {
        return new State(
                row.getLong("version_id"),
                Change.ofWord(row.getString("change")).orElseThrow(),
                row.getString("patient_id"),
                new Content(row.getObject("last_updated", OffsetDateTime.class).toInstant(), row.getBytes("content")));
    }

    @Override
    public List<Found> owned(long after, int atMost) {
        return sql.list(
                """
                select resource_key, resource_type, resource_id from resource
                where resource_key > ? and resource_type = any (?) and is_copy is not true
                order by resource_key
                limit ?
                """,
                row -> new Found(row.getLong(1), new Resource(row.getString(2), row.getString(3))),
                after,
                own,
                atMost);
    }
}
