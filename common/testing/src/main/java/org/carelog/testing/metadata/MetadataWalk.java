package org.carelog.testing.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.testing.ServiceUnderTest.as;

import ca.uhn.fhir.context.FhirContext;
import io.restassured.http.Method;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.SystemRestfulInteraction;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * docs/api/capabilities.md: what a service's statement lists works, and what it does not list is refused. Each service has
 * a test that extends this one.
 */
public abstract class MetadataWalk {
    private static final FhirContext FHIR = FhirContext.forR4Cached();

    private final Asker asker = new Asker();
    private final Instances instances = new Instances(asker);
    private final Untruths untruths = new Untruths();
    private CapabilityStatement statement;

    @BeforeEach
    void askForTheStatement() {
        statement = (CapabilityStatement) FHIR.newJsonParser()
                .parseResource(as("clinician").get("/metadata").asString());
        types().stream()
                .filter(type -> type.getType().equals("Patient"))
                .filter(type -> Instances.lists(type, TypeRestfulInteraction.CREATE))
                .forEach(type -> instances.referTo(instances.created("Patient")));
    }

    @Test
    void everyInteractionOfEveryTypeIsServedAsListed() {
        walk(type -> new TypeWalk(type, instances, asker, untruths).interactions());
        untruths.mustBeNone(9 * types().size());
    }

    @Test
    void conditionsAndIdsOfClientsAreServedAsListed() {
        walk(type -> new TypeWalk(type, instances, asker, untruths).conditions());
        untruths.mustBeNone(4 * types().size());
    }

    @Test
    void everySearchParameterIsServedAsListed() {
        walk(type -> new SearchWalk(type, asker, untruths).parameters());
        untruths.mustBeNone(5 * types().size());
    }

    @Test
    void whatCanBeIncludedIsListed() {
        List<String> names = names();
        walk(type -> new SearchWalk(type, asker, untruths).includes(names));
        untruths.mustBeNone(2 * types().size());
    }

    @Test
    void everyOperationIsServedAsListed() {
        OperationWalk operations = new OperationWalk(asker, untruths);
        walk(type -> operations.at(
                type.getOperation(), type.getType() + "/", instances.any(type).address() + "/"));
        operations.at(rest().getOperation(), "");
        untruths.mustBeNone(5 * types().size());
    }

    @Test
    void everyInteractionWithTheSystemIsServedAsListed() {
        check(SystemRestfulInteraction.HISTORYSYSTEM, asker.ask(Method.GET, "_history?_count=1"));
        check(SystemRestfulInteraction.SEARCHSYSTEM, asker.ask(Method.GET, "?_lastUpdated=ge2026"));
        check(
                SystemRestfulInteraction.SEARCHSYSTEM,
                asker.ask(
                        Method.POST,
                        "_search?_lastUpdated=ge2026",
                        request -> request.contentType("application/x-www-form-urlencoded")));
        check(SystemRestfulInteraction.BATCH, asker.ask(Method.POST, "", request -> request.body(bundle("batch"))));
        check(
                SystemRestfulInteraction.TRANSACTION,
                asker.ask(Method.POST, "", request -> request.body(bundle("transaction"))));
        untruths.mustBeNone(5);
    }

    @Test
    void everyFormatIsSpokenAsListed() {
        // Given
        Set<String> listed = plain(statement.getFormat());
        Set<String> tried = new TreeSet<>(listed);
        tried.addAll(
                List.of("application/fhir+json", "application/fhir+xml", "application/fhir+turtle", "text/turtle"));

        // Then
        assertThat(tried).allSatisfy(format -> {
            Answer answer = asker.ask(Method.GET, "metadata", request -> request.accept(format));
            assertThat(answer.status()).isEqualTo(listed.contains(format) ? 200 : 406);
            assertThat(listed.contains(format))
                    .isEqualTo(answer.header("Content-Type").startsWith(format));
        });
    }

    @Test
    void everyTypeIsReadAndWrittenInEveryFormatAsListed() {
        walk(type -> formats(type).resources());
        untruths.mustBeNone(3 * types().size());
    }

    @Test
    void everyFormatOfAPatchIsUnderstoodAsListed() {
        walk(type -> formats(type).patches());
        long patched = types().stream()
                .filter(type -> Instances.lists(type, TypeRestfulInteraction.PATCH))
                .count();
        assertThat(statement.getPatchFormat().isEmpty()).isEqualTo(patched == 0);
        untruths.mustBeNone(Math.toIntExact(5 * patched));
    }

    private FormatWalk formats(CapabilityStatementRestResourceComponent type) {
        return new FormatWalk(statement, type, instances, asker, untruths);
    }

    /** As R4 says of a type that is not supported. */
    @Test
    void aTypeThatIsNotListedIsNotFound() {
        // Given
        Set<String> others = new TreeSet<>(FHIR.getResourceTypes());
        names().forEach(others::remove);

        // Then
        assertThat(names()).doesNotHaveDuplicates();
        assertThat(others).hasSizeGreaterThan(100).allSatisfy(type -> {
            assertThat(asker.ask(Method.GET, type).status()).isEqualTo(404);
            assertThat(asker.ask(
                                    Method.POST,
                                    type,
                                    request -> request.body("{\"resourceType\":\"%s\"}".formatted(type)))
                            .status())
                    .isEqualTo(404);
        });
    }

    private CapabilityStatementRestComponent rest() {
        return statement.getRestFirstRep();
    }

    private List<CapabilityStatementRestResourceComponent> types() {
        return rest().getResource();
    }

    private List<String> names() {
        return types().stream()
                .map(CapabilityStatementRestResourceComponent::getType)
                .toList();
    }

    private void walk(Consumer<CapabilityStatementRestResourceComponent> walk) {
        types().forEach(walk);
    }

    private void check(SystemRestfulInteraction interaction, Answer answer) {
        boolean listed = rest().getInteraction().stream().anyMatch(one -> one.getCode() == interaction);
        untruths.check(listed, interaction.toCode(), answer, 200);
    }

    private String bundle(String kind) {
        return """
                {"resourceType":"Bundle","type":"%s","entry":[{"request":{"method":"GET","url":"%s?_count=1"}}]}""".formatted(kind, names().getFirst());
    }

    private static Set<String> plain(List<CodeType> codes) {
        return codes.stream().map(PrimitiveType::getValue).collect(Collectors.toSet());
    }
}
