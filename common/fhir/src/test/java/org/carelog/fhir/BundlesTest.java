package org.carelog.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;

class BundlesTest {
    private static final byte[] PATIENT =
            "{\"resourceType\":\"Patient\",\"id\":\"a\",\"gender\":\"female\"}".getBytes(StandardCharsets.UTF_8);

    @Test
    void aSearchsetHoldsTheStoredBytes() {
        // When
        byte[] json = Bundles.searchset(
                OptionalLong.of(1),
                List.of(new Bundles.Link("self", "http://localhost/fhir/Patient?gender=female")),
                List.of(new Bundles.Found("http://localhost/fhir/Patient/a", PATIENT, "match")));

        // Then
        assertThat(new String(json, StandardCharsets.UTF_8)).contains(new String(PATIENT, StandardCharsets.UTF_8));
        Bundle bundle = (Bundle) FhirJson.model(FhirJson.parse(json, "Bundle"));
        assertThat(bundle.getTotal()).isEqualTo(1);
        assertThat(bundle.getEntryFirstRep().getSearch().getMode()).isEqualTo(Bundle.SearchEntryMode.MATCH);
        assertThat(bundle.getEntryFirstRep().getResource()).isInstanceOf(Patient.class);
    }

    @Test
    void anEmptySearchsetIsAValidBundle() {
        // When
        byte[] json = Bundles.searchset(OptionalLong.empty(), List.of(new Bundles.Link("self", "x")), List.of());

        // Then
        assertThat(((Bundle) FhirJson.model(FhirJson.parse(json, "Bundle"))).getEntry())
                .isEmpty();
    }

    @Test
    void aDeletionInAHistoryHasNoResource() {
        // When
        byte[] json = Bundles.history(
                OptionalLong.of(1),
                List.of(new Bundles.Link("self", "x")),
                List.of(new Bundles.Version(
                        "7-5-2",
                        "http://localhost/fhir/Patient/a",
                        null,
                        "DELETE",
                        "Patient/a",
                        "204",
                        "W/\"2\"",
                        Instant.parse("2026-01-01T00:00:00Z"))));

        // Then
        Bundle.BundleEntryComponent entry =
                ((Bundle) FhirJson.model(FhirJson.parse(json, "Bundle"))).getEntryFirstRep();
        assertThat(entry.getId()).isEqualTo("7-5-2");
        assertThat(entry.getResource()).isNull();
        assertThat(entry.getRequest().getMethod()).isEqualTo(Bundle.HTTPVerb.DELETE);
        assertThat(entry.getResponse().getEtag()).isEqualTo("W/\"2\"");
    }
}
