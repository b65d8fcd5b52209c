package org.carelog.system.observation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.carelog.system.history.Content;
import org.carelog.system.history.Journal;
import org.carelog.system.history.Ledger;
import org.carelog.system.platform.Carelog;

/** The journals of the services, and the ledger. */
final class AuditLog {
    private AuditLog() {}

    static Journal journal(Carelog carelog, String source) {
        try (Database database = new Database(carelog, source.replace("-service", ""))) {
            return new Journal(
                    source,
                    database.list(
                            "select entry_no, entry from audit_entry",
                            row -> new Journal.Entry(row.getLong(1), row.getBytes(2))),
                    database.list(
                            "select first_seq, entry_nos, previous_hash, hash from audit_seal order by first_seq",
                            row -> new Journal.Seal(
                                    row.getLong(1),
                                    Arrays.asList((Long[]) row.getArray(2).getArray()),
                                    row.getBytes(3),
                                    row.getBytes(4))),
                    database.number("select count(*) from audit_unsealed"));
        }
    }

    static Ledger ledger(Carelog carelog) {
        try (Database database = new Database(carelog, "audit")) {
            return new Ledger(
                    database.list(
                            "select source, seq, entry, previous_hash, hash from access_record",
                            row -> new Ledger.Row(
                                    row.getString(1),
                                    row.getLong(2),
                                    row.getBytes(3),
                                    row.getBytes(4),
                                    row.getBytes(5))),
                    alarms(database),
                    shown(database));
        }
    }

    /** The entries of which the request's id begins so. */
    static List<JsonNode> recorded(Carelog carelog, String prefix) {
        try (Database database = new Database(carelog, "audit")) {
            return database.list(
                    "select entry from access_record where position(convert_to(?, 'UTF8') in entry) > 0",
                    row -> Content.parsed(row.getBytes(1)),
                    "\"requestId\":\"" + prefix);
        }
    }

    private static List<String> alarms(Database database) {
        List<String> alarms = new ArrayList<>();
        alarms.addAll(database.list(
                "select source, first_seq, last_seq from source_gap",
                row -> "gap of %s, %d to %d".formatted(row.getString(1), row.getLong(2), row.getLong(3))));
        alarms.addAll(database.list(
                "select source, seq, kind from source_fault",
                row -> "fault of %s/%d, %s".formatted(row.getString(1), row.getLong(2), row.getString(3))));
        alarms.addAll(database.list(
                "select partition_id, record_offset from unreadable_record",
                row -> "unreadable record %d:%d".formatted(row.getInt(1), row.getLong(2))));
        return alarms;
    }

    private static Map<String, Integer> shown(Database database) {
        Map<String, Integer> shown = new HashMap<>();
        database.list("select content from resource_version where resource_type = 'AuditEvent'", row -> {
            shown.merge(requestId(row.getBytes(1)), 1, Integer::sum);
            return null;
        });
        return shown;
    }

    private static String requestId(byte[] auditEvent) {
        for (JsonNode entity : Content.parsed(auditEvent).path("entity")) {
            if (entity.at("/type/code").asText().equals("XrequestId")) {
                return entity.at("/what/identifier/value").asText();
            }
        }
        return "";
    }
}
