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
import org.carelog.sql.Sql;
import org.jboss.logging.Logger;

/**
 * Takes in sealed entries: ledger, AuditEvents and the place in the partition in one transaction, so that each is there
 * exactly once however often it is sent. Thread-safe.
 */
@Singleton
final class Ingest {
    private static final Logger LOG = Logger.getLogger(Ingest.class);
    private static final int TRANSACTION_SECONDS = 300;

    private final Ledger ledger;
    private final LedgerState state;
    private final Progress progress;
    private final AuditEvents auditEvents;
    private final Sql sql;
    private final Counter added;
    private final Counter repeated;
    private final Timer delay;

    Ingest(
            Ledger ledger,
            LedgerState state,
            Progress progress,
            AuditEvents auditEvents,
            Sql sql,
            MeterRegistry registry) {
        this.ledger = ledger;
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
     * Takes in the next records of a partition.
     *
     * @throws org.carelog.sql.SqlFailure when the database does not take them; nothing of them is there then
     */
    void apply(TopicPartition partition, List<ConsumerRecord<String, byte[]>> records) {
        List<Appended> results = QuarkusTransaction.requiringNew()
                .timeout(TRANSACTION_SECONDS)
                .call(() -> {
                    List<Appended> appended = append(records);
                    progress.reached(partition, records.getLast().offset() + 1);
                    return appended;
                });
        long fresh = results.stream().mapToLong(it -> it.entries().size()).sum();
        added.increment(fresh);
        repeated.increment(records.size() - fresh);
        if (results.stream()
                .anyMatch(
                        it -> it.late() || !it.gaps().isEmpty() || !it.faults().isEmpty())) {
            state.refresh();
        }
    }

    private List<Appended> append(List<ConsumerRecord<String, byte[]>> records) {
        Map<String, List<AccessRecorded>> bySource = new LinkedHashMap<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            AccessRecorded.of(record)
                    .ifPresentOrElse(
                            entry -> bySource.computeIfAbsent(entry.source(), source -> new ArrayList<>())
                                    .add(entry),
                            () -> keepUnreadable(record));
        }
        List<Appended> results = new ArrayList<>();
        bySource.forEach((source, entries) -> {
            Appended appended = ledger.append(source, entries);
            alarm(source, appended);
            appended.entries().forEach(this::show);
            results.add(appended);
        });
        return results;
    }

    private void show(AccessRecorded entry) {
        AccessJson.decode(entry.entry()).ifPresentOrElse(access -> show(entry, access), () -> {
            LOG.errorf("audit entry unreadable source=%s seq=%d", entry.source(), entry.seq());
            ledger.unreadable(entry.source(), entry.seq());
        });
    }

    private void show(AccessRecorded entry, Access access) {
        BalpEvents.of(entry.source(), entry.seq(), access).forEach(auditEvents::append);
        Duration since = Duration.between(access.at(), Instant.now());
        delay.record(since.isNegative() ? Duration.ZERO : since);
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
