package org.carelog.events;

import java.util.regex.Pattern;

/**
 * The record key: what shares one is delivered in order. Everything of one patient has one key. Always a UUID, so that
 * an id that somebody chose (a hospital number, a name) is not to be read off a topic.
 */
public final class MessageKey {
    /** Lower case only: FHIR ids differ by case, so two that differ in nothing else must not share a key. */
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private MessageKey() {}

    /**
     * The key of a resource's events.
     *
     * @param patientId the patient in whose compartment the resource is; null: in none, then it has a key of its own
     */
    public static String of(String type, String id, String patientId) {
        if (patientId == null) {
            return NameUuid.of(type + "/" + id).toString();
        }
        return UUID.matcher(patientId).matches()
                ? patientId
                : NameUuid.of("Patient/" + patientId).toString();
    }
}
