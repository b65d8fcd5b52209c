package org.carelog.audit.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.carelog.audit.journal.Access;
import org.carelog.audit.journal.AccessJson;
import org.carelog.audit.journal.AccessRecorded;
import org.carelog.audit.ledger.Appended;
import org.carelog.audit.ledger.Fault;
import org.carelog.audit.ledger.Gap;
import org.carelog.audit.ledger.Ledger;
import org.carelog.audit.ledger.LedgerState;
import org.carelog.audit.ledger.MerkleLog;
import org.carelog.events.TopicSpan;
import org.carelog.events.Transience;
import org.carelog.records.interaction.Append;
import org.carelog.sql.Sql;
import org.jboss.logging.Logger;

/**
 * Takes in sealed entries: ledger, AuditEvents and the place in the partition in one transaction, so that each is there
 * exactly once however often it is sent. Thread-safe.
 */
@Singleton
final class Ingest {
    private static final Logger LOG = Logger.getLogger(Ingest.class);
    private static final Duration TRANSACTION_LIMIT = Duration.ofMinutes(5);
    /** Of entries that share a transaction, but for one that is larger: an entry may name a thousand resources. */
    private static final int MOST_BYTES = 1 << 20;
    /** What AuditEvents that are stored together name; with its index that takes some megabytes. */
    private static final int ENOUGH_ENTITIES = 1000;

    private final Ledger ledger;
    private final MerkleLog log;
    private final LedgerState state;
    private final Progress progress;
    private final Append auditEvents;
    private final Sql sql;
    private final Counter added;
    private final Counter repeated;
    private final Timer delay;

    Ingest(
            Ledger ledger,
            MerkleLog log,
            LedgerState state,
            Progress progress,
            Append auditEvents,
            Sql sql,
            MeterRegistry registry) {
        this.ledger = ledger;
        this.log = log;
        this.state = state;
        this.progress = progress;
        this.auditEvents = auditEvents;
        this.sql = sql;
        added = Counter.builder("carelog.ledger.added")
                .description("Entries the ledger took in")
                .register(registry);
        repeated = Counter.builder("carelog.ledger.repeated")
                .description("Entries that came again")
                .register(registry);
        delay = Timer.builder("carelog.ledger.delay")
                .description("From a request to its entry in the ledger")
                .register(registry);
    }

    /**
     * Takes in the next records of a partition: as many together as memory allows, or when that fails each for itself, so
     * that one which cannot be shown keeps no other back.
     *
     * @throws RuntimeException when the database does not take one of them; it and those behind it are not there then
     */
    void apply(TopicPartition partition, List<ConsumerRecord<String, byte[]>> records) {
        int first = 0;
        int bytes = 0;
        for (int i = 0; i < records.size(); i++) {
            int size = Math.max(0, records.get(i).serializedValueSize());
            if (i > first && bytes + size > MOST_BYTES) {
                applyTogether(partition, records.subList(first, i));
                first = i;
                bytes = 0;
            }
            bytes += size;
        }
        applyTogether(partition, records.subList(first, records.size()));
    }

    private void applyTogether(TopicPartition partition, List<ConsumerRecord<String, byte[]>> records) {
        try {
            commit(partition, records, this::show);
        } catch (RuntimeException e) {
            LOG.debugf("%d records one by one: %s", records.size(), e.getClass().getName());
            records.forEach(record -> applyAlone(partition, record));
        }
    }

    private void applyAlone(TopicPartition partition, ConsumerRecord<String, byte[]> record) {
        try {
            commit(partition, List.of(record), this::show);
        } catch (RuntimeException e) {
            if (Transience.isTransient(e)) {
                throw e;
            }
            commit(partition, List.of(record), this::keepUnshown);
        }
    }

    private void commit(
            TopicPartition partition,
            List<ConsumerRecord<String, byte[]>> records,
            Function<List<AccessRecorded>, Shown> show) {
        Instant begin = Instant.now();
        List<Taken> results = QuarkusTransaction.requiringNew().call(() -> {
            sql.limitTransaction(TRANSACTION_LIMIT);
            List<Taken> taken = append(records, show);
            log.append(taken.stream().map(Taken::appended).toList());
            progress.reached(partition, records.getLast().offset() + 1);
            return taken;
        });
        long fresh = results.stream()
                .mapToLong(taken -> taken.appended().entries().size())
                .sum();
        results.stream()
                .flatMap(taken -> taken.shown().traces().stream())
                .forEach(trace -> TopicSpan.processed(partition.topic(), trace, begin));
        added.increment(fresh);
        repeated.increment(records.size() - fresh);
        if (results.stream()
                .anyMatch(taken ->
                        taken.shown().unreadable() > 0 || taken.appended().changesState())) {
            state.refresh();
        }
    }

    private record Taken(Appended appended, Shown shown) {}

    /**
     * @param unreadable how many entries cannot be seen as AuditEvents
     * @param traces of the others, as far as they are of one
     */
    private record Shown(int unreadable, List<String> traces) {}

    private List<Taken> append(
            List<ConsumerRecord<String, byte[]>> records, Function<List<AccessRecorded>, Shown> show) {
        Map<String, List<AccessRecorded>> bySource = new LinkedHashMap<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            AccessRecorded.of(record)
                    .ifPresentOrElse(
                            entry -> bySource.computeIfAbsent(entry.source(), source -> new ArrayList<>())
                                    .add(entry),
                            () -> keepUnreadable(record));
        }
        List<Taken> results = new ArrayList<>();
        bySource.forEach((source, entries) -> {
            Appended appended = ledger.append(source, entries);
            alarm(source, appended);
            results.add(new Taken(appended, show.apply(appended.entries())));
        });
        return results;
    }

    private Shown show(List<AccessRecorded> entries) {
        List<String> traces = new ArrayList<>();
        List<Append.Made> events = new ArrayList<>();
        int entities = 0;
        List<AccessRecorded> unreadable = new ArrayList<>();
        for (AccessRecorded entry : entries) {
            Optional<Access> access = AccessJson.decode(entry.entry());
            if (access.isEmpty()) {
                unreadable.add(entry);
                continue;
            }
            Iterable<Append.Made> made = BalpEvents.of(entry.source(), entry.seq(), access.get())::iterator;
            for (Append.Made event : made) {
                events.add(event);
                entities += event.resource().json().path("entity").size();
                if (entities >= ENOUGH_ENTITIES) {
                    auditEvents.append(events);
                    events.clear();
                    entities = 0;
                }
            }
            delay(access.get());
            Optional.ofNullable(access.get().traceparent()).ifPresent(traces::add);
        }
        auditEvents.append(events);
        return new Shown(keepUnshown(unreadable).unreadable(), traces);
    }

    private void delay(Access access) {
        Duration since = Duration.between(access.at(), Instant.now());
        delay.record(since.isNegative() ? Duration.ZERO : since);
    }

    private Shown keepUnshown(List<AccessRecorded> entries) {
        for (AccessRecorded entry : entries) {
            LOG.errorf("audit entry unreadable source=%s seq=%d", entry.source(), entry.seq());
            ledger.unreadable(entry.source(), entry.seq());
        }
        return new Shown(entries.size(), List.of());
    }

    private static void alarm(String source, Appended appended) {
        for (Gap gap : appended.gaps()) {
            LOG.errorf("audit gap source=%s first=%d last=%d", source, gap.firstSeq(), gap.lastSeq());
        }
        for (Fault fault : appended.faults()) {
            LOG.errorf("audit fault source=%s seq=%d kind=%s", source, fault.seq(), fault.kind());
        }
    }

    private void keepUnreadable(ConsumerRecord<String, byte[]> record) {
        LOG.errorf(
                "audit record unreadable topic=%s partition=%d offset=%d",
                record.topic(), record.partition(), record.offset());
        sql.update("""
                insert into unreadable_record (topic, partition_id, record_offset, value) values (?, ?, ?, ?)
                on conflict do nothing
                """, record.topic(), record.partition(), record.offset(), record.value());
    }
}
