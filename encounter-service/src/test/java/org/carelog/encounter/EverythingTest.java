package org.carelog.encounter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.encounter.PatientEvents.newId;
import static org.carelog.encounter.Resources.created;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.carelog.testing.ServiceUnderTest.owned;
import static org.carelog.testing.ServiceUnderTest.ownerAnswers;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.carelog.testing.AuditEntries;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/api/operation-everything.md, of a patient */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class EverythingTest {
    /** The patient whom the demo user of that name is, see the realm. */
    private static final String SELF = "0f6b2c1e-5d3a-4c8e-9b7a-1a2b3c4d5e6f";

    private String patient;

    @BeforeEach
    void aPatient() {
        patient = knownPatient(newId(), "");
    }

    @Test
    void thePatientComesFirstThenWhatIsInTheCompartmentThenWhatIsReferredTo() {
        // Given
        String practitioner = created("{\"resourceType\":\"Practitioner\"}");
        String organization = created("{\"resourceType\":\"Organization\",\"name\":\"x\"}");
        String medication = created("{\"resourceType\":\"Medication\"}");
        String visit = created("""
                {"resourceType":"Encounter","status":"finished","class":{"code":"AMB"},"subject":{"reference":"%s"},
                "participant":[{"individual":{"reference":"%s"}}],"serviceProvider":{"reference":"%s"}}""".formatted(patient, practitioner, organization));
        String condition = condition(patient, "\"onsetDateTime\":\"2020\"");
        String request = created("""
                {"resourceType":"MedicationRequest","status":"active","intent":"order","subject":{"reference":"%s"},
                "medicationReference":{"reference":"%s"},"recorder":{"reference":"%s"}}""".formatted(patient, medication, practitioner));
        condition(knownPatient(newId(), ""), "\"onsetDateTime\":\"2020\"");
        created("{\"resourceType\":\"Practitioner\"}");

        // When
        EverythingWalk walk = EverythingWalk.by("clinician", patient + "/$everything?_count=3");

        // Then
        assertThat(walk.pages().getFirst()).hasSize(3).startsWith(patient);
        assertThat(walk.all())
                .containsExactlyInAnyOrder(patient, visit, condition, request, practitioner, organization, medication);
        assertThat(walk.included()).containsExactlyInAnyOrder(practitioner, organization, medication);
        assertThat(walk.all()).endsWith(walk.included().toArray(String[]::new));
    }

    @Test
    void whatIsAboutSeveralPatientsIsInEachOfTheirCompartments() {
        // Given
        String other = knownPatient(newId(), "");
        String appointment = created("""
                {"resourceType":"Appointment","status":"proposed","participant":[
                {"status":"accepted","actor":{"reference":"%s"}},{"status":"accepted","actor":{"reference":"%s"}}]}""".formatted(other, patient));
        String observed = created("""
                {"resourceType":"Observation","status":"final","code":{"text":"x"},"subject":{"reference":"%s"},
                "performer":[{"reference":"%s"}]}""".formatted(other, patient));

        // When, Then
        assertThat(EverythingWalk.by("clinician", patient + "/$everything?_count=1")
                        .all())
                .containsExactlyInAnyOrder(patient, appointment, observed);
        assertThat(EverythingWalk.by("clinician", other + "/$everything").all())
                .containsExactlyInAnyOrder(other, appointment, observed);
    }

    @Test
    void whatAnotherServiceOwnsIsToldByItAndItsReferencesAreToldHere() {
        // Given
        String doctor = created("{\"resourceType\":\"Practitioner\"}");
        String seen = knownPatient(newId(), ",\"generalPractitioner\":[{\"reference\":\"%s\"}]".formatted(doctor));
        String relative = "RelatedPerson/" + newId();
        String insurer = created("{\"resourceType\":\"Organization\",\"name\":\"x\"}");
        owned(relative, """
                {"resourceType":"RelatedPerson","id":"%s","meta":{"versionId":"1","lastUpdated":"2026-01-01T00:00:00.000Z"},
                "patient":{"reference":"%s"},"identifier":[{"value":"x","assigner":{"reference":"%s"}}]}""".formatted(relative.substring(14), seen, insurer));
        String provenance = "Provenance/" + newId();
        owned(provenance, """
                {"resourceType":"Provenance","id":"%s","meta":{"versionId":"1","lastUpdated":"2026-01-01T00:00:00.000Z"},
                "target":[{"reference":"%s"}],"recorded":"2026-01-01T00:00:00Z","agent":[{"who":{"display":"x"}}]}""".formatted(provenance.substring(11), seen));
        String observed = created("""
                {"resourceType":"Observation","status":"final","code":{"text":"x"},"subject":{"reference":"%s"},
                "extension":[{"url":"http://example.org/x","valueReference":{"reference":"%s"}}],
                "performer":[{"reference":"%s"}]}""".formatted(seen, provenance, relative));

        // When
        EverythingWalk walk = EverythingWalk.by("clinician", seen + "/$everything?_since=2020");

        // Then
        assertThat(walk.all()).containsExactlyInAnyOrder(seen, observed, doctor, insurer);
        assertThat(walk.onwards())
                .hasValue("Patient/$everything-part?_since=2020&_of=%s&_from=encounter-service"
                        .formatted(seen.replace("/", "%2F")));
    }

    @Test
    void onlyTheTypesAskedForAreTold() {
        // Given
        String practitioner = created("{\"resourceType\":\"Practitioner\"}");
        String condition = condition(patient, "\"recorder\":{\"reference\":\"%s\"}".formatted(practitioner));
        String visit = created(Encounters.of("x", patient));

        // When
        EverythingWalk walk =
                EverythingWalk.by("clinician", patient + "/$everything?_type=Condition,Goal&_type=Practitioner");

        // Then
        assertThat(walk.all()).containsExactly(condition, practitioner);
        assertThat(walk.onwards()).isEmpty();
        assertThat(EverythingWalk.by("clinician", patient + "/$everything?_type=Patient,Encounter")
                        .all())
                .containsExactly(patient, visit);
        assertThat(EverythingWalk.by("clinician", patient + "/$everything?_type=Coverage"))
                .isEqualTo(new EverythingWalk(
                        List.of(List.of()),
                        List.of(),
                        Optional.of("Patient/$everything-part?_type=Coverage&_of=%s&_from=encounter-service"
                                .formatted(patient.replace("/", "%2F")))));
    }

    @Test
    void onlyWhatHasChangedSinceIsTold() {
        // Given
        String practitioner = created("{\"resourceType\":\"Practitioner\"}");
        condition(patient, "\"recorder\":{\"reference\":\"%s\"}".formatted(practitioner));
        Instant since = Instant.now().plusMillis(1);
        org.awaitility.Awaitility.await().until(() -> Instant.now().isAfter(since));
        String later = condition(patient, "\"onsetDateTime\":\"2020\"");

        // When, Then
        assertThat(EverythingWalk.by("clinician", patient + "/$everything?_since=" + since)
                        .all())
                .containsExactly(later);
    }

    @ParameterizedTest
    @CsvSource({
        "start=2020-03-02,                 during after",
        "end=2020-03-01,                   before during",
        "start=2020-03-01&end=2020-03-31,  during",
        "start=2020-02-15&end=2020-02-20,  during",
        "start=2021,                       after",
        "end=2018,                         before"
    })
    void careIsWithinTheDatesFromItsFirstToItsLast(String query, String names) {
        // Given
        String before = condition(patient, "\"onsetDateTime\":\"2018-05-01\"");
        String during = condition(patient, "\"onsetDateTime\":\"2020-02-01\",\"abatementDateTime\":\"2020-03-15\"");
        String after = condition(patient, "\"onsetDateTime\":\"2021-05\"");
        String undated = condition(patient, "\"language\":\"en\"");

        // When
        List<String> told = EverythingWalk.by("clinician", patient + "/$everything?" + query)
                .all();

        // Then
        assertThat(told).contains(patient, undated).hasSize(2 + names.split(" ").length);
        assertThat(told.contains(before)).isEqualTo(names.contains("before"));
        assertThat(told.contains(during)).isEqualTo(names.contains("during"));
        assertThat(told.contains(after)).isEqualTo(names.contains("after"));
    }

    @Test
    void whatIsDeletedOrMovedToAnotherPatientIsNotTold() {
        // Given
        String deleted = condition(patient, "\"onsetDateTime\":\"2020\"");
        String moved = condition(patient, "\"onsetDateTime\":\"2021\"");
        as("clinician").delete("/" + deleted).then().statusCode(204);
        as("clinician")
                .body(conditionOf(knownPatient(newId(), ""), "\"id\":\"%s\"".formatted(moved.substring(10))))
                .put("/" + moved)
                .then()
                .statusCode(200);

        // When, Then
        assertThat(EverythingWalk.by("clinician", patient + "/$everything").all())
                .containsExactly(patient);
    }

    @Test
    void parametersMayStandInABody() {
        // Given
        String condition = condition(patient, "\"onsetDateTime\":\"2020\"");

        // When, Then
        as("clinician")
                .body("""
                        {"resourceType":"Parameters","parameter":[{"name":"_type","valueCode":"Condition"},
                        {"name":"_count","valueInteger":1},{"name":"start","valueDate":"2019-01-01"}]}""")
                .post("/" + patient + "/$everything")
                .then()
                .statusCode(200)
                .body("type", equalTo("searchset"))
                .body("entry.fullUrl", equalTo(List.of("http://localhost:8080/fhir/" + condition)));
    }

    @Test
    void aLinkKeepsTheFormOfTheAnswer() {
        // Given
        condition(patient, "\"onsetDateTime\":\"2020\"");

        // When, Then
        String next = as("clinician")
                .get("/" + patient + "/$everything?_count=1&_elements=id&_format=json")
                .then()
                .body("entry.size()", equalTo(1))
                .extract()
                .path("link.find { it.relation == 'next' }.url");
        assertThat(next).endsWith("&_elements=id&_format=json");
    }

    @Test
    void aPageIsForThatAskerOnly() {
        // Given
        condition(patient, "\"onsetDateTime\":\"2020\"");
        String next = EverythingWalk.next(as("clinician")
                        .get("/" + patient + "/$everything?_count=1")
                        .jsonPath())
                .orElseThrow();

        // When, Then
        as("clinician").urlEncodingEnabled(false).get("/" + next).then().statusCode(200);
        as("registrar")
                .urlEncodingEnabled(false)
                .get("/" + next)
                .then()
                .statusCode(400)
                .body("issue[0].diagnostics", containsString("'_page'"));
    }

    @ParameterizedTest
    @CsvSource({
        "_from=patient-service, _of",
        "_page=abc, _page",
        "_page=abc&_count=2, _page",
        "_of=Patient, _of",
        "_of=Patient/1&_from=nobody, _from",
        "_of=Patient/1, _from",
        "_of=Condition/1&_from=patient-service, _from",
        "_of=Encounter/1&_from=patient-service, _from"
    })
    void aLinkThatIsNoneOfThisSystemIsRefused(String query, String name) {
        as("clinician")
                .get("/Encounter/$everything-part?" + query)
                .then()
                .statusCode(400)
                .body("issue[0].diagnostics", containsString("'" + name + "'"));
    }

    @ParameterizedTest
    @CsvSource({
        "mood=good, mood",
        "_count=0, _count",
        "_count=many, _count",
        "_count=1&_count=2, _count",
        "_since=yesterday, _since",
        "start=soon, start",
        "end=2020-13, end",
        "_type=Spaceship, _type",
        "_page=abc, _page",
        "_of=Patient/1, _of",
        "_sort=date, _sort"
    })
    void aParameterThatIsNotUnderstoodIsRefusedByName(String query, String name) {
        as("clinician")
                .get("/" + patient + "/$everything?" + query)
                .then()
                .statusCode(400)
                .body("issue[0].diagnostics", containsString("'" + name + "'"));
    }

    @Test
    void aPatientWhomNobodyHasIsNotFoundAndADeletedOneIsGone() {
        // Given
        String deleted = newId();
        PatientEvents.apply(PatientEvents.created(deleted, "X"), PatientEvents.deleted(deleted, 2));

        // When, Then
        as("clinician").get("/Patient/" + newId() + "/$everything").then().statusCode(404);
        as("clinician").get("/Patient/" + deleted + "/$everything").then().statusCode(410);
    }

    @Test
    void aPatientWhoseEventHasNotComeIsAskedOfTheOwner() {
        // Given
        String fresh = newId();
        String unreachable = newId();
        owned("Patient/" + fresh, PatientEvents.json(fresh, 1, "X"));
        ownerAnswers("Patient/" + unreachable, 500, "");

        // When, Then
        assertThat(EverythingWalk.by("clinician", "Patient/" + fresh + "/$everything")
                        .all())
                .containsExactly("Patient/" + fresh);
        as("clinician").get("/Patient/" + unreachable + "/$everything").then().statusCode(503);
    }

    @Test
    void aPatientSeesTheOwnRecordAndNobodyElses() {
        // Given
        PatientEvents.apply(PatientEvents.created(SELF, "Self"));
        String self = "Patient/" + SELF;
        String practitioner = created("{\"resourceType\":\"Practitioner\"}");
        String own = condition(self, "\"recorder\":{\"reference\":\"%s\"}".formatted(practitioner));
        String ofOther = created("""
                {"resourceType":"Observation","status":"final","code":{"text":"x"},"subject":{"reference":"%s"},
                "performer":[{"reference":"%s"}]}""".formatted(patient, self));

        // When, Then
        assertThat(EverythingWalk.by("patient", self + "/$everything?_count=1000")
                        .all())
                .contains(self, own, practitioner)
                .doesNotContain(ofOther);
        assertThat(EverythingWalk.by("clinician", self + "/$everything?_count=1000")
                        .all())
                .contains(ofOther);
        as("patient").get("/" + patient + "/$everything").then().statusCode(404);
        as("compliance").get("/" + patient + "/$everything").then().statusCode(403);
    }

    @Test
    void whatIsShownIsInTheJournalAndWhoseItIs() {
        // Given
        String practitioner = created("{\"resourceType\":\"Practitioner\"}");
        String condition = condition(patient, "\"recorder\":{\"reference\":\"%s\"}".formatted(practitioner));
        String whole = UUID.randomUUID().toString();
        String none = UUID.randomUUID().toString();

        // When
        as("clinician").header("X-Request-Id", whole).get("/" + patient + "/$everything");
        as("clinician").header("X-Request-Id", none).get("/" + patient + "/$everything?_type=Goal");

        // Then
        assertThat(AuditEntries.of(whole))
                .singleElement()
                .satisfies(entry -> assertThat(entry.toString())
                        .contains(patient.substring(8), condition.substring(10), practitioner.substring(13)));
        assertThat(AuditEntries.of(none))
                .singleElement()
                .satisfies(entry -> assertThat(entry.toString()).contains(patient.substring(8)));
    }

    @Test
    void theStatementListsIt() {
        as("clinician")
                .get("/metadata")
                .then()
                .body("rest[0].resource.find { it.type == 'Patient' }.operation.name", hasItem("everything"))
                .body("rest[0].resource.find { it.type == 'Encounter' }.operation.name", hasItem("everything"))
                .body("rest[0].resource.find { it.type == 'Condition' }.operation.name", not(hasItem("everything")));
        as("clinician").get("/Condition/1/$everything").then().statusCode(400);
        as("clinician").get("/Patient/$everything").then().statusCode(400);
    }

    private static String condition(String subject, String more) {
        return created(conditionOf(subject, more));
    }

    private static String conditionOf(String subject, String more) {
        return "{\"resourceType\":\"Condition\",\"subject\":{\"reference\":\"%s\"},%s}".formatted(subject, more);
    }

    private static String knownPatient(String id, String more) {
        owned("Patient/" + id, """
                {"resourceType":"Patient","id":"%s","meta":{"versionId":"1","lastUpdated":"2026-01-01T00:00:00.000Z"}%s}""".formatted(id, more));
        return "Patient/" + id;
    }
}
