package org.carelog.system.history;

import java.util.List;

/**
 * Everything that a check looks at, taken when the system was at rest.
 *
 * @param parked what every service has parked
 */
public record Evidence(List<Owned> owned, List<Parked> parked, List<Journal> journals, Ledger ledger) {

    /**
     * A type: what its owner has, what the other service has, what the topics have.
     *
     * @param topic of the changes
     * @param state the compacted one
     */
    public record Owned(Store owner, Store copy, Topic topic, Topic state) {}

    /** What holds whoever wrote: events, states, copies, chain, ledger. */
    public Findings consistency() {
        return consistency(List.of());
    }

    /** The same where somebody put these onto the topics of changes, and nothing else that is no event. */
    public Findings consistency(List<Poison> poison) {
        Findings findings = new Findings();
        for (Owned type : owned) {
            Topic topic = type.topic().without(poison);
            findings.addAll(EventsCheck.of(topic, type.owner()));
            findings.addAll(OrderCheck.of(List.of(), topic, type.owner()));
            findings.addAll(StateCheck.of(type.state(), type.owner()));
            findings.addAll(ProjectionCheck.of(type.owner(), type.copy()));
        }
        findings.addAll(ParkedCheck.of(parked, poison));
        findings.addAll(EventsCheck.distinct(
                owned.stream().map(type -> type.topic().without(poison)).toList()));
        findings.addAll(LedgerCheck.of(journals, ledger));
        return findings;
    }

    /**
     * What must be so because of what clients saw. Nobody but they may have written.
     *
     * @param prefix of every request id of theirs
     */
    public Findings truth(List<Attempt> attempts, String prefix) {
        return truth(attempts, prefix, List.of());
    }

    /** The same where somebody put these onto the topics of changes. */
    public Findings truth(List<Attempt> attempts, String prefix, List<Poison> poison) {
        Findings findings = new Findings();
        for (Owned type : owned) {
            findings.addAll(WritesCheck.of(attempts, type.owner()));
            findings.addAll(ReadsCheck.of(attempts, type.owner()));
            findings.addAll(OrderCheck.of(attempts, type.topic().without(poison), type.owner()));
        }
        findings.addAll(JournalCheck.of(attempts, journals, prefix));
        attempts.stream()
                .filter(attempt -> attempt.ending() instanceof Ending.Answered answered && answered.status() == 500)
                .forEach(attempt -> findings.add(Rule.FAILED, attempt.requestId() + " at " + attempt.service()));
        return findings;
    }
}
