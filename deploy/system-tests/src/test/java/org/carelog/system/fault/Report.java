package org.carelog.system.fault;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.carelog.system.history.Attempt;
import org.carelog.system.history.Ending;
import org.carelog.system.history.Findings;
import org.carelog.system.platform.Size;

/** What a run leaves to be read: {@code report.md}, and its history, a line of JSON for each request and each fault. For one thread. */
final class Report {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Path directory;
    private final String title;
    private final List<String> said = new ArrayList<>();
    private List<Step> steps = List.of();
    private String verdict = "The run broke off.";

    Report(Path directory, long seed, int rounds, Size size) {
        this.directory = directory;
        this.title = "%d rounds, seed %d, %s, begun %s".formatted(rounds, seed, size, Instant.now());
        System.out.println(title);
    }

    void say(String line) {
        System.out.println(line);
        said.add(line);
    }

    /** Writes down who asked for what and when, and what happened meanwhile. */
    void history(List<Attempt> attempts, List<Step> all) throws IOException {
        steps = all;
        Files.createDirectories(directory);
        try (BufferedWriter out = Files.newBufferedWriter(directory.resolve("attempts.ndjson"))) {
            for (Attempt attempt : attempts) {
                out.write(MAPPER.writeValueAsString(json(attempt)) + "\n");
            }
        }
        try (BufferedWriter out = Files.newBufferedWriter(directory.resolve("faults.ndjson"))) {
            for (Step step : all) {
                out.write(MAPPER.writeValueAsString(MAPPER.createObjectNode()
                                .put("fault", step.fault().toString())
                                .put("began", step.began().toString())
                                .put("ms", step.took().toMillis()))
                        + "\n");
            }
        }
    }

    private static ObjectNode json(Attempt attempt) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("request", attempt.requestId())
                .put("service", attempt.service())
                .put("asked", attempt.asked().getClass().getSimpleName())
                .put("sent", attempt.sent())
                .put("ended", attempt.ended());
        switch (attempt.ending()) {
            case Ending.Answered answered -> json.put("status", answered.status());
            case Ending.Unanswered unanswered -> json.put("unanswered", unanswered.why());
        }
        return json.put("shown", attempt.shown().toString());
    }

    void write(Findings findings) throws IOException {
        verdict = findings.all().isEmpty() ? "No findings." : findings.all().size() + " findings:\n" + findings;
        write();
    }

    void write() throws IOException {
        Files.createDirectories(directory);
        List<String> lines = new ArrayList<>(List.of("# The fault test: " + title, "", verdict, "", "```"));
        lines.addAll(said);
        lines.addAll(List.of("```", "", steps.size() + " faults:", "", "```", Step.HEAD));
        steps.forEach(step -> lines.add(step.toString()));
        lines.add("```");
        Files.write(directory.resolve("report.md"), lines);
    }
}
