package org.carelog.system.observation;

import java.util.List;
import org.carelog.system.platform.Carelog;

/** Whether everything that was written has arrived everywhere. */
final class Rest {
    private Rest() {}

    static boolean reached(Carelog carelog) {
        try (Database patient = new Database(carelog, "patient");
                Database encounter = new Database(carelog, "encounter");
                Database audit = new Database(carelog, "audit")) {
            return isPublished(patient)
                    && isPublished(encounter)
                    && heads(patient).equals(heads(encounter))
                    && isTakenIn(audit, patient, "patient-service")
                    && isTakenIn(audit, encounter, "encounter-service")
                    && isTakenIn(audit, audit, "audit-service")
                    && Lag.isZero(carelog);
        } catch (IllegalStateException databaseIsAway) {
            return false;
        }
    }

    private static boolean isPublished(Database owner) {
        return owner.number("select count(*) from pending_publication") == 0
                && owner.number("select count(*) from pending_state") == 0;
    }

    private static List<String> heads(Database database) {
        return database.list("""
                select resource_type, count(*), sum(version_id) from resource
                where resource_type in ('Patient', 'Encounter') group by resource_type order by resource_type
                """, row -> row.getString(1) + " " + row.getLong(2) + " " + row.getLong(3));
    }

    private static boolean isTakenIn(Database audit, Database journal, String source) {
        return audit.number("select count(*) from access_record where source = ?", source)
                == journal.number("select count(*) from audit_entry");
    }
}
