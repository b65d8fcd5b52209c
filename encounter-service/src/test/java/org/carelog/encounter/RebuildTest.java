package org.carelog.encounter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.encounter.PatientEvents.created;
import static org.carelog.encounter.PatientEvents.newId;
import static org.carelog.encounter.PatientEvents.unique;
import static org.carelog.encounter.PatientEvents.updated;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.carelog.testing.ServiceUnderTest.asOwner;
import static org.carelog.testing.ServiceUnderTest.topic;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.carelog.testing.RealPlatform;
import org.carelog.testing.ServiceResource;
import org.carelog.testing.ServiceUnderTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The copies of Patients, rebuilt from their owner's state topic. */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class RebuildTest {

    @Test
    void whatIsMissingComesWhatIsBehindFollowsAndWhatIsNewerStays() {
        // Given
        String missing = newId();
        String behind = newId();
        String newer = newId();
        PatientEvents.apply(created(behind, "First"), created(newer, "First"), updated(newer, 2, "Second"));
        state(created(missing, "Missing"), updated(behind, 2, "Second"), created(newer, "First"));

        // When
        rebuilt();

        // Then
        as("clinician").get("/Patient/" + missing).then().statusCode(200).body("name[0].family", equalTo("Missing"));
        as("clinician").get("/Patient/" + behind).then().body("name[0].family", equalTo("Second"));
        as("clinician").get("/Patient/" + newer).then().body("name[0].family", equalTo("Second"));
    }

    @Test
    void whoNeverHadCopiesBeginsWithWhatIsCurrent() {
        // Given: it is on the state topic alone, as when the topic of changes was trimmed before
        String patient = newId();
        state(created(patient, "Old"));

        // When
        asOwner("delete from projection_rebuild");

        // Then
        Awaitility.await("the copy")
                .untilAsserted(
                        () -> as("clinician").get("/Patient/" + patient).then().statusCode(200));
        finished();
    }

    @Test
    void whatIsNotFoundByWhatItHoldsIsFoundAgain() {
        // Given
        String patient = newId();
        String family = unique("Lost");
        PatientEvents.apply(created(patient, family));
        state(created(patient, family));
        asOwner(
                "delete from resource_string where resource_key = (select resource_key from resource where resource_id = '%s')"
                        .formatted(patient));
        as("clinician").get("/Patient?family=" + family).then().body("total", equalTo(0));

        // When
        Map<String, String> rebuild = rebuilt();

        // Then
        as("clinician").get("/Patient?family=" + family).then().body("total", equalTo(1));
        assertThat(Integer.parseInt(rebuild.get("renewed"))).isPositive();
    }

    @Test
    void anotherContentOfTheSameVersionIsToldAndStays() {
        // Given
        String patient = newId();
        PatientEvents.apply(created(patient, "Here"));
        state(created(patient, "There"));

        // When
        Map<String, String> rebuild = rebuilt();

        // Then
        assertThat(Integer.parseInt(rebuild.get("different"))).isPositive();
        as("clinician").get("/Patient/" + patient).then().body("name[0].family", equalTo("Here"));
        // and the owner's word again, for the tests that follow
        state(created(patient, "Here"));
    }

    @Test
    void itGoesOnFromWhereItWasWhenItsSessionIsCutOff() throws SQLException {
        // Given: it comes to a copy that somebody else has locked
        List<String> patients = IntStream.range(0, 2000).mapToObj(i -> newId()).toList();
        String locked = patients.get(1500);
        PatientEvents.apply(created(locked, "Many"));
        state(patients.stream().map(id -> created(id, "Many")).toArray(ProducerRecord[]::new));
        try (Connection owner = ServiceUnderTest.ownersDataSource().getConnection();
                Statement sql = owner.createStatement()) {
            owner.setAutoCommit(false);
            sql.execute("select 1 from resource where resource_id = '%s' for update".formatted(locked));
            begin("patient-changed").then().statusCode(200);

            // When
            Awaitility.await("the session that waits").until(() -> ofService("""
                    select count(pg_terminate_backend(pid)) from pg_stat_activity
                    where datname = current_database() and usename = current_user and wait_event_type = 'Lock'""") == 1);
            owner.rollback();
        }
        Map<String, String> rebuild = finished();

        // Then
        assertThat(rebuild.get("done")).isEqualTo(rebuild.get("total"));
        assertThat(Integer.parseInt(rebuild.get("written"))).isGreaterThanOrEqualTo(1999);
        for (String patient : List.of(patients.getFirst(), locked, patients.getLast())) {
            as("clinician").get("/Patient/" + patient).then().statusCode(200);
        }
    }

    @Test
    void aChannelThatThereIsNotIsRefused() {
        begin("nothing")
                .then()
                .statusCode(400)
                .body("issue[0].diagnostics", containsString("there are patient-changed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"clinician", "compliance", "loader"})
    void nobodyElseMayRebuild(String other) {
        as(other).post("/$rebuild?channel=patient-changed").then().statusCode(403);
        as(other).get("/$rebuilds").then().statusCode(403);
    }

    @SafeVarargs
    private static void state(ProducerRecord<String, byte[]>... events) {
        RealPlatform.send(Arrays.stream(events)
                .map(event -> new ProducerRecord<>(
                        topic("carelog.patient.state.v1"), null, event.key(), event.value(), event.headers()))
                .toList());
    }

    private static long ofService(String query) throws SQLException {
        try (Connection service = ServiceUnderTest.runtimeConnection();
                Statement sql = service.createStatement();
                ResultSet row = sql.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static Response begin(String channel) {
        return as("administrator").post("/$rebuild?channel=" + channel);
    }

    private static Map<String, String> rebuilt() {
        begin("patient-changed").then().statusCode(200);
        return finished();
    }

    private static Map<String, String> finished() {
        return Awaitility.await("rebuild")
                .atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .until(RebuildTest::rebuild, rebuild -> rebuild.containsKey("finished"));
    }

    private static Map<String, String> rebuild() {
        return Told.things("$rebuilds").getFirst();
    }
}
