package org.carelog.patient;

import static org.carelog.testing.ServiceUnderTest.as;

import java.util.UUID;

/** Patients as these tests write them. */
final class Patients {

    /** Stands in bodies where a person's data would, and must be in no answer that refuses them. */
    static final String PRIVATE = "Xanthippe-Quillfeather";

    private Patients() {}

    static String newId() {
        return UUID.randomUUID().toString();
    }

    /** A value that no other test uses, to be searched for. */
    static String unique(String begin) {
        return begin + UUID.randomUUID().toString().replace("-", "");
    }

    static String withFamily(String id, String family) {
        return """
                {"resourceType":"Patient","id":"%s","name":[{"family":"%s"}]}""".formatted(id, family);
    }

    static String withIdentifier(String value) {
        return """
                {"resourceType":"Patient","identifier":[{"system":"urn:test:mrn","value":"%s"}]}""".formatted(value);
    }

    /** Writes the patient as a clinician, by PUT, whatever the status. */
    static void put(String id, String body) {
        int status = as("clinician").body(body).put("/Patient/" + id).statusCode();
        if (status > 201) {
            throw new AssertionError("not written: " + status);
        }
    }

    /** Writes a patient and gives its id. */
    static String created(String body) {
        return as("clinician")
                .body(body)
                .post("/Patient")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    static void delete(String id) {
        as("registrar").delete("/Patient/" + id).then().statusCode(204);
    }
}
