package org.carelog.bench.report;

import java.util.Map;

/**
 * What is stored of a resource that was written.
 *
 * @param tables bytes by {@code database.table}; what a table has of copies is told apart
 */
public record StoredBytes(Map<String, Double> tables) {

    private static final String COPIES = ", copies";

    /** Nothing was written. */
    static final StoredBytes NOTHING = new StoredBytes(Map.of());

    /** What they are stored for. */
    enum Purpose {
        RECORDS("records, with history and indexes"),
        COPIES("copies of them in another service"),
        EVENTS("events on their way"),
        JOURNALS("journals of the services"),
        LEDGER("ledger and AuditEvents of audit-service");

        private final String words;

        Purpose(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        static Purpose of(String name) {
            String table = name.substring(name.indexOf('.') + 1);
            if (name.endsWith(StoredBytes.COPIES)) {
                return COPIES;
            }
            if (table.startsWith("audit_")) {
                return JOURNALS;
            }
            if (table.startsWith("pending_") || table.equals("parked_event")) {
                return EVENTS;
            }
            return name.startsWith("audit.") ? LEDGER : RECORDS;
        }
    }

    /** The name under which the copies in a table are told. */
    public static String ofCopies(String table) {
        return table + COPIES;
    }

    double of(Purpose purpose) {
        return tables.entrySet().stream()
                .filter(table -> Purpose.of(table.getKey()) == purpose)
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }
}
