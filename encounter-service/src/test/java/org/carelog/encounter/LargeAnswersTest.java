package org.carelog.encounter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.encounter.PatientEvents.newId;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers of many large resources: a service has 128 MB for all that it does. */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class LargeAnswersTest {
    private static final String BASE = "http://localhost:8080/fhir";
    private static final int BYTES = 2_200_000;

    private static String patient;
    private static String encounter;
    private static List<String> documents;

    @BeforeEach
    void threeDocuments() {
        if (patient != null) {
            return;
        }
        String id = newId();
        PatientEvents.apply(PatientEvents.created(id, "Documented"));
        encounter =
                Resources.created(Resources.encounterWith("\"subject\":{\"reference\":\"Patient/%s\"}".formatted(id)));
        documents = Stream.of("QQ", "Qg", "Qw")
                .map(last -> Resources.created(document(id, last)))
                .toList();
        patient = id;
    }

    private static String document(String of, String last) {
        return """
                {"resourceType":"DocumentReference","status":"current","subject":{"reference":"Patient/%s"},
                "context":{"encounter":[{"reference":"%s"}]},"content":[{"attachment":{"data":"%s%s=="}}]}""".formatted(of, encounter, "AAAA".repeat(BYTES / 4), last);
    }

    @Test
    void aPageOfASearchEndsWhereItHasEnoughBytes() {
        assertThat(walk("/DocumentReference?patient=%s&_count=20".formatted(patient)))
                .containsExactly(documents.subList(0, 2), documents.subList(2, 3));
    }

    @Test
    void soDoesAPageOfASearchInAnotherOrder() {
        assertThat(walk("/DocumentReference?patient=%s&_sort=-_lastUpdated,date".formatted(patient)))
                .containsExactly(List.of(documents.get(2), documents.get(1)), documents.subList(0, 1));
    }

    @Test
    void soDoesAPageOfEverything() {
        assertThat(walk("/Patient/%s/$everything?_type=DocumentReference&_count=20".formatted(patient)))
                .containsExactly(documents.subList(0, 2), documents.subList(2, 3));
    }

    @Test
    void soDoesAPageOfTheHistory() {
        // Given
        String document = Resources.created(document(patient, "RA"));
        for (String last : List.of("RQ", "Rg")) {
            as("clinician")
                    .body(document(patient, last).replaceFirst("\\{", "{\"id\":\"%s\",".formatted(id(document))))
                    .put("/" + document)
                    .then()
                    .statusCode(200);
        }

        // When
        List<List<String>> pages = walk("/" + document + "/_history");

        // Then
        as("clinician").delete("/" + document).then().statusCode(204);
        assertThat(pages).containsExactly(List.of(document, document), List.of(document));
    }

    @Test
    void whatComesAlongIsRefusedWhenItIsTooMuch() {
        as("clinician")
                .get("/Encounter?_id=%s&_revinclude=DocumentReference:encounter".formatted(id(encounter)))
                .then()
                .statusCode(400)
                .body("issue[0].diagnostics", containsString("bring more than 4194304 bytes to this page"));
    }

    @Test
    void anEntryOfABundleIsRefusedWhenTheAnswersBeforeItAreTooMuch() {
        // Given
        String search =
                "{\"request\":{\"method\":\"GET\",\"url\":\"DocumentReference?patient=%s\"}}".formatted(patient);

        // When
        as("clinician")
                .body("{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[%s]}"
                        .formatted(Stream.generate(() -> search).limit(4).collect(Collectors.joining(","))))
                .post("/")
                // Then
                .then()
                .statusCode(200)
                .body("entry", hasSize(4))
                .body("entry[2].response.status", startsWith("200"))
                .body("entry[3].response.status", startsWith("422"))
                .body("entry[3].response.outcome.issue[0].code", equalTo("too-costly"));
    }

    /** What is on each page. */
    private static List<List<String>> walk(String first) {
        List<List<String>> pages = new ArrayList<>();
        for (String next = first; next != null; ) {
            JsonPath page = as("clinician")
                    .urlEncodingEnabled(false)
                    .get(next)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            List<String> types = page.getList("entry.resource.resourceType");
            List<String> ids = page.getList("entry.resource.id");
            List<String> told = new ArrayList<>();
            for (int i = 0; i < ids.size(); i++) {
                told.add(types.get(i) + "/" + ids.get(i));
            }
            pages.add(told);
            String link = page.getString("link.find { it.relation == 'next' }.url");
            next = link == null ? null : link.replace(BASE, "");
        }
        return pages;
    }

    private static String id(String reference) {
        return reference.substring(reference.indexOf('/') + 1);
    }
}
