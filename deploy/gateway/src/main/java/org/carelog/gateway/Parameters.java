package org.carelog.gateway;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The parameters of a request, each as it was sent. */
record Parameters(List<String> sent) {
    /** Those that say how an answer is wanted, and are part of the links to further pages. */
    private static final Set<String> OF_FORM = Set.of("_format", "_pretty", "_summary", "_elements");

    Parameters {
        sent = List.copyOf(sent);
    }

    /** @param query of an address, or a form; null: none */
    static Parameters of(String query) {
        return new Parameters(Stream.of(query == null ? new String[0] : query.split("&"))
                .filter(parameter -> !parameter.isEmpty())
                .toList());
    }

    Parameters and(Parameters more) {
        return new Parameters(Stream.concat(sent.stream(), more.sent().stream()).toList());
    }

    /** @param value encoded already */
    Parameters with(String name, String value) {
        return and(of(name + "=" + value));
    }

    Parameters without(String name) {
        return which(parameter -> !name(parameter).equals(name));
    }

    Parameters ofForm() {
        return which(parameter -> OF_FORM.contains(name(parameter)) && !parameter.equals("_summary=count"));
    }

    private Parameters which(Predicate<String> wanted) {
        return new Parameters(sent.stream().filter(wanted).toList());
    }

    /** Decoded. */
    List<String> all(String name) {
        return sent.stream()
                .filter(parameter -> name(parameter).equals(name))
                .map(parameter -> decode(parameter.substring(parameter.indexOf('=') + 1)))
                .toList();
    }

    Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    private static String name(String parameter) {
        return decode(parameter.split("=", 2)[0]);
    }

    /** What is no encoding is passed on, to be refused by whoever is asked. */
    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** Behind an address. */
    String after(String address) {
        return sent.isEmpty() ? address : address + "?" + this;
    }

    @Override
    public String toString() {
        return String.join("&", sent);
    }
}
