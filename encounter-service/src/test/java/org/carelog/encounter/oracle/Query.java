package org.carelog.encounter.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A search.
 *
 * @param compartment in which is searched, as {@code Patient/id}; empty: everywhere
 * @param types what is looked for; several: in a search of the system, or of all in a compartment
 * @param count the most matches on a page
 * @param counted whether the total is asked for
 */
record Query(
        String compartment,
        List<String> types,
        List<Condition> conditions,
        List<Order> sort,
        List<Include> includes,
        int count,
        boolean counted) {

    record Order(Parameter by, boolean descending) {
        @Override
        public String toString() {
            return (descending ? "-" : "") + by.name();
        }
    }

    /**
     * @param references the value's; of {@code *} several
     * @param target empty: any
     */
    record Include(String value, List<Parameter> references, String target, boolean reversed, boolean iterates) {
        String name() {
            return (reversed ? "_revinclude" : "_include") + (iterates ? ":iterate" : "");
        }
    }

    /** Below the base. */
    String address() {
        if (types.size() == 1) {
            return (compartment.isEmpty() ? "" : compartment + "/") + types.getFirst() + "?" + parameters();
        }
        return (compartment.isEmpty() ? "" : compartment + "/*")
                + "?_type=%s&%s".formatted(String.join(",", types), parameters());
    }

    String parameters() {
        List<String> parameters = new ArrayList<>();
        conditions.forEach(condition -> parameters.add(parameter(condition.name(), condition.value())));
        if (!sort.isEmpty()) {
            parameters.add(parameter("_sort", sort.stream().map(Order::toString).collect(Collectors.joining(","))));
        }
        includes.forEach(include -> parameters.add(parameter(include.name(), include.value())));
        parameters.add(parameter("_count", Integer.toString(count)));
        if (counted) {
            parameters.add("_total=accurate");
        }
        return String.join("&", parameters);
    }

    private static String parameter(String name, String value) {
        return encoded(name) + "=" + encoded(value);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8)
                .replace("+", "%20")
                .replace("%3A", ":")
                .replace("%2F", "/")
                .replace("%2C", ",");
    }

    /** As a person would read it. */
    @Override
    public String toString() {
        return URLDecoder.decode(address(), UTF_8);
    }
}
