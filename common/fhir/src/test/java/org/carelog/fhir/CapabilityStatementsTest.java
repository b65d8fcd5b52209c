package org.carelog.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.ResourceInteractionComponent;
import org.junit.jupiter.api.Test;

class CapabilityStatementsTest {
    @Test
    void aStatementListsWhatTheRegistryServes() {
        // Given
        HostedType owned = type("Patient", HostedType.Hosting.OWNED);
        HostedType projected = type("Practitioner", HostedType.Hosting.PROJECTED);

        // When
        CapabilityStatement statement = (CapabilityStatement) FhirJson.model(CapabilityStatements.of(
                new HostedTypes(List.of(owned, projected)), "http://localhost/fhir", "1", Instant.EPOCH));

        // Then
        CapabilityStatement.CapabilityStatementRestComponent rest = statement.getRestFirstRep();
        assertThat(codes(rest, 0))
                .containsExactlyInAnyOrder(
                        "read",
                        "vread",
                        "update",
                        "patch",
                        "delete",
                        "history-instance",
                        "history-type",
                        "create",
                        "search-type");
        assertThat(codes(rest, 1))
                .containsExactlyInAnyOrder("read", "vread", "history-instance", "history-type", "search-type");
        assertThat(rest.getResource().getFirst().getSearchParam())
                .extracting(parameter -> parameter.getName() + " " + parameter.getDefinition())
                .contains("name http://hl7.org/fhir/SearchParameter/Patient-name");
        FhirJson.parse(FhirJson.encode(statement), "CapabilityStatement");
    }

    private static HostedType type(String name, HostedType.Hosting hosting) {
        return new HostedType(
                name, hosting, HostedType.Domain.IDENTITY, new Compartment.Outside(), List.of("name"), List.of());
    }

    private static List<String> codes(CapabilityStatement.CapabilityStatementRestComponent rest, int index) {
        return rest.getResource().get(index).getInteraction().stream()
                .map(ResourceInteractionComponent::getCode)
                .map(CapabilityStatement.TypeRestfulInteraction::toCode)
                .toList();
    }
}
