package org.carelog.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.patient.Patients.PRIVATE;
import static org.carelog.patient.Patients.newId;
import static org.carelog.patient.Patients.unique;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.carelog.testing.RawRequest;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/api/search.md, as Patient has it */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class SearchTest {

    private static final String BASE = "http://localhost:8080/fhir";

    private static Three three;

    /** Written once: no test here changes them. */
    @BeforeEach
    void threePatients() {
        if (three == null) {
            three = new Three();
        }
    }

    /** Three patients whose family name and identifiers tell them from those of all other tests. */
    private static final class Three {
        final String family = unique("Fam");
        final String ada = newId();
        final String bo = newId();
        final String nameless = newId();

        Three() {
            Patients.put(ada, """
                    {"resourceType":"Patient","id":"%s","identifier":[{"system":"urn:test:mrn","value":"%s-A"}],
                    "name":[{"family":"%s","given":["Ada","Zoë"],"prefix":["Dr."]}],"gender":"female","birthDate":"1936-05-21"}
                    """.formatted(ada, family, family));
            Patients.put(bo, """
                    {"resourceType":"Patient","id":"%s","meta":{"source":"https://%s.example/feed#7",
                    "profile":["https://%s.example/core/person"],"security":[{"code":"%s-R"}],"tag":[{"system":"urn:tag","code":"%s-T"}]},
                    "identifier":[{"system":"urn:test:other","value":"%s-A"}],
                    "name":[{"family":"%s","given":["Bo"]}],"gender":"male","birthDate":"1950-11"}
                    """.formatted(bo, family, family, family, family, family, family));
            Patients.put(nameless, """
                    {"resourceType":"Patient","id":"%s","identifier":[{"system":"urn:test:mrn","value":"%s-N"}],
                    "birthDate":"1950"}""".formatted(nameless, family));
        }

        String named(String id) {
            return id.equals(ada) ? "ada" : id.equals(bo) ? "bo" : id.equals(nameless) ? "nameless" : "other";
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "family=F; ada bo",
                "family:exact=F; ada bo",
                "name=F&given=ada; ada",
                "family=F&given=ADA; ada",
                "family=F&given=zoe; ada",
                "family=F&given=Zo%C3%AB; ada",
                "family=F&given:exact=zoe; ''",
                "family=F&given:exact=Zo%C3%AB; ada",
                "family=F&given=da; ''",
                "family=F&given:contains=da; ada",
                "family=F&given=ada,bo; ada bo",
                "family=F&given=ada&given=zoe; ada",
                "family=F&given=ada&given=bo; ''",
                "family=F&name=dr; ada",
                "family=F&gender=female; ada",
                "family=F&gender=fEMALE; ada",
                "family=F&gender=http://hl7.org/fhir/administrative-gender%7Cmale; bo",
                "family=F&gender:not=male; ada",
                "identifier=F-A; ada bo",
                "identifier=urn:test:mrn%7CF-A; ada",
                "identifier=urn:test:mrn%7CF-N; nameless",
                "identifier=%7CF-A; ''",
                "identifier=F-A,F-N; ada bo nameless",
                "family=F&identifier=urn:test:mrn%7C; ada",
                "identifier=F-N&gender:missing=true; nameless",
                "identifier=F-N&gender:missing=false; ''",
                "identifier=F-N&name:missing=true; nameless",
                "family=F&birthdate=1936; ada",
                "family=F&birthdate=1936-05-21; ada",
                "family=F&birthdate=1936-05-22; ''",
                "family=F&birthdate=ge1936-05-21; ada bo",
                "family=F&birthdate=gt1936-05-21; bo",
                "family=F&birthdate=lt1950; ada",
                "family=F&birthdate=le1950-11; ada bo",
                "family=F&birthdate=ne1936-05-21; bo",
                "family=F&birthdate=sa1936-05; bo",
                "family=F&birthdate=eb1950-11-01; ada",
                "family=F&birthdate=1936,1950; ada bo",
                "identifier=F-N&birthdate=1950; nameless",
                "identifier=F-N&birthdate=1950-06; ''",
                "_id=ADA; ada",
                "_id=ADA,BO,00000000-0000-0000-0000-000000000000; ada bo",
                "family=F&_id:not=ADA; bo",
                "family=F&_lastUpdated=gt2001-01-01; ada bo",
                "family=F&_lastUpdated=lt2001-01-01; ''",
                "_tag=F-T; bo",
                "_tag=urn:tag%7CF-T; bo",
                "_tag:not=F-T&family=F; ada",
                "_security=F-R; bo",
                "_profile=https://F.example/core/person; bo",
                "_profile=https://F.example/core; ''",
                "_profile:below=https://F.example/core; bo",
                "_profile:above=https://F.example/core/person/child; bo",
                "family=F&_profile:missing=true; ada",
                "_source=https://F.example/feed%237; bo",
                "_source:below=https://F.example; bo",
                "family=F&_format=json&_pretty=true; ada bo",
                "_filter=family+eq+%22F%22; ada bo",
                "_filter=family+eq+%22F%22+and+given+eq+%22ZOE%22; ada",
                "_filter=family+eq+%22F%22+and+given+eq+%22zo%22; ''",
                "_filter=family+eq+%22F%22+and+given+sw+zo; ada",
                "_filter=family+eq+%22F%22+and+given+ew+oe; ada",
                "_filter=family+eq+%22F%22+and+given+co+o; ada bo",
                "_filter=family+eq+%22F%22+and+given+ne+bo; ada",
                "_filter=family+eq+%22F%22+and+gender+ne+male; ada",
                "_filter=family+eq+%22F%22+and+not+(gender+eq+male); ada",
                "_filter=family+eq+%22F%22+and+gender+pr+false; ''",
                "_filter=family+eq+%22F%22+and+birthdate+lt+1950; ada",
                "_filter=family+eq+%22F%22+and+(birthdate+ge+1950+or+given+eq+ada); ada bo",
                "_filter=family+eq+%22F%22+or+gender+eq+male+and+given+eq+bo&identifier=F-A; bo",
                "_filter=identifier+eq+urn:test:mrn%7CF-A; ada",
                "_filter=not+(gender+pr+true)&identifier=F-A,F-N; nameless",
                "_filter=_profile+ss+https://F.example/core; bo"
            })
    void eachParameterFindsWhomItShould(String query, String expected) {
        // Given
        String asked = query.replace("=F", "=" + three.family)
                .replace("%22F", "%22" + three.family)
                .replace("%7CF", "%7C" + three.family)
                .replace(",F", "," + three.family)
                .replace("//F", "//" + three.family)
                .replace("ADA,BO", three.ada + "," + three.bo)
                .replace("=ADA", query.startsWith("_id") || query.contains("_id:") ? "=" + three.ada : "=ADA");

        // When
        Response answer = as("clinician").urlEncodingEnabled(false).get("/Patient?" + asked);

        // Then
        answer.then().statusCode(200).body("type", equalTo("searchset"));
        assertThat(ids(answer)).extracting(three::named).containsExactlyInAnyOrder(words(expected));
    }

    @Test
    void aMatchIsTheStoredResourceUnderItsUrl() {
        // When, Then
        as("clinician")
                .get("/Patient?_id=" + three.ada)
                .then()
                .contentType("application/fhir+json")
                .body("resourceType", equalTo("Bundle"))
                .body("total", equalTo(1))
                .body("link[0].relation", equalTo("self"))
                .body("link[0].url", equalTo(BASE + "/Patient?_id=" + three.ada))
                .body("entry[0].fullUrl", equalTo(BASE + "/Patient/" + three.ada))
                .body("entry[0].search.mode", equalTo("match"))
                .body("entry[0].resource.meta.versionId", equalTo("1"))
                .body("entry[0].resource.birthDate", equalTo("1936-05-21"));
    }

    @Test
    void whatWasJustWrittenIsFoundAndWhatItWasBeforeIsNot() {
        // Given
        String before = unique("Before");
        String after = unique("After");
        String id = newId();
        Patients.put(id, Patients.withFamily(id, before));

        // When
        Patients.put(id, Patients.withFamily(id, after));

        // Then
        assertThat(ids(as("clinician").get("/Patient?family=" + before))).isEmpty();
        assertThat(ids(as("clinician").get("/Patient?family=" + after))).containsExactly(id);
    }

    @Test
    void aSearchThatMatchesNothingIsAnEmptyBundle() {
        as("clinician")
                .get("/Patient?family=" + unique("Nobody"))
                .then()
                .statusCode(200)
                .body("total", equalTo(0))
                .body("entry", nullValue());
    }

    @ParameterizedTest
    @CsvSource({
        "birthdate, ada nameless bo",
        "-birthdate, bo nameless ada",
        "family, ada bo nameless",
        "'gender', ada bo nameless",
        "-gender, bo ada nameless",
        "'-_lastUpdated', nameless bo ada",
        "'_lastUpdated', ada bo nameless",
        "'given,-birthdate', ada bo nameless",
        "-given, ada bo nameless"
    })
    void matchesComeInTheOrderAskedForAndThoseWithoutAValueLast(String sort, String expected) {
        // When
        Response answer = as("clinician")
                .queryParam("identifier", three.family + "-A," + three.family + "-N")
                .queryParam("_sort", sort)
                .get("/Patient");

        // Then
        assertThat(ids(answer)).extracting(three::named).containsExactly(words(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "eyecolour=blue, eyecolour",
        "family:sounds-like=x, family:sounds-like",
        "birthdate:exact=1936, birthdate:exact",
        "name.given=x, name.given",
        "_has:Encounter:patient:colour=finished, _has:Encounter:patient:colour",
        "FAMILY=x, FAMILY",
        "'=x', ''"
    })
    void anUnknownParameterOrModifierIsRefusedByName(String query, String name) {
        as("clinician")
                .urlEncodingEnabled(false)
                .get("/Patient?" + query)
                .then()
                .statusCode(400)
                .body("resourceType", equalTo("OperationOutcome"))
                .body("issue[0].severity", equalTo("error"))
                .body("issue[0].diagnostics", containsString(name));
    }

    @ParameterizedTest
    @CsvSource({
        "birthdate=Xanthippe-Quillfeather, birthdate",
        "birthdate=1936-13-01, birthdate",
        "birthdate=xx1936, birthdate",
        "identifier=a%7CXanthippe-Quillfeather%7Cc, identifier",
        "gender=, gender",
        "'gender=male,', gender",
        "gender:missing=maybe, gender:missing",
        "_id=Xanthippe_Quillfeather, _id",
        "_count=many, _count",
        "_count=-1, _count",
        "_sort=Xanthippe-Quillfeather, _sort",
        "_total=about, _total",
        "_summary=some, _summary",
        "_include=Patient:Xanthippe-Quillfeather, _include",
        "_count=1&_count=2, _count",
        "_page=Xanthippe-Quillfeather, _page",
        "_page=x&family=y, _page"
    })
    void aValueThatCannotBeUnderstoodIsRefusedByNameAndNotRepeated(String query, String name) {
        as("clinician")
                .urlEncodingEnabled(false)
                .get("/Patient?" + query)
                .then()
                .statusCode(400)
                .body("resourceType", equalTo("OperationOutcome"))
                .body("issue[0].diagnostics", containsString(name))
                .body(not(containsString(PRIVATE)));
    }

    @ParameterizedTest
    @CsvSource({
        "/Encounter/1/*, 404",
        "/Spaceship/1/*, 404",
        "/Practitioner/1/*, 200",
        "/Patient/1/*, 200",
        "/Patient/1/Coverage, 200",
        "/Patient/1/Encounter, 200"
    })
    void aCompartmentIsSearchedWhereSomethingOfItIs(String address, int status) {
        as("clinician").get(address).then().statusCode(status);
    }

    @Test
    void theTotalAloneIsCounted() {
        // When, Then
        for (String only : List.of("_summary=count", "_count=0")) {
            as("clinician")
                    .get("/Patient?family=" + three.family + "&" + only)
                    .then()
                    .statusCode(200)
                    .body("total", equalTo(2))
                    .body("entry", nullValue());
        }
    }

    @Test
    void aTotalBeyondThePageIsGivenWhereItIsAskedFor() {
        // When, Then
        as("clinician").get("/Patient?_count=1&family=" + three.family).then().body("total", nullValue());
        as("clinician")
                .get("/Patient?_count=1&_total=accurate&family=" + three.family)
                .then()
                .body("total", equalTo(2))
                .body("entry", hasSize(1));
        as("clinician")
                .get("/Patient?_total=none&family=" + three.family)
                .then()
                .body("total", nullValue());
    }

    @ParameterizedTest
    @CsvSource({"''", "birthdate", "-birthdate", "-_lastUpdated", "given", "'gender,-_id'"})
    void pagesGiveEveryMatchOnceWhileOthersWrite(String sort) {
        // Given
        String family = unique("Paged");
        Set<String> standing = new HashSet<>();
        for (int i = 0; i < 23; i++) {
            standing.add(paged(family, i));
        }

        // When
        List<String> seen = new ArrayList<>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            executor.submit(() -> IntStream.range(0, 30).forEach(i -> paged(family, i)));
            Response page = as("clinician")
                    .get("/Patient?family=" + family + "&_count=5" + (sort.isEmpty() ? "" : "&_sort=" + sort));
            seen.addAll(ids(page));
            while (next(page) != null) {
                page = as("clinician").urlEncodingEnabled(false).get(next(page).substring(BASE.length()));
                seen.addAll(ids(page));
            }
        }

        // Then
        assertThat(seen).doesNotHaveDuplicates().containsAll(standing);
    }

    @Test
    void aPageLeadsToTheFirstTheNextAndThePrevious() {
        // Given
        Response first =
                as("clinician").get("/Patient?_count=1&_sort=birthdate&identifier=F-A,F-N".replace("F", three.family));
        Response second = follow(first, "next");

        // When
        Response third = follow(second, "next");

        // Then
        assertThat(links(first)).containsOnlyKeys("self", "next");
        assertThat(links(second)).containsOnlyKeys("self", "next", "first", "previous");
        assertThat(links(third)).containsOnlyKeys("self", "first", "previous");
        assertThat(ids(follow(third, "previous"))).isEqualTo(ids(second));
        assertThat(ids(follow(follow(third, "previous"), "previous"))).isEqualTo(ids(first));
        assertThat(ids(follow(third, "first"))).isEqualTo(ids(first));
    }

    private static Response follow(Response page, String relation) {
        return as("clinician")
                .urlEncodingEnabled(false)
                .get(links(page).get(relation).substring(BASE.length()));
    }

    private static Map<String, String> links(Response page) {
        List<Map<String, String>> links = page.path("link");
        return links.stream().collect(Collectors.toMap(link -> link.get("relation"), link -> link.get("url")));
    }

    @Test
    void aLinkToAPageThatWasChangedIsRefused() {
        // Given
        String next = next(as("clinician").get("/Patient?_count=1&family=" + three.family));
        int middle = next.length() - 20;
        String changed =
                next.substring(0, middle) + (next.charAt(middle) == 'A' ? 'B' : 'A') + next.substring(middle + 1);

        // When, Then
        as("clinician")
                .urlEncodingEnabled(false)
                .get(changed.substring(BASE.length()))
                .then()
                .statusCode(400)
                .body("issue[0].diagnostics", containsString("_page"));
    }

    @Test
    void aLinkToAPageShowsNothingOfTheSearchAndIsGoodForNobodyElse() {
        // Given
        String next = next(as("clinician").get("/Patient?_count=1&family=" + three.family));

        // When, Then
        assertThat(next).startsWith(BASE + "/Patient?_page=").doesNotContain(three.family);
        as("registrar")
                .urlEncodingEnabled(false)
                .get(next.substring(BASE.length()))
                .then()
                .statusCode(400)
                .body("issue[0].diagnostics", containsString("_page"));
    }

    @Test
    void aLongSearchHasAPageLinkThatCanBeFollowed() {
        // Given
        StringBuilder ids = new StringBuilder(three.ada + "," + three.bo);
        for (int i = 0; i < 998; i++) {
            ids.append(',').append(newId());
        }

        // When
        Response first = as("clinician").get("/Patient?_count=1&_id=" + ids);

        // Then
        first.then().statusCode(200).body("entry", hasSize(1));
        as("clinician")
                .urlEncodingEnabled(false)
                .get(next(first).substring(BASE.length()))
                .then()
                .statusCode(200)
                .body("entry.resource.id", contains(three.bo));
    }

    @Test
    void aSearchThatIsLongerThanAnyLinkIsRefused() {
        as("clinician")
                .urlEncodingEnabled(false)
                .get("/Patient?family=" + "x,".repeat(33_000) + "x")
                .then()
                .statusCode(400)
                .body("issue[0].diagnostics", containsString("family"));
    }

    @Test
    void aBarBetweenSystemAndValueNeedsNoEscape() {
        // When
        String answer = RawRequest.get("clinician", "/fhir/Patient?identifier=urn:test:mrn|" + three.family + "-A");

        // Then
        assertThat(answer).startsWith("HTTP/1.1 200").contains("\"total\":1").contains(three.ada);
    }

    @Test
    void theSelfLinkSaysWhatWasUnderstood() {
        as("clinician")
                .queryParam("family", "O'Brien & Söhne")
                .queryParam("_count", "3")
                .get("/Patient")
                .then()
                .statusCode(200)
                .body("link[0].url", startsWith(BASE + "/Patient?family=O%27Brien+%26+S%C3%B6hne&_count=3"));
    }

    private static String paged(String family, int i) {
        return Patients.created("""
                {"resourceType":"Patient","name":[{"family":"%s"%s}]%s%s}""".formatted(
                        family,
                        i % 3 == 0 ? "" : ",\"given\":[\"G" + i % 7 + "\"]",
                        i % 2 == 0 ? "" : ",\"birthDate\":\"19" + (30 + i % 5) + "\"",
                        i % 4 == 0 ? "" : ",\"gender\":\"" + (i % 4 == 1 ? "male" : "female") + "\""));
    }

    private static List<String> ids(Response answer) {
        answer.then().statusCode(200);
        List<String> ids = answer.path("entry.resource.id");
        return ids == null ? List.of() : ids;
    }

    private static String[] words(String text) {
        return Arrays.stream(text.strip().split(" "))
                .filter(word -> !word.isEmpty())
                .toArray(String[]::new);
    }

    private static String next(Response page) {
        return links(page).get("next");
    }
}
