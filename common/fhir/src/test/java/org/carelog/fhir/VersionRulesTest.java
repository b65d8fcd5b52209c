package org.carelog.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.stream.Stream;
import org.carelog.fhir.VersionRules.Current;
import org.carelog.fhir.VersionRules.Decision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VersionRulesTest {
    private static final Current NONE = null;
    private static final Current LIVING_3 = new Current(3, false);
    private static final Current DELETED_3 = new Current(3, true);
    private static final OptionalLong ANY = OptionalLong.empty();

    @ParameterizedTest
    @MethodSource("cases")
    void decides(Current current, OptionalLong ifMatch, boolean sameContent, Decision expected) {
        // When
        Decision decision = VersionRules.decide(current, ifMatch, () -> sameContent);

        // Then
        assertThat(decision).isEqualTo(expected);
    }

    static Stream<Arguments> cases() {
        Decision create = new Decision.Create();
        Decision replace = new Decision.Replace();
        Decision unchanged = new Decision.Unchanged();
        Decision nothingToMatch = new Decision.Refuse(new FhirProblem.NothingToMatch());
        Decision mismatch = new Decision.Refuse(new FhirProblem.VersionMismatch(2, 3));
        return Stream.of(
                Arguments.of(NONE, ANY, false, create),
                Arguments.of(NONE, OptionalLong.of(1), false, nothingToMatch),
                Arguments.of(LIVING_3, ANY, false, replace),
                Arguments.of(LIVING_3, ANY, true, unchanged),
                Arguments.of(LIVING_3, OptionalLong.of(3), false, replace),
                Arguments.of(LIVING_3, OptionalLong.of(3), true, unchanged),
                Arguments.of(LIVING_3, OptionalLong.of(2), false, mismatch),
                Arguments.of(LIVING_3, OptionalLong.of(2), true, mismatch),
                Arguments.of(DELETED_3, ANY, false, replace),
                Arguments.of(DELETED_3, ANY, true, replace),
                Arguments.of(DELETED_3, OptionalLong.of(3), false, replace),
                Arguments.of(DELETED_3, OptionalLong.of(2), false, mismatch));
    }
}
