package org.carelog.encounter;

import static org.carelog.encounter.PatientEvents.newId;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/api/README.md, who may do what; the compartment reaches through chains and includes. */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class PermissionTest {

    /** The patient whom the demo user of that name is, see the realm. */
    private static final String SELF = "0f6b2c1e-5d3a-4c8e-9b7a-1a2b3c4d5e6f";

    private String other;
    private String ofSelf;
    private String ofOther;

    @BeforeEach
    void twoPatientsWithAnEncounterEach() {
        other = newId();
        PatientEvents.apply(PatientEvents.created(SELF, "Shared"), PatientEvents.created(other, "Shared"));
        ofSelf = Encounters.created(Encounters.of("x", "Patient/" + SELF));
        ofOther = Encounters.created(Encounters.of("x", "Patient/" + other));
    }

    @ParameterizedTest
    @CsvSource({
        "clinician,          200, 201, 200, 204",
        "registrar,          200, 201, 200, 403",
        "loader,             200, 201, 200, 403",
        "patient,            404, 403, 403, 403",
        "compliance,         403, 403, 403, 403",
        "integration-engine, 403, 403, 403, 403",
        "patient-service,    200, 403, 403, 403"
    })
    void eachRoleMayDoWhatTheTableSays(String name, int read, int create, int update, int delete) {
        String body = Encounters.of(ofOther, "Patient/" + other).replace("finished", "cancelled");

        as(name).get("/Encounter/" + ofOther).then().statusCode(read);
        as(name).body(body).post("/Encounter").then().statusCode(create);
        as(name).body(body).put("/Encounter/" + ofOther).then().statusCode(update);
        as(name).delete("/Encounter/" + ofOther).then().statusCode(delete);
    }

    @Test
    void aPatientSeesTheOwnEncountersAndNoOthers() {
        as("patient").get("/Encounter/" + ofSelf).then().statusCode(200);
        as("patient").get("/Encounter/" + ofOther).then().statusCode(404);
        as("patient").get("/Encounter/" + ofOther + "/_history").then().statusCode(404);
        as("patient").get("/Encounter/" + ofOther + "/_history/1").then().statusCode(404);
        as("patient")
                .get("/Encounter?_id=" + ofSelf + "," + ofOther)
                .then()
                .body("total", equalTo(1))
                .body("entry.resource.id", contains(ofSelf));
    }

    @Test
    void noChainTellsAPatientOfOthers() {
        as("patient").get("/Encounter?patient.family=Shared&_count=0").then().statusCode(200);
        as("patient").get("/Encounter?patient=" + other + "&_count=0").then().body("total", equalTo(0));
        as("patient")
                .get("/Encounter?patient._id=" + other + "&_count=0")
                .then()
                .body("total", equalTo(0));
    }

    @Test
    void nothingThatRefersToAResourceTellsAPatientOfOthers() {
        // Given
        String place = Resources.created("{\"resourceType\":\"Location\",\"name\":\"Ward\"}");
        String seen = Resources.created(Resources.encounterWith(
                "\"subject\":{\"reference\":\"Patient/%s\"},\"location\":[{\"location\":{\"reference\":\"%s\"}}]"
                        .formatted(other, place)));
        String asked = "/Location?_id=%s&_has:Encounter:location:_id=%s&_count=0"
                .formatted(place.replace("Location/", ""), seen.replace("Encounter/", ""));

        // When, Then
        as("clinician").get(asked).then().statusCode(200).body("total", equalTo(1));
        as("patient").get(asked).then().statusCode(200).body("total", equalTo(0));
    }

    /** For others it is refused where too many texts begin like that. */
    @ParameterizedTest
    @CsvSource({"Observation, code:text=%s", "Encounter, _has:Observation:encounter:code:text=%s"})
    void noTextTellsAPatientOfOthers(String type, String query) {
        // Given
        String start = "texts" + newId().replace("-", "");
        String codings = IntStream.rangeClosed(0, 1000)
                .mapToObj(i -> "{\"display\":\"%s %d\"}".formatted(start, i))
                .collect(Collectors.joining(","));
        observed(other, ofOther, codings);
        String own = observed(SELF, ofSelf, "{\"display\":\"%s own\"}".formatted(start));
        String asked = "/%s?%s&_id=%s".formatted(type, query, type.equals("Encounter") ? ofSelf : own);

        // When, Then
        as("clinician").get(asked.formatted(start)).then().statusCode(400);
        as("patient").get(asked.formatted(start)).then().statusCode(200).body("total", equalTo(1));
        as("patient").get(asked.formatted(start + " ow")).then().body("total", equalTo(1));
        as("patient").get(asked.formatted(start + " 10")).then().statusCode(200).body("total", equalTo(0));
    }

    private static String observed(String patient, String encounter, String codings) {
        return Resources.created("""
                {"resourceType":"Observation","status":"final","code":{"coding":[%s]},
                "subject":{"reference":"Patient/%s"},"encounter":{"reference":"Encounter/%s"}}""".formatted(codings, patient, encounter)).replace("Observation/", "");
    }

    @Test
    void noIncludeShowsAPatientOthers() {
        as("patient")
                .get("/Encounter?_include=Encounter:patient")
                .then()
                .statusCode(200)
                .body("entry.resource.findAll{it.resourceType=='Patient'}.id", everyItem(equalTo(SELF)));
        as("patient")
                .get("/Patient?_revinclude=Encounter:patient")
                .then()
                .statusCode(200)
                .body("entry.resource.findAll{it.resourceType=='Patient'}.id", everyItem(equalTo(SELF)))
                .body(
                        "entry.resource.findAll{it.resourceType=='Encounter'}.subject.reference",
                        everyItem(equalTo("Patient/" + SELF)));
    }

    @Test
    void whatWasIncludedBringsAPatientNoOthers() {
        // Given
        String place = Resources.created("{\"resourceType\":\"Location\",\"name\":\"Ward\"}");
        for (String patient : List.of(SELF, other)) {
            Resources.created(Resources.encounterWith(
                    "\"subject\":{\"reference\":\"Patient/%s\"},\"location\":[{\"location\":{\"reference\":\"%s\"}}]"
                            .formatted(patient, place)));
        }

        // When, Then
        as("patient")
                .get("/Location?_id=%s&_revinclude:iterate=*&_include:iterate=*"
                        .formatted(place.replace("Location/", "")))
                .then()
                .statusCode(200)
                .body("entry.resource.findAll{it.resourceType=='Patient'}.id", everyItem(equalTo(SELF)))
                .body(
                        "entry.resource.findAll{it.resourceType=='Encounter'}.subject.reference",
                        everyItem(equalTo("Patient/" + SELF)));
    }

    @Test
    void anEncounterThatMovesToAnotherPatientIsSeenByThatOneAndItsOldVersionByTheOther() {
        // Given
        String moved = Encounters.created(Encounters.of("x", "Patient/" + SELF));

        // When
        as("clinician").body(Encounters.of(moved, "Patient/" + other)).put("/Encounter/" + moved);

        // Then
        as("patient").get("/Encounter/" + moved).then().statusCode(404);
        as("patient").get("/Encounter/" + moved + "/_history/2").then().statusCode(404);
        as("patient").get("/Encounter/" + moved + "/_history/1").then().statusCode(200);
    }
}
