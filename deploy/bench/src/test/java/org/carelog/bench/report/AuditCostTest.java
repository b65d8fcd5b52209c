package org.carelog.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.carelog.bench.client.Ending;
import org.carelog.bench.client.Timeline;
import org.carelog.bench.report.AuditCost.Round;
import org.carelog.bench.report.AuditCost.Turn;
import org.junit.jupiter.api.Test;

class AuditCostTest {
    /** The machine did something else for a while. */
    private static final Round SHAKEN = new Round(turn(300, 90, 1.0, 0.5), turn(1000, 20, 1.0, 0.0));

    private static final Round TENTH = new Round(turn(900, 22, 1.0, 0.4), turn(1000, 20, 0.9, 0.0));

    private static Turn turn(double perSecond, double p99, double service, double audit) {
        return new Turn(perSecond, p99, Map.of("patient-service", service, "audit-service", audit), 7);
    }

    @Test
    void theMedianOfTheRoundsIsToldBesideTheAim() {
        // When
        AuditCost cost = new AuditCost("GET Patient/{id}, 16 clients", 0.25, 3, List.of(TENTH, SHAKEN, TENTH));

        // Then
        assertThat(cost.toString())
                .startsWith("GET Patient/{id}, 16 clients")
                .containsPattern(
                        "\\| 2 +\\| +300 \\| +1000 \\| +-70.0 % \\| +90.0 \\| +20.0 \\| +\\+70.0 ms \\| +7 \\|")
                .containsPattern("\\| median +\\| +900 \\| +1000 \\| +-10.0 % \\| +22.0 \\| +20.0 \\| +\\+2.0 ms \\|")
                .containsPattern("\\| aim, kept +\\| +\\| +\\| +-25 % \\|.* \\+3 ms \\|");
    }

    @Test
    void ofAnEvenNumberOfRoundsTheMedianIsBetweenTheTwoInTheMiddle() {
        // When
        AuditCost cost = new AuditCost("GET Patient/{id}", 0.25, 3, List.of(SHAKEN, TENTH));

        // Then
        assertThat(cost.toString()).containsPattern("\\| median +\\| +600 \\| +1000 \\| +-40.0 % \\|");
    }

    @Test
    void eitherAimCanBeMissed() {
        assertThat(new AuditCost("POST Patient", 0.05, 3, List.of(TENTH)).isAsAimed())
                .isFalse();
        assertThat(new AuditCost("POST Patient", 0.25, 1, List.of(TENTH)).isAsAimed())
                .isFalse();
        assertThat(new AuditCost("POST Patient", 0.25, 3, List.of(TENTH)).isAsAimed())
                .isTrue();
    }

    @Test
    void whatARequestTakesOfTheProcessorsIsToldByPart() {
        // When
        AuditCost cost = new AuditCost("POST Patient", 0.05, 3, List.of(TENTH));

        // Then
        assertThat(cost.toString())
                .containsPattern("\\| audit-service +\\| +0.40 \\| 0.00 \\| \\+0.40 \\|")
                .containsPattern("\\| all of the system +\\| +1.40 \\| 0.90 \\| \\+0.50 \\|");
    }

    @Test
    void aPartsProcessorsAreSharedOutAmongTheRequests() {
        // Given
        Timeline timeline = new Timeline(0, 1);
        for (int i = 0; i < 500; i++) {
            timeline.add(0, 4_000_000, Ending.done(1, 100));
        }

        // When
        Turn turn = Turn.of(timeline, Map.of("patient-service", new Usage.Use(0.8, 200)), 0);

        // Then
        assertThat(turn.processorMillis()).containsEntry("patient-service", 1.6);
        assertThat(turn.p99()).isEqualTo(4.0);
    }
}
