package org.carelog.system.observation;

import java.util.ArrayList;
import java.util.List;
import org.carelog.system.history.Head;
import org.carelog.system.history.Parked;
import org.carelog.system.history.Reference;
import org.carelog.system.history.Store;
import org.carelog.system.history.StoredVersion;
import org.carelog.system.platform.Carelog;

/** What the databases of patient-service and encounter-service have. */
final class Stores {
    private Stores() {}

    static Store read(Carelog carelog, String service, String type) {
        try (Database database = new Database(carelog, service.replace("-service", ""))) {
            return new Store(service, type, versions(database, type), heads(database, type), leftOver(database));
        }
    }

    static List<Parked> parked(Carelog carelog, String service) {
        try (Database database = new Database(carelog, service.replace("-service", ""))) {
            return database.list(
                    "select topic, partition_id, record_offset, reason, detail from parked_event",
                    row -> new Parked(
                            service,
                            row.getString(1),
                            row.getInt(2),
                            row.getLong(3),
                            row.getString(4),
                            row.getString(5)));
        }
    }

    private static List<StoredVersion> versions(Database database, String type) {
        return database.list(
                """
                select r.resource_id, v.version_id, v.change, v.last_updated, v.patient_id, v.content
                from resource_version v join resource r on r.resource_key = v.resource_key
                where r.resource_type = ? order by r.resource_key, v.version_id
                """,
                row -> new StoredVersion(
                        new Reference(type, row.getString(1)).version(row.getLong(2)),
                        row.getString(3),
                        Database.instant(row, 4),
                        row.getString(5),
                        row.getBytes(6)),
                type);
    }

    private static List<Head> heads(Database database, String type) {
        return database.list(
                """
                select resource_id, version_id, is_deleted, last_updated, patient_id from resource
                where resource_type = ?
                """,
                row -> new Head(
                        new Reference(type, row.getString(1)).version(row.getLong(2)),
                        row.getBoolean(3),
                        Database.instant(row, 4),
                        row.getString(5)),
                type);
    }

    private static List<String> leftOver(Database database) {
        List<String> left = new ArrayList<>();
        left.addAll(database.list(
                "select resource_type, resource_id, version_id from pending_publication",
                row -> "pending publication of %s/%s/_history/%d"
                        .formatted(row.getString(1), row.getString(2), row.getLong(3))));
        left.addAll(database.list(
                "select resource_type, resource_id, version_id from pending_state",
                row -> "pending state of %s/%s/_history/%d"
                        .formatted(row.getString(1), row.getString(2), row.getLong(3))));
        return left;
    }
}
