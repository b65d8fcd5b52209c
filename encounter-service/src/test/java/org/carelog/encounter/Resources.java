package org.carelog.encounter;

import static org.carelog.testing.ServiceUnderTest.as;

/** Resources as these tests write them. */
final class Resources {

    private Resources() {}

    static String encounterWith(String members) {
        return """
                {"resourceType":"Encounter","status":"finished","class":{"code":"AMB"},%s}""".formatted(members);
    }

    /** Writes the resource and gives {@code Type/id}. */
    static String created(String body) {
        String type = body.replaceFirst("(?s).*?\"resourceType\":\"(\\w+)\".*", "$1");
        return type + "/"
                + as("clinician")
                        .body(body)
                        .post("/" + type)
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("id");
    }
}
