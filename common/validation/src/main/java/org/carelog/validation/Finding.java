package org.carelog.validation;

import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/**
 * What validation says of a place in a resource. It may quote the resource: it is for the asker's eyes, and no log's.
 *
 * @param expression a FHIRPath; empty: the resource as a whole
 */
public record Finding(IssueSeverity severity, IssueType code, String expression, String diagnostics) {
    @Override
    public String toString() {
        return "%s %s at %s".formatted(severity, code, expression);
    }
}
