package org.carelog.local.bench;

import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.carelog.local.demo.ChangeTopic;
import org.carelog.local.demo.DemoTarget;
import org.carelog.local.demo.FhirCalls;
import org.carelog.local.demo.WrittenPatient;

/**
 * How long after its answer a write is seen on Kafka, and how long after that the other service answers a read with it.
 *
 * <p>An open loop: creates start at their times whether or not earlier ones are answered, so a stall shows in the
 * figures. All times are taken by this process's one clock. "On Kafka": a consumer's poll has returned the event.
 * "In the copy": a GET at encounter-service's own port, asked every 2 ms after the event was seen, has answered 200; so
 * the figure holds one whole authorised and audited read and up to 2 ms of waiting. Only every fifth write is followed
 * that far, so that the reads do not become the load.
 */
final class EventLatency {

    private static final String TOPIC = "carelog.patient.changed.v1";
    private static final int FOLLOWED = 5;
    private static final Duration LOOK_EVERY = Duration.ofMillis(2);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final DemoTarget target;
    private final Percentiles answers = new Percentiles();
    private final Percentiles events = new Percentiles();
    private final Percentiles copies = new Percentiles();
    private final AtomicLong failed = new AtomicLong();

    EventLatency(DemoTarget target) {
        this.target = target;
    }

    /** @return how many writes failed or were not seen */
    long measure(int perSecond, Duration warmUp, Duration measured) throws Exception {
        try (FhirCalls fhir = new FhirCalls();
                ChangeTopic topic = new ChangeTopic(target.bootstrapServers(), TOPIC)) {
            run(fhir, topic, perSecond, warmUp, false);
            run(fhir, topic, perSecond, measured, true);
        }
        return failed.get();
    }

    private void run(FhirCalls fhir, ChangeTopic topic, int perSecond, Duration length, boolean counted)
            throws Exception {
        String registrar = target.tokens().of("registrar");
        String clinician = target.tokens().of("clinician");
        long count = length.toMillis() * perSecond / 1000;
        long start = System.nanoTime();
        // Closing waits for those still under way.
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long i = 0; i < count; i++) {
                long due = start + TimeUnit.SECONDS.toNanos(i) / perSecond;
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                boolean followed = i % FOLLOWED == 0;
                threads.execute(() -> {
                    try {
                        write(fhir, topic, registrar, followed ? clinician : null, due, counted);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (Exception e) {
                        failed.incrementAndGet();
                    }
                });
            }
        }
    }

    private void write(FhirCalls fhir, ChangeTopic topic, String writer, String reader, long due, boolean counted)
            throws Exception {
        WrittenPatient patient =
                WrittenPatient.of(fhir.post(URI.create(target.fhirBase() + "/Patient"), writer, WrittenPatient.made()));
        long seen = topic.event(patient.reference(), patient.version())
                .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .nanos();
        if (counted) {
            answers.add(patient.answeredNanos() - due);
            events.add(seen - patient.answeredNanos());
        }
        if (reader != null) {
            long copied = copied(fhir, URI.create(target.encounterService() + "/" + patient.reference()), reader);
            if (counted) {
                copies.add(copied - seen);
            }
        }
    }

    private static long copied(FhirCalls fhir, URI copy, String token) throws Exception {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (fhir.get(copy, token).statusCode() != 200) {
            if (System.nanoTime() > giveUp) {
                throw new IllegalStateException("The copy did not arrive.");
            }
            Thread.sleep(LOOK_EVERY);
        }
        return System.nanoTime();
    }

    void print(PrintStream out) {
        out.println("due to answered       " + answers.summary());
        out.println("answered to on Kafka  " + events.summary());
        out.println("on Kafka to in copy   " + copies.summary());
        out.println("failed or not seen    " + failed.get());
    }
}
