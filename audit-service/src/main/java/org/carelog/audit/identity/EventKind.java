package org.carelog.audit.identity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;
import org.carelog.audit.journal.Access;

/** The two lists that Keycloak keeps. */
enum EventKind {
    /** Of users, and of clients that log in. */
    USER("events", UserEvent::access),
    /** Of who administers the realm. */
    ADMINISTRATION("admin-events", AdminEvent::access);

    private final String path;
    private final Function<JsonNode, Access> access;

    EventKind(String path, Function<JsonNode, Access> access) {
        this.path = path;
        this.access = access;
    }

    /** In Keycloak's API, and in our tables. */
    String path() {
        return path;
    }

    Access access(JsonNode event) {
        return access.apply(event);
    }
}
