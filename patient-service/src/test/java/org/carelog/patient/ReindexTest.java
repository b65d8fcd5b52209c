package org.carelog.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.carelog.patient.Patients.newId;
import static org.carelog.patient.Patients.unique;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.carelog.testing.ServiceUnderTest.asOwner;
import static org.carelog.testing.ServiceUnderTest.ownersDataSource;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.carelog.testing.ServiceResource;
import org.carelog.testing.ServiceUnderTest;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * docs/api/search.md: search parameters that are new or changed. The birth dates of some patients are not in the index, and the
 * table says that this is as an older version had it.
 */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class ReindexTest {
    private static final int PATIENTS = 2_000;
    private static final int IN_A_BUNDLE = 500;

    /** Of these patients only. */
    private static final String BORN = "1871-03-05";

    private static final String LATER = "1872-01-01";

    private static final String OLDER = """
            update indexed_type set parameters = jsonb_set(parameters, '{birthdate}', '"older"') where resource_type = 'Patient'""";

    private static final String PARAMETERS = "rest[0].resource.find{it.type=='Patient'}.searchParam.name";

    private static String family;
    /** The keys of their rows. */
    private static long first;

    private static long middle;
    private static String middleId;
    private static String lastId;

    private Connection owner;

    @BeforeEach
    void patientsOfWhomNoBirthDateIsIndexed() throws SQLException {
        owner = ownersDataSource().getConnection();
        owner.setAutoCommit(false);
        if (family == null) {
            String name = unique("Stored");
            first = number("select coalesce(max(resource_key), 0) + 1 from resource");
            for (int i = 0; i < PATIENTS; i += IN_A_BUNDLE) {
                store(name);
            }
            middle = number("""
                    select resource_key from resource where resource_type = 'Patient' and resource_key >= %d
                    order by resource_key offset %d limit 1""".formatted(first, PATIENTS / 2));
            middleId = text("select resource_id from resource where resource_key = " + middle);
            lastId = text(
                    "select resource_id from resource where resource_type = 'Patient' order by resource_key desc limit 1");
            family = name;
        }
        asOwner("delete from resource_date where resource_key >= " + first);
        asOwner("update resource_token set tokens = '{}' where resource_key >= " + first);
    }

    @AfterEach
    void allIsIndexed() throws SQLException {
        owner.close();
        asOwner(OLDER);
        await().until(() -> number("""
                select count(*) from indexed_type
                where resource_type = 'Patient' and pending = '{}' and parameters ->> 'birthdate' <> 'older'""") == 1);
        await().untilAsserted(() -> born(BORN).then().statusCode(200).body("total", equalTo(PATIENTS)));
    }

    @Test
    void whoeverUsesAChangedParameterIsRefusedUntilAllThatIsStoredIsIndexedByIt() throws SQLException {
        // Given
        aWalkThatIsHalfDone();

        // When, Then
        for (String query : List.of(
                "Patient?birthdate=" + BORN,
                "Patient?birthdate:missing=true",
                "Patient?_sort=-birthdate",
                "Patient?_filter=not (birthdate eq 1871)",
                "Encounter?subject:Patient.birthdate=" + BORN,
                "RelatedPerson?patient.birthdate=" + BORN,
                "Practitioner?_has:Patient:general-practitioner:birthdate=" + BORN)) {
            refusedNamingIt(as("clinician").get("/" + query));
        }
        refusedNamingIt(as("clinician")
                .header("If-None-Exist", "birthdate=" + BORN)
                .body("{\"resourceType\":\"Patient\"}")
                .post("/Patient"));
        listed(allOf(hasItem("family"), not(hasItem("birthdate"))));
    }

    @Test
    void allElseAnswers() throws SQLException {
        // Given
        aWalkThatIsHalfDone();

        // When, Then
        as("clinician")
                .get("/Patient?family=%s&_summary=count".formatted(family))
                .then()
                .statusCode(200)
                .body("total", equalTo(PATIENTS));
    }

    @Test
    void itAnswersWhenAllIsIndexed() throws SQLException {
        // When
        asOwner(OLDER);

        // Then
        await().untilAsserted(() -> refusedNamingIt(born(BORN)));
        await().untilAsserted(() -> born(BORN).then().statusCode(200).body("total", equalTo(PATIENTS)));
        as("clinician")
                .get("/Patient?birthdate:missing=true&family=" + family)
                .then()
                .body("total", equalTo(0));
        listed(hasItems("family", "birthdate"));
    }

    @Test
    void whatIsWrittenMeanwhileStays() throws SQLException {
        // Given
        aWalkThatIsHalfDone();

        // When
        Patients.put(lastId, patient(lastId, family, LATER));
        CompletableFuture<Void> waiting =
                CompletableFuture.runAsync(() -> Patients.put(middleId, patient(middleId, family, LATER)));
        await().until(() -> ofService("""
                select count(*) from pg_stat_activity
                where datname = current_database() and usename = current_user and wait_event_type = 'Lock'""") == 2);
        owner.rollback();
        waiting.join();

        // Then
        await().untilAsserted(() -> born(BORN).then().statusCode(200).body("total", equalTo(PATIENTS - 2)));
        born(LATER).then().body("total", equalTo(2));
        Patients.put(lastId, patient(lastId, family, BORN));
        Patients.put(middleId, patient(middleId, family, BORN));
    }

    @Test
    void whatIsKilledGoesOnFromWhereItWas() throws SQLException {
        // Given
        aWalkThatIsHalfDone();
        asOwner("delete from resource_date where resource_key between %d and %d".formatted(first, middle - 1));

        // When
        ofService("""
                select count(pg_terminate_backend(pid)) from pg_stat_activity
                where datname = current_database() and usename = current_user
                    and (wait_event_type = 'Lock' or application_name = 'carelog-reindexer')""");
        owner.rollback();

        // Then
        await().untilAsserted(() -> born(BORN).then().statusCode(200).body("total", equalTo(PATIENTS / 2)));
    }

    @Test
    void nothingIsIndexedAnewWhileAnInstanceOfAnotherVersionWritesBesideUs() throws SQLException {
        // Given
        try (Connection other = ServiceUnderTest.runtimeConnection();
                Statement rules = other.createStatement()) {
            rules.execute("select pg_advisory_lock_shared(1128352853, 7)");

            // When
            asOwner(OLDER);

            // Then
            await().untilAsserted(() -> refusedNamingIt(born(BORN)));
            assertThat(number("select count(*) from indexed_type where parameters ->> 'birthdate' = 'older'"))
                    .isEqualTo(1);
        }

        // Then
        await().untilAsserted(() -> born(BORN).then().statusCode(200).body("total", equalTo(PATIENTS)));
    }

    @Test
    void aParameterThatIsNoLongerThereIsForgotten() {
        // When
        asOwner("""
                update indexed_type set parameters = jsonb_set(parameters, '{shoe-size}', '"older"')
                where resource_type = 'Patient'""");

        // Then
        await().untilAsserted(
                        () -> assertThat(number("select count(*) from indexed_type where parameters ? 'shoe-size'"))
                                .isZero());
        born(BORN).then().statusCode(200);
    }

    private static void listed(Matcher<?> parameters) {
        as("clinician").get("/metadata").then().statusCode(200).body(PARAMETERS, parameters);
    }

    private static void refusedNamingIt(Response answer) {
        answer.then()
                .statusCode(400)
                .body("issue[0].code", equalTo("not-supported"))
                .body(
                        "issue[0].diagnostics",
                        allOf(containsString("'birthdate' of Patient"), containsString(" % of what is stored")));
    }

    private static Response born(String date) {
        return as("clinician").get("/Patient?birthdate=%s&_total=accurate&_count=1".formatted(date));
    }

    /** It comes as far as the patient in the middle, whom somebody else keeps. */
    private void aWalkThatIsHalfDone() throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute("select from resource where resource_key = %d for update".formatted(middle));
        }
        asOwner(OLDER);
        await().until(() -> number("""
                select count(*) from indexed_type
                where resource_type = 'Patient' and done_to = (
                    select max(resource_key) from resource where resource_type = 'Patient' and resource_key < %d)""".formatted(middle)) == 1);
    }

    private static void store(String name) {
        as("clinician")
                .body("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[%s]}"
                        .formatted(IntStream.range(0, IN_A_BUNDLE)
                                .mapToObj(_ -> newId())
                                .map(id -> "{\"resource\":%s,\"request\":{\"method\":\"PUT\",\"url\":\"Patient/%s\"}}"
                                        .formatted(patient(id, name, BORN), id))
                                .collect(Collectors.joining(","))))
                .post("/")
                .then()
                .statusCode(200);
    }

    private static String patient(String id, String name, String birthDate) {
        return """
                {"resourceType":"Patient","id":"%s","name":[{"family":"%s"}],"birthDate":"%s"}""".formatted(id, name, birthDate);
    }

    private static long number(String query) {
        return Long.parseLong(text(query));
    }

    private static String text(String query) {
        try (Connection connection = ownersDataSource().getConnection()) {
            return text(connection, query);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    /** As the role that the service itself logs in as, which knows of its own sessions. */
    private static long ofService(String query) throws SQLException {
        try (Connection service = ServiceUnderTest.runtimeConnection()) {
            return Long.parseLong(text(service, query));
        }
    }
}
