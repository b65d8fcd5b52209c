package org.carelog.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The history of all types at the gateway. */
class SystemHistoryTest {
    private static final String XML_PAGE = """
            <?xml version="1.0" encoding="UTF-8"?>
            <Bundle xmlns="http://hl7.org/fhir"><type value="history"/><link><relation value="self"/>\
            <url value="http://x/fhir/_history?_count=50&amp;_format=xml"/></link><entry id="%s"><fullUrl value="urn:x"/></entry></Bundle>""";

    private static final String PAGE = """
            {"resourceType":"Bundle","type":"history","link":[{"relation":"self","url":"http://x/fhir/_history?_count=50"}],\
            "entry":[{"id":"%s"}]}""";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private ServiceInTheTest patients;
    private ServiceInTheTest encounters;
    private int port;

    @BeforeEach
    void start() throws Exception {
        patients = new ServiceInTheTest("patient-service", "Patient");
        encounters = new ServiceInTheTest("encounter-service", "Encounter");
        patients.answering = exchange -> ServiceInTheTest.send(exchange, 200, PAGE.formatted("3-1-1"));
        encounters.answering = exchange -> ServiceInTheTest.send(exchange, 200, PAGE.formatted("5-1-1"));
        port = GatewayInTheTest.ready(vertx, http, patients, encounters).port();
    }

    @AfterEach
    void stop() {
        GatewayInTheTest.stop(vertx, http, patients, encounters);
    }

    @Test
    void eachServiceIsAskedAsTheClientAsked() throws Exception {
        // When
        HttpResponse<String> answer =
                get("/fhir/_history?_since=2026-01-01T00:00:00Z&_page=1.4-7-2", "application/json");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("{\"id\":\"5-1-1\"},{\"id\":\"3-1-1\"}");
        assertThat(patients.asked)
                .extracting(ServiceInTheTest.Asked::uri)
                .containsExactly("/fhir/_history?_since=2026-01-01T00:00:00Z&_page=4-0-0");
        assertThat(encounters.asked)
                .extracting(ServiceInTheTest.Asked::uri)
                .containsExactly("/fhir/_history?_since=2026-01-01T00:00:00Z&_page=4-7-2");
    }

    @Test
    void whoMayReadNothingOfOneServiceGetsWhatTheOtherHas() throws Exception {
        // Given
        patients.answering = exchange -> ServiceInTheTest.send(exchange, 403, "{}");

        // When
        HttpResponse<String> answer = get("/fhir/_history", "application/json");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("5-1-1");
    }

    @Test
    void whoMayReadNothingIsRefused() throws Exception {
        // Given
        patients.answering = exchange -> ServiceInTheTest.send(exchange, 403, "{}");
        encounters.answering = patients.answering;

        // When, Then
        assertThat(get("/fhir/_history", "application/json").statusCode()).isEqualTo(403);
    }

    @Test
    void whatOneServiceRefusesIsRefused() throws Exception {
        // Given
        encounters.answering = exchange -> ServiceInTheTest.send(exchange, 400, "{\"from\":\"encounters\"}");

        // When
        HttpResponse<String> answer = get("/fhir/_history?_page=made-up", "application/json");

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("encounters");
        assertThat(encounters.asked)
                .extracting(ServiceInTheTest.Asked::uri)
                .containsExactly("/fhir/_history?_page=unknown");
    }

    @Test
    void whatIsNoHistoryIsNotPassedOn() throws Exception {
        // Given
        encounters.answering = exchange -> ServiceInTheTest.send(exchange, 200, "{}");

        // When, Then
        assertThat(get("/fhir/_history", "application/json").statusCode()).isEqualTo(502);
    }

    @Test
    void inXmlItIsMadeOfTheServicesXml() throws Exception {
        // Given
        patients.answering = exchange -> ServiceInTheTest.sendXml(exchange, 200, XML_PAGE.formatted("3-1-1"));
        encounters.answering = exchange -> ServiceInTheTest.sendXml(exchange, 200, XML_PAGE.formatted("5-1-1"));

        // When
        HttpResponse<String> answer = get("/fhir/_history", "application/fhir+xml");

        // Then
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/fhir+xml;charset=UTF-8");
        assertThat(answer.body())
                .isEqualTo(
                        "<Bundle xmlns=\"http://hl7.org/fhir\"><type value=\"history\"/>"
                                + "<link><relation value=\"self\"/><url value=\"http://x/fhir/_history?_count=50&amp;_format=xml\"/></link>"
                                + "<entry xmlns=\"http://hl7.org/fhir\" id=\"5-1-1\"><fullUrl value=\"urn:x\"/></entry>"
                                + "<entry xmlns=\"http://hl7.org/fhir\" id=\"3-1-1\"><fullUrl value=\"urn:x\"/></entry></Bundle>");
        assertThat(patients.asked.getFirst().header("Accept")).isEqualTo("application/fhir+xml");
    }

    @Test
    void whatTheGatewaySaysItselfIsInXmlToo() throws Exception {
        // Given
        encounters.close();

        // When
        HttpResponse<String> answer = get("/fhir/_history", "application/fhir+xml");

        // Then
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).startsWith("<OperationOutcome").contains("encounter-service");
    }

    private HttpResponse<String> get(String path, String accept) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Accept", accept)
                        .build(),
                BodyHandlers.ofString());
    }
}
