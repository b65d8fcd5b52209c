package org.carelog.testing.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.util.List;
import org.carelog.audit.ledger.ForgetfulLedger;
import org.carelog.encounter.SendingProjection;
import org.carelog.events.CarelessConsumer;
import org.carelog.fhir.StoredValue;
import org.carelog.patient.CallingProjection;
import org.carelog.records.rest.QueryingEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                QueryingEndpoint.class,
                ForgetfulLedger.class,
                CallingProjection.class,
                StoredValue.class,
                SendingProjection.class,
                NameUtil.class,
                Teller.class,
                Complainer.class,
                Needy.class,
                Hasty.class,
                CarelessConsumer.class
            })
    void whoBreaksARuleIsNamedWithTheReason(Class<?> offender) {
        // Given
        JavaClasses offending = new ClassFileImporter().importClasses(offender);

        // When / Then
        assertThatThrownBy(() -> House.check(offending, House.rules()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(offender.getName())
                .hasMessageContaining(", because ");
    }

    @Test
    void everyRuleSaysWhy() {
        assertThat(House.rules())
                .allSatisfy(rule -> assertThat(rule.getDescription()).contains(", because "));
        assertThat(TestHabits.RULES)
                .allSatisfy(rule -> assertThat(rule.getDescription()).contains(", because "));
    }

    @Test
    void whoKeepsThemIsLeftInPeace() {
        House.check(new ClassFileImporter().importClasses(Sample.class), House.rules());
    }

    record Sample(String name, List<String> values) {}

    record NameUtil() {}

    record Teller(String name) {
        void tell() {
            System.out.println(name);
        }
    }

    record Complainer(JsonProcessingException failure) {
        void complain() {
            failure.printStackTrace();
        }
    }

    record Hasty(Runnable work) {
        void hurry() {
            QuarkusTransaction.requiringNew().timeout(1).run(work);
        }
    }

    static final class Needy {
        @Inject
        Connection connection;
    }
}
