package org.carelog.system.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.StrictErrorHandler;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.PreferReturnEnum;
import ca.uhn.fhir.rest.api.SearchStyleEnum;
import ca.uhn.fhir.rest.api.SummaryEnum;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.api.ServerValidationModeEnum;
import ca.uhn.fhir.rest.client.interceptor.BearerTokenAuthInterceptor;
import ca.uhn.fhir.rest.gclient.ICriterion;
import ca.uhn.fhir.rest.server.exceptions.AuthenticationException;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import ca.uhn.fhir.util.BundleBuilder;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.carelog.system.platform.Carelog;
import org.carelog.system.platform.RunningSystem;
import org.carelog.system.platform.Tokens;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * HAPI's generic client, as strict as it can be: it asks for the CapabilityStatement first, and takes no element that R4
 * does not know. Everything in JSON and in XML.
 */
@Order(4)
@ExtendWith(RunningSystem.class)
class HapiClientTest {
    private static final String SYSTEM = "urn:example:hapi";
    private static final FhirContext FHIR = strict();

    private static Tokens tokens;

    private static FhirContext strict() {
        FhirContext context = FhirContext.forR4();
        context.setParserErrorHandler(new StrictErrorHandler());
        context.getRestfulClientFactory().setServerValidationMode(ServerValidationModeEnum.ONCE);
        context.getRestfulClientFactory().setSocketTimeout(60_000);
        return context;
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @ParameterizedTest
    @EnumSource(
            value = EncodingEnum.class,
            names = {"JSON", "XML"})
    @interface InBothFormats {}

    @InBothFormats
    void theCapabilitiesOfAllServicesAreOneStatement(EncodingEnum format, Carelog carelog) {
        // When
        CapabilityStatement statement = registrar(carelog, format)
                .capabilities()
                .ofType(CapabilityStatement.class)
                .execute();
        // Then
        assertThat(statement.getRestFirstRep().getResource())
                .extracting(resource -> resource.getType())
                .contains("Patient", "Encounter", "AuditEvent")
                .doesNotHaveDuplicates();
    }

    @InBothFormats
    void whatIsCreatedIsReadInItsVersions(EncodingEnum format, Carelog carelog) {
        // Given
        IGenericClient client = registrar(carelog, format);
        MethodOutcome created = client.create()
                .resource(patient("Read"))
                .prefer(PreferReturnEnum.REPRESENTATION)
                .execute();
        Patient patient = (Patient) created.getResource();
        // When
        MethodOutcome updated =
                client.update().resource(patient.copy().setActive(true)).execute();
        // Then
        assertThat(created.getCreated()).isTrue();
        assertThat(created.getId().getVersionIdPart()).isEqualTo("1");
        assertThat(updated.getId().getVersionIdPart()).isEqualTo("2");
        Patient current = read(client, created.getId());
        assertThat(current.getActive()).isTrue();
        assertThat(current.getNameFirstRep().getFamily()).isEqualTo("Read");
        Patient first = client.read()
                .resource(Patient.class)
                .withIdAndVersion(created.getId().getIdPart(), "1")
                .execute();
        assertThat(first.equalsDeep(patient)).isTrue();
        assertThat(client.read()
                        .resource(Patient.class)
                        .withId(created.getId().getIdPart())
                        .ifVersionMatches("2")
                        .returnNull()
                        .execute())
                .isNull();
    }

    @InBothFormats
    void aVersionThatWasOvertakenIsNotWritten(EncodingEnum format, Carelog carelog) {
        // Given
        IGenericClient client = registrar(carelog, format);
        Patient stale = created(client, patient("Overtaken"));
        client.update().resource(stale.copy().setActive(true)).execute();
        // When, Then
        assertThatThrownBy(() -> client.update()
                        .resource(stale.copy().setActive(false))
                        .withAdditionalHeader("If-Match", "W/\"1\"")
                        .execute())
                .isInstanceOf(PreconditionFailedException.class);
        assertThat(read(client, stale.getIdElement()).getActive()).isTrue();
    }

    @InBothFormats
    void aClientMayGiveTheId(EncodingEnum format, Carelog carelog) {
        // Given
        String id = "own-" + UUID.randomUUID();
        Patient patient = patient("Own");
        patient.setId(id);
        // When
        MethodOutcome outcome =
                registrar(carelog, format).update().resource(patient).execute();
        // Then
        assertThat(outcome.getCreated()).isTrue();
        assertThat(outcome.getId().getIdPart()).isEqualTo(id);
    }

    @InBothFormats
    void aJsonPatchChangesWhatItSays(EncodingEnum format, Carelog carelog) {
        // Given
        IGenericClient client = registrar(carelog, format);
        IIdType id = created(client, patient("Patched")).getIdElement();
        // When
        client.patch()
                .withBody("[{\"op\":\"add\",\"path\":\"/birthDate\",\"value\":\"1936-04-01\"}]")
                .withId(id.toUnqualifiedVersionless())
                .execute();
        // Then
        assertThat(read(client, id).getBirthDateElement().getValueAsString()).isEqualTo("1936-04-01");
    }

    @InBothFormats
    void aFhirPathPatchChangesWhatItSaysAlsoByACondition(EncodingEnum format, Carelog carelog) {
        // Given
        IGenericClient client = registrar(carelog, format);
        Patient patient = created(client, patient("PathPatched"));
        // When
        client.patch()
                .withFhirPatch(replaced("Patient.name[0].family", new StringType("ByPath")))
                .withId(patient.getIdElement().toUnqualifiedVersionless())
                .execute();
        client.patch()
                .withFhirPatch(replaced("Patient.birthDate", new DateType("1936-04-01")))
                .conditional(Patient.class)
                .where(itself(patient))
                .execute();
        // Then
        Patient patched = read(client, patient.getIdElement());
        assertThat(patched.getNameFirstRep().getFamily()).isEqualTo("ByPath");
        assertThat(patched.getBirthDateElement().getValueAsString()).isEqualTo("1936-04-01");
        assertThat(patched.getMeta().getVersionId()).isEqualTo("3");
    }

    @InBothFormats
    void whatIsDeletedIsGoneAndItsHistoryStays(EncodingEnum format, Carelog carelog) {
        // Given
        IGenericClient client = registrar(carelog, format);
        Patient patient = created(client, patient("Deleted"));
        client.update().resource(patient.copy().setActive(true)).execute();
        // When
        client.delete()
                .resourceById(patient.getIdElement().toUnqualifiedVersionless())
                .execute();
        // Then
        assertThatThrownBy(() -> read(client, patient.getIdElement())).isInstanceOf(ResourceGoneException.class);
        Bundle history = client.history()
                .onInstance(patient.getIdElement().toUnqualifiedVersionless())
                .returnBundle(Bundle.class)
                .execute();
        assertThat(history.getEntry())
                .extracting(entry -> entry.getRequest().getMethod())
                .containsExactly(HTTPVerb.DELETE, HTTPVerb.PUT, HTTPVerb.POST);
    }

    @InBothFormats
    void theHistoryOfATypeComesPageByPage(EncodingEnum format, Carelog carelog) {
        // Given
        IGenericClient client = registrar(carelog, format);
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            written.addFirst(created(client, patient("OfType")).getIdPart());
        }
        // When
        Bundle first = client.history()
                .onType(Patient.class)
                .returnBundle(Bundle.class)
                .count(3)
                .execute();
        Bundle second = client.loadPage().next(first).execute();
        // Then
        List<String> told = new ArrayList<>(ids(first));
        told.addAll(ids(second));
        assertThat(told).hasSize(6).startsWith(written.toArray(String[]::new));
    }

    @InBothFormats
    void aSearchGivesEveryMatchOnceInTheOrderAskedFor(EncodingEnum format, Carelog carelog) {
        // Given
        IGenericClient client = registrar(carelog, format);
        String family = "Paged" + UUID.randomUUID();
        List<String> born = List.of("1936-04-01", "1950-01-02", "1971-03-03", "1999-09-09", "2020-02-29");
        List<String> expected = born.stream()
                .map(date -> created(client, patient(family).setBirthDateElement(new DateType(date)))
                        .getIdPart())
                .toList();
        // When
        List<String> found = new ArrayList<>();
        Bundle page = client.search()
                .forResource(Patient.class)
                .where(Patient.FAMILY.matches().value(family))
                .sort()
                .descending(Patient.BIRTHDATE)
                .count(2)
                .returnBundle(Bundle.class)
                .execute();
        found.addAll(ids(page));
        while (page.getLink(Bundle.LINK_NEXT) != null) {
            page = client.loadPage().next(page).execute();
            found.addAll(ids(page));
        }
        // Then
        assertThat(found).containsExactlyElementsOf(expected.reversed());
    }

    @InBothFormats
    void aSearchIncludesWhatTheOtherServiceOwnsAndShowsAPart(EncodingEnum format, Carelog carelog) {
        // Given
        IGenericClient client = registrar(carelog, format);
        Patient patient = created(client, patient("Included"));
        Encounter encounter = created(client, encounter(to(patient)));
        // When
        Bundle found = client.search()
                .forResource(Encounter.class)
                .where(Encounter.RES_ID.exactly().code(encounter.getIdPart()))
                .include(Encounter.INCLUDE_PATIENT)
                .usingStyle(SearchStyleEnum.POST)
                .returnBundle(Bundle.class)
                .execute();
        Bundle part = client.search()
                .forResource(Patient.class)
                .where(itself(patient))
                .summaryMode(SummaryEnum.TRUE)
                .returnBundle(Bundle.class)
                .execute();
        // Then
        assertThat(ids(found)).containsExactly(encounter.getIdPart(), patient.getIdPart());
        assertThat(part.getEntryFirstRep().getResource().getMeta().getTag())
                .extracting(Coding::getCode)
                .contains("SUBSETTED");
    }

    @InBothFormats
    void conditionsChooseTheResource(EncodingEnum format, Carelog carelog) {
        // Given
        IGenericClient client = registrar(carelog, format);
        Patient patient = patient("Chosen");
        // When
        MethodOutcome first = client.create()
                .resource(patient)
                .conditional()
                .where(itself(patient))
                .execute();
        MethodOutcome again = client.create()
                .resource(patient)
                .conditional()
                .where(itself(patient))
                .execute();
        MethodOutcome updated = client.update()
                .resource(patient.copy().setActive(true))
                .conditional()
                .where(itself(patient))
                .execute();
        client.delete()
                .resourceConditionalByType(Patient.class)
                .where(itself(patient))
                .execute();
        // Then
        assertThat(first.getCreated()).isTrue();
        assertThat(again.getCreated()).isNotEqualTo(true);
        assertThat(again.getId().getIdPart()).isEqualTo(first.getId().getIdPart());
        assertThat(updated.getId().getIdPart()).isEqualTo(first.getId().getIdPart());
        assertThat(updated.getId().getVersionIdPart()).isEqualTo("2");
        assertThatThrownBy(() -> read(client, first.getId())).isInstanceOf(ResourceGoneException.class);
    }

    @InBothFormats
    void aTransactionIsWrittenTogetherOrNotAtAll(EncodingEnum format, Carelog carelog) {
        // Given
        IGenericClient client = registrar(carelog, format);
        Patient patient = patient("Together");
        patient.setId("urn:uuid:" + UUID.randomUUID());
        BundleBuilder good = new BundleBuilder(FHIR);
        good.addTransactionCreateEntry(patient, patient.getId());
        good.addTransactionCreateEntry(relativeOf(patient.getId()));
        Patient lost = patient("Lost");
        BundleBuilder bad = new BundleBuilder(FHIR);
        bad.addTransactionCreateEntry(lost);
        bad.addTransactionCreateEntry(relativeOf("Patient/nobody-" + UUID.randomUUID()));
        // When
        Bundle answer =
                client.transaction().withBundle((Bundle) good.getBundle()).execute();
        assertThatThrownBy(() -> client.transaction()
                        .withBundle((Bundle) bad.getBundle())
                        .execute())
                .isInstanceOf(UnprocessableEntityException.class);
        // Then
        assertThat(answer.getEntry())
                .extracting(entry -> entry.getResponse().getStatus())
                .allMatch(status -> status.startsWith("201"));
        Bundle related = client.search()
                .forResource(RelatedPerson.class)
                .where(RelatedPerson.PATIENT.hasChainedProperty(itself(patient)))
                .returnBundle(Bundle.class)
                .execute();
        assertThat(related.getEntry()).hasSize(1);
        assertThat(search(client, lost).getEntry()).isEmpty();
    }

    @InBothFormats
    void theEntriesOfABatchAreDoneEachForItself(EncodingEnum format, Carelog carelog) {
        // Given
        IGenericClient client = registrar(carelog, format);
        Patient patient = created(client, patient("Batched"));
        Bundle batch = new Bundle().setType(BundleType.BATCH);
        batch.addEntry(asked(HTTPVerb.GET, "Patient/" + patient.getIdPart()));
        batch.addEntry(asked(HTTPVerb.GET, "Patient/nobody"));
        batch.addEntry(asked(HTTPVerb.POST, "Patient").setResource(patient("InBatch")));
        // When
        Bundle answer = client.transaction().withBundle(batch).execute();
        // Then
        assertThat(answer.getType()).isEqualTo(BundleType.BATCHRESPONSE);
        assertThat(answer.getEntry())
                .extracting(entry -> entry.getResponse().getStatus().substring(0, 3))
                .containsExactly("200", "404", "201");
        assertThat(answer.getEntryFirstRep().getResource().getIdPart()).isEqualTo(patient.getIdPart());
    }

    @InBothFormats
    void tagsComeAndGoWithMeta(EncodingEnum format, Carelog carelog) {
        // Given
        IGenericClient client = registrar(carelog, format);
        IIdType id = created(client, patient("Tagged")).getIdElement().toUnqualifiedVersionless();
        Meta tag = new Meta().addTag(new Coding(SYSTEM, "seen", null));
        // When
        client.meta().add().onResource(id).meta(tag).execute();
        Meta tagged = client.meta().get(Meta.class).fromResource(id).execute();
        client.meta().delete().onResource(id).meta(tag).execute();
        Meta bare = client.meta().get(Meta.class).fromResource(id).execute();
        // Then
        assertThat(tagged.getTag(SYSTEM, "seen")).isNotNull();
        assertThat(bare.getTag()).isEmpty();
    }

    @InBothFormats
    void anOperationIsAskedOfAType(EncodingEnum format, Carelog carelog) {
        // Given
        IGenericClient client = registrar(carelog, format);
        Patient patient = created(client, patient("Observed"));
        created(client, observation(patient, "2026-01-01", 60));
        Observation last = created(client, observation(patient, "2026-02-02", 70));
        // When
        Bundle found = client.operation()
                .onType(Observation.class)
                .named("$lastn")
                .withParameter(Parameters.class, "patient", new StringType(patient.getIdPart()))
                .useHttpGet()
                .returnResourceType(Bundle.class)
                .execute();
        // Then
        assertThat(ids(found)).containsExactly(last.getIdPart());
    }

    @InBothFormats
    void aResourceIsValidatedAndNotStored(EncodingEnum format, Carelog carelog) {
        // Given
        IGenericClient client = registrar(carelog, format);
        Patient patient = patient("Validated");
        // When
        MethodOutcome outcome = client.validate().resource(patient).execute();
        // Then
        OperationOutcome told = (OperationOutcome) outcome.getOperationOutcome();
        assertThat(told.getIssue())
                .isNotEmpty()
                .noneMatch(issue ->
                        issue.getSeverity() == IssueSeverity.ERROR || issue.getSeverity() == IssueSeverity.FATAL);
        assertThat(search(client, patient).getEntry()).isEmpty();
    }

    @InBothFormats
    void aRefusalHasAnOperationOutcome(EncodingEnum format, Carelog carelog) {
        // Given
        IGenericClient client = registrar(carelog, format);
        IGenericClient nobody = client(carelog, format);
        Patient patient = created(client, patient("Referred"));
        created(client, encounter(to(patient)));
        // When, Then
        assertThatThrownBy(() -> read(client, new Patient().setId("nobody").getIdElement()))
                .isInstanceOfSatisfying(
                        ResourceNotFoundException.class,
                        refusal -> assertThat(refusal.getOperationOutcome()).isInstanceOf(OperationOutcome.class));
        assertThatThrownBy(() -> created(client, encounter(new Reference("Patient/nobody"))))
                .isInstanceOf(UnprocessableEntityException.class);
        assertThatThrownBy(() -> client.delete()
                        .resourceById(patient.getIdElement().toUnqualifiedVersionless())
                        .execute())
                .isInstanceOf(ResourceVersionConflictException.class);
        assertThatThrownBy(() -> client.search()
                        .byUrl("Patient?shoesize=43")
                        .returnBundle(Bundle.class)
                        .execute())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("shoesize");
        assertThatThrownBy(() -> client.search()
                        .byUrl("AuditEvent?_count=1")
                        .returnBundle(Bundle.class)
                        .execute())
                .isInstanceOf(ForbiddenOperationException.class);
        assertThatThrownBy(() ->
                        nobody.capabilities().ofType(CapabilityStatement.class).execute())
                .isInstanceOf(AuthenticationException.class);
    }

    private static IGenericClient registrar(Carelog carelog, EncodingEnum format) {
        IGenericClient client = client(carelog, format);
        client.registerInterceptor(
                new BearerTokenAuthInterceptor(tokens(carelog).of("registrar")));
        return client;
    }

    /** Asked for once: it is a command each time. */
    private static Tokens tokens(Carelog carelog) {
        if (tokens == null) {
            tokens = new Tokens(carelog);
        }
        return tokens;
    }

    private static IGenericClient client(Carelog carelog, EncodingEnum format) {
        IGenericClient client = FHIR.newRestfulGenericClient(carelog.fhir().toString());
        client.setEncoding(format);
        return client;
    }

    private static <T extends Resource> T created(IGenericClient client, T resource) {
        MethodOutcome outcome = client.create()
                .resource(resource)
                .prefer(PreferReturnEnum.REPRESENTATION)
                .execute();
        @SuppressWarnings("unchecked") // what was sent comes back
        T stored = (T) outcome.getResource();
        return stored;
    }

    private static Patient read(IGenericClient client, IIdType id) {
        return client.read().resource(Patient.class).withId(id.getIdPart()).execute();
    }

    private static Bundle search(IGenericClient client, Patient patient) {
        return client.search()
                .forResource(Patient.class)
                .where(itself(patient))
                .returnBundle(Bundle.class)
                .execute();
    }

    private static ICriterion<?> itself(Patient patient) {
        return Patient.IDENTIFIER
                .exactly()
                .systemAndIdentifier(SYSTEM, patient.getIdentifierFirstRep().getValue());
    }

    private static List<String> ids(Bundle bundle) {
        return bundle.getEntry().stream()
                .map(entry -> entry.getResource().getIdPart())
                .toList();
    }

    private static BundleEntryComponent asked(HTTPVerb method, String url) {
        BundleEntryComponent entry = new BundleEntryComponent();
        entry.getRequest().setMethod(method).setUrl(url);
        return entry;
    }

    private static Parameters replaced(String path, org.hl7.fhir.r4.model.Type value) {
        ParametersParameterComponent operation = new ParametersParameterComponent(new StringType("operation"));
        operation.addPart().setName("type").setValue(new CodeType("replace"));
        operation.addPart().setName("path").setValue(new StringType(path));
        operation.addPart().setName("value").setValue(value);
        return new Parameters().addParameter(operation);
    }

    private static Patient patient(String family) {
        Patient patient = new Patient();
        patient.addIdentifier().setSystem(SYSTEM).setValue(UUID.randomUUID().toString());
        patient.addName().setFamily(family).addGiven("Ada");
        patient.setGender(AdministrativeGender.FEMALE).setBirthDateElement(new DateType("1950-05-05"));
        return patient;
    }

    private static RelatedPerson relativeOf(String patient) {
        return new RelatedPerson().setPatient(new Reference(patient));
    }

    private static Encounter encounter(Reference subject) {
        return new Encounter()
                .setStatus(EncounterStatus.PLANNED)
                .setClass_(new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "AMB", null))
                .setSubject(subject);
    }

    private static Observation observation(Patient patient, String day, int rate) {
        return new Observation()
                .setStatus(ObservationStatus.FINAL)
                .setCode(new CodeableConcept(new Coding("http://loinc.org", "8867-4", null)))
                .setSubject(to(patient))
                .setEffective(new DateTimeType(day))
                .setValue(new Quantity(rate));
    }

    private static Reference to(Patient patient) {
        return new Reference("Patient/" + patient.getIdPart());
    }
}
