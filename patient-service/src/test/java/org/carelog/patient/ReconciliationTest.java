package org.carelog.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.carelog.patient.Patients.newId;
import static org.carelog.patient.Patients.withFamily;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.carelog.testing.ServiceUnderTest.asOwner;
import static org.carelog.testing.ServiceUnderTest.ownersDataSource;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.net.URL;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.carelog.testing.AuditEntries;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/audit.md, "Reconciliation". */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class ReconciliationTest {
    private static final String KEPT = "create table if not exists kept_%s as select * from %s with no data;";

    @TestHTTPResource(value = "/health/well", management = true)
    URL wellness;

    private final String id = newId();

    @BeforeEach
    void historyAndJournalSayTheSame() {
        assertThat(reconcile(true).differences()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whateverIsWrittenIsInBoth(boolean full) {
        // Given
        Patients.put(id, withFamily(id, "Sample"));
        Patients.put(id, withFamily(id, "Sample"));
        Patients.put(id, withFamily(id, "Exemplar"));
        as("clinician")
                .contentType("application/json-patch+json")
                .body("[{\"op\":\"add\",\"path\":\"/active\",\"value\":true}]")
                .patch("/Patient/" + id)
                .then()
                .statusCode(200);
        as("clinician")
                .body("""
                        {"resourceType":"Parameters","parameter":[{"name":"meta",
                        "valueMeta":{"tag":[{"system":"urn:test","code":"t"}]}}]}""")
                .post("/Patient/%s/$meta-add".formatted(id))
                .then()
                .statusCode(200);
        as("clinician")
                .header("X-Provenance", """
                        {"resourceType":"Provenance","recorded":"2026-01-01T00:00:00Z","agent":[{"who":{"display":"x"}}]}""")
                .body(withFamily(id, "Sample"))
                .put("/Patient/" + id)
                .then()
                .statusCode(200);
        for (String type : List.of("batch", "transaction")) {
            as("clinician").body("""
                            {"resourceType":"Bundle","type":"%s","entry":[
                            {"resource":{"resourceType":"Patient"},"request":{"method":"POST","url":"Patient"}},
                            {"request":{"method":"GET","url":"Patient/%s"}}]}""".formatted(type, id)).post("/").then().statusCode(200);
        }
        as("clinician").delete("/Patient/" + newId()).then().statusCode(403);
        as("clinician").get("/Patient?_count=5").then().statusCode(200);
        Patients.delete(Patients.created("{\"resourceType\":\"Patient\"}"));

        // When
        Result result = reconcile(full);

        // Then
        assertThat(result.differences()).isEmpty();
        assertThat(result.values().getLong("find{it.name=='versions'}.valueDecimal"))
                .isGreaterThan(9);
    }

    @Test
    void aVersionThatSomebodyPutIntoTheHistoryIsFound() {
        // Given
        Patients.put(id, withFamily(id, "Sample"));

        // When
        putIn();

        // Then
        assertThat(reconcile(false).differences())
                .containsExactly("Patient/%s/_history/2 is in no entry".formatted(id));
        takeOut();
        assertThat(reconcile(false).differences()).isEmpty();
    }

    @Test
    void oneThatSomebodyTookOutOfItIsFound() {
        // Given
        Patients.put(id, withFamily(id, "Sample"));
        allIsSealed();
        reconcile(false);
        take("resource_version", "resource_key = (select resource_key from resource where resource_id = '%s')");

        // When
        List<String> readBefore = reconcile(false).differences();
        List<String> readNow = reconcile(true).differences();

        // Then
        assertThat(readBefore)
                .containsExactly("Patient/%s/_history/1 is in an entry, and in the history no more".formatted(id));
        assertThat(readNow)
                .singleElement()
                .asString()
                .matches("Patient/%s/_history/1 is in entry \\d+, and not in the history".formatted(id));
        putBack("resource_version");
    }

    @Test
    void anEntryThatSomebodyTookOutOfTheJournalIsFound() {
        // Given
        Patients.put(id, withFamily(id, "Sample"));
        allIsSealed();

        // When
        take(
                "audit_entry",
                "position('\"method\":\"PUT\"'::bytea in entry) > 0 and position('%s'::bytea in entry) > 0");

        // Then
        assertThat(reconcile(true).differences())
                .hasSize(2)
                .anyMatch(found -> found.matches("entry \\d+ is not there"))
                .contains("Patient/%s/_history/1 is in no entry".formatted(id));
        assertThat(reconcile(false).differences()).hasSize(2);
        putBack("audit_entry");
    }

    @Test
    void soIsOneThatWasTakenOutWithItsSeal() {
        // Given: others come after it
        Patients.put(id, withFamily(id, "Sample"));
        allIsSealed();
        String other = Patients.newId();
        Patients.put(other, withFamily(other, "Other"));
        allIsSealed();
        String itsEntry = "position('\"method\":\"PUT\"'::bytea in entry) > 0 and position('%s'::bytea in entry) > 0";

        // When
        take("audit_seal", "exists (select from audit_entry where entry_no = any (entry_nos) and " + itsEntry + ")");
        take("audit_entry", itsEntry);

        // Then
        assertThat(reconcile(true).differences()).anyMatch(found -> found.matches("entry \\d+ is not there"));
        putBack("audit_entry");
        putBack("audit_seal");
        assertThat(reconcile(true).differences()).isEmpty();
    }

    @Test
    void oneThatSomebodyPutThereIsFound() {
        // When
        asOwner("insert into audit_entry (entry) values ('%s')".formatted(entryOfNoWrite()));

        // Then
        assertThat(reconcile(true).differences())
                .singleElement()
                .asString()
                .matches("audit_entry has a row \\d+ that was never sealed");
        asOwner("delete from audit_entry where position('%s'::bytea in entry) > 0".formatted(id));
    }

    @Test
    void soIsOneThatWasSealedAndStaysFoundUntilAllIsReadAgain() {
        // When
        asOwner("""
                with e as (insert into audit_entry (entry) values ('%s') returning entry_no)
                insert into audit_unsealed select entry_no from e""".formatted(entryOfNoWrite()));
        allIsSealed();

        // Then
        String found = "Patient/%s/_history/1 is in entry \\d+, and not in the history".formatted(id);
        assertThat(reconcile(false).differences()).singleElement().asString().matches(found);
        assertThat(reconcile(false).differences()).singleElement().asString().matches(found);
        Patients.put(id, withFamily(id, "Sample"));
        assertThat(reconcile(true).differences()).isEmpty();
    }

    @Test
    void howItEndedIsInTheAuditLogAndInTheHealth() {
        // Given
        Patients.put(id, withFamily(id, "Sample"));
        putIn();

        // When
        reconcile(false);

        // Then
        JsonNode told = result();
        assertThat(told.path("status").asInt()).isEqualTo(409);
        assertThat(told.path("query").asText()).contains("full=false", "differences=1");
        assertThat(told.at("/agent/client").asText()).isEqualTo("patient-service");
        assertThat(told.path("entities")).singleElement().satisfies(entity -> {
            assertThat(entity.path("id").asText()).isEqualTo(id);
            assertThat(entity.path("version").asInt()).isEqualTo(2);
        });
        wellness(503);
        takeOut();
        reconcile(false);
        assertThat(result().path("status").asInt()).isEqualTo(200);
        wellness(200);
    }

    @Test
    void whatIsWrittenMeanwhileMakesNoDifference() throws Exception {
        // Given
        AtomicBoolean over = new AtomicBoolean();
        List<CompletableFuture<Void>> writers = IntStream.range(0, 4)
                .mapToObj(writer -> CompletableFuture.runAsync(() -> {
                    String patient = newId();
                    for (int i = 0; !over.get(); i++) {
                        Patients.put(patient, withFamily(patient, "Sample" + i));
                        Patients.created("{\"resourceType\":\"Patient\"}");
                    }
                }))
                .toList();

        // When
        List<String> found = IntStream.range(0, 12)
                .mapToObj(i -> reconcile(i % 3 == 0))
                .flatMap(result -> result.differences().stream())
                .toList();

        // Then
        over.set(true);
        writers.forEach(CompletableFuture::join);
        assertThat(found).isEmpty();
    }

    @Test
    void whatWasWrittenInATransactionThatIsCommittedLateMakesNone() throws SQLException {
        // Given
        try (Connection connection = ownersDataSource().getConnection();
                Statement late = connection.createStatement()) {
            connection.setAutoCommit(false);
            late.execute("""
                    with r as (
                        insert into resource (resource_type, resource_id, version_id, last_updated, is_deleted)
                        values ('Patient', '%s', 1, now(), false) returning resource_key)
                    insert into resource_version
                    select resource_key, 1, 'Patient', 'created', now(), null, '{"resourceType":"Patient"}' from r""".formatted(id));
            late.execute("""
                    with e as (insert into audit_entry (entry) values ('%s') returning entry_no)
                    insert into audit_unsealed select entry_no from e""".formatted(entryOfNoWrite()));
            Patients.created("{\"resourceType\":\"Patient\"}");

            // When
            List<String> before = reconcile(false).differences();
            connection.commit();
            List<String> after = reconcile(false).differences();
            allIsSealed();
            List<String> sealed = reconcile(false).differences();

            // Then
            assertThat(before).isEmpty();
            assertThat(after).isEmpty();
            assertThat(sealed).isEmpty();
            assertThat(number("""
                    select count(*) from recorded_version join resource using (resource_key)
                    where resource_id = '%s'""".formatted(id))).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"clinician", "administrator"})
    void nobodyElseMayAsk(String user) {
        as(user).post("/$audit-reconcile").then().statusCode(403);
        as(user).get("/$audit-reconciliation").then().statusCode(403);
    }

    private static void allIsSealed() {
        await().until(() -> number("select count(*) from audit_unsealed") == 0);
    }

    /** A second version of the patient. */
    private void putIn() {
        asOwner("""
                insert into resource_version
                select resource_key, 2, resource_type, 'updated', last_updated, patient_id, '{}' from resource
                where resource_id = '%s'""".formatted(id));
    }

    private static void takeOut() {
        asOwner("delete from resource_version where content = '{}'");
    }

    private record Result(JsonPath values, List<String> differences) {}

    private static Result reconcile(boolean full) {
        long run = as("compliance")
                .post("/$audit-reconcile?full=" + full)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getLong("parameter[0].valueDecimal");
        JsonPath told = await().until(
                        () -> as("compliance").get("/$audit-reconciliation").jsonPath(),
                        answer -> answer.getLong("parameter[0].part.find{it.name=='run'}.valueDecimal") >= run
                                && answer.get("parameter[0].part.find{it.name=='finished'}") != null);
        List<String> differences = told.getList("parameter.findAll{it.name=='difference'}.part.valueString.flatten()");
        assertThat(told.getLong("parameter[0].part.find{it.name=='differences'}.valueDecimal"))
                .isEqualTo(differences.size());
        return new Result(told.setRootPath("parameter[0].part"), differences);
    }

    /** Of the last one. */
    private static JsonNode result() {
        return AuditEntries.all().stream()
                .filter(entry -> entry.path("operation").asText().equals("audit-reconciliation"))
                .filter(entry -> entry.path("method").asText().equals("POST"))
                .toList()
                .getLast();
    }

    private void wellness(int status) {
        RestAssured.given()
                .get(wellness)
                .then()
                .statusCode(status)
                .body("status", equalTo(status == 200 ? "UP" : "DOWN"));
    }

    /** Says that the patient was written. */
    private String entryOfNoWrite() {
        return """
                {"id":"%s","at":"2026-11-30T00:00:00Z","interaction":"update","resourceType":"Patient","method":"PUT",\
                "status":200,"agent":{},"entities":[{"type":"Patient","id":"%s","version":1}]}""".formatted(newId(), id);
    }

    private void take(String table, String which) {
        asOwner(KEPT.formatted(table, table)
                + "with taken as (delete from %s where %s returning *) insert into kept_%s select * from taken"
                        .formatted(table, which.formatted(id), table));
    }

    private void putBack(String table) {
        asOwner("insert into %s overriding system value select * from kept_%s; drop table kept_%s"
                .formatted(table, table, table));
    }

    private static long number(String sql) throws SQLException {
        try (Connection connection = ownersDataSource().getConnection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
