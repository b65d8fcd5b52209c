package org.carelog.records.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.carelog.access.Visibility;
import org.carelog.events.Change;
import org.carelog.fhir.LocalReference;
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
    public Optional<Head> lock(String type, String id) {
        return lock("for no key update", type, id);
    }

    /** Locks the head for the rest of the transaction, also against those who would refer to it. */
    public Optional<Head> lockToDelete(String type, String id) {
        return lock("for update", type, id);
    }

    private Optional<Head> lock(String strength, String type, String id) {
        return sql.first(
                """
                select resource_key, version_id, last_updated, is_deleted, patient_id, is_copy from resource
                where resource_type = ? and resource_id = ? %s
                """.formatted(strength),
                row -> new Head(
                        row.getLong(1),
                        row.getLong(2),
                        instant(row, 3),
                        row.getBoolean(4),
                        row.getString(5),
                        row.getBoolean(6)),
                type,
                id);
    }

    /**
     * Locks those heads that are there, in the order given.
     *
     * @param toDelete whether some are to be deleted
     */
    public void lockAll(List<LocalReference> references, boolean toDelete) {
        if (references.isEmpty()) {
            return;
        }
        sql.list(
                """
                select r.resource_key
                from unnest(?, ?) with ordinality as wanted (type, id, place)
                join resource r on r.resource_type = wanted.type and r.resource_id = wanted.id
                order by wanted.place
                %s of r
                """.formatted(toDelete ? "for update" : "for no key update"),
                row -> row.getLong(1),
                types(references),
                ids(references));
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

    /**
     * Puts the first version of a resource.
     *
     * @return the key of the new resource, or empty when there is one already (waiting for its transaction to end)
     */
    public OptionalLong create(StoredVersion first) {
        return create(first, null);
    }

    /** The same for a copy of what another service owns: the first version that is known here. */
    public OptionalLong createCopy(StoredVersion first) {
        return create(first, true);
    }

    private OptionalLong create(StoredVersion first, Boolean copy) {
        return sql.first(
                        """
                        with head as (
                            insert into resource
                                (resource_type, resource_id, version_id, last_updated, is_deleted, patient_id, is_copy)
                            values (?, ?, ?, ?, ?, ?, ?)
                            on conflict do nothing
                            returning resource_key)
                        insert into resource_version
                            (resource_key, version_id, resource_type, change, last_updated, patient_id, content)
                        select resource_key, ?, ?, ?, ?, ?, ? from head
                        returning resource_key
                        """,
                        row -> row.getLong(1),
                        first.type(),
                        first.id(),
                        first.version(),
                        first.lastUpdated(),
                        first.isDeleted(),
                        first.patientId(),
                        copy,
                        first.version(),
                        first.type(),
                        first.change().word(),
                        first.lastUpdated(),
                        first.patientId(),
                        first.content())
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /** Puts the next version of a resource whose head the transaction has locked. */
    public void replace(long key, StoredVersion next) {
        sql.update(
                """
                with head as (
                    update resource set version_id = ?, last_updated = ?, is_deleted = ?, patient_id = ?
                    where resource_key = ?
                    returning resource_key)
                insert into resource_version
                    (resource_key, version_id, resource_type, change, last_updated, patient_id, content)
                select resource_key, ?, ?, ?, ?, ?, ? from head
                """,
                next.version(),
                next.lastUpdated(),
                next.isDeleted(),
                next.patientId(),
                key,
                next.version(),
                next.type(),
                next.change().word(),
                next.lastUpdated(),
                next.patientId(),
                next.content());
    }

    /** Puts a version before the current one, which is not in the history yet; the head, locked, stays. */
    public void addEarlier(long key, StoredVersion earlier) {
        sql.update(
                """
                insert into resource_version
                    (resource_key, version_id, resource_type, change, last_updated, patient_id, content)
                values (?, ?, ?, ?, ?, ?, ?)
                """,
                key,
                earlier.version(),
                earlier.type(),
                earlier.change().word(),
                earlier.lastUpdated(),
                earlier.patientId(),
                earlier.content());
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

    private static String[] types(List<LocalReference> references) {
        return references.stream().map(LocalReference::type).toArray(String[]::new);
    }

    private static String[] ids(List<LocalReference> references) {
        return references.stream().map(LocalReference::id).toArray(String[]::new);
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
