package org.carelog.fhir;

/**
 * The interactions of the RESTful API that the engine serves, by their codes.
 *
 * @see <a href="https://hl7.org/fhir/R4/valueset-restful-interaction.html">restful-interaction</a>
 */
public enum Interaction {
    READ("read", Action.READ),
    VREAD("vread", Action.READ),
    UPDATE("update", Action.UPDATE),
    PATCH("patch", Action.UPDATE),
    DELETE("delete", Action.DELETE),
    HISTORY_INSTANCE("history-instance", Action.READ),
    HISTORY_TYPE("history-type", Action.READ),
    HISTORY_SYSTEM("history-system", Action.READ),
    CREATE("create", Action.CREATE),
    SEARCH_TYPE("search-type", Action.READ),
    SEARCH_SYSTEM("search-system", Action.READ),
    /** One of {@link Operation}, which says what it does. */
    OPERATION("operation", Action.READ),
    CAPABILITIES("capabilities", Action.READ),
    /** Between services: who refers to what is to be deleted. */
    REFERRERS("operation", Action.READ),
    /** Between services: which of what is to be referred to is not there. */
    MISSING("operation", Action.READ),
    /** A Bundle of requests, each for itself. */
    BATCH("batch", Action.CREATE),
    /** A Bundle of requests that succeed together or not at all. */
    TRANSACTION("transaction", Action.CREATE);

    /** What an interaction does to a record, as permissions are given. */
    public enum Action {
        CREATE,
        READ,
        UPDATE,
        DELETE
    }

    private final String code;
    private final Action action;

    Interaction(String code, Action action) {
        this.code = code;
        this.action = action;
    }

    public String code() {
        return code;
    }

    public Action action() {
        return action;
    }

    public boolean isWrite() {
        return action != Action.READ;
    }
}
