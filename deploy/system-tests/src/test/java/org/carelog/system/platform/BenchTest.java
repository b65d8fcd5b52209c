package org.carelog.system.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The benchmark runs; how fast it finds anything to be is no matter of a test. */
@Order(6)
@ExtendWith(RunningSystem.class)
class BenchTest {

    /** The population is the one of PopulationTest: made once. */
    @Test
    void theBenchmarkTellsOfTheMachineAndOfReadsWithoutAFailure(Carelog carelog) {
        // Given: it runs
        // When
        Result bench = carelog.run(
                "bench",
                "--scenario=read",
                "--clients=4",
                "--warm-up=1",
                "--seconds=1",
                "--patients=100",
                "--synthea=5",
                "--seed=1");
        // Then
        System.out.println(bench.out());
        assertThat(bench.exitCode()).as("%s", bench).isZero();
        assertThat(bench.out())
                .containsPattern("\\| GET of a bare Quarkus endpoint +\\| +[1-9]\\d* \\|")
                .containsPattern("\\| SELECT of one row +\\| +[1-9]\\d* \\|")
                .containsPattern("\\| INSERT of one row and COMMIT +\\| +[1-9]\\d* \\|")
                .containsPattern("\\| read +\\| +4 \\| +[1-9]\\d* \\|.* 0 \\|");
    }
}
