package org.carelog.system.workload;

import java.util.Random;
import org.carelog.system.history.Content;
import org.carelog.system.history.Reference;

/** Made-up resources, each with a marker that no other has. */
final class Bodies {
    private static final String[] FAMILIES = {"Exemplar", "Muster", "Sample", "Órnek", "例"};
    private static final String[] STATUSES = {"planned", "arrived", "in-progress", "finished"};

    private Bodies() {}

    /** @param id null: left to the server */
    static String patient(String id, String marker, Random random) {
        return """
                {"resourceType":"Patient",%s"identifier":[{"system":"%s","value":"%s"}],
                "name":[{"family":"%s","given":["Given%d"]}],"gender":"%s","birthDate":"19%02d-0%d-1%d"}""".formatted(
                        id(id),
                        Content.MARKER,
                        marker,
                        FAMILIES[random.nextInt(FAMILIES.length)],
                        random.nextInt(1000),
                        random.nextBoolean() ? "female" : "male",
                        random.nextInt(100),
                        1 + random.nextInt(9),
                        random.nextInt(10));
    }

    /** @param id null: left to the server */
    static String encounter(String id, String marker, Reference patient, Random random) {
        return """
                {"resourceType":"Encounter",%s"identifier":[{"system":"%s","value":"%s"}],"status":"%s",
                "class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB"},
                "subject":{"reference":"%s"},"period":{"start":"2025-0%d-1%dT08:%02d:00Z"}}""".formatted(
                        id(id),
                        Content.MARKER,
                        marker,
                        STATUSES[random.nextInt(STATUSES.length)],
                        patient,
                        1 + random.nextInt(9),
                        random.nextInt(10),
                        random.nextInt(60));
    }

    private static String id(String id) {
        return id == null ? "" : "\"id\":\"%s\",".formatted(id);
    }
}
