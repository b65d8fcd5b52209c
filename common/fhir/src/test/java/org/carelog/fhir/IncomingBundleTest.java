package org.carelog.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.carelog.fhir.FhirProblem.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IncomingBundleTest {

    @Test
    void anEntryIsTheRequestItStandsFor() {
        // When
        IncomingBundle bundle = parse("transaction", """
                {"fullUrl":"urn:uuid:1b2f2c52-7d8f-4d5c-9d51-6d1d5d0f0a01",
                 "resource":{"resourceType":"Patient","gender":"female"},
                 "request":{"method":"POST","url":"Patient","ifNoneExist":"identifier=a|b"}},
                {"request":{"method":"GET","url":"/Patient?gender=female"}}""");

        // Then
        assertThat(bundle.interaction()).isEqualTo(Interaction.TRANSACTION);
        IncomingBundle.Entry create = bundle.entries().get(0);
        assertThat(create.fullUrl()).isEqualTo("urn:uuid:1b2f2c52-7d8f-4d5c-9d51-6d1d5d0f0a01");
        assertThat(create.method()).isEqualTo("POST");
        assertThat(create.url()).isEqualTo("Patient");
        assertThat(create.headers()).containsEntry("if-none-exist", "identifier=a|b");
        assertThat(create.body().orElseThrow().resource().type()).isEqualTo("Patient");
        IncomingBundle.Entry search = bundle.entries().get(1);
        assertThat(search.url()).isEqualTo("Patient?gender=female");
        assertThat(search.body()).isEmpty();
    }

    @Test
    void ofMoreNamesAndValuesThanAServiceHasMemoryForABundleIsRefused() {
        // Given
        String extensions = "{\"url\":\"a\",\"valueBoolean\":true},".repeat(250_000);

        // Then
        assertThatThrownBy(() -> parse(
                        "batch",
                        "{\"resource\":{\"resourceType\":\"Patient\",\"extension\":[%s{}]}}".formatted(extensions)))
                .isInstanceOfSatisfying(
                        FhirProblemException.class,
                        refused -> assertThat(refused.problem())
                                .isEqualTo(new FhirProblem.MalformedJson(
                                        "Nested deeper, or of more names and values, than is read here")));
    }

    @Test
    void aResourceOfMoreNamesAndValuesThanOneMayHaveIsRefusedInABundleToo() {
        // Given: 3 of each, and some around
        String extensions = "{\"url\":\"a\"},".repeat(60_000);
        String entry =
                "{\"resource\":{\"resourceType\":\"Patient\",\"extension\":[%s{}]},\"request\":{\"method\":\"POST\",\"url\":\"Patient\"}}";

        // Then
        assertThatThrownBy(() -> parse("batch", entry.formatted("") + "," + entry.formatted(extensions.repeat(2))))
                .isInstanceOfSatisfying(
                        FhirProblemException.class,
                        refused -> assertThat(refused.problem())
                                .isEqualTo(new FhirProblem.MalformedJson(
                                        "Bundle.entry[1].resource: of more names and values than is read here")));
        assertThat(parse("batch", entry.formatted(extensions) + "," + entry.formatted(extensions))
                        .entries())
                .hasSize(2);
    }

    @Test
    void decimalsKeepTheirZeroes() {
        // When
        IncomingBundle bundle = parse("batch", """
                {"resource":{"resourceType":"Observation","valueQuantity":{"value":1.50}},
                 "request":{"method":"POST","url":"Observation"}}""");

        // Then
        assertThat(new String(bundle.entries().getFirst().body().orElseThrow().bytes(), StandardCharsets.UTF_8))
                .contains("1.50");
    }

    @Test
    void aTransactionIsRefusedForAFaultInAnyOfItsResources() {
        // When
        List<Fault> faults = faults("transaction", """
                {"resource":{"resourceType":"Patient"},"request":{"method":"POST","url":"Patient"}},
                {"resource":{"resourceType":"Patient","colour":"x"},"request":{"method":"POST","url":"Patient"}}""");

        // Then
        assertThat(faults).extracting(Fault::expression).containsExactly("Bundle.entry[1].resource.colour");
    }

    @Test
    void aBatchLeavesTheFaultsOfItsResourcesToTheirEntries() {
        // When
        IncomingBundle bundle = parse("batch", """
                {"resource":{"resourceType":"Patient","colour":"x"},"request":{"method":"POST","url":"Patient"}}""");

        // Then
        assertThat(bundle.interaction()).isEqualTo(Interaction.BATCH);
        assertThat(new String(bundle.entries().getFirst().body().orElseThrow().bytes(), StandardCharsets.UTF_8))
                .contains("colour");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://elsewhere.example/fhir/Patient",
                "//elsewhere.example/Patient",
                "../Patient",
                "Patient/../../metadata",
                "file:///etc/passwd",
                "?gender=female",
                " Patient"
            })
    void aUrlThatIsNotRelativeToTheBaseIsAFault(String url) {
        // When
        List<Fault> faults = faults("batch", "{\"request\":{\"method\":\"GET\",\"url\":\"%s\"}}".formatted(url));

        // Then
        assertThat(faults).extracting(Fault::expression).containsExactly("Bundle.entry[0].request.url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Patient/a..b", "Patient?identifier=urn:x|1..2", "Patient/1/*", "Patient?name=a/../b"})
    void dotsThatLeadNowhereAndAllTypesOfACompartmentAreNoFault(String url) {
        // When
        IncomingBundle bundle = parse("batch", "{\"request\":{\"method\":\"GET\",\"url\":\"%s\"}}".formatted(url));

        // Then
        assertThat(bundle.entries()).extracting(IncomingBundle.Entry::url).containsExactly(url);
    }

    /** The audit log keeps each, and passes on no entry of megabytes. */
    @Test
    void aUrlIsNoLongerThanThatOfARequestThatComesAlone() {
        // Given
        String entry = "{\"request\":{\"method\":\"GET\",\"url\":\"Patient?name=%s\"}}";

        // When
        List<Fault> faults = faults("batch", entry.formatted("a".repeat(131_072)));

        // Then
        assertThat(faults).extracting(Fault::expression).containsExactly("Bundle.entry[0].request.url");
        assertThat(parse("batch", entry.formatted("a".repeat(131_000))).entries())
                .hasSize(1);
    }

    /** A Bundle may be larger than a resource that comes alone, and so may what is in it. */
    @Test
    void whatATransactionBringsIsReadWhenItIsStored() {
        // Given
        String given = String.join(",", Collections.nCopies(290_000, "\"a\""));
        String entry = "{\"resource\":{\"resourceType\":\"Patient\",\"name\":[{\"given\":[" + given
                + "]}]},\"request\":{\"method\":\"POST\",\"url\":\"Patient\"}}";

        // When
        Resource brought = parse("transaction", entry)
                .entries()
                .getFirst()
                .body()
                .orElseThrow()
                .resource();

        // Then
        assertThat(FhirJson.parseStored(brought.bytes()).says(brought)).isTrue();
    }

    @Test
    void anEntryWithoutARequestIsAFault() {
        // When
        List<Fault> faults = faults("transaction", "{\"resource\":{\"resourceType\":\"Patient\"}}");

        // Then
        assertThat(faults).extracting(Fault::expression).containsExactly("Bundle.entry[0].request");
    }

    @Test
    void aMethodInLowerCaseIsAFault() {
        // When
        List<Fault> faults = faults("batch", "{\"request\":{\"method\":\"get\",\"url\":\"Patient\"}}");

        // Then
        assertThat(faults).extracting(Fault::expression).containsExactly("Bundle.entry[0].request.method");
    }

    @Test
    void aBundleThatAsksForNothingIsRefused() {
        assertThat(faults("collection", "")).extracting(Fault::expression).containsExactly("Bundle.type");
    }

    private static IncomingBundle parse(String type, String entries) {
        String json = entries.isEmpty()
                ? "{\"resourceType\":\"Bundle\",\"type\":\"%s\"}".formatted(type)
                : "{\"resourceType\":\"Bundle\",\"type\":\"%s\",\"entry\":[%s]}".formatted(type, entries);
        return IncomingBundle.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Fault> faults(String type, String entries) {
        List<Fault> faults = new java.util.ArrayList<>();
        assertThatThrownBy(() -> parse(type, entries))
                .isInstanceOfSatisfying(
                        FhirProblemException.class,
                        refused -> faults.addAll(((FhirProblem.InvalidContent) refused.problem()).faults()));
        return faults;
    }
}
