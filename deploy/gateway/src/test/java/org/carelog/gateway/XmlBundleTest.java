package org.carelog.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Bundles in XML at the gateway are treated as those in JSON are. */
class XmlBundleTest {
    private static final String FHIR = "http://hl7.org/fhir";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private ServiceInTheTest patients;
    private ServiceInTheTest encounters;
    private int port;

    @BeforeEach
    void start() throws Exception {
        patients = new ServiceInTheTest("patient-service", "Patient");
        encounters = new ServiceInTheTest("encounter-service", "Encounter");
        port = GatewayInTheTest.ready(vertx, http, patients, encounters).port();
    }

    @AfterEach
    void stop() {
        GatewayInTheTest.stop(vertx, http, patients, encounters);
    }

    @Test
    void aBatchIsSplitByOwnerAndAnsweredInOrder() throws Exception {
        // Given
        patients.answering = exchange -> ServiceInTheTest.sendXml(exchange, 200, batchResponse("201"));
        encounters.answering = exchange -> ServiceInTheTest.sendXml(exchange, 200, batchResponse("404", "200"));

        // When
        HttpResponse<String> answer = post("application/fhir+xml", batch("Encounter/1", "Patient", "Encounter/2"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/fhir+xml"));
        assertThat(values(answer.body(), "type")).containsExactly("batch-response");
        assertThat(values(answer.body(), "status")).containsExactly("404", "201", "200");
        assertThat(values(body(encounters), "url")).containsExactly("Encounter/1", "Encounter/2");
        assertThat(values(body(patients), "url")).containsExactly("Patient");
        assertThat(patients.asked.getFirst().header("Content-Type")).isEqualTo("application/fhir+xml");
        assertThat(patients.asked.getFirst().header("Accept")).isEqualTo("application/fhir+xml");
    }

    @Test
    void anEntrySaysTheSameAfterItWasCut() throws Exception {
        // Given
        String text = "a <b> & \"c\"\nd\te \uD83D\uDE00 Ødegård";
        String bundle = """
                <?xml version="1.0" encoding="UTF-8"?>
                <f:Bundle xmlns:f="http://hl7.org/fhir" xmlns:x="urn:x"><f:type value="batch"/>
                <f:entry><f:resource><f:Patient><f:text><f:status value="generated"/>\
                <div xmlns="http://www.w3.org/1999/xhtml" x:y="z"><p xml:lang="no">%1$s</p></div></f:text>\
                <f:name><f:text value="%1$s"/></f:name></f:Patient></f:resource>
                <f:request><f:method value="POST"/><f:url value="/Patient"/></f:request></f:entry>
                <f:entry><f:request><f:method value="GET"/><f:url value="Encounter?_count=1"/></f:request></f:entry>
                </f:Bundle>""".formatted(escaped(text));

        // When
        post("application/fhir+xml", bundle);

        // Then
        Document patient = document(body(patients));
        assertThat(patient.getElementsByTagNameNS("http://www.w3.org/1999/xhtml", "p")
                        .item(0)
                        .getTextContent())
                .isEqualTo(text);
        Element name = (Element) patient.getElementsByTagNameNS(FHIR, "name").item(0);
        assertThat(values(name, "text")).containsExactly(text);
        assertThat(values(body(encounters), "url")).containsExactly("Encounter?_count=1");
    }

    @Test
    void theAnswerIsInTheFormatThatTheServicesGive() throws Exception {
        // Given
        patients.answering = exchange -> ServiceInTheTest.send(
                exchange,
                200,
                "{\"resourceType\":\"Bundle\",\"type\":\"batch-response\",\"entry\":[{\"response\":{\"status\":\"201\"}}]}");
        encounters.answering =
                exchange -> ServiceInTheTest.send(exchange, 403, "{\"resourceType\":\"OperationOutcome\"}");

        // When
        HttpResponse<String> answer = post("application/fhir+xml", batch("Patient", "Encounter"));

        // Then
        assertThat(answer.body())
                .isEqualTo("{\"resourceType\":\"Bundle\",\"type\":\"batch-response\",\"entry\":["
                        + "{\"response\":{\"status\":\"201\"}},"
                        + "{\"response\":{\"status\":\"403\",\"outcome\":{\"resourceType\":\"OperationOutcome\"}}}]}");
    }

    @Test
    void aBatchInJsonIsAnsweredInXmlWhereThatIsAskedFor() throws Exception {
        // Given
        patients.answering = exchange -> ServiceInTheTest.sendXml(exchange, 200, batchResponse("201"));
        encounters.answering = exchange -> ServiceInTheTest.sendXml(
                exchange, 403, "<OperationOutcome xmlns=\"%s\"><id value=\"o\"/></OperationOutcome>".formatted(FHIR));

        // When
        HttpResponse<String> answer = post("application/fhir+json", """
                {"resourceType":"Bundle","type":"batch","entry":[
                {"request":{"method":"POST","url":"Encounter"}},{"request":{"method":"POST","url":"Patient"}}]}""");

        // Then
        assertThat(values(answer.body(), "status")).containsExactly("403", "201");
        assertThat(values(answer.body(), "id")).containsExactly("o");
    }

    @Test
    void theEntriesOfAServiceThatIsDownFailAlone() throws Exception {
        // Given
        patients.answering = exchange -> ServiceInTheTest.sendXml(exchange, 200, batchResponse("201"));
        encounters.close();

        // When
        HttpResponse<String> answer = post("application/fhir+xml", batch("Patient", "Encounter/1"));

        // Then
        assertThat(values(answer.body(), "status")).containsExactly("201", "503");
        assertThat(values(answer.body(), "diagnostics"))
                .containsExactly("encounter-service cannot be reached; nothing was changed, try again");
    }

    @Test
    void aTransactionStaysWholeAndGoesToItsOwner() throws Exception {
        // Given
        String transaction = batch("Encounter/1", "Encounter").replace("batch", "transaction");
        encounters.answering = exchange -> ServiceInTheTest.sendXml(exchange, 200, batchResponse("200", "200"));

        // When
        HttpResponse<String> answer = post("application/xml; charset=utf-8", transaction);

        // Then
        assertThat(body(encounters)).isEqualTo(transaction);
        assertThat(answer.body()).isEqualTo(batchResponse("200", "200"));
        assertThat(patients.asked).isEmpty();
    }

    @Test
    void whatIsNotReadHereIsRefusedByAServiceAsItCame() throws Exception {
        // Given
        patients.answering = exchange -> ServiceInTheTest.sendXml(exchange, 400, "<OperationOutcome/>");
        String entity = "<!DOCTYPE Bundle [<!ENTITY secret SYSTEM \"file:///etc/hostname\">]>"
                + batch("Patient/1", "Encounter/1").replace("Patient/1", "&secret;");
        String deep = "<Bundle>" + "<entry>".repeat(10_000) + "</entry>".repeat(10_000) + "</Bundle>";

        for (String bundle : List.of(entity, deep, "no XML", batch("Patient").replace("</Bundle>", ""))) {
            // When
            HttpResponse<String> answer = post("application/fhir+xml", bundle);

            // Then
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(new String(patients.asked.getLast().body(), StandardCharsets.UTF_8))
                    .isEqualTo(bundle);
        }
        assertThat(encounters.asked).isEmpty();
    }

    @Test
    void aThousandEntriesWithManyEscapesAreSplit() throws Exception {
        // Given
        String[] urls = IntStream.range(0, 1_000)
                .mapToObj(
                        i -> i % 2 == 0 ? "Patient?name=a&amp;_count=" + i : "Encounter?status=planned&amp;_count=" + i)
                .map(url -> url + "&amp;".repeat(300))
                .toArray(String[]::new);

        // When
        post("application/fhir+xml", batch(urls));

        // Then
        assertThat(body(patients).split("&amp;_count=")).hasSize(501);
        assertThat(body(encounters).split("&amp;_count=")).hasSize(501);
    }

    private HttpResponse<String> post(String contentType, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/fhir"))
                        .header("Content-Type", contentType)
                        .header("Accept", "application/fhir+xml")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String body(ServiceInTheTest service) {
        return new String(service.asked.getFirst().body(), StandardCharsets.UTF_8);
    }

    private static String batch(String... urls) {
        return bundle("batch", "<entry><request><method value=\"GET\"/><url value=\"%s\"/></request></entry>", urls);
    }

    private static String batchResponse(String... statuses) {
        return bundle("batch-response", "<entry><response><status value=\"%s\"/></response></entry>", statuses);
    }

    private static String bundle(String type, String entry, String... values) {
        return Stream.of(values)
                .map(entry::formatted)
                .collect(Collectors.joining(
                        "", "<Bundle xmlns=\"%s\"><type value=\"%s\"/>".formatted(FHIR, type), "</Bundle>"));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("\"", "&quot;")
                .replace("\n", "&#10;")
                .replace("\t", "&#9;");
    }

    /** The values of all elements of that name. */
    private static List<String> values(String xml, String name) throws Exception {
        return values(document(xml).getDocumentElement(), name);
    }

    private static List<String> values(Element element, String name) {
        NodeList found = element.getElementsByTagNameNS(FHIR, name);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> ((Element) found.item(i)).getAttribute("value"))
                .toList();
    }

    private static Document document(String xml) throws Exception {
        return DocumentBuilderFactory.newDefaultNSInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)));
    }
}
