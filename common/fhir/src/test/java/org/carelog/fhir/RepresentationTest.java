package org.carelog.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.carelog.fhir.Representation.Format;
import org.carelog.fhir.Representation.Summary;
import org.junit.jupiter.api.Test;

class RepresentationTest {
    private static final String ENCOUNTER = """
            {"resourceType":"Encounter","id":"a","meta":{"versionId":"3","lastUpdated":"2026-01-01T00:00:00.000Z"},\
            "text":{"status":"generated","div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\">seen</div>"},\
            "status":"finished","class":{"code":"AMB"},"subject":{"reference":"Patient/p"},\
            "length":{"value":1.50},"hospitalization":{"dischargeDisposition":{"text":"home"}}}""";

    private static final String SEARCHSET = """
            {"resourceType":"Bundle","type":"searchset","total":1,"link":[{"relation":"self","url":"http://x/fhir/Encounter"}],\
            "entry":[{"fullUrl":"http://x/fhir/Encounter/a","resource":%s,"search":{"mode":"match"}}]}""".formatted(ENCOUNTER);

    @Test
    void theStoredFormIsTheStoredBytes() {
        assertThat(represented(Representation.STORED, ENCOUNTER)).isEqualTo(ENCOUNTER);
    }

    @Test
    void prettyChangesNothingButSpace() {
        // When
        String pretty = represented(new Representation(Format.JSON, true, Summary.FALSE, List.of()), ENCOUNTER);

        // Then
        assertThat(pretty).contains("\n  \"id\": \"a\"").contains("1.50");
        assertThat(pretty.replaceAll("\\s+(?=[\"{}\\[\\]])|(?<=[:{\\[,])\\s+", ""))
                .isEqualTo(ENCOUNTER);
    }

    @Test
    void xmlSaysTheSame() {
        // When
        String xml = represented(new Representation(Format.XML, false, Summary.FALSE, List.of()), ENCOUNTER);

        // Then
        assertThat(xml).startsWith("<Encounter xmlns=\"http://hl7.org/fhir\"><id value=\"a\">");
        assertThat(new String(FhirXml.toJson(xml.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8))
                .isEqualTo(ENCOUNTER);
    }

    @Test
    void aSummaryIsMarkedAndHasNoNarrative() {
        // When
        String summary = represented(new Representation(Format.JSON, false, Summary.TRUE, List.of()), ENCOUNTER);

        // Then
        assertThat(summary)
                .contains("SUBSETTED", "\"status\":\"finished\"", "\"subject\"", "\"versionId\":\"3\"")
                .doesNotContain("\"text\":{\"status\"", "dischargeDisposition");
    }

    @Test
    void textLeavesTheNarrativeAndWhatIsMandatory() {
        // When
        String text = represented(new Representation(Format.JSON, false, Summary.TEXT, List.of()), ENCOUNTER);

        // Then
        assertThat(text)
                .contains("SUBSETTED", "seen", "\"status\":\"finished\"", "\"class\"", "\"id\":\"a\"")
                .doesNotContain("subject", "dischargeDisposition");
    }

    @Test
    void dataLeavesAllButTheNarrative() {
        // When
        String data = represented(new Representation(Format.JSON, false, Summary.DATA, List.of()), ENCOUNTER);

        // Then
        assertThat(data)
                .contains("SUBSETTED", "subject", "dischargeDisposition")
                .doesNotContain("seen");
    }

    @Test
    void elementsLeaveThoseAndWhatIsMandatory() {
        // When
        String elements =
                represented(new Representation(Format.JSON, false, Summary.FALSE, List.of("subject")), ENCOUNTER);

        // Then
        assertThat(elements)
                .contains("SUBSETTED", "\"subject\"", "\"status\":\"finished\"", "\"class\"", "\"id\":\"a\"")
                .doesNotContain("seen", "dischargeDisposition");
    }

    @Test
    void aBundleStaysWholeAroundTheResourcesThatDoNot() {
        // When
        String elements =
                represented(new Representation(Format.JSON, false, Summary.FALSE, List.of("subject")), SEARCHSET);
        String summary = represented(new Representation(Format.JSON, false, Summary.TRUE, List.of()), SEARCHSET);

        // Then
        assertThat(List.of(elements, summary))
                .allSatisfy(bundle -> assertThat(bundle)
                        .contains(
                                "\"total\":1",
                                "\"fullUrl\":\"http://x/fhir/Encounter/a\"",
                                "\"mode\":\"match\"",
                                "\"relation\":\"self\"",
                                "SUBSETTED",
                                "\"subject\"")
                        .doesNotContain("seen", "dischargeDisposition"));
    }

    private static String represented(Representation representation, String json) {
        return new String(representation.of(json.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }
}
