package org.carelog.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.patient.Patients.newId;
import static org.carelog.patient.Patients.unique;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api/search.md: what nobody asks in good faith. Each has its answer, and none of them is a 500. */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class HostileSearchTest {
    private static String literal;
    private static String tag;

    /** One whose name and identifier are made of what means something to a database. */
    @BeforeEach
    void write() {
        if (tag == null) {
            String mark = unique("Mark");
            literal = newId();
            Patients.put(literal, """
                    {"resourceType":"Patient","id":"%s","meta":{"tag":[{"code":"%s"}]},"identifier":[{"value":"50%%_\\\\x"}],
                    "name":[{"family":"Per%%cent_Under\\\\score'; drop table resource; --"}]}""".formatted(literal, mark));
            tag = mark;
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            family:exact;   Per%cent_Under\\\\score'; 200; 0
            family;         per;                      200; 1
            family;         percentunder;             200; 1
            family;         per%cent_under;           200; 1
            family;         p_rcent;                  200; 0
            family;         p%t;                      200; 0
            family:contains; ent%_under;              200; 1
            family:contains; e%u;                     200; 0
            family;         %;                        400; 0
            family:contains; _;                       400; 0
            family;         \\\\;                     400; 0
            family;         *;                        400; 0
            family;         *cent;                    200; 0
            family;         %cent;                    200; 0
            identifier;     50%_\\\\x;                200; 1
            identifier;     50%__x;                   200; 0
            identifier;     5%;                       200; 0
            identifier;     %;                        200; 0
            identifier;     *;                        200; 0
            family;         x') or ('1'='1;           200; 0
            identifier;     x' or 1=1 --;             200; 0
            gender;         male' union select 1 --;  200; 0
            _id;            x' or '1'='1;             400; 0
            birthdate;      2020' or '1'='1;          400; 0
            _sort;          birthdate desc, (select 1); 400; 0
            _sort;          1;                        400; 0
            _count;         1 or 1=1;                 400; 0
            _include;       Patient:link' or 1=1;     400; 0
            _lastUpdated;   now();                    400; 0
            general-practitioner; Practitioner/x' or 1=1; 400; 0
            family' or 1=1 --; x;                     400; 0
            family;         aNULb;                      200; 0
            identifier;     NUL;                      200; 0
            _id;            NUL;                      400; 0
            _text;          NUL;                      400; 0
            _content;       NULSOH;                   400; 0
            _content;       dropNULtable;             200; 1
            _content;       "dropSOHtable";           200; 1
            _content;       resourceNULabsent;        200; 0
            _text;          aNULb;                    200; 0
            _filter;        family co "%";            400; 0
            _filter;        identifier eq "50%__x";   200; 0
            _filter;        family eq "x') or ('1'='1"; 200; 0
            """)
    void whatMeansSomethingToADatabaseIsAValueLikeAnyOther(String name, String value, int status, int total) {
        // When
        var answer = as("clinician")
                .urlEncodingEnabled(false)
                .get("/Patient?_tag=%s&%s=%s"
                        .formatted(
                                tag,
                                encoded(name),
                                encoded(value.replace("\\\\", "\\")
                                        .replace("NUL", "\0")
                                        .replace("SOH", "\u0001"))));

        // Then
        answer.then().statusCode(status);
        if (status == 200) {
            answer.then().body("total", equalTo(total));
        }
        as("clinician").get("/Patient?_tag=" + tag).then().body("total", equalTo(1));
    }

    @ParameterizedTest
    @CsvSource({"identifier", "family", "_id", "birthdate", "gender", "general-practitioner"})
    void fiveHundredValuesAreFound(String name) {
        // Given
        String values = IntStream.range(0, 500)
                .mapToObj(i -> name.equals("birthdate") ? Integer.toString(1500 + i) : "v" + i)
                .collect(Collectors.joining(","));

        // When, Then
        as("clinician")
                .get("/Patient?_tag=" + tag + "&" + name + "=" + values)
                .then()
                .statusCode(200)
                .body("total", equalTo(0));
    }

    @Test
    void soManyTimesWhatIsAllowedAtMostIsRefused() {
        // Given
        String link = "link:Patient.";

        // When, Then
        refused("_id=" + "x,".repeat(1000) + "x", "1000 values");
        refused("family=x&".repeat(51) + "family=x", "50 parameters");
        refused(link.repeat(10) + "family=x", "at most 5");
        refused("_has:Patient:link:".repeat(10) + "family=x", "at most 5");
        refused("_filter=" + "(".repeat(1000) + "family+eq+x", "parentheses");
        refused("_filter=" + "family+eq+x+or+".repeat(1000) + "family+eq+x", "50 comparisons");
        refused("_count=1e9", "_count");
        refused("_count=-1", "_count");
    }

    private static void refused(String query, String says) {
        as("clinician")
                .urlEncodingEnabled(false)
                .get("/Patient?" + query)
                .then()
                .statusCode(400)
                .body("issue[0].diagnostics", containsString(says));
    }

    /** Each of its parameters and values is allowed, and each value is compared twice with the names of two types. */
    @ParameterizedTest
    @ValueSource(strings = {"_count=10", "_summary=count", "_total=accurate", "_sort=birthdate"})
    void moreValuesThanADatabaseTakesAreTooCostly(String control) {
        // Given
        String values = "general-practitioner.name=" + "a,".repeat(999) + "a&";

        // When, Then
        as("clinician")
                .contentType("application/x-www-form-urlencoded")
                .body(values.repeat(25) + control)
                .post("/Patient/_search")
                .then()
                .statusCode(422)
                .body("issue[0].code", equalTo("too-costly"))
                .body("issue[0].diagnostics", containsString("values"));
    }

    @Test
    void aPageOfABillionIsAsLargeAsTheLargest() {
        // When
        var answer = as("clinician").get("/Patient?_count=1000000000");

        // Then
        answer.then().statusCode(200);
        assertThat(answer.<List<String>>path("entry.resource.id")).hasSizeLessThanOrEqualTo(1000);
    }

    @Test
    void includesThatGoRoundInCirclesEnd() {
        // Given
        List<String> ring = ring(3);

        // When, Then
        for (String include : List.of("_include", "_revinclude")) {
            as("clinician")
                    .get("/Patient?_id=%s&%s:iterate=Patient:link".formatted(ring.getFirst(), include))
                    .then()
                    .statusCode(200)
                    .body("total", equalTo(1))
                    .body("entry.resource.id", containsInAnyOrder(ring.toArray()));
        }
    }

    @Test
    void includesThatGoOnAndOnAreRefused() {
        // Given
        List<String> ring = ring(30);

        // When, Then
        as("clinician")
                .get("/Patient?_id=%s&_include:iterate=Patient:link".formatted(ring.getFirst()))
                .then()
                .statusCode(400)
                .body("issue[0].diagnostics", containsString("_include"));
    }

    /** Patients each of whom is linked to the next one, and the last to the first. */
    private static List<String> ring(int size) {
        List<String> ids =
                new ArrayList<>(Stream.generate(Patients::newId).limit(size).toList());
        ids.forEach(id -> Patients.put(id, "{\"resourceType\":\"Patient\",\"id\":\"%s\"}".formatted(id)));
        for (int i = 0; i < size; i++) {
            Patients.put(ids.get(i), """
                    {"resourceType":"Patient","id":"%s","link":[{"other":{"reference":"Patient/%s"},"type":"seealso"}]}""".formatted(ids.get(i), ids.get((i + 1) % size)));
        }
        return ids;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
