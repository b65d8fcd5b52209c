package org.carelog.audit.journal;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * One request and its answer, as the audit log keeps it; or what was noticed elsewhere, by the broker or by who signs users in,
 * as if it were one. It can name persons and hold what was searched for, so its text form is its id.
 *
 * @param id of this entry, unique for ever
 * @param at when the request came
 * @param interaction the code of the FHIR interaction, or {@code unknown}
 * @param method the HTTP method
 * @param agent who asked
 * @param networkAddress where from; null counts as empty
 * @param requestId the request's id as the client knows it; null counts as empty
 * @param status the HTTP status of the answer
 * @param entities every resource that was shown, changed or refused
 * @param query the query string of a search as it came, undecoded; null: none
 * @param resourceType the resource type of the request; null: none
 * @param operation the code of the FHIR operation, without {@code $}; null: none
 * @param traceparent the trace that the request is of, as <a href="https://www.w3.org/TR/trace-context/#traceparent-header">W3C's
 *     header</a> has it; null: none
 * @param details what else there is to tell, by name: of what was noticed elsewhere
 */
public record Access(
        UUID id,
        Instant at,
        String interaction,
        String method,
        Agent agent,
        String networkAddress,
        String requestId,
        int status,
        List<Entity> entities,
        String query,
        String resourceType,
        String operation,
        String traceparent,
        Map<String, String> details) {

    public Access {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(interaction, "interaction");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(agent, "agent");
        networkAddress = networkAddress == null ? "" : networkAddress;
        requestId = requestId == null ? "" : requestId;
        entities = List.copyOf(entities);
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    @Override
    public String toString() {
        return "Access[" + id + "]";
    }
}
