package org.carelog.fhir;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One JSON object, well-formed, without duplicate names, not nested absurdly; nothing after it. */
final class JsonSyntax {
    /** Deeper than any real resource, and shallow enough for recursive code behind this check. */
    private static final int MAX_DEPTH = 100;

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private JsonSyntax() {}

    static void check(byte[] json) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("The body is no JSON object");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw malformed("There is more than one JSON value");
            }
        } catch (JsonProcessingException e) {
            throw malformed("Not well-formed JSON" + place(e.getLocation()));
        } catch (IOException e) {
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
