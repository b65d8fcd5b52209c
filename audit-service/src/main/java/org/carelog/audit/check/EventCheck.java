package org.carelog.audit.check;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.carelog.audit.ingest.BalpEvents;
import org.carelog.audit.journal.Access;
import org.carelog.audit.journal.AccessJson;
import org.carelog.audit.ledger.FaultKind;
import org.carelog.records.interaction.Append;
import org.carelog.records.interaction.AppendCheck;

/** Whether what is searched, the AuditEvents, is what is in the ledger. Works in the caller's transaction. Thread-safe. */
@Singleton
final class EventCheck {
    private static final String TYPE = "AuditEvent";
    private static final int TOGETHER = 500;

    private final AppendCheck events;

    EventCheck(AppendCheck events) {
        this.events = events;
    }

    /** @param count how many AuditEvents there are of the leaves */
    record Result(List<Finding> findings, long count) {}

    Result check(List<LeafRows.Row> rows, Set<LeafRows.Noted> faults) {
        List<Finding> findings = new ArrayList<>();
        List<Append.Made> made = new ArrayList<>();
        Map<String, Long> leaves = new HashMap<>();
        long count = 0;
        for (LeafRows.Row row : rows) {
            if (!row.isAccess() || row.entry() == null || EntryCheck.isErased(row)) {
                continue;
            }
            Optional<Access> access = AccessJson.decode(row.entry());
            boolean isNoted = EntryCheck.find(faults, row, FaultKind.UNREADABLE)
                    .filter(fault -> fault.at().equals(row.takenAt()))
                    .isPresent();
            if (access.isEmpty() && !isNoted) {
                findings.add(new Finding(row.index(), "it cannot be shown, and that is not noted"));
            }
            if (access.isPresent() && isNoted && canBeShown(row, access.get())) {
                findings.add(new Finding(row.index(), "it is noted as one that cannot be shown, and it can"));
            }
            if (access.isPresent() && !isNoted) {
                Iterable<Append.Made> all = BalpEvents.of(row.source(), row.seq(), access.get())::iterator;
                for (Append.Made event : all) {
                    made.add(event);
                    leaves.put(event.resource().id(), row.index());
                    count++;
                    if (made.size() == TOGETHER) {
                        compare(made, leaves, findings);
                    }
                }
            }
        }
        compare(made, leaves, findings);
        return new Result(findings, count);
    }

    /** What stopped it when it came may be mended since: then it is told, too. */
    private static boolean canBeShown(LeafRows.Row row, Access access) {
        try {
            return !BalpEvents.of(row.source(), row.seq(), access).toList().isEmpty();
        } catch (RuntimeException e) {
            return false;
        }
    }

    private void compare(List<Append.Made> made, Map<String, Long> leaves, List<Finding> findings) {
        events.different(TYPE, made)
                .forEach((id, reason) ->
                        findings.add(new Finding(leaves.get(id), "its AuditEvent/%s %s".formatted(id, reason))));
        made.clear();
        leaves.clear();
    }

    /** How many there are that were made from then on. */
    long count(Instant from) {
        return events.count(TYPE, from);
    }
}
