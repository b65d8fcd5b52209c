package org.carelog.system.history;

import java.util.List;

/** Everything that a check looks at, taken when the system was at rest. */
public record Evidence(List<Owned> owned, List<Journal> journals, Ledger ledger) {

    /** A type: what its owner has, what the other service has, what the topic has. */
    public record Owned(Store owner, Store copy, Topic topic) {}

    /** What holds whoever wrote: events, copies, chain, ledger. */
    public Findings consistency() {
        Findings findings = new Findings();
        for (Owned type : owned) {
            findings.addAll(EventsCheck.of(type.topic(), type.owner()));
            findings.addAll(OrderCheck.of(List.of(), type.topic(), type.owner()));
            findings.addAll(ProjectionCheck.of(type.owner(), type.copy()));
        }
        findings.addAll(EventsCheck.distinct(owned.stream().map(Owned::topic).toList()));
        findings.addAll(LedgerCheck.of(journals, ledger));
        return findings;
    }

    /**
     * What must be so because of what clients saw. Nobody but they may have written.
     *
     * @param prefix of every request id of theirs
     */
    public Findings truth(List<Attempt> attempts, String prefix) {
        Findings findings = new Findings();
        for (Owned type : owned) {
            findings.addAll(WritesCheck.of(attempts, type.owner()));
            findings.addAll(ReadsCheck.of(attempts, type.owner()));
            findings.addAll(OrderCheck.of(attempts, type.topic(), type.owner()));
        }
        findings.addAll(JournalCheck.of(attempts, journals, prefix));
        return findings;
    }
}
