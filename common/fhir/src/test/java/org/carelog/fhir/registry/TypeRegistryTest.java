package org.carelog.fhir.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.carelog.fhir.CapabilityStatements;
import org.carelog.fhir.FhirJson;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.HostedTypes;
import org.carelog.fhir.Interaction;
import org.carelog.fhir.search.SearchQuery;
import org.carelog.fhir.search.SearchableTypes;
import org.hl7.fhir.r4.model.Basic;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TypeRegistryTest {
    private static final String BASE = "https://care.example/fhir";
    private static final TypeRegistry REGISTRY = TypeRegistry.ofClassPath();

    static List<TypeDeclaration> all() {
        return List.copyOf(REGISTRY.all());
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyTypeOfTheSystemHasTheCompartmentRuleOfR4(TypeDeclaration declaration) {
        assertThat(declaration.compartment()).isNotNull();
    }

    @Test
    void everyServiceCanServeAllThatItHosts() {
        for (String service : REGISTRY.services()) {
            HostedTypes types = REGISTRY.hostedBy(service);
            assertThat(new SearchableTypes(types, BASE).all()).hasSameSizeAs(types.all());
        }
    }

    @Test
    void aTypeThatIsOnlyDeclaredIsServedInFull() {
        // Given
        TypeRegistry withOneMore = TypeRegistry.parse("""
                Patient patient-service  identity self,link      notes-service
                Basic   notes-service    care     patient,author -
                """);
        Basic note = new Basic();
        note.setId("n1");
        note.setSubject(new Reference("Patient/p1")).getCode().addCoding().setCode("note");

        // When
        HostedTypes types = withOneMore.hostedBy("notes-service");
        HostedType basic = types.require("Basic");
        SearchableTypes searchable = new SearchableTypes(types, BASE);
        CapabilityStatement statement =
                (CapabilityStatement) FhirJson.model(CapabilityStatements.of(types, BASE, "1", Instant.EPOCH));

        // Then
        assertThat(basic.interactions()).contains(Interaction.CREATE, Interaction.SEARCH_TYPE, Interaction.DELETE);
        assertThat(basic.compartment().patientOf(FhirJson.of(note), BASE)).contains("p1");
        assertThat(types.require("Patient").interactions()).doesNotContain(Interaction.CREATE);
        assertThat(searchable.entries(FhirJson.of(note)).targets()).isNotEmpty();
        assertThat(SearchQuery.parse(
                                searchable, "Basic", List.of(Map.entry("subject:Patient.family", "x")), Instant.EPOCH)
                        .filters())
                .hasSize(1);
        assertThat(statement.getRestFirstRep().getResource().get(1).getSearchParam())
                .extracting(CapabilityStatement.CapabilityStatementRestResourceSearchParamComponent::getName)
                .contains("author", "code", "created", "identifier", "patient", "subject");
        FhirJson.parse(FhirJson.encode(statement), "CapabilityStatement");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            Basic notes-service care patient,author;     owner
            Basic notes-service care -;                  owner
            Basic care patient,author -;                 owner
            Basic notes-service care patient,author x;   services are
            Basic notes-service fun patient,author -;    no domain
            Basic notes-service care patient -;          by [author, patient], not by [patient]
            Basic notes-service care outside -;          not by [outside]
            Basic notes-service care self -;             not by [self]
            Medication notes-service care patient -;     (outside), not by [patient]
            Patient notes-service care link -;           not by [link]
            Besic notes-service care outside -;          Besic
            Basic a,b care patient,author -;             one owner
            Provenance target:a care patient -;          one owner
            """)
    void aTypeThatIsNotDeclaredInFullStopsTheService(String line, String says) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> {
                    TypeRegistry registry = TypeRegistry.parse(line);
                    registry.services().forEach(registry::hostedBy);
                })
                .withMessageContaining(says);
    }

    @Test
    void aTypeIsDeclaredOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TypeRegistry.parse("Medication a care outside -\nMedication b care outside -"))
                .withMessageContaining("twice");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            Patient/p,                                patient-service
            Coverage/c Observation/o,                 patient-service
            Observation/o Patient/p,                  encounter-service
            https://care.example/fhir/Patient/p,      patient-service
            https://other.example/fhir/Patient/p Encounter/e, encounter-service
            Provenance/x Patient/p,                   patient-service
            Provenance/x,                             encounter-service
            AuditEvent/a,                             encounter-service
            AuditEvent/a Consent/c,                   patient-service
            urn:uuid:a,                               encounter-service
            """)
    void aProvenanceIsWithTheOwnerOfItsFirstTarget(String targets, String owner) {
        // Given
        Provenance provenance = new Provenance();
        for (String target : targets.split(" ")) {
            provenance.addTarget(new Reference(target));
        }

        // Then
        for (String service : List.of("patient-service", "encounter-service")) {
            HostedTypes types = REGISTRY.hostedBy(service);
            assertThat(types.require("Provenance").isShared()).isTrue();
            assertThat(types.foreignOwner(FhirJson.of(provenance), BASE).orElse(service))
                    .isEqualTo(owner);
        }
    }

    @Test
    void whoOwnsATypeIsKnownToAll() {
        // Given
        HostedTypes types = REGISTRY.hostedBy("patient-service");

        // Then
        assertThat(types.foreignOwner("Observation")).contains("encounter-service");
        assertThat(types.foreignOwner("Patient")).isEmpty();
        assertThat(types.foreignOwner("Provenance")).isEmpty();
        assertThat(types.foreignOwner("Questionnaire")).isEmpty();
        assertThat(types.otherOwners()).containsExactly("audit-service", "encounter-service");
    }

    @Test
    void whoHasAPartOfACompartmentKnowsWhatItIsNamedAfter() {
        // Given
        HostedTypes patients = REGISTRY.hostedBy("patient-service");
        HostedTypes encounters = REGISTRY.hostedBy("encounter-service");

        // Then: AuditEvents are in a patient's compartment too, at a service that knows no patient
        assertThat(encounters.othersWithPartOf("Patient")).containsExactly("patient-service");
        assertThat(patients.othersWithPartOf("Patient")).containsExactly("encounter-service");
        assertThat(encounters.othersWithPartOf("Encounter")).isEmpty();
        assertThat(encounters.firstTypeOf("patient-service")).isEqualTo("Patient");
        assertThat(encounters.firstTypeOf("encounter-service")).isEqualTo("Encounter");
    }
}
