package org.carelog.local.load;

import com.fasterxml.jackson.core.JsonLocation;
import java.io.IOException;

/** The file is JSON but neither a resource nor a Bundle. */
final class NotFhirException extends IOException {

    private static final long serialVersionUID = 1L;

    NotFhirException(JsonLocation where) {
        super("neither a FHIR resource nor a Bundle at line %d, column %d"
                .formatted(where.getLineNr(), where.getColumnNr()));
    }
}
