package org.carelog.records.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carelog.access.Visibility;
import org.carelog.sql.PageBytes;
import org.carelog.sql.Sql;

/** Versions in the order of time, newest first, in pages that begin after a version. Thread-safe. */
@ApplicationScoped
public class HistoryStore {
    private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");

    /** Placeholders: since; the end of the period; its start, three times. */
    private static final String NEWEST_FIRST = "v.last_updated desc, v.resource_key desc, v.version_id desc";

    private static final String IN_WINDOW = """
            and v.last_updated >= coalesce(?::timestamptz, '-infinity')
            and v.last_updated < coalesce(?::timestamptz, 'infinity')
            and (?::timestamptz is null
                or v.last_updated >= ?
                or v.change <> 'deleted' and coalesce(
                    (select n.last_updated from resource_version n
                     where n.resource_key = v.resource_key and n.version_id > v.version_id
                     order by n.version_id limit 1),
                    'infinity') > ?)""";

    private final Sql sql;

    public HistoryStore(Sql sql) {
        this.sql = sql;
    }

    /** Where a page begins: after this version. */
    public record Position(Instant lastUpdated, long key, long version) {
        static Position newest() {
            return new Position(END_OF_TIME, Long.MAX_VALUE, Long.MAX_VALUE);
        }
    }

    public record Entry(Position position, StoredVersion version) {}

    /**
     * Which versions are asked for, and how many.
     *
     * @param since versions from this instant on; null: all
     * @param at versions that were current at some time within; null: all. A deletion is, when it happened
     * @param after the last version of the page before; null: from the newest
     */
    public record Window(Instant since, Period at, Position after, int limit) {
        private Position begin() {
            return after == null ? Position.newest() : after;
        }

        private Instant atStart() {
            return at == null ? null : at.start();
        }

        private Instant atEnd() {
            return at == null ? null : at.end();
        }
    }

    /** From {@code start} until before {@code end}. */
    public record Period(Instant start, Instant end) {}

    /** The versions of one resource; those that are too much for one answer come without their content. */
    public List<Entry> ofInstance(String type, String id, Visibility visibility, Window window) {
        return ResourceStore.seen(
                        visibility,
                        patient -> Optional.of(sql.list(
                                """
                        select r.resource_type, r.resource_id, v.version_id, v.change, v.last_updated, v.patient_id,
                            """ + PageBytes.content("v.content", "v.version_id desc") + """
                            , v.resource_key
                        from resource r join resource_version v on v.resource_key = r.resource_key
                        where r.resource_type = ? and r.resource_id = ?
                            and (?::text is null or v.patient_id = ?)
                            and v.version_id < ?
                            """ + IN_WINDOW + """

                        order by v.version_id desc
                        limit ?
                        """,
                                HistoryStore::entry,
                                type,
                                id,
                                patient,
                                patient,
                                window.begin().version(),
                                window.since(),
                                window.atEnd(),
                                window.atStart(),
                                window.atStart(),
                                window.atStart(),
                                window.limit())))
                .orElseGet(List::of);
    }

    /**
     * The versions of all resources of some types, each as the actor may see them; those that are too much for one answer come
     * without their content.
     *
     * @param copies whether those that another service owns are among them
     */
    public List<Entry> ofTypes(Map<String, Visibility> types, boolean copies, Window window) {
        List<String> names = new ArrayList<>();
        List<String> patients = new ArrayList<>();
        types.forEach((type, visibility) -> ResourceStore.seen(visibility, patient -> {
            names.add(type);
            patients.add(patient);
            return Optional.empty();
        }));
        Position begin = window.begin();
        // each type by its own index, then the newest of them all; contents are read for the page only
        return sql.list(
                """
                with page as (
                    select v.resource_key, v.version_id
                    from unnest(?::text[], ?::text[]) as t (type, patient_id)
                    cross join lateral (
                        select v.resource_key, v.version_id, v.last_updated
                        from resource_version v
                        where v.resource_type = t.type
                            and (t.patient_id is null or v.patient_id = t.patient_id)
                            and (? or not exists (
                                select from resource c where c.resource_key = v.resource_key and c.is_copy))
                            and (v.last_updated, v.resource_key, v.version_id) < (?, ?, ?)
                            """ + IN_WINDOW + """

                        order by v.last_updated desc, v.resource_key desc, v.version_id desc
                        limit ?) v
                    order by v.last_updated desc, v.resource_key desc, v.version_id desc
                    limit ?)
                select r.resource_type, r.resource_id, v.version_id, v.change, v.last_updated, v.patient_id,
                    """ + PageBytes.content("v.content", NEWEST_FIRST) + """
                    , v.resource_key
                from page
                join resource_version v on v.resource_key = page.resource_key and v.version_id = page.version_id
                join resource r on r.resource_key = v.resource_key
                order by v.last_updated desc, v.resource_key desc, v.version_id desc
                """,
                HistoryStore::entry,
                names.toArray(String[]::new),
                patients.toArray(String[]::new),
                copies,
                begin.lastUpdated(),
                begin.key(),
                begin.version(),
                window.since(),
                window.atEnd(),
                window.atStart(),
                window.atStart(),
                window.atStart(),
                window.limit(),
                window.limit());
    }

    private static Entry entry(ResultSet row) throws SQLException {
        StoredVersion version = ResourceStore.storedVersion(row);
        return new Entry(new Position(version.lastUpdated(), row.getLong(8), version.version()), version);
    }

    /** How many versions the instance has that the actor may see. */
    public long count(String type, String id, Visibility visibility) {
        return ResourceStore.seen(
                        visibility, patient -> sql.first("""
                        select count(*) from resource_version v join resource r on r.resource_key = v.resource_key
                        where r.resource_type = ? and r.resource_id = ? and (?::text is null or v.patient_id = ?)
                        """, row -> row.getLong(1), type, id, patient, patient))
                .orElse(0L);
    }
}
