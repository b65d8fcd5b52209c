package org.carelog.local.consume;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code carelog consume}. Exit code 0 when it printed as many as were asked for, 1 with a sentence when it may not. */
@Command(
        name = "consume",
        description = {
            "Print the events of a topic as an integration engine gets them: key, headers, and the record of the patient.",
            "Ctrl-C ends it."
        })
public final class ConsumeCommand implements Callable<Integer> {

    private final Callable<Map<String, Object>> kafka;

    @Parameters(paramLabel = "TOPIC", description = "Such as carelog.patient.changed.v1.")
    private String topic;

    @Option(names = "--from-beginning", description = "What is there already, too.")
    private boolean fromBeginning;

    @Option(names = "--max", paramLabel = "N", description = "Ends after so many events.")
    private long max = Long.MAX_VALUE;

    @Option(
            names = "--group",
            paramLabel = "NAME",
            description = "Goes on where this consumer group was. Its name begins with integration-engine.")
    private String group;

    /** @param kafka the settings of an integration engine's client, or throws with a sentence what is not running */
    public ConsumeCommand(Callable<Map<String, Object>> kafka) {
        this.kafka = kafka;
    }

    @Override
    public Integer call() throws Exception {
        try (Consumption consumption = new Consumption(kafka.call(), Optional.ofNullable(group), fromBeginning)) {
            if (!consumption.begin(topic)) {
                System.err.println("There is no topic " + topic + ".");
                return 1;
            }
            System.err.println("Events of " + topic + "; Ctrl-C ends.");
            for (long left = max; left > 0; ) {
                left -= consumption.next(left, event -> System.out.println(new PrintedEvent(event).text()));
            }
            return 0;
        } catch (AuthenticationException | AuthorizationException e) {
            System.err.println("The broker refuses: " + e.getMessage());
            return 1;
        }
    }
}
