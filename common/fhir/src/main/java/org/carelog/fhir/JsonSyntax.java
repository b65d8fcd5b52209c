package org.carelog.fhir;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One JSON object, well-formed, without duplicate names, not nested absurdly; nothing after it. */
final class JsonSyntax {
    /** Deeper than any real resource, and shallow enough for recursive code behind this check. */
    static final int MAX_DEPTH = 100;

    /** Names, values and brackets: what bounds the memory that a body takes, far above what any real one has. */
    private static final long MOST_TOKENS_OF_RESOURCE = 300_000;

    /** More than a real one of 12 MB has; what they become must find room in the heap of a service. */
    private static final long MOST_TOKENS_OF_BUNDLE = 1_000_000;

    private static final ObjectMapper RESOURCES = mapper(MOST_TOKENS_OF_RESOURCE);
    private static final ObjectMapper BUNDLES = mapper(MOST_TOKENS_OF_BUNDLE);
    private static final ObjectMapper STORED = mapper(Long.MAX_VALUE);

    private JsonSyntax() {}

    private static ObjectMapper mapper(long mostTokens) {
        return new ObjectMapper(new JsonFactoryBuilder()
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(MAX_DEPTH)
                                .maxTokenCount(mostTokens)
                                .build())
                        .build())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                // 1.50 is not 1.5
                .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false);
    }

    static ObjectNode read(byte[] json) {
        return read(RESOURCES.reader(), json);
    }

    /** Of its resources each may be as much as one that comes alone: it is indexed as a whole. */
    static ObjectNode readBundle(byte[] json) {
        ObjectNode bundle = read(BUNDLES.reader().with(new FrugalNodes()), json);
        int place = 0;
        for (JsonNode entry : bundle.path("entry")) {
            if (tokens(entry.path("resource"), 0) > MOST_TOKENS_OF_RESOURCE) {
                throw malformed(
                        "Bundle.entry[%d].resource: of more names and values than is read here".formatted(place));
            }
            place++;
        }
        return bundle;
    }

    /** Names, values and brackets, besides these before; not all of them when they are too many. */
    private static long tokens(JsonNode node, long before) {
        long tokens = before + (node.isContainerNode() ? 2 : 1) + (node.isObject() ? node.size() : 0);
        for (JsonNode inner : node) {
            if (tokens > MOST_TOKENS_OF_RESOURCE) {
                return tokens;
            }
            tokens = tokens(inner, tokens);
        }
        return tokens;
    }

    /** What was read before, by whatever bounds. */
    static ObjectNode readStored(byte[] json) {
        return read(STORED.reader(), json);
    }

    private static ObjectNode read(ObjectReader reader, byte[] json) {
        try {
            JsonNode root = reader.readTree(json);
            if (root instanceof ObjectNode object) {
                return object;
            }
            throw malformed("The body is no JSON object");
        } catch (StreamConstraintsException e) {
            throw malformed("Nested deeper, or of more names and values, than is read here");
        } catch (JsonProcessingException e) {
            throw malformed("Not one well-formed JSON value" + place(e.getLocation()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] write(JsonNode json) {
        try {
            return RESOURCES.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Line and column only: the parser's message may quote the record. */
    private static String place(JsonLocation location) {
        return location == null ? "" : " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    }

    private static FhirProblemException malformed(String diagnostics) {
        return new FhirProblemException(new FhirProblem.MalformedJson(diagnostics));
    }
}
