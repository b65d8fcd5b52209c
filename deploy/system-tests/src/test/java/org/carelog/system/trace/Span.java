package org.carelog.system.trace;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A part of a trace, as a service has told it.
 *
 * @param parent the id of the span that it is a part of; empty: none
 */
public record Span(
        String service, String trace, String id, String parent, String name, Map<String, String> attributes) {

    /** All of an <a href="https://github.com/open-telemetry/opentelemetry-proto">ExportTraceServiceRequest</a>. */
    static Stream<Span> of(byte[] request) {
        return new Message(request).messages(1).flatMap(resource -> {
            String service = resource.messages(1)
                    .map(Span::attributes)
                    .map(of -> of.getOrDefault("service.name", ""))
                    .findFirst()
                    .orElse("");
            return resource.messages(2).flatMap(scope -> scope.messages(2)).map(span -> of(service, span));
        });
    }

    private static Span of(String service, Message span) {
        Map<String, String> attributes = new TreeMap<>();
        span.messages(9).forEach(attribute -> put(attributes, attribute));
        return new Span(service, span.hex(1), span.hex(2), span.hex(4), span.text(5), attributes);
    }

    private static Map<String, String> attributes(Message resource) {
        Map<String, String> attributes = new TreeMap<>();
        resource.messages(1).forEach(attribute -> put(attributes, attribute));
        return attributes;
    }

    private static void put(Map<String, String> attributes, Message attribute) {
        Message value = attribute.messages(2).findFirst().orElseThrow();
        attributes.put(attribute.text(1), value.text(1).isEmpty() ? Long.toString(value.number(3)) : value.text(1));
    }

    @Override
    public String toString() {
        return "%s %s %s under %s %s".formatted(service, name, id, parent, attributes);
    }
}
