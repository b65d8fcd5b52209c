package org.carelog.audit.ingest;

import org.carelog.audit.journal.Access;

/**
 * The patterns of IHE's Basic Audit Log Patterns, by FHIR interaction, and ours for what it has none for.
 *
 * @see <a href="https://profiles.ihe.net/ITI/BALP/">BALP</a>
 */
enum BalpPattern {
    READ("Read", "R", Codes.DESTINATION, Codes.SOURCE, Codes.RECIPIENT),
    CREATE("Create", "C", Codes.SOURCE, Codes.DESTINATION, Codes.AUTHOR),
    UPDATE("Update", "U", Codes.SOURCE, Codes.DESTINATION, Codes.AUTHOR),
    DELETE("Delete", "D", Codes.APPLICATION, Codes.CUSTODIAN, Codes.AUTHOR),
    QUERY("Query", "E", Codes.SOURCE, Codes.DESTINATION, Codes.RECIPIENT),
    /** Reads that BALP does not speak of: a history, what the service can do. */
    OTHER_READ(null, "R", Codes.DESTINATION, Codes.SOURCE, Codes.RECIPIENT),
    /** A request that is no interaction. */
    UNKNOWN(null, "E", Codes.SOURCE, Codes.DESTINATION, Codes.RECIPIENT);

    private static final String PROFILES = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.";

    private final String profile;
    private final String action;
    private final Coding client;
    private final Coding server;
    private final Coding user;

    BalpPattern(String profile, String action, Coding client, Coding server, Coding user) {
        this.profile = profile;
        this.action = action;
        this.client = client;
        this.server = server;
        this.user = user;
    }

    static BalpPattern of(Access access) {
        return switch (access.interaction()) {
            case "read", "vread" -> READ;
            case "create" -> CREATE;
            case "update", "patch" -> UPDATE;
            case "delete" -> DELETE;
            case "search-type", "search-system", "search" -> QUERY;
            case "history-instance", "history-type", "history-system", "capabilities" -> OTHER_READ;
            default -> UNKNOWN;
        };
    }

    boolean hasProfile() {
        return profile != null;
    }

    /** The canonical URL of the profile, for an event with or without a patient. */
    String profile(boolean patient) {
        return PROFILES + (patient ? "Patient" : "") + profile;
    }

    String action() {
        return action;
    }

    Coding client() {
        return client;
    }

    Coding server() {
        return server;
    }

    Coding user() {
        return user;
    }
}
