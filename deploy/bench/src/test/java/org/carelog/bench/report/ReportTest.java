package org.carelog.bench.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.carelog.bench.client.Ending;
import org.carelog.bench.client.Timeline;
import org.carelog.bench.limit.Limit;
import org.carelog.bench.report.Result.Against;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.NodeList;

class ReportTest {

    private static final long MILLISECOND = 1_000_000;
    private static final Against HALF_AS_FAST = new Against(1, 40, 4, Map.of("ENDPOINT", 20.0));

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private Report report;

    @BeforeEach
    void create() throws IOException {
        report = Report.in(directory.resolve("run"), new PrintStream(out, true, UTF_8));
    }

    /** Two a second, for two seconds, of which one is warm-up. */
    private static Timeline twoPerSecond() {
        Timeline timeline = new Timeline(1, 1);
        for (int at = 0; at < 4; at++) {
            timeline.add(at * 500 * MILLISECOND, 12 * MILLISECOND, Ending.done(1, 2048));
        }
        return timeline;
    }

    private static Result result(Timeline timeline, Against against) {
        return Result.of("read", "requests", 16, timeline, against, Map.of("patient-service", new Usage.Use(0.5, 200)));
    }

    private static List<String> cells(String text, String start) {
        return text.lines()
                .filter(line -> line.startsWith("| " + start))
                .flatMap(line -> List.of(line.split("\\|")).stream())
                .map(String::strip)
                .filter(cell -> !cell.isEmpty())
                .toList();
    }

    private String finished() {
        out.reset();
        report.finish();
        return out.toString(UTF_8);
    }

    @Test
    void theTableHasTheRatioToThePeerAndTheShareOfTheMachine() throws IOException {
        // Given
        report.limits(Map.of(Limit.ENDPOINT, 20.0));
        report.result(result(twoPerSecond(), HALF_AS_FAST));

        // When
        String text = finished();

        // Then
        assertThat(cells(text, "GET of a bare")).containsExactly("GET of a bare Quarkus endpoint", "20");
        assertThat(cells(text, "read "))
                .containsExactly("read", "16", "2", "2.0", "4", "12.0", "12.0", "40.0", "2.0", "10 % ENDPOINT", "0");
        assertThat(cells(text, "read-16")).containsExactly("read-16", "0.50, 200");
        assertThat(directory.resolve("run/table.md")).content().isSubstringOf(text);
        assertThat(report.failed()).isFalse();
    }

    @Test
    void bytesThatThePeerStoresTooAreComparedAndTheOthersAreToldApart() throws IOException {
        // Given
        report.stored(new StoredBytes(Map.of(
                "encounter.resource_version", 2000.0,
                "encounter.resource_version, copies", 10.0,
                "patient.resource_token", 1000.0,
                "patient.pending_publication", 20.0,
                "patient.audit_entry", 300.0,
                "audit.audit_entry", 1.0,
                "audit.access_record", 400.0,
                "audit.resource_token", 50.0)));

        // When
        String text = finished();

        // Then
        assertThat(cells(text, "records")).containsExactly("records, with history and indexes", "3000", "9376", "4688");
        assertThat(cells(text, "copies")).endsWith("10");
        assertThat(cells(text, "events")).endsWith("20");
        assertThat(cells(text, "journals")).endsWith("301");
        assertThat(cells(text, "ledger")).endsWith("450");
        assertThat(cells(text, "patient.resource_token")).containsExactly("patient.resource_token", "1000");
    }

    @Test
    void withoutAPeerThereIsNoRatio() throws IOException {
        // Given
        report.result(result(twoPerSecond(), new Against(0, 0, 4, Map.of())));

        // When
        String text = finished();

        // Then
        assertThat(cells(text, "read ")).containsExactly("read", "16", "2", "12.0", "12.0", "2.0", "0");
    }

    @Test
    void anAnswerThatWasNotExpectedIsInTheTableAndFailsTheRun() throws IOException {
        // Given
        Timeline timeline = twoPerSecond();
        timeline.add(0, MILLISECOND, Ending.failed("503"));
        report.result(result(timeline, HALF_AS_FAST));

        // When
        String text = finished();

        // Then
        assertThat(cells(text, "read ")).endsWith("{503=1}");
        assertThat(report.failed()).isTrue();
    }

    @Test
    void aRunThatIsCutHasToldWhatItHad() throws IOException {
        // Given
        report.limits(Map.of(Limit.ENDPOINT, 20.0));

        // When
        report.result(result(twoPerSecond(), HALF_AS_FAST));

        // Then
        assertThat(cells(out.toString(UTF_8), "read ")).startsWith("read", "16", "2");
        assertThat(cells(Files.readString(directory.resolve("run/table.md")), "read "))
                .startsWith("read", "16", "2");
    }

    @Test
    void programsReadTheSameInJson() throws IOException {
        // Given
        report.stored(new StoredBytes(Map.of("patient.resource", 2000.0)));

        // When
        report.result(result(twoPerSecond(), HALF_AS_FAST));

        // Then
        JsonNode json = new ObjectMapper()
                .readTree(directory.resolve("run/results.json").toFile());
        assertThat(json.at("/results/0/perSecond").asDouble()).isEqualTo(2);
        assertThat(json.at("/results/0/parts/patient-service/mostMebibytes").asInt())
                .isEqualTo(200);
        assertThat(json.at("/storedBytesPerResource/patient.resource").asDouble())
                .isEqualTo(2000);
    }

    @Test
    void thePlotIsSvgWithACurveForTheRateAndTwoForTheLatency() throws Exception {
        // When
        report.result(result(twoPerSecond(), HALF_AS_FAST));

        // Then
        Path plot = directory.resolve("run/read-16.svg");
        NodeList curves = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(plot.toFile())
                .getElementsByTagName("polyline");
        assertThat(curves.getLength()).isEqualTo(3);
        assertThat(Files.readString(plot)).contains("read, 16 clients", "HAPI", "p99");
    }
}
