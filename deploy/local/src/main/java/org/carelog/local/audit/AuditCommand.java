package org.carelog.local.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.carelog.local.platform.Installation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code carelog audit}. Exit code 0 when it was told, 1 with a sentence when not. */
@Command(
        name = "audit",
        description = "Who opened a chart, and what a user opened, the latest first; as the demo user compliance.")
public final class AuditCommand implements Callable<Integer> {
    private final Installation installation;

    @Option(names = "--patient", paramLabel = "ID", description = "Of a Patient whose chart was touched.")
    private String patient;

    @Option(
            names = "--user",
            paramLabel = "ID",
            description = "Of who did it: a token's sub, a client, or a user name.")
    private String user;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Since.class,
            description = "Such as 12h, 1d or 2w ago, a date, or an instant.")
    private Instant since;

    @Option(names = "--trace", paramLabel = "ID", description = "Of a trace, of the requests that are part of it.")
    private String trace;

    @Option(
            names = "--format",
            defaultValue = "table",
            description = "table, csv or json; the last two have all columns.")
    private AuditFormat format;

    @Option(
            names = "--export",
            paramLabel = "FILE",
            description = {
                "Write what matches there with its proofs, for ./carelog verify. In it are also the leaves",
                "of what does not match, which prove that nothing is left out: ids, codes and times."
            })
    private Path export;

    @Option(names = "--excerpt", description = "Of an export: without these leaves, and that proof.")
    private boolean excerpt;

    public AuditCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() throws Exception {
        if (export != null && trace != null) {
            System.err.println("An export is by --patient, --user or --since: a leaf has no trace.");
            return 1;
        }
        try (ComplianceCalls calls = ComplianceCalls.of(installation)) {
            AuditQuestion question = new AuditQuestion(
                            Optional.ofNullable(patient).map(id -> id.replaceFirst("^Patient/", "")),
                            Optional.ofNullable(user),
                            Optional.ofNullable(since),
                            Optional.ofNullable(trace))
                    .withIdOfUser(calls);
            if (export == null) {
                print(calls, question);
            } else {
                long rows = new LedgerExport(calls, question, excerpt).write(export);
                System.out.printf("%d leaves in %s; check it: ./carelog verify %s%n", rows, export, export);
            }
            return 0;
        }
    }

    private void print(ComplianceCalls calls, AuditQuestion question) throws IOException, InterruptedException {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        out.print(format.begin());
        boolean first = true;
        JsonNode page = calls.get("", question.search());
        while (page != null) {
            for (JsonNode entry : page.path("entry")) {
                if (entry.at("/search/mode").asText("match").equals("match")) {
                    out.print(format.row(AuditRow.of(entry.path("resource")), first));
                    first = false;
                }
            }
            out.flush();
            Optional<URI> next = next(page);
            page = next.isPresent() ? calls.get(next.get()) : null;
        }
        out.print(format.end());
        out.flush();
    }

    private static Optional<URI> next(JsonNode page) {
        for (JsonNode link : page.path("link")) {
            if (link.path("relation").asText().equals("next")) {
                return Optional.of(URI.create(link.path("url").asText()));
            }
        }
        return Optional.empty();
    }
}
