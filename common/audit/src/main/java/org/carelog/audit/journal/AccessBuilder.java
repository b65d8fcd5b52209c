package org.carelog.audit.journal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Makes an {@link Access} of its parts, by name. Nobody has asked, nothing was touched and the answer was 200, unless it is said
 * otherwise; what else is not said is empty, or none. For one thread.
 */
public final class AccessBuilder {
    private UUID id;
    private Instant at;
    private String interaction;
    private String method;
    private Agent agent = Agent.ANONYMOUS;
    private String networkAddress;
    private String requestId;
    private int status = 200;
    private List<Entity> entities = List.of();
    private String query;
    private String resourceType;
    private String operation;
    private String traceparent;
    private Map<String, String> details = Map.of();

    public AccessBuilder id(UUID value) {
        id = value;
        return this;
    }

    public AccessBuilder at(Instant value) {
        at = value;
        return this;
    }

    public AccessBuilder interaction(String value) {
        interaction = value;
        return this;
    }

    public AccessBuilder method(String value) {
        method = value;
        return this;
    }

    public AccessBuilder agent(Agent value) {
        agent = value;
        return this;
    }

    public AccessBuilder networkAddress(String value) {
        networkAddress = value;
        return this;
    }

    public AccessBuilder requestId(String value) {
        requestId = value;
        return this;
    }

    public AccessBuilder status(int value) {
        status = value;
        return this;
    }

    public AccessBuilder entities(List<Entity> value) {
        entities = value;
        return this;
    }

    public AccessBuilder query(String value) {
        query = value;
        return this;
    }

    public AccessBuilder resourceType(String value) {
        resourceType = value;
        return this;
    }

    public AccessBuilder operation(String value) {
        operation = value;
        return this;
    }

    public AccessBuilder traceparent(String value) {
        traceparent = value;
        return this;
    }

    public AccessBuilder details(Map<String, String> value) {
        details = value;
        return this;
    }

    /** @throws NullPointerException without an id, a time, an interaction, a method or an agent */
    public Access build() {
        return new Access(
                id,
                at,
                interaction,
                method,
                agent,
                networkAddress,
                requestId,
                status,
                entities,
                query,
                resourceType,
                operation,
                traceparent,
                details);
    }
}
