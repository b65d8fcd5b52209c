package org.carelog.encounter;

import static org.carelog.testing.ServiceUnderTest.as;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What an administrator is told in Parameters. */
final class Told {
    private Told() {}

    /** The things that a GET of the operation tells, each with its values by their names. */
    static List<Map<String, String>> things(String operation) {
        List<List<Map<String, Object>>> things =
                as("administrator").get("/" + operation).jsonPath().getList("parameter.part");
        return things.stream().map(Told::values).toList();
    }

    /** What each parameter is, by its name. */
    static Map<String, String> values(List<Map<String, Object>> parameters) {
        return parameters.stream()
                .collect(Collectors.toMap(
                        each -> each.get("name").toString(),
                        each -> each.entrySet().stream()
                                .filter(field -> field.getKey().startsWith("value"))
                                .map(field -> field.getValue().toString())
                                .findFirst()
                                .orElseThrow()));
    }
}
