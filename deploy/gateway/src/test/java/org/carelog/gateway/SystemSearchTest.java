package org.carelog.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api/search.md: searches of all types, at the gateway */
class SystemSearchTest {
    private static final String BASE = "http://x/fhir";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern RESOURCE_ID = Pattern.compile("<resource><\\w+><id value=\"(\\d+)\"");
    private static final Pattern NEXT = Pattern.compile("<relation value=\"next\"/><url value=\"([^\"]*)\"");

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private ServiceInTheTest patients;
    private ServiceInTheTest encounters;
    private int port;

    @BeforeEach
    void start() throws Exception {
        patients = new ServiceInTheTest("patient-service", "Patient", "Provenance");
        encounters = new ServiceInTheTest("encounter-service", "Encounter", "Provenance");
        patients.answering = new Searched("Patient", 1, 4, 5, 8);
        encounters.answering = new Searched("Encounter", 2, 3, 6, 7, 9);
        port = GatewayInTheTest.ready(vertx, http, patients, encounters).port();
    }

    @AfterEach
    void stop() {
        GatewayInTheTest.stop(vertx, http, patients, encounters);
    }

    /** Has resources with these numbers for their ids and times, and gives pages of two, or as many as are asked for. */
    private record Searched(String type, int... numbers) implements ServiceInTheTest.Answering {
        private static final Pattern PLACE = Pattern.compile("_page=at-(\\d+)-(\\d+)");
        private static final Pattern COUNT = Pattern.compile("_count=(\\d+)");

        @Override
        public void answer(HttpExchange exchange) throws IOException {
            String asked = exchange.getRequestURI().toString();
            Matcher place = PLACE.matcher(asked);
            boolean isPage = place.find();
            Matcher given = COUNT.matcher(asked);
            int count =
                    isPage ? Integer.parseInt(place.group(2)) : given.find() ? Integer.parseInt(given.group(1)) : 50;
            int from = isPage ? Integer.parseInt(place.group(1)) : 0;
            int to = Math.min(numbers.length, from + count);
            String entries = IntStream.range(from, to)
                    .mapToObj(i -> """
                            {"id":"at-%d-%d","fullUrl":"%s/%s/%d","resource":{"resourceType":"%s","id":"%d",\
                            "meta":{"versionId":"1","lastUpdated":"2026-01-01T00:00:0%d.000Z"}},"search":{"mode":"match"}}""".formatted(i + 1, count, BASE, type, numbers[i], type, numbers[i], numbers[i]))
                    .collect(Collectors.joining(","));
            if (asked.contains("_format=xml")) {
                ServiceInTheTest.sendXml(exchange, 200, xml(from, to, count));
                return;
            }
            ServiceInTheTest.send(exchange, 200, """
                    {"resourceType":"Bundle","type":"searchset","total":%d,"link":[{"relation":"self","url":"%s?all"}%s],"entry":[%s]}""".formatted(
                            numbers.length,
                            BASE,
                            to < numbers.length ? ",{\"relation\":\"next\",\"url\":\"" + BASE + "?_page=x\"}" : "",
                            entries));
        }

        private String xml(int from, int to, int count) {
            String entries = IntStream.range(from, to)
                    .mapToObj(i ->
                            """
                            <entry id="at-%d-%d"><fullUrl value="%s/%s/%d"/><resource><%s><id value="%d"/><meta>\
                            <lastUpdated value="2026-01-01T00:00:0%d.000Z"/></meta></%s></resource>\
                            <search><mode value="match"/></search></entry>""".formatted(i + 1, count, BASE, type, numbers[i], type, numbers[i], numbers[i], type))
                    .collect(Collectors.joining());
            return """
                    <Bundle xmlns="http://hl7.org/fhir"><type value="searchset"/><total value="%d"/>\
                    <link><relation value="self"/><url value="%s?all"/></link>%s%s</Bundle>""".formatted(
                    numbers.length,
                    BASE,
                    to < numbers.length
                            ? "<link><relation value=\"next\"/><url value=\"%s?_page=x\"/></link>".formatted(BASE)
                            : "",
                    entries);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "_sort=_lastUpdated&_count=2, 1 2 3 4 5 6 7 8 9",
        "_sort=_id&_count=4, 1 2 3 4 5 6 7 8 9",
        "_sort=_lastUpdated, 1 2 3 4 5 6 7 8 9",
        "_count=3, 1 4 5 8 2 3 6 7 9",
        "_count=1, 1 4 5 8 2 3 6 7 9",
    })
    void pagesGiveTheMatchesOfAllServicesOnceInOrder(String search, String expected) throws Exception {
        // When
        List<String> seen = new ArrayList<>();
        String address = "/fhir?" + search;
        while (address != null) {
            JsonNode page = JSON.readTree(get(address).body());
            page.path("entry")
                    .forEach(entry -> seen.add(entry.at("/resource/id").asText()));
            address = next(page);
        }

        // Then
        assertThat(String.join(" ", seen)).isEqualTo(expected);
    }

    @Test
    void aPageHasTheTotalOfAllAndNothingOfTheServicesPlaces() throws Exception {
        // When
        String body = get("/fhir?_count=2").body();

        // Then
        assertThat(JSON.readTree(body).path("total").asInt()).isEqualTo(9);
        assertThat(JSON.readTree(body).at("/link/0/url").asText()).isEqualTo(BASE + "?_count=2");
        assertThat(body).doesNotContain("\"at-");
    }

    @Test
    void eachServiceIsAskedForItsOwnTypes() throws Exception {
        // When
        get("/fhir?_type=Encounter,Patient,Provenance&_lastUpdated=ge2026");

        // Then
        assertThat(patients.asked)
                .extracting(ServiceInTheTest.Asked::uri)
                .containsExactly("/fhir?_lastUpdated=ge2026&_type=Patient,Provenance");
        assertThat(encounters.asked)
                .extracting(ServiceInTheTest.Asked::uri)
                .containsExactly("/fhir?_lastUpdated=ge2026&_type=Encounter,Provenance");
        assertThat(patients.asked).allMatch(asked -> asked.header("prefer").equals("places"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Encounter", "Patient"})
    void whoHasNothingOfItIsNotAsked(String type) throws Exception {
        // When
        get("/fhir?_type=" + type);

        // Then
        assertThat(patients.asked).hasSize(type.equals("Patient") ? 1 : 0);
        assertThat(encounters.asked).hasSize(type.equals("Encounter") ? 1 : 0);
    }

    @Test
    void aTypeOfNobodyIsRefusedByAService() throws Exception {
        // Given
        patients.answering = exchange -> ServiceInTheTest.send(exchange, 400, "{\"from\":\"patients\"}");

        // When, Then
        assertThat(get("/fhir?_type=Spaceship").body()).contains("patients");
        assertThat(get("/fhir?_type=").body()).contains("patients");
        assertThat(get("/fhir?_page=made-up").body()).contains("patients");
        // _type=Patient, of which only the encounter-service is to go on
        assertThat(get("/fhir?_page=X3R5cGU9UGF0aWVudA.1.0").body()).contains("patients");
    }

    @Test
    void aCompartmentIsSearchedInAllServicesThatHaveAPartOfIt() throws Exception {
        // Given
        patients.answering = exchange -> ServiceInTheTest.send(exchange, 404, "{}");

        // When
        HttpResponse<String> answer = get("/fhir/Encounter/1/*?_count=2");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(encounters.asked)
                .extracting(ServiceInTheTest.Asked::uri)
                .containsExactly("/fhir/Encounter/1/*?_count=2");
        assertThat(next(JSON.readTree(answer.body()))).isNotNull();
    }

    @Test
    void whoMayReadNothingIsRefused() throws Exception {
        // Given
        patients.answering = exchange -> ServiceInTheTest.send(exchange, 403, "{}");
        encounters.answering = patients.answering;

        // When, Then
        assertThat(get("/fhir?_lastUpdated=ge2026").statusCode()).isEqualTo(403);
    }

    @Test
    void aFormIsSentToEachService() throws Exception {
        // When
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/fhir/_search?_count=2"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("_type=Patient"))
                        .build(),
                BodyHandlers.ofString());

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(patients.asked).singleElement().satisfies(asked -> {
            assertThat(asked.uri()).isEqualTo("/fhir/_search");
            assertThat(new String(asked.body(), StandardCharsets.UTF_8)).isEqualTo("_count=2&_type=Patient");
        });
        assertThat(encounters.asked).isEmpty();
    }

    @Test
    void whatIsNoSearchIsNotPassedOn() throws Exception {
        // Given
        encounters.answering = exchange -> ServiceInTheTest.send(exchange, 200, "{}");

        // When, Then
        assertThat(get("/fhir?_lastUpdated=ge2026").statusCode()).isEqualTo(502);
    }

    @ParameterizedTest
    @CsvSource({"_sort=_lastUpdated&_count=2, 1 2 3 4 5 6 7 8 9", "_count=3, 1 4 5 8 2 3 6 7 9"})
    void pagesInXmlGiveTheSame(String search, String expected) throws Exception {
        // When
        List<String> seen = new ArrayList<>();
        String address = "/fhir?_format=xml&" + search;
        while (address != null) {
            HttpResponse<String> page = get(address);
            assertThat(page.headers().firstValue("Content-Type")).contains("application/fhir+xml;charset=UTF-8");
            assertThat(page.body()).doesNotContain("id=\"at-");
            Matcher id = RESOURCE_ID.matcher(page.body());
            while (id.find()) {
                seen.add(id.group(1));
            }
            Matcher next = NEXT.matcher(page.body());
            address = next.find() ? next.group(1).replace("&amp;", "&").replace(BASE, "/fhir") : null;
        }

        // Then
        assertThat(String.join(" ", seen)).isEqualTo(expected);
    }

    @Test
    void aPageInXmlHasTheTotalOfAll() throws Exception {
        // When
        String body = get("/fhir?_format=xml&_count=2").body();

        // Then
        assertThat(body).contains("<total value=\"9\"/>", "<url value=\"http://x/fhir?_format=xml&amp;_count=2\"/>");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String next(JsonNode page) {
        for (JsonNode link : page.path("link")) {
            if (link.path("relation").asText().equals("next")) {
                return link.path("url").asText().replace(BASE, "/fhir");
            }
        }
        return null;
    }
}
