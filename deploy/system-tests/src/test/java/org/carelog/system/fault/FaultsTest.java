package org.carelog.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.carelog.system.history.Attempt;
import org.carelog.system.history.Evidence;
import org.carelog.system.history.Findings;
import org.carelog.system.observation.Observation;
import org.carelog.system.platform.Carelog;
import org.carelog.system.platform.RunningSystem;
import org.carelog.system.platform.Tokens;
import org.carelog.system.workload.Workload;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every part is killed in turn while clients write, read and search. Afterwards nothing may be lost, invented, reordered
 * or unrecorded. The first of all tests on the system: nobody else has written then.
 */
@Order(2)
@ExtendWith(RunningSystem.class)
class FaultsTest {
    private static final int ROUNDS = Integer.getInteger("carelog.system.rounds", 1);
    private static final Duration DURATION = Duration.parse(System.getProperty("carelog.system.duration", "PT0S"));
    private static final int WRITERS = Integer.getInteger("carelog.system.writers", 16);
    private static final int RATE = Integer.getInteger("carelog.system.rate", 75);
    private static final int CALM = Integer.getInteger("carelog.system.calm", 60);
    private static final long SEED = Long.getLong("carelog.system.seed", System.nanoTime() & 0xffff_ffffL);

    @Test
    void nothingIsLostInventedReorderedOrUnrecorded(Carelog carelog) throws Exception {
        // Given
        String prefix = "st" + Long.toHexString(SEED) + "-";
        System.out.printf("seed %d, %d writers, %d requests/s%n", SEED, WRITERS, RATE);
        // When
        List<Attempt> attempts = underBlows(carelog, prefix);
        Evidence evidence = Observation.of(carelog);
        // Then
        Findings findings = new Findings();
        findings.addAll(evidence.consistency());
        findings.addAll(evidence.truth(attempts, prefix));
        System.out.println(Summary.of(attempts, evidence));
        assertThat(findings.all()).as("%s%nseed %d", findings, SEED).isEmpty();
    }

    private static List<Attempt> underBlows(Carelog carelog, String prefix) throws Exception {
        Workload workload = new Workload(carelog, new Tokens(carelog), prefix, WRITERS, RATE, SEED);
        try (workload) {
            Nemesis nemesis = new Nemesis(carelog, workload.log(), CALM);
            Random random = new Random(SEED);
            Instant until = Instant.now().plus(DURATION);
            System.out.println(Step.HEAD);
            for (int round = 0; round < ROUNDS || Instant.now().isBefore(until); round++) {
                List<Blow> blows = new ArrayList<>(Blow.ALL);
                Collections.shuffle(blows, random);
                for (Blow blow : blows) {
                    System.out.println(nemesis.strike(blow));
                }
            }
        }
        assertThat(workload.failures()).isEmpty();
        return workload.log().all();
    }
}
