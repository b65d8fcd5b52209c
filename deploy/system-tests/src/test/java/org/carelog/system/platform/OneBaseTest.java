package org.carelog.system.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What several services have a part of, under the one base, at once after it was written. */
@Order(4)
@ExtendWith(RunningSystem.class)
class OneBaseTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 20})
    void aWalkGoesThroughBothServicesAndTellsEachResourceOnce(int count, Carelog carelog) throws Exception {
        // Given
        String token = new Tokens(carelog).of("clinician");
        String base = carelog.fhir().toString();
        String practitioner = created(base, token, "{\"resourceType\":\"Practitioner\"}");
        String patient = created(base, token, "{\"resourceType\":\"Patient\"}");
        String visit = created(base, token, """
                {"resourceType":"Encounter","status":"finished","class":{"code":"AMB"},"subject":{"reference":"%s"},
                "participant":[{"individual":{"reference":"%s"}}]}""".formatted(patient, practitioner));
        String condition = created(base, token, """
                {"resourceType":"Condition","subject":{"reference":"%s"},"encounter":{"reference":"%s"}}""".formatted(patient, visit));
        String coverage = created(base, token, """
                {"resourceType":"Coverage","status":"active","beneficiary":{"reference":"%s"},
                "payor":[{"reference":"%s"}]}""".formatted(patient, patient));
        String provenance = created(base, token, """
                {"resourceType":"Provenance","target":[{"reference":"%s"}],"recorded":"2026-01-01T00:00:00Z",
                "agent":[{"who":{"reference":"%s"}}]}""".formatted(patient, practitioner));

        // When
        List<String> told = walk("%s/%s/$everything?_count=%d".formatted(base, patient, count), token);

        // Then
        assertThat(told)
                .startsWith(patient)
                .containsExactlyInAnyOrder(patient, condition, visit, practitioner, coverage, provenance);
    }

    @Test
    void whatIsInAPatientsCompartmentIsFoundWhoeverOwnsIt(Carelog carelog) throws Exception {
        // Given
        String token = new Tokens(carelog).of("clinician");
        String base = carelog.fhir().toString();
        String patient = created(base, token, "{\"resourceType\":\"Patient\"}");
        List<String> visits = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            visits.add(created(base, token, """
                    {"resourceType":"Encounter","status":"planned","class":{"code":"AMB"},"subject":{"reference":"%s"}}""".formatted(patient)));
        }
        String coverage = created(base, token, """
                {"resourceType":"Coverage","status":"active","beneficiary":{"reference":"%s"},
                "payor":[{"reference":"%s"}]}""".formatted(patient, patient));

        // When, Then
        assertThat(walk("%s/%s/Encounter?status=planned&_count=2".formatted(base, patient), token))
                .containsExactlyElementsOf(visits);
        assertThat(walk("%s/%s/Coverage".formatted(base, patient), token)).containsExactly(coverage);
        List<String> all = new ArrayList<>(visits);
        all.addAll(List.of(patient, coverage));
        assertThat(walk("%s/%s/*?_count=2".formatted(base, patient), token)).containsExactlyInAnyOrderElementsOf(all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"_sort=_id&_count=2", "_sort=_id", "_sort=_id&_count=1&_type=Patient,Practitioner"})
    void aSearchOfAllTypesTellsWhatBothServicesHaveInOneOrder(String parameters, Carelog carelog) throws Exception {
        // Given
        String token = new Tokens(carelog).of("clinician");
        String base = carelog.fhir().toString();
        String tag = UUID.randomUUID().toString();
        List<String> written = new ArrayList<>();
        for (String type : List.of("Practitioner", "Patient", "Patient", "Practitioner", "Patient", "Practitioner")) {
            written.add(created(
                    base,
                    token,
                    "{\"resourceType\":\"%s\",\"meta\":{\"tag\":[{\"code\":\"%s\"}]}}".formatted(type, tag)));
        }

        // When
        List<String> told = walk("%s?_tag=%s&%s".formatted(base, tag, parameters), token);

        // Then
        assertThat(told)
                .containsExactlyElementsOf(written.stream()
                        .sorted(Comparator.comparing(reference -> reference.split("/")[1]))
                        .toList());
    }

    @Test
    void theHistoryOfTheSystemTellsWhatBothServicesHaveNewestFirst(Carelog carelog) throws Exception {
        // Given
        String token = new Tokens(carelog).of("clinician");
        String base = carelog.fhir().toString();
        String before = created(base, token, "{\"resourceType\":\"Patient\"}");
        String since = lastUpdated(base + "/" + before, token);
        List<String> written = new ArrayList<>(List.of(before));
        for (String type : List.of("Practitioner", "Patient", "Organization", "Patient", "Practitioner")) {
            written.add(created(base, token, "{\"resourceType\":\"%s\",\"active\":true}".formatted(type)));
        }

        // When
        List<String> told = walk(base + "/_history?_count=2&_since=" + since, token);

        // Then
        assertThat(told).containsExactlyElementsOf(written.reversed());
    }

    @Test
    void aBatchInXmlReachesBothServicesAndIsAnsweredInTheFormatAskedFor(Carelog carelog) throws Exception {
        // Given
        String batch = """
                <Bundle xmlns="http://hl7.org/fhir"><type value="batch"/>
                <entry><resource><Practitioner><active value="true"/></Practitioner></resource>
                <request><method value="POST"/><url value="Practitioner"/></request></entry>
                <entry><resource><Patient><name><family value="Example&#10;Of two lines"/></name></Patient></resource>
                <request><method value="POST"/><url value="Patient"/></request></entry>
                <entry><request><method value="GET"/><url value="Encounter/none"/></request></entry></Bundle>""";
        HttpRequest.Builder request = request(carelog.fhir().toString(), new Tokens(carelog).of("clinician"))
                .setHeader("Content-Type", "application/fhir+xml")
                .setHeader("Prefer", "return=representation")
                .POST(BodyPublishers.ofString(batch));

        // When
        HttpResponse<String> json = http.send(request.copy().build(), BodyHandlers.ofString());
        HttpResponse<String> xml =
                http.send(request.setHeader("Accept", "application/fhir+xml").build(), BodyHandlers.ofString());

        // Then
        JsonNode entries = JSON.readTree(json.body()).path("entry");
        assertThat(entries.at("/0/response/status").asText()).startsWith("201");
        assertThat(entries.at("/1/response/status").asText()).startsWith("201");
        assertThat(entries.at("/2/response/status").asText()).startsWith("404");
        assertThat(entries.at("/1/resource/name/0/family").asText()).isEqualTo("Example\nOf two lines");
        assertThat(xml.body().split("<entry")[1]).contains("<Practitioner", "status value=\"201");
        assertThat(xml.body().split("<entry")[2]).contains("<Patient", "Of two lines", "status value=\"201");
        assertThat(xml.body().split("<entry")[3]).contains("<OperationOutcome", "status value=\"404");
    }

    @Test
    void aTransactionInXmlGoesToItsOwner(Carelog carelog) throws Exception {
        // Given
        String transaction = """
                <Bundle xmlns="http://hl7.org/fhir"><type value="transaction"/>
                <entry><resource><Practitioner><active value="true"/></Practitioner></resource>
                <request><method value="POST"/><url value="Practitioner"/></request></entry></Bundle>""";

        // When
        HttpResponse<String> answer = http.send(
                request(carelog.fhir().toString(), new Tokens(carelog).of("clinician"))
                        .setHeader("Content-Type", "application/fhir+xml")
                        .POST(BodyPublishers.ofString(transaction))
                        .build(),
                BodyHandlers.ofString());

        // Then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(JSON.readTree(answer.body()).at("/entry/0/response/location").asText())
                .contains("Practitioner/");
    }

    private String lastUpdated(String address, String token) throws IOException, InterruptedException {
        return JSON.readTree(http.send(request(address, token).build(), BodyHandlers.ofString())
                        .body())
                .at("/meta/lastUpdated")
                .asText();
    }

    private List<String> walk(String address, String token) throws IOException, InterruptedException {
        List<String> told = new ArrayList<>();
        String next = address;
        while (!next.isEmpty()) {
            HttpResponse<String> answer = http.send(request(next, token).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            JsonNode page = JSON.readTree(answer.body());
            page.path("entry").forEach(entry -> told.add(reference(entry.path("resource"))));
            next = "";
            for (JsonNode link : page.path("link")) {
                next = link.path("relation").asText().equals("next")
                        ? link.path("url").asText()
                        : next;
            }
        }
        return told;
    }

    private String created(String base, String token, String resource) throws IOException, InterruptedException {
        String type = JSON.readTree(resource).path("resourceType").asText();
        HttpResponse<String> answer = http.send(
                request(base + "/" + type, token)
                        .POST(BodyPublishers.ofString(resource))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return reference(JSON.readTree(answer.body()));
    }

    private static String reference(JsonNode resource) {
        return resource.path("resourceType").asText() + "/"
                + resource.path("id").asText();
    }

    private static HttpRequest.Builder request(String address, String token) {
        return HttpRequest.newBuilder(URI.create(address))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/fhir+json");
    }
}
