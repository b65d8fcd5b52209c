package org.carelog.local.demo;

import java.net.http.HttpResponse;
import java.util.UUID;

/**
 * A made-up patient that the server has acknowledged.
 *
 * @param reference {@code Patient/id}
 * @param answeredNanos {@link System#nanoTime()} when the answer was there
 */
public record WrittenPatient(String reference, long version, long answeredNanos) {

    /** A patient that nobody is, with an identifier that no other has. */
    public static String made() {
        return """
                {"resourceType":"Patient","active":true,
                 "identifier":[{"system":"urn:carelog:demo","value":"%s"}],
                 "name":[{"use":"official","family":"Demonstratus","given":["Exempla"]}],
                 "gender":"female","birthDate":"1936-02-29"}""".formatted(UUID.randomUUID());
    }

    /** @throws IllegalStateException when the answer is not 201; the message is a sentence */
    public static WrittenPatient of(HttpResponse<byte[]> answer) {
        long now = System.nanoTime();
        if (answer.statusCode() != 201) {
            throw new IllegalStateException("POST Patient was answered with " + answer.statusCode() + ".");
        }
        String[] parts = answer.headers().firstValue("Location").orElse("").split("/");
        // …/Patient/{id}/_history/{version}
        if (parts.length < 4) {
            throw new IllegalStateException("POST Patient was answered without a versioned Location.");
        }
        String id = parts[parts.length - 3];
        return new WrittenPatient("Patient/" + id, Long.parseLong(parts[parts.length - 1]), now);
    }

    /** The id alone. */
    public String id() {
        return reference.substring(reference.indexOf('/') + 1);
    }

    /** Whole milliseconds since the answer; an event may be faster than the answer it tells of: zero then. */
    public long millisUntil(long nanos) {
        return Math.max(0, nanos - answeredNanos) / 1_000_000;
    }
}
