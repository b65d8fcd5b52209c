package org.carelog.records.reconciliation;

import java.util.ArrayList;
import java.util.List;
import org.carelog.audit.journal.Entity;

/** What was found, all of it counted and the first of it named: by type, id, version and number only. For one thread. */
final class Differences {
    /** More are not named: whoever looks there sees them. */
    static final int NAMED = 20;

    private final List<String> named = new ArrayList<>();
    private final List<Entity> versions = new ArrayList<>();
    private long count;

    /** A version of the history that no entry names. */
    void unrecorded(RecordedVersion version) {
        add(version, version + " is in no entry");
    }

    /** A version that an entry names, and that is not in the history. */
    void unstored(RecordedVersion version, long seq) {
        add(version, "%s is in entry %d, and not in the history".formatted(version, seq));
    }

    /** The same, of an entry that was read by an earlier run. */
    void removed(RecordedVersion version) {
        add(version, version + " is in an entry, and in the history no more");
    }

    /** A number that was given to an entry that is not there. */
    void gone(long seq) {
        add(null, "entry %d is not there".formatted(seq));
    }

    /** A row that is no entry's, since it never got a number. */
    void stray(long entryNo) {
        add(null, "audit_entry has a row %d that was never sealed".formatted(entryNo));
    }

    private void add(RecordedVersion version, String difference) {
        count++;
        if (named.size() < NAMED) {
            named.add(difference);
            if (version != null) {
                versions.add(new Entity(version.type(), version.id(), version.version(), null));
            }
        }
    }

    void addAll(Differences others) {
        count += others.count;
        named.addAll(others.named.subList(0, Math.min(others.named.size(), NAMED - named.size())));
        versions.addAll(others.versions);
    }

    long count() {
        return count;
    }

    List<String> named() {
        return List.copyOf(named);
    }

    /** Those of the named ones that are about a version. */
    List<Entity> versions() {
        return List.copyOf(versions);
    }
}
