package org.carelog.bench.event;

import java.io.PrintStream;
import java.net.URI;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.carelog.bench.client.Percentiles;
import org.carelog.local.client.FhirCalls;
import org.carelog.local.demo.ChangeTopic;
import org.carelog.local.demo.DemoTarget;
import org.carelog.local.demo.WrittenPatient;

/**
 * How long after its answer a write is seen on Kafka, and how long after that in the other service's copy.
 *
 * <p>An open loop: creates start at their times whether or not earlier ones are answered, so a stall shows in the
 * figures; a write is late when the next one was due before it began, and many late ones mean that the machine did not
 * keep up with the measurement. All times are taken by this process's one clock. "On Kafka": a consumer's poll has
 * returned the event. "In the copy": a query of encounter-service's database has returned the patient, so whoever asks
 * then finds it; up to 5 ms of the figure are the waiting between two queries. It holds no request of a client's:
 * thousands of those, each authorised and audited, would be the load that they measure.
 */
final class EventLatency implements AutoCloseable {

    private static final String TOPIC = "carelog.patient.changed.v1";
    /** Longer than a broker takes to be started again. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** When, of the seconds measured, something is done to the system. */
    private static final double INCIDENT = 1.0 / 3;

    private final DemoTarget target;
    private final FhirCalls fhir = new FhirCalls();
    private final ChangeTopic topic;
    private final CopiedPatients patients;
    private final Percentiles answers = new Percentiles();
    private final Percentiles events = new Percentiles();
    private final Percentiles copies = new Percentiles();
    private final Lag lag = new Lag();
    private final AtomicLong late = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    /** @param copies the database of encounter-service; closed with this */
    EventLatency(DemoTarget target, Connection copies) {
        this.target = target;
        this.topic = new ChangeTopic(target.kafka(), TOPIC);
        this.patients = new CopiedPatients(copies);
    }

    /** What may be done to the system in the meantime. */
    interface Incident {
        void happen() throws Exception;
    }

    /**
     * @param incident happens after a third of what is measured
     * @return how many writes failed or were not seen
     */
    long measure(int perSecond, Duration warmUp, Duration measured, Incident incident) throws Exception {
        run(perSecond, warmUp, false, () -> {});
        run(perSecond, measured, true, incident);
        return failed.get();
    }

    /** Of what was measured. */
    Lag lag() {
        return lag;
    }

    private void run(int perSecond, Duration length, boolean counted, Incident incident) throws Exception {
        String registrar = target.tokens().of("registrar");
        long count = length.toMillis() * perSecond / 1000;
        long interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
        long start = System.nanoTime();
        // Closing waits for those still under way.
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long i = 0; i < count; i++) {
                if (i == (long) (count * INCIDENT)) {
                    incident.happen();
                }
                long due = start + i * interval;
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                threads.execute(() -> {
                    if (counted && System.nanoTime() > due + interval) {
                        late.incrementAndGet();
                    }
                    try {
                        write(registrar, due, counted ? due - start : -1);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (Exception e) {
                        failed.incrementAndGet();
                    }
                });
            }
        }
    }

    /** @param since the beginning of what is measured; negative: it is not counted */
    private void write(String token, long due, long since) throws Exception {
        WrittenPatient patient =
                WrittenPatient.of(fhir.post(URI.create(target.fhirBase() + "/Patient"), token, WrittenPatient.made()));
        CompletableFuture<Long> copy = patients.copied(patient.id());
        long seen = topic.event(patient.reference(), patient.version())
                .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .nanos();
        long copied = copy.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (since >= 0) {
            lag.add(since, seen - patient.answeredNanos(), copied - patient.answeredNanos());
            answers.add(patient.answeredNanos() - due);
            events.add(seen - patient.answeredNanos());
            copies.add(copied - seen);
        }
    }

    void print(PrintStream out) {
        out.println("due to answered       " + answers.summary());
        out.println("answered to on Kafka  " + events.summary());
        out.println("on Kafka to in copy   " + copies.summary());
        out.println("begun late            " + late.get());
        out.println("failed or not seen    " + failed.get());
    }

    @Override
    public void close() throws Exception {
        try (fhir;
                topic) {
            patients.close();
        }
    }
}
