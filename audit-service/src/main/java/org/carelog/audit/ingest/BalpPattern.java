package org.carelog.audit.ingest;

import java.util.Optional;
import org.carelog.audit.journal.Access;

/**
 * The patterns of IHE's Basic Audit Log Patterns, by FHIR interaction, and ours for what it has none for.
 *
 * @see <a href="https://profiles.ihe.net/ITI/BALP/">BALP</a>
 */
enum BalpPattern {
    READ("Read", null, "R", Codes.DESTINATION, Codes.SOURCE, Codes.RECIPIENT),
    CREATE("Create", null, "C", Codes.SOURCE, Codes.DESTINATION, Codes.AUTHOR),
    UPDATE("Update", null, "U", Codes.SOURCE, Codes.DESTINATION, Codes.AUTHOR),
    DELETE("Delete", null, "D", Codes.APPLICATION, Codes.CUSTODIAN, Codes.AUTHOR),
    QUERY("Query", null, "E", Codes.SOURCE, Codes.DESTINATION, Codes.RECIPIENT),
    HISTORY(null, "history", "R", Codes.DESTINATION, Codes.SOURCE, Codes.RECIPIENT),
    CAPABILITIES(null, "capabilities", "R", Codes.DESTINATION, Codes.SOURCE, Codes.RECIPIENT),
    OPERATION(null, "operation", "E", Codes.SOURCE, Codes.DESTINATION, Codes.RECIPIENT),
    BUNDLE(null, "bundle", "E", Codes.SOURCE, Codes.DESTINATION, Codes.RECIPIENT),
    /** A request that is no interaction. */
    UNKNOWN(null, null, "E", Codes.SOURCE, Codes.DESTINATION, Codes.RECIPIENT);

    private final String balp;
    private final String own;
    private final String action;
    private final Coding client;
    private final Coding server;
    private final Coding user;

    BalpPattern(String balp, String own, String action, Coding client, Coding server, Coding user) {
        this.balp = balp;
        this.own = own;
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
            case "history-instance", "history-type", "history-system" -> HISTORY;
            case "capabilities" -> CAPABILITIES;
            case "operation" -> OPERATION;
            case "batch", "transaction" -> BUNDLE;
            default -> UNKNOWN;
        };
    }

    /** BALP's profile of an event with or without a patient; empty: it has none. */
    Optional<String> balp(boolean patient) {
        return Optional.ofNullable(balp).map(name -> Profiles.balp((patient ? "Patient" : "") + name));
    }

    /** Our profile, where BALP has none; empty: for what is no interaction. */
    Optional<String> own() {
        return Optional.ofNullable(own).map(Profiles::own);
    }

    /** Whether what was asked for is in the query string, where there is one. */
    boolean mayHaveQuery() {
        return this == OPERATION || this == BUNDLE || this == UNKNOWN;
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
