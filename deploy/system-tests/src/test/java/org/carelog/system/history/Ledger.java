package org.carelog.system.history;

import java.util.List;
import java.util.Map;

/**
 * audit-service's database.
 *
 * @param alarms gaps, faults and unreadable records that it has noted
 * @param shown how many AuditEvents carry this {@code X-Request-Id}
 */
public record Ledger(List<Row> rows, List<String> alarms, Map<String, Integer> shown) {

    @SuppressWarnings("ArrayRecordComponent")
    public record Row(String source, long seq, byte[] entry, byte[] previousHash, byte[] hash) {
        @Override
        public String toString() {
            return source + "/" + seq;
        }
    }
}
