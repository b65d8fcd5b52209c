package org.carelog.system.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.carelog.system.history.Attempt;
import org.carelog.system.history.Evidence;
import org.carelog.system.history.Findings;
import org.carelog.system.history.Poison;
import org.carelog.system.history.Rule;
import org.carelog.system.observation.Observation;
import org.carelog.system.platform.Size;
import org.carelog.system.platform.Tokens;
import org.carelog.system.workload.Workload;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Everything that may go wrong does, at random and several things at once, while clients write, read and search. Afterwards
 * nothing may be lost, invented, reordered or unrecorded; and nothing of that changes when all events come again, twice.
 * On a system of its own, which nobody else may write to.
 */
@Order(0)
class FaultsTest {
    private static final int ROUNDS = Integer.getInteger("carelog.system.rounds", 24);
    private static final int CALM = Integer.getInteger("carelog.system.calm", 60);
    private static final int WRITERS = Integer.getInteger("carelog.system.writers", 16);
    private static final int RATE = Integer.getInteger("carelog.system.rate", 75);
    private static final Size SIZE =
            new Size(Integer.getInteger("carelog.system.replicas", 1), Integer.getInteger("carelog.system.brokers", 1));
    private static final long SEED = Long.getLong("carelog.system.seed", System.nanoTime() & 0xffff_ffffL);
    private static final Path ROOT = Path.of(System.getProperty("carelog.root"));
    private static final Path DIRECTORY =
            ROOT.resolve(System.getProperty("carelog.system.report", "deploy/system-tests/target/faults"));

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final List<String> TOPICS =
            List.of("carelog.patient.changed.v1", "carelog.encounter.changed.v1", "carelog.access.recorded.v1");

    private final Random random = new Random(SEED);
    private final String prefix = "st" + Long.toHexString(SEED) + "-";

    @Test
    void nothingIsLostInventedReorderedOrUnrecorded() throws Exception {
        // Given
        Findings findings;
        Report report = new Report(DIRECTORY, SEED, ROUNDS, SIZE);
        try (HarmedSystem system = HarmedSystem.start(ROOT, DIRECTORY.resolve("system"), SIZE);
                Poisoner poisoner = new Poisoner(system.carelog(), new Random(SEED))) {
            // When
            List<Attempt> attempts = underFaults(system, poisoner, report);
            findings = findings(system, attempts, poisoner.put(), report);
            try (Replay replay = new Replay(system.carelog())) {
                for (String topic : TOPICS) {
                    report.say("%d records of %s come again".formatted(replay.of(topic, 2, poisoner.put()), topic));
                }
            }
            findings.addAll(findings(system, attempts, poisoner.put(), report));
        } finally {
            report.write();
        }
        // Then
        report.write(findings);
        assertThat(findings.all())
                .as("%s%nseed %d, %s", findings, SEED, DIRECTORY)
                .isEmpty();
    }

    private List<Attempt> underFaults(HarmedSystem system, Poisoner poisoner, Report report) throws Exception {
        Workload workload = new Workload(system.carelog(), new Tokens(system.carelog()), prefix, WRITERS, RATE, SEED);
        Nemesis nemesis = new Nemesis(system, poisoner, workload.log());
        try (workload;
                nemesis) {
            Deck deck = new Deck(random, SIZE);
            report.say(Step.HEAD);
            for (int round = 0; round < ROUNDS; round++) {
                long wanted = workload.log().writes() + CALM;
                deal(deck, nemesis);
                await("writes are acknowledged")
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> workload.log().writes() >= wanted);
            }
        } finally {
            report.history(workload.log().all(), nemesis.steps());
        }
        if (SIZE.replicas() > 1) {
            report.say(Handovers.told(system.carelog()));
        }
        assertThat(workload.failures()).isEmpty();
        return workload.log().all();
    }

    private static void deal(Deck deck, Nemesis nemesis) {
        await("there is room for a fault")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    Optional<Fault> next = deck.next(nemesis::isPossible);
                    next.ifPresent(nemesis::strike);
                    return next.isPresent();
                });
    }

    private Findings findings(HarmedSystem system, List<Attempt> attempts, List<Poison> poison, Report report) {
        Findings findings = new Findings();
        Duration rest = Observation.awaitRest(system.carelog());
        report.say("at rest after %.1f s".formatted(rest.toMillis() / 1000.0));
        if (rest.compareTo(BOUND) > 0) {
            findings.add(Rule.NOT_AT_REST, "only after " + rest);
        }
        Evidence evidence = Observation.of(system.carelog());
        report.say(Summary.of(attempts, evidence));
        findings.addAll(evidence.consistency(poison));
        findings.addAll(evidence.truth(attempts, prefix, poison));
        return findings;
    }
}
