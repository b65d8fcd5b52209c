package org.carelog.fhir.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.json.JsonStructure;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.OperationOutcomes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPatchTest {
    private static final int ROUND_TRIPS = Integer.getInteger("carelog.patch.round-trips", 2000);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":1} | {"op":"add","path":"/b","value":[2]} | {"a":1,"b":[2]}
            {"a":[1,3]} | {"op":"add","path":"/a/1","value":2} | {"a":[1,2,3]}
            {"a":[1]} | {"op":"add","path":"/a/-","value":null} | {"a":[1,null]}
            {"a":1} | {"op":"add","path":"/a","value":2} | {"a":2}
            {"a":1} | {"op":"add","path":"","value":{"b":2}} | {"b":2}
            {"a":1,"b":2} | {"op":"remove","path":"/a"} | {"b":2}
            {"a":[1,2,3]} | {"op":"remove","path":"/a/1"} | {"a":[1,3]}
            {"a":1} | {"op":"replace","path":"/a","value":"x"} | {"a":"x"}
            {"a":{"b":1},"c":{"d":2}} | {"op":"move","from":"/a/b","path":"/c/b"} | {"c":{"d":2,"b":1}}
            {"a":[1,2,3]} | {"op":"move","from":"/a/0","path":"/a/2"} | {"a":[2,3,1]}
            {"a":[0,1,2,3,4,5,6,7,8,9,10]} | {"op":"move","from":"/a/1","path":"/a/10"} | {"a":[0,2,3,4,5,6,7,8,9,10,1]}
            {"name":1} | {"op":"move","from":"/name","path":"/name2"} | {"name2":1}
            {"a":1} | {"op":"move","from":"/a","path":"/a"} | {"a":1}
            {"a":{"b":1}} | {"op":"copy","from":"/a","path":"/c"} | {"a":{"b":1},"c":{"b":1}}
            {"a":1} | {"op":"test","path":"/a","value":1.0} | {"a":1}
            {"a":{"b":1,"c":[2]}} | {"op":"test","path":"/a","value":{"c":[2.00],"b":1}} | {"a":{"b":1,"c":[2]}}
            {"a/b":1,"m~n":2} | {"op":"replace","path":"/a~1b","value":3} | {"a/b":3,"m~n":2}
            {"a/b":1,"m~n":2} | {"op":"replace","path":"/m~0n","value":3} | {"a/b":1,"m~n":3}
            {"a":1} | {"op":"remove","path":"/a","unknown":true,"value":7} | {}
            """)
    void anOperationChangesItsPlace(String resource, String operation, String expected) {
        // When
        String patched = apply(resource, "[" + operation + "]");

        // Then
        assertThat(patched).isEqualTo(expected);
    }

    @Test
    void operationsFollowOneAnother() {
        // When
        String patched = apply("{\"a\":1}", """
                [{"op":"add","path":"/b","value":[]},{"op":"add","path":"/b/-","value":2},{"op":"move","from":"/b/0","path":"/c"}]""");

        // Then: what is left empty goes
        assertThat(patched).isEqualTo("{\"a\":1,\"c\":2}");
    }

    @Test
    void decimalsKeepTheirDigits() {
        // When
        String patched = apply("{\"a\":1.50,\"b\":0.00000000000000000010,\"c\":[12345678901234567890.0]}", """
                [{"op":"add","path":"/d","value":2.500},{"op":"copy","from":"/a","path":"/e"}]""");

        // Then
        assertThat(patched)
                .isEqualTo("{\"a\":1.50,\"b\":1.0E-19,\"c\":[12345678901234567890.0],\"d\":2.500,\"e\":1.50}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"op":"remove","path":"/nothing"} | /nothing
            {"op":"replace","path":"/name/1","value":1} | /name/1
            {"op":"replace","path":"/name/-","value":1} | /name/-
            {"op":"remove","path":"/name/x"} | /name/x
            {"op":"remove","path":"/name/00"} | /name/00
            {"op":"add","path":"/name/2","value":1} | /name/2
            {"op":"add","path":"/nothing/here","value":1} | /nothing/here
            {"op":"add","path":"/id/x","value":1} | /id/x
            {"op":"add","path":"","value":1} | ``
            {"op":"remove","path":""} | ``
            {"op":"copy","from":"/nothing","path":"/x"} | /x
            {"op":"move","from":"/name","path":"/name/0"} | /name/0
            {"op":"test","path":"/name/0/family","value":"Other"} | /name/0/family
            {"op":"test","path":"/nothing","value":null} | /nothing
            """)
    void anOperationThatCannotBeDoneIsNamedWithoutAValueOfTheRecord(String operation, String path) {
        // Given
        String resource = "{\"id\":\"secret\",\"name\":[{\"family\":\"Secret\"}]}";

        // When
        FhirProblem problem =
                refusal(resource, "[{\"op\":\"test\",\"path\":\"/id\",\"value\":\"secret\"}," + operation + "]");

        // Then
        assertThat(problem).isInstanceOfSatisfying(FhirProblem.FailedPatch.class, failed -> {
            assertThat(failed.number()).isEqualTo(2);
            assertThat(failed.path()).isEqualTo(path);
        });
        assertThat(OperationOutcomes.status(problem)).isEqualTo(422);
        assertThat(new String(OperationOutcomes.json(problem), StandardCharsets.UTF_8))
                .doesNotContainIgnoringCase("secret")
                .doesNotContain("Other");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[",
                "[1]",
                "[null]",
                "[{}]",
                "[{\"op\":\"add\",\"path\":\"/a\"}]",
                "[{\"op\":\"add\",\"value\":1}]",
                "[{\"op\":\"add\",\"path\":\"a\",\"value\":1}]",
                "[{\"op\":\"add\",\"path\":\"/a~2\",\"value\":1}]",
                "[{\"op\":\"add\",\"path\":1,\"value\":1}]",
                "[{\"op\":\"ADD\",\"path\":\"/a\",\"value\":1}]",
                "[{\"op\":\"move\",\"path\":\"/a\"}]",
                "[{\"op\":\"copy\",\"path\":\"/a\",\"from\":\"b\"}]",
                "[{\"op\":\"add\",\"op\":\"remove\",\"path\":\"/a\",\"value\":1}]",
                "[] []"
            })
    void whatIsNoJsonPatchIsMalformed(String document) {
        // When
        FhirProblem problem = refusal("{\"a\":1}", document);

        // Then
        assertThat(problem).isInstanceOf(FhirProblem.MalformedPatch.class);
        assertThat(OperationOutcomes.status(problem)).isEqualTo(400);
    }

    @Test
    void absurdNestingAndNumbersOfOperationsAreMalformed() {
        // When
        FhirProblem deep = refusal("{}", "[".repeat(100_000));
        FhirProblem many = refusal(
                "{}",
                "[" + "{\"op\":\"test\",\"path\":\"\",\"value\":{}},".repeat(1000)
                        + "{\"op\":\"test\",\"path\":\"\",\"value\":{}}]");

        // Then
        assertThat(deep).isInstanceOf(FhirProblem.MalformedPatch.class);
        assertThat(many).isInstanceOf(FhirProblem.MalformedPatch.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"op\":\"copy\",\"from\":\"\",\"path\":\"/a\"}",
                "{\"op\":\"copy\",\"from\":\"/a\",\"path\":\"/a/-\"}"
            })
    void copiesOfCopiesFindAnEnd(String doubling) {
        // When
        FhirProblem problem =
                refusal("{\"a\":[\"x\"]}", "[" + String.join(",", java.util.Collections.nCopies(1000, doubling)) + "]");

        // Then
        assertThat(problem).isInstanceOf(FhirProblem.FailedPatch.class);
    }

    @Test
    void theDifferenceOfTwoDocumentsMakesOneOutOfTheOther() {
        for (int seed = 0; seed < ROUND_TRIPS; seed++) {
            // Given
            RandomJson random = new RandomJson(new Random(seed));
            JsonStructure before = random.object();
            JsonStructure after = random.changed(before);
            byte[] difference =
                    PatchJson.bytes(PatchJson.PROVIDER.createDiff(before, after).toJsonArray());

            // When
            byte[] patched = ResourcePatch.json(difference).apply(PatchJson.bytes(before));

            // Then
            assertThat(PatchJson.read(patched)).as("seed %d", seed).isEqualTo(PatchJson.withoutEmpty(after));
        }
    }

    private static String apply(String resource, String document) {
        return new String(
                ResourcePatch.json(document.getBytes(StandardCharsets.UTF_8))
                        .apply(resource.getBytes(StandardCharsets.UTF_8)),
                StandardCharsets.UTF_8);
    }

    private static FhirProblem refusal(String resource, String document) {
        return catchThrowableOfType(FhirProblemException.class, () -> apply(resource, document))
                .problem();
    }
}
