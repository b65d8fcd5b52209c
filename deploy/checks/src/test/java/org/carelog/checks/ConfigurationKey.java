package org.carelog.checks;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A key of the configuration.
 *
 * @param name with {@code *} in the place of a part that the user names
 * @param atRunTime whether a value given to a built service has an effect
 */
record ConfigurationKey(String name, boolean atRunTime) {
    private static final Pattern USERS_PART = Pattern.compile("\"[^\"]+\"");

    /** A name as Quarkus describes it, with the parts that the user names in quotation marks. */
    static ConfigurationKey described(String property, boolean atRunTime) {
        return new ConfigurationKey(USERS_PART.matcher(property).replaceAll("*"), atRunTime);
    }

    boolean matches(String property) {
        return property.matches(form(name));
    }

    /** Whether the environment variable stands for it. */
    boolean isOf(String variable) {
        return variable.matches(form(name.replaceAll("[^A-Za-z0-9*]", "_").toUpperCase(Locale.ROOT)));
    }

    private static String form(String name) {
        return Stream.of(name.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining("(?:\"[^\"]+\"|.+)"));
    }
}
