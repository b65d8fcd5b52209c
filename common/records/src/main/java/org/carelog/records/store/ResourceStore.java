package org.carelog.records.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.carelog.access.Visibility;
import org.carelog.events.Change;
import org.carelog.fhir.LocalReference;
import org.carelog.sql.Columns;
import org.carelog.sql.Sql;

/**
 * The tables {@code resource} (heads) and {@code resource_version} (history). What an actor may not see is not found:
 * the visibility is part of each query. Thread-safe; takes part in the caller's transaction.
 */
@ApplicationScoped
public class ResourceStore {
    private final Sql sql;

    public ResourceStore(Sql sql) {
        this.sql = sql;
    }

    /** The current version, which may be a deletion. */
    public Optional<StoredVersion> current(String type, String id, Visibility visibility) {
        return seen(visibility, patient -> sql.first("""
                select r.resource_type, r.resource_id, v.version_id, v.change, v.last_updated, v.patient_id, v.content
                from resource r join resource_version v on v.resource_key = r.resource_key and v.version_id = r.version_id
                where r.resource_type = ? and r.resource_id = ? and (?::text is null or r.patient_id = ?)
                """, ResourceStore::storedVersion, type, id, patient, patient));
    }

    /** The current versions of those that are here, whoever asks. */
    public Map<LocalReference, StoredVersion> current(Collection<LocalReference> references) {
        Map<LocalReference, StoredVersion> current = new HashMap<>();
        if (!references.isEmpty()) {
            sql.listPlannedOnce("""
                            select r.resource_type, r.resource_id, v.version_id, v.change, v.last_updated, v.patient_id,
                                v.content
                            from unnest(?, ?) as wanted (type, id)
                            join resource r on r.resource_type = wanted.type and r.resource_id = wanted.id
                            join resource_version v on v.resource_key = r.resource_key and v.version_id = r.version_id
                            """, ResourceStore::storedVersion, types(references), ids(references))
                    .forEach(version -> current.put(new LocalReference(version.type(), version.id()), version));
        }
        return current;
    }

    /** One version of the history. */
    public Optional<StoredVersion> version(String type, String id, long version, Visibility visibility) {
        return seen(
                visibility,
                patient -> sql.first("""
                select r.resource_type, r.resource_id, v.version_id, v.change, v.last_updated, v.patient_id, v.content
                from resource r join resource_version v on v.resource_key = r.resource_key
                where r.resource_type = ? and r.resource_id = ? and v.version_id = ? and (?::text is null or v.patient_id = ?)
                """, ResourceStore::storedVersion, type, id, version, patient, patient));
    }

    /** Locks the head for the rest of the transaction, to be updated: those who refer to it need not wait. */
    public Optional<Head> lock(LocalReference reference) {
        return Optional.ofNullable(lockAll(List.of(reference), false).get(reference));
    }

    /** Locks the head for the rest of the transaction, also against those who would refer to it. */
    public Optional<Head> lockToDelete(LocalReference reference) {
        return Optional.ofNullable(lockAll(List.of(reference), true).get(reference));
    }

    /**
     * Locks those heads that are there, in an order that is the same for everybody.
     *
     * @param toDelete whether some are to be deleted
     */
    public Map<LocalReference, Head> lockAll(Collection<LocalReference> references, boolean toDelete) {
        Map<LocalReference, Head> heads = new HashMap<>();
        if (!references.isEmpty()) {
            sql.list(
                    """
                    select r.resource_type, r.resource_id,
                        r.resource_key, r.version_id, r.last_updated, r.is_deleted, r.patient_id, r.is_copy
                    from unnest(?, ?) as wanted (type, id)
                    join resource r on r.resource_type = wanted.type and r.resource_id = wanted.id
                    order by r.resource_type, r.resource_id
                    %s of r
                    """.formatted(toDelete ? "for update" : "for no key update"),
                    row -> heads.put(
                            new LocalReference(row.getString(1), row.getString(2)),
                            new Head(
                                    row.getLong(3),
                                    row.getLong(4),
                                    instant(row, 5),
                                    row.getBoolean(6),
                                    row.getString(7),
                                    row.getBoolean(8))),
                    types(references),
                    ids(references));
        }
        return heads;
    }

    /**
     * Keeps those that are here from being deleted by others for the rest of the transaction. Nobody else waits for it.
     *
     * @return which of them are deleted
     */
    public List<LocalReference> hold(List<LocalReference> references) {
        if (references.isEmpty()) {
            return List.of();
        }
        return sql
                .list(
                        """
                        select r.resource_type, r.resource_id, r.is_deleted
                        from unnest(?, ?) as wanted (type, id)
                        join resource r on r.resource_type = wanted.type and r.resource_id = wanted.id
                        order by r.resource_type, r.resource_id
                        for key share of r
                        """,
                        row -> row.getBoolean(3) ? new LocalReference(row.getString(1), row.getString(2)) : null,
                        types(references),
                        ids(references))
                .stream()
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * Some of this service's own live resources that refer to this one.
     *
     * @param aside keys of the search parameters by which referring does not count
     */
    public List<LocalReference> referrers(LocalReference target, long[] aside, int limit) {
        return sql.list(
                """
                with referring as (
                    select r.resource_type, r.resource_id
                    from resource_reference f join resource r on r.resource_key = f.resource_key
                    where f.target_id = ? and f.target_type = ? and r.is_copy is null and not r.is_deleted
                        and (r.resource_type, r.resource_id) <> (?, ?)
                        and f.parameter <> all (?)
                    limit ?)
                select distinct resource_type, resource_id from referring order by resource_type, resource_id limit ?
                """,
                row -> new LocalReference(row.getString(1), row.getString(2)),
                target.id(),
                target.type(),
                target.type(),
                target.id(),
                aside,
                // a resource may refer to it by several parameters
                limit * 10,
                limit);
    }

    /** Whether there is, or was, such a resource. */
    public boolean knows(LocalReference reference) {
        return sql.first(
                        "select 1 from resource where resource_type = ? and resource_id = ?",
                        row -> true,
                        reference.type(),
                        reference.id())
                .isPresent();
    }

    /** Which of these are not here, or are deleted. */
    public List<LocalReference> missing(List<LocalReference> references) {
        if (references.isEmpty()) {
            return List.of();
        }
        return sql.list(
                """
                select wanted.type, wanted.id from unnest(?, ?) as wanted (type, id)
                where not exists (select from resource r
                    where r.resource_type = wanted.type and r.resource_id = wanted.id and not r.is_deleted)
                """, row -> new LocalReference(row.getString(1), row.getString(2)), types(references), ids(references));
    }

    private static String[] types(Collection<LocalReference> references) {
        return Columns.strings(references, LocalReference::type);
    }

    private static String[] ids(Collection<LocalReference> references) {
        return Columns.strings(references, LocalReference::id);
    }

    /** A visibility as the patient that every row must belong to; null: any. Nothing visible: nothing asked. */
    static <T> Optional<T> seen(Visibility visibility, java.util.function.Function<String, Optional<T>> query) {
        return switch (visibility) {
            case Visibility.Everything e -> query.apply(null);
            case Visibility.Compartment compartment -> query.apply(compartment.patientId());
            case Visibility.Nothing n -> Optional.empty();
        };
    }

    static StoredVersion storedVersion(ResultSet row) throws SQLException {
        return new StoredVersion(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                Change.valueOf(row.getString(4).toUpperCase(Locale.ROOT)),
                instant(row, 5),
                row.getString(6),
                row.getBytes(7));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
