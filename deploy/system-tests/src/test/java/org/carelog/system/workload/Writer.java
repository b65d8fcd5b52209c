package org.carelog.system.workload;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.carelog.system.history.Asked;
import org.carelog.system.history.Attempt;
import org.carelog.system.history.Content;
import org.carelog.system.history.Reference;
import org.carelog.system.history.Version;
import org.carelog.system.platform.Carelog;

/** One client after another's manner: mostly writes, some reads, some requests that must be refused. For one thread. */
final class Writer {
    private static final int PATIENTS = 60;

    private final Carelog carelog;
    private final Client client;
    private final Population population;
    private final Pace pace;
    private final Random random;
    private final Refused refused;
    private volatile boolean stopped;

    Writer(Carelog carelog, Client client, Population population, Pace pace, Random random) {
        this.carelog = carelog;
        this.client = client;
        this.population = population;
        this.pace = pace;
        this.random = random;
        this.refused = new Refused(carelog.fhir(), client, population, random);
    }

    void stop() {
        stopped = true;
    }

    void run() throws InterruptedException {
        while (!stopped) {
            pace.await();
            int dice = random.nextInt(100);
            if (dice < 8 && population.size("Patient") < PATIENTS) {
                create("Patient");
            } else if (dice < 36) {
                update("Patient");
            } else if (dice < 50) {
                create("Encounter");
            } else if (dice < 72) {
                update("Encounter");
            } else if (dice < 76) {
                delete(random.nextInt(3) == 0 ? "Patient" : "Encounter");
            } else if (dice < 88) {
                read(random.nextBoolean() ? "Patient" : "Encounter");
            } else if (dice < 93) {
                readCopy(random.nextBoolean() ? "Patient" : "Encounter");
            } else {
                refused.send();
            }
        }
    }

    private static String owner(String type) {
        return type.equals("Patient") ? "patient-service" : "encounter-service";
    }

    private static String copy(String type) {
        return type.equals("Patient") ? "encounter-service" : "patient-service";
    }

    private int replica() {
        return 1 + random.nextInt(carelog.size().replicas());
    }

    private String somebody() {
        return random.nextBoolean() ? "clinician" : "registrar";
    }

    private String body(String type, String id, String marker) {
        if (type.equals("Patient")) {
            return Bodies.patient(id, marker, random);
        }
        Reference patient = population.any("Patient", random).orElse(new Reference("Patient", "nobody"));
        return Bodies.encounter(id, marker, patient, random);
    }

    /** By the server's id, or by an id of one's own, which is no UUID half of the time. */
    private void create(String type) throws InterruptedException {
        if (random.nextInt(3) == 0) {
            String id = UUID.randomUUID().toString();
            put(new Reference(type, random.nextBoolean() ? id : "Own." + id.substring(24)), OptionalLong.empty());
            return;
        }
        String marker = client.nextMarker();
        byte[] body = Content.utf8(body(type, null, marker));
        Asked asked = new Asked.Create(type, marker, Content.of(body));
        Attempt attempt =
                client.send(somebody(), owner(type), asked, address("/" + type), body, UnaryOperator.identity());
        written(attempt, marker);
    }

    /** Half of the time with If-Match, of the last version that anybody knows of. */
    private void update(String type) throws InterruptedException {
        Reference resource = population.any(type, random).orElse(null);
        if (resource != null) {
            long version = population.known(resource).version();
            put(resource, random.nextBoolean() ? OptionalLong.of(version) : OptionalLong.empty());
        }
    }

    private void put(Reference resource, OptionalLong ifMatch) throws InterruptedException {
        String marker = client.nextMarker();
        byte[] body = Content.utf8(body(resource.type(), resource.id(), marker));
        Asked asked = new Asked.Update(resource, ifMatch, marker, Content.of(body));
        Attempt attempt = client.send(
                somebody(), owner(resource.type()), asked, address("/" + resource), body, matching(ifMatch));
        written(attempt, marker);
    }

    /** Now and then looks at once whether what was acknowledged is found. */
    private void written(Attempt attempt, String marker) throws InterruptedException {
        if (!attempt.isAcknowledged()) {
            return;
        }
        Version version = attempt.shown().getFirst();
        population.learn(version, false);
        if (random.nextInt(6) == 0) {
            String criteria = URLEncoder.encode(Content.MARKER + "|" + marker, StandardCharsets.UTF_8);
            String type = version.resource().type();
            client.send(
                    somebody(),
                    owner(type),
                    new Asked.Find(version),
                    address("/%s?identifier=%s".formatted(type, criteria)),
                    null,
                    UnaryOperator.identity());
        }
    }

    private void delete(String type) throws InterruptedException {
        Reference resource = population.any(type, random).orElse(null);
        if (resource == null) {
            return;
        }
        Population.Known known = population.known(resource);
        OptionalLong ifMatch = random.nextBoolean() ? OptionalLong.of(known.version()) : OptionalLong.empty();
        // who may
        String user = type.equals("Patient") ? "registrar" : "clinician";
        Attempt attempt = client.send(
                user,
                owner(type),
                new Asked.Delete(resource, ifMatch),
                address("/" + resource),
                null,
                matching(ifMatch));
        if (attempt.isAcknowledged()) {
            attempt.shown().forEach(version -> population.learn(version, true));
        }
    }

    private void read(String type) throws InterruptedException {
        Reference resource = population.any(type, random).orElse(null);
        if (resource != null) {
            client.send(
                    somebody(),
                    owner(type),
                    new Asked.Read(resource),
                    address("/" + resource),
                    null,
                    UnaryOperator.identity());
        }
    }

    private void readCopy(String type) throws InterruptedException {
        Reference resource = population.any(type, random).orElse(null);
        if (resource != null) {
            client.send(
                    somebody(),
                    copy(type),
                    new Asked.Read(resource),
                    URI.create(carelog.fhir(copy(type), replica()) + "/" + resource),
                    null,
                    UnaryOperator.identity());
        }
    }

    private static UnaryOperator<java.net.http.HttpRequest.Builder> matching(OptionalLong ifMatch) {
        return ifMatch.isPresent()
                ? request -> request.header("If-Match", "W/\"" + ifMatch.getAsLong() + "\"")
                : UnaryOperator.identity();
    }

    private URI address(String path) {
        return URI.create(carelog.fhir() + path);
    }

    static List<String> services() {
        return List.of("patient-service", "encounter-service");
    }
}
