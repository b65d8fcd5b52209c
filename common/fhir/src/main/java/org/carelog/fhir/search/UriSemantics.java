package org.carelog.fhir.search;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * URIs, compared as they are. {@code :below} finds a URL and all whose path begins with its segments, {@code :above} those
 * whose segments it begins with itself; both are of URLs only, as a URN has no path.
 *
 * @see <a href="https://hl7.org/fhir/R4/search.html#uri">FHIR R4, uri</a>
 */
final class UriSemantics implements Semantics {
    @Override
    public Set<String> datatypes() {
        return Set.of("uri", "url", "canonical");
    }

    @Override
    public List<String> modifiers(SearchParameter parameter) {
        return List.of("above", "below");
    }

    @Override
    public Filter filter(SearchParameter parameter, String modifier, List<String> alternatives, QueryContext context) {
        return new Filter.Tokens(
                alternatives.stream()
                        .map(Escapes::unescape)
                        .flatMap(uri -> hashes(parameter, modifier, uri))
                        .distinct()
                        .toList(),
                false);
    }

    private static Stream<Long> hashes(SearchParameter parameter, String modifier, String uri) {
        if (modifier.isEmpty()) {
            return Stream.of(TokenHash.uri(parameter, uri));
        }
        List<String> parents = UriPath.parents(uri);
        if (parents.isEmpty() || parents.size() > UriPath.MOST) {
            throw new IllegalArgumentException(
                    ":above and :below take a URL, with at most %d segments".formatted(UriPath.MOST));
        }
        if (modifier.equals("above")) {
            return Stream.concat(Stream.of(uri), parents.stream().flatMap(parent -> Stream.of(parent, parent + "/")))
                    .map(above -> TokenHash.uri(parameter, above));
        }
        String plain = UriPath.withoutSlash(uri);
        return Stream.of(
                TokenHash.uri(parameter, plain),
                TokenHash.uri(parameter, plain + "/"),
                TokenHash.below(parameter, plain));
    }

    @Override
    public void index(SearchParameter parameter, Element element, IndexEntries.Builder entries) {
        String uri = element.value().asText();
        entries.token(TokenHash.uri(parameter, uri));
        int version = element.type().name().equals("canonical") ? uri.indexOf('|') : -1;
        if (version > 0) {
            entries.token(TokenHash.uri(parameter, uri.substring(0, version)));
        }
        UriPath.parents(uri).stream()
                .limit(UriPath.MOST)
                .forEach(parent -> entries.token(TokenHash.below(parameter, parent)));
    }
}
