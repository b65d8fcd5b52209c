package org.carelog.audit.retention;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.carelog.access.Actor;
import org.carelog.audit.ingest.BalpEvents;
import org.carelog.audit.journal.AccessJson;
import org.carelog.audit.journal.AccessRecorded;
import org.carelog.audit.ledger.Leaves;
import org.carelog.audit.ledger.MerkleLog;
import org.carelog.audit.ledger.Retention;
import org.carelog.audit.ledger.Retentions;
import org.carelog.audit.ledger.Retentions.Month;
import org.carelog.fhir.FhirProblem.InvalidOperationParameter;
import org.carelog.records.store.SoleVersions;

/**
 * Says in the ledger that its oldest months are given up. Takes nothing away: the service cannot, the database's owner does it then.
 * Works in the caller's transaction. Thread-safe.
 */
@Singleton
final class RetentionRun {
    private static final int FIRST_LEAVES = 500;

    private final Period retention;
    private final MerkleLog log;
    private final Leaves leaves;
    private final Retentions retentions;
    private final SoleVersions events;
    private final Clock clock = Clock.systemUTC();

    RetentionRun(RetentionConfig config, MerkleLog log, Leaves leaves, Retentions retentions, SoleVersions events) {
        this.retention = config.retention();
        this.log = log;
        this.leaves = leaves;
        this.retentions = retentions;
        this.events = events;
    }

    /** The latest beginning of a month before which nothing has to stay. A day more is for clocks, and for who counts in another zone. */
    LocalDate latest() {
        return LocalDate.now(clock).minus(retention).minusDays(1).withDayOfMonth(1);
    }

    /**
     * Gives them up.
     *
     * @return empty: there are none
     */
    Optional<Retention> of(LocalDate day, Actor actor) {
        LocalDate month = day.withDayOfMonth(1);
        if (month.isAfter(latest())) {
            throw InvalidOperationParameter.refusal(
                    "before", "what is younger than %s stays: %s is the latest".formatted(retention, latest()));
        }
        Instant begin = month.atStartOfDay(ZoneOffset.UTC).toInstant();
        List<Month> months = retentions.months();
        // but for the newest, to which the ledger adds
        int going = (int) months.stream()
                .limit(Math.max(0, months.size() - 1))
                .filter(older -> older.begins().isBefore(begin))
                .count();
        if (going == 0) {
            return Optional.empty();
        }
        Month first = months.get(going);
        Instant before = begin.isBefore(first.begins()) ? begin : first.begins();
        Retention run =
                new Retention(first.firstLeaf(), before, eventsBefore(first, before), actor.subject(), actor.client());
        log.append(run);
        return Optional.of(run);
    }

    /** When the AuditEvents of the first leaves that stay were made: those that go were made earlier. */
    private Instant eventsBefore(Month first, Instant before) {
        List<String> ids = leaves.from(first.firstLeaf(), first.firstLeaf() + FIRST_LEAVES).stream()
                .flatMap(leaf -> leaf.access().stream())
                .flatMap(RetentionRun::events)
                .toList();
        return events.of("AuditEvent", ids).values().stream()
                .map(kept -> kept.head().lastUpdated())
                .min(Comparator.naturalOrder())
                .orElse(before);
    }

    private static Stream<String> events(AccessRecorded entry) {
        return AccessJson.decode(entry.entry()).stream()
                .flatMap(access -> BalpEvents.of(entry.source(), entry.seq(), access))
                .map(event -> event.resource().id());
    }
}
