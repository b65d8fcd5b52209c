package org.carelog.local.operate;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import org.carelog.local.platform.Installation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code carelog rebuild}. Exit code 0 when every copy is its owner's, 1 when some are not. */
@Command(
        name = "rebuild",
        description = "Rebuild the copies that a service keeps, from their owner's state topic, beside live traffic.")
public final class RebuildCommand implements Callable<Integer> {
    private final Installation installation;

    @Parameters(
            paramLabel = "SERVICE",
            description = "encounter-service or patient-service.",
            converter = CopyingService.ById.class)
    private CopyingService copying;

    @Option(names = "--detach", description = "Do not wait for its end; it goes on by itself in any case.")
    private boolean detach;

    public RebuildCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() throws Exception {
        try (Operations operations = Operations.of(copying, installation)) {
            operations.perform("$rebuild?channel=" + copying.channel());
            Map<String, String> rebuild = progress(operations);
            while (!detach && !rebuild.containsKey("finished")) {
                Thread.sleep(Duration.ofMillis(500));
                rebuild = progress(operations);
                System.err.printf("%s of %s records%n", rebuild.get("done"), rebuild.get("total"));
            }
            if (detach) {
                return 0;
            }
            Duration took =
                    Duration.between(Instant.parse(rebuild.get("begun")), Instant.parse(rebuild.get("finished")));
            System.out.printf(
                    "%s records in %.1f s, %.0f/s: %s copies written, %s renewed, %s differ, %s failed%n",
                    rebuild.get("done"),
                    took.toMillis() / 1000.0,
                    Long.parseLong(rebuild.get("done")) * 1000.0 / Math.max(1, took.toMillis()),
                    rebuild.get("written"),
                    rebuild.get("renewed"),
                    rebuild.get("different"),
                    rebuild.get("failed"));
            return rebuild.get("different").equals("0") && rebuild.get("failed").equals("0") ? 0 : 1;
        }
    }

    private Map<String, String> progress(Operations operations) throws IOException, InterruptedException {
        return operations.things("$rebuilds").stream()
                .filter(rebuild -> rebuild.get("channel").equals(copying.channel()))
                .findFirst()
                .orElseThrow(() -> new IOException("The rebuild is gone"));
    }
}
