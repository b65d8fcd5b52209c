package org.carelog.encounter;

import static org.carelog.testing.ServiceUnderTest.as;

/** Encounters as these tests write them. */
final class Encounters {

    private Encounters() {}

    static String of(String id, String subject) {
        return """
                {"resourceType":"Encounter","id":"%s","status":"finished",\
                "class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB"},\
                "subject":{"reference":"%s"}}""".formatted(id, subject);
    }

    /** Writes an encounter and gives its id. */
    static String created(String body) {
        return as("clinician")
                .body(body)
                .post("/Encounter")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }
}
