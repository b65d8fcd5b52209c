package org.carelog.gateway;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a search of all services goes on.
 *
 * @param search as it was sent
 * @param services each one's own place, which it has sealed for whoever asks, or {@link #START}, or {@link #DONE}
 */
record SearchPlace(Parameters search, List<String> services) {
    /** Nothing of the service has been given yet. */
    static final String START = "0";

    /** There is nothing more. */
    static final String DONE = "1";

    private static final Pattern TOKEN = Pattern.compile("[\\w-]*(\\.[\\w-]+)+");

    SearchPlace {
        services = List.copyOf(services);
    }

    /** Empty when it is no {@link #token()} of a place where so many services go on. */
    static Optional<SearchPlace> of(String token, int services) {
        if (!TOKEN.matcher(token).matches()) {
            return Optional.empty();
        }
        List<String> words = List.of(token.split("\\."));
        try {
            String search = new String(Base64.getUrlDecoder().decode(words.getFirst()), StandardCharsets.UTF_8);
            return Optional.of(new SearchPlace(Parameters.of(search), words.subList(1, words.size())))
                    .filter(place -> place.services().size() == services && place.goesOn());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    boolean goesOn() {
        return services.stream().anyMatch(place -> !place.equals(DONE));
    }

    String token() {
        String query = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(search.toString().getBytes(StandardCharsets.UTF_8));
        return Stream.concat(Stream.of(query), services.stream()).collect(Collectors.joining("."));
    }
}
