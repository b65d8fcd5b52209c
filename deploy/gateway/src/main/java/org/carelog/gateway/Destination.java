package org.carelog.gateway;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Where a request wants to go, by its path alone. */
sealed interface Destination {

    /** The statement of what all services together can do. */
    record Capabilities() implements Destination {}

    /** The base itself, to which batches and transactions are sent. */
    record Base() implements Destination {}

    /**
     * Whatever belongs to a type, hosted or not.
     *
     * @param id what follows the type; empty: nothing does
     */
    record OfType(String type, String id) implements Destination {
        OfType(String type) {
            this(type, "");
        }

        /** Whether it is about one resource, or a version of it. */
        boolean isOfInstance() {
            return !id.isEmpty() && !id.startsWith("_") && !id.startsWith("$");
        }
    }

    /** Everything about one resource of the type, of which several services have a part. */
    record Everything(String type) implements Destination {}

    /** The versions of all types. */
    record HistoryOfSystem() implements Destination {}

    /** What there is of all types, or in a compartment. */
    record SearchOfSystem() implements Destination {}

    /** What else is about all types. */
    record OfSystem() implements Destination {}

    /** Nothing that belongs to one service. */
    record Elsewhere() implements Destination {}

    /** Reads a path as the services do: segments decoded, empty ones skipped. */
    static Destination of(String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            if (!segment.isEmpty()) {
                segments.add(decode(segment));
            }
        }
        if (segments.equals(List.of("fhir"))) {
            return new Base();
        }
        if (segments.size() < 2 || !segments.getFirst().equals("fhir")) {
            return new Elsewhere();
        }
        String first = segments.get(1);
        if (first.equals("metadata")) {
            return new Capabilities();
        }
        if (segments.size() == 4 && segments.getLast().equals("$everything")) {
            return new Everything(first);
        }
        if (segments.size() == 2 && first.equals("_history")) {
            return new HistoryOfSystem();
        }
        if (segments.size() == 2 && first.equals("_search")) {
            return new SearchOfSystem();
        }
        if (first.startsWith("_") || first.startsWith("$")) {
            return new OfSystem();
        }
        return segments.size() > 3
                ? inside(first, segments.get(2), segments.get(3))
                : new OfType(first, segments.size() > 2 ? segments.get(2) : "");
    }

    /** What is in a compartment belongs to the type that is looked for there. */
    private static Destination inside(String type, String id, String member) {
        if (member.equals("*")) {
            return new SearchOfSystem();
        }
        return member.matches("[A-Z]\\w*") ? new OfType(member) : new OfType(type, id);
    }

    private static String decode(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return segment;
        }
    }
}
