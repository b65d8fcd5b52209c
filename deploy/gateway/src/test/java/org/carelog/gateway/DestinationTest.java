package org.carelog.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.carelog.gateway.Destination.Base;
import org.carelog.gateway.Destination.Capabilities;
import org.carelog.gateway.Destination.Elsewhere;
import org.carelog.gateway.Destination.Everything;
import org.carelog.gateway.Destination.HistoryOfSystem;
import org.carelog.gateway.Destination.OfSystem;
import org.carelog.gateway.Destination.OfType;
import org.carelog.gateway.Destination.SearchOfSystem;
import org.junit.jupiter.api.Test;

class DestinationTest {

    @Test
    void everythingBelowATypeBelongsToIt() {
        // When, Then
        assertThat(Destination.of("/fhir/Patient")).isEqualTo(new OfType("Patient"));
        assertThat(Destination.of("/fhir/Patient/123/_history/4")).isEqualTo(new OfType("Patient", "123"));
        assertThat(Destination.of("/fhir/Encounter/_search")).isEqualTo(new OfType("Encounter", "_search"));
    }

    @Test
    void aPathIsReadAsTheServicesReadIt() {
        // When, Then
        assertThat(Destination.of("//fhir//%50atient/")).isEqualTo(new OfType("Patient"));
        assertThat(Destination.of("/fhir/metadata/")).isEqualTo(new Capabilities());
        assertThat(Destination.of("/fhir/%zz")).isEqualTo(new OfType("%zz"));
    }

    @Test
    void everythingAboutOneResourceIsOfSeveralServices() {
        // When, Then
        assertThat(Destination.of("/fhir/Patient/1/$everything")).isEqualTo(new Everything("Patient"));
        assertThat(Destination.of("/fhir/Patient/1/%24everything/")).isEqualTo(new Everything("Patient"));
        assertThat(Destination.of("/fhir/Patient/$everything-part"))
                .isEqualTo(new OfType("Patient", "$everything-part"));
    }

    @Test
    void whatIsAboutAllTypesBelongsToNone() {
        // When, Then
        assertThat(Destination.of("/fhir/_history/")).isEqualTo(new HistoryOfSystem());
        assertThat(Destination.of("/fhir/_history/1")).isEqualTo(new OfSystem());
        assertThat(Destination.of("/fhir/_search")).isEqualTo(new SearchOfSystem());
        assertThat(Destination.of("/fhir/$meta")).isEqualTo(new OfSystem());
    }

    @Test
    void whatIsInACompartmentBelongsToTheTypeThatIsLookedFor() {
        // When, Then
        assertThat(Destination.of("/fhir/Patient/1/Observation")).isEqualTo(new OfType("Observation"));
        assertThat(Destination.of("/fhir/Patient/1/Observation/_search")).isEqualTo(new OfType("Observation"));
        assertThat(Destination.of("/fhir/Patient/1/*")).isEqualTo(new SearchOfSystem());
        assertThat(Destination.of("/fhir/Patient/1/*/_search")).isEqualTo(new SearchOfSystem());
        assertThat(Destination.of("/fhir/Patient/1/nothing")).isEqualTo(new OfType("Patient", "1"));
    }

    @Test
    void theBaseItselfTakesBundles() {
        // When, Then
        assertThat(Destination.of("/fhir")).isEqualTo(new Base());
        assertThat(Destination.of("/fhir/")).isEqualTo(new Base());
    }

    @Test
    void whatIsOutsideOfTheBaseBelongsToNoType() {
        // When, Then
        assertThat(Destination.of("/")).isEqualTo(new Elsewhere());
        assertThat(Destination.of("/q/health")).isEqualTo(new Elsewhere());
        assertThat(Destination.of("/Fhir/Patient")).isEqualTo(new Elsewhere());
    }
}
