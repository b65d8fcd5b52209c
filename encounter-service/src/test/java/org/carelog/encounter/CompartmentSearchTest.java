package org.carelog.encounter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.encounter.PatientEvents.newId;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.carelog.testing.ServiceUnderTest.ownersDataSource;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/api/search.md, in a compartment and of several types */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class CompartmentSearchTest {
    private static final String BASE = "http://localhost:8080/fhir";
    /** The patient whom the demo user of that name is, see the realm. */
    private static final String SELF = "0f6b2c1e-5d3a-4c8e-9b7a-1a2b3c4d5e6f";

    private static String patient;
    private static String encounter;
    private static String other;
    private static String tag;

    @BeforeEach
    void twoPatients() {
        if (patient != null) {
            return;
        }
        String one = newId();
        other = newId();
        tag = newId();
        PatientEvents.apply(PatientEvents.created(one, "Inside"), PatientEvents.created(other, "Outside"));
        encounter = created("Encounter", one, "\"class\":{\"code\":\"AMB\"},\"status\":\"finished\"");
        created("Encounter", other, "\"class\":{\"code\":\"AMB\"},\"status\":\"finished\"");
        for (String code : List.of("a", "b", "c")) {
            created(
                    "Observation",
                    one,
                    "\"status\":\"final\",\"code\":{\"text\":\"%s\",\"coding\":[{\"code\":\"%s\"}]},\"encounter\":{\"reference\":\"%s\"}"
                            .formatted(code, code, encounter));
        }
        created("Observation", other, "\"status\":\"final\",\"code\":{\"text\":\"a\"}");
        created("Condition", one, "\"code\":{\"text\":\"d\"}");
        patient = one;
    }

    private static String created(String type, String of, String members) {
        return Resources.created("""
                {"resourceType":"%s","meta":{"tag":[{"code":"%s"}]},"subject":{"reference":"Patient/%s"},%s}""".formatted(type, tag, of, members));
    }

    @ParameterizedTest
    @CsvSource({
        "Patient/PATIENT/Observation, 3",
        "Patient/PATIENT/Observation?code=a, 1",
        "Patient/PATIENT/Observation?code:not=a, 2",
        "Patient/PATIENT/Observation?patient=OTHER, 0",
        "Patient/PATIENT/Encounter, 1",
        "Patient/PATIENT/Encounter?_has:Observation:encounter:code=b, 1",
        "Patient/PATIENT/Condition, 1",
        "Patient/PATIENT/Procedure, 0",
        "Patient/PATIENT/*, 5",
        "Patient/PATIENT/*?_type=Observation, 3",
        "'Patient/PATIENT/*?_type=Observation,Condition', 4",
        "Patient/nobody/Observation, 0",
        "ENCOUNTER/Observation, 3",
        "ENCOUNTER/Encounter, 1",
        "ENCOUNTER/*, 4",
        "'?_type=Observation,Encounter&_tag=TAG', 6",
        "'?_type=Observation,Encounter&_tag=TAG&patient=PATIENT', 4",
        "?_tag=TAG, 7",
        "?_tag=TAG&_lastUpdated=lt2001, 0",
        "?_tag=TAG&_summary=count, 7"
    })
    void aSearchIsOfACompartmentOrOfSeveralTypes(String query, int total) {
        as("clinician")
                .urlEncodingEnabled(false)
                .get("/" + named(query))
                .then()
                .statusCode(200)
                .body("type", equalTo("searchset"))
                .body("total", equalTo(total));
    }

    @Test
    void itIsAskedForByAFormToo() {
        as("clinician")
                .contentType("application/x-www-form-urlencoded")
                .body("code=a")
                .post("/Patient/" + patient + "/Observation/_search")
                .then()
                .statusCode(200)
                .body("total", equalTo(1));
        as("clinician")
                .contentType("application/x-www-form-urlencoded")
                .body("_tag=" + tag)
                .post("/_search")
                .then()
                .statusCode(200)
                .body("total", equalTo(7));
    }

    @ParameterizedTest
    @CsvSource({
        "Patient/PATIENT/*, 5",
        "Patient/PATIENT/*?_sort=-_lastUpdated, 5",
        "Patient/PATIENT/Observation?_sort=code, 3",
        "?_tag=TAG&_sort=_id, 7",
        "?_tag=TAG, 7"
    })
    void itsPagesFollowEachOther(String query, int total) {
        // Given
        List<String> found = new ArrayList<>();
        String next = BASE + "/" + named(query) + (query.contains("?") ? "&" : "?") + "_count=2";

        // When
        while (next != null) {
            Response page = as("clinician").urlEncodingEnabled(false).get(next.substring(BASE.length()));
            page.then().statusCode(200);
            found.addAll(page.path("entry.fullUrl"));
            next = page.path("link.find { it.relation == 'next' }?.url");
        }

        // Then
        assertThat(found).hasSize(total).doesNotHaveDuplicates();
    }

    @Test
    void selfSaysWhereWasSearched() {
        as("clinician")
                .get("/Patient/" + patient + "/Observation?code=a")
                .then()
                .body("link[0].url", equalTo(BASE + "/Patient/" + patient + "/Observation?code=a"));
        as("clinician").get("/?_tag=" + tag).then().body("link[0].url", equalTo(BASE + "?_tag=" + tag));
    }

    @Test
    void aPageOfOneCompartmentIsNoneOfAnother() {
        // Given
        String next = as("clinician")
                .get("/Patient/" + patient + "/Observation?_count=1")
                .path("link.find { it.relation == 'next' }.url");

        // When, Then
        as("clinician")
                .urlEncodingEnabled(false)
                .get(next.substring(BASE.length()).replace(patient, other))
                .then()
                .statusCode(400)
                .body("issue[0].diagnostics", containsString("_page"));
    }

    @ParameterizedTest
    @CsvSource({
        "Patient/PATIENT/Organization, 404",
        "Patient/PATIENT/Spaceship, 404",
        "Organization/x/Observation, 404",
        "Patient/PATIENT/Observation/x, 404",
        "Patient/PATIENT/Observation?colour=x, 400",
        "Patient/PATIENT/*?code=x, 400",
        "Patient/PATIENT/*?_type=Spaceship, 400",
        "Patient/PATIENT/*?_type=Organization, 400",
        "Observation?_type=Observation, 400",
        "?_type=Patient, 400",
        "?code=x, 400",
        "'?_type=Observation,Encounter&code=x', 400",
        "?_sort=date, 400",
        "?_type=Observation&_type=Encounter, 400"
    })
    void whatIsNoneIsRefused(String query, int status) {
        as("clinician")
                .urlEncodingEnabled(false)
                .get("/" + named(query))
                .then()
                .statusCode(status)
                .body("resourceType", equalTo("OperationOutcome"));
    }

    @Test
    void noCompartmentTellsAPatientOfOthers() {
        // Given
        PatientEvents.apply(PatientEvents.created(SELF, "Self"));
        created("Observation", SELF, "\"status\":\"final\",\"code\":{\"text\":\"own\"}");

        // When, Then
        as("patient").get("/Patient/" + patient + "/Observation").then().body("total", equalTo(0));
        as("patient").get("/Patient/" + patient + "/*").then().body("total", equalTo(0));
        as("patient")
                .get("/?_type=Observation")
                .then()
                .statusCode(200)
                .body("entry.resource.subject.reference", everyItem(equalTo("Patient/" + SELF)));
        as("compliance").get("/?_tag=x").then().statusCode(403);
        as("compliance").get("/Patient/" + patient + "/Observation").then().statusCode(403);
    }

    /** Nothing was found, and that is what was learnt of them. */
    @ParameterizedTest
    @CsvSource({
        "Patient/PATIENT/Condition?code=none, PATIENT",
        "Patient/PATIENT/Observation?_summary=count, PATIENT",
        "Practitioner/p-none/Observation,"
    })
    void whoseCompartmentWasSearchedIsRecorded(String url, String patientId) throws SQLException {
        // Given
        String requestId = UUID.randomUUID().toString();

        // When
        as("clinician")
                .header("X-Request-Id", requestId)
                .get("/" + named(url))
                .then()
                .statusCode(200);

        // Then
        String[] root = named(url).split("/");
        try (Connection connection = ownersDataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "select convert_from(entry, 'UTF8') from audit_entry where position(? in encode(entry, 'escape')) > 0")) {
            statement.setString(1, requestId);
            try (ResultSet rows = statement.executeQuery()) {
                assertThat(rows.next()).isTrue();
                List<Map<String, Object>> entities = new JsonPath(rows.getString(1)).getList("entities");
                assertThat(entities).anySatisfy(entity -> {
                    assertThat(entity).containsEntry("type", root[0]).containsEntry("id", root[1]);
                    assertThat(entity.get("patient")).isEqualTo(patientId == null ? null : root[1]);
                });
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"Patient/PATIENT/Observation, 200, 200", "Patient/PATIENT/*, 200, 422", "?_tag=TAG, 400,"})
    void inABundleNothingIsAskedOfAllTypes(String url, int status, String ofEntry) {
        as("clinician")
                .body(
                        "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[{\"request\":{\"method\":\"GET\",\"url\":\"%s\"}}]}"
                                .formatted(named(url)))
                .post("/")
                .then()
                .statusCode(status)
                .body("entry[0].response.status", equalTo(ofEntry));
    }

    @Test
    void whatIsNotKnownIsIgnoredAndToldWhereTheClientWouldHaveItSo() {
        as("clinician")
                .header("Prefer", "handling=lenient")
                .get("/Patient/" + patient + "/Observation?code=a&shoesize=9&code:sounds=x&date=")
                .then()
                .statusCode(200)
                .body("total", equalTo(1))
                .body("entry.search.mode", contains("match", "outcome"))
                .body("entry[1].fullUrl", nullValue())
                .body("entry[1].resource.issue.severity", contains("warning", "warning", "warning"))
                .body("entry[1].resource.issue[0].diagnostics", containsString("shoesize"))
                .body("link[0].url", equalTo(BASE + "/Patient/" + patient + "/Observation?code=a"));
    }

    @ParameterizedTest
    @CsvSource({
        "handling=strict, Observation?shoesize=9",
        "handling=lenient, Observation?date=never",
        "handling=lenient, Observation?_count=many",
        "handling=maybe, Observation?code=a"
    })
    void whatIsWrongIsRefusedHoweverLenientTheClientIs(String preference, String query) {
        as("clinician").header("Prefer", preference).get("/" + query).then().statusCode(400);
    }

    @Test
    void theItemsOfAListAreFound() {
        // Given
        String list = Resources.created("""
                {"resourceType":"List","status":"current","mode":"working","subject":{"reference":"Patient/%s"},
                "entry":[{"item":{"reference":"%s"}}]}""".formatted(patient, encounter));

        // When, Then
        String asked = "/Encounter?patient=%s&_list=".formatted(patient);
        as("clinician").get(asked + list.replace("List/", "")).then().body("total", equalTo(1));
        as("clinician").get(asked + "nothing").then().body("total", equalTo(0));
        as("clinician").get(asked + "$current-problems").then().statusCode(400);
    }

    private static String named(String query) {
        return query.replace("PATIENT", patient)
                .replace("ENCOUNTER", encounter)
                .replace("OTHER", other)
                .replace("TAG", tag);
    }
}
