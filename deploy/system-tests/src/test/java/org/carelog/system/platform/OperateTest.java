package org.carelog.system.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an administrator does at the command line. */
@Order(5)
@ExtendWith(RunningSystem.class)
class OperateTest {

    @Test
    void nothingIsParkedInAWellSystem(Carelog carelog) {
        Result parked = carelog.run("parked", "list");

        assertThat(parked.exitCode()).as("%s", parked).isZero();
        assertThat(parked.out()).isEqualToIgnoringNewLines("Nothing is parked.");
    }

    @Test
    void whatIsNotParkedCannotBeDiscarded(Carelog carelog) {
        Result discard = carelog.run("parked", "discard", "encounter-service", "1");

        assertThat(discard.exitCode()).isEqualTo(1);
        assertThat(discard.err()).contains("no event with this id is parked").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"encounter-service", "patient-service"})
    void allCopiesAreTheirOwners(String service, Carelog carelog) {
        Result rebuild = carelog.run("rebuild", service);

        assertThat(rebuild.exitCode()).as("%s", rebuild).isZero();
        assertThat(rebuild.out())
                .matches(
                        "\\d+ records in \\d+\\.\\d s, \\d+/s: \\d+ copies written, \\d+ renewed, 0 differ, 0 failed\\R");
        System.out.print(service + ": " + rebuild.out());
    }

    @Test
    void aServiceThatKeepsNoCopiesIsNamed(Carelog carelog) {
        Result rebuild = carelog.run("rebuild", "audit-service");

        assertThat(rebuild.exitCode()).isEqualTo(2);
        assertThat(rebuild.err()).contains("'audit-service' keeps no copies");
    }

    @Test
    void noMonthOfTheAuditLogIsOldEnoughToGo(Carelog carelog) {
        Result retention = carelog.run("audit", "retention", "--drop");

        assertThat(retention.exitCode()).as("%s", retention).isZero();
        assertThat(retention.out()).matches("No month of the log is over before \\d{4}-\\d{2}-01\\.\\R");
    }
}
