package org.carelog.encounter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.encounter.PatientEvents.newId;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/api/search.md, as Encounter has it */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class SearchTest {

    private static final String ACT = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

    private static String patient;
    /** The encounters of that patient, by what these tests call them. */
    private static final Map<String, String> NAMES = new LinkedHashMap<>();

    private static void onePatientsEncounters() {
        if (patient != null) {
            return;
        }
        String one = newId();
        PatientEvents.apply(PatientEvents.created(one, "Sample"));
        encounter(
                one,
                "march",
                "finished",
                "AMB",
                period("\"start\":\"2026-03-10T09:00:00Z\",\"end\":\"2026-03-10T10:00:00Z\""));
        encounter(
                one,
                "stay",
                "finished",
                "IMP",
                period("\"start\":\"2026-03-01\",\"end\":\"2026-04-15\"") + "," + partOf("march"));
        encounter(one, "open", "in-progress", "IMP", period("\"start\":\"2026-06-01T08:00:00+02:00\""));
        encounter(one, "undated", "planned", "VR", partOf("stay"));
        Resources.created("""
                {"resourceType":"Observation","status":"final","code":{"coding":[{"code":"pulse"}]},
                "subject":{"reference":"Patient/%s"},"encounter":{"reference":"Encounter/%s"}}""".formatted(one, id("march")));
        patient = one;
    }

    private static String id(String name) {
        return NAMES.entrySet().stream()
                .filter(named -> named.getValue().equals(name))
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private static String period(String ends) {
        return "\"period\":{%s}".formatted(ends);
    }

    private static String partOf(String name) {
        return "\"partOf\":{\"reference\":\"Encounter/%s\"}".formatted(id(name));
    }

    private static void encounter(String of, String name, String status, String type, String members) {
        String id = Encounters.created("""
                {"resourceType":"Encounter","identifier":[{"system":"urn:test:visit","value":"%s-%s"}],"status":"%s",
                "class":{"system":"%s","code":"%s"},"subject":{"reference":"Patient/%s"},%s}""".formatted(of, name, status, ACT, type, of, members));
        NAMES.put(id, name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "status=finished; march stay",
                "status=in-progress,planned; open undated",
                "status:not=finished; open undated",
                "class=IMP; stay open",
                "class=http://terminology.hl7.org/CodeSystem/v3-ActCode%7CAMB; march",
                "class=urn:other%7CAMB; ''",
                "identifier=urn:test:visit%7CPATIENT-open; open",
                "identifier=PATIENT-march,PATIENT-stay; march stay",
                "date=2026-03-10; march",
                "date=2026-03; march",
                "date=2026; march stay",
                "date=ge2026-03-10; march stay open",
                "date=gt2026-03-10; stay open",
                "date=lt2026-03-10; stay",
                "date=le2026-03-10; march stay",
                "date=sa2026-03-10; open",
                "date=eb2026-03-11; march",
                "date=ne2026-03; stay open",
                "date=ge2026-03-05&date=le2026-03-20; march stay",
                "date=2026-06-01; ''",
                "date=ge2026-06-01T06:00:00Z; open",
                "date:missing=true; undated",
                "date=2026-03-10T09:00:00Z; ''",
                "status=finished&class=IMP; stay",
                "_lastUpdated=ge2026-01-01; march stay open undated"
            })
    void eachParameterFindsWhatItShould(String query, String expected) {
        // Given
        onePatientsEncounters();

        // When
        Response answer = as("clinician")
                .urlEncodingEnabled(false)
                .get("/Encounter?patient=" + patient + "&" + query.replace("PATIENT", patient));

        // Then
        assertThat(names(answer)).containsExactlyInAnyOrder(words(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "date, stay march open undated",
        "-date, open march stay undated",
        "'status,-date', march stay open undated",
        "'class,date', march stay open undated",
        "-_lastUpdated, undated open stay march"
    })
    void encountersComeInTheOrderAskedFor(String sort, String expected) {
        // Given
        onePatientsEncounters();

        // When
        Response answer = as("clinician").get("/Encounter?patient=" + patient + "&_sort=" + sort);

        // Then
        assertThat(names(answer)).containsExactly(words(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Patient?_has:Encounter:patient:status=planned; true",
                "Patient?_has:Encounter:patient:status=cancelled; false",
                "Patient?_has:Encounter:patient:status:not=finished; true",
                "Patient?_has:Encounter:patient:class=AMB,HH; true",
                "Patient?_has:Encounter:subject:date=ge2026-06; true",
                "Patient?_has:Encounter:patient:date=lt2026; false",
                "Patient?_has:Encounter:patient:status=planned&_has:Encounter:patient:class=AMB; true",
                "Patient?_has:Encounter:patient:_has:Observation:encounter:code=pulse; true",
                "Patient?_has:Encounter:patient:_has:Observation:encounter:code=other; false",
                "Patient?_has:Observation:patient:encounter.status=finished; true",
                "Patient?_has:Observation:patient:encounter.status=planned; false",
                "Patient?_has:Observation:patient:encounter:Encounter.patient.birthdate=1936; true",
                "Encounter?patient._has:Observation:patient:code=pulse&status=planned; true",
                "Encounter?patient._has:Observation:patient:code=other&status=planned; false",
                "Observation?encounter.patient.birthdate=1936; true",
                "Observation?encounter.patient.family=Nobody; false",
            })
    void whatRefersToAResourceCanBeAskedFor(String query, boolean found) {
        // Given
        onePatientsEncounters();
        String own = (query.startsWith("Patient") ? "_id=" : "patient=") + patient;

        // When
        Response answer = as("clinician").get("/" + query + "&" + own);

        // Then
        answer.then().statusCode(200).body("total", equalTo(found ? 1 : 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "_include=Encounter:patient; Patient",
                "_include=*; Encounter:stay Patient",
                "_include=Encounter:*; Encounter:stay Patient",
                "_include=*&_include:iterate=Encounter:part-of; Encounter:march Encounter:stay Patient",
                "_include=Encounter:part-of; Encounter:stay",
                "_include:iterate=Encounter:part-of; Encounter:march Encounter:stay",
                "_include:iterate=Encounter:part-of:Encounter; Encounter:march Encounter:stay",
                "_include:iterate=*; Encounter:march Encounter:stay Patient",
                "_include=Encounter:part-of&_include:iterate=Encounter:patient; Encounter:stay Patient",
                "_include:iterate=Encounter:part-of&_revinclude:iterate=Observation:encounter; Encounter:march Encounter:stay Observation",
                "_include:iterate=Encounter:part-of&_revinclude=Observation:encounter; Encounter:march Encounter:stay",
                "_include=Encounter:patient&_revinclude:iterate=Observation:patient:Patient; Observation Patient",
                "_revinclude=*; ''",
                "_revinclude:iterate=Observation:encounter; ''"
            })
    void whatComesAlongMayBringMore(String includes, String expected) {
        // Given
        onePatientsEncounters();

        // When
        Response answer = as("clinician").get("/Encounter?patient=" + patient + "&status=planned&" + includes);

        // Then
        answer.then().statusCode(200).body("entry.search.mode", hasItem("match"));
        List<Map<String, String>> included = answer.path(
                "entry.findAll { it.search.mode == 'include' }.resource.collect { [type: it.resourceType, id: it.id] }");
        assertThat(included.stream()
                        .map(found -> found.get("type")
                                + (NAMES.containsKey(found.get("id")) ? ":" + NAMES.get(found.get("id")) : ""))
                        .sorted())
                .containsExactly(words(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "near=47.0, 400",
        "near=47.0|8.0|1|parsec, 400",
        "near=47.0|8.0|1|kg, 400",
        "near=91|8.0, 400",
        "near=47.0|181, 400",
        "near=47.0|8.0|-1, 400",
        "near=47.0|8.0|1|km|x, 400",
        "near:exact=47.0|8.0, 400",
        "near=47.0|8.0|1e300|km, 200",
        "near=90|180|0, 200",
        "near=47.0|8.0||, 200",
        "_sort=near, 400"
    })
    void aPlaceIsOnTheEarthAndItsDistanceALength(String query, int status) {
        // Given
        as("registrar")
                .body("{\"resourceType\":\"Location\",\"position\":{\"latitude\":1e90,\"longitude\":1e90}}")
                .post("/Location")
                .then()
                .statusCode(201);

        // When, Then
        as("clinician").get("/Location?" + query).then().statusCode(status);
    }

    @Test
    void includesThatLeadInACircleEnd() {
        // Given
        String one = Resources.created(Resources.encounterWith("\"language\":\"en\""));
        String other = Resources.created(Resources.encounterWith("\"partOf\":{\"reference\":\"%s\"}".formatted(one)));
        as("clinician")
                .body(Resources.encounterWith("\"id\":\"%s\",\"partOf\":{\"reference\":\"%s\"}"
                        .formatted(one.replace("Encounter/", ""), other)))
                .put("/" + one)
                .then()
                .statusCode(200);

        // When
        Response answer = as("clinician")
                .get("/Encounter?_id=" + one.replace("Encounter/", "")
                        + "&_include:iterate=Encounter:part-of&_revinclude:iterate=Encounter:part-of");

        // Then
        answer.then().statusCode(200).body("entry.search.mode", contains("match", "include"));
    }

    @Test
    void includesThatLeadOnAndOnAreRefused() {
        // Given
        String last = Resources.created(Resources.encounterWith("\"language\":\"en\""));
        for (int i = 0; i < 22; i++) {
            last = Resources.created(Resources.encounterWith("\"partOf\":{\"reference\":\"%s\"}".formatted(last)));
        }

        // When, Then
        as("clinician")
                .get("/Encounter?_id=" + last.replace("Encounter/", "") + "&_include:iterate=Encounter:part-of")
                .then()
                .statusCode(400)
                .body("issue[0].diagnostics", containsString("_include"));
    }

    @Test
    void aReferenceCannotBeSortedBy() {
        as("clinician")
                .get("/Encounter?_sort=patient")
                .then()
                .statusCode(400)
                .body("issue[0].diagnostics", containsString("_sort"));
    }

    @ParameterizedTest
    @CsvSource({
        "patient.eyecolour=blue, patient.eyecolour",
        "patient:Group.name=x, patient:Group.name",
        "subject:Observation.code=x, subject:Observation.code",
        "status.name=x, status.name",
        "date:exact=2026, date:exact",
        "_has:Nothing:patient:x=y, _has:Nothing:patient:x",
        "_has:Observation:code:x=y, _has:Observation:code:x",
        "_has:Observation:encounter=y, _has:Observation:encounter",
        "_has:Observation:encounter:nothing=y, _has:Observation:encounter:nothing",
        "_has:Observation:patient:code=y, _has:Observation:patient:code",
        "part-of.part-of.part-of.part-of.part-of.part-of.status=x, part-of",
        "_include=Encounter:nothing, _include",
        "_revinclude=Nothing:patient, _revinclude"
    })
    void whatIsNotKnownIsRefusedByName(String query, String name) {
        as("clinician")
                .get("/Encounter?" + query)
                .then()
                .statusCode(400)
                .body("issue[0].diagnostics", containsString(name));
    }

    private static List<String> names(Response answer) {
        answer.then().statusCode(200);
        List<String> ids = answer.path("entry.resource.id");
        return ids == null ? List.of() : ids.stream().map(NAMES::get).toList();
    }

    private static String[] words(String text) {
        return Arrays.stream(text.strip().split(" "))
                .filter(word -> !word.isEmpty())
                .toArray(String[]::new);
    }
}
