package org.carelog.fhir.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.carelog.fhir.LocalReference;
import org.carelog.fhir.ResourceId;

/**
 * References: {@code Type/id}, {@code id}, either as an absolute URL of this system, or a URL elsewhere; {@code :Type}
 * narrows an id, {@code :identifier} looks at the identifier that the reference itself carries, {@code :text} at how it is
 * displayed. A version in a reference
 * is not regarded.
 *
 * @see <a href="https://hl7.org/fhir/R4/search.html#reference">FHIR R4, reference</a>
 */
final class ReferenceSemantics implements Semantics {
    private static final String FORM = "a reference is id, Type/id or an absolute URL";

    @Override
    public Set<String> datatypes() {
        return Set.of("Reference", "canonical");
    }

    /** A source that is the document itself. */
    @Override
    public Set<String> valueless() {
        return Set.of("Attachment");
    }

    @Override
    public List<String> modifiers(SearchParameter parameter) {
        return Stream.concat(Stream.of("identifier", "text"), parameter.targets().stream())
                .toList();
    }

    @Override
    public Filter filter(SearchParameter parameter, String modifier, List<String> alternatives, QueryContext context) {
        if (modifier.equals("identifier")) {
            return new Filter.Tokens(TokenSemantics.hashes(TokenHash.identifierOf(parameter), alternatives), false);
        }
        if (modifier.equals("text")) {
            return Filter.TokenTexts.of(parameter, alternatives);
        }
        List<Long> hashes = new ArrayList<>();
        for (String alternative : alternatives) {
            hashes.addAll(hashes(parameter, modifier, Escapes.unescape(alternative), context));
        }
        Filter.Tokens tokens = new Filter.Tokens(hashes, false);
        return patient(parameter, alternatives, hashes, context)
                .<Filter>map(patient -> new Filter.OfPatient(patient, tokens))
                .orElse(tokens);
    }

    /** The patient in whose compartment is all that is found, where the value says as much. */
    private static Optional<String> patient(
            SearchParameter parameter, List<String> alternatives, List<Long> hashes, QueryContext context) {
        if (alternatives.size() > 1 || !context.types().decidesPatient(parameter)) {
            return Optional.empty();
        }
        String value = Escapes.unescape(alternatives.getFirst());
        String id = LocalReference.of(value, context.types().baseUrl())
                .map(LocalReference::id)
                .orElse(value);
        return hashes.equals(List.of(TokenHash.local(parameter, "Patient", id))) ? Optional.of(id) : Optional.empty();
    }

    private static List<Long> hashes(SearchParameter parameter, String type, String value, QueryContext context) {
        Optional<LocalReference> literal =
                LocalReference.of(value, context.types().baseUrl());
        if (literal.isPresent()) {
            LocalReference target = literal.get();
            if (!type.isEmpty() && !type.equals(target.type())) {
                throw new IllegalArgumentException("the value is of another type than the modifier says");
            }
            return List.of(TokenHash.local(parameter, target.type(), target.id()));
        }
        if (ResourceId.isValid(value)) {
            List<String> targets = type.isEmpty() ? parameter.targets() : List.of(type);
            return targets.isEmpty()
                    ? List.of(TokenHash.localId(parameter, value))
                    : targets.stream()
                            .map(target -> TokenHash.local(parameter, target, value))
                            .toList();
        }
        if (type.isEmpty() && value.contains(":")) {
            return List.of(TokenHash.url(parameter, value));
        }
        throw new IllegalArgumentException(FORM);
    }

    @Override
    public void index(SearchParameter parameter, Element element, IndexEntries.Builder entries) {
        switch (element.type().name()) {
            case "Reference" -> reference(parameter, element, entries);
            case "canonical" -> canonical(parameter, element.value().asText(), entries);
            default -> {}
        }
    }

    /** A canonical URL is found with its version and without. It is the name of a definition, not a literal reference. */
    private static void canonical(SearchParameter parameter, String canonical, IndexEntries.Builder entries) {
        LocalReference.of(canonical, entries.baseUrl())
                .ifPresent(own -> entries.token(TokenHash.local(parameter, own.type(), own.id())));
        entries.token(TokenHash.url(parameter, canonical));
        int version = canonical.indexOf('|');
        if (version > 0) {
            entries.token(TokenHash.url(parameter, canonical.substring(0, version)));
        }
    }

    private static void reference(SearchParameter parameter, Element reference, IndexEntries.Builder entries) {
        JsonNode identifier = reference.value().path("identifier");
        if (identifier.isObject()) {
            TokenSemantics.add(
                    TokenHash.identifierOf(parameter),
                    identifier.path("system").asText(null),
                    identifier.path("value").asText(null),
                    entries);
        }
        entries.tokenText(parameter, reference.text("display"));
        String literal = reference.text("reference");
        if (literal == null || literal.isEmpty() || literal.startsWith("#")) {
            return;
        }
        LocalReference.of(literal, entries.baseUrl())
                .ifPresentOrElse(
                        target -> {
                            entries.token(TokenHash.local(parameter, target.type(), target.id()));
                            if (parameter.targets().isEmpty()) {
                                entries.token(TokenHash.localId(parameter, target.id()));
                            }
                            entries.target(parameter, target.type(), target.id());
                        },
                        () -> entries.token(TokenHash.url(parameter, literal)));
    }
}
