package org.carelog.system.history;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The journals are sealed and whole, and the ledger is what they are. */
final class LedgerCheck {
    private LedgerCheck() {}

    private record Place(String source, long seq) {}

    static Findings of(List<Journal> journals, Ledger ledger) {
        Findings findings = new Findings();
        Map<Place, Ledger.Row> rows = new HashMap<>();
        ledger.rows().forEach(row -> rows.put(new Place(row.source(), row.seq()), row));
        for (Journal journal : journals) {
            Sealed sealed = Sealed.of(journal);
            findings.addAll(sealed.findings());
            for (Ledger.Row expected : sealed.rows()) {
                Ledger.Row row = rows.remove(new Place(expected.source(), expected.seq()));
                if (row == null) {
                    findings.add(Rule.LEDGER_LACKS, expected.toString());
                } else {
                    findings.add(!equal(expected, row), Rule.LEDGER_DIFFERS, row.toString());
                    shown(expected, ledger, findings);
                }
            }
        }
        rows.values().forEach(more -> findings.add(Rule.LEDGER_DIFFERS, more + " is in no journal"));
        ledger.alarms().forEach(alarm -> findings.add(Rule.LEDGER_ALARM, alarm));
        return findings;
    }

    private static boolean equal(Ledger.Row one, Ledger.Row other) {
        return Arrays.equals(one.entry(), other.entry())
                && Arrays.equals(one.previousHash(), other.previousHash())
                && Arrays.equals(one.hash(), other.hash());
    }

    private static void shown(Ledger.Row row, Ledger ledger, Findings findings) {
        String requestId = Content.parsed(row.entry()).path("requestId").asText();
        findings.add(!ledger.shown().containsKey(requestId), Rule.NOT_SHOWN, row + ", request " + requestId);
    }
}
