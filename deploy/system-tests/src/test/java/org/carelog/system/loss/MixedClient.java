package org.carelog.system.loss;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.carelog.system.history.Reference;
import org.carelog.system.history.Version;
import org.carelog.system.platform.Carelog;

/** Asks for one thing after another, of every kind, good and bad, of the gateway or of a service itself. For one thread. */
final class MixedClient {
    private static final String ENCOUNTER = """
            {"resourceType":"Encounter","status":"planned","class":{"code":"AMB"},"subject":{"reference":"%s"}}""";
    private static final String PATIENT = """
            {"resourceType":"Patient",%s"name":[{"family":"Sample%d"}],"gender":"female"}""";

    private final Carelog carelog;
    private final Calls calls;
    /** What all clients know of. */
    private final List<Reference> patients;

    private final List<Reference> encounters;
    private final Random random;

    MixedClient(Carelog carelog, Calls calls, Known known, Random random) {
        this.carelog = carelog;
        this.calls = calls;
        this.patients = known.patients();
        this.encounters = known.encounters();
        this.random = random;
    }

    /** What was created, by all clients. */
    record Known(List<Reference> patients, List<Reference> encounters) {
        Known() {
            this(new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>());
        }
    }

    void ask() throws InterruptedException {
        Reference patient = any(patients);
        Reference resource = random.nextBoolean() ? patient : any(encounters);
        String user = random.nextBoolean() ? "clinician" : "registrar";
        switch (random.nextInt(20)) {
            case 0, 1 -> get(user, resource.toString());
            case 2 -> get(user, resource + "/_history/1");
            case 3 -> get(user, resource + "/_history?_count=3");
            case 4 -> pages(user, resource.type() + "/_history?_count=4", resource.type());
            case 5, 6 ->
                pages(
                        user,
                        "Encounter?patient=%s&_count=2&_include=Encounter:patient".formatted(patient.id()),
                        "Encounter");
            case 7 -> pages(user, "Patient?family=Sample&_count=3", "Patient");
            case 8 -> pages("clinician", patient + "/$everything?_count=5", "Encounter");
            case 9, 10 -> create("Patient", PATIENT.formatted("", random.nextInt(1000)));
            case 11, 12 -> create("Encounter", ENCOUNTER.formatted(patient));
            case 13, 14 -> update(user, patient);
            case 15 ->
                send(
                        "clinician",
                        "PATCH",
                        patient.toString(),
                        "[{\"op\":\"add\",\"path\":\"/active\",\"value\":%s}]".formatted(random.nextBoolean()),
                        "Content-Type",
                        "application/json-patch+json");
            case 16 -> send(random.nextBoolean() ? "registrar" : "clinician", "DELETE", resource.toString(), null);
            case 17 -> bundle(user, patient);
            default -> refused(patient);
        }
    }

    private Reference any(List<Reference> known) {
        int size = known.size();
        return size == 0 ? new Reference("Patient", "nobody") : known.get(random.nextInt(size));
    }

    private void get(String user, String path) throws InterruptedException {
        send(user, "GET", path, null);
    }

    private Optional<Answer> send(String user, String method, String path, String body, String... headers)
            throws InterruptedException {
        return calls.send(user, method, address(path), body, headers);
    }

    private URI address(String path) {
        String owner = path.startsWith("Encounter") ? "encounter-service" : "patient-service";
        return URI.create((random.nextBoolean() ? carelog.fhir() : carelog.fhir(owner)) + "/" + path);
    }

    /** And up to two more of them, where the links lead. */
    private void pages(String user, String path, String type) throws InterruptedException {
        Optional<Answer> page = send(user, "GET", path, null);
        for (int more = 0; more < 2; more++) {
            Optional<URI> next = page.flatMap(Answer::next);
            if (next.isPresent()) {
                page = calls.send(user, "GET", next.get(), null);
            }
        }
    }

    private void create(String type, String body) throws InterruptedException {
        send("clinician", "POST", type, body, "Prefer", "return=representation")
                .ifPresent(answer -> answer.shown().stream()
                        .map(Version::resource)
                        .forEach(created -> (type.equals("Patient") ? patients : encounters).add(created)));
    }

    private void update(String user, Reference patient) throws InterruptedException {
        String body = PATIENT.formatted("\"id\":\"%s\",".formatted(patient.id()), random.nextInt(3));
        if (random.nextInt(3) == 0) {
            send(user, "PUT", patient.toString(), body, "If-Match", "W/\"1\"");
        } else {
            send(user, "PUT", patient.toString(), body, "Prefer", "return=representation");
        }
    }

    /** Each entry has an entry of the audit log. */
    private void bundle(String user, Reference patient) throws InterruptedException {
        String type = random.nextBoolean() ? "batch" : "transaction";
        String bundle = """
                {"resourceType":"Bundle","type":"%s","entry":[
                {"resource":%s,"request":{"method":"POST","url":"Patient"}},
                {"request":{"method":"GET","url":"%s"}},
                {"resource":%s,"request":{"method":"POST","url":"Patient"}}]}""".formatted(type, PATIENT.formatted("", 1), patient, PATIENT.formatted("", 2));
        calls.send(user, "POST", carelog.fhir("patient-service"), bundle);
    }

    private void refused(Reference patient) throws InterruptedException {
        switch (random.nextInt(11)) {
            case 0 -> send("", "GET", patient.toString(), null);
            case 1 -> send("compliance", "GET", patient.toString(), null);
            case 2 -> send("clinician", "GET", "Patient/there-is-none", null);
            case 3 -> send("registrar", "DELETE", patient.toString(), null);
            case 4 ->
                send(
                        "registrar",
                        "PUT",
                        patient.toString(),
                        PATIENT.formatted("\"id\":\"%s\",".formatted(patient.id()), 1),
                        "If-Match",
                        "W/\"999\"");
            case 5 -> send("clinician", "POST", "Encounter", ENCOUNTER.formatted("Patient/nobody-at-all"));
            case 6 -> send("clinician", "POST", "Patient", "{\"resourceType\":\"Patient\"");
            case 7 -> send("clinician", "GET", "Patient?shoe-size=47", null);
            case 8 -> send("clinician", "PUT", patient.toString(), "[]");
            case 9 ->
                calls.send(
                        "clinician",
                        "POST",
                        carelog.fhir("encounter-service"),
                        "{\"resourceType\":\"Bundle\",\"type\":\"x\"}");
            default ->
                calls.send(
                        "clinician", "GET", URI.create(carelog.fhir("audit-service") + "/AuditEvent?_count=1"), null);
        }
    }
}
