package org.carelog.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

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

    /** A body of more bytes than are held in memory. */
    record TooLarge(int limit) implements Refusal {
        @Override
        public int status() {
            return 413;
        }

        @Override
        public String code() {
            return "too-long";
        }

        @Override
        public String diagnostics() {
            return "The body is larger than the limit of %d bytes".formatted(limit);
        }
    }

    /** A body that did not come in time, as the services have it. */
    record SlowBody(Duration limit) implements Refusal {
        @Override
        public int status() {
            return 408;
        }

        @Override
        public String code() {
            return "timeout";
        }

        @Override
        public String diagnostics() {
            return "The body did not come within %d s".formatted(limit.toSeconds());
        }
    }

    /** What each service answers of its own types, and nobody of all. */
    record OfSystem() implements Refusal {
        @Override
        public int status() {
            return 501;
        }

        @Override
        public String code() {
            return "not-supported";
        }

        @Override
        public String diagnostics() {
            return "What is about all types is served by each service for its own, not by the gateway";
        }
    }

    /** Others have all the memory there is for bodies that are read to their end. */
    record Busy() implements Refusal {
        @Override
        public int status() {
            return 503;
        }

        @Override
        public String diagnostics() {
            return "Too many large bodies at a time; nothing was changed, try again";
        }
    }

    int status();

    default String code() {
        return "transient";
    }

    String diagnostics();

    /** Whether the same request may be answered later. */
    default boolean isTransient() {
        return code().equals("transient");
    }

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
                .put("code", code())
                .put("diagnostics", diagnostics());
        return outcome.toString().getBytes(StandardCharsets.UTF_8);
    }
}
