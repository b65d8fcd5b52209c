package org.carelog.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.carelog.gateway.MergedCapabilities.Part;
import org.junit.jupiter.api.Test;

class MergedCapabilitiesTest {

    private static final Part PATIENT_SERVICE = part(Set.of("Patient"), """
            {"resourceType":"CapabilityStatement","status":"active","rest":[{"mode":"server","resource":[
              {"type":"Patient","interaction":[{"code":"read"},{"code":"update"}]},
              {"type":"Encounter","interaction":[{"code":"read"}]}]}]}""");
    private static final Part ENCOUNTER_SERVICE = part(Set.of("Encounter"), """
            {"resourceType":"CapabilityStatement","rest":[{"resource":[
              {"type":"Patient","interaction":[{"code":"read"}]},
              {"type":"Encounter","interaction":[{"code":"read"},{"code":"create"}]}]}]}""");

    @Test
    void eachTypeIsThereOnceAsItsOwnerDescribesIt() throws IOException {
        // When
        JsonNode merged = merged(PATIENT_SERVICE, ENCOUNTER_SERVICE);

        // Then
        assertThat(merged.at("/rest/0/resource")).hasSize(2);
        assertThat(merged.at("/rest/0/resource/0/type").asText()).isEqualTo("Encounter");
        assertThat(merged.at("/rest/0/resource/0/interaction/1/code").asText()).isEqualTo("create");
        assertThat(merged.at("/rest/0/resource/1/type").asText()).isEqualTo("Patient");
        assertThat(merged.at("/rest/0/resource/1/interaction/1/code").asText()).isEqualTo("update");
    }

    @Test
    void whatIsSaidOfNoTypeIsTheFirstServices() throws IOException {
        // When
        JsonNode merged = merged(PATIENT_SERVICE, ENCOUNTER_SERVICE);

        // Then
        assertThat(merged.path("status").asText()).isEqualTo("active");
        assertThat(merged.at("/rest/0/mode").asText()).isEqualTo("server");
    }

    @Test
    void whatTheGatewayDoesNotServeIsNotTold() throws IOException {
        // Given
        Part service = part(Set.of(), """
                {"resourceType":"CapabilityStatement","rest":[{"interaction":[{"code":"history-system"},{"code":"search-system"}],\
                "operation":[{"name":"meta"}]}]}""");

        // When
        JsonNode merged = merged(service);

        // Then
        assertThat(merged.at("/rest/0/interaction").findValuesAsText("code"))
                .containsExactly("history-system", "search-system");
        assertThat(merged.at("/rest/0/operation").isMissingNode()).isTrue();
    }

    @Test
    void whoAsksForOtherElementsGetsThem() throws IOException {
        // When
        JsonNode merged = merged(part(Set.of("Patient"), """
                {"resourceType":"CapabilityStatement","status":"active"}"""), ENCOUNTER_SERVICE);

        // Then
        assertThat(merged.path("status").asText()).isEqualTo("active");
    }

    @Test
    void whatIsNoStatementIsNotMerged() {
        // When, Then
        assertThatThrownBy(() -> merged(part(Set.of(), "{}"))).isInstanceOf(IOException.class);
    }

    private static JsonNode merged(Part... parts) throws IOException {
        return new ObjectMapper().readTree(MergedCapabilities.of(List.of(parts)));
    }

    private static Part part(Set<String> owned, String statement) {
        return new Part(statement.getBytes(StandardCharsets.UTF_8), owned);
    }
}
