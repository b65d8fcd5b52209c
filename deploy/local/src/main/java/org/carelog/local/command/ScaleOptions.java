package org.carelog.local.command;

import java.util.List;
import org.carelog.local.port.Scale;
import picocli.CommandLine.Option;

/** How much of everything is started. */
final class ScaleOptions {

    @Option(names = "--replicas", paramLabel = "N", description = "Of each service, 1 to 4. Usually 1.")
    private int replicas = 1;

    @Option(
            names = "--brokers",
            paramLabel = "N",
            description = "Of Kafka: 1, 3 or 5. Usually as many as the data is of, at first 1.")
    private int brokers;

    /**
     * @param ofData how many brokers the data is of; 0 when there is none
     * @throws IllegalArgumentException when that cannot be started; the message is for the person at the terminal
     */
    Scale scale(int ofData) {
        if (brokers > 0 && ofData > 0 && brokers != ofData) {
            throw new IllegalArgumentException(
                    "The data is on %d brokers and is not moved to %d. Leave --brokers out, or choose other data: CARELOG_DATA=…"
                            .formatted(ofData, brokers));
        }
        return new Scale(replicas, brokers > 0 ? brokers : Math.max(1, ofData));
    }

    /** For a process that is to start the same. */
    List<String> arguments() {
        return List.of("--replicas=" + replicas, "--brokers=" + brokers);
    }
}
