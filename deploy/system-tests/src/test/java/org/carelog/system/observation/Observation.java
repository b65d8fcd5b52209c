package org.carelog.system.observation;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.carelog.system.history.Evidence;
import org.carelog.system.platform.Carelog;

/** Waits until the system is at rest, and reads everything. */
public final class Observation {
    public static final List<String> SERVICES = List.of("patient-service", "encounter-service", "audit-service");

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private Observation() {}

    /**
     * Returns when everything that was written has arrived everywhere, or does not. Nobody may write meanwhile.
     *
     * @return how long that took
     */
    public static Duration awaitRest(Carelog carelog) {
        Instant began = Instant.now();
        try {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(250)).until(() -> Rest.reached(carelog));
        } catch (ConditionTimeoutException stillBusy) {
            System.out.println("The system did not come to rest within " + PATIENCE);
        }
        return Duration.between(began, Instant.now());
    }

    /** Nobody may write meanwhile. What does not come to rest is seen as it is: the rules will say what is missing. */
    public static Evidence of(Carelog carelog) {
        awaitRest(carelog);
        return new Evidence(
                List.of(
                        owned(carelog, "Patient", "patient-service", "encounter-service"),
                        owned(carelog, "Encounter", "encounter-service", "patient-service")),
                Stream.of("patient-service", "encounter-service")
                        .flatMap(service -> Stores.parked(carelog, service).stream())
                        .toList(),
                SERVICES.stream()
                        .map(source -> AuditLog.journal(carelog, source))
                        .toList(),
                AuditLog.ledger(carelog));
    }

    /** What the ledger has of the requests of which the id begins so, as it was sealed. */
    public static List<JsonNode> recorded(Carelog carelog, String prefix) {
        return AuditLog.recorded(carelog, prefix);
    }

    private static Evidence.Owned owned(Carelog carelog, String type, String owner, String copy) {
        String topics = "carelog." + owner.replace("-service", "");
        return new Evidence.Owned(
                Stores.read(carelog, owner, type),
                Stores.read(carelog, copy, type),
                Topics.read(carelog, topics + ".changed.v1", type),
                Topics.read(carelog, topics + ".state.v1", type));
    }
}
