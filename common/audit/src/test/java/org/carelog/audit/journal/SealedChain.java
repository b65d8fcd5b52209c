package org.carelog.audit.journal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/** Reads a journal as {@code docs/audit.md} describes it, with nothing of the code that wrote it but the hash. */
final class SealedChain {
    private SealedChain() {}

    /** What is wrong with the journal, in the order of the sequence; empty: every entry is sealed, once, unchanged. */
    static List<String> faults(DataSource dataSource, String source) throws SQLException {
        List<String> faults = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            Map<Long, byte[]> entries = new HashMap<>();
            try (ResultSet rows = statement.executeQuery("select entry_no, entry from audit_entry")) {
                while (rows.next()) {
                    entries.put(rows.getLong(1), rows.getBytes(2));
                }
            }
            Set<Long> sealed = new HashSet<>();
            long seq = 1;
            byte[] hash = Chain.start(source);
            try (ResultSet rows = statement.executeQuery(
                    "select first_seq, entry_nos, previous_hash, hash from audit_seal order by first_seq")) {
                while (rows.next()) {
                    if (rows.getLong(1) != seq) {
                        faults.add("hole before " + rows.getLong(1));
                    }
                    if (!Arrays.equals(rows.getBytes(3), hash)) {
                        faults.add("chain broken at " + rows.getLong(1));
                    }
                    seq = rows.getLong(1);
                    hash = rows.getBytes(3);
                    for (Long entryNo : (Long[]) rows.getArray(2).getArray()) {
                        if (!sealed.add(entryNo)) {
                            faults.add("sealed twice: " + entryNo);
                        }
                        if (!entries.containsKey(entryNo)) {
                            faults.add("missing: " + seq);
                        }
                        hash = Chain.next(hash, seq++, entries.getOrDefault(entryNo, new byte[0]));
                    }
                    if (!Arrays.equals(rows.getBytes(4), hash)) {
                        faults.add("changed in the seal that ends at " + (seq - 1));
                    }
                    hash = rows.getBytes(4);
                }
            }
            entries.keySet().stream()
                    .filter(entryNo -> !sealed.contains(entryNo))
                    .forEach(entryNo -> faults.add("not sealed: " + entryNo));
        }
        return faults;
    }
}
