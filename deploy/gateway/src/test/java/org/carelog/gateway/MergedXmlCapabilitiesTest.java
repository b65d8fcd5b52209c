package org.carelog.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.carelog.gateway.MergedCapabilities.Part;
import org.junit.jupiter.api.Test;

class MergedXmlCapabilitiesTest {

    private static final Part PATIENT_SERVICE = part(Set.of("Patient"), """
            <status value="active"/><rest><mode value="server"/>\
            <resource><type value="Patient"/><interaction><code value="update"/></interaction></resource>\
            <resource><type value="Encounter"/></resource>\
            <interaction><code value="search-system"/></interaction>\
            <interaction><code value="history-system"/></interaction><interaction><code value="batch"/></interaction>\
            <operation><name value="meta"/></operation></rest>""");
    private static final Part ENCOUNTER_SERVICE = part(Set.of("Encounter"), """
            <rest><resource><type value="Patient"/></resource>\
            <resource><type value="Encounter"/><interaction><code value="create"/></interaction></resource></rest>""");

    @Test
    void aStatementInXmlIsMergedAsOneInJsonIs() throws IOException {
        // When
        byte[] merged = MergedXmlCapabilities.of(List.of(PATIENT_SERVICE, ENCOUNTER_SERVICE));

        // Then
        assertThat(merged).asString(StandardCharsets.UTF_8).isEqualTo("""
                <CapabilityStatement xmlns="http://hl7.org/fhir"><status value="active"/><rest><mode value="server"/>\
                <resource><type value="Encounter"/><interaction><code value="create"/></interaction></resource>\
                <resource><type value="Patient"/><interaction><code value="update"/></interaction></resource>\
                <interaction><code value="search-system"/></interaction>\
                <interaction><code value="history-system"/></interaction><interaction><code value="batch"/></interaction>\
                </rest></CapabilityStatement>""");
    }

    @Test
    void whoAsksForOtherElementsGetsThem() throws IOException {
        // When
        byte[] merged = MergedXmlCapabilities.of(
                List.of(part(Set.of("Patient"), "<status value=\"active\"/>"), ENCOUNTER_SERVICE));

        // Then
        assertThat(merged).asString(StandardCharsets.UTF_8).contains("<status value=\"active\"/>");
    }

    @Test
    void whatIsNoStatementIsNotMerged() {
        // When, Then
        assertThatThrownBy(() -> MergedXmlCapabilities.of(
                        List.of(new Part("<Patient/>".getBytes(StandardCharsets.UTF_8), Set.of()))))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() ->
                        MergedXmlCapabilities.of(List.of(new Part("{}".getBytes(StandardCharsets.UTF_8), Set.of()))))
                .isInstanceOf(IOException.class);
    }

    private static Part part(Set<String> owned, String content) {
        String statement = "<CapabilityStatement xmlns=\"http://hl7.org/fhir\">" + content + "</CapabilityStatement>";
        return new Part(statement.getBytes(StandardCharsets.UTF_8), owned);
    }
}
