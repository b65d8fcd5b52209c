package org.carelog.system.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.carelog.system.fault.Killer;
import org.carelog.system.observation.Observation;
import org.carelog.system.platform.Carelog;
import org.carelog.system.platform.Result;
import org.carelog.system.platform.RunningSystem;
import org.carelog.system.platform.Tokens;
import org.carelog.system.workload.Pace;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Clients ask for everything that there is, at the gateway and at the services, while Kafka and audit-service stand still, and what
 * lives is killed: every answer that came is in the ledger then, once, as it was.
 */
@Order(7)
@ExtendWith(RunningSystem.class)
class LossTest {
    private static final int REQUESTS = Integer.getInteger("carelog.system.requests", 1200);
    private static final int MOST_REQUESTS = 10 * REQUESTS;
    private static final int RATE = Integer.getInteger("carelog.system.rate", 60);
    private static final int CLIENTS = Integer.getInteger("carelog.system.writers", 16);
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("carelog.system.outage", 8));
    private static final long SEED = Long.getLong("carelog.system.seed", System.nanoTime() & 0xffff_ffffL);

    private static final List<String> STANDING_STILL = List.of("kafka", "audit-service");
    /** Meanwhile; a gateway that starts is ready when it knows what every service has. */
    private static final List<String> LET_BE = List.of("kafka", "audit-service", "gateway");

    private static final List<String> MORTAL =
            List.of("patient-service", "encounter-service", "gateway", "audit-service", "kafka");

    private final Random random = new Random(SEED);
    private final CountDownLatch requestsOver = new CountDownLatch(1);

    @Test
    void everyAnswerIsInTheLedger(Carelog carelog) throws Exception {
        // Given
        String prefix = "loss" + Long.toHexString(SEED) + "-";
        try (Calls calls = new Calls(new Tokens(carelog), prefix)) {
            // When
            int kills = underHarm(carelog, calls);

            // Then
            Duration rest = Observation.awaitRest(carelog);
            LedgerComparison comparison = new LedgerComparison(calls.answers(), Observation.recorded(carelog, prefix));
            List<String> differences = comparison.differences();
            System.out.printf(
                    "seed %d: %d requests, %d kills, Kafka and audit-service stood still for %d s: %s; %d requests without"
                            + " an answer; at rest after %.1f s; difference %d%n",
                    SEED,
                    calls.sent(),
                    kills,
                    OUTAGE.toSeconds(),
                    comparison,
                    calls.unanswered(),
                    rest.toMillis() / 1000.0,
                    differences.size());
            assertThat(differences).as("seed %d", SEED).isEmpty();
            assertThat(calls.answered()).as("answers").isGreaterThan(REQUESTS / 2);
            Result reconcile = carelog.run("audit", "reconcile");
            assertThat(reconcile.exitCode()).as("%s", reconcile).isZero();
        }
    }

    /** @return how often something was killed */
    private int underHarm(Carelog carelog, Calls calls) throws Exception {
        Killer killer = new Killer(carelog);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> pauses = new ArrayList<>();
            for (String part : STANDING_STILL) {
                pauses.add(threads.submit(() -> {
                    killer.pause(part, OUTAGE);
                    return null;
                }));
            }
            Future<Integer> kills = threads.submit(() -> kill(killer, pauses));
            List<Future<?>> clients = new ArrayList<>();
            Pace pace = new Pace(RATE);
            MixedClient.Known known = new MixedClient.Known();
            for (int i = 0; i < CLIENTS; i++) {
                MixedClient client = new MixedClient(carelog, calls, known, new Random(random.nextLong()));
                clients.add(threads.submit(asking(client, calls, pace)));
            }
            for (Future<?> client : clients) {
                client.get();
            }
            requestsOver.countDown();
            for (Future<?> pause : pauses) {
                pause.get();
            }
            int killed = kills.get();
            killer.awaitRecovery();
            return killed;
        }
    }

    /** As often as is wanted, and until half of it was answered: who is killed for much of the time answers little. */
    private static Callable<Void> asking(MixedClient client, Calls calls, Pace pace) {
        return () -> {
            while (calls.sent() < REQUESTS || calls.answered() <= REQUESTS / 2 && calls.sent() < MOST_REQUESTS) {
                pace.await();
                client.ask();
            }
            return null;
        };
    }

    /** One after the other; what stands still is let be until it goes on. */
    private int kill(Killer killer, List<Future<?>> pauses) {
        Random whom = new Random(SEED);
        int kills = 0;
        while (requestsOver.getCount() > 0) {
            List<String> possible = mortal(killer, pauses);
            if (possible.isEmpty()) {
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> requestsOver.getCount() == 0
                                || !mortal(killer, pauses).isEmpty());
            } else {
                killer.kill(possible.get(whom.nextInt(possible.size())));
                kills++;
            }
        }
        return kills;
    }

    private static List<String> mortal(Killer killer, List<Future<?>> pauses) {
        boolean paused = pauses.stream().anyMatch(pause -> !pause.isDone());
        return MORTAL.stream()
                .filter(part -> !paused || !LET_BE.contains(part))
                .filter(killer::mayDie)
                .toList();
    }
}
