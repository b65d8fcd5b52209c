package org.carelog.audit.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.Test;

/**
 * Whatever is done to the tables of the ledger, or to what is searched of it, is found, and where. Of each mutation some in the
 * suite; {@code -Dcarelog.mutations=1000} for more.
 */
@QuarkusTest
@TestProfile(LedgerAtRest.class)
@QuarkusTestResource(ServiceResource.class)
class LedgerMutationTest {
    private static final int CASES = Integer.getInteger("carelog.mutations", 40);
    private static final long SEED = Long.getLong("carelog.mutations.seed", 7);

    @Inject
    LedgerUnderAttack ledger;

    @Test
    void everyMutationIsFoundAndLocated() {
        // Given
        ledger.build(50);
        assertThat(ledger.findings(ledger.kept())).isEmpty();
        Random random = new Random(SEED);
        Map<Mutation, Integer> done = new EnumMap<>(Mutation.class);

        for (int i = 0; done.values().stream().mapToInt(Integer::intValue).sum() < CASES; i++) {
            // When: half of them are edits
            Mutation mutation = i % 2 == 0 ? Mutation.EDIT : Mutation.values()[i / 2 % Mutation.values().length];
            Mutation.Expected expected = mutation.apply(ledger, random);

            // Then
            if (expected != null) {
                done.merge(mutation, 1, Integer::sum);
                List<Finding> findings = ledger.findings(expected.kept());
                assertThat(expected.isFound(findings))
                        .as(
                                "case %d: %s of %s at %s, found %s",
                                i, mutation, expected.what(), expected.leaf(), findings)
                        .isTrue();
            }
            ledger.restore();
        }
        System.out.println("mutations found and located: " + done);
        assertThat(ledger.findings(ledger.kept())).isEmpty();
    }
}
