package org.carelog.encounter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.carelog.testing.ServiceUnderTest.owned;
import static org.carelog.testing.ServiceUnderTest.ownersDataSource;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.carelog.testing.Parallel;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class TransactionTest {
    private static final String PATIENT = UUID.randomUUID().toString();

    @BeforeAll
    static void aPatient() {
        owned("Patient/" + PATIENT, """
                {"resourceType":"Patient","id":"%s","meta":{"versionId":"1","lastUpdated":"2026-01-01T00:00:00.000Z"}}""".formatted(PATIENT));
    }

    @Test
    void whatEntriesCallEachOtherBecomesTheIdsTheyGet() {
        // Given
        String visit = "urn:uuid:" + UUID.randomUUID();
        String part = "urn:uuid:" + UUID.randomUUID();

        // When
        JsonPath answer = transaction(
                        post(part, encounter(", \"partOf\":{\"reference\":\"%s\"}".formatted(visit))),
                        post(visit, encounter("")))
                .statusCode(200)
                .body("type", equalTo("transaction-response"))
                .body("entry", hasSize(2))
                .body("entry[0].response.status", startsWith("201"))
                .body("entry[0].response.etag", equalTo("W/\"1\""))
                .extract()
                .jsonPath();

        // Then
        read(answer.getString("entry[0].response.location"))
                .body("partOf.reference", equalTo(reference(answer.getString("entry[1].response.location"))));
    }

    @Test
    void thousandsOfEntriesAreWrittenAndFoundTogether() {
        // Given
        String value = UUID.randomUUID().toString();

        // When
        transaction(Stream.generate(() -> post(null, identified(value)))
                        .limit(1_201)
                        .toArray(String[]::new))
                .statusCode(200)
                .body("entry", hasSize(1_201));

        // Then
        as("clinician")
                .get("/Encounter?_summary=count&identifier=urn:t|" + value)
                .then()
                .body("total", equalTo(1_201));
    }

    @Test
    void oneFaultyEntryUndoesAllOthers() {
        // Given
        String id = UUID.randomUUID().toString();

        // When
        transaction(
                        put(id, encounter("")),
                        put("stale", encounter("").replace("\"id\":\"\"", ""), "\"ifMatch\":\"W/\\\"7\\\"\","))
                .statusCode(412)
                .body("issue[0].expression[0]", equalTo("Bundle.entry[1]"));

        // Then
        as("clinician").get("/Encounter/" + id).then().statusCode(404);
    }

    @Test
    void aReferenceToNothingIsNamedByItsPlace() {
        transaction(
                        post(null, encounter("")),
                        post(null, encounter(", \"partOf\":{\"reference\":\"Encounter/nowhere\"}")))
                .statusCode(422)
                .body("issue", hasSize(1))
                .body("issue[0].expression[0]", equalTo("Bundle.entry[1].resource.partOf"));
    }

    @Test
    void aNameThatNoEntryHasIsNamedByItsPlace() {
        transaction(post(null, encounter(", \"partOf\":{\"reference\":\"urn:uuid:%s\"}".formatted(UUID.randomUUID()))))
                .statusCode(422)
                .body("issue[0].expression[0]", equalTo("Bundle.entry[0].resource.partOf.reference"));
    }

    @Test
    void namesInListsAndAddressesInNarrativesBecomeIds() {
        // Given
        String urn = "urn:uuid:" + UUID.randomUUID();
        String http = "http://old.example/fhir/Encounter/" + UUID.randomUUID();
        String plan = """
                {"resource":{"resourceType":"CarePlan","status":"active","intent":"plan","subject":{"reference":"Patient/%s"},\
                "instantiatesUri":["http://example.org/protocol","%s"],"text":{"status":"generated","div":\
                "<div xmlns=\\"http://www.w3.org/1999/xhtml\\"><a href=\\"%s\\">the visit</a> <a href=\\"#%s\\">%s</a></div>"}},\
                "request":{"method":"POST","url":"CarePlan"}}""".formatted(PATIENT, urn, http, http, http);

        // When
        JsonPath answer = transaction(post(urn, encounter("")), post(http, encounter("")), plan)
                .statusCode(200)
                .extract()
                .jsonPath();

        // Then
        String first = reference(answer.getString("entry[0].response.location"));
        String second = reference(answer.getString("entry[1].response.location"));
        read(answer.getString("entry[2].response.location"))
                .body("instantiatesUri", contains("http://example.org/protocol", first))
                .body(
                        "text.div",
                        containsString(
                                "<a href=\"%s\">the visit</a> <a href=\"#%s\">%s</a>".formatted(second, http, http)));
    }

    @Test
    void aConditionalReferenceBecomesTheOneThatMatches() {
        // Given
        String value = UUID.randomUUID().toString();
        String there = location(as("clinician").body(identified(value)).post("/Encounter"));

        // When
        JsonPath answer = transaction(post(
                        null,
                        encounter(", \"partOf\":{\"reference\":\"Encounter?identifier=urn:t|%s\"}".formatted(value))))
                .statusCode(200)
                .extract()
                .jsonPath();

        // Then
        read(answer.getString("entry[0].response.location")).body("partOf.reference", equalTo(reference(there)));
    }

    @Test
    void aConditionalReferenceThatMatchesNothingIsRefused() {
        transaction(post(null, encounter(", \"partOf\":{\"reference\":\"Encounter?identifier=urn:t|none\"}")))
                .statusCode(422)
                .body("issue[0].expression[0]", equalTo("Bundle.entry[0].resource.partOf.reference"));
    }

    @Test
    void aConditionalCreationTakesWhatIsThereAndOthersReferToIt() {
        // Given
        String value = UUID.randomUUID().toString();
        String there = location(as("clinician").body(identified(value)).post("/Encounter"));
        String name = "urn:uuid:" + UUID.randomUUID();

        // When
        JsonPath answer = transaction(
                        postIfNone(name, identified(value), value),
                        post(null, encounter(", \"partOf\":{\"reference\":\"%s\"}".formatted(name))))
                .statusCode(200)
                .body("entry[0].response.status", startsWith("200"))
                .body("entry[1].response.status", startsWith("201"))
                .extract()
                .jsonPath();

        // Then
        read(answer.getString("entry[1].response.location")).body("partOf.reference", equalTo(reference(there)));
    }

    @Test
    void twoEntriesAboutOneResourceAreRefused() {
        // Given
        String id = UUID.randomUUID().toString();

        // When, Then
        transaction(put(id, encounter("")), delete("Encounter/" + id))
                .statusCode(400)
                .body("issue[0].code", equalTo("duplicate"))
                .body("issue[0].expression[0]", equalTo("Bundle.entry[1]"));
    }

    @Test
    void aConditionThatWouldCreateWhatAnotherEntryCreatesIsRefused() {
        // Given
        String value = UUID.randomUUID().toString();
        String id = UUID.randomUUID().toString();
        String named = identified(value).replaceFirst("\\{", "{\"id\":\"%s\",".formatted(id));

        // When, Then
        transaction(putIf(null, value, named), put(id, encounter("")))
                .statusCode(400)
                .body("issue[0].code", equalTo("duplicate"))
                .body("issue[0].expression[0]", equalTo("Bundle.entry[1]"));
    }

    @Test
    void twoEntriesOfOneNameAreRefused() {
        // Given
        String name = "urn:uuid:" + UUID.randomUUID();

        // When, Then
        transaction(
                        post(name, encounter("")),
                        post(name, encounter("")),
                        post(null, encounter(", \"partOf\":{\"reference\":\"%s\"}".formatted(name))))
                .statusCode(400)
                .body("issue[0].code", equalTo("duplicate"))
                .body("issue[0].expression[0]", equalTo("Bundle.entry[1].fullUrl"));
    }

    @Test
    void anEndThatTwoNamesHaveNamesNeither() {
        transaction(
                        post("http://a.example/Encounter/1", encounter("")),
                        post("http://b.example/Encounter/1", encounter("")),
                        post(null, encounter(", \"partOf\":{\"reference\":\"Encounter/1\"}")))
                .statusCode(422)
                .body("issue[0].expression[0]", equalTo("Bundle.entry[2].resource.partOf"));
    }

    @Test
    void twoConditionsThatAskForTheSameAreRefused() {
        // Given
        String value = UUID.randomUUID().toString();

        // When, Then
        transaction(postIfNone(null, identified(value), value), postIfNone(null, identified(value), value))
                .statusCode(400)
                .body("issue[0].code", equalTo("duplicate"));
    }

    @Test
    void whatIsDeletedMayNotBeReferredToByTheSameBundle() {
        // Given
        String there = reference(location(as("clinician").body(encounter("")).post("/Encounter")));

        // When, Then
        transaction(delete(there), post(null, encounter(", \"partOf\":{\"reference\":\"%s\"}".formatted(there))))
                .statusCode(422);
        as("clinician").get("/" + there).then().statusCode(200);
    }

    @Test
    void readsSeeWhatTheBundleWrote() {
        // Given
        String id = UUID.randomUUID().toString();

        // When, Then
        transaction("{\"request\":{\"method\":\"GET\",\"url\":\"Encounter/%s\"}}".formatted(id), put(id, encounter("")))
                .statusCode(200)
                .body("entry[0].resource.id", equalTo(id))
                .body("entry[1].response.status", startsWith("201"));
    }

    @Test
    void anEntryThatIsReferredToWhereItsTypeDoesNotBelongIsRefused() {
        // Given
        String name = "urn:uuid:" + UUID.randomUUID();

        // When, Then
        transaction(
                        post(name, encounter("")),
                        post(
                                null,
                                encounter(
                                        ", \"participant\":[{\"individual\":{\"reference\":\"%s\"}}]".formatted(name))))
                .statusCode(422)
                .body("issue[0].expression[0]", equalTo("Bundle.entry[1].resource.participant[0].individual"));
    }

    @Test
    void whatAnotherServiceOwnsIsRefused() {
        transaction(
                        post(null, encounter("")),
                        "{\"resource\":{\"resourceType\":\"Patient\"},\"request\":{\"method\":\"POST\",\"url\":\"Patient\"}}",
                        "{\"request\":{\"method\":\"GET\",\"url\":\"Patient/1\"}}",
                        "{\"request\":{\"method\":\"DELETE\",\"url\":\"AuditEvent/1\"}}",
                        "{\"request\":{\"method\":\"DELETE\",\"url\":\"Patient?identifier=urn:t|1\"}}")
                .statusCode(422)
                .body("issue.expression.flatten()", contains("Bundle.entry[1]", "Bundle.entry[3]", "Bundle.entry[4]"))
                .body(
                        "issue.diagnostics",
                        contains(
                                containsString("Patient belongs to patient-service"),
                                containsString("AuditEvent belongs to audit-service"),
                                containsString("Patient belongs to patient-service")));
    }

    @Test
    void patchesOfBothKindsAreDoneWithTheRest() {
        // Given
        String json = reference(location(as("clinician").body(encounter("")).post("/Encounter")));
        String fhirPath = reference(location(as("clinician").body(encounter("")).post("/Encounter")));
        String name = "urn:uuid:" + UUID.randomUUID();

        // When
        JsonPath answer = transaction(
                        patch(json, binary("[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"planned\"}]")),
                        patch(fhirPath, """
                                {"resourceType":"Parameters","parameter":[{"name":"operation","part":[
                                {"name":"type","valueCode":"add"},{"name":"path","valueString":"Encounter"},
                                {"name":"name","valueString":"partOf"},
                                {"name":"value","valueReference":{"reference":"%s"}}]}]}""".formatted(name)),
                        post(name, encounter("")))
                .statusCode(200)
                .body("entry[0].response.status", startsWith("200"))
                .body("entry[0].response.etag", equalTo("W/\"2\""))
                .body("entry[1].response.etag", equalTo("W/\"2\""))
                .extract()
                .jsonPath();

        // Then
        as("clinician").get("/" + json).then().body("status", equalTo("planned"));
        as("clinician")
                .get("/" + fhirPath)
                .then()
                .body("partOf.reference", equalTo(reference(answer.getString("entry[2].response.location"))));
    }

    @Test
    void aPatchThatCannotBeDoneUndoesAllOthers() {
        // Given
        String id = UUID.randomUUID().toString();
        String there = reference(location(as("clinician").body(encounter("")).post("/Encounter")));

        // When, Then
        transaction(put(id, encounter("")), patch(there, binary("[{\"op\":\"remove\",\"path\":\"/length\"}]")))
                .statusCode(422)
                .body("issue[0].expression[0]", equalTo("Bundle.entry[1]"))
                .body("issue[0].diagnostics", containsString("Operation 1 (remove /length)"));
        as("clinician").get("/Encounter/" + id).then().statusCode(404);
        transaction(patch("Encounter/" + id, binary("[]"))).statusCode(404);
    }

    @Test
    void entriesMayChooseTheirResourcesByConditions() {
        // Given
        String updated = UUID.randomUUID().toString();
        String patched = UUID.randomUUID().toString();
        String deleted = UUID.randomUUID().toString();
        String created = UUID.randomUUID().toString();
        String there =
                reference(location(as("clinician").body(identified(updated)).post("/Encounter")));
        as("clinician").body(identified(patched)).post("/Encounter");
        String gone =
                reference(location(as("clinician").body(identified(deleted)).post("/Encounter")));
        String name = "urn:uuid:" + UUID.randomUUID();

        // When
        JsonPath answer = transaction(
                        putIf(name, updated, identified(updated).replace("finished", "planned")),
                        putIf(null, created, identified(created)),
                        patch(
                                "Encounter?identifier=urn:t|" + patched,
                                binary("[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"planned\"}]")),
                        delete("Encounter?identifier=urn:t|" + deleted),
                        delete("Encounter?identifier=urn:t|" + UUID.randomUUID()),
                        post(null, encounter(", \"partOf\":{\"reference\":\"%s\"}".formatted(name))))
                .statusCode(200)
                .body("entry[0].response.status", startsWith("200"))
                .body("entry[0].response.etag", equalTo("W/\"2\""))
                .body("entry[1].response.status", startsWith("201"))
                .body("entry[2].response.etag", equalTo("W/\"2\""))
                .body("entry[3].response.status", startsWith("204"))
                .body("entry[4].response.status", startsWith("204"))
                .extract()
                .jsonPath();

        // Then
        as("clinician").get("/" + there).then().body("status", equalTo("planned"));
        as("clinician").get("/" + gone).then().statusCode(410);
        read(answer.getString("entry[5].response.location")).body("partOf.reference", equalTo(there));
    }

    @Test
    void conditionsThatDoNotHoldUndoAllOthers() {
        // Given
        String two = UUID.randomUUID().toString();
        as("clinician").body(identified(two)).post("/Encounter");
        as("clinician").body(identified(two)).post("/Encounter");
        String one = UUID.randomUUID().toString();
        as("clinician").body(identified(one)).post("/Encounter");
        String named = encounter("").replaceFirst("\\{", "{\"id\":\"mine\",");

        // When, Then
        transaction(delete("Encounter?identifier=urn:t|" + two)).statusCode(412);
        transaction(putIf(null, two, identified(two))).statusCode(412);
        transaction(putIf(null, one, named)).statusCode(400);
        transaction(patch("Encounter?identifier=urn:t|none", binary("[]"))).statusCode(404);
        transaction(delete("Encounter")).statusCode(400);
    }

    @Test
    void aVersionAndAConditionMustBothHold() {
        // Given
        String value = UUID.randomUUID().toString();
        String there =
                reference(location(as("clinician").body(identified(value)).post("/Encounter")));
        List<String> entries = List.of(
                putIf(null, value, identified(value).replace("finished", "planned")),
                patch(
                        "Encounter?identifier=urn:t|" + value,
                        binary("[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"onleave\"}]")),
                delete("Encounter?identifier=urn:t|" + value));

        // When
        List<Integer> ofAnother = entries.stream()
                .map(entry -> transaction(ifMatch(7, entry)).extract().statusCode())
                .toList();
        List<Integer> ofTheCurrent = IntStream.rangeClosed(1, 3)
                .map(version -> transaction(ifMatch(version, entries.get(version - 1)))
                        .extract()
                        .statusCode())
                .boxed()
                .toList();

        // Then
        assertThat(ofAnother).containsExactly(412, 412, 412);
        assertThat(ofTheCurrent).containsExactly(200, 200, 200);
        as("clinician").get("/" + there).then().statusCode(410);
    }

    @Test
    void patchesOfOneResourceByParallelBundlesAreAllDone() throws Exception {
        // Given
        String there = reference(location(as("clinician").body(identified("0")).post("/Encounter")));

        // When
        List<Integer> statuses = Parallel.times(
                8,
                () -> transaction(patch(
                                there,
                                binary("[{\"op\":\"add\",\"path\":\"/identifier/-\",\"value\":{\"value\":\"%s\"}}]"
                                        .formatted(UUID.randomUUID()))))
                        .extract()
                        .statusCode());

        // Then
        long done = statuses.stream().filter(status -> status == 200).count();
        assertThat(statuses).containsAnyOf(200).allMatch(status -> status == 200 || status == 503);
        as("clinician").get("/" + there).then().body("identifier.size()", equalTo(1 + (int) done));
    }

    @Test
    void parallelBundlesOverTheSameResourcesAllEndWell() throws Exception {
        // Given
        List<String> ids = IntStream.range(0, 20)
                .mapToObj(i -> UUID.randomUUID().toString())
                .toList();
        List<Callable<Integer>> bundles = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            List<String> order = new ArrayList<>(ids);
            java.util.Collections.shuffle(order, new java.util.Random(i));
            String number = Integer.toString(i);
            String[] entries =
                    order.stream().map(id -> put(id, identified(number))).toArray(String[]::new);
            bundles.add(() -> transaction(entries).extract().statusCode());
        }

        // When
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> done : threads.invokeAll(bundles)) {
                statuses.add(done.get());
            }
        }

        // Then
        assertThat(statuses).containsOnly(200);
        assertThat(ids.stream()
                        .map(id -> as("clinician")
                                .get("/Encounter/" + id)
                                .jsonPath()
                                .getString("identifier[0].value"))
                        .distinct())
                .as("the last bundle's content everywhere")
                .hasSize(1);
    }

    /** An update that came before it to the lock takes away what the condition asks for, after the condition was asked. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConditionIsOfTheVersionThatIsWritten(boolean toDelete) throws Exception {
        // Given
        String before = UUID.randomUUID().toString();
        String after = UUID.randomUUID().toString();
        String there =
                reference(location(as("clinician").body(identified(before)).post("/Encounter")));
        String url = "Encounter?identifier=urn:t|" + before;
        String entry = toDelete
                ? delete(url)
                : "{\"resource\":%s,\"request\":{\"method\":\"PUT\",\"url\":\"%s\"}}"
                        .formatted(identified(before), url);
        try (Connection connection = ownersDataSource().getConnection();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            connection.setAutoCommit(false);
            lock(connection, there);
            Future<Integer> update = threads.submit(() -> as("clinician")
                    .body(identified(after).replaceFirst("\\{", "{\"id\":\"%s\",".formatted(there.split("/")[1])))
                    .put("/" + there)
                    .statusCode());
            await().until(() -> waiting(connection) == 1);
            Future<Integer> conditional =
                    threads.submit(() -> transaction(entry).extract().statusCode());
            await().until(() -> waiting(connection) == 2);

            // When
            connection.rollback();

            // Then
            assertThat(update.get()).isEqualTo(200);
            assertThat(conditional.get()).isEqualTo(200);
        }
        // the condition matches nothing any more: nothing was deleted, or another one created
        as("clinician").get("/" + there).then().statusCode(200).body("identifier[0].value", equalTo(after));
    }

    /** It has written all and waits for the last lock: that is as long as it takes, for others. */
    @Test
    void aLargeOneHoldsUpNobodyWhoWritesSomethingElse() throws Exception {
        // Given
        String locked = reference(location(as("clinician").body(encounter("")).post("/Encounter")));
        String referred = reference(location(as("clinician").body(encounter("")).post("/Encounter")));
        String[] entries = IntStream.range(0, 1000)
                .mapToObj(i -> post(
                        null,
                        encounter(", \"partOf\":{\"reference\":\"%s\"}".formatted(i % 2 == 0 ? locked : referred))))
                .toArray(String[]::new);
        try (Connection connection = ownersDataSource().getConnection();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            connection.setAutoCommit(false);
            lock(connection, locked);
            Future<Integer> large =
                    threads.submit(() -> transaction(entries).extract().statusCode());
            await().until(() -> isWaitedFor(connection));

            // When
            Response created = as("clinician").body(encounter("")).post("/Encounter");
            Response updated = as("clinician")
                    .body(encounter(", \"id\":\"%s\", \"language\":\"en\"".formatted(referred.split("/")[1])))
                    .put("/" + referred);
            Response together =
                    as("clinician").body(bundle(post(null, encounter("")))).post("/");

            // Then
            assertThat(List.of(created.statusCode(), updated.statusCode(), together.statusCode()))
                    .containsExactly(201, 200, 200);
            assertThat(large.isDone()).isFalse();
            connection.rollback();
            assertThat(large.get()).isEqualTo(200);
        }
    }

    @Test
    void aThousandEntriesOfTenMegabytesAreOneTransaction() {
        // Given
        String padding = "x".repeat(10_000);
        String[] entries = IntStream.range(0, 1000)
                .mapToObj(i -> post(
                        null,
                        encounter(
                                ", \"text\":{\"status\":\"generated\",\"div\":\"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\">%s</div>\"}"
                                        .formatted(padding))))
                .toArray(String[]::new);

        // When, Then
        transaction(entries).statusCode(200).body("entry", hasSize(1000));
    }

    @Test
    void aProvenanceInTheHeaderIsAboutAllThatIsWritten() {
        // Given
        String there = location(as("clinician").body(encounter("")).post("/Encounter"));
        String changed = reference(there).substring("Encounter/".length());
        String matched = UUID.randomUUID().toString();
        location(as("clinician").body(identified(matched)).post("/Encounter"));

        // When
        Response answer = as("clinician")
                .header("X-Provenance", """
                        {"resourceType":"Provenance","recorded":"2026-01-01T00:00:00Z","agent":[{"who":{"display":"a"}}]}""")
                .body(bundle(
                        post(null, encounter("")),
                        postIfNone(null, identified(matched), matched),
                        put(changed, encounter(", \"language\":\"en\"")),
                        "{\"request\":{\"method\":\"GET\",\"url\":\"Encounter/%s\"}}".formatted(changed)))
                .post("/");

        // Then
        answer.then().statusCode(200).body("entry", hasSize(4));
        String created = answer.path("entry[0].response.location");
        List<String> targets = as("clinician")
                .get("/Provenance?target=" + reference(created))
                .then()
                .body("entry", hasSize(1))
                .extract()
                .path("entry[0].resource.target.reference");
        assertThat(targets)
                .containsExactlyInAnyOrder(
                        reference(created) + "/_history/1", "Encounter/%s/_history/2".formatted(changed));
    }

    @Test
    void aTransactionWithAFaultyProvenanceWritesNothing() {
        // Given
        String id = UUID.randomUUID().toString();

        // When, Then
        as("clinician")
                .header("X-Provenance", "{\"resourceType\":\"Provenance\",\"recorded\":\"2026-01-01T00:00:00Z\"}")
                .body(bundle(put(id, encounter(""))))
                .post("/")
                .then()
                .statusCode(400)
                .body("issue[0].expression[0]", equalTo("Provenance.agent"));
        as("clinician").get("/Encounter/" + id).then().statusCode(404);
    }

    @Test
    void aBatchHasNoProvenance() {
        // Given
        String id = UUID.randomUUID().toString();

        // When, Then
        as("clinician")
                .header("X-Provenance", """
                        {"resourceType":"Provenance","recorded":"2026-01-01T00:00:00Z","agent":[{"who":{"display":"a"}}]}""")
                .body(bundle(put(id, encounter(""))).replace("\"transaction\"", "\"batch\""))
                .post("/")
                .then()
                .statusCode(400)
                .body("issue[0].diagnostics", startsWith("Header X-Provenance"));
        as("clinician").get("/Encounter/" + id).then().statusCode(404);
    }

    private static void lock(Connection connection, String reference) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select 1 from resource where resource_type || '/' || resource_id = ? for update")) {
            statement.setString(1, reference);
            statement.executeQuery();
        }
    }

    private static boolean isWaitedFor(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                        "select 1 from pg_locks where pg_backend_pid() = any (pg_blocking_pids(pid))");
                ResultSet waiting = statement.executeQuery()) {
            return waiting.next();
        }
    }

    /** How many wait for somebody in this database. */
    private static int waiting(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                        "select count(*) from pg_stat_activity where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0");
                ResultSet count = statement.executeQuery()) {
            count.next();
            return count.getInt(1);
        }
    }

    private static ValidatableResponse transaction(String... entries) {
        return as("clinician").body(bundle(entries)).post("/").then();
    }

    private static String bundle(String... entries) {
        return Stream.of(entries)
                .collect(Collectors.joining(
                        ",", "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[", "]}"));
    }

    private static String encounter(String more) {
        return """
                {"resourceType":"Encounter","status":"finished","class":{"code":"AMB"},"subject":{"reference":"Patient/%s"}%s}""".formatted(PATIENT, more);
    }

    private static String identified(String value) {
        return encounter(", \"identifier\":[{\"system\":\"urn:t\",\"value\":\"%s\"}]".formatted(value));
    }

    private static String post(String fullUrl, String resource) {
        return "{%s\"resource\":%s,\"request\":{\"method\":\"POST\",\"url\":\"Encounter\"}}"
                .formatted(fullUrl == null ? "" : "\"fullUrl\":\"" + fullUrl + "\",", resource);
    }

    private static String postIfNone(String fullUrl, String resource, String value) {
        return post(fullUrl, resource)
                .replace("\"url\":", "\"ifNoneExist\":\"identifier=urn:t|%s\",\"url\":".formatted(value));
    }

    private static String putIf(String fullUrl, String value, String resource) {
        return post(fullUrl, resource)
                .replace("\"POST\"", "\"PUT\"")
                .replace("\"url\":\"Encounter\"", "\"url\":\"Encounter?identifier=urn:t|%s\"".formatted(value));
    }

    private static String patch(String url, String resource) {
        return "{\"resource\":%s,\"request\":{\"method\":\"PATCH\",\"url\":\"%s\"}}".formatted(resource, url);
    }

    private static String binary(String jsonPatch) {
        return "{\"resourceType\":\"Binary\",\"contentType\":\"application/json-patch+json\",\"data\":\"%s\"}"
                .formatted(Base64.getEncoder().encodeToString(jsonPatch.getBytes(StandardCharsets.UTF_8)));
    }

    private static String put(String id, String resource) {
        return put(id, resource, "");
    }

    private static String put(String id, String resource, String more) {
        return "{\"resource\":%s,\"request\":{\"method\":\"PUT\",%s\"url\":\"Encounter/%s\"}}"
                .formatted(
                        resource.replaceFirst(
                                "\\{\"resourceType\":\"Encounter\"",
                                "{\"resourceType\":\"Encounter\",\"id\":\"%s\"".formatted(id)),
                        more,
                        id);
    }

    private static String ifMatch(int version, String entry) {
        return entry.replace("\"url\":", "\"ifMatch\":\"W/\\\"%d\\\"\",\"url\":".formatted(version));
    }

    private static String delete(String reference) {
        return "{\"request\":{\"method\":\"DELETE\",\"url\":\"%s\"}}".formatted(reference);
    }

    private static ValidatableResponse read(String location) {
        return as("clinician").get("/" + reference(location)).then().statusCode(200);
    }

    private static String location(Response created) {
        return created.then().statusCode(201).extract().header("Location");
    }

    /** {@code Type/id} of a location with its version. */
    private static String reference(String location) {
        return location.replaceFirst(".*/fhir/", "").replaceFirst("/_history/.*", "");
    }
}
