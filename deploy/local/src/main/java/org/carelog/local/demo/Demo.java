package org.carelog.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.carelog.local.client.FhirCalls;

/** Writes one patient and follows it: event, copy, audit entry. The three are watched for at the same time. */
final class Demo {

    private static final String TOPIC = "carelog.patient.changed.v1";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

    private final DemoTarget target;
    private final PrintStream out;

    Demo(DemoTarget target, PrintStream out) {
        this.target = target;
        this.out = out;
    }

    /** @throws IllegalStateException when something did not arrive; the message is a sentence */
    void run() throws Exception {
        String registrar = target.tokens().of("registrar");
        String clinician = target.tokens().of("clinician");
        String compliance = target.tokens().of("compliance");
        try (FhirCalls fhir = new FhirCalls();
                ChangeTopic topic = new ChangeTopic(target.kafka(), TOPIC);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long started = System.nanoTime();
            WrittenPatient patient = WrittenPatient.of(
                    fhir.post(URI.create(target.fhirBase() + "/Patient"), registrar, WrittenPatient.made()));
            long took = (patient.answeredNanos() - started) / 1_000_000;
            line(
                    "write",
                    "registrar created %s, version %d".formatted(patient.reference(), patient.version()),
                    took,
                    "");

            URI copy = URI.create(target.encounterService() + "/" + patient.reference());
            URI audit = URI.create(target.fhirBase() + "/AuditEvent?entity=" + patient.reference());
            Future<Found> copied = threads.submit(() -> look(() -> copy(fhir.get(copy, clinician))));
            Future<Found> audited = threads.submit(() -> look(() -> audit(fhir.get(audit, compliance))));

            ChangeTopic.Arrival event =
                    arrived(topic.event(patient.reference(), patient.version()), "The event", TOPIC);
            line(
                    "event",
                    "%s on %s, partition %d, offset %d"
                            .formatted(event.type(), TOPIC, event.partition(), event.offset()),
                    patient.millisUntil(event.nanos()),
                    "+");
            show("copy", patient, arrived(copied, "The copy", copy.toString()));
            show("audit", patient, arrived(audited, "The audit entry", audit.toString()));
        }
    }

    private record Found(String words, long nanos) {}

    /** Null while it is not there yet. */
    private static Found look(Callable<String> at) throws Exception {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < giveUp) {
            String words = at.call();
            if (words != null) {
                return new Found(words, System.nanoTime());
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        return null;
    }

    private static String copy(HttpResponse<byte[]> answer) throws Exception {
        if (answer.statusCode() != 200) {
            return refusedOr(answer, null);
        }
        JsonNode patient = MAPPER.readTree(answer.body());
        return "encounter-service has Patient/%s, version %s, in its own store"
                .formatted(
                        patient.path("id").asText(),
                        patient.at("/meta/versionId").asText());
    }

    private static String audit(HttpResponse<byte[]> answer) throws Exception {
        if (answer.statusCode() != 200) {
            return refusedOr(answer, null);
        }
        for (JsonNode entry : MAPPER.readTree(answer.body()).path("entry")) {
            JsonNode event = entry.path("resource");
            // The demo's own looks at the copy are in the log too; this is the write.
            if (event.path("action").asText().matches("[CU]")) {
                return "AuditEvent/%s says %s did action %s, outcome %s"
                        .formatted(
                                event.path("id").asText(),
                                agent(event),
                                event.path("action").asText(),
                                event.path("outcome").asText());
            }
        }
        return null;
    }

    private static String agent(JsonNode event) {
        for (JsonNode agent : event.path("agent")) {
            if (agent.path("requestor").asBoolean()) {
                return agent.path("name")
                        .asText(agent.at("/who/identifier/value").asText("somebody"));
            }
        }
        return "somebody";
    }

    private static String refusedOr(HttpResponse<byte[]> answer, String notYet) {
        if (answer.statusCode() == 401 || answer.statusCode() == 403) {
            throw new IllegalStateException(answer.uri() + " answered " + answer.statusCode() + ".");
        }
        return notYet;
    }

    private static <T> T arrived(Future<T> awaited, String what, String where) throws Exception {
        try {
            T found = awaited.get(PATIENCE.toMillis() + 2_000, TimeUnit.MILLISECONDS);
            if (found != null) {
                return found;
            }
        } catch (TimeoutException e) {
            // said below
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
        throw new IllegalStateException("%s did not arrive in %d s: %s.".formatted(what, PATIENCE.toSeconds(), where));
    }

    private void show(String what, WrittenPatient patient, Found found) {
        line(what, found.words(), patient.millisUntil(found.nanos()), "+");
    }

    private void line(String what, String words, long millis, String sign) {
        out.println(String.format(Locale.ROOT, "%-6s %5s ms  %s", what, sign + millis, words));
    }
}
