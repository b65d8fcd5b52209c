package org.carelog.local.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** Why the gateway answers in the place of a service. */
sealed interface Refusal {

    /** The service cannot be reached: nothing was sent to it. */
    record Unreachable(String service) implements Refusal {
        @Override
        public int status() {
            return 503;
        }

        @Override
        public String diagnostics() {
            return service + " cannot be reached; nothing was changed, try again";
        }
    }

    /** The connection broke after the request was sent. */
    record Broken(String service) implements Refusal {
        @Override
        public int status() {
            return 502;
        }

        @Override
        public String diagnostics() {
            return service + " did not answer to the end; a change may have been made, or not";
        }
    }

    int status();

    String diagnostics();

    /**
     * The body of the answer.
     *
     * @see <a href="https://hl7.org/fhir/R4/operationoutcome.html">FHIR R4, OperationOutcome</a>
     */
    default byte[] outcome() {
        ObjectNode outcome = JsonNodeFactory.instance.objectNode().put("resourceType", "OperationOutcome");
        outcome.putArray("issue")
                .addObject()
                .put("severity", "error")
                .put("code", "transient")
                .put("diagnostics", diagnostics());
        return outcome.toString().getBytes(StandardCharsets.UTF_8);
    }
}
