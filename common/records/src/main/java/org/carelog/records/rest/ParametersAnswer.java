package org.carelog.records.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Instant;
import org.carelog.fhir.Resource;

/**
 * An answer that is a Parameters resource of simple values, or of things that have some.
 *
 * @see <a href="https://hl7.org/fhir/R4/parameters.html">FHIR R4, Parameters</a>
 */
public final class ParametersAnswer {
    private final Resource resource = Resource.empty("Parameters");
    private final Values values = new Values(resource.json().putArray("parameter"));

    /** The simple values. */
    public Values values() {
        return values;
    }

    /** Another thing of this name, with values of its own. */
    public Values thing(String name) {
        return new Values(values.list.addObject().put("name", name).putArray("part"));
    }

    Answer answer() {
        return Answer.of(200, resource.bytes());
    }

    /** Values by their names. */
    public static final class Values {
        private final ArrayNode list;

        private Values(ArrayNode list) {
            this.list = list;
        }

        public Values text(String name, String value) {
            return put(name, "valueString", value);
        }

        public Values number(String name, long value) {
            // an integer of FHIR's ends at 2^31
            list.addObject().put("name", name).put("valueDecimal", value);
            return this;
        }

        public Values code(String name, String value) {
            return put(name, "valueCode", value);
        }

        public Values time(String name, Instant value) {
            return put(name, "valueInstant", Resource.instant(value));
        }

        private Values put(String name, String type, String value) {
            list.addObject().put("name", name).put(type, value);
            return this;
        }
    }
}
