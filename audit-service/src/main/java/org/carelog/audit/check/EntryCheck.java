package org.carelog.audit.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.carelog.audit.journal.AccessRecorded;
import org.carelog.audit.journal.Chain;
import org.carelog.audit.ledger.Fault;
import org.carelog.audit.ledger.FaultKind;
import org.carelog.audit.ledger.Gap;
import org.carelog.audit.ledger.Leaf;
import org.carelog.audit.ledger.Retention;

/** Whether leaves say what the rows say that they are of, and these hang together as their services sealed them. Thread-safe. */
@Singleton
final class EntryCheck {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LeafRows rows;

    EntryCheck(LeafRows rows) {
        this.rows = rows;
    }

    /** What is wrong with a leaf first. */
    Optional<Finding> check(LeafRows.Row row, Set<LeafRows.Noted> faults) {
        return Optional.ofNullable(row.isAccess() ? ofAccess(row, faults) : ofNotice(row, faults))
                .map(reason -> new Finding(row.index(), reason));
    }

    static boolean isErased(LeafRows.Row row) {
        return row.salt().length == 0 && row.entry().length == 0;
    }

    private String ofAccess(LeafRows.Row row, Set<LeafRows.Noted> faults) {
        if (row.entry() == null) {
            return "its entry is missing";
        }
        if (isErased(row)) {
            // nothing here erases yet: whoever did it was somebody else
            return "its entry and its salt are empty";
        }
        Leaf expected = Leaf.of(
                new AccessRecorded(row.source(), row.seq(), row.previousHash(), row.hash(), row.entry()),
                row.takenAt(),
                row.salt());
        if (!Arrays.equals(expected.canonical(), row.canonical())) {
            return "it is not the leaf of its entry";
        }
        if (!Arrays.equals(Chain.next(row.previousHash(), row.seq(), row.entry()), row.hash())
                && !has(faults, row, FaultKind.HASH)) {
            return "its entry does not have the hash by which it was sealed";
        }
        byte[] before = row.seq() == 1 ? Chain.start(row.source()) : row.hashBefore();
        if (before == null) {
            return rows.isMissing(row.source(), row.seq() - 1) ? null : "the entry before it in its source is missing";
        }
        return Arrays.equals(before, row.previousHash()) || has(faults, row, FaultKind.CHAIN)
                ? null
                : "its entry does not follow the one before it in its source";
    }

    /** A gap or a fault, which may have been noticed again after it was noted, or a retention run. */
    private String ofNotice(LeafRows.Row row, Set<LeafRows.Noted> faults) {
        try {
            JsonNode leaf = JSON.readTree(row.canonical());
            Instant at = Instant.parse(leaf.path("noticedAt").asText());
            Leaf expected;
            boolean isNoted;
            if (row.kind().equals("retention")) {
                expected = Leaf.of(
                        new Retention(
                                leaf.path("firstLeaf").asLong(),
                                Instant.parse(leaf.path("before").asText()),
                                Instant.parse(leaf.path("eventsBefore").asText()),
                                leaf.path("subject").textValue(),
                                leaf.path("client").textValue()),
                        at);
                isNoted = expected.seq() == row.seq() && expected.source().equals(row.source());
            } else if (row.kind().equals("gap")) {
                Gap gap = new Gap(row.seq(), leaf.path("lastSeq").asLong());
                expected = Leaf.of(row.source(), gap, at);
                isNoted = rows.hasGap(row.source(), gap.firstSeq(), gap.lastSeq(), at);
            } else {
                FaultKind kind = FaultKind.valueOf(leaf.path("fault").asText().toUpperCase(Locale.ROOT));
                expected = Leaf.of(row.source(), new Fault(row.seq(), kind), at);
                isNoted = has(faults, row, kind);
            }
            return Arrays.equals(expected.canonical(), row.canonical())
                            && at.equals(row.takenAt())
                            && row.salt().length == 0
                            && isNoted
                    ? null
                    : "it is not the leaf of what was noted";
        } catch (IOException | DateTimeException | IllegalArgumentException e) {
            return "it cannot be read";
        }
    }

    private static boolean has(Set<LeafRows.Noted> faults, LeafRows.Row row, FaultKind kind) {
        return find(faults, row, kind).isPresent();
    }

    static Optional<LeafRows.Noted> find(Set<LeafRows.Noted> faults, LeafRows.Row row, FaultKind kind) {
        return faults.stream()
                .filter(fault -> fault.seq() == row.seq()
                        && fault.source().equals(row.source())
                        && fault.kind().equals(kind.name().toLowerCase(Locale.ROOT)))
                .findAny();
    }

    /** Those of all rows, to be looked up. */
    Set<LeafRows.Noted> faults(List<LeafRows.Row> page) {
        return Set.copyOf(rows.faults(page));
    }
}
