package org.carelog.fhir;

import java.util.List;
import org.carelog.fhir.FhirProblem.Fault;

/** A rule of a service for the content of its resources. Pure and thread-safe; a broken rule answers 422. */
@FunctionalInterface
public interface ContentRule {
    /** The faults, empty when the rule is kept. */
    List<Fault> check(Resource resource);
}
